//! The store in SQL, for both databases: calls of the [`Store`] trait come in, rows become the house's types, times
//! become microseconds.

mod archive;
mod claims;
mod listing;
mod maintenance;
mod memory;
mod priority;
mod publish;
mod retranslate;
mod tokens;
mod usage;
mod versions;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast;

use self::claims::Cursor;
use super::archive::{Chunk, Page, Position, Restored};
use super::changes::{Change, Changes};
use super::database::Database;
use super::{
    Allowance, Backlog, Booked, ClaimFilter, Completion, DailyUsage, Failure, Incident, Job, ListFilter, MemoryEntry,
    Migrations, Once, Publication, Published, PublishedOnce, Remembered, Result, RetranslateFilter, RetranslateOptions,
    Store, Summary, Token, Translation, UsageCharge, Version, VersionSummary,
};
use polypost_core::clock::Clock;
use polypost_core::document::Report;
use polypost_core::id::{IncidentId, Revision, VersionNumber};
use polypost_core::locale::Locale;
use polypost_core::render::Rendition;

/// One open store; see [`super::open`]. Every clone is the same store.
#[derive(Clone, Debug)]
pub(super) struct Sql {
    database: Arc<Database>,
    changes: Arc<Changes>,
    cursor: Arc<Cursor>,
    /// For those who look for texts of open incidents alone.
    urgent_cursor: Arc<Cursor>,
}

impl Sql {
    pub(super) async fn open(url: &str, migrations: Migrations) -> Result<Self> {
        let changes = Arc::new(Changes::new());
        let database = Arc::new(Database::open(url, migrations, &changes).await?);
        Ok(Self { database, changes, cursor: Arc::default(), urgent_cursor: Arc::default() })
    }
}

/// The pauses before a call is made again whose connection broke or whose transaction lost against another.
const AGAIN_AFTER: [Duration; 3] = [Duration::from_millis(20), Duration::from_millis(100), Duration::from_millis(400)];

/// Makes a call again where that may help. Every call of the trait may be made twice: what was done already is found
/// done.
macro_rules! persistently {
    ($call:expr) => {{
        let mut pauses = AGAIN_AFTER.iter();
        loop {
            match $call.await {
                Err(error) if error.is_to_be_repeated() => match pauses.next() {
                    Some(pause) => tokio::time::sleep(*pause).await,
                    None => break Err(error),
                },
                outcome => break outcome,
            }
        }
    }};
}

/// Writes and tells of it in a task of its own, which nobody's giving up stops: what is stored although nobody waits for
/// the answer any more must be told all the same.
async fn to_the_end<T: Send + 'static>(writing: impl Future<Output = Result<T>> + Send + 'static) -> Result<T> {
    tokio::spawn(writing).await.map_err(|_| sqlx::Error::WorkerCrashed)?
}

#[async_trait]
impl Store for Sql {
    async fn publish(&self, publication: &Publication, now: Timestamp) -> Result<Published> {
        let (store, publication) = (self.clone(), publication.clone());
        to_the_end(async move {
            let published = persistently!(publish::publish(&store, &publication, now))?;
            store.changes.requested(&publication.report.id);
            Ok(published)
        })
        .await
    }

    async fn publish_once(&self, publication: &Publication, once: &Once, now: Timestamp) -> Result<PublishedOnce> {
        let (store, publication, once) = (self.clone(), publication.clone(), once.clone());
        to_the_end(async move {
            let published = persistently!(publish::publish_once(&store, &publication, &once, now))?;
            store.changes.requested(&publication.report.id);
            Ok(published)
        })
        .await
    }

    async fn withdraw(&self, id: &IncidentId, now: Timestamp) -> Result<bool> {
        let (store, id) = (self.clone(), id.clone());
        to_the_end(async move {
            let withdrawn = persistently!(publish::withdraw(&store, &id, now))?;
            store.changes.changed(&id);
            Ok(withdrawn)
        })
        .await
    }

    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>> {
        persistently!(publish::read_incident(self, id))
    }

    async fn report(&self, id: &IncidentId, revision: Revision) -> Result<Option<Report>> {
        persistently!(publish::read_report(self, id, revision))
    }

    async fn list(&self, filter: &ListFilter, now: Timestamp) -> Result<Vec<Summary>> {
        persistently!(listing::list(self, filter, now))
    }

