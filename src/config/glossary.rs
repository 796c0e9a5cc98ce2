//! `[glossary]`: names that are never translated, and terms that have one rendering.

use std::path::PathBuf;

use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GlossarySettings {
    /// Empty: none.
    pub file: PathBuf,
    /// Whether the built-in terms are used, too.
    pub builtin: bool,
}
