//! The section `[store]` of the configuration: which database to open.

use serde::Deserialize;

use polypost_settings::{Address, Violations};

/// The section `[store]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoreSettings {
    /// `sqlite://FILE` or `postgres://USER:PASSWORD@HOST:PORT/DATABASE`
    pub url: Address,
}

impl StoreSettings {
    /// Adds a violation where `url` has neither of the two forms.
    pub fn check(&self, violations: &mut Violations) {
        let url = self.url.expose();
        let file = url.strip_prefix("sqlite:").map(|file| file.trim_start_matches('/'));
        let server = ["postgres://", "postgresql://"].iter().find_map(|scheme| url.strip_prefix(scheme));
        if file.or(server).is_none_or(str::is_empty) {
            violations.add(
                "store.url",
                "`sqlite://FILE` or `postgres://USER:PASSWORD@HOST/DATABASE` is expected, such as `sqlite://polypost.db`",
            );
        }
    }
}
