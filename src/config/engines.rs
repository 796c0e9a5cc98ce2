//! `[engines]`: the route and the engines' own settings.

use std::path::PathBuf;

use serde::Deserialize;

use super::problem::{Faults, nearest};
use super::publish::Secret;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engines {
    pub route: Vec<String>,
    pub neural: Neural,
    pub apertium: Apertium,
    pub deepl: DeepL,
    pub azure: Azure,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Neural {
    /// Empty: the user's cache directory.
    pub directory: PathBuf,
    pub records_url: String,
    pub files_url: String,
    pub fetch: bool,
    pub connect_timeout_seconds: u64,
    pub failure_memory_minutes: u64,
    /// 0: as many as there are processors.
    pub threads: usize,
    pub batch_sentences: usize,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Apertium {
    pub url: String,
    pub connect_timeout_seconds: u64,
    pub request_timeout_seconds: u64,
    pub pivots: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepL {
    pub key: Secret,
    /// Empty: by the key.
    pub url: String,
    /// One of [`FORMALITIES`].
    pub formality: String,
    /// One of [`MODEL_TYPES`].
    pub model_type: String,
    pub connect_timeout_seconds: u64,
    pub request_timeout_seconds: u64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Azure {
    pub key: Secret,
    /// Of the resource; empty for global ones.
    pub region: String,
    /// Empty: the global address.
    pub url: String,
    /// A custom model's; empty: the general one.
    pub category: String,
    pub connect_timeout_seconds: u64,
    pub request_timeout_seconds: u64,
}

/// The engines that a route may name.
const KNOWN: [&str; 5] = ["neural", "apertium", "deepl", "azure", "pseudo"];

impl Engines {
    pub(super) fn check(&self, faults: &mut Faults) {
        if self.route.is_empty() {
            faults.add("engines.route", "at least one engine is wanted");
        }
        for (index, name) in self.route.iter().enumerate() {
            if !KNOWN.contains(&name.as_str()) {
                let known = KNOWN.map(|name| format!("`{name}`")).join(", ");
                let message = match nearest(name, KNOWN.into_iter()) {
                    Some(near) => format!("unknown engine; did you mean `{near}`? (known: {known})"),
                    None => format!("unknown engine (known: {known})"),
                };
                faults.add_element("engines.route", index, message);
            } else if self.route.iter().take(index).any(|earlier| earlier == name) {
                faults.add_element("engines.route", index, format!("`{name}` stands in the route already"));
            }
        }
        self.neural.check(faults);
        self.apertium.check(faults);
        self.deepl.check(faults);
        self.azure.check(faults);
    }
}

impl Neural {
    fn check(&self, faults: &mut Faults) {
        faults.web_address("engines.neural.records_url", &self.records_url);
        faults.web_address("engines.neural.files_url", &self.files_url);
        faults.range("engines.neural.connect_timeout_seconds", self.connect_timeout_seconds, 1, 300);
        faults.range("engines.neural.failure_memory_minutes", self.failure_memory_minutes, 0, 24 * 60);
        faults.range("engines.neural.threads", u64::try_from(self.threads).unwrap_or(u64::MAX), 0, 256);
        let batch_sentences = u64::try_from(self.batch_sentences).unwrap_or(u64::MAX);
        faults.range("engines.neural.batch_sentences", batch_sentences, 1, 256);
    }
}

impl Apertium {
    fn check(&self, faults: &mut Faults) {
        faults.web_address("engines.apertium.url", &self.url);
        faults.range("engines.apertium.connect_timeout_seconds", self.connect_timeout_seconds, 1, 300);
        faults.range("engines.apertium.request_timeout_seconds", self.request_timeout_seconds, 1, 600);
        for (index, pivot) in self.pivots.iter().enumerate() {
            if !matches!(pivot.len(), 2..=3) || !pivot.bytes().all(|byte| byte.is_ascii_lowercase()) {
                let message = "a language of two or three letters is wanted, such as `ca`";
                faults.add_element("engines.apertium.pivots", index, message);
            }
        }
    }
}

/// DeepL's API reference, `formality` and `model_type`; of the former those that are no error where a language has none.
const FORMALITIES: [&str; 4] = ["", "default", "prefer_more", "prefer_less"];
const MODEL_TYPES: [&str; 4] = ["", "latency_optimized", "quality_optimized", "prefer_quality_optimized"];

impl DeepL {
    fn check(&self, faults: &mut Faults) {
        one_of("engines.deepl.formality", &self.formality, &FORMALITIES, faults);
        one_of("engines.deepl.model_type", &self.model_type, &MODEL_TYPES, faults);
        service("deepl", &self.url, (self.connect_timeout_seconds, self.request_timeout_seconds), faults);
    }
}

impl Azure {
    fn check(&self, faults: &mut Faults) {
        for (key, value) in [("engines.azure.region", &self.region), ("engines.azure.category", &self.category)] {
            if !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
                faults.add(key, "letters, digits, `-`, `_` and `.` are wanted");
            }
        }
        service("azure", &self.url, (self.connect_timeout_seconds, self.request_timeout_seconds), faults);
    }
}

/// What the services of vendors have in common: an address, where one is named, and how long is waited.
fn service(engine: &str, url: &str, (connect, request): (u64, u64), faults: &mut Faults) {
    if !url.is_empty() {
        faults.web_address(&format!("engines.{engine}.url"), url);
    }
    faults.range(&format!("engines.{engine}.connect_timeout_seconds"), connect, 1, 300);
    faults.range(&format!("engines.{engine}.request_timeout_seconds"), request, 1, 600);
}

fn one_of(key: &str, value: &str, allowed: &[&str], faults: &mut Faults) {
    if !allowed.contains(&value) {
        let allowed: Vec<String> = allowed.iter().map(|one| format!("`{one}`")).collect();
        faults.add(key, format!("one of {} is wanted", allowed.join(", ")));
    }
}
