//! `[engines.modernmt]`

use serde::Deserialize;

use super::{Contract, one_of, service};
use polypost_settings::Secret;
use polypost_settings::Violations;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModernMtSettings {
    pub key: Secret,
    /// Empty: the vendor's address.
    pub url: String,
    /// One of [`PRIORITIES`].
    pub priority: String,
    pub contract: Contract,
}

/// What ModernMT's own clients send as `priority`.
const PRIORITIES: [&str; 2] = ["normal", "background"];

impl ModernMtSettings {
    pub(super) fn check(&self, violations: &mut Violations) {
        one_of("engines.modernmt.priority", &self.priority, &PRIORITIES, violations);
        service("modernmt", &self.url, &self.contract, violations);
    }
}
