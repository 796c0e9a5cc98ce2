//! The Fluent bundles: message ids come in, the reader's words go out. Built-in bundles are embedded; a directory can
//! override them message by message at run time. No engine ever writes these words.

use std::path::Path;

use crate::locale::Locale;

/// A value handed to a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Argument<'text> {
    Text(&'text str),
    /// For plural selection; what is shown is given beside it as text.
    Number(f64),
}

/// All locales' messages.
#[derive(Debug)]
pub struct Bundles {}

/// Why the bundles could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    #[error("cannot read `{path}`: {source}")]
    Read {
        path: String,
        #[source]
        source: std::io::Error,
    },
    #[error("`{path}`, line {line}: {message}")]
    Syntax { path: String, line: usize, message: String },
}

impl Bundles {
    /// The embedded bundles, with those of `directory` laid over them.
    pub fn load(_directory: Option<&Path>) -> Result<Self, BundleError> {
        unimplemented!()
    }

    /// The message in the best locale of the fallback chain that has it, else in English.
    #[must_use]
    pub fn message(&self, _locale: &Locale, _id: &str, _arguments: &[(&str, Argument<'_>)]) -> String {
        unimplemented!()
    }

    /// The message where a bundle of the locale's own fallback chain has it; never English for another language.
    #[must_use]
    pub fn find(&self, _locale: &Locale, _id: &str, _arguments: &[(&str, Argument<'_>)]) -> Option<String> {
        unimplemented!()
    }

    /// The locales that have a bundle, sorted.
    #[must_use]
    pub fn locales(&self) -> Vec<Locale> {
        unimplemented!()
    }

    /// Message ids of English that the locale's fallback chain lacks.
    #[must_use]
    pub fn missing(&self, _locale: &Locale) -> Vec<String> {
        unimplemented!()
    }
}
