//! `[glossary]`: names that are never translated.

use std::path::PathBuf;

use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    /// Empty: none.
    pub file: PathBuf,
}
