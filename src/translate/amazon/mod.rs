//! The `amazon` engine: texts as HTML come in, one by one, Amazon Translate's translations go out. From AWS's API
//! reference (version 2017-07-01 of the service): `TranslateText`, `ListLanguages`. Not tried with live keys: of markup
//! AWS documents only that `translate="no"` is kept, and where other elements do not come back as sent, the text is
//! declined. What the service says of an error goes into none of ours, since it repeats texts and signed headers.

mod signature;

use async_trait::async_trait;
use aws_credential_types::Credentials;
use reqwest::RequestBuilder;
use reqwest::header::CONTENT_TYPE;
use serde::{Deserialize, Serialize};

use super::elements::Dialect;
use super::vendor::{Caller, Languages, Limits, Order, Received, Remote, Reply, Target, Vendor};
use super::{Engine, EngineError, ErrorKind, Means};
use crate::clock::{self, Clock as _};
use crate::config;
use signature::Scope;

const NAME: &str = "amazon";
/// What signatures are for.
const SERVICE: &str = "translate";
/// What operations are named by.
const TARGET: &str = "AWSShineFrontendService_20170701";
const MEDIA_TYPE: &str = "application/x-amz-json-1.1";

/// "Guidelines and limits": 10,000 bytes of UTF-8 in a text, and one text in a call.
const LIMITS: Limits = Limits { texts: 1, size: 10_000, unit: "bytes", measure: str::len };

/// "Setting formality", supported languages; for others it is ignored.
const WITH_FORMALITY: [&str; 11] = ["nl", "fr", "fr-CA", "de", "hi", "it", "ja", "ko", "pt-PT", "es", "es-MX"];

/// Languages on one page of the list, the most there may be, and the pages that are read: there are some 75.
const PAGE_SIZE: u16 = 500;
const MOST_PAGES: usize = 20;

/// What AWS's own clients take for throttling (botocore, `ThrottledRetryableChecker`), and passing faults, whatever the
/// status: throttling comes as 400.
const TRANSIENT: [&str; 15] = [
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottled",
    "RequestThrottledException",
    "TooManyRequestsException",
    "RequestLimitExceeded",
    "LimitExceededException",
    "SlowDown",
    "InternalServerException",
    "InternalFailure",
    "ServiceUnavailable",
    "ServiceUnavailableException",
    "RequestTimeout",
    "RequestTimeoutException",
];

/// The language or the text is none for this service.
const REJECTED: [&str; 7] = [
    "TextSizeLimitExceededException",
    "UnsupportedLanguagePairException",
    "InvalidRequestException",
    "InvalidParameterValueException",
    "DetectedLanguageLowConfidenceException",
    "RequestEntityTooLargeException",
    "ValidationException",
];

/// Those of them that the text alone can cause.
const ABOUT_TEXTS: [&str; 3] =
    ["TextSizeLimitExceededException", "DetectedLanguageLowConfidenceException", "RequestEntityTooLargeException"];

/// The keys are not those of an account, or not any more ("Common error types").
const UNKNOWN_KEYS: [&str; 7] = [
    "UnrecognizedClientException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "MissingAuthenticationTokenException",
];

struct Amazon {
    /// Without a region there is no address.
    caller: Option<Caller>,
    settings: config::Amazon,
}

