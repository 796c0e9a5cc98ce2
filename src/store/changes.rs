//! Who wants to know that something moved: every write of a store comes in, whoever listens gets to know, so that
//! workers start at once and kept answers are made anew. A change may be told twice or too broadly, never too late by
//! more than the store's polling; nobody's correctness rests on it.

use tokio::sync::broadcast;

use crate::id::IncidentId;

/// Something that moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// `None` where it may have been any.
    pub incident: Option<IncidentId>,
    /// Whether there may be a row to claim that was not there before.
    pub work: bool,
}

/// Where a store tells its changes.
#[derive(Debug)]
pub(super) struct Changes(broadcast::Sender<Change>);

/// A listener that is further behind than this is told so, and has to take it that anything may have moved.
const KEPT: usize = 1024;

impl Changes {
    pub(super) fn new() -> Self {
        Self(broadcast::Sender::new(KEPT))
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Change> {
        self.0.subscribe()
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
        self.tell(Change { incident: None, work: true });
    }

    /// Where nobody listens, nobody needs to know.
    fn tell(&self, change: Change) {
        let _ = self.0.send(change);
    }
}
