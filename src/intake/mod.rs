//! Intake: what publishers send comes in (files, the API's JSON), a [`Report`](crate::document::Report) goes out, or
//! every problem with it at once.
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
