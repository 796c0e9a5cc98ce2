//! The store: reports, versions, the state of every (incident, locale), and the translation memory.
//!
//! The row is the job: a translation row says which request is the newest, which one is done, who holds the lease and
//! when to try next. There is no second queue. Publishing and asking for the translations are one transaction;
//! storing a version and moving its row on are one transaction, fenced by the lease's token. Callers give the time.

pub mod archive;
mod changes;
pub mod config;
mod database;
mod error;
mod model;
mod sql;
mod state;
mod token;

pub use changes::Change;
pub use error::StoreError;
pub use model::{
    Allowance, Backlog, Booked, ClaimFilter, Completion, DailyUsage, Failure, Incident, Job, ListFilter, ListPage,
    ListPosition, MemoryEntry, Once, Publication, Published, PublishedOnce, Remembered, RetranslateFilter,
    RetranslateOptions, State, Summary, Translation, UsageCharge, Version, VersionSummary,
};
pub use token::{Scope, TOKEN_PREFIX, Token, token_hash};

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast;

use self::archive::{Chunk, Page, Position, Restored};
use polypost_core::clock::Clock;
use polypost_core::document::Report;
use polypost_core::id::{IncidentId, Revision, VersionNumber};
use polypost_core::locale::Locale;
use polypost_core::render::Rendition;
use polypost_settings::Address;

pub type Result<T> = std::result::Result<T, StoreError>;

/// What opening does about a schema that is not up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Migrations {
    /// Creates the store where there is none and brings its schema up to date.
    Apply,
    /// Brings the schema of a store up to date that is there; one that does not exist is an error.
    Update,
    /// Leaves everything as it is, for whoever only reads; a store that does not exist is an error.
    Leave,
}

/// Opens the store behind a URL: `sqlite://FILE`, `sqlite::memory:` for one that is forgotten when dropped, or
/// `postgres://USER@HOST/DATABASE` (15 and later) for one that many processes share.
///
/// # Errors
/// [`StoreError::Missing`] where it is not to be created; [`StoreError::Open`] with what to do about it; a URL's password
/// is never part of it.
pub async fn open(address: impl Into<Address>, migrations: Migrations) -> Result<Arc<dyn Store>> {
    Ok(Arc::new(sql::Sql::open(address.into().expose(), migrations).await?))
}

/// The file behind an SQLite URL, with its escapes undone; `None` for a store in memory or on a server.
#[must_use]
pub fn file_of(url: &str) -> Option<std::path::PathBuf> {
    database::file_of(url)
}

/// Everything the house remembers. One implementation per database.
#[async_trait]
pub trait Store: Send + Sync {
    /// Stores a revision and asks for its translations into the locales given and into all that the incident already
    /// has, in one transaction. A new revision also ends the hold of a rolled back row.
    async fn publish(&self, publication: &Publication, now: Timestamp) -> Result<Published>;
    /// As [`Store::publish`], and keeps the answer in the same transaction, for at least 96 hours. Where there is one
    /// under the key already, nothing is done; a publication that is out of order leaves the key free.
    async fn publish_once(&self, publication: &Publication, once: &Once, now: Timestamp) -> Result<PublishedOnce>;
    /// Withdraws an incident; `false` where there is none (or it is withdrawn already).
    async fn withdraw(&self, id: &IncidentId, now: Timestamp) -> Result<bool>;
    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>>;
    /// The report of one revision.
    async fn report(&self, id: &IncidentId, revision: Revision) -> Result<Option<Report>>;
    /// Newest `published_at` first; withdrawn incidents are left out.
    async fn list(&self, filter: &ListFilter, now: Timestamp) -> Result<Vec<Summary>>;

    async fn translation(&self, id: &IncidentId, locale: &Locale, now: Timestamp) -> Result<Option<Translation>>;
    async fn translations(&self, id: &IncidentId, now: Timestamp) -> Result<Vec<Translation>>;
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
    /// At most so many revisions older than `before`, newest first, and when each arrived.
    async fn revisions(
        &self,
        id: &IncidentId,
        before: Option<Revision>,
        limit: u32,
    ) -> Result<Vec<(Revision, Timestamp)>>;
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

