//! The `openai` engine: texts as JSON come in, a language model's translations go out. Of what OpenAI's API reference
//! has, what OpenAI, Azure OpenAI, Mistral, Ollama and vLLM have alike: `POST /chat/completions`, `GET /models`. A model
//! does what it is told, and a report's text may tell it something: it gets no tools and no secrets, and of its answer
//! nothing is taken that was not asked for.

mod answer;
mod fields;
mod orders;
mod prompt;
mod refusal;

use async_trait::async_trait;
use reqwest::RequestBuilder;
use reqwest::header::AUTHORIZATION;

use super::elements::Dialect;
use super::vendor::{ANY, Caller, Cause, Languages, Limits, Order, Received, Remote, Reply, Target, Unread, Vendor};
use super::{Engine, EngineError, ErrorKind, Means};
use crate::config;
use fields::LeftOut;
use polypost_core::locale::Locale;
use refusal::Refusal;

const NAME: &str = "openai";
const BASE: &str = "https://api.openai.com/v1";

struct OpenAi {
    caller: Caller,
    /// Servers of one's own often want no key, OpenAI's does.
    wants_key: bool,
    settings: config::OpenAi,
    left_out: LeftOut,
}

/// A service with OpenAI's interface as an engine.
///
/// # Errors
/// `Broken` where the settings name no usable address.
pub(super) fn engine(settings: &config::OpenAi, means: &Means) -> Result<impl Engine + use<>, EngineError> {
    let base = if settings.url.is_empty() { BASE } else { settings.url.as_str() };
    let caller = Caller::new(NAME, base, &settings.contract, means)?;
    let wants_key = base.parse::<reqwest::Url>().is_ok_and(|url| url.host_str() == Some("api.openai.com"));
    let vendor = OpenAi { caller, wants_key, settings: settings.clone(), left_out: LeftOut::default() };
    Ok(Remote::new(vendor, &settings.contract, means))
}

impl OpenAi {
    /// A good answer, or an error and what the refusal says.
    async fn ask(&self, request: RequestBuilder) -> Result<Received, (EngineError, Option<Refusal>)> {
        let request = self.authorised(request).map_err(|error| (error, None))?;
        let mut said = None;
        let refused = |received: &Received| {
            let refusal = Refusal::of(received);
            let error = refusal.error(&self.caller, received);
            said = Some(refusal);
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

    /// A model has no list of languages. Its service is asked for its models all the same, so that one that is not there
    /// and a key that is wrong show here; which models it lists says nothing (deployments are not among them), and a key
    /// may be good for translating alone.
    async fn languages(&self) -> Result<Languages, EngineError> {
        self.has_model()?;
        if let Err((error, refusal)) = self.ask(self.caller.client.get(self.caller.address("/models"))).await
            && !refusal.is_some_and(|refusal| refusal.is_about_the_list())
        {
            return Err(error);
        }
        let target =
            Target { code: ANY.to_owned(), dialect: Some(Dialect::Xml), has_formality: true, has_glossary: false };
        Ok(Languages { sources: vec![ANY.to_owned()], targets: vec![target] })
    }

    async fn send(&self, order: Order<'_>) -> Result<Reply, EngineError> {
        self.has_model()?;
        let ids = prompt::ids(order.texts.len());
        loop {
            let fields = self.left_out.rest();
            let asked = prompt::asked(&order, &ids, &self.settings, fields);
            let request = self.caller.client.post(self.caller.address("/chat/completions")).json(&asked);
            let (error, refusal) = match self.ask(request).await {
                Ok(received) => return answer::read(&self.caller, &received, &ids),
                Err((error, refusal)) => (error, refusal.unwrap_or_default()),
            };
            if refusal.is_too_long() {
                let reason = "longer than the model takes at once".to_owned();
                let unread = Some(Unread { reason, cause: Cause::Length });
                return Ok(Reply { unread, billed: Some(0), ..Reply::default() });
            }
            let field = fields.into_iter().flatten().find(|field| refusal.is_about(field.name(&self.settings)));
            let Some(field) = field else { return Err(error) };
            let name = field.name(&self.settings);
            tracing::warn!(engine = NAME, model = self.settings.model, "does not take `{name}`: left out from now on");
            self.left_out.add(field);
        }
    }

    /// Tokens: of what is sent, and of an answer like it.
    fn billed_for(&self, order: &Order<'_>) -> u64 {
        prompt::tokens(order, &self.settings)
    }

    fn declines(&self, text: &str) -> Option<&'static str> {
        if self.settings.orders == "translate" { None } else { orders::found(text) }
    }

    fn variant(&self, _target: &Locale) -> String {
        format!("{} {}", self.settings.model, self.settings.formality).trim_end().to_owned()
    }

    fn extras(&self) -> &'static str {
        "context"
    }
}
