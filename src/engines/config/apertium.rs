//! `[engines.apertium]`

use serde::Deserialize;

use super::Contract;
use polypost_settings::Violations;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApertiumSettings {
    pub url: String,
    pub pivots: Vec<String>,
    pub contract: Contract,
}

impl ApertiumSettings {
    pub(super) fn check(&self, violations: &mut Violations) {
        violations.web_address("engines.apertium.url", &self.url);
        self.contract.check("apertium", violations);
        for (index, pivot) in self.pivots.iter().enumerate() {
            if !matches!(pivot.len(), 2..=3) || !pivot.bytes().all(|byte| byte.is_ascii_lowercase()) {
                let message = "a language of two or three letters is wanted, such as `ca`";
                violations.add_element("engines.apertium.pivots", index, message);
            }
        }
    }
}
