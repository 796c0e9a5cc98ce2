//! Translator 2026-06-06: what it is asked and what it answers. From Microsoft's `OpenAPI` document of that version and
//! its reference, which writes some of the same in other letters.

use serde::{Deserialize, Serialize};

use super::AzureSettings;
use crate::vendor::BatchRequest;

#[derive(Serialize)]
pub(super) struct TranslateRequest<'run> {
    inputs: Vec<Input<'run>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Input<'run> {
    text: &'run str,
    language: &'run str,
    text_type: &'static str,
    targets: [TranslationTarget<'run>; 1],
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
struct TranslationTarget<'run> {
    language: &'run str,
    /// Left out it is `general`.
    #[serde(skip_serializing_if = "Option::is_none")]
    deployment_name: Option<&'run str>,
    /// The default is that the general model stands in for the deployment, and nothing tells that it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    allow_fallback: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tone: Option<&'run str>,
}

pub(super) fn request<'run>(batch: &BatchRequest<'run>, settings: &'run AzureSettings) -> TranslateRequest<'run> {
    let deployment = Some(settings.deployment.as_str()).filter(|name| !name.is_empty());
    let target = TranslationTarget {
        language: &batch.target.code,
        deployment_name: deployment,
        allow_fallback: deployment.map(|_| false),
        tone: deployment.and(Some(settings.tone.as_str())).filter(|tone| !tone.is_empty()),
    };
    // `Html` as the document has it; the reference writes `html`, v3.0 took either.
    let input = |text| Input { text, language: batch.source, text_type: "Html", targets: [target] };
    TranslateRequest { inputs: batch.texts.iter().map(|text| input(text)).collect() }
}

#[derive(Deserialize)]
pub(super) struct TranslateResponse {
    value: Vec<TranslatedInput>,
}

#[derive(Deserialize)]
struct TranslatedInput {
    translations: Vec<Translation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Translation {
    text: String,
    /// Not there where a language model was used: its tokens are billed, and the program counts characters.
    source_characters: Option<u64>,
}

impl TranslateResponse {
    /// The texts, and the characters that are billed for all of them, where that is said of each. One target was asked
    /// for; a text without it leaves fewer answers than texts.
    pub(super) fn outcome(self) -> (Vec<String>, Option<u64>) {
        let translated: Vec<Translation> =
            self.value.into_iter().filter_map(|one| one.translations.into_iter().next()).collect();
        let billed = translated.iter().map(|one| one.source_characters).sum();
        (translated.into_iter().map(|one| one.text).collect(), billed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_billed_where_they_are_said_of_each_text() {
        let billed = |second: &str| {
            let answer = format!(
                "{{\"value\":[{{\"translations\":[{{\"language\":\"es\",\"text\":\"a\",\"sourceCharacters\":40}}]}},\
                 {{\"detectedLanguage\":{{\"language\":\"en\",\"score\":1}},\"translations\":[{{\"text\":\"b\"{second}}}]}}]}}"
            );
            serde_json::from_str::<TranslateResponse>(&answer).unwrap().outcome()
        };
        assert_eq!(billed(",\"sourceCharacters\":2"), (vec!["a".to_owned(), "b".to_owned()], Some(42)));
        assert_eq!(billed(",\"instructionTokens\":12,\"sourceTokens\":14,\"targetTokens\":16").1, None);
    }
}
