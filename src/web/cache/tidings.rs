//! What has moved: the store's changes come in, whether something that was made at a certain moment still holds goes
//! out. Nothing runs beside the questions: whoever asks first takes in all that the store has told, so that no change
//! is told and not yet known.
//!
//! Changes are counted. Of each incident it is only remembered which change was its last, in a table of fixed size:
//! incidents that share a line of the table are taken to have moved together, which costs some work and is never wrong.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

use polypost_core::id::IncidentId;
use polypost_store::Change;

/// Lines of the table; 64 KiB of memory.
const LINES: usize = 4096;

/// The number of the last change that was known at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::web) struct Stamp(u64);

/// What an answer is about, and so what makes it obsolete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// The configuration alone.
    House,
    /// All incidents.
    Lists,
    /// One incident: its line of the table.
    Incident(usize),
}

impl Topic {
    pub(super) fn of(id: &IncidentId) -> Self {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let line = hasher.finish() % u64::try_from(LINES).unwrap_or(1);
        Self::Incident(usize::try_from(line).unwrap_or_default())
    }
}

/// The changes that count for a topic.
#[derive(Clone, Copy, Debug, Default)]
struct Last {
    moved: u64,
    /// What was made before this is not shown again, even where the store fails.
    forgotten: u64,
}

#[derive(Debug)]
struct Known {
    changes: Receiver<Change>,
    count: u64,
    everything: u64,
    lists: Last,
    incidents: Vec<Last>,
}

/// Everything that the store has told.
#[derive(Debug)]
pub(super) struct Tidings(Mutex<Known>);

impl Tidings {
    pub(super) fn new(changes: Receiver<Change>) -> Self {
        let lists = Last::default();
        Self(Mutex::new(Known { changes, count: 0, everything: 0, lists, incidents: vec![lists; LINES] }))
    }

    /// The present moment, for something about to be made.
    pub(super) fn stamp(&self) -> Stamp {
        Stamp(self.known(|known| known.count))
    }

    /// Whether nothing has moved since.
    pub(super) fn is_current(&self, topic: Topic, stamp: Stamp) -> bool {
        self.known(|known| match topic {
            Topic::House => true,
            topic => stamp.0 >= known.last(topic).moved.max(known.everything),
        })
    }

    /// Whether something made then may still be shown if nothing better can be had.
    pub(super) fn is_showable(&self, topic: Topic, stamp: Stamp) -> bool {
        self.known(|known| stamp.0 >= known.last(topic).forgotten)
    }

    /// What has been made about this incident, and every list, is never shown again.
    pub(super) fn forget(&self, id: &IncidentId) {
        self.known(|known| {
            known.count += 1;
            let last = Last { moved: known.count, forgotten: known.count };
            known.lists = last;
            if let Topic::Incident(line) = Topic::of(id)
                && let Some(line) = known.incidents.get_mut(line)
            {
                *line = last;
            }
        });
    }

    /// Takes in what has been told, and answers from it.
    fn known<T>(&self, answer: impl FnOnce(&mut Known) -> T) -> T {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.listen();
        answer(&mut known)
    }
}

impl Known {
    fn listen(&mut self) {
        loop {
            match self.changes.try_recv() {
                Ok(Change { incident, .. }) => self.moved(incident.as_ref()),
                // Too much happened to be told one by one.
                Err(TryRecvError::Lagged(_)) => self.moved(None),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    fn moved(&mut self, incident: Option<&IncidentId>) {
        self.count += 1;
        self.lists.moved = self.count;
        match incident.map(Topic::of) {
            Some(Topic::Incident(line)) => {
                if let Some(line) = self.incidents.get_mut(line) {
                    line.moved = self.count;
                }
            }
            _ => self.everything = self.count,
        }
    }

    fn last(&self, topic: Topic) -> Last {
        match topic {
            Topic::House => Last::default(),
            Topic::Lists => self.lists,
            Topic::Incident(line) => self.incidents.get(line).copied().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::broadcast::Sender;

    use super::*;

    fn house() -> (Sender<Change>, Tidings) {
        let (sender, receiver) = tokio::sync::broadcast::channel(4);
        (sender, Tidings::new(receiver))
    }

    fn change(id: Option<&str>) -> Change {
        Change { incident: id.map(|id| id.parse().unwrap()), work: false }
    }

    fn topic(id: &str) -> Topic {
        Topic::of(&id.parse().unwrap())
    }

    #[test]
    fn a_change_makes_its_incident_and_the_lists_obsolete() {
        let (sender, tidings) = house();
        let before = tidings.stamp();
        assert!(tidings.is_current(topic("a"), before) && tidings.is_current(Topic::Lists, before));
        sender.send(change(Some("a"))).unwrap();
        assert!(!tidings.is_current(topic("a"), before) && !tidings.is_current(Topic::Lists, before));
        assert!(tidings.is_current(topic("b"), before) && tidings.is_current(Topic::House, before));
        assert!(tidings.is_current(topic("a"), tidings.stamp()));
        assert!(tidings.is_showable(topic("a"), before), "the old text is better than none");
    }

    #[test]
    fn unnamed_and_unheard_changes_make_everything_obsolete() {
        let (sender, tidings) = house();
        let before = tidings.stamp();
        sender.send(change(None)).unwrap();
        assert!(!tidings.is_current(topic("a"), before) && !tidings.is_current(topic("b"), before));
        let before = tidings.stamp();
        for _ in 0..10 {
            sender.send(change(Some("a"))).unwrap();
        }
        assert!(!tidings.is_current(topic("b"), before), "more was told than is kept");
        let before = tidings.stamp();
        drop(sender);
        assert!(tidings.is_current(topic("a"), before));
    }

    #[test]
    fn what_is_forgotten_is_not_shown_again() {
        let (_sender, tidings) = house();
        let before = tidings.stamp();
        tidings.forget(&"a".parse().unwrap());
        assert!(!tidings.is_current(topic("a"), before));
        assert!(!tidings.is_showable(topic("a"), before) && !tidings.is_showable(Topic::Lists, before));
        assert!(tidings.is_showable(topic("b"), before) && tidings.is_current(topic("b"), before));
        assert!(tidings.is_showable(topic("a"), tidings.stamp()));
    }
}
