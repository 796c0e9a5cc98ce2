//! The `google` engine: translates by Google Cloud Translation, as HTML. Written after Google's reference: Basic (v2)
//! with an API key, Advanced (v3) with an access token, and with glossaries.

mod access;
mod credential_file;
mod google_errors;
mod google_glossaries;
mod service_account;
mod settings;
mod v2;
mod v3;

use async_trait::async_trait;
use reqwest::{RequestBuilder, StatusCode};
use serde::Deserialize;

use super::elements::Dialect;
use super::glossaries::{self, FailureSubject, Glossaries, GlossaryFailure, TranslateWith};
use super::vendor::{BatchRequest, BatchResponse, Caller, Languages, Limits, Received, Remote, Target, Vendor};
use super::{Engine, EngineDependencies, EngineError, ErrorKind};
use access::Access;
use polypost_core::locale::Locale;

pub use settings::GoogleSettings;

const NAME: &str = "google";
const HOST: &str = "https://translation.googleapis.com";

struct Google {
    caller: Caller,
    access: Access,
    edition: Edition,
    glossaries: Option<Glossaries>,
    /// Where they are, if any are to be kept.
    place: Option<google_glossaries::GlossaryLocation>,
    settings: GoogleSettings,
}

/// Which of its two interfaces is used.
enum Edition {
    Basic,
    /// `projects/PROJECT/locations/LOCATION`
    Advanced(String),
}

/// Google Cloud Translation as an engine.
///
/// # Errors
/// `Broken` where the settings name no usable address.
pub(super) fn engine(
    settings: &GoogleSettings,
    dependencies: &EngineDependencies,
) -> Result<impl Engine + use<>, EngineError> {
    let base = if settings.url.is_empty() { HOST } else { settings.url.as_str() };
    let caller = Caller::new(NAME, base, &settings.contract, dependencies)?;
    let edition = match settings.project.as_str() {
        "" => Edition::Basic,
        project => Edition::Advanced(format!("projects/{project}/locations/{}", settings.location)),
    };
    let glossaries =
        Glossaries::new(NAME, &settings.glossary, google_glossaries::LIMITS, &settings.contract, dependencies);
    let place = place(&edition, settings, dependencies)?;
    let access = Access::new(settings, dependencies);
    let google = Google { caller, access, edition, glossaries, place, settings: settings.clone() };
    Ok(Remote::new(google, &settings.contract, dependencies))
}

/// Where glossaries and their files are, if any are to be kept: Advanced has them alone.
fn place(
    edition: &Edition,
    settings: &GoogleSettings,
    dependencies: &EngineDependencies,
) -> Result<Option<google_glossaries::GlossaryLocation>, EngineError> {
    let Edition::Advanced(parent) = edition else { return Ok(None) };
    if settings.glossary.is_empty() {
        return Ok(None);
    }
    let base = if settings.storage_url.is_empty() { google_glossaries::STORAGE } else { settings.storage_url.as_str() };
    let storage = Caller::new(NAME, base, &settings.contract, dependencies)?;
    let (parent, bucket) = (parent.clone(), settings.glossary_bucket.clone());
    Ok(Some(google_glossaries::GlossaryLocation { parent, bucket, storage }))
}

/// One text's outcome, in both editions.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Translation {
    /// Not there where the text failed, or is empty.
    translated_text: Option<String>,
    /// There where one was asked for.
    model: Option<String>,
}

impl Google {
    async fn ask(&self, request: RequestBuilder) -> Result<Received, GlossaryFailure> {
        self.ask_at(&self.caller, request).await
    }

    /// With the same access wherever it is.
    async fn ask_at(&self, caller: &Caller, request: RequestBuilder) -> Result<Received, GlossaryFailure> {
        let secret = self.access.secret(&self.caller).await?;
        let (header, scheme) = self.access.header();
        let request = request.header(header, self.caller.authorisation(scheme, &secret)?);
        let request = match (&self.edition, self.settings.quota_project.as_str()) {
            // An API key has its own project, and none beside it (googleapis/google-cloud-rust#3244).
            (Edition::Basic, _) | (_, "") => request,
            (Edition::Advanced(_), project) => request.header("x-goog-user-project", project),
        };
        let (mut is_unknown, mut about) = (false, FailureSubject::default());
        let refused = |received: &Received| {
            is_unknown = received.status == StatusCode::UNAUTHORIZED;
            about = FailureSubject::of(received);
            google_errors::vendor_error(caller, &self.access, received)
        };
        let answer = caller.ask(request, refused).await;
        if is_unknown {
            self.access.forget(&secret).await;
        }
        answer.map_err(|error| GlossaryFailure::new(error, about))
    }

