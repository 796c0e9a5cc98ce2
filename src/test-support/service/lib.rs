//! What tests and benchmarks of the whole service share: the service in one process, stand-ins for the vendors'
//! services, real engines where they are installed, and a server that misbehaves on demand.
//!
//! A component that is missing skips its tests in words; with `CI=true` it fails them.

#![expect(
    clippy::expect_used,
    clippy::cast_precision_loss,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    missing_debug_implementations,
    reason = "only tests and benchmarks use it: what goes wrong is said and ends them"
)]

pub mod answering;
pub mod apertium;
pub mod bench;
pub mod chaos;
pub mod logs;
pub mod neural;
pub mod pivot;
pub mod program;
pub mod stub;
pub mod told;
pub mod vendors;
pub mod watch;

pub use polypost_test_support::missing;
