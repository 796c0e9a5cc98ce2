//! Translator v3.0: what it is asked and what it answers. From Microsoft's reference of v3.0, `translate`.

use serde::{Deserialize, Serialize};

use super::AzureSettings;
use crate::vendor::BatchRequest;

#[derive(Serialize)]
pub(super) struct TranslateInput<'run> {
    #[serde(rename = "Text")]
    text: &'run str,
}

/// What is said of all texts, beside the version.
pub(super) fn query<'run>(batch: &BatchRequest<'run>, settings: &'run AzureSettings) -> Vec<(&'static str, &'run str)> {
    let mut query = vec![("from", batch.source), ("to", batch.target.code.as_str()), ("textType", "html")];
    if !settings.category.is_empty() {
        query.push(("category", &settings.category));
    }
    query
}

pub(super) fn request<'run>(batch: &BatchRequest<'run>) -> Vec<TranslateInput<'run>> {
    batch.texts.iter().map(|text| TranslateInput { text }).collect()
}

#[derive(Deserialize)]
pub(super) struct TranslatedInput {
    translations: Vec<Translation>,
}

#[derive(Deserialize)]
struct Translation {
    text: String,
}

/// One target was asked for; a text without it leaves fewer answers than texts.
pub(super) fn texts(translated: Vec<TranslatedInput>) -> Vec<String> {
    translated.into_iter().filter_map(|one| one.translations.into_iter().next()).map(|one| one.text).collect()
}
