//! `[engines.azure]`

use serde::Deserialize;

use super::{Contract, service};
use crate::config::problem::Faults;
use crate::config::publish::Secret;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Azure {
    pub key: Secret,
    /// Of the resource; empty for global ones.
    pub region: String,
    /// Empty: the global address.
    pub url: String,
    /// A custom model's; empty: the general one.
    pub category: String,
    pub contract: Contract,
}

impl Azure {
    pub(super) fn check(&self, faults: &mut Faults) {
        for (key, value) in [("engines.azure.region", &self.region), ("engines.azure.category", &self.category)] {
            if !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
                faults.add(key, "letters, digits, `-`, `_` and `.` are wanted");
            }
        }
        service("azure", &self.url, &self.contract, faults);
    }
}
