//! `[engines.google]`: the settings of Google Cloud Translation.

use std::sync::Arc;

use serde::Deserialize;

use crate::contract::Contract;
use crate::layers::gathered;
use crate::section::{EngineSection, glossary_name, service};
use crate::{Engine, EngineDependencies, EngineError};
use polypost_settings::{Secret, Violations};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoogleSettings {
    /// For Cloud Translation Basic (v2).
    pub key: Secret,
    /// Empty: Basic; else Cloud Translation Advanced (v3) in this project.
    pub project: String,
    pub location: String,
    /// A file with an OAuth access token that somebody else keeps fresh; for v3.
    pub token_file: String,
    /// A service account's key as Google writes it (JSON); for v3.
    pub credentials_file: String,
    /// The project that calls are counted against; empty: the one of the credentials.
    pub quota_project: String,
    /// Empty: Google's own choice.
    pub model: String,
    /// What glossaries kept at the vendor are called; empty: none is kept.
    pub glossary: String,
    /// The bucket that their files go to, by way of Cloud Storage.
    pub glossary_bucket: String,
    /// Of Cloud Storage; empty: the global address.
    pub storage_url: String,
    /// Empty: the global address.
    pub url: String,
    pub contract: Contract,
}

impl GoogleSettings {
    /// Glossaries are Advanced's, in a place of their own, and made of files in Cloud Storage.
    fn check_glossary(&self, violations: &mut Violations) {
        const KEY: &str = "engines.google.glossary";
        glossary_name(KEY, &self.glossary, violations);
        let is_of_bucket = |letter: char| matches!(letter, 'a'..='z' | '0'..='9' | '-' | '_' | '.');
        if !self.glossary_bucket.chars().all(is_of_bucket) {
            violations.add("engines.google.glossary_bucket", "a bucket's name is wanted, without `gs://`");
        }
        if !self.storage_url.is_empty() {
            violations.web_address("engines.google.storage_url", &self.storage_url);
        }
        if self.glossary.is_empty() {
            return;
        }
        for (key, value) in
            [("engines.google.project", &self.project), ("engines.google.glossary_bucket", &self.glossary_bucket)]
        {
            if value.is_empty() {
                violations.add_pair(KEY, key, format!("`{key}` is wanted beside it"));
            }
        }
        if self.location == "global" {
            let message =
                "a location other than `global`, such as `us-central1`, is wanted in `engines.google.location`";
            violations.add_pair(KEY, "engines.google.location", message);
        }
    }
}

impl EngineSection for GoogleSettings {
    fn check(&self, violations: &mut Violations) {
        for (key, value, further) in [
            // Old projects have a domain in front: `example.com:project`.
            ("engines.google.project", &self.project, "-.:"),
            ("engines.google.quota_project", &self.quota_project, "-.:"),
            ("engines.google.location", &self.location, "-"),
            ("engines.google.model", &self.model, "-_./:"),
        ] {
            if !value.chars().all(|letter| letter.is_ascii_alphanumeric() || further.contains(letter)) {
                let further: Vec<String> = further.chars().map(|letter| format!("`{letter}`")).collect();
                violations.add(key, format!("letters, digits and {} are wanted", further.join(", ")));
            }
        }
        if self.location.is_empty() {
            violations.add("engines.google.location", "a location is wanted, or `global`");
        }
        for (key, file) in [
            ("engines.google.token_file", &self.token_file),
            ("engines.google.credentials_file", &self.credentials_file),
        ] {
            if !file.is_empty() && self.project.is_empty() {
                violations.add_pair(key, "engines.google.project", "`engines.google.project` is wanted beside it");
            }
        }
        if !self.token_file.is_empty() && !self.credentials_file.is_empty() {
            let message = "either `engines.google.token_file` or `engines.google.credentials_file` is wanted, not both";
            violations.add_pair("engines.google.credentials_file", "engines.google.token_file", message);
        }
        self.check_glossary(violations);
        service("google", &self.url, &self.contract, violations);
    }

    fn build(&self, dependencies: &EngineDependencies) -> Result<Arc<dyn Engine>, EngineError> {
        Ok(gathered(super::engine(self, dependencies)?, &self.contract))
    }

    fn contract(&self) -> Option<&Contract> {
        Some(&self.contract)
    }

    fn missing(&self) -> Option<&'static str> {
        let has_no_access =
            self.key.expose().is_empty() && self.token_file.is_empty() && self.credentials_file.is_empty();
        has_no_access.then_some("engines.google.key")
    }

    fn keys(&self) -> Vec<&Secret> {
        vec![&self.key]
    }

    fn addresses(&self) -> Vec<&str> {
        vec![&self.url, &self.storage_url]
    }
}
