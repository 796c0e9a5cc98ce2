//! `[locales]`: what reports are written in and what they are translated into.

use std::path::PathBuf;

use serde::Deserialize;

use polypost_core::locale::Locale;
use polypost_settings::Violations;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalesSettings {
    pub source: Locale,
    pub targets: Vec<Locale>,
    /// Overrides of the built-in texts; empty: none.
    pub directory: PathBuf,
}

impl LocalesSettings {
    pub(super) fn check(&self, violations: &mut Violations) {
        if !names_a_language(&self.source) {
            violations.add("locales.source", UNKNOWN_LANGUAGE);
        }
        if self.targets.is_empty() {
            violations.add("locales.targets", "expected at least one locale");
        }
        for (index, target) in self.targets.iter().enumerate() {
            if !names_a_language(target) {
                violations.add_element("locales.targets", index, UNKNOWN_LANGUAGE);
            } else if *target == self.source {
                let message = "the locale that reports are written in (`locales.source`) is no target";
                violations.add_element("locales.targets", index, message);
            } else if self.targets.iter().take(index).any(|earlier| earlier == target) {
                violations.add_element("locales.targets", index, format!("`{target}` stands in the list already"));
            }
        }
    }
}

const UNKNOWN_LANGUAGE: &str = "expected a locale that names its language, such as `es`, `pt-BR` or `zh-Hant`";

/// `und` is a tag, but nobody reads it.
fn names_a_language(locale: &Locale) -> bool {
    locale.as_str().split('-').next() != Some("und")
}