    async fn translation(&self, id: &IncidentId, locale: &Locale, now: Timestamp) -> Result<Option<Translation>> {
        persistently!(listing::translation(self, id, locale, now))
    }

    async fn translations(&self, id: &IncidentId, now: Timestamp) -> Result<Vec<Translation>> {
        persistently!(listing::translations(self, id, now))
    }

    async fn served(&self, id: &IncidentId, locale: &Locale) -> Result<Option<Version>> {
        persistently!(versions::served(self, id, locale))
    }

    async fn version(&self, id: &IncidentId, locale: &Locale, number: VersionNumber) -> Result<Option<Version>> {
        persistently!(versions::version(self, id, locale, number))
    }

    async fn history(&self, id: &IncidentId, locale: &Locale) -> Result<Vec<Version>> {
        persistently!(versions::history(self, id, locale))
    }

    async fn versions(
        &self,
        id: &IncidentId,
        locale: &Locale,
        before: Option<VersionNumber>,
        limit: u32,
    ) -> Result<Vec<VersionSummary>> {
        persistently!(versions::summaries(self, id, locale, before, limit))
    }

    async fn revisions(
        &self,
        id: &IncidentId,
        before: Option<Revision>,
        limit: u32,
    ) -> Result<Vec<(Revision, Timestamp)>> {
        persistently!(versions::revisions(self, id, before, limit))
    }

    async fn serve_version(
        &self,
        id: &IncidentId,
        locale: &Locale,
        number: VersionNumber,
        now: Timestamp,
    ) -> Result<bool> {
        let (store, id, locale) = (self.clone(), id.clone(), locale.clone());
        to_the_end(async move {
            let served = persistently!(versions::serve_version(&store, &id, &locale, number, now))?;
            store.changes.changed(&id);
            Ok(served)
        })
        .await
    }

    async fn discard_served(
        &self,
        id: &IncidentId,
        locale: &Locale,
        number: VersionNumber,
        now: Timestamp,
    ) -> Result<bool> {
        let (store, id, locale) = (self.clone(), id.clone(), locale.clone());
        to_the_end(async move {
            let discarded = persistently!(versions::discard_served(&store, &id, &locale, number, now))?;
            store.changes.changed(&id);
            Ok(discarded)
        })
        .await
    }

    async fn matching(&self, filter: &RetranslateFilter, now: Timestamp) -> Result<Vec<Translation>> {
        persistently!(retranslate::matching(self, filter, now))
    }

    async fn retranslate(
        &self,
        filter: &RetranslateFilter,
        options: &RetranslateOptions,
        now: Timestamp,
    ) -> Result<u64> {
        let (store, filter, options) = (self.clone(), filter.clone(), options.clone());
        to_the_end(async move {
            let asked = persistently!(retranslate::retranslate(&store, &filter, &options, now))?;
            store.changes.anything();
            Ok(asked)
        })
        .await
    }

    async fn cancel(&self, filter: &RetranslateFilter, now: Timestamp) -> Result<u64> {
        let (store, filter) = (self.clone(), filter.clone());
        to_the_end(async move {
            let cancelled = persistently!(retranslate::cancel(&store, &filter, now))?;
            store.changes.anything();
            Ok(cancelled)
        })
        .await
    }

    async fn claim(&self, filter: &ClaimFilter, lease: SignedDuration, now: Timestamp) -> Result<Option<Job>> {
        persistently!(claims::claim(self, filter, lease, now))
    }

    async fn renew(&self, job: &Job, lease: SignedDuration, now: Timestamp) -> Result<bool> {
        persistently!(claims::renew(self, job, lease, now))
    }

    async fn finish(&self, job: &Job, rendition: &Rendition, now: Timestamp) -> Result<Completion> {
        let (store, job, rendition) = (self.clone(), job.clone(), rendition.clone());
        to_the_end(async move {
            let finished = persistently!(versions::finish(&store, &job, &rendition, now))?;
            match finished {
                Completion::Stored(_) => store.changes.changed(&job.incident),
                Completion::Superseded(_) => store.changes.requested(&job.incident),
                Completion::Fenced => {}
            }
            Ok(finished)
        })
        .await
    }

