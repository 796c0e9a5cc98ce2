//! The section `[store]` of the configuration: which database to open.

use std::fmt;

use serde::Deserialize;

use polypost_settings::Violations;
use polypost_settings::redaction;

/// The section `[store]`.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoreSettings {
    /// `sqlite://FILE` or `postgres://USER:PASSWORD@HOST:PORT/DATABASE`
    pub url: String,
}

impl fmt::Debug for StoreSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("StoreSettings").field("url", &redaction::address(&self.url)).finish()
    }
}

impl StoreSettings {
    /// Adds a violation where `url` has neither of the two forms.
    pub fn check(&self, violations: &mut Violations) {
        let file = self.url.strip_prefix("sqlite:").map(|file| file.trim_start_matches('/'));
        let server = ["postgres://", "postgresql://"].iter().find_map(|scheme| self.url.strip_prefix(scheme));
        if file.or(server).is_none_or(str::is_empty) {
            violations.add(
                "store.url",
                "`sqlite://FILE` or `postgres://USER:PASSWORD@HOST/DATABASE` is wanted, such as `sqlite://polypost.db`",
            );
        }
    }
}