    fn place(&self) -> Result<&google_glossaries::GlossaryLocation, EngineError> {
        let message = "there is no place for glossaries";
        self.place.as_ref().ok_or_else(|| self.caller.error(ErrorKind::Broken, message))
    }

    /// The model's name as this edition wants it.
    fn model(&self) -> Option<String> {
        match (&self.edition, self.settings.model.as_str()) {
            (_, "") => None,
            (Edition::Advanced(parent), model) if !model.starts_with("projects/") => {
                Some(format!("{parent}/models/{model}"))
            }
            (_, model) => Some(model.to_owned()),
        }
    }
}

#[async_trait]
impl TranslateWith for Google {
    async fn translate(
        &self,
        batch: BatchRequest<'_>,
        glossary: Option<&str>,
    ) -> Result<BatchResponse, GlossaryFailure> {
        let model = self.model();
        let translated: Vec<Translation> = match &self.edition {
            Edition::Basic => {
                let asked = v2::TranslateRequest::new(&batch, model.as_deref());
                let request = self.caller.client.post(self.caller.address(v2::TRANSLATE)).json(&asked);
                self.caller.read::<v2::TranslateResponse>(&self.ask(request).await?)?.data.translations
            }
            Edition::Advanced(parent) => {
                let asked = v3::TranslateRequest::new(&batch, model.as_deref(), glossary);
                let address = self.caller.address(&format!("/v3/{parent}:translateText"));
                let request = self.caller.client.post(address).json(&asked);
                self.caller.read::<v3::TranslateResponse>(&self.ask(request).await?)?.wanted(glossary)
            }
        };
        let model = translated.iter().find_map(|text| text.model.as_deref()).map(short).or(model.as_deref().map(short));
        let model = model.map(str::to_owned);
        // An empty text declines the one that failed, and leaves the others in their places.
        let texts = translated.into_iter().map(|text| text.translated_text.unwrap_or_default()).collect();
        // Nothing is said; "Pricing": all characters sent are billed, markup among them, as the program counts them.
        Ok(BatchResponse { texts, model, ..BatchResponse::default() })
    }
}

#[async_trait]
impl Vendor for Google {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> Limits {
        match self.edition {
            Edition::Basic => v2::LIMITS,
            Edition::Advanced(_) => v3::LIMITS,
        }
    }

    async fn languages(&self) -> Result<Languages, EngineError> {
        let address = match &self.edition {
            Edition::Basic => self.caller.address(v2::LANGUAGES),
            Edition::Advanced(parent) => self.caller.address(&format!("/v3/{parent}/supportedLanguages")),
        };
        let request = self.caller.client.get(address);
        let request = match self.model() {
            Some(model) => request.query(&[("model", model)]),
            None => request,
        };
        let received = self.ask(request).await?;
        let (sources, targets) = match self.edition {
            Edition::Basic => self.caller.read::<v2::LanguagesResponse>(&received)?.codes(),
            Edition::Advanced(_) => self.caller.read::<v3::LanguagesResponse>(&received)?.codes(),
        };
        // Glossaries are Advanced's.
        let has_glossary = matches!(self.edition, Edition::Advanced(_));
        let target = |code| Target { code, dialect: Some(Dialect::Html), has_formality: false, has_glossary };
        Ok(Languages { sources, targets: targets.into_iter().map(target).collect() })
    }

    async fn send(&self, batch: BatchRequest<'_>) -> Result<BatchResponse, EngineError> {
        glossaries::send(self.glossaries.as_ref(), self, batch).await
    }

    fn variant(&self, target: &Locale) -> String {
        glossaries::variant(&self.settings.model, self.glossaries.as_ref(), target)
    }

    fn extras(&self) -> &'static str {
        if self.settings.glossary.is_empty() { "" } else { "terms are kept there as glossaries" }
    }
}

/// The model's name without the project that it is in, which is nobody's business where provenance is published.
fn short(model: &str) -> &str {
    model.split_once("/models/").map_or(model, |(_, name)| name)
}
