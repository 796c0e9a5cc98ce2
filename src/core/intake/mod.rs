//! Intake: reads what publishers send (files, the API's JSON) into a [`Report`], or tells every problem with it at
//! once.
//!
//! Nothing here guesses at content: a field is read as INTERFACE section 4 says, or named as a problem.

mod fields;
pub mod file;
mod front_matter;
mod html;
pub mod json;
mod markdown;
mod node;
pub mod stored;
#[cfg(test)]
mod tests;
mod values;

pub use values::nearest_key;

use crate::document::Report;
use crate::id::Naming;
use crate::locale::Locale;

/// A report, and how its incident came by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub report: Report,
    pub naming: Naming,
}

/// What a report has where it says nothing about it.
#[derive(Clone, Copy, Debug)]
pub struct Defaults<'run> {
    pub source_locale: &'run Locale,
    /// Six random letters, with which an id made from a title ends.
    pub ending: &'run str,
}
