//! Versions: finished translations, numbered and never changed, and which of them readers get.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::Result;
use polypost_core::id::{IncidentId, Revision, VersionNumber};
use polypost_core::locale::Locale;
use polypost_core::render::Rendition;

/// One stored translation, immutable.
#[derive(Clone, Debug)]
pub struct Version {
    pub number: VersionNumber,
    pub revision: Revision,
    pub created_at: Timestamp,
    pub rendition: Rendition,
}

/// A version without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionSummary {
    pub number: VersionNumber,
    pub revision: Revision,
    pub created_at: Timestamp,
    pub title: String,
    /// Those whose text is in it.
    pub engines: Vec<String>,
    pub is_partial: bool,
}

/// Reads versions, and chooses the one that readers get.
#[async_trait]
pub trait Versions: Send + Sync {
    /// The version that readers get.
    async fn served(&self, id: &IncidentId, locale: &Locale) -> Result<Option<Version>>;

    async fn version(&self, id: &IncidentId, locale: &Locale, number: VersionNumber) -> Result<Option<Version>>;

    /// At most so many versions older than `before`, newest first, without their texts.
    async fn versions(
        &self,
        id: &IncidentId,
        locale: &Locale,
        before: Option<VersionNumber>,
        limit: u32,
    ) -> Result<Vec<VersionSummary>>;

    /// Every version, newest first.
    async fn history(&self, id: &IncidentId, locale: &Locale) -> Result<Vec<Version>>;

    /// Makes an older version the one that readers get, until something newer is published or requested; `false` where
    /// there is none such. A row with nothing to do that so gets an older revision is `held`.
    async fn serve_version(
        &self,
        id: &IncidentId,
        locale: &Locale,
        number: VersionNumber,
        now: Timestamp,
    ) -> Result<bool>;

    /// Serves a version no longer that cannot be read as it was stored, and asks for its text anew; `false` where it is
    /// not the one that readers get. What was remembered is used again.
    async fn discard_served(
        &self,
        id: &IncidentId,
        locale: &Locale,
        number: VersionNumber,
        now: Timestamp,
    ) -> Result<bool>;
}
