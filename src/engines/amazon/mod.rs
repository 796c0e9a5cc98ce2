//! The `amazon` engine: translates by Amazon Translate, one text a call, as HTML. Written after AWS's API reference
//! (version 2017-07-01 of the service): `TranslateText`, `ListLanguages`, custom terminologies. Not tried with live
//! keys: of markup AWS documents only that `translate="no"` is kept, and where other elements do not come back as sent,
//! the text is declined.

mod amazon_errors;
mod settings;
mod signature;
mod terminologies;

use async_trait::async_trait;
use aws_credential_types::Credentials;
use reqwest::RequestBuilder;
use reqwest::header::CONTENT_TYPE;
use serde::{Deserialize, Serialize};

use super::elements::Dialect;
use super::glossaries::{self, FailureSubject, Glossaries, GlossaryFailure, TranslateWith};
use super::vendor::{BatchRequest, BatchResponse, Caller, Languages, Limits, Received, Remote, Target, Vendor};
use super::{Engine, EngineDependencies, EngineError, ErrorKind};
use polypost_core::clock::{self, Clock as _};
use polypost_core::locale::Locale;
use signature::Scope;

pub use settings::AmazonSettings;

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

struct Amazon {
    /// Without a region there is no address.
    caller: Option<Caller>,
    glossaries: Option<Glossaries>,
    settings: AmazonSettings,
}

/// Amazon Translate as an engine.
///
/// # Errors
/// `Broken` where the settings name no usable address.
pub(super) fn engine(
    settings: &AmazonSettings,
    dependencies: &EngineDependencies,
) -> Result<impl Engine + use<>, EngineError> {
    let base = match (settings.url.as_str(), settings.region.as_str()) {
        (_, "") => None,
        ("", region) => Some(format!("https://translate.{region}.amazonaws.com")),
        (url, _) => Some(url.to_owned()),
    };
    let caller = base.map(|base| Caller::new(NAME, &base, &settings.contract, dependencies)).transpose()?;
    let glossaries = Glossaries::new(NAME, &settings.glossary, terminologies::LIMITS, &settings.contract, dependencies);
    Ok(Remote::new(Amazon { caller, glossaries, settings: settings.clone() }, &settings.contract, dependencies))
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TranslateRequest<'run> {
    text: &'run str,
    source_language_code: &'run str,
    target_language_code: &'run str,
    #[serde(skip_serializing_if = "Option::is_none")]
    terminology_names: Option<[&'run str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<TranslationSettings<'run>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TranslationSettings<'run> {
    formality: &'run str,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TranslateResponse {
    translated_text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ListLanguagesRequest {
    max_results: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ListLanguagesResponse {
    languages: Vec<Language>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Language {
    language_code: String,
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
        let AmazonSettings { access_key_id, secret_access_key, session_token, .. } = &self.settings;
        if access_key_id.is_empty() || secret_access_key.expose().is_empty() {
            let hint = "set POLYPOST_ENGINES__AMAZON__ACCESS_KEY_ID and POLYPOST_ENGINES__AMAZON__SECRET_ACCESS_KEY, \
                 or engines.amazon.access_key_id and engines.amazon.secret_access_key";
            return Err(Self::error("there is no key").hint(hint));
        }
        let token = Some(session_token.expose().to_owned()).filter(|token| !token.is_empty());
        Ok(Credentials::new(access_key_id, secret_access_key.expose(), token, None, "configuration"))
    }

    /// Calls an operation by its name.
    async fn ask(&self, operation: &str, asked: &impl Serialize) -> Result<Received, GlossaryFailure> {
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
        let mut about = FailureSubject::default();
        let refused = |received: &Received| {
            // By the name alone: the words may be those of the texts. Of other parameters `TranslateText` does not say
            // that they are invalid.
            let name = amazon_errors::name(received);
            let is_missing = name.as_deref() == Some("ResourceNotFoundException");
            let is_glossary = is_missing || name.as_deref() == Some("InvalidParameterValueException");
            about = FailureSubject { is_missing, is_glossary, ..FailureSubject::default() };
            amazon_errors::vendor_error(caller, received)
        };
        let answer = caller.ask(request, refused).await;
        answer.map_err(|error| GlossaryFailure::new(error, about))
    }
}

#[async_trait]
impl TranslateWith for Amazon {
    async fn translate(
        &self,
        batch: BatchRequest<'_>,
        glossary: Option<&str>,
    ) -> Result<BatchResponse, GlossaryFailure> {
        let formality = Some(self.settings.formality.as_str());
        let formality = formality.filter(|formality| batch.target.has_formality && !formality.is_empty());
        let mut texts = Vec::with_capacity(batch.texts.len());
        for text in batch.texts {
            let asked = TranslateRequest {
                text,
                source_language_code: batch.source,
                target_language_code: &batch.target.code,
                terminology_names: glossary.map(|name| [name]),
                settings: formality.map(|formality| TranslationSettings { formality }),
            };
            let received = self.ask("TranslateText", &asked).await?;
            texts.push(self.caller()?.read::<TranslateResponse>(&received)?.translated_text);
        }
        Ok(BatchResponse { texts, ..BatchResponse::default() })
    }
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
        let mut asked = ListLanguagesRequest { max_results: PAGE_SIZE, next_token: None };
        for _ in 0..MOST_PAGES {
            let received = self.ask("ListLanguages", &asked).await?;
            let listed: ListLanguagesResponse = self.caller()?.read(&received)?;
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

    async fn send(&self, batch: BatchRequest<'_>) -> Result<BatchResponse, EngineError> {
        glossaries::send(self.glossaries.as_ref(), self, batch).await
    }

    fn variant(&self, target: &Locale) -> String {
        glossaries::variant(&self.settings.formality, self.glossaries.as_ref(), target)
    }

    fn extras(&self) -> &'static str {
        if self.settings.glossary.is_empty() { "" } else { "terms are kept there as custom terminologies" }
    }
}
