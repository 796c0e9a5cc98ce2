//! `[organisation]`: who publishes.

use serde::Deserialize;

use polypost_settings::Violations;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationSettings {
    /// Empty: texts say it without a name.
    pub name: String,
}

impl OrganisationSettings {
    pub(super) fn check(&self, violations: &mut Violations) {
        if self.name.chars().any(char::is_control) {
            violations.add("organisation.name", "expected a name on one line, or none");
        }
    }
}
