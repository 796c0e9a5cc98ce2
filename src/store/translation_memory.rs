//! The translation memory: texts that were translated before, by the hash of what decides whether they may be used
//! again.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::Result;
use polypost_core::locale::Locale;

/// An entry of the translation memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryEntry {
    /// Hash of everything that decides whether the text may be reused; made by the pipeline.
    pub key: String,
    /// Hash of the neighbours that the text was made between; `None` for the text that is used everywhere else.
    pub context: Option<String>,
    pub source_locale: Locale,
    pub locale: Locale,
    /// Source and target with placeholders in the bracketed spelling.
    pub source: String,
    pub target: String,
    /// What stands behind each placeholder of the source, in its order.
    pub kinds: Vec<String>,
    /// The engine that made it; `None` for a human's.
    pub engine: Option<String>,
    /// The engine's model or version at that time, which is no part of the key.
    pub model: Option<String>,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
}

/// What became of an entry that was to be remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remembered {
    Added,
    /// The same text was there.
    Known,
    /// Another text was there, and stays.
    Kept,
    /// Another text was there, and went.
    Replaced,
}

/// Remembers translated texts.
#[async_trait]
pub trait Memory: Send + Sync {
    /// The entries behind these keys, in any order: those used everywhere, and those made in one of these contexts.
    async fn recall(&self, locale: &Locale, keys: &[String], contexts: &[String]) -> Result<Vec<MemoryEntry>>;

    /// Adds entries, all or none, and says what became of each. The first text under a key is the one used everywhere,
    /// whatever context it was made in; a further one of another context is kept beside it. An existing text stays, so
    /// that what was published stays byte-identical, unless `replace` says that a new one was wanted.
    async fn remember(&self, entries: &[MemoryEntry], replace: bool) -> Result<Vec<Remembered>>;

    /// A page of the memory in the order of locale, key and context, behind the entry that ended the page before.
    /// No locale means all of them.
    async fn list_memory(
        &self,
        locales: &[Locale],
        after: Option<&MemoryEntry>,
        limit: u32,
    ) -> Result<Vec<MemoryEntry>>;
}
