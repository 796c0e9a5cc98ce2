//! The rows that move from one store to another, all of an incident's together. Leases do not move: work that was under
//! way is claimed again in the new store.
//!
//! Only [`ExportedIncident::verify`] makes an [`ExportedIncident`], and nothing else of an incident is ever put into a
//! store or taken out of one, so that rows that contradict each other are never copied.

mod verify;

#[cfg(test)]
mod tests;

pub use verify::{Fault, RowLocation};

use async_trait::async_trait;
use jiff::Timestamp;

use crate::Result;
use crate::database::row;
use polypost_core::document::Report;
use polypost_core::id::{IncidentId, Revision, VersionNumber};
use polypost_core::locale::Locale;

row! {
    /// An incident, as lists show it.
    IncidentRow of "incidents" by id {
        id: IncidentId,
        /// The newest one.
        revision: Revision,
        /// The newest time that its publisher gave.
        revised_at: Option<Timestamp>,
        url: Option<String>,
        title: String,
        status: Option<String>,
        impact: Option<String>,
        components: Vec<String>,
        source_locale: Locale,
        /// How much the source text gave cause to remark.
        findings: u32,
        /// When its first revision arrived; its own times are in its newest report.
        #[serde(alias = "published_at")]
        received_at: Timestamp,
        /// When this row was last changed.
        #[serde(alias = "updated_at")]
        changed_at: Timestamp,
        withdrawn_at: Option<Timestamp>,
    }
}

row! {
    /// One state of an incident's source text.
    RevisionRow of "revisions" by incident {
        incident: IncidentId,
        number: Revision,
        /// SHA-256 in hex over what readers see of the report.
        content_hash: String,
        created_at: Timestamp,
        /// SHA-256 in hex over the bytes of `report` and of `source`.
        report_checksum: String,
        source_checksum: String,
        /// The JSON of a [`polypost_core::document::Report`] and of the [`polypost_core::render::Rendition`] of its
        /// source text.
        report: String,
        source: String,
    }
}

row! {
    /// An (incident, locale): what is wanted and what is done, without the lease of who works on it.
    TranslationRow of "translations" by incident, locale {
        incident: IncidentId,
        locale: Locale,
        wanted_revision: Revision,
        published_at: Timestamp,
        /// Which row is worked on first, the smallest.
        priority: i64,
        /// Work is open while more is requested than completed.
        requested: i64,
        requested_at: Timestamp,
        completed: i64,
        /// Failed attempts since the last success or the last request, when to try next, and why the last one failed.
        attempts: u32,
        not_before: Timestamp,
        reason: Option<String>,
        /// What an operator requested: an engine, and no memory.
        engine: Option<String>,
        force: bool,
        held: bool,
        /// What readers get.
        served_version: Option<VersionNumber>,
        served_revision: Option<Revision>,
        served_partial: bool,
        updated_at: Timestamp,
    }
}

row! {
    /// One translation of one revision.
    VersionRow of "versions" by incident, locale {
        incident: IncidentId,
        locale: Locale,
        number: VersionNumber,
        revision: Revision,
        partial: bool,
        title: String,
        created_at: Timestamp,
        /// SHA-256 in hex over the bytes of `rendition`.
        checksum: String,
        /// The JSON of a [`polypost_core::render::Rendition`].
        rendition: String,
    }
}

row! {
    /// A text of the translation memory.
    MemoryRow of "memory" by key {
        locale: Locale,
        key: String,
        /// Empty for the text that is used everywhere.
        context: String,
        source_locale: Locale,
        source: String,
        kinds: Vec<String>,
        target: String,
        engine: Option<String>,
        model: Option<String>,
        created_at: Timestamp,
        changed_at: Timestamp,
    }
}

row! {
    /// An answer to a request that may be repeated.
    AnswerRow of "idempotency" by key {
        key: String,
        request_hash: String,
        answer: String,
        created_at: Timestamp,
    }
}

/// Everything about one incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    pub incident: IncidentRow,
    /// From the first to the newest.
    pub revisions: Vec<RevisionRow>,
    /// In the order of their locales.
    pub translations: Vec<TranslationRow>,
    /// In the order of their locales and numbers.
    pub versions: Vec<VersionRow>,
}

/// Everything about one incident, found in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedIncident {
    rows: Rows,
    /// Those of the revisions, in their order.
    reports: Vec<Report>,
    /// For each of the versions the engines whose text is in it.
    engines: Vec<Vec<String>>,
}

impl ExportedIncident {
    #[must_use]
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The reports of the revisions, in their order.
    #[must_use]
    pub fn reports(&self) -> &[Report] {
        &self.reports
    }

    /// For each of the versions the engines whose text is in it.
    #[must_use]
    pub fn engines(&self) -> &[Vec<String>] {
        &self.engines
    }

    /// The newest revision's report.
    #[must_use]
    pub fn newest(&self) -> Option<&Report> {
        self.reports.last()
    }

    /// The first of the revisions that have the newest one's title.
    #[must_use]
    pub fn title_since(&self) -> Revision {
        let title = self.newest().map(|newest| newest.title.as_str());
        let others = self.reports.iter().rposition(|report| Some(report.title.as_str()) != title);
        let first = others.map_or(0, |last_other| last_other + 1);
        self.rows.revisions.get(first).map_or(self.rows.incident.revision, |revision| revision.number)
    }
}

/// What is moved at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chunk {
    Incident(Box<ExportedIncident>),
    Memory(Vec<MemoryRow>),
    Answers(Vec<AnswerRow>),
}

/// Where in a store an archive goes on: behind the row with this key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Position {
    #[default]
    Start,
    Incident(String),
    /// Locale, key, context.
    Memory(String, String, String),
    Answer(String),
}

/// The next of a store's rows: incidents in the order of their ids, then memory, then answers, in the order of their
/// keys.
#[derive(Debug)]
pub struct Page {
    /// `None` where nothing of it is in order.
    pub chunk: Option<Chunk>,
    /// What is not in order and was left out: where it stands, and why.
    pub damages: Vec<String>,
    pub next: Position,
}

/// What became of an incident, text or answer that was to be put into a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restored {
    Added,
    /// The same was there, and was left alone.
    Known,
    /// Something else was there, and stays.
    Kept,
}

/// Moves rows from one store to another.
#[async_trait]
pub trait Archive: Send + Sync {
    /// The rows behind a position, an incident with all of its own at a time; `None` behind the last one. Leases are
    /// left out.
    async fn archive(&self, position: &Position) -> Result<Option<Page>>;

    /// Adds what another store's archive has, a chunk in one transaction. What is there under the same key stays, an
    /// incident with everything about it. Says what became of the incident, or of each text or answer.
    async fn restore(&self, chunk: &Chunk) -> Result<Vec<Restored>>;
}
