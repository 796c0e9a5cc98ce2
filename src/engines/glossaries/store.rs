//! What vendors' services can do with glossaries, and what they say of it.

use async_trait::async_trait;
use jiff::Timestamp;
use reqwest::StatusCode;

use super::content::Content;
use crate::vendor::{BatchRequest, BatchResponse, Received};
use crate::{EngineError, ErrorKind, http};
use polypost_core::clock::{Clock as _, System};

/// What a vendor's service can do with glossaries.
#[async_trait]
pub(crate) trait GlossaryStore: Send + Sync {
    /// All that are stored under names that begin with `prefix`, and what is left of any.
    async fn stored(&self, prefix: &str) -> Result<Inventory, EngineError>;

    /// Has one made; it may take its time. That there is one of this name by now is no error.
    async fn create(&self, wanted: &GlossaryDraft<'_>) -> Result<(), EngineError>;

    /// Removes one with all that belongs to it. That it is gone already is no error.
    async fn remove(&self, stored: &StoredGlossary) -> Result<(), EngineError>;
}

/// What a vendor's service does with the glossaries that it stores.
#[async_trait]
pub(crate) trait TranslateWith: GlossaryStore {
    /// Makes a call, with a stored glossary or without.
    async fn translate(
        &self,
        batch: BatchRequest<'_>,
        glossary: Option<&str>,
    ) -> Result<BatchResponse, GlossaryFailure>;
}

/// What there is to be made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GlossaryDraft<'run> {
    pub(crate) name: &'run str,
    /// The vendor's codes.
    pub(crate) source: &'run str,
    pub(crate) target: &'run str,
    pub(crate) content: &'run Content,
}

/// A glossary at the vendor.
#[derive(Clone, Debug)]
pub(crate) struct StoredGlossary {
    pub(crate) name: String,
    /// What calls name it by.
    pub(crate) id: String,
    /// The vendor's code that it is for, where it says so.
    pub(crate) target: Option<String>,
    pub(crate) created: Timestamp,
    /// Whether calls may use it: it is not still being made, or a remnant.
    pub(crate) is_ready: bool,
}

/// What was found, and when by the vendor's clock.
#[derive(Clone, Debug)]
pub(crate) struct Inventory {
    pub(crate) now: Timestamp,
    pub(crate) stored: Vec<StoredGlossary>,
}

impl Inventory {
    /// The moment of an answer, by the machine's clock where the vendor does not tell.
    pub(crate) fn moment(received: &Received) -> Timestamp {
        http::date(&received.headers).unwrap_or_else(|| System.now())
    }
}

/// Why a call was not answered.
#[derive(Debug)]
pub(crate) struct GlossaryFailure {
    pub(crate) error: Box<EngineError>,
    pub(crate) about: FailureSubject,
}

/// What a refusal may be about.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FailureSubject {
    /// What is named by the address, or by the request, is not there.
    pub(crate) is_missing: bool,
    /// What was to be made is there already.
    pub(crate) is_there: bool,
    /// The glossary that was named.
    pub(crate) is_glossary: bool,
}

impl FailureSubject {
    /// By the status, and the vendor's words.
    pub(crate) fn of(received: &Received) -> Self {
        let is_missing = received.status == StatusCode::NOT_FOUND;
        let is_told = || String::from_utf8_lossy(&received.body).to_lowercase().contains("glossar");
        let is_there = received.status == StatusCode::CONFLICT;
        Self { is_missing, is_there, is_glossary: is_missing || is_told() }
    }
}

impl GlossaryFailure {
    pub(crate) fn new(error: EngineError, about: FailureSubject) -> Self {
        Self { error: Box::new(error), about }
    }

    /// For what is to be removed: that it is not there is as good.
    pub(crate) fn unless_missing(self) -> Result<(), EngineError> {
        if self.about.is_missing { Ok(()) } else { Err(self.into()) }
    }
}

impl From<EngineError> for GlossaryFailure {
    fn from(error: EngineError) -> Self {
        Self::new(error, FailureSubject::default())
    }
}

impl From<GlossaryFailure> for EngineError {
    fn from(refused: GlossaryFailure) -> Self {
        *refused.error
    }
}

/// What a listing that goes on for too long is told by.
pub(crate) fn endless(engine: &str, pages: usize) -> EngineError {
    let message = format!("its list of glossaries does not end within {pages} pages");
    EngineError::new(engine, ErrorKind::Transient { after: None }, message)
}
