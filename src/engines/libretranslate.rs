//! The `libretranslate` engine: translates by a LibreTranslate server, as plain text. Written after the source of
//! LibreTranslate 1.9.6: `POST /translate`, `GET /languages`, `GET /frontend/settings`. Its HTML mode makes tags of
//! escaped text, so that texts go as text. It copies the case of a text that is all upper or all lower case, which is
//! left as it is: placeholders are upper case in both.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use reqwest::RequestBuilder;
use reqwest::header::ACCEPT_LANGUAGE;
use serde::{Deserialize, Serialize};

use super::vendor::{BatchRequest, BatchResponse, Caller, Languages, Limits, Received, Remote, Target, Vendor};
use super::{Engine, EngineDependencies, EngineError, ErrorKind};
use crate::contract::Contract;
use crate::layers::gathered;
use crate::section::{EngineSection, service};
use polypost_core::locale::Locale;
use polypost_settings::{Secret, Violations};

const NAME: &str = "libretranslate";

/// Its limits are by the minute where they are not by the day, and whoever goes on is banned (`flood.py`).
const PAUSE: Duration = Duration::from_mins(1);

/// What it says in English; by its status alone a refusal is nothing.
const WANTS_A_KEY: &str = "API key";
const NO_SUCH_PAIR: &str = "is not available as a target language";
const OVER_A_LIMIT: &str = "exceeds text limit";

/// `[engines.libretranslate]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LibreTranslateSettings {
    /// Empty: there is no server.
    pub url: String,
    /// Empty for servers that want none.
    pub key: Secret,
    /// Texts of one call, and the characters of all of them.
    pub batch_texts: usize,
    pub batch_characters: usize,
    pub contract: Contract,
}

impl EngineSection for LibreTranslateSettings {
    fn check(&self, violations: &mut Violations) {
        for (key, value, most) in [
            ("engines.libretranslate.batch_texts", self.batch_texts, 1000),
            ("engines.libretranslate.batch_characters", self.batch_characters, 1_000_000),
        ] {
            violations.range(key, u64::try_from(value).unwrap_or(u64::MAX), 1, most);
        }
        service("libretranslate", &self.url, &self.contract, violations);
    }

    fn build(&self, dependencies: &EngineDependencies) -> Result<Arc<dyn Engine>, EngineError> {
        Ok(gathered(engine(self, dependencies)?, &self.contract))
    }

    fn contract(&self) -> Option<&Contract> {
        Some(&self.contract)
    }

    /// A server of one's own often wants no key.
    fn missing(&self) -> Option<&'static str> {
        self.url.is_empty().then_some("engines.libretranslate.url")
    }

    fn keys(&self) -> Vec<&Secret> {
        vec![&self.key]
    }

    fn addresses(&self) -> Vec<&str> {
        vec![&self.url]
    }
}

struct LibreTranslate {
    /// Without an address there is no server.
    caller: Option<Caller>,
    settings: LibreTranslateSettings,
    /// The server's own limit of characters, once it is known.
    most_characters: AtomicUsize,
}

/// A LibreTranslate server as an engine.
///
/// # Errors
/// `Broken` where the settings name an address that is none.
fn engine(
    settings: &LibreTranslateSettings,
    dependencies: &EngineDependencies,
) -> Result<impl Engine + use<>, EngineError> {
    let caller = match settings.url.as_str() {
        "" => None,
        url => Some(Caller::new(NAME, url, &settings.contract, dependencies)?),
    };
    let vendor = LibreTranslate { caller, settings: settings.clone(), most_characters: AtomicUsize::new(usize::MAX) };
    Ok(Remote::new(vendor, &settings.contract, dependencies))
}

#[derive(Serialize)]
struct TranslateRequest<'run> {
    q: &'run [String],
    source: &'run str,
    target: &'run str,
    format: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    api_key: &'run str,
}

#[derive(Deserialize)]
struct TranslateResponse {
    #[serde(rename = "translatedText")]
    texts: Vec<String>,
}

#[derive(Deserialize)]
struct Language {
    code: String,
    /// What it is translated into.
    targets: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FrontendSettings {
    /// -1: none.
    char_limit: i64,
    #[serde(default)]
    key_required: bool,
}

#[derive(Deserialize)]
struct ErrorResponse {
    error: String,
}

impl LibreTranslate {
    fn caller(&self) -> Result<&Caller, EngineError> {
        self.caller.as_ref().ok_or_else(|| {
            let hint = "set POLYPOST_ENGINES__LIBRETRANSLATE__URL, or engines.libretranslate.url";
            EngineError::new(NAME, ErrorKind::Broken, "there is no url").hint(hint)
        })
    }

