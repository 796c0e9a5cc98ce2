//! The store in one SQLite file: calls of the [`Store`] trait come in, rows become the house's types, times become
//! microseconds.
//!
//! One connection writes and a few read. Processes share the file: whatever reads before it writes does so under
//! `begin immediate`. Nothing is answered as done before it is on the disk (`synchronous = full`).

mod claims;
mod connect;
mod listing;
mod memory;
mod publish;
mod rows;
mod upkeep;
mod versions;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use sqlx::SqlitePool;
use tokio::sync::broadcast;
use tokio_util::sync::DropGuard;

use self::connect::StoreFile;
use super::changes::{Change, Changes};
use super::{
    Backlog, ClaimFilter, Finished, Incident, Job, ListFilter, MemoryEntry, Publication, Published, Remembered, Result,
    RetranslateFilter, RetranslateOptions, Store, Summary, Translation, Version,
};
use crate::id::{IncidentId, VersionNumber};
use crate::locale::Locale;
use crate::render::Rendition;

/// One open SQLite store; see [`super::open`].
#[derive(Debug)]
pub struct Sqlite {
    /// A single connection, so that this process' writers queue in order instead of spinning on the file's lock.
    writer: SqlitePool,
    readers: SqlitePool,
    /// `None` for a store in memory.
    file: Option<StoreFile>,
    changes: Arc<Changes>,
    /// Ends the watch over what other processes write.
    _watch: DropGuard,
}

#[async_trait]
impl Store for Sqlite {
    async fn publish(&self, publication: &Publication, now: Timestamp) -> Result<Published> {
        let published = publish::publish(self, publication, now).await?;
        self.changes.wanted(&publication.report.id);
        Ok(published)
    }

    async fn withdraw(&self, id: &IncidentId, now: Timestamp) -> Result<bool> {
        let withdrawn = publish::withdraw(self, id, now).await?;
        self.changes.moved(id);
        Ok(withdrawn)
    }

    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>> {
        publish::read_incident(self, id).await
    }

    async fn list(&self, filter: &ListFilter, now: Timestamp) -> Result<Vec<Summary>> {
        listing::list(self, filter, now).await
    }

    async fn translation(&self, id: &IncidentId, locale: &Locale, now: Timestamp) -> Result<Option<Translation>> {
        listing::translation(self, id, locale, now).await
    }

    async fn translations(&self, id: &IncidentId, now: Timestamp) -> Result<Vec<Translation>> {
        listing::translations(self, id, now).await
    }

    async fn served(&self, id: &IncidentId, locale: &Locale) -> Result<Option<Version>> {
        versions::served(self, id, locale).await
    }

    async fn version(&self, id: &IncidentId, locale: &Locale, number: VersionNumber) -> Result<Option<Version>> {
        versions::version(self, id, locale, number).await
    }

    async fn history(&self, id: &IncidentId, locale: &Locale) -> Result<Vec<Version>> {
        versions::history(self, id, locale).await
    }

    async fn serve_version(
        &self,
        id: &IncidentId,
        locale: &Locale,
        number: VersionNumber,
        now: Timestamp,
    ) -> Result<bool> {
        let served = versions::serve_version(self, id, locale, number, now).await?;
        self.changes.moved(id);
        Ok(served)
    }

    async fn matching(&self, filter: &RetranslateFilter, now: Timestamp) -> Result<Vec<Translation>> {
        listing::matching(self, filter, now).await
    }

    async fn retranslate(
        &self,
        filter: &RetranslateFilter,
        options: &RetranslateOptions,
        now: Timestamp,
    ) -> Result<u64> {
        let asked = listing::retranslate(self, filter, options, now).await?;
        self.changes.anything();
        Ok(asked)
    }

    async fn claim(&self, filter: &ClaimFilter, lease: SignedDuration, now: Timestamp) -> Result<Option<Job>> {
        claims::claim(self, filter, lease, now).await
    }

    async fn renew(&self, job: &Job, lease: SignedDuration, now: Timestamp) -> Result<bool> {
        claims::renew(self, job, lease, now).await
    }

    async fn finish(&self, job: &Job, rendition: &Rendition, now: Timestamp) -> Result<Finished> {
        let finished = versions::finish(self, job, rendition, now).await?;
        match finished {
            Finished::Stored(_) => self.changes.moved(&job.incident),
            Finished::Superseded(_) => self.changes.wanted(&job.incident),
            Finished::Fenced => {}
        }
        Ok(finished)
    }

    async fn fail(&self, job: &Job, reason: &str, next_attempt_at: Timestamp, now: Timestamp) -> Result<bool> {
        let held = claims::fail(self, job, reason, next_attempt_at, now).await?;
        // Workers learn of the row's next attempt when they look for what is due.
        self.changes.moved(&job.incident);
        Ok(held)
    }

    async fn release(&self, job: &Job, _now: Timestamp) -> Result<bool> {
        let held = claims::release(self, job).await?;
        self.changes.wanted(&job.incident);
        Ok(held)
    }

    async fn next_due(&self, filter: &ClaimFilter) -> Result<Option<Timestamp>> {
        claims::next_due(self, filter).await
    }

    async fn backlog(&self, now: Timestamp) -> Result<Backlog> {
        listing::backlog(self, now).await
    }

    async fn recall(&self, locale: &Locale, keys: &[String], contexts: &[String]) -> Result<Vec<MemoryEntry>> {
        memory::recall(self, locale, keys, contexts).await
    }

    async fn remember(&self, entries: &[MemoryEntry], replace: bool) -> Result<Vec<Remembered>> {
        memory::remember(self, entries, replace).await
    }

    async fn list_memory(
        &self,
        locales: &[Locale],
        after: Option<&MemoryEntry>,
        limit: u32,
    ) -> Result<Vec<MemoryEntry>> {
        memory::list(self, locales, after, limit).await
    }

    async fn idempotent_answer(&self, key: &str) -> Result<Option<(String, String)>> {
        memory::idempotent_answer(self, key).await
    }

    async fn keep_idempotent_answer(&self, key: &str, request_hash: &str, answer: &str, now: Timestamp) -> Result<()> {
        memory::keep_idempotent_answer(self, key, request_hash, answer, now).await
    }

    async fn pending_migrations(&self) -> Result<Vec<String>> {
        upkeep::pending_migrations(self).await
    }

    async fn check(&self) -> Result<()> {
        upkeep::check(self).await
    }

    fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.listen()
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}
