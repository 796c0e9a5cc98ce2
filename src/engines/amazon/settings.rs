//! `[engines.amazon]`: the settings of Amazon Translate.

use std::sync::Arc;

use serde::Deserialize;

use crate::contract::Contract;
use crate::layers::shared;
use crate::section::{EngineSection, glossary_name, one_of, service};
use crate::{Engine, EngineDependencies, EngineError};
use polypost_settings::{Secret, Violations};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmazonSettings {
    pub access_key_id: String,
    pub secret_access_key: Secret,
    /// Of temporary credentials; empty for lasting ones.
    pub session_token: Secret,
    pub region: String,
    /// Empty: by the region.
    pub url: String,
    /// One of [`FORMALITIES`].
    pub formality: String,
    /// What glossaries kept at the vendor are called; empty: none is kept.
    pub glossary: String,
    pub contract: Contract,
}

/// Amazon Translate's API reference, `TranslationSettings`.
const FORMALITIES: [&str; 3] = ["", "FORMAL", "INFORMAL"];

impl EngineSection for AmazonSettings {
    fn check(&self, violations: &mut Violations) {
        if !self.region.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            violations.add("engines.amazon.region", "a region such as `eu-west-1` is wanted");
        }
        one_of("engines.amazon.formality", &self.formality, &FORMALITIES, violations);
        glossary_name("engines.amazon.glossary", &self.glossary, violations);
        service("amazon", &self.url, &self.contract, violations);
    }

    fn build(&self, dependencies: &EngineDependencies) -> Result<Arc<dyn Engine>, EngineError> {
        Ok(shared(super::engine(self, dependencies)?))
    }

    fn contract(&self) -> Option<&Contract> {
        Some(&self.contract)
    }

    fn missing(&self) -> Option<&'static str> {
        self.secret_access_key.expose().is_empty().then_some("engines.amazon.secret_access_key")
    }

    fn keys(&self) -> Vec<&Secret> {
        vec![&self.secret_access_key, &self.session_token]
    }

    fn addresses(&self) -> Vec<&str> {
        vec![&self.url]
    }
}
