//! The `deepl` engine: translates by DeepL, as XML. Written after DeepL's API reference and its `OpenAPI` document of
//! June 2026: `POST /v2/translate` with `tag_handling_version` v2, `GET /v3/languages`, `/v3/glossaries`.

mod deepl_glossaries;
mod settings;

use async_trait::async_trait;
use reqwest::header::AUTHORIZATION;
use serde::{Deserialize, Serialize};

use super::elements::{self, Dialect};
use super::glossaries::{self, FailureSubject, Glossaries, GlossaryFailure, TranslateWith};
use super::vendor::{
    BatchRequest, BatchResponse, Caller, Languages, Limits, Received, Remote, Target, Vendor, as_json,
};
use super::{Engine, EngineDependencies, EngineError, ErrorKind};
use polypost_core::locale::Locale;

pub use settings::DeepLSettings;

const NAME: &str = "deepl";
/// Keys of the free plan end like this, and have a host of their own.
const FREE_KEY: &str = ":fx";
const FREE_HOST: &str = "https://api-free.deepl.com";
const PAID_HOST: &str = "https://api.deepl.com";

/// A body has at most 128 KiB: what is left of it is for context and settings.
const LIMITS: Limits = Limits { texts: 50, size: 96 * 1024, unit: "bytes", measure: as_json };
/// Bytes of context that leave room for the texts.
const LONGEST_CONTEXT: usize = 4 * 1024;

/// The service's own numbers, beside those of RFC 9110.
const QUOTA_EXCEEDED: u16 = 456;
const TOO_MANY: [u16; 2] = [429, 529];

/// What it says of a text that it cannot read as XML; its other refusals are of fields.
const UNREADABLE: &str = "Tag handling parsing failed";

struct DeepL {
    caller: Caller,
    glossaries: Option<Glossaries>,
    settings: DeepLSettings,
}

/// DeepL as an engine.
///
/// # Errors
/// `Broken` where the settings name no usable address.
pub(super) fn engine(
    settings: &DeepLSettings,
    dependencies: &EngineDependencies,
) -> Result<impl Engine + use<>, EngineError> {
    let base = match settings.url.as_str() {
        "" if settings.key.expose().ends_with(FREE_KEY) => FREE_HOST,
        "" => PAID_HOST,
        url => url,
    };
    let caller = Caller::new(NAME, base, &settings.contract, dependencies)?;
    let glossaries =
        Glossaries::new(NAME, &settings.glossary, deepl_glossaries::LIMITS, &settings.contract, dependencies);
    Ok(Remote::new(DeepL { caller, glossaries, settings: settings.clone() }, &settings.contract, dependencies))
}

#[derive(Serialize)]
struct TranslateRequest<'run> {
    text: &'run [String],
    source_lang: &'run str,
    target_lang: &'run str,
    /// Not billed, and not translated.
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<&'run str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag_handling: Option<&'static str>,
    /// The default differs by account.
    #[serde(skip_serializing_if = "Option::is_none")]
    tag_handling_version: Option<&'static str>,
    /// Headings have no full stop, and get none.
    preserve_formatting: bool,
    /// One block is one text: its line ends are spaces.
    split_sentences: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    model_type: &'run str,
    #[serde(skip_serializing_if = "Option::is_none")]
    formality: Option<&'run str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    glossary_id: Option<&'run str>,
    show_billed_characters: bool,
}

#[derive(Deserialize)]
struct TranslateResponse {
    translations: Vec<Translation>,
}

#[derive(Deserialize)]
struct Translation {
    text: String,
    model_type_used: Option<String>,
    billed_characters: Option<u64>,
}

#[derive(Deserialize)]
struct Language {
    lang: String,
    #[serde(default)]
    usable_as_source: bool,
    #[serde(default)]
    usable_as_target: bool,
    #[serde(default)]
    features: serde_json::Map<String, serde_json::Value>,
}

/// 4xx and 5xx, where they have a body; tag handling writes its own with a capital.
#[derive(Deserialize)]
struct ErrorResponse {
    #[serde(alias = "Message")]
    message: Option<String>,
}

