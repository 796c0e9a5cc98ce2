//! Cloud Translation Advanced: what it is asked and what it answers. From Google's reference, `projects.locations` of
//! v3.

use serde::{Deserialize, Serialize};

use super::Translation;
use crate::vendor::{BatchRequest, Limits};

/// "Content limits": 1024 strings, and 30,000 code points, markup among them.
pub(super) const LIMITS: Limits = Limits { texts: 1024, size: 30_000, unit: "characters", measure: code_points };

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TranslateRequest<'run> {
    contents: &'run [String],
    /// The default is the same, and nothing is left to it.
    mime_type: &'static str,
    source_language_code: &'run str,
    target_language_code: &'run str,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'run str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    glossary_config: Option<GlossaryConfig<'run>>,
}

#[derive(Serialize)]
struct GlossaryConfig<'run> {
    /// With project and location.
    glossary: &'run str,
}

impl<'run> TranslateRequest<'run> {
    pub(super) fn new(batch: &BatchRequest<'run>, model: Option<&'run str>, glossary: Option<&'run str>) -> Self {
        Self {
            contents: batch.texts,
            mime_type: "text/html",
            source_language_code: batch.source,
            target_language_code: &batch.target.code,
            model,
            glossary_config: glossary.map(|glossary| GlossaryConfig { glossary }),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TranslateResponse {
    translations: Vec<Translation>,
    /// Beside the others, where there was a glossary.
    #[serde(default)]
    glossary_translations: Vec<Translation>,
}

impl TranslateResponse {
    /// The texts, by the glossary where there was one and they are there.
    pub(super) fn wanted(self, glossary: Option<&str>) -> Vec<Translation> {
        let is_there = glossary.is_some() && !self.glossary_translations.is_empty();
        if is_there { self.glossary_translations } else { self.translations }
    }
}

#[derive(Deserialize)]
pub(super) struct LanguagesResponse {
    languages: Vec<Language>,
}

#[derive(Deserialize)]
struct Language {
    #[serde(rename = "languageCode")]
    code: String,
    #[serde(default, rename = "supportSource")]
    is_source: bool,
    #[serde(default, rename = "supportTarget")]
    is_target: bool,
}

impl LanguagesResponse {
    /// The codes of sources, and those of targets.
    pub(super) fn codes(self) -> (Vec<String>, Vec<String>) {
        let of = |wanted: fn(&Language) -> bool| -> Vec<String> {
            self.languages.iter().filter(|one| wanted(one)).map(|one| one.code.clone()).collect()
        };
        (of(|one| one.is_source), of(|one| one.is_target))
    }
}

fn code_points(text: &str) -> usize {
    text.chars().count()
}
