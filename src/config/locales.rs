//! `[locales]`: what reports are written in and what they are translated into.

use std::path::PathBuf;

use serde::Deserialize;

use crate::locale::Locale;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locales {
    pub source: Locale,
    pub targets: Vec<Locale>,
    /// Overrides of the built-in texts; empty: none.
    pub directory: PathBuf,
}