    async fn fail(&self, job: &Job, failure: &Failure, now: Timestamp) -> Result<bool> {
        let (store, job, failure) = (self.clone(), job.clone(), failure.clone());
        to_the_end(async move {
            let held = persistently!(claims::fail(&store, &job, &failure, now))?;
            // Workers learn of the row's next attempt when they look for what is due.
            store.changes.changed(&job.incident);
            Ok(held)
        })
        .await
    }

    async fn purchases(&self, job: &Job) -> Result<BTreeMap<String, u32>> {
        persistently!(claims::purchases(self, job))
    }

    async fn record_purchases(&self, job: &Job, purchases: &BTreeMap<String, u32>) -> Result<bool> {
        persistently!(claims::record_purchases(self, job, purchases))
    }

    async fn release(&self, job: &Job, _now: Timestamp) -> Result<bool> {
        let (store, job) = (self.clone(), job.clone());
        to_the_end(async move {
            let held = persistently!(claims::release(&store, &job))?;
            store.changes.requested(&job.incident);
            Ok(held)
        })
        .await
    }

    async fn next_due(&self, filter: &ClaimFilter) -> Result<Option<Timestamp>> {
        persistently!(claims::next_due(self, filter))
    }

    async fn failing(&self, limit: u32, now: Timestamp) -> Result<Vec<Translation>> {
        persistently!(listing::failing(self, limit, now))
    }

    async fn backlog(&self, now: Timestamp) -> Result<Backlog> {
        persistently!(listing::backlog(self, now))
    }

    async fn waits_beyond(&self, rows: u32) -> Result<bool> {
        persistently!(listing::waits_beyond(self, rows))
    }

    async fn recall(&self, locale: &Locale, keys: &[String], contexts: &[String]) -> Result<Vec<MemoryEntry>> {
        persistently!(memory::recall(self, locale, keys, contexts))
    }

    async fn remember(&self, entries: &[MemoryEntry], replace: bool) -> Result<Vec<Remembered>> {
        persistently!(memory::remember(self, entries, replace))
    }

    async fn list_memory(
        &self,
        locales: &[Locale],
        after: Option<&MemoryEntry>,
        limit: u32,
    ) -> Result<Vec<MemoryEntry>> {
        persistently!(memory::list(self, locales, after, limit))
    }

    async fn book_usage(&self, charge: &UsageCharge, allowance: Allowance) -> Result<Booked> {
        // Where the answer was lost it is booked twice: the budget is then spent sooner, not passed.
        persistently!(usage::book(self, charge, allowance))
    }

    async fn correct_usage(&self, charge: &UsageCharge, billed: u64) -> Result<()> {
        usage::correct(self, charge, billed).await
    }

    async fn usage(&self, since: Date) -> Result<Vec<DailyUsage>> {
        persistently!(usage::list(self, since))
    }

    async fn idempotent_answer(&self, key: &str) -> Result<Option<(String, String)>> {
        persistently!(memory::idempotent_answer(self, key))
    }

    async fn claim_key(&self, key: &str, request_hash: &str, now: Timestamp) -> Result<(String, String)> {
        persistently!(memory::claim_key(self, key, request_hash, now))
    }

    async fn settle_key(&self, key: &str, answer: &str) -> Result<()> {
        persistently!(memory::settle_key(self, key, answer))
    }

    async fn add_token(&self, token: &Token) -> Result<bool> {
        // Not made again: where the answer was lost, a second try would find the name taken by itself.
        tokens::add(self, token).await
    }

    async fn tokens(&self) -> Result<Vec<Token>> {
        persistently!(tokens::list(self))
    }

    async fn revoke_token(&self, name: &str, now: Timestamp) -> Result<bool> {
        tokens::revoke(self, name, now).await
    }

    async fn archive(&self, position: &Position) -> Result<Option<Page>> {
        persistently!(archive::read(self, position))
    }

    async fn restore(&self, chunk: &Chunk) -> Result<Vec<Restored>> {
        let (store, chunk) = (self.clone(), chunk.clone());
        to_the_end(async move {
            let restored = persistently!(archive::add(&store, &chunk))?;
            store.changes.anything();
            Ok(restored)
        })
        .await
    }

    async fn pending_migrations(&self) -> Result<Vec<String>> {
        persistently!(maintenance::pending_migrations(self))
    }

    async fn check(&self) -> Result<()> {
        persistently!(maintenance::check(self))
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.database.clock()
    }

    fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.listen()
    }

    async fn close(&self) {
        self.database.close().await;
    }
}
