//! The store: reports, versions, the state of every (incident, locale), and the translation memory.
//!
//! The row is the job: a translation row says which request is the newest, which one is done, who holds the lease and
//! when to try next. There is no second queue. Publishing and asking for the translations are one transaction;
//! storing a version and moving its row on are one transaction, fenced by the lease's token. Callers give the time.

pub mod archive;
mod changes;
mod database;
mod error;
mod sql;
mod state;

pub use changes::Change;
pub use error::StoreError;

use std::sync::Arc;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

use self::archive::{Page, Portion, Position, Restored};
use crate::clock::Clock;
use crate::document::Report;
use crate::id::{IncidentId, LeaseToken, Revision, VersionNumber};
use crate::locale::Locale;
use crate::render::Rendition;

pub type Result<T> = std::result::Result<T, StoreError>;

/// What opening does about a schema that is not up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Migrations {
    /// Creates the store where there is none and brings its schema up to date.
    Apply,
    /// Leaves everything as it is, for `doctor` and `migrate --dry-run`; a store that does not exist is an error.
    Leave,
}

/// Opens the store behind a URL: `sqlite://FILE`, `sqlite::memory:` for one that is forgotten when dropped, or
/// `postgres://USER@HOST/DATABASE` (15 and later) for one that many processes share.
///
/// # Errors
/// [`StoreError::Open`] with what to do about it; a URL's password is never part of it.
pub async fn open(url: &str, migrations: Migrations) -> Result<Arc<dyn Store>> {
    Ok(Arc::new(sql::Sql::open(url, migrations).await?))
}

/// A report to be stored, with its source text already rendered and the locales to be translated into.
#[derive(Clone, Debug)]
pub struct Publication {
    pub report: Report,
    pub source: Rendition,
    pub locales: Vec<Locale>,
}

/// What became of a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    Created,
    /// The same text again: nothing was done (but locales asked for the first time were added).
    Unchanged(Revision),
    /// A new text, or a withdrawn incident published again (then under its old number if its text is the same).
    Revised(Revision),
    /// The publisher's newest `revised_at` is later than this one's: nothing was changed, whatever the text.
    OutOfOrder {
        stored: Revision,
        stored_revised_at: Timestamp,
    },
}

/// An incident with its newest revision.
#[derive(Clone, Debug)]
pub struct Incident {
    pub report: Report,
    pub revision: Revision,
    /// The newest revision's source text, rendered.
    pub source: Rendition,
    pub published_at: Timestamp,
    pub updated_at: Timestamp,
    pub withdrawn_at: Option<Timestamp>,
}

/// The state of an (incident, locale), as INTERFACE section 1 defines it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Pending,
    Translating,
    Current,
    Stale,
    Partial,
    Failed,
    Held,
}

/// One (incident, locale): what is wanted, what is done, and how it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Translation {
    pub incident: IncidentId,
    pub locale: Locale,
    pub state: State,
    pub wanted_revision: Revision,
    /// The version that readers get and the revision it translates.
    pub served: Option<(VersionNumber, Revision)>,
    /// That version's title, so that lists need not read the version.
    pub title: Option<String>,
    /// Failed attempts since the last success or the last request.
    pub attempts: u32,
    /// Why the last attempt failed.
    pub reason: Option<String>,
    /// When it is tried (again): for a row under a lease, when the lease runs out. `None` where nothing is to be done;
    /// a row that is `current` and has one awaits a further version.
    pub next_attempt_at: Option<Timestamp>,
    pub updated_at: Timestamp,
}

/// One stored translation, immutable.
#[derive(Clone, Debug)]
pub struct Version {
    pub number: VersionNumber,
    pub revision: Revision,
    pub created_at: Timestamp,
    pub rendition: Rendition,
}

