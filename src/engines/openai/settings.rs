//! `[engines.openai]`: the settings of services with OpenAI's interface.

use std::sync::Arc;

use serde::Deserialize;

use crate::contract::Contract;
use crate::layers::shared;
use crate::section::{EngineSection, one_of, service};
use crate::{Engine, EngineDependencies, EngineError};
use polypost_settings::{Secret, Violations};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenAiSettings {
    /// Empty: OpenAI's own address.
    pub url: String,
    /// Empty for servers that want none.
    pub key: Secret,
    /// One of [`KEY_HEADERS`].
    pub key_header: String,
    /// Empty: the engine is not used.
    pub model: String,
    /// One of [`LIMIT_FIELDS`].
    pub limit_field: String,
    /// What a model may think, beyond its answer.
    pub thinking_tokens: usize,
    /// Below 0: not said.
    pub temperature: f64,
    /// Below 0: not said.
    pub seed: i64,
    /// One of [`FORMALITIES`].
    pub formality: String,
    /// One of [`ORDERS`].
    pub orders: String,
    /// Texts of one call, and the characters of all of them.
    pub batch_texts: usize,
    pub batch_characters: usize,
    pub contract: Contract,
}

/// Empty: `Authorization: Bearer`. Azure OpenAI has the other.
const KEY_HEADERS: [&str; 2] = ["", "api-key"];
/// OpenAI's API reference has the one, and the other for servers that came later.
const LIMIT_FIELDS: [&str; 2] = ["max_completion_tokens", "max_tokens"];
const FORMALITIES: [&str; 3] = ["", "formal", "informal"];

const ORDERS: [&str; 2] = ["decline", "translate"];

impl EngineSection for OpenAiSettings {
    fn check(&self, violations: &mut Violations) {
        one_of("engines.openai.key_header", &self.key_header, &KEY_HEADERS, violations);
        one_of("engines.openai.limit_field", &self.limit_field, &LIMIT_FIELDS, violations);
        one_of("engines.openai.formality", &self.formality, &FORMALITIES, violations);
        one_of("engines.openai.orders", &self.orders, &ORDERS, violations);
        for (key, value, least, most) in [
            ("engines.openai.thinking_tokens", self.thinking_tokens, 0, 1_000_000),
            ("engines.openai.batch_texts", self.batch_texts, 1, 1000),
            ("engines.openai.batch_characters", self.batch_characters, 1, 1_000_000),
        ] {
            violations.range(key, u64::try_from(value).unwrap_or(u64::MAX), least, most);
        }
        // OpenAI's API reference, `temperature`.
        if self.temperature.is_nan() || self.temperature > 2.0 {
            violations.add("engines.openai.temperature", "a number up to 2 is wanted");
        }
        service("openai", &self.url, &self.contract, violations);
    }

    fn build(&self, dependencies: &EngineDependencies) -> Result<Arc<dyn Engine>, EngineError> {
        Ok(shared(super::engine(self, dependencies)?))
    }

    fn contract(&self) -> Option<&Contract> {
        Some(&self.contract)
    }

    fn missing(&self) -> Option<&'static str> {
        (self.key.expose().is_empty() && self.url.is_empty()).then_some("engines.openai.key")
    }

    fn keys(&self) -> Vec<&Secret> {
        vec![&self.key]
    }

    fn addresses(&self) -> Vec<&str> {
        vec![&self.url]
    }
}
