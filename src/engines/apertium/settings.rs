//! `[engines.apertium]`: the settings of an Apertium APy.

use std::sync::Arc;

use serde::Deserialize;

use super::Apertium;
use crate::contract::Contract;
use crate::layers::RequestBatcher;
use crate::section::EngineSection;
use crate::{Engine, EngineDependencies, EngineError};
use polypost_settings::Violations;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApertiumSettings {
    pub url: String,
    pub pivots: Vec<String>,
    pub contract: Contract,
}

impl EngineSection for ApertiumSettings {
    fn check(&self, violations: &mut Violations) {
        violations.web_address("engines.apertium.url", &self.url);
        self.contract.check("apertium", violations);
        for (index, pivot) in self.pivots.iter().enumerate() {
            if !matches!(pivot.len(), 2..=3) || !pivot.bytes().all(|byte| byte.is_ascii_lowercase()) {
                let message = "a language of two or three letters is wanted, such as `ca`";
                violations.add_element("engines.apertium.pivots", index, message);
            }
        }
    }

    fn build(&self, dependencies: &EngineDependencies) -> Result<Arc<dyn Engine>, EngineError> {
        // A pair has one pipeline.
        Ok(Arc::new(RequestBatcher::new(Arc::new(Apertium::new(self, dependencies)?), 1)))
    }

    fn contract(&self) -> Option<&Contract> {
        Some(&self.contract)
    }

    fn addresses(&self) -> Vec<&str> {
        vec![&self.url]
    }
}
