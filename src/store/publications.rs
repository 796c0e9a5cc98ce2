//! Publications: what a publisher sends and what became of it, and incidents with their revisions, which never change.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;

use crate::Result;
use polypost_core::document::{Report, Times};
use polypost_core::id::{IncidentId, Naming, Revision};
use polypost_core::locale::Locale;
use polypost_core::render::Rendition;

/// A report to be stored, with its source text already rendered and the locales to be translated into.
#[derive(Clone, Debug)]
pub struct Publication {
    pub report: Report,
    pub naming: Naming,
    pub source: Rendition,
    pub locales: Vec<Locale>,
}

/// What became of a publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Published {
    Created,
    /// The same text again: nothing was done (but locales requested for the first time were added).
    Unchanged(Revision),
    /// A new text, or a withdrawn incident published again (then under its old number if its text is the same).
    Revised(Revision),
    /// The publisher's newest `revised_at` is later than this one's: nothing was changed, whatever the text.
    OutOfOrder {
        stored: Revision,
        stored_revised_at: Timestamp,
    },
    /// The id belongs to another incident, whose title this is (see [`Naming`]): nothing was changed.
    Taken {
        title: String,
    },
}

type WriteAnswer = dyn Fn(&Published) -> serde_json::Result<String> + Send + Sync;

/// A request to publish that is answered once, however often it arrives.
#[derive(Clone)]
pub struct Once {
    pub key: String,
    /// Hash of what was sent: something else under the same key is a mistake.
    pub request_hash: String,
    /// Writes the answer that is kept; nothing is stored where that fails.
    pub answer: Arc<WriteAnswer>,
}

impl fmt::Debug for Once {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Once").field("key", &self.key).finish_non_exhaustive()
    }
}

/// What became of a publication that is answered once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublishedOnce {
    Now(Published),
    /// There is an answer under the key already; nothing was done.
    Before {
        request_hash: String,
        answer: String,
    },
}

/// An incident with its newest revision.
#[derive(Clone, Debug)]
pub struct Incident {
    pub report: Report,
    pub revision: Revision,
    /// The newest revision's source text, rendered.
    pub source: Rendition,
    pub times: Times,
    pub withdrawn_at: Option<Timestamp>,
}

/// Stores what publishers send.
#[async_trait]
pub trait Publications: Send + Sync {
    /// Stores a revision and asks for its translations into the locales given and into all that the incident already
    /// has, in one transaction. A new revision also ends the hold of a rolled back row.
    async fn publish(&self, publication: &Publication, now: Timestamp) -> Result<Published>;

    /// As [`publish`](Self::publish), and keeps the answer in the same transaction, for at least 96 hours. Where there
    /// is one under the key already, nothing is done; a publication that is out of order leaves the key free.
    async fn publish_once(&self, publication: &Publication, once: &Once, now: Timestamp) -> Result<PublishedOnce>;

    /// Withdraws an incident; `false` where there is none (or it is withdrawn already).
    async fn withdraw(&self, id: &IncidentId, now: Timestamp) -> Result<bool>;

    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>>;

    /// The report of one revision.
    async fn report(&self, id: &IncidentId, revision: Revision) -> Result<Option<Report>>;

    /// At most so many revisions older than `before`, newest first, and when each arrived.
    async fn revisions(
        &self,
        id: &IncidentId,
        before: Option<Revision>,
        limit: u32,
    ) -> Result<Vec<(Revision, Timestamp)>>;
}
