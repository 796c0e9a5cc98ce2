//! What Polypost knows about texts: reading a report, cutting it into segments, protecting its facts, checking what an
//! engine answered, and writing the result in the reader's notation.
//!
//! ```text
//! intake → document → segment → (translate) → check → render
//! ```
//!
//! Pure computing: no runtime, no network, no database, no file, no clock. What is needed of them is an argument.

pub mod characters;
pub mod check;
pub mod clock;
pub mod document;
pub mod exchange;
pub mod field_error;
pub mod finding;
pub mod id;
pub mod intake;
pub mod l10n;
pub mod language;
pub mod locale;
pub mod nearest;
pub mod quoting;
pub mod render;
pub mod segment;
