//! The `modernmt` engine: translates by ModernMT, as XML. Written after its own clients (that for Node, 1.2.3): `POST
//! /translate`, `GET /translate/languages`. Not tried with a live key. That tags are kept and entities read is
//! documented of ModernMT's open server only ("API Translate"); where the service does otherwise, the answer has markup
//! that was not sent or lacks what was, which declines its text or fails the checks.

use std::sync::Arc;

use async_trait::async_trait;
use reqwest::{RequestBuilder, StatusCode};
use serde::{Deserialize, Serialize};

use super::elements::Dialect;
use super::vendor::{BatchRequest, BatchResponse, Caller, Languages, Limits, Received, Remote, Target, Vendor};
use super::{Engine, EngineDependencies, EngineError, ErrorKind};
use crate::contract::Contract;
use crate::layers::gathered;
use crate::section::{EngineSection, one_of, service};
use polypost_core::locale::Locale;
use polypost_settings::{Secret, Violations};

const NAME: &str = "modernmt";
const HOST: &str = "https://api.modernmt.com";

/// 128 texts by others' word; nobody tells the characters, and 8000 are what another client sends.
const LIMITS: Limits = Limits { texts: 128, size: 8000, unit: "characters", measure: |text| text.chars().count() };

/// `[engines.modernmt]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModernMtSettings {
    pub key: Secret,
    /// Empty: the vendor's address.
    pub url: String,
    /// One of [`PRIORITIES`].
    pub priority: String,
    pub contract: Contract,
}

/// What ModernMT's own clients send as `priority`.
const PRIORITIES: [&str; 2] = ["normal", "background"];

impl EngineSection for ModernMtSettings {
    fn check(&self, violations: &mut Violations) {
        one_of("engines.modernmt.priority", &self.priority, &PRIORITIES, violations);
        service("modernmt", &self.url, &self.contract, violations);
    }

    fn build(&self, dependencies: &EngineDependencies) -> Result<Arc<dyn Engine>, EngineError> {
        Ok(gathered(engine(self, dependencies)?, &self.contract))
    }

    fn contract(&self) -> Option<&Contract> {
        Some(&self.contract)
    }

    fn missing(&self) -> Option<&'static str> {
        self.key.expose().is_empty().then_some("engines.modernmt.key")
    }

    fn keys(&self) -> Vec<&Secret> {
        vec![&self.key]
    }

    fn addresses(&self) -> Vec<&str> {
        vec![&self.url]
    }
}

struct ModernMt {
    caller: Caller,
    settings: ModernMtSettings,
}

/// ModernMT as an engine.
///
/// # Errors
/// `Broken` where the settings name no usable address.
fn engine(settings: &ModernMtSettings, dependencies: &EngineDependencies) -> Result<impl Engine + use<>, EngineError> {
    let base = if settings.url.is_empty() { HOST } else { settings.url.as_str() };
    let caller = Caller::new(NAME, base, &settings.contract, dependencies)?;
    Ok(Remote::new(ModernMt { caller, settings: settings.clone() }, &settings.contract, dependencies))
}

#[derive(Serialize)]
struct TranslateRequest<'run> {
    source: &'run str,
    target: &'run str,
    q: &'run [String],
    priority: &'run str,
    /// One block is one text: its line ends are spaces.
    multiline: bool,
}

/// Every answer's frame, whatever it holds; the status is HTTP's, and its own clients go by this one.
#[derive(Deserialize)]
struct ResponseStatus {
    status: u16,
}

#[derive(Deserialize)]
struct ResponseData<T> {
    data: T,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Translation {
    translation: String,
    billed_characters: Option<u64>,
}

#[derive(Deserialize)]
struct ErrorResponse {
    error: ErrorDetail,
}

#[derive(Deserialize)]
struct ErrorDetail {
    #[serde(rename = "type")]
    name: String,
}

impl ModernMt {
    async fn ask(&self, request: RequestBuilder) -> Result<Received, EngineError> {
        let key = self.caller.authorisation("", &self.settings.key)?;
        let request = request.header("MMT-ApiKey", key).header("MMT-Platform", env!("CARGO_PKG_NAME"));
        let request = request.header("MMT-PlatformVersion", env!("CARGO_PKG_VERSION"));
        let mut received = self.caller.ask(request, |received| self.vendor_error(received)).await?;
        let ResponseStatus { status } = self.caller.read(&received)?;
        match StatusCode::from_u16(status) {
            Ok(status) if status.is_success() => Ok(received),
            Ok(status) => {
                received.status = status;
                Err(self.vendor_error(&received))
            }
            Err(_) => {
                Err(self.caller.error(ErrorKind::Transient { after: None }, "answered with a status that is none"))
            }
        }
    }

    /// Of its words only the error's name is told: the message may repeat what was sent.
    fn vendor_error(&self, received: &Received) -> EngineError {
        let name = serde_json::from_slice::<ErrorResponse>(&received.body).ok().map(|refusal| refusal.error.name);
        let name = name.filter(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let kind = match received.status.as_u16() {
            402 => ErrorKind::Quota,
            400 | 422 if name.is_some() => ErrorKind::Rejected,
            413 => ErrorKind::Rejected,
            408 | 429 | 500.. => received.transient(),
            _ => ErrorKind::Broken,
        };
        // Its names tell no text from a field.
        let error =
            self.caller.vendor_error(kind, received, name.as_deref()).about_texts(received.status.as_u16() == 413);
        match received.status.as_u16() {
            401 | 403 => error.hint("is engines.modernmt.key right, and may it be used for this?"),
            402 => error.hint("the contract has to be paid or extended before it translates again"),
            404 => error.hint("engines.modernmt.url must be the address of ModernMT's API, without a path"),
            _ => error,
        }
    }
}

#[async_trait]
impl Vendor for ModernMt {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> Limits {
        LIMITS
    }

    async fn languages(&self) -> Result<Languages, EngineError> {
        let received = self.ask(self.caller.client.get(self.caller.address("/translate/languages"))).await?;
        let ResponseData { data: codes } = self.caller.read::<ResponseData<Vec<String>>>(&received)?;
        let target = |code: &String| Target {
            code: code.clone(),
            dialect: Some(Dialect::Xml),
            has_formality: false,
            has_glossary: true,
        };
        Ok(Languages { targets: codes.iter().map(target).collect(), sources: codes })
    }

    async fn send(&self, batch: BatchRequest<'_>) -> Result<BatchResponse, EngineError> {
        let asked = TranslateRequest {
            source: batch.source,
            target: &batch.target.code,
            q: batch.texts,
            priority: &self.settings.priority,
            multiline: false,
        };
        let request = self.caller.client.post(self.caller.address("/translate")).json(&asked);
        // Translating is a GET to it, with a body that not everything between here and there lets pass.
        let received = self.ask(request.header("X-HTTP-Method-Override", "GET")).await?;
        let ResponseData { data } = self.caller.read::<ResponseData<Vec<Translation>>>(&received)?;
        let billed = data.iter().map(|text| text.billed_characters).sum();
        Ok(BatchResponse {
            texts: data.into_iter().map(|text| text.translation).collect(),
            billed,
            ..BatchResponse::default()
        })
    }

    fn variant(&self, _target: &Locale) -> String {
        String::new()
    }
}
