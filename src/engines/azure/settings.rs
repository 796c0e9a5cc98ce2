//! `[engines.azure]`: the settings of Azure AI Translator.

use std::sync::Arc;

use serde::Deserialize;

use crate::contract::Contract;
use crate::layers::gathered;
use crate::section::{EngineSection, one_of, service};
use crate::{Engine, EngineDependencies, EngineError};
use polypost_settings::{Secret, Violations};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AzureSettings {
    pub key: Secret,
    /// Of the resource; empty for global ones.
    pub region: String,
    /// Empty: the global address.
    pub url: String,
    /// One of [`API_VERSIONS`].
    pub api_version: String,
    /// A custom model's, in 3.0; empty: the general one.
    pub category: String,
    /// A language model's or a custom model's, in 2026-06-06; empty: the general one.
    pub deployment: String,
    /// One of [`TONES`].
    pub tone: String,
    pub contract: Contract,
}

const API_VERSIONS: [&str; 2] = ["3.0", "2026-06-06"];
const API_VERSION: &str = "engines.azure.api_version";
/// Reference of Translator 2026-06-06, `targets.tone`.
const TONES: [&str; 4] = ["", "formal", "informal", "neutral"];

impl EngineSection for AzureSettings {
    fn check(&self, violations: &mut Violations) {
        one_of(API_VERSION, &self.api_version, &API_VERSIONS, violations);
        one_of("engines.azure.tone", &self.tone, &TONES, violations);
        for (key, value) in [
            ("engines.azure.region", &self.region),
            ("engines.azure.category", &self.category),
            ("engines.azure.deployment", &self.deployment),
        ] {
            if !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
                violations.add(key, "letters, digits, `-`, `_` and `.` are wanted");
            }
        }
        let is_first = self.api_version == "3.0";
        if is_first && !self.deployment.is_empty() {
            violations.add_pair("engines.azure.deployment", API_VERSION, "deployments are named to `2026-06-06`");
        }
        if !is_first && !self.category.is_empty() {
            let message = "categories are named to `3.0`; in `2026-06-06` they are `engines.azure.deployment`";
            violations.add_pair("engines.azure.category", API_VERSION, message);
        }
        if self.deployment.is_empty() && !self.tone.is_empty() {
            let message = "only deployments have a tone: `engines.azure.deployment` is wanted beside it";
            violations.add_pair("engines.azure.tone", "engines.azure.deployment", message);
        }
        service("azure", &self.url, &self.contract, violations);
    }

    fn build(&self, dependencies: &EngineDependencies) -> Result<Arc<dyn Engine>, EngineError> {
        Ok(gathered(super::engine(self, dependencies)?, &self.contract))
    }

    fn contract(&self) -> Option<&Contract> {
        Some(&self.contract)
    }

    fn missing(&self) -> Option<&'static str> {
        self.key.expose().is_empty().then_some("engines.azure.key")
    }

    fn keys(&self) -> Vec<&Secret> {
        vec![&self.key]
    }

    fn addresses(&self) -> Vec<&str> {
        vec![&self.url]
    }
}
