//! Translator v3.0: what it is asked and what it answers. From Microsoft's reference of v3.0, `translate`.

use serde::{Deserialize, Serialize};

use crate::config;
use crate::vendor::Order;

#[derive(Serialize)]
pub(super) struct Asked<'run> {
    #[serde(rename = "Text")]
    text: &'run str,
}

/// What is said of all texts, beside the version.
pub(super) fn query<'run>(order: &Order<'run>, settings: &'run config::Azure) -> Vec<(&'static str, &'run str)> {
    let mut query = vec![("from", order.source), ("to", order.target.code.as_str()), ("textType", "html")];
    if !settings.category.is_empty() {
        query.push(("category", &settings.category));
    }
    query
}

pub(super) fn asked<'run>(order: &Order<'run>) -> Vec<Asked<'run>> {
    order.texts.iter().map(|text| Asked { text }).collect()
}

#[derive(Deserialize)]
pub(super) struct Translated {
    translations: Vec<TranslatedText>,
}

#[derive(Deserialize)]
struct TranslatedText {
    text: String,
}

/// One target was asked for; a text without it leaves fewer answers than texts.
pub(super) fn texts(translated: Vec<Translated>) -> Vec<String> {
    translated.into_iter().filter_map(|one| one.translations.into_iter().next()).map(|one| one.text).collect()
}