/// A claimed row: the work and the right to finish it.
#[derive(Clone, Debug)]
pub struct Job {
    pub incident: IncidentId,
    pub locale: Locale,
    pub revision: Revision,
    pub report: Report,
    pub lease: LeaseToken,
    /// Failed attempts before this one.
    pub attempts: u32,
    /// The engine an operator asked for, instead of the route.
    pub engine: Option<String>,
    /// Whether human text is to be replaced as well (`retranslate --force`).
    pub force: bool,
    /// Whether the revision is translated already, so that a new text is wanted and not the remembered one.
    pub again: bool,
}

/// Which rows a worker takes.
#[derive(Clone, Debug, Default)]
pub struct ClaimFilter {
    /// Only these incidents; empty means any.
    pub incidents: Vec<IncidentId>,
}

/// What became of a finished job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finished {
    Stored(VersionNumber),
    /// Stored, and meanwhile something newer is wanted: the row waits again.
    Superseded(VersionNumber),
    /// The lease is no longer held: nothing was written.
    Fenced,
}

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
    /// The engine's model or version at that time: told, not part of the key.
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

/// Which incidents a list shows: those with a locale for which everything given holds.
#[derive(Clone, Debug, Default)]
pub struct ListFilter {
    pub state: Option<State>,
    pub locale: Option<Locale>,
    /// At most this many; the caller bounds it.
    pub limit: u32,
    /// Continue behind this incident: `(updated_at, id)` of the last one seen.
    pub after: Option<(Timestamp, IncidentId)>,
}

/// An incident as lists show it, without its texts, with the state of its locales.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub id: IncidentId,
    pub url: Option<String>,
    /// In the source locale.
    pub title: String,
    pub status: Option<String>,
    pub impact: Option<String>,
    pub components: Vec<String>,
    pub source_locale: Locale,
    pub revision: Revision,
    pub published_at: Timestamp,
    pub updated_at: Timestamp,
    /// All locales of the incident, in the order of their tags.
    pub translations: Vec<Translation>,
}

/// Numbers for `polypost status`, of incidents that are not withdrawn. A row whose newest revision is translated and
/// that awaits a further version counts twice: as waiting or running, and as current or partial.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Backlog {
    /// Rows with something to do that nobody works on and that are not `failed`.
    pub waiting: u64,
    /// Rows under a lease.
    pub running: u64,
    /// Rows in the state `failed`.
    pub failed: u64,
    pub partial: u64,
    pub current: u64,
    /// Incidents whose source text gave cause to remark.
    pub remarked: u64,
    /// When the oldest request that is not done yet was made.
    pub oldest_waiting_since: Option<Timestamp>,
}

/// Which rows `retranslate` asks for.
#[derive(Clone, Debug, Default)]
pub struct RetranslateFilter {
    /// Only these incidents; empty means all.
    pub incidents: Vec<IncidentId>,
    /// Only these locales; empty means all.
    pub locales: Vec<Locale>,
    /// Only rows in this state.
    pub state: Option<State>,
    /// Locales in which those incidents are wanted as well that were published before these were.
    pub missing: Vec<Locale>,
}

/// What an operator wants of a new translation.
#[derive(Clone, Debug, Default)]
pub struct RetranslateOptions {
    pub engine: Option<String>,
    pub force: bool,
}

/// Everything the house remembers. One implementation per database.
#[async_trait]
pub trait Store: Send + Sync {
    /// Stores a revision and asks for its translations into the locales given and into all that the incident already
    /// has, in one transaction. A new revision also ends the hold of a rolled back row.
    async fn publish(&self, publication: &Publication, now: Timestamp) -> Result<Published>;
    /// Withdraws an incident; `false` where there is none (or it is withdrawn already).
    async fn withdraw(&self, id: &IncidentId, now: Timestamp) -> Result<bool>;
    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>>;
    /// Newest `updated_at` first; withdrawn incidents are left out.
    async fn list(&self, filter: &ListFilter, now: Timestamp) -> Result<Vec<Summary>>;

