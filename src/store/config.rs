//! `[store]`: where everything is kept.

use std::fmt;

use serde::Deserialize;

use polypost_settings::Violations;
use polypost_settings::redaction;

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// `sqlite://FILE` or `postgres://USER:PASSWORD@HOST:PORT/DATABASE`
    pub url: String,
}

impl fmt::Debug for Store {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Store").field("url", &redaction::address(&self.url)).finish()
    }
}

impl Store {
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
