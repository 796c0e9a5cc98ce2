//! All that one answer to a reader needs of an incident, in one call, so that a reader waits for one statement and sees
//! one state of the store. Nothing is chosen here: negotiating languages is the caller's matter.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{Incident, Result, Translation, Version};
use polypost_core::id::IncidentId;
use polypost_core::locale::Locale;

/// An incident, the rows of its locales, and some of the versions that readers get.
#[derive(Clone, Debug)]
pub struct Reading {
    pub incident: Incident,
    pub translations: Vec<Translation>,
    /// The served versions of the locales asked for; one that is damaged is missing.
    pub versions: Vec<(Locale, Version)>,
}

/// Reads incidents for readers.
#[async_trait]
pub trait Readings: Send + Sync {
    /// `texts` are the locales whose served versions are read along: each is a whole text.
    async fn reading(&self, id: &IncidentId, texts: &[Locale], now: Timestamp) -> Result<Option<Reading>>;
}
