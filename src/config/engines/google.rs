//! `[engines.google]`

use serde::Deserialize;

use super::{Contract, service};
use crate::config::problem::Faults;
use crate::config::publish::Secret;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Google {
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
    /// Empty: the global address.
    pub url: String,
    pub contract: Contract,
}

impl Google {
    pub(super) fn check(&self, faults: &mut Faults) {
        for (key, value, further) in [
            // Old projects have a domain in front: `example.com:project`.
            ("engines.google.project", &self.project, "-.:"),
            ("engines.google.quota_project", &self.quota_project, "-.:"),
            ("engines.google.location", &self.location, "-"),
            ("engines.google.model", &self.model, "-_./:"),
        ] {
            if !value.chars().all(|letter| letter.is_ascii_alphanumeric() || further.contains(letter)) {
                let further: Vec<String> = further.chars().map(|letter| format!("`{letter}`")).collect();
                faults.add(key, format!("letters, digits and {} are wanted", further.join(", ")));
            }
        }
        if self.location.is_empty() {
            faults.add("engines.google.location", "a location is wanted, or `global`");
        }
        for (key, file) in [
            ("engines.google.token_file", &self.token_file),
            ("engines.google.credentials_file", &self.credentials_file),
        ] {
            if !file.is_empty() && self.project.is_empty() {
                faults.add_pair(key, "engines.google.project", "`engines.google.project` is wanted beside it");
            }
        }
        if !self.token_file.is_empty() && !self.credentials_file.is_empty() {
            let message = "either `engines.google.token_file` or `engines.google.credentials_file` is wanted, not both";
            faults.add_pair("engines.google.credentials_file", "engines.google.token_file", message);
        }
        service("google", &self.url, &self.contract, faults);
    }
}