    /// Serves a version no longer that cannot be read as it was stored, and asks for its text anew; `false` where it is
    /// not the one that readers get. What was remembered is used again.
    async fn discard_served(
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

    /// Takes back what was asked for again, where the newest revision is translated already; whoever works on it loses the
    /// lease. Returns how many rows were left as they are.
    async fn cancel(&self, filter: &RetranslateFilter, now: Timestamp) -> Result<u64>;

    /// Takes at most one waiting row under a lease: of open incidents before those of settled ones, both before what was
    /// asked for again, and the newest first.
    async fn claim(&self, filter: &ClaimFilter, lease: SignedDuration, now: Timestamp) -> Result<Option<Job>>;
    /// Prolongs a lease, even one that ran out and that nobody else took; `false` where it is no longer held.
    async fn renew(&self, job: &Job, lease: SignedDuration, now: Timestamp) -> Result<bool>;
    /// Stores the version and moves the row on, in one transaction, fenced by the lease's token. Readers get the new
    /// version unless they have one of a newer revision.
    async fn finish(&self, job: &Job, rendition: &Rendition, now: Timestamp) -> Result<Completion>;
    /// Records a failed attempt, unless something newer is wanted meanwhile, which then is tried at once; `false` where
    /// the lease is no longer held.
    async fn fail(&self, job: &Job, failure: &Failure, now: Timestamp) -> Result<bool>;
    /// How often texts of the wanted revision were bought since it was asked for, by a hash of the text.
    async fn purchases(&self, job: &Job) -> Result<BTreeMap<String, u32>>;
    /// Says how often they were bought by now, unless something newer was asked for meanwhile; `false` where the lease is
    /// no longer held, or something newer was.
    async fn record_purchases(&self, job: &Job, purchases: &BTreeMap<String, u32>) -> Result<bool>;
    /// Gives a row back untouched (shutdown); `false` where the lease is no longer held.
    async fn release(&self, job: &Job, now: Timestamp) -> Result<bool>;
    /// When the earliest waiting row becomes due or the earliest lease runs out; `None` where nothing waits.
    async fn next_due(&self, filter: &ClaimFilter) -> Result<Option<Timestamp>>;
    async fn backlog(&self, now: Timestamp) -> Result<Backlog>;
    /// At most so many of the rows of which a further version was asked for and failed.
    async fn failing(&self, limit: u32, now: Timestamp) -> Result<Vec<Translation>>;
    /// Whether more rows than these have something to do that was published; what is asked for again does not count.
    async fn waits_beyond(&self, rows: u32) -> Result<bool>;

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

    /// Books a call before it is made, unless the allowance of the day or of its month does not cover it. Many processes
    /// that book at once stay within it together.
    async fn book_usage(&self, charge: &UsageCharge, allowance: Allowance) -> Result<Booked>;
    /// Says what a booked call was billed in truth.
    async fn correct_usage(&self, charge: &UsageCharge, billed: u64) -> Result<()>;
    /// What was booked since a day, in the order of engine, day and locale.
    async fn usage(&self, since: Date) -> Result<Vec<DailyUsage>>;

    /// The answer stored under an idempotency key, with the hash of the request it answered.
    async fn idempotent_answer(&self, key: &str) -> Result<Option<(String, String)>>;

    /// Takes an idempotency key for a request that stores nothing under it by itself, unless the key is taken; the hash
    /// and the answer that then stand under it. The answer is empty until [`Store::settle_key`] says that it is done.
    async fn claim_key(&self, key: &str, request_hash: &str, now: Timestamp) -> Result<(String, String)>;
    /// Keeps the answer to a request whose key was claimed.
    async fn settle_key(&self, key: &str, answer: &str) -> Result<()>;

    /// Adds a bearer token; `false` where its name or hash is taken, and nothing is changed then.
    async fn add_token(&self, token: &Token) -> Result<bool>;
    /// Every bearer token, ended ones too, in the order in which they were added. An archive has none of them.
    async fn tokens(&self) -> Result<Vec<Token>>;
    /// Ends a token for good; `false` where there is none of this name, or it is revoked already.
    async fn revoke_token(&self, name: &str, now: Timestamp) -> Result<bool>;

    /// The rows behind a position, an incident with all of its own at a time; `None` behind the last one. Leases are
    /// left out.
    async fn archive(&self, position: &Position) -> Result<Option<Page>>;
    /// Adds what another store's archive has, a chunk in one transaction. What is there under the same key stays, an
    /// incident with everything about it. Says what became of the incident, or of each text or answer.
    async fn restore(&self, chunk: &Chunk) -> Result<Vec<Restored>>;

    /// Migrations still to be applied, in order, for `doctor` and `migrate --dry-run`; writes nothing.
    async fn pending_migrations(&self) -> Result<Vec<String>>;
    /// Reads and writes a little, and verifies the file and every version; an operator's question, not the readers' path.
    async fn check(&self) -> Result<()>;

    /// The clock that everybody goes by who shares the store: leases are compared across machines.
    fn clock(&self) -> Arc<dyn Clock>;
    /// What moves from now on: by this store at once, by other processes within a second. A receiver that lags behind
    /// has to take it that anything may have moved.
    fn changes(&self) -> broadcast::Receiver<Change>;

    /// Waits for the calls under way and lets go of the database; later calls fail. What was committed is durable
    /// without it, but part of it may then stand in the write-ahead log beside an SQLite file: the last one who closes
    /// the file moves it there, so that a copy of the file alone has everything.
    async fn close(&self) {}
}
