//! `[engines.amazon]`

use serde::Deserialize;

use super::{Contract, glossary_name, one_of, service};
use polypost_settings::Secret;
use polypost_settings::Violations;

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

impl AmazonSettings {
    pub(super) fn check(&self, violations: &mut Violations) {
        if !self.region.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            violations.add("engines.amazon.region", "a region such as `eu-west-1` is wanted");
        }
        one_of("engines.amazon.formality", &self.formality, &FORMALITIES, violations);
        glossary_name("engines.amazon.glossary", &self.glossary, violations);
        service("amazon", &self.url, &self.contract, violations);
    }
}
