//! The `openai` engine: translates by a language model, as JSON. Of what OpenAI's API reference has, what OpenAI, Azure
//! OpenAI, Mistral, Ollama and vLLM have alike: `POST /chat/completions`, `GET /models`. A model does what it is told,
//! and a report's text may tell it something: it gets no tools and no secrets, and of its answer nothing is taken that
//! was not asked for.

mod completion;
mod openai_errors;
mod optional_fields;
mod prompt;
mod prompt_injection;
mod settings;

use async_trait::async_trait;
use reqwest::RequestBuilder;
use reqwest::header::AUTHORIZATION;

use super::elements::Dialect;
use super::vendor::{
    ANY, BatchFailure, BatchRequest, BatchResponse, Caller, Cause, Languages, Limits, Received, Remote, Target, Vendor,
};
use super::{Engine, EngineDependencies, EngineError, ErrorKind};
use openai_errors::VendorError;
use optional_fields::LeftOut;
use polypost_core::locale::Locale;

pub use settings::OpenAiSettings;

const NAME: &str = "openai";
const BASE: &str = "https://api.openai.com/v1";

struct OpenAi {
    caller: Caller,
    /// Servers of one's own often want no key, OpenAI's does.
    wants_key: bool,
    settings: OpenAiSettings,
    left_out: LeftOut,
}

/// A service with OpenAI's interface as an engine.
///
/// # Errors
/// `Broken` where the settings name no usable address.
pub(super) fn engine(
    settings: &OpenAiSettings,
    dependencies: &EngineDependencies,
) -> Result<impl Engine + use<>, EngineError> {
    let base = if settings.url.is_empty() { BASE } else { settings.url.as_str() };
    let caller = Caller::new(NAME, base, &settings.contract, dependencies)?;
    let wants_key = base.parse::<reqwest::Url>().is_ok_and(|url| url.host_str() == Some("api.openai.com"));
    let vendor = OpenAi { caller, wants_key, settings: settings.clone(), left_out: LeftOut::default() };
    Ok(Remote::new(vendor, &settings.contract, dependencies))
}

impl OpenAi {
    /// A good answer, or an error and what the service says of it.
    async fn ask(&self, request: RequestBuilder) -> Result<Received, (EngineError, Option<VendorError>)> {
        let request = self.authorised(request).map_err(|error| (error, None))?;
        let mut said = None;
        let refused = |received: &Received| {
            let vendor_error = VendorError::of(received);
            let error = vendor_error.error(&self.caller, received);
            said = Some(vendor_error);
            error
        };
        self.caller.ask(request, refused).await.map_err(|error| (error, said))
    }

    fn authorised(&self, request: RequestBuilder) -> Result<RequestBuilder, EngineError> {
        let key = &self.settings.key;
        if key.expose().is_empty() && !self.wants_key {
            return Ok(request);
        }
        Ok(match self.settings.key_header.as_str() {
            "" => request.header(AUTHORIZATION, self.caller.authorisation("Bearer ", key)?),
            header => request.header(header, self.caller.authorisation("", key)?),
        })
    }

    fn has_model(&self) -> Result<(), EngineError> {
        if !self.settings.model.is_empty() {
            return Ok(());
        }
        let hint = "set POLYPOST_ENGINES__OPENAI__MODEL, or engines.openai.model";
        Err(self.caller.error(ErrorKind::Broken, "there is no model").hint(hint))
    }
}

#[async_trait]
impl Vendor for OpenAi {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> Limits {
        Limits {
            texts: self.settings.batch_texts,
            size: self.settings.batch_characters,
            unit: "characters",
            measure: |text| text.chars().count(),
        }
    }

    /// A model has no list of languages. Its service is asked for its models all the same, so that one that is not
    /// there and a key that is wrong show here; which models it lists says nothing (deployments are not among them),
    /// and a key may be good for translating alone.
    async fn languages(&self) -> Result<Languages, EngineError> {
        self.has_model()?;
        if let Err((error, vendor_error)) = self.ask(self.caller.client.get(self.caller.address("/models"))).await
            && !vendor_error.is_some_and(|vendor_error| vendor_error.is_about_the_list())
        {
            return Err(error);
        }
        let target =
            Target { code: ANY.to_owned(), dialect: Some(Dialect::Xml), has_formality: true, has_glossary: false };
        Ok(Languages { sources: vec![ANY.to_owned()], targets: vec![target] })
    }

    async fn send(&self, batch: BatchRequest<'_>) -> Result<BatchResponse, EngineError> {
        self.has_model()?;
        let ids = prompt::ids(batch.texts.len());
        loop {
            let fields = self.left_out.rest();
            let asked = prompt::request(&batch, &ids, &self.settings, fields);
            let request = self.caller.client.post(self.caller.address("/chat/completions")).json(&asked);
            let (error, vendor_error) = match self.ask(request).await {
                Ok(received) => return completion::read(&self.caller, &received, &ids),
                Err((error, vendor_error)) => (error, vendor_error.unwrap_or_default()),
            };
            if vendor_error.is_too_long() {
                let reason = "longer than the model takes at once".to_owned();
                let unread = Some(BatchFailure { reason, cause: Cause::Length });
                return Ok(BatchResponse { unread, billed: Some(0), ..BatchResponse::default() });
            }
            let field = fields.into_iter().flatten().find(|field| vendor_error.is_about(field.name(&self.settings)));
            let Some(field) = field else { return Err(error) };
            let name = field.name(&self.settings);
            tracing::warn!(
                engine = NAME,
                model = self.settings.model,
                field = name,
                "model refused a field; leaving it out from now on"
            );
            self.left_out.add(field);
        }
    }

    /// Tokens: of what is sent, and of an answer like it.
    fn billed_for(&self, batch: &BatchRequest<'_>) -> u64 {
        prompt::tokens(batch, &self.settings)
    }

    fn declines(&self, text: &str) -> Option<&'static str> {
        if self.settings.orders == "translate" { None } else { prompt_injection::found(text) }
    }

    fn variant(&self, _target: &Locale) -> String {
        format!("{} {}", self.settings.model, self.settings.formality).trim_end().to_owned()
    }

    fn extras(&self) -> &'static str {
        "context"
    }
}