    /// In English, since its refusals are told apart by their words.
    async fn ask(&self, request: RequestBuilder) -> Result<Received, EngineError> {
        let caller = self.caller()?;
        caller.ask(request.header(ACCEPT_LANGUAGE, "en"), |received| vendor_error(caller, received)).await
    }

    /// What the server tells of itself; those that hide it are served by what our own settings say.
    async fn learn(&self) -> Result<(), EngineError> {
        let caller = self.caller()?;
        let Ok(received) = self.ask(caller.client.get(caller.address("/frontend/settings"))).await else {
            return Ok(());
        };
        let Ok(told) = caller.read::<FrontendSettings>(&received) else { return Ok(()) };
        self.most_characters.store(usize::try_from(told.char_limit).unwrap_or(usize::MAX), Ordering::Relaxed);
        if told.key_required && self.settings.key.expose().is_empty() {
            let hint = "set POLYPOST_ENGINES__LIBRETRANSLATE__KEY, or engines.libretranslate.key";
            return Err(caller.error(ErrorKind::Broken, "there is no key, and the server wants one").hint(hint));
        }
        Ok(())
    }
}

fn vendor_error(caller: &Caller, received: &Received) -> EngineError {
    let said = serde_json::from_slice::<ErrorResponse>(&received.body).ok().map(|refusal| refusal.error);
    let words = said.as_deref().unwrap_or_default();
    let kind = match received.status.as_u16() {
        400 if words.contains(WANTS_A_KEY) => ErrorKind::Broken,
        // A limit, a language, a field.
        400 if said.is_some() => ErrorKind::Rejected,
        413 => ErrorKind::Rejected,
        429 => match received.transient() {
            ErrorKind::Transient { after: None } => ErrorKind::Transient { after: Some(PAUSE) },
            told => told,
        },
        // Some versions wrap their own 400 in a 500.
        500.. if words.contains(NO_SUCH_PAIR) => ErrorKind::Rejected,
        408 | 500.. => received.transient(),
        _ => ErrorKind::Broken,
    };
    // What went wrong inside may have the text in it.
    let error = caller.vendor_error(kind, received, said.as_deref().filter(|_| received.status.is_client_error()));
    // Of one text it says nothing; what stands in front of it has a limit of bytes.
    let error = error.about_texts(received.status.as_u16() == 413);
    match received.status.as_u16() {
        400 if kind == ErrorKind::Broken && said.is_some() => {
            error.hint("set POLYPOST_ENGINES__LIBRETRANSLATE__KEY, or engines.libretranslate.key")
        }
        400 if words.contains(OVER_A_LIMIT) => {
            error.hint("engines.libretranslate.batch_texts must not be more than the server's LT_BATCH_LIMIT")
        }
        403 => error.hint("is engines.libretranslate.key right? a server refuses those, too, that asked too often"),
        404 | 405 => error.hint("engines.libretranslate.url must be the address of a LibreTranslate server"),
        _ => error,
    }
}

#[async_trait]
impl Vendor for LibreTranslate {
    fn name(&self) -> &'static str {
        NAME
    }

    /// Those of the settings, and the server's own where it is lower: by version that is of a text or of a call.
    fn limits(&self) -> Limits {
        let size = self.settings.batch_characters.min(self.most_characters.load(Ordering::Relaxed));
        Limits { texts: self.settings.batch_texts, size, unit: "characters", measure: |text| text.chars().count() }
    }

    async fn languages(&self) -> Result<Languages, EngineError> {
        let caller = self.caller()?;
        let received = self.ask(caller.client.get(caller.address("/languages"))).await?;
        let listed: Vec<Language> = caller.read(&received)?;
        self.learn().await?;
        let mut codes: Vec<&String> = listed.iter().flat_map(|language| &language.targets).collect();
        codes.sort_unstable();
        codes.dedup();
        let target =
            |code: &String| Target { code: code.clone(), dialect: None, has_formality: false, has_glossary: false };
        let targets = codes.into_iter().map(target).collect();
        Ok(Languages { sources: listed.into_iter().map(|language| language.code).collect(), targets })
    }

    async fn send(&self, batch: BatchRequest<'_>) -> Result<BatchResponse, EngineError> {
        let caller = self.caller()?;
        let asked = TranslateRequest {
            q: batch.texts,
            source: batch.source,
            target: &batch.target.code,
            format: "text",
            api_key: self.settings.key.expose(),
        };
        let received = self.ask(caller.client.post(caller.address("/translate")).json(&asked)).await?;
        let translated: TranslateResponse = caller.read(&received)?;
        Ok(BatchResponse { texts: translated.texts, ..BatchResponse::default() })
    }

    fn variant(&self, _target: &Locale) -> String {
        String::new()
    }
}
