//! Broadcasts what a store writes, so that workers start at once and caches drop what is out of date. A change may be
//! reported twice or too broadly, and late by no more than the store's polling interval; correctness never relies on
//! it.

use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

use polypost_core::id::IncidentId;

/// Something that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The incident that was written; `None` where it may have been any.
    pub incident: Option<IncidentId>,
    /// Whether there may be a row to claim that was not there before.
    pub work: bool,
}

/// Where a store reports its changes.
#[derive(Debug)]
pub(super) struct Changes {
    everyone: broadcast::Sender<Change>,
    /// Those that this process made, to be forwarded to other processes.
    own: broadcast::Sender<Change>,
    /// How often there was new work.
    work: AtomicU64,
}

/// A listener that is further behind than this gets `Lagged`, and has to assume that anything may have changed.
const KEPT: usize = 1024;

impl Changes {
    pub(super) fn new() -> Self {
        Self { everyone: broadcast::Sender::new(KEPT), own: broadcast::Sender::new(KEPT), work: AtomicU64::new(0) }
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Change> {
        self.everyone.subscribe()
    }

    /// Only what this process changes.
    pub(super) fn listen_to_own(&self) -> broadcast::Receiver<Change> {
        self.own.subscribe()
    }

    /// Another number than before where there may be work that was not there before.
    pub(super) fn work_seen(&self) -> u64 {
        self.work.load(Ordering::Acquire)
    }

    /// A new request: readers see it, and workers have something to do.
    pub(super) fn requested(&self, incident: &IncidentId) {
        self.report(Change { incident: Some(incident.clone()), work: true });
    }

    /// Readers see something else.
    pub(super) fn changed(&self, incident: &IncidentId) {
        self.report(Change { incident: Some(incident.clone()), work: false });
    }

    /// Anything may have changed.
    pub(super) fn anything(&self) {
        self.report(Change::ANYTHING);
    }

    fn report(&self, change: Change) {
        // Without a listener sending fails, which does not matter.
        let _ = self.own.send(change.clone());
        self.receive(change);
    }

    /// What another process changed.
    pub(super) fn receive(&self, change: Change) {
        if change.work {
            self.work.fetch_add(1, Ordering::AcqRel);
        }
        let _ = self.everyone.send(change);
    }
}

impl Change {
    /// Anything may have changed.
    pub(super) const ANYTHING: Self = Self { incident: None, work: true };
}
