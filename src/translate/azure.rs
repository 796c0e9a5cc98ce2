//! The `azure` engine: texts as HTML come in, Azure AI Translator's translations go out. From Microsoft's reference of
//! Translator v3.0: `POST /translate`, `GET /languages`.

use std::time::Duration;

use async_trait::async_trait;
use reqwest::RequestBuilder;
use serde::{Deserialize, Serialize};

use super::elements::Dialect;
use super::vendor::{Caller, Languages, Limits, Order, Received, Remote, Reply, Target, Vendor};
use super::{Engine, EngineError, ErrorKind, Means};
use crate::config;

const NAME: &str = "azure";
const GLOBAL_HOST: &str = "https://api.cognitive.microsofttranslator.com";
/// Resources with a host of their own have the API below a path.
const RESOURCE_HOST: &str = ".cognitiveservices.azure.com";
const RESOURCE_PATH: &str = "/translator/text/v3.0";

/// "Service limits": array elements, and characters of all of them; one target for each call.
const LIMITS: Limits = Limits { texts: 1000, size: 50_000, unit: "characters", measure: utf16 };

/// Its own numbers: HTTP status and three digits. The free plan's characters; a custom model that is being loaded.
const FREE_QUOTA_EXCEEDED: u64 = 403_001;
const MODEL_LOADING: u64 = 408_001;
const MODEL_PAUSE: Duration = Duration::from_mins(2);

struct Azure {
    caller: Caller,
    path: &'static str,
    settings: config::Azure,
}

/// Azure AI Translator as an engine.
///
/// # Errors
/// `Broken` where the settings name no usable address.
pub(super) fn engine(settings: &config::Azure, means: &Means) -> Result<impl Engine + use<>, EngineError> {
    let base = if settings.url.is_empty() { GLOBAL_HOST } else { settings.url.as_str() };
    let path = if base.trim_end_matches('/').ends_with(RESOURCE_HOST) { RESOURCE_PATH } else { "" };
    let caller = Caller::new(NAME, base, &settings.contract, means)?;
    Ok(Remote::new(Azure { caller, path, settings: settings.clone() }, &settings.contract, means))
}

#[derive(Serialize)]
struct Asked<'run> {
    #[serde(rename = "Text")]
    text: &'run str,
}

#[derive(Deserialize)]
struct Translated {
    translations: Vec<TranslatedText>,
}

#[derive(Deserialize)]
struct TranslatedText {
    text: String,
}

#[derive(Deserialize)]
struct Listed {
    translation: serde_json::Map<String, serde_json::Value>,
}

#[derive(Deserialize)]
struct Refusal {
    error: Reason,
}

#[derive(Deserialize)]
struct Reason {
    code: u64,
    message: String,
}

impl Azure {
    fn address(&self, path: &str) -> String {
        self.caller.address(&format!("{}{path}", self.path))
    }

    async fn ask(&self, request: RequestBuilder) -> Result<Received, EngineError> {
        let key = self.caller.authorisation("", &self.settings.key)?;
        let request = request.header("Ocp-Apim-Subscription-Key", key);
        let request = match self.settings.region.as_str() {
            "" => request,
            region => request.header("Ocp-Apim-Subscription-Region", region),
        };
        self.caller.ask(request, |received| self.refused(received)).await
    }

    fn refused(&self, received: &Received) -> EngineError {
        let reason = serde_json::from_slice::<Refusal>(&received.body).ok().map(|refusal| refusal.error);
        let code = reason.as_ref().map_or(0, |reason| reason.code);
        let kind = match (received.status.as_u16(), code) {
            (_, FREE_QUOTA_EXCEEDED) => ErrorKind::Quota,
            (_, MODEL_LOADING) => ErrorKind::Transient { after: Some(MODEL_PAUSE) },
            (408 | 429 | 500.., _) => received.transient(),
            // Language, length, number, JSON.
            (400, code) if code != 0 => ErrorKind::Rejected,
            _ => ErrorKind::Broken,
        };
        let error = self.caller.refused(kind, received, reason.as_ref().map(|reason| reason.message.as_str()));
        match received.status.as_u16() {
            _ if kind == ErrorKind::Quota => error.hint("the free plan's characters are used up"),
            401 | 403 => error.hint("are engines.azure.key and engines.azure.region those of the resource?"),
            404 => error.hint("engines.azure.url must be the address of the resource, without a path"),
            _ => error,
        }
    }
}

#[async_trait]
impl Vendor for Azure {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> Limits {
        LIMITS
    }

    /// The service lists them for anybody; the key goes along so that one that is missing shows here.
    async fn languages(&self) -> Result<Languages, EngineError> {
        let address = self.address("/languages?api-version=3.0&scope=translation");
        let received = self.ask(self.caller.client.get(address)).await?;
        let listed: Listed = self.caller.read(&received)?;
        let codes: Vec<String> = listed.translation.into_iter().map(|(code, _)| code).collect();
        let target = |code: &String| Target { code: code.clone(), dialect: Some(Dialect::Html), has_formality: false };
        Ok(Languages { targets: codes.iter().map(target).collect(), sources: codes })
    }

    async fn send(&self, order: Order<'_>) -> Result<Reply, EngineError> {
        let mut query = vec![
            ("api-version", "3.0"),
            ("from", order.source),
            ("to", order.target.code.as_str()),
            ("textType", "html"),
        ];
        if !self.settings.category.is_empty() {
            query.push(("category", &self.settings.category));
        }
        let asked: Vec<Asked<'_>> = order.texts.iter().map(|text| Asked { text }).collect();
        let request = self.caller.client.post(self.address("/translate")).query(&query).json(&asked);
        let received = self.ask(request).await?;
        let translated: Vec<Translated> = self.caller.read(&received)?;
        // One target was asked for; a text without it leaves fewer answers than texts.
        let texts = translated.into_iter().filter_map(|one| one.translations.into_iter().next()).map(|one| one.text);
        let model = Some(&self.settings.category).filter(|category| !category.is_empty()).cloned();
        let metered = received.headers.get("x-metered-usage").and_then(|count| count.to_str().ok()?.parse().ok());
        Ok(Reply { texts: texts.collect(), model, billed: metered })
    }

    fn billed(&self, written: &str) -> u64 {
        utf16(written) as u64
    }

    fn extras(&self) -> &'static str {
        "markup"
    }
}

/// Characters as the service counts them.
fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}
