//! The `azure` engine: translates by Azure AI Translator, as HTML. Written after Microsoft's references of Translator
//! v3.0 and 2026-06-06: `POST /translate`, `GET /languages`.

mod settings;
mod v2026;
mod v3;

use std::time::Duration;

use async_trait::async_trait;
use reqwest::RequestBuilder;
use serde::Deserialize;

use super::elements::Dialect;
use super::vendor::{BatchRequest, BatchResponse, Caller, Languages, Limits, Received, Remote, Target, Vendor};
use super::{Engine, EngineDependencies, EngineError, ErrorKind};
use polypost_core::locale::Locale;

pub use settings::AzureSettings;

const NAME: &str = "azure";
const GLOBAL_HOST: &str = "https://api.cognitive.microsofttranslator.com";
const RESOURCE_HOST: &str = ".cognitiveservices.azure.com";

/// "Service limits": array elements, and characters of all of them; one target for each call.
const LIMITS: Limits = Limits { texts: 1000, size: 50_000, unit: "characters", measure: utf16 };
/// The same of language models, of which a deployment may be one. What is said of one element is held for all of them.
const DEPLOYMENT_LIMITS: Limits = Limits { texts: 50, size: 5_000, unit: "characters", measure: utf16 };

/// Its own numbers: HTTP status and three digits. The free plan's characters; a custom model that is being loaded.
const FREE_QUOTA_EXCEEDED: u64 = 403_001;
const MODEL_LOADING: u64 = 408_001;
/// "Errors": a text is missing or not valid, an element is not valid, the text is too long, there are too many, the
/// request is too large. Others are of languages and of fields.
const ABOUT_TEXTS: [u64; 5] = [400_005, 400_020, 400_050, 400_072, 400_077];
const MODEL_PAUSE: Duration = Duration::from_mins(2);

struct Azure {
    caller: Caller,
    path: &'static str,
    version: Version,
    settings: AzureSettings,
}

/// Which of its interfaces is used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    V3,
    V2026,
}

impl Version {
    /// As calls name it.
    fn name(self) -> &'static str {
        match self {
            Self::V3 => "3.0",
            Self::V2026 => "2026-06-06",
        }
    }

    /// The path below which resources with a host of their own have it.
    fn resource_path(self) -> &'static str {
        match self {
            Self::V3 => "/translator/text/v3.0",
            Self::V2026 => "/translator/text",
        }
    }
}

/// Azure AI Translator as an engine.
///
/// # Errors
/// `Broken` where the settings name no usable address.
pub(super) fn engine(
    settings: &AzureSettings,
    dependencies: &EngineDependencies,
) -> Result<impl Engine + use<>, EngineError> {
    let base = if settings.url.is_empty() { GLOBAL_HOST } else { settings.url.as_str() };
    let version = if settings.api_version == Version::V2026.name() { Version::V2026 } else { Version::V3 };
    let path = if base.trim_end_matches('/').ends_with(RESOURCE_HOST) { version.resource_path() } else { "" };
    let caller = Caller::new(NAME, base, &settings.contract, dependencies)?;
    Ok(Remote::new(Azure { caller, path, version, settings: settings.clone() }, &settings.contract, dependencies))
}

#[derive(Deserialize)]
struct LanguagesResponse {
    translation: serde_json::Map<String, serde_json::Value>,
}

#[derive(Deserialize)]
struct ErrorResponse {
    error: ErrorDetail,
}

#[derive(Deserialize)]
struct ErrorDetail {
    code: Code,
    message: String,
}

/// A number in v3.0; a text, of digits or not, in 2026-06-06 and of what stands in front of the service.
#[derive(Deserialize)]
#[serde(untagged)]
enum Code {
    Number(u64),
    Text(String),
}

impl Code {
    fn number(&self) -> u64 {
        match self {
            Self::Number(number) => *number,
            Self::Text(text) => text.parse().unwrap_or_default(),
        }
    }
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
        self.caller.ask(request, |received| self.vendor_error(received)).await
    }

    fn vendor_error(&self, received: &Received) -> EngineError {
        let reason = serde_json::from_slice::<ErrorResponse>(&received.body).ok().map(|refusal| refusal.error);
        let code = reason.as_ref().map_or(0, |reason| reason.code.number());
        let kind = match (received.status.as_u16(), code) {
            (_, FREE_QUOTA_EXCEEDED) => ErrorKind::Quota,
            (_, MODEL_LOADING) => ErrorKind::Transient { after: Some(MODEL_PAUSE) },
            (408 | 429 | 500.., _) => received.transient(),
            // Language, length, number, JSON.
            (400, _) if reason.is_some() => ErrorKind::Rejected,
            (413, _) => ErrorKind::Rejected,
            _ => ErrorKind::Broken,
        };
        let error = self.caller.vendor_error(kind, received, reason.as_ref().map(|reason| reason.message.as_str()));
        let is_about_texts = ABOUT_TEXTS.contains(&code) || received.status.as_u16() == 413;
        let error = error.about_texts(is_about_texts);
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
        if self.settings.deployment.is_empty() { LIMITS } else { DEPLOYMENT_LIMITS }
    }

    /// The service lists them for anybody; the key goes along so that one that is missing shows here.
    async fn languages(&self) -> Result<Languages, EngineError> {
        let query = [("api-version", self.version.name()), ("scope", "translation")];
        let received = self.ask(self.caller.client.get(self.address("/languages")).query(&query)).await?;
        let listed: LanguagesResponse = self.caller.read(&received)?;
        let codes: Vec<String> = listed.translation.into_iter().map(|(code, _)| code).collect();
        let is_deployment = self.version == Version::V2026 && !self.settings.deployment.is_empty();
        let target = |code: &String| Target {
            code: code.clone(),
            dialect: Some(Dialect::Html),
            // A tone is a language model's.
            has_formality: is_deployment,
            // 3.0 has the dynamic dictionary, language models have pairs for reference.
            has_glossary: self.version == Version::V3 || is_deployment,
        };
        Ok(Languages { targets: codes.iter().map(target).collect(), sources: codes })
    }

    async fn send(&self, batch: BatchRequest<'_>) -> Result<BatchResponse, EngineError> {
        let request = self.caller.client.post(self.address("/translate"));
        let request = request.query(&[("api-version", self.version.name())]);
        let named = |model: &String| Some(model).filter(|name| !name.is_empty()).cloned();
        match self.version {
            Version::V3 => {
                let request = request.query(&v3::query(&batch, &self.settings)).json(&v3::request(&batch));
                let received = self.ask(request).await?;
                let texts = v3::texts(self.caller.read(&received)?);
                let metered =
                    received.headers.get("x-metered-usage").and_then(|count| count.to_str().ok()?.parse().ok());
                Ok(BatchResponse {
                    texts,
                    model: named(&self.settings.category),
                    billed: metered,
                    ..BatchResponse::default()
                })
            }
            Version::V2026 => {
                let received = self.ask(request.json(&v2026::request(&batch, &self.settings))).await?;
                let (texts, billed) = self.caller.read::<v2026::TranslateResponse>(&received)?.outcome();
                Ok(BatchResponse { texts, model: named(&self.settings.deployment), billed, ..BatchResponse::default() })
            }
        }
    }

    fn billed(&self, written: &str) -> u64 {
        utf16(written) as u64
    }

    fn variant(&self, _target: &Locale) -> String {
        let AzureSettings { api_version, category, deployment, tone, .. } = &self.settings;
        let parts = [api_version, category, deployment, tone].map(String::as_str);
        parts.join(" ").trim_end().to_owned()
    }
}

/// Characters as the service counts them.
fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}
