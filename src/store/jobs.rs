//! Jobs: rows that a worker has claimed under a lease, and how their attempts end. Who lost the lease changes nothing.

use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use crate::{Failure, Result};
use polypost_core::document::Report;
use polypost_core::id::{IncidentId, LeaseToken, Revision, VersionNumber};
use polypost_core::locale::Locale;
use polypost_core::render::Rendition;

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
    /// Those of them that had texts of engines, none of which could be published.
    pub attempts_without_pass: u32,
    /// When it was requested: what was made since then was made for it.
    pub requested_at: Timestamp,
    /// The engine an operator requested, instead of the route.
    pub engine: Option<String>,
    /// Whether human text is to be replaced as well (`retranslate --force`).
    pub force: bool,
    /// Whether it is the text of an incident that is open.
    pub is_urgent: bool,
    /// Whether the revision is translated already, so that a new text is wanted and not the remembered one.
    pub again: bool,
}

impl Job {
    /// What a worker would get of a revision that was never translated; it has no lease.
    #[must_use]
    pub fn unclaimed(report: Report, revision: Revision, locale: Locale) -> Self {
        Self {
            incident: report.id.clone(),
            locale,
            revision,
            report,
            lease: LeaseToken(String::new()),
            attempts: 0,
            attempts_without_pass: 0,
            // Nothing was made for it yet.
            requested_at: Timestamp::MAX,
            engine: None,
            force: false,
            is_urgent: false,
            again: false,
        }
    }
}

/// An attempt that failed: why, and what follows from that.
#[derive(Clone, Debug)]
pub struct FailedAttempt {
    pub failure: Failure,
    pub next_attempt_at: Timestamp,
    /// Whether there were texts of engines, none of which could be published.
    pub nothing_passed_checks: bool,
    /// Whether there is to be no other attempt until somebody asks for one: the row is held.
    pub is_last: bool,
}

impl FailedAttempt {
    /// One after which another attempt is made.
    #[must_use]
    pub fn new(failure: impl Into<Failure>, next_attempt_at: Timestamp) -> Self {
        Self { failure: failure.into(), next_attempt_at, nothing_passed_checks: false, is_last: false }
    }
}

/// Which rows a worker takes.
#[derive(Clone, Debug, Default)]
pub struct ClaimFilter {
    /// Only these incidents; empty means any.
    pub incidents: Vec<IncidentId>,
    /// Only texts of open incidents.
    pub only_urgent: bool,
}

/// What became of a finished job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completion {
    Stored(VersionNumber),
    /// Stored, and meanwhile something newer is wanted: the row waits again.
    Superseded(VersionNumber),
    /// The lease is no longer held: nothing was written.
    Fenced,
}

/// Hands out work and takes its results.
#[async_trait]
pub trait Jobs: Send + Sync {
    /// Takes at most one waiting row under a lease: of open incidents before those of settled ones, both before what
    /// was asked for again, and the newest first.
    async fn claim(&self, filter: &ClaimFilter, lease: SignedDuration, now: Timestamp) -> Result<Option<Job>>;

    /// Prolongs a lease, even one that ran out and that no other worker took; `false` where it is no longer held.
    async fn renew(&self, job: &Job, lease: SignedDuration, now: Timestamp) -> Result<bool>;

    /// Stores the version and moves the row on, in one transaction, fenced by the lease's token. Readers get the new
    /// version unless they have one of a newer revision.
    async fn finish(&self, job: &Job, rendition: &Rendition, now: Timestamp) -> Result<Completion>;

    /// Records a failed attempt, unless something newer is wanted meanwhile, which then is tried at once; `false` where
    /// the lease is no longer held.
    async fn fail(&self, job: &Job, attempt: &FailedAttempt, now: Timestamp) -> Result<bool>;

    /// How often texts of the wanted revision were bought since it was requested, by a hash of the text.
    async fn purchases(&self, job: &Job) -> Result<BTreeMap<String, u32>>;

    /// Says how often they were bought by now, unless something newer was requested meanwhile; `false` where the lease
    /// is no longer held, or something newer was.
    async fn record_purchases(&self, job: &Job, purchases: &BTreeMap<String, u32>) -> Result<bool>;

    /// Gives a row back untouched (shutdown); `false` where the lease is no longer held.
    async fn release(&self, job: &Job, now: Timestamp) -> Result<bool>;

    /// When the earliest waiting row becomes due or the earliest lease runs out; `None` where nothing waits.
    async fn next_due(&self, filter: &ClaimFilter) -> Result<Option<Timestamp>>;
}
