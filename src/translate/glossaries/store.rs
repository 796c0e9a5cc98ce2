//! What vendors' services can do with glossaries, and what they say of it.

use async_trait::async_trait;
use jiff::Timestamp;
use reqwest::StatusCode;

use super::content::Content;
use crate::clock::{Clock as _, System};
use crate::translate::vendor::{Order, Received, Reply};
use crate::translate::{EngineError, ErrorKind, http};

/// What a vendor's service can do with glossaries.
#[async_trait]
pub(in crate::translate) trait GlossaryStore: Send + Sync {
    /// All that are stored under names that begin with `prefix`, and what is left of any.
    async fn stored(&self, prefix: &str) -> Result<Inventory, EngineError>;

    /// Has one made; it may take its time. That there is one of this name by now is no error.
    async fn create(&self, wanted: &Wanted<'_>) -> Result<(), EngineError>;

    /// Removes one with all that belongs to it. That it is gone already is no error.
    async fn remove(&self, stored: &Stored) -> Result<(), EngineError>;
}

/// What a vendor's service does with the glossaries that it stores.
#[async_trait]
pub(in crate::translate) trait TranslateWith: GlossaryStore {
    /// Makes a call, with a stored glossary or without.
    async fn translate(&self, order: Order<'_>, glossary: Option<&str>) -> Result<Reply, Refused>;
}

/// What there is to be made.
#[derive(Clone, Copy, Debug)]
pub(in crate::translate) struct Wanted<'run> {
    pub(in crate::translate) name: &'run str,
    /// The vendor's codes.
    pub(in crate::translate) source: &'run str,
    pub(in crate::translate) target: &'run str,
    pub(in crate::translate) content: &'run Content,
}

/// A glossary at the vendor.
#[derive(Clone, Debug)]
pub(in crate::translate) struct Stored {
    pub(in crate::translate) name: String,
    /// What calls name it by.
    pub(in crate::translate) id: String,
    /// The vendor's code that it is for, where it says so.
    pub(in crate::translate) target: Option<String>,
    pub(in crate::translate) created: Timestamp,
    /// Whether calls may use it: it is not still being made, or a remnant.
    pub(in crate::translate) is_ready: bool,
}

/// What was found, and when by the vendor's clock.
#[derive(Clone, Debug)]
pub(in crate::translate) struct Inventory {
    pub(in crate::translate) now: Timestamp,
    pub(in crate::translate) stored: Vec<Stored>,
}

impl Inventory {
    /// The moment of an answer, by the machine's clock where the vendor does not tell.
    pub(in crate::translate) fn moment(received: &Received) -> Timestamp {
        http::date(&received.headers).unwrap_or_else(|| System.now())
    }
}

/// Why a call was not answered.
#[derive(Debug)]
pub(in crate::translate) struct Refused {
    pub(in crate::translate) error: Box<EngineError>,
    pub(in crate::translate) about: About,
}

/// What a refusal may be about.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::translate) struct About {
    /// What is named by the address, or by the request, is not there.
    pub(in crate::translate) is_missing: bool,
    /// What was to be made is there already.
    pub(in crate::translate) is_there: bool,
    /// The glossary that was named.
    pub(in crate::translate) is_glossary: bool,
}

impl About {
    /// By the status, and the vendor's words.
    pub(in crate::translate) fn of(received: &Received) -> Self {
        let is_missing = received.status == StatusCode::NOT_FOUND;
        let is_told = || String::from_utf8_lossy(&received.body).to_lowercase().contains("glossar");
        let is_there = received.status == StatusCode::CONFLICT;
        Self { is_missing, is_there, is_glossary: is_missing || is_told() }
    }
}

impl Refused {
    pub(in crate::translate) fn new(error: EngineError, about: About) -> Self {
        Self { error: Box::new(error), about }
    }

    /// For what is to be removed: that it is not there is as good.
    pub(in crate::translate) fn unless_missing(self) -> Result<(), EngineError> {
        if self.about.is_missing { Ok(()) } else { Err(self.into()) }
    }
}

impl From<EngineError> for Refused {
    fn from(error: EngineError) -> Self {
        Self::new(error, About::default())
    }
}

impl From<Refused> for EngineError {
    fn from(refused: Refused) -> Self {
        *refused.error
    }
}

/// What a listing that goes on for too long is told by.
pub(in crate::translate) fn endless(engine: &str, pages: usize) -> EngineError {
    let message = format!("its list of glossaries does not end within {pages} pages");
    EngineError::new(engine, ErrorKind::Transient { after: None }, message)
}