/// Amazon Translate as an engine.
///
/// # Errors
/// `Broken` where the settings name no usable address.
pub(super) fn engine(settings: &config::Amazon, means: &Means) -> Result<impl Engine + use<>, EngineError> {
    let base = match (settings.url.as_str(), settings.region.as_str()) {
        (_, "") => None,
        ("", region) => Some(format!("https://translate.{region}.amazonaws.com")),
        (url, _) => Some(url.to_owned()),
    };
    let caller = base.map(|base| Caller::new(NAME, &base, &settings.contract, means)).transpose()?;
    Ok(Remote::new(Amazon { caller, settings: settings.clone() }, &settings.contract, means))
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Asked<'run> {
    text: &'run str,
    source_language_code: &'run str,
    target_language_code: &'run str,
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<Settings<'run>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Settings<'run> {
    formality: &'run str,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Translated {
    translated_text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct AskedLanguages {
    max_results: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    languages: Vec<Language>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Language {
    language_code: String,
}

#[derive(Deserialize)]
struct Refusal {
    #[serde(rename = "__type", alias = "code")]
    name: String,
}

impl Amazon {
    fn error(message: &str) -> EngineError {
        EngineError::new(NAME, ErrorKind::Broken, message)
    }

    fn caller(&self) -> Result<&Caller, EngineError> {
        self.caller.as_ref().ok_or_else(|| {
            let hint = "set POLYPOST_ENGINES__AMAZON__REGION, or engines.amazon.region, such as `eu-west-1`";
            Self::error("there is no region").hint(hint)
        })
    }

    fn credentials(&self) -> Result<Credentials, EngineError> {
        let config::Amazon { access_key_id, secret_access_key, session_token, .. } = &self.settings;
        if access_key_id.is_empty() || secret_access_key.expose().is_empty() {
            let hint = "set POLYPOST_ENGINES__AMAZON__ACCESS_KEY_ID and POLYPOST_ENGINES__AMAZON__SECRET_ACCESS_KEY, \
                 or engines.amazon.access_key_id and engines.amazon.secret_access_key";
            return Err(Self::error("there is no key").hint(hint));
        }
        let token = Some(session_token.expose().to_owned()).filter(|token| !token.is_empty());
        Ok(Credentials::new(access_key_id, secret_access_key.expose(), token, None, "configuration"))
    }

    /// Calls an operation by its name.
    async fn ask(&self, operation: &str, asked: &impl Serialize) -> Result<Received, EngineError> {
        let caller = self.caller()?;
        let credentials = self.credentials()?;
        let request = caller.client.post(caller.address("/")).header(CONTENT_TYPE, MEDIA_TYPE);
        let request = request.header("X-Amz-Target", format!("{TARGET}.{operation}")).json(asked);
        let mut request = request
            .build()
            .map_err(|error| caller.error(ErrorKind::Broken, "the request cannot be written").caused_by(error))?;
        let scope = Scope { region: &self.settings.region, service: SERVICE };
        // A signature is good for minutes of the vendor's clock, so that only the machine's own will do.
        signature::sign(&mut request, &credentials, scope, clock::System.now())
            .map_err(|_| Self::error("the keys have characters that no header takes"))?;
        let request = RequestBuilder::from_parts(caller.client.clone(), request);
        caller.ask(request, |received| refused(caller, received)).await
    }
}

fn refused(caller: &Caller, received: &Received) -> EngineError {
    let name = name(received);
    let known = name.as_deref().unwrap_or_default();
    let kind = match received.status.as_u16() {
        _ if TRANSIENT.contains(&known) => received.transient(),
        _ if REJECTED.contains(&known) => ErrorKind::Rejected,
        413 => ErrorKind::Rejected,
        408 | 429 | 500.. => received.transient(),
        _ => ErrorKind::Broken,
    };
    let is_about_texts = ABOUT_TEXTS.contains(&known) || received.status.as_u16() == 413;
    let error = caller.refused(kind, received, name.as_deref());
    let error = error.about_texts(kind == ErrorKind::Rejected && is_about_texts);
    match known {
        _ if kind != ErrorKind::Broken => error,
        "ExpiredTokenException" | "ExpiredToken" | "RequestExpired" => {
            error.hint("engines.amazon.session_token has run out, or this machine's clock is wrong")
        }
        "AccessDeniedException" | "NotAuthorized" | "OptInRequired" => {
            error.hint("the account's policy must allow translate:TranslateText and translate:ListLanguages")
        }
        known if UNKNOWN_KEYS.contains(&known) => error.hint(
            "are engines.amazon.access_key_id, secret_access_key, session_token and region right, and this machine's \
             clock?",
        ),
        _ => error.hint("engines.amazon.url must be the address of Amazon Translate in engines.amazon.region"),
    }
}

/// The error's name, which alone says what it is: in a header or in the body, perhaps behind a namespace and before an
/// address (Smithy, "AWS JSON 1.1 protocol", "Operation error serialization").
fn name(received: &Received) -> Option<String> {
    let header = received.headers.get("x-amzn-errortype").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let written = header.or_else(|| Some(serde_json::from_slice::<Refusal>(&received.body).ok()?.name))?;
    let name = written.split(':').next()?.rsplit('#').next()?.trim();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_name.then(|| name.to_owned())
}

#[async_trait]
impl Vendor for Amazon {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> Limits {
        LIMITS
    }

    async fn languages(&self) -> Result<Languages, EngineError> {
        let mut codes: Vec<String> = Vec::new();
        let mut asked = AskedLanguages { max_results: PAGE_SIZE, next_token: None };
        for _ in 0..MOST_PAGES {
            let received = self.ask("ListLanguages", &asked).await?;
            let listed: Listed = self.caller()?.read(&received)?;
            codes.extend(listed.languages.into_iter().map(|language| language.language_code));
            asked.next_token = listed.next_token.filter(|token| !token.is_empty());
            if asked.next_token.is_none() {
                let targets = codes.iter().map(|code| Target {
                    code: code.clone(),
                    dialect: Some(Dialect::Html),
                    has_formality: WITH_FORMALITY.contains(&code.as_str()),
                    // Custom terminologies.
                    has_glossary: true,
                });
                return Ok(Languages { targets: targets.collect(), sources: codes });
            }
        }
        let message = format!("its list of languages does not end within {MOST_PAGES} pages");
        Err(EngineError::new(NAME, ErrorKind::Transient { after: None }, message))
    }

    async fn send(&self, order: Order<'_>) -> Result<Reply, EngineError> {
        let formality = Some(self.settings.formality.as_str());
        let formality = formality.filter(|formality| order.target.has_formality && !formality.is_empty());
        let mut texts = Vec::with_capacity(order.texts.len());
        for text in order.texts {
            let asked = Asked {
                text,
                source_language_code: order.source,
                target_language_code: &order.target.code,
                settings: formality.map(|formality| Settings { formality }),
            };
            let received = self.ask("TranslateText", &asked).await?;
            texts.push(self.caller()?.read::<Translated>(&received)?.translated_text);
        }
        Ok(Reply { texts, ..Reply::default() })
    }

    fn variant(&self) -> String {
        self.settings.formality.clone()
    }
}
