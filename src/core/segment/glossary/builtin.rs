//! The built-in glossary: names of the trade that every language of ours writes alike, and that engines take for words
//! (one of them makes a vegetable of `API`), and the jargon of incident reports as status pages render it.

use super::FileFormat;
use super::definition::{Definition, TermOrigin};

/// Vendors and platforms, which engines translate where their names are words (`Teams`, `Edge`).
const NAMES: &str = include_str!("../../../../locales/names.csv");

const FILE: &str = include_str!("../../../../locales/glossary.csv");

/// A mistake in a built-in file is found by a test, not by a user: then there are no built-in terms.
pub(super) fn definitions() -> Vec<Definition> {
    let read =
        |file: &str| super::definitions(file.as_bytes(), FileFormat::Csv, TermOrigin::BuiltIn).unwrap_or_default();
    let mut definitions = read(FILE);
    definitions.extend(read(NAMES));
    super::layers::sort(&mut definitions);
    definitions
}
