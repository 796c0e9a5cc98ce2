//! Who wants to know that something moved: every write of a store comes in, whoever listens gets to know, so that
//! workers start at once and kept answers are made anew. A change may be told twice or too broadly, never too late by
//! more than the store's polling; nobody's correctness rests on it.

use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

use polypost_core::id::IncidentId;

/// Something that moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// `None` where it may have been any.
    pub incident: Option<IncidentId>,
    /// Whether there may be a row to claim that was not there before.
    pub work: bool,
}

/// Where a store tells its changes.
#[derive(Debug)]
pub(super) struct Changes {
    everyone: broadcast::Sender<Change>,
    /// Those that this process made, for who passes them on to others.
    others: broadcast::Sender<Change>,
    /// How often there was new work.
    work: AtomicU64,
}

/// A listener that is further behind than this is told so, and has to take it that anything may have moved.
const KEPT: usize = 1024;

impl Changes {
    pub(super) fn new() -> Self {
        Self { everyone: broadcast::Sender::new(KEPT), others: broadcast::Sender::new(KEPT), work: AtomicU64::new(0) }
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Change> {
        self.everyone.subscribe()
    }

    /// Only what this process changes.
    pub(super) fn listen_for_others(&self) -> broadcast::Receiver<Change> {
        self.others.subscribe()
    }

    /// Another number than before where there may be work that was not there before.
    pub(super) fn work_seen(&self) -> u64 {
        self.work.load(Ordering::Acquire)
    }

    /// A new wish: readers see it, and workers have something to do.
    pub(super) fn wanted(&self, incident: &IncidentId) {
        self.tell(Change { incident: Some(incident.clone()), work: true });
    }

    /// Readers see something else.
    pub(super) fn moved(&self, incident: &IncidentId) {
        self.tell(Change { incident: Some(incident.clone()), work: false });
    }

    /// Anything may have moved.
    pub(super) fn anything(&self) {
        self.tell(Change::ANYTHING);
    }

    fn tell(&self, change: Change) {
        // Where nobody listens, nobody needs to know.
        let _ = self.others.send(change.clone());
        self.hear(change);
    }

    /// What another process changed.
    pub(super) fn hear(&self, change: Change) {
        if change.work {
            self.work.fetch_add(1, Ordering::AcqRel);
        }
        let _ = self.everyone.send(change);
    }
}

impl Change {
    /// Anything may have moved.
    pub(super) const ANYTHING: Self = Self { incident: None, work: true };
}
