//! Glossaries at Amazon Translate, as custom terminologies: a CSV file with a row for each entry. Written after AWS's
//! API reference: `ImportTerminology`, which writes over one of the same name, `ListTerminologies`,
//! `DeleteTerminology`; and from "Guidelines and quotas": 200 bytes a term, 100 terminologies in a region.

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Amazon, MOST_PAGES, NAME, PAGE_SIZE};
use crate::glossaries::{
    EntryLimits, GlossaryDraft, GlossaryFailure, GlossaryStore, Inventory, StoredGlossary, endless,
};
use crate::{EngineError, ErrorKind};

/// "The source text in a custom terminology is case-sensitive."
pub(super) const LIMITS: EntryLimits = EntryLimits { bytes: 200, is_case_sensitive: true };

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ListTerminologiesRequest<'run> {
    max_results: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<&'run str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ListTerminologiesResponse {
    #[serde(rename = "TerminologyPropertiesList")]
    terminologies: Vec<Terminology>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Terminology {
    name: String,
    /// In seconds since 1970, with fractions.
    created_at: f64,
    #[serde(default)]
    target_language_codes: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ImportTerminologyRequest<'run> {
    name: &'run str,
    merge_strategy: &'static str,
    terminology_data: TerminologyData,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TerminologyData {
    /// In base64.
    file: String,
    format: &'static str,
    directionality: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct DeleteTerminologyRequest<'run> {
    name: &'run str,
}

impl Terminology {
    fn stored(self) -> Result<StoredGlossary, EngineError> {
        #[expect(clippy::cast_possible_truncation, reason = "what is no moment is refused")]
        let created = Timestamp::from_second(self.created_at as i64).map_err(|error| {
            let message = "a terminology has no moment of creation";
            EngineError::new(NAME, ErrorKind::Transient { after: None }, message).caused_by(error)
        })?;
        let target = self.target_language_codes.into_iter().next();
        Ok(StoredGlossary { id: self.name.clone(), name: self.name, target, created, is_ready: true })
    }
}

#[async_trait]
impl GlossaryStore for Amazon {
    async fn stored(&self, prefix: &str) -> Result<Inventory, EngineError> {
        let mut stored = Vec::new();
        let mut next_token: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let asked = ListTerminologiesRequest { max_results: PAGE_SIZE, next_token: next_token.as_deref() };
            let received = self.ask("ListTerminologies", &asked).await?;
            let page: ListTerminologiesResponse = self.caller()?.read(&received)?;
            for terminology in page.terminologies.into_iter().filter(|one| one.name.starts_with(prefix)) {
                stored.push(terminology.stored()?);
            }
            next_token = page.next_token.filter(|token| !token.is_empty());
            if next_token.is_none() {
                return Ok(Inventory { now: Inventory::moment(&received), stored });
            }
        }
        Err(endless(NAME, MOST_PAGES))
    }

    async fn create(&self, wanted: &GlossaryDraft<'_>) -> Result<(), EngineError> {
        let file = STANDARD.encode(wanted.content.csv(Some([wanted.source, wanted.target])));
        let terminology_data = TerminologyData { file, format: "CSV", directionality: "UNI" };
        let asked = ImportTerminologyRequest { name: wanted.name, merge_strategy: "OVERWRITE", terminology_data };
        self.ask("ImportTerminology", &asked).await?;
        Ok(())
    }

    async fn remove(&self, stored: &StoredGlossary) -> Result<(), EngineError> {
        let asked = DeleteTerminologyRequest { name: &stored.id };
        self.ask("DeleteTerminology", &asked).await.map(drop).or_else(GlossaryFailure::unless_missing)
    }
}