    async fn translation(&self, id: &IncidentId, locale: &Locale, now: Timestamp) -> Result<Option<Translation>>;
    async fn translations(&self, id: &IncidentId, now: Timestamp) -> Result<Vec<Translation>>;
    /// The version that readers get.
    async fn served(&self, id: &IncidentId, locale: &Locale) -> Result<Option<Version>>;
    async fn version(&self, id: &IncidentId, locale: &Locale, number: VersionNumber) -> Result<Option<Version>>;
    /// Every version, newest first.
    async fn history(&self, id: &IncidentId, locale: &Locale) -> Result<Vec<Version>>;
    /// Makes an older version the one that readers get, until something newer is published or asked for; `false` where
    /// there is none such. A row with nothing to do that so gets an older revision is `held`.
    async fn serve_version(
        &self,
        id: &IncidentId,
        locale: &Locale,
        number: VersionNumber,
        now: Timestamp,
    ) -> Result<bool>;

    /// Rows that match, for `retranslate --dry-run`; those of withdrawn incidents never do.
    async fn matching(&self, filter: &RetranslateFilter, now: Timestamp) -> Result<Vec<Translation>>;
    /// Asks for new versions; returns how many rows were asked for.
    async fn retranslate(
        &self,
        filter: &RetranslateFilter,
        options: &RetranslateOptions,
        now: Timestamp,
    ) -> Result<u64>;

    /// Takes at most one waiting row under a lease, newest incident first.
    async fn claim(&self, filter: &ClaimFilter, lease: SignedDuration, now: Timestamp) -> Result<Option<Job>>;
    /// Prolongs a lease, even one that ran out and that nobody else took; `false` where it is no longer held.
    async fn renew(&self, job: &Job, lease: SignedDuration, now: Timestamp) -> Result<bool>;
    /// Stores the version and moves the row on, in one transaction, fenced by the lease's token. Readers get the new
    /// version unless they have one of a newer revision.
    async fn finish(&self, job: &Job, rendition: &Rendition, now: Timestamp) -> Result<Finished>;
    /// Records a failed attempt and when to try again, unless something newer is wanted meanwhile, which then is tried
    /// at once; `false` where the lease is no longer held.
    async fn fail(&self, job: &Job, reason: &str, next_attempt_at: Timestamp, now: Timestamp) -> Result<bool>;
    /// Gives a row back untouched (shutdown); `false` where the lease is no longer held.
    async fn release(&self, job: &Job, now: Timestamp) -> Result<bool>;
    /// When the earliest waiting row becomes due or the earliest lease runs out; `None` where nothing waits.
    async fn next_due(&self, filter: &ClaimFilter) -> Result<Option<Timestamp>>;
    async fn backlog(&self, now: Timestamp) -> Result<Backlog>;

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

    /// The answer stored under an idempotency key, with the hash of the request it answered.
    async fn idempotent_answer(&self, key: &str) -> Result<Option<(String, String)>>;
    /// Keeps an answer for at least 96 hours; the first answer under a key stays.
    async fn keep_idempotent_answer(&self, key: &str, request_hash: &str, answer: &str, now: Timestamp) -> Result<()>;

    /// The rows behind a position, an incident with all of its own at a time; `None` behind the last one. Leases are
    /// left out.
    async fn archive(&self, position: &Position) -> Result<Option<Page>>;
    /// Adds what another store's archive has, a portion in one transaction. What is there under the same key stays, an
    /// incident with everything about it. Says what became of the incident, or of each text or answer.
    async fn restore(&self, portion: &Portion) -> Result<Vec<Restored>>;

    /// Migrations still to be applied, in order, for `doctor` and `migrate --dry-run`; writes nothing.
    async fn pending_migrations(&self) -> Result<Vec<String>>;
    /// Reads and writes a little, and verifies the file and every version; an operator's question, not the readers' path.
    async fn check(&self) -> Result<()>;

    /// The clock that everybody goes by who shares the store: leases are compared across machines.
    fn clock(&self) -> Arc<dyn Clock>;
    /// What moves from now on: by this store at once, by other processes within a second. A receiver that lags behind
    /// has to take it that anything may have moved.
    fn changes(&self) -> broadcast::Receiver<Change>;

    /// Waits for the calls under way and lets go of the database; later calls fail. Not needed for durability.
    async fn close(&self) {}
}