impl DeepL {
    fn vendor_error(&self, received: &Received) -> EngineError {
        let said = serde_json::from_slice::<ErrorResponse>(&received.body).ok().and_then(|refusal| refusal.message);
        let status = received.status.as_u16();
        let kind = match status {
            QUOTA_EXCEEDED => ErrorKind::Quota,
            status if TOO_MANY.contains(&status) => received.transient(),
            400 | 413 | 414 => ErrorKind::Rejected,
            408 | 500.. => received.transient(),
            _ => ErrorKind::Broken,
        };
        let is_about_texts = status == 413 || said.as_deref().is_some_and(|said| said.starts_with(UNREADABLE));
        let error = self.caller.vendor_error(kind, received, said.as_deref());
        let error = error.about_texts(is_about_texts);
        match status {
            QUOTA_EXCEEDED => error.hint("the contract's characters are used up for this billing period"),
            403 => error.hint("is engines.deepl.key right, and of this plan and region? free keys end in `:fx`"),
            404 => error.hint("engines.deepl.url must be the address of DeepL's API, without a path"),
            _ => error,
        }
    }

    async fn ask(&self, request: reqwest::RequestBuilder) -> Result<Received, GlossaryFailure> {
        let key = self.caller.authorisation("DeepL-Auth-Key ", &self.settings.key)?;
        let mut about = FailureSubject::default();
        let refused = |received: &Received| {
            about = FailureSubject::of(received);
            self.vendor_error(received)
        };
        let answer = self.caller.ask(request.header(AUTHORIZATION, key), refused).await;
        answer.map_err(|error| GlossaryFailure::new(error, about))
    }
}

#[async_trait]
impl TranslateWith for DeepL {
    async fn translate(
        &self,
        batch: BatchRequest<'_>,
        glossary: Option<&str>,
    ) -> Result<BatchResponse, GlossaryFailure> {
        let has_markup = batch.target.dialect.is_some();
        let asked = TranslateRequest {
            text: batch.texts,
            source_lang: batch.source,
            target_lang: &batch.target.code,
            context: batch.context.map(|context| beginning(context, LONGEST_CONTEXT)),
            tag_handling: has_markup.then_some("xml"),
            tag_handling_version: has_markup.then_some("v2"),
            preserve_formatting: true,
            split_sentences: "nonewlines",
            model_type: &self.settings.model_type,
            formality: Some(self.settings.formality.as_str())
                .filter(|way| batch.target.has_formality && !way.is_empty()),
            glossary_id: glossary,
            show_billed_characters: true,
        };
        let received = self.ask(self.caller.client.post(self.caller.address("/v2/translate")).json(&asked)).await?;
        let translated: TranslateResponse = self.caller.read(&received)?;
        let model = translated.translations.iter().find_map(|text| text.model_type_used.clone());
        let billed = translated.translations.iter().map(|text| text.billed_characters).sum();
        Ok(BatchResponse {
            texts: translated.translations.into_iter().map(|text| text.text).collect(),
            model,
            billed,
            ..BatchResponse::default()
        })
    }
}

#[async_trait]
impl Vendor for DeepL {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> Limits {
        LIMITS
    }

    async fn languages(&self) -> Result<Languages, EngineError> {
        let request = self.caller.client.get(self.caller.address("/v3/languages?resource=translate_text"));
        let listed: Vec<Language> = self.caller.read(&self.ask(request).await?)?;
        let sources = listed.iter().filter(|one| one.usable_as_source).map(|one| one.lang.clone()).collect();
        let targets = listed.iter().filter(|one| one.usable_as_target).map(|one| Target {
            code: one.lang.clone(),
            dialect: one.features.contains_key("tag_handling").then_some(Dialect::Xml),
            has_formality: one.features.contains_key("formality"),
            has_glossary: one.features.contains_key("glossary"),
        });
        Ok(Languages { sources, targets: targets.collect() })
    }

    async fn send(&self, batch: BatchRequest<'_>) -> Result<BatchResponse, EngineError> {
        glossaries::send(self.glossaries.as_ref(), self, batch).await
    }

    /// The elements are not billed.
    fn billed(&self, written: &str) -> u64 {
        elements::length(written) as u64
    }

    fn variant(&self, target: &Locale) -> String {
        let DeepLSettings { formality, model_type, .. } = &self.settings;
        glossaries::variant(format!("{formality} {model_type}").trim(), self.glossaries.as_ref(), target)
    }

    fn extras(&self) -> &'static str {
        if self.settings.glossary.is_empty() {
            "the report's title goes along as context"
        } else {
            "the report's title goes along as context; terms are kept there as glossaries"
        }
    }
}

fn beginning(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or_default()
}
