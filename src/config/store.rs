//! `[store]`: where everything is kept.

use serde::Deserialize;

use super::problem::Faults;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// `sqlite://FILE` or `postgres://USER:PASSWORD@HOST:PORT/DATABASE`
    pub url: String,
}

impl Store {
    pub(super) fn check(&self, faults: &mut Faults) {
        let file = self.url.strip_prefix("sqlite:").map(|file| file.trim_start_matches('/'));
        let server = ["postgres://", "postgresql://"].iter().find_map(|scheme| self.url.strip_prefix(scheme));
        if file.or(server).is_none_or(str::is_empty) {
            faults.add(
                "store.url",
                "`sqlite://FILE` or `postgres://USER:PASSWORD@HOST/DATABASE` is wanted, such as `sqlite://polypost.db`",
            );
        }
    }
}
