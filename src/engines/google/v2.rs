//! Cloud Translation Basic: what it is asked and what it answers. From Google's reference, `language/translate/v2`.

use serde::{Deserialize, Serialize};

use super::Translated;
use crate::vendor::{Limits, Order, as_json};

pub(super) const TRANSLATE: &str = "/language/translate/v2";
pub(super) const LANGUAGES: &str = "/language/translate/v2/languages";

/// "Content limits": 128 strings, and 100 kB of which the rest of the body takes some.
pub(super) const LIMITS: Limits = Limits { texts: 128, size: 98_000, unit: "bytes", measure: as_json };

#[derive(Serialize)]
pub(super) struct Asked<'run> {
    q: &'run [String],
    source: &'run str,
    target: &'run str,
    /// The default is the same, and nothing is left to it.
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'run str>,
}

impl<'run> Asked<'run> {
    pub(super) fn new(order: &Order<'run>, model: Option<&'run str>) -> Self {
        Self { q: order.texts, source: order.source, target: &order.target.code, format: "html", model }
    }
}

#[derive(Deserialize)]
pub(super) struct Answer {
    pub(super) data: Data,
}

#[derive(Deserialize)]
pub(super) struct Data {
    pub(super) translations: Vec<Translated>,
}

#[derive(Deserialize)]
pub(super) struct Listed {
    data: ListedData,
}

#[derive(Deserialize)]
struct ListedData {
    languages: Vec<Language>,
}

#[derive(Deserialize)]
struct Language {
    language: String,
}

impl Listed {
    /// The codes of sources and of targets, which are the same.
    pub(super) fn codes(self) -> (Vec<String>, Vec<String>) {
        let codes: Vec<String> = self.data.languages.into_iter().map(|one| one.language).collect();
        (codes.clone(), codes)
    }
}
