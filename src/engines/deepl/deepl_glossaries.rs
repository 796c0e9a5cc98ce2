//! Glossaries at DeepL: each with one dictionary. Written after DeepL's API reference, "Multilingual glossaries" (v3):
//! 1024 bytes a phrase, dictionaries by root codes that serve all of a language's variants, and any number of
//! glossaries of one name.

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::DeepL;
use crate::EngineError;
use crate::glossaries::{EntryLimits, GlossaryDraft, GlossaryFailure, GlossaryStore, Inventory, StoredGlossary};

/// It bends terms to their sentences, and finds them however they are written.
pub(super) const LIMITS: EntryLimits = EntryLimits { bytes: 1024, is_case_sensitive: false };

const GLOSSARIES: &str = "/v3/glossaries";

#[derive(Serialize)]
struct CreateGlossaryRequest<'run> {
    name: &'run str,
    dictionaries: [Dictionary<'run>; 1],
}

#[derive(Serialize)]
struct Dictionary<'run> {
    source_lang: String,
    target_lang: String,
    entries: &'run str,
    entries_format: &'static str,
}

#[derive(Deserialize)]
struct ListGlossariesResponse {
    glossaries: Vec<Glossary>,
}

#[derive(Deserialize)]
struct Glossary {
    #[serde(rename = "glossary_id")]
    id: String,
    name: String,
    creation_time: Timestamp,
}

/// `pt` of `pt-BR`.
fn root(code: &str) -> String {
    code.split('-').next().unwrap_or(code).to_lowercase()
}

#[async_trait]
impl GlossaryStore for DeepL {
    async fn stored(&self, prefix: &str) -> Result<Inventory, EngineError> {
        let received = self.ask(self.caller.client.get(self.caller.address(GLOSSARIES))).await?;
        let answer: ListGlossariesResponse = self.caller.read(&received)?;
        let of_prefix = answer.glossaries.into_iter().filter(|glossary| glossary.name.starts_with(prefix));
        // The root codes of a locale do not change.
        let stored = of_prefix.map(|Glossary { id, name, creation_time: created }| StoredGlossary {
            name,
            id,
            target: None,
            created,
            is_ready: true,
        });
        Ok(Inventory { now: Inventory::moment(&received), stored: stored.collect() })
    }

    async fn create(&self, wanted: &GlossaryDraft<'_>) -> Result<(), EngineError> {
        let entries = wanted.content.csv(None);
        let dictionary = Dictionary {
            source_lang: root(wanted.source),
            target_lang: root(wanted.target),
            entries: &entries,
            entries_format: "csv",
        };
        let asked = CreateGlossaryRequest { name: wanted.name, dictionaries: [dictionary] };
        self.ask(self.caller.client.post(self.caller.address(GLOSSARIES)).json(&asked)).await?;
        Ok(())
    }

    async fn remove(&self, stored: &StoredGlossary) -> Result<(), EngineError> {
        let address = self.caller.address(&format!("{GLOSSARIES}/{}", stored.id));
        self.ask(self.caller.client.delete(address)).await.map(drop).or_else(GlossaryFailure::unless_missing)
    }
}
