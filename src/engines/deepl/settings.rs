//! `[engines.deepl]`: the settings of DeepL.

use std::sync::Arc;

use serde::Deserialize;

use crate::contract::Contract;
use crate::layers::shared;
use crate::section::{EngineSection, glossary_name, one_of, service};
use crate::{Engine, EngineDependencies, EngineError};
use polypost_settings::{Secret, Violations};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepLSettings {
    pub key: Secret,
    /// Empty: by the key.
    pub url: String,
    /// One of [`FORMALITIES`].
    pub formality: String,
    /// One of [`MODEL_TYPES`].
    pub model_type: String,
    /// What glossaries kept at the vendor are called; empty: none is kept.
    pub glossary: String,
    pub contract: Contract,
}

/// DeepL's API reference, `formality` and `model_type`; of the former those that are no error where a language has
/// none.
const FORMALITIES: [&str; 4] = ["", "default", "prefer_more", "prefer_less"];
const MODEL_TYPES: [&str; 4] = ["", "latency_optimized", "quality_optimized", "prefer_quality_optimized"];

impl EngineSection for DeepLSettings {
    fn check(&self, violations: &mut Violations) {
        one_of("engines.deepl.formality", &self.formality, &FORMALITIES, violations);
        one_of("engines.deepl.model_type", &self.model_type, &MODEL_TYPES, violations);
        glossary_name("engines.deepl.glossary", &self.glossary, violations);
        service("deepl", &self.url, &self.contract, violations);
    }

    fn build(&self, dependencies: &EngineDependencies) -> Result<Arc<dyn Engine>, EngineError> {
        Ok(shared(super::engine(self, dependencies)?))
    }

    fn contract(&self) -> Option<&Contract> {
        Some(&self.contract)
    }

    fn missing(&self) -> Option<&'static str> {
        self.key.expose().is_empty().then_some("engines.deepl.key")
    }

    fn keys(&self) -> Vec<&Secret> {
        vec![&self.key]
    }

    fn addresses(&self) -> Vec<&str> {
        vec![&self.url]
    }
}
