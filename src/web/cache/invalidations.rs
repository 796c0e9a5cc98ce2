//! Which changes of the store make which answers outdated. There is no task beside the requests: whoever asks first
//! reads the changes announced since the last question, so that no answer is given that an announced change has
//! outdated.
//!
//! Changes are numbered. For an incident only the number of its last change is remembered, in a table of fixed size:
//! incidents that share a row of the table are taken to have changed together, which costs loads and is never wrong.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

use polypost_core::id::IncidentId;
use polypost_store::Change;

/// Rows of the table; 64 KiB of memory.
const ROWS: usize = 4096;

/// The number of the last change that was known when something was loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::web) struct Generation(u64);

/// What an answer depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// The configuration alone: no change outdates it.
    Static,
    /// All incidents.
    Lists,
    /// One incident: its row of the table.
    Incident(usize),
}

impl Topic {
    pub(super) fn of(id: &IncidentId) -> Self {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let row = hasher.finish() % u64::try_from(ROWS).unwrap_or(1);
        Self::Incident(usize::try_from(row).unwrap_or(0))
    }
}

/// The last changes of a topic.
#[derive(Clone, Copy, Debug, Default)]
struct LastChanges {
    /// What was loaded before this is outdated.
    changed: u64,
    /// What was loaded before this is not served any more, even where the store fails.
    withdrawn: u64,
}

#[derive(Debug)]
struct State {
    changes: Receiver<Change>,
    count: u64,
    everything: u64,
    lists: LastChanges,
    incidents: Vec<LastChanges>,
}

/// The store's changes, by what they outdate.
#[derive(Debug)]
pub(super) struct Invalidations(Mutex<State>);

impl Invalidations {
    pub(super) fn new(changes: Receiver<Change>) -> Self {
        let lists = LastChanges::default();
        Self(Mutex::new(State { changes, count: 0, everything: 0, lists, incidents: vec![lists; ROWS] }))
    }

    /// The present generation, for something about to be loaded.
    pub(super) fn generation(&self) -> Generation {
        Generation(self.up_to_date(|state| state.count))
    }

    /// Whether nothing has changed since.
    pub(super) fn is_current(&self, topic: Topic, generation: Generation) -> bool {
        self.up_to_date(|state| match topic {
            Topic::Static => true,
            topic => generation.0 >= state.last(topic).changed.max(state.everything),
        })
    }

    /// Whether something loaded then may be served although it is outdated, where the store fails.
    pub(super) fn is_servable_stale(&self, topic: Topic, generation: Generation) -> bool {
        self.up_to_date(|state| generation.0 >= state.last(topic).withdrawn)
    }

    /// The incident is withdrawn: what has been loaded of it, and every list, is not served any more.
    pub(super) fn forget(&self, id: &IncidentId) {
        self.up_to_date(|state| {
            state.count += 1;
            let last = LastChanges { changed: state.count, withdrawn: state.count };
            state.lists = last;
            if let Topic::Incident(row) = Topic::of(id)
                && let Some(row) = state.incidents.get_mut(row)
            {
                *row = last;
            }
        });
    }

    /// Reads the changes announced by now, then answers.
    fn up_to_date<T>(&self, answer: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.receive();
        answer(&mut state)
    }
}

impl State {
    fn receive(&mut self) {
        loop {
            match self.changes.try_recv() {
                Ok(Change { incident, .. }) => self.record(incident.as_ref()),
                // More changes than the channel holds: any incident may have changed.
                Err(TryRecvError::Lagged(_)) => self.record(None),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    fn record(&mut self, incident: Option<&IncidentId>) {
        self.count += 1;
        self.lists.changed = self.count;
        match incident.map(Topic::of) {
            Some(Topic::Incident(row)) => {
                if let Some(row) = self.incidents.get_mut(row) {
                    row.changed = self.count;
                }
            }
            _ => self.everything = self.count,
        }
    }

    fn last(&self, topic: Topic) -> LastChanges {
        match topic {
            Topic::Static => LastChanges::default(),
            Topic::Lists => self.lists,
            // Every row that a topic names is in the table.
            Topic::Incident(row) => self.incidents.get(row).copied().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::broadcast::Sender;

    use super::*;

    fn invalidations() -> (Sender<Change>, Invalidations) {
        let (sender, receiver) = tokio::sync::broadcast::channel(4);
        (sender, Invalidations::new(receiver))
    }

    fn change(id: Option<&str>) -> Change {
        Change { incident: id.map(|id| id.parse().unwrap()), work: false }
    }

    fn topic(id: &str) -> Topic {
        Topic::of(&id.parse().unwrap())
    }

    #[test]
    fn a_change_outdates_its_incident_and_the_lists() {
        let (sender, invalidations) = invalidations();
        let before = invalidations.generation();
        assert!(invalidations.is_current(topic("a"), before) && invalidations.is_current(Topic::Lists, before));
        sender.send(change(Some("a"))).unwrap();
        assert!(!invalidations.is_current(topic("a"), before) && !invalidations.is_current(Topic::Lists, before));
        assert!(invalidations.is_current(topic("b"), before) && invalidations.is_current(Topic::Static, before));
        assert!(invalidations.is_current(topic("a"), invalidations.generation()));
        assert!(invalidations.is_servable_stale(topic("a"), before), "the old text is better than none");
    }

    #[test]
    fn unnamed_and_missed_changes_outdate_everything() {
        let (sender, invalidations) = invalidations();
        let before = invalidations.generation();
        sender.send(change(None)).unwrap();
        assert!(!invalidations.is_current(topic("a"), before) && !invalidations.is_current(topic("b"), before));
        let before = invalidations.generation();
        for _ in 0..10 {
            sender.send(change(Some("a"))).unwrap();
        }
        assert!(!invalidations.is_current(topic("b"), before), "more changes than the channel holds");
        let before = invalidations.generation();
        drop(sender);
        assert!(invalidations.is_current(topic("a"), before));
    }

    #[test]
    fn a_withdrawn_incident_is_not_served_stale() {
        let (_sender, invalidations) = invalidations();
        let before = invalidations.generation();
        invalidations.forget(&"a".parse().unwrap());
        assert!(!invalidations.is_current(topic("a"), before));
        assert!(
            !invalidations.is_servable_stale(topic("a"), before)
                && !invalidations.is_servable_stale(Topic::Lists, before)
        );
        assert!(invalidations.is_servable_stale(topic("b"), before) && invalidations.is_current(topic("b"), before));
        assert!(invalidations.is_servable_stale(topic("a"), invalidations.generation()));
    }
}
