//! What the sections of the configuration share, in whichever crate they stand: how a section says what is wrong with
//! its values, and how secrets and addresses are kept out of everything that is shown.

mod address;
pub mod redaction;
mod secret;
mod violations;

pub use address::Address;
pub use secret::Secret;
pub use violations::{Violation, Violations};

/// The defaults of every section, which are the documentation too: each default is written once, here.
pub const DEFAULT: &str = include_str!("default.toml");
