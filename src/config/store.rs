//! `[store]`: where everything is kept.

use serde::Deserialize;

use super::problem::Faults;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// `sqlite://FILE`
    pub url: String,
}

impl Store {
    pub(super) fn check(&self, faults: &mut Faults) {
        if self.url.strip_prefix("sqlite:").is_none_or(|file| file.trim_start_matches('/').is_empty()) {
            faults.add("store.url", "`sqlite://FILE` is wanted, such as `sqlite://polypost.db`");
        }
    }
}
