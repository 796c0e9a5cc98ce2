//! Glossaries at Cloud Translation Advanced: each made of a file in Cloud Storage. Written after Google's references,
//! `projects.locations.glossaries` and `operations` of Cloud Translation v3 (one language pair, CSV without a header
//! row, 1024 bytes a term), and `objects` of Cloud Storage's JSON API.

use std::collections::HashSet;

use async_trait::async_trait;
use jiff::Timestamp;
use reqwest::RequestBuilder;
use reqwest::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Google, NAME};
use crate::glossaries::{
    EntryLimits, GlossaryDraft, GlossaryFailure, GlossaryStore, Inventory, LOOK, StoredGlossary, endless,
};
use crate::vendor::{Caller, Received};
use crate::{EngineError, ErrorKind, foreign};

/// Without `ignoreCase`, which would hold for names as well.
pub(super) const LIMITS: EntryLimits = EntryLimits { bytes: 1024, is_case_sensitive: true };

pub(super) const STORAGE: &str = "https://storage.googleapis.com";

/// What is read of lists.
const MOST_PAGES: usize = 50;
const PAGE_SIZE: &str = "200";

const FILE_ENDING: &str = ".csv";

/// Where glossaries and their files are.
pub(super) struct GlossaryLocation {
    /// `projects/PROJECT/locations/LOCATION`
    pub(super) parent: String,
    pub(super) bucket: String,
    pub(super) storage: Caller,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LanguagePair {
    source_language_code: String,
    target_language_code: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreateGlossaryRequest {
    name: String,
    language_pair: LanguagePair,
    input_config: InputConfig,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct InputConfig {
    gcs_source: GcsSource,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GcsSource {
    input_uri: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Glossary {
    /// With the project's number.
    name: String,
    language_pair: Option<LanguagePair>,
    submit_time: Option<Timestamp>,
    /// Not there while it is being made.
    end_time: Option<Timestamp>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListGlossariesResponse {
    #[serde(default)]
    glossaries: Vec<Glossary>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Object {
    name: String,
    time_created: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListObjectsResponse {
    #[serde(default)]
    items: Vec<Object>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct Operation {
    name: String,
    #[serde(default)]
    done: bool,
    error: Option<OperationError>,
}

#[derive(Deserialize)]
struct OperationError {
    #[serde(default)]
    message: String,
}

impl GlossaryLocation {
    pub(super) fn id(&self, name: &str) -> String {
        format!("{}/glossaries/{name}", self.parent)
    }

    fn objects(&self) -> String {
        self.storage.address(&format!("/storage/v1/b/{}/o", self.bucket))
    }
}

async fn ask_storage(
    google: &Google,
    place: &GlossaryLocation,
    request: RequestBuilder,
) -> Result<Received, GlossaryFailure> {
    let answer = google.ask_at(&place.storage, request).await;
    answer.map_err(|refused| GlossaryFailure::new(of_storage(*refused.error), refused.about))
}

/// What can be done about a refusal by Cloud Storage.
fn of_storage(error: EngineError) -> EngineError {
    let hint = "is engines.google.glossary_bucket there, and may the tokens list, create and delete its objects?";
    if error.kind == ErrorKind::Broken { error.hint(hint) } else { error }
}

/// Reads a list page by page; `take` tells where the next one is.
async fn pages<T: DeserializeOwned>(
    google: &Google,
    caller: &Caller,
    first: impl Fn() -> RequestBuilder,
    mut take: impl FnMut(&Received, T) -> Option<String>,
) -> Result<(), EngineError> {
    let mut token: Option<String> = None;
    for _ in 0..MOST_PAGES {
        let request = match &token {
            None => first(),
            Some(token) => first().query(&[("pageToken", token)]),
        };
        let received = google.ask_at(caller, request).await?;
        token = take(&received, caller.read(&received)?).filter(|token| !token.is_empty());
        if token.is_none() {
            return Ok(());
        }
    }
    Err(endless(NAME, MOST_PAGES))
}

impl Glossary {
    fn stored(self, prefix: &str, place: &GlossaryLocation) -> Option<StoredGlossary> {
        let name = self.name.rsplit('/').next().filter(|name| name.starts_with(prefix))?.to_owned();
        Some(StoredGlossary {
            id: place.id(&name),
            name,
            target: self.language_pair.map(|pair| pair.target_language_code),
            created: self.submit_time.or(self.end_time)?,
            is_ready: self.end_time.is_some(),
        })
    }
}

impl Object {
    /// A file that no glossary was made of.
    fn remnant(self, named: &HashSet<String>, place: &GlossaryLocation) -> Option<StoredGlossary> {
        let name = self.name.strip_suffix(FILE_ENDING).filter(|name| !named.contains(*name))?.to_owned();
        Some(StoredGlossary { id: place.id(&name), name, target: None, created: self.time_created, is_ready: false })
    }
}

#[async_trait]
impl GlossaryStore for Google {
    async fn stored(&self, prefix: &str) -> Result<Inventory, EngineError> {
        let place = self.place()?;
        let (mut stored, mut now) = (Vec::new(), None);
        let address = self.caller.address(&format!("/v3/{}/glossaries", place.parent));
        let first = || self.caller.client.get(&address).query(&[("pageSize", PAGE_SIZE)]);
        pages(self, &self.caller, first, |received, page: ListGlossariesResponse| {
            now = Some(Inventory::moment(received));
            stored.extend(page.glossaries.into_iter().filter_map(|glossary| glossary.stored(prefix, place)));
            page.next_page_token
        })
        .await?;
        let named: HashSet<String> = stored.iter().map(|stored| stored.name.clone()).collect();
        let address = place.objects();
        let first = || place.storage.client.get(&address).query(&[("prefix", prefix), ("maxResults", PAGE_SIZE)]);
        pages(self, &place.storage, first, |_, page: ListObjectsResponse| {
            stored.extend(page.items.into_iter().filter_map(|object| object.remnant(&named, place)));
            page.next_page_token
        })
        .await
        .map_err(of_storage)?;
        let now = now.ok_or_else(|| endless(NAME, MOST_PAGES))?;
        Ok(Inventory { now, stored })
    }

    async fn create(&self, wanted: &GlossaryDraft<'_>) -> Result<(), EngineError> {
        let place = self.place()?;
        let file = format!("{}{FILE_ENDING}", wanted.name);
        let address = place.storage.address(&format!("/upload/storage/v1/b/{}/o", place.bucket));
        let request = place.storage.client.post(address).query(&[("uploadType", "media"), ("name", &file)]);
        let request = request.header(CONTENT_TYPE, "text/csv").body(wanted.content.csv(None));
        ask_storage(self, place, request).await?;
        let asked = CreateGlossaryRequest {
            name: place.id(wanted.name),
            language_pair: LanguagePair {
                source_language_code: wanted.source.to_owned(),
                target_language_code: wanted.target.to_owned(),
            },
            input_config: InputConfig { gcs_source: GcsSource { input_uri: format!("gs://{}/{file}", place.bucket) } },
        };
        let address = self.caller.address(&format!("/v3/{}/glossaries", place.parent));
        let mut received = match self.ask(self.caller.client.post(address).json(&asked)).await {
            Ok(received) => received,
            // Another process was faster.
            Err(refused) if refused.about.is_there => return Ok(()),
            Err(refused) => return Err(refused.into()),
        };
        loop {
            let operation: Operation = self.caller.read(&received)?;
            match operation.error {
                Some(error) => {
                    let said = foreign::quoted(&error.message, &self.caller.redactor).unwrap_or_default();
                    let message = format!("no glossary was made: {said}");
                    return Err(EngineError::new(NAME, ErrorKind::Broken, message));
                }
                None if operation.done => return Ok(()),
                None => tokio::time::sleep(LOOK).await,
            }
            let address = self.caller.address(&format!("/v3/{}", operation.name));
            received = self.ask(self.caller.client.get(address)).await?;
        }
    }

    /// The glossary first: as long as it is there, so is its file.
    async fn remove(&self, stored: &StoredGlossary) -> Result<(), EngineError> {
        let place = self.place()?;
        let address = self.caller.address(&format!("/v3/{}", stored.id));
        self.ask(self.caller.client.delete(address)).await.map(drop).or_else(GlossaryFailure::unless_missing)?;
        let address = format!("{}/{}{FILE_ENDING}", place.objects(), stored.name);
        let request = place.storage.client.delete(address);
        ask_storage(self, place, request).await.map(drop).or_else(GlossaryFailure::unless_missing)
    }
}
