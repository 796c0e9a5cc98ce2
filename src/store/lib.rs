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
mod failure;
mod idempotency;
mod jobs;
mod maintenance;
mod publications;
mod readings;
mod retranslations;
mod sql;
mod state;
mod token;
mod translation_memory;
mod translations;
mod usage_ledger;
mod versions;

pub use archive::Archive;
pub use changes::Change;
pub use error::{Result, StoreError};
pub use failure::{EngineFailure, Failure, FailureKind};
pub use idempotency::IdempotencyKeys;
pub use jobs::{ClaimFilter, Completion, FailedAttempt, Job, Jobs};
pub use maintenance::Maintenance;
pub use publications::{Incident, Once, Publication, Publications, Published, PublishedOnce};
pub use readings::{Reading, Readings};
pub use retranslations::{RetranslateFilter, RetranslateOptions, Retranslations};
pub use token::{Scope, TOKEN_PREFIX, Token, Tokens, token_hash};
pub use translation_memory::{Memory, MemoryEntry, Remembered};
pub use translations::{Backlog, ListFilter, ListPage, ListPosition, State, Summary, Translation, Translations};
pub use usage_ledger::{Allowance, Booked, DailyUsage, UsageCharge, UsageLedger};
pub use versions::{Version, VersionSummary, Versions};

use std::sync::Arc;

use polypost_settings::Address;

/// What opening does about a schema that is not up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Migrations {
    /// Creates the store where there is none and brings its schema up to date.
    Apply,
    /// Brings the schema of a store up to date that is there; one that does not exist is an error.
    Update,
    /// Leaves everything as it is, for callers that only read; a store that does not exist is an error.
    None,
}

/// Opens the store behind a URL: `sqlite://FILE`, `sqlite::memory:` for one that is forgotten when dropped, or
/// `postgres://USER@HOST/DATABASE` (15 and later) for one that many processes share.
///
/// # Errors
/// [`StoreError::Missing`] where it is not to be created; [`StoreError::Open`] with what to do about it; a URL's
/// password is never part of it.
pub async fn open(address: impl Into<Address>, migrations: Migrations) -> Result<Arc<dyn Store>> {
    Ok(Arc::new(sql::Sql::open(address.into().expose(), migrations).await?))
}

/// The file behind an SQLite URL, with its escapes undone; `None` for a store in memory or on a server.
#[must_use]
pub fn file_of(url: &str) -> Option<std::path::PathBuf> {
    database::file_of(url)
}

/// The whole store, which is the sum of small traits: who needs one of them takes that one (`&dyn Memory`).
pub trait Store:
    Publications
    + IdempotencyKeys
    + Translations
    + Retranslations
    + Versions
    + Readings
    + Jobs
    + Memory
    + UsageLedger
    + Tokens
    + Archive
    + Maintenance
{
}

impl<T> Store for T where
    T: Publications
        + IdempotencyKeys
        + Translations
        + Retranslations
        + Versions
        + Readings
        + Jobs
        + Memory
        + UsageLedger
        + Tokens
        + Archive
        + Maintenance
{
}
