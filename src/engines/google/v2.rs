//! Cloud Translation Basic: what it is asked and what it answers. From Google's reference, `language/translate/v2`.

use serde::{Deserialize, Serialize};

use super::Translation;
use crate::vendor::{BatchRequest, Limits, as_json};

pub(super) const TRANSLATE: &str = "/language/translate/v2";
pub(super) const LANGUAGES: &str = "/language/translate/v2/languages";

/// "Content limits": 128 strings, and 100 kB of which the rest of the body takes some.
pub(super) const LIMITS: Limits = Limits { texts: 128, size: 98_000, unit: "bytes", measure: as_json };

#[derive(Serialize)]
pub(super) struct TranslateRequest<'run> {
    q: &'run [String],
    source: &'run str,
    target: &'run str,
    /// The default is the same, and nothing is left to it.
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'run str>,
}

impl<'run> TranslateRequest<'run> {
    pub(super) fn new(batch: &BatchRequest<'run>, model: Option<&'run str>) -> Self {
        Self { q: batch.texts, source: batch.source, target: &batch.target.code, format: "html", model }
    }
}

#[derive(Deserialize)]
pub(super) struct TranslateResponse {
    pub(super) data: TranslationList,
}

#[derive(Deserialize)]
pub(super) struct TranslationList {
    pub(super) translations: Vec<Translation>,
}

#[derive(Deserialize)]
pub(super) struct LanguagesResponse {
    data: LanguageList,
}

#[derive(Deserialize)]
struct LanguageList {
    languages: Vec<Language>,
}

#[derive(Deserialize)]
struct Language {
    language: String,
}

impl LanguagesResponse {
    /// The codes of sources and of targets, which are the same.
    pub(super) fn codes(self) -> (Vec<String>, Vec<String>) {
        let codes: Vec<String> = self.data.languages.into_iter().map(|one| one.language).collect();
        (codes.clone(), codes)
    }
}
