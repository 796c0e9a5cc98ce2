//! What happened, as clients and logs tell it, and what the store holds in the end: the material of the checker.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A word of a text that tells which publication it comes from. Engines never see it: it stands in inline code.
pub(crate) type Marker = String;

/// Something a client did, with its times since the beginning.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) client: usize,
    /// The one that was asked.
    pub(crate) server: usize,
    pub(crate) invoked: Duration,
    pub(crate) ended: Duration,
    pub(crate) incident: String,
    pub(crate) what: What,
}

#[derive(Clone, Debug)]
pub(crate) enum What {
    Published {
        marker: Marker,
        revised_at: Option<i64>,
        answer: Answer,
    },
    Read {
        wanted: String,
        seen: Seen,
    },
    /// New versions of the same revision were asked for, and that was acknowledged.
    AskedAgain {
        locales: Vec<String>,
    },
}

/// What a publisher was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// `201`, `202`, or `200` for what was there already.
    Acknowledged { revision: u32 },
    /// `409`: something newer is there.
    OutOfOrder,
    /// Another status: nothing was stored, says the server.
    Refused(u16),
    /// No answer came: it may be stored or not.
    Unknown,
}

/// What a reader was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    Text(Shown),
    /// `404`: there is no such incident.
    Nothing,
    /// No answer, or one that says so: tells nothing about the store.
    NoAnswer(Option<u16>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The locale of the text.
    pub(crate) locale: String,
    /// The newest revision of the source.
    pub(crate) newest: u32,
    /// The revision that the text belongs to.
    pub(crate) revision: u32,
    /// `None` for the source text.
    pub(crate) version: Option<u32>,
    /// Whether the answer says of itself that there may be a newer one (`Cache-Status` with a time to live below zero):
    /// the server cannot ask the store.
    pub(crate) perhaps_obsolete: bool,
    pub(crate) markers: BTreeSet<Marker>,
}

/// What a worker wrote into its log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Logged {
    Stored {
        worker: String,
        incident: String,
        locale: String,
        version: u32,
    },
    /// The lease was lost, nothing was written.
    Fenced {
        worker: String,
        incident: String,
        locale: String,
    },
}

/// What happened.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    pub(crate) events: Vec<Event>,
    pub(crate) logged: Vec<Logged>,
}

/// What the store holds: by incident.
#[derive(Clone, Debug, Default)]
pub(crate) struct Snapshot(pub(crate) BTreeMap<String, Kept>);

#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) revision: u32,
    /// All markers of the newest source text.
    pub(crate) markers: BTreeSet<Marker>,
    /// By locale.
    pub(crate) rows: BTreeMap<String, Row>,
}

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) state: String,
    /// Version and revision that readers get.
    pub(crate) served: Option<(u32, u32)>,
    pub(crate) versions: Vec<Stored>,
}

#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) number: u32,
    pub(crate) revision: u32,
    /// Of the sources and of the targets of all segments; one without any counts as the empty marker.
    pub(crate) markers: BTreeSet<Marker>,
}

/// Writes down what clients do, from any number of tasks.
#[derive(Debug)]
pub(crate) struct Recorder {
    began: Instant,
    events: Mutex<Vec<Event>>,
}

impl Recorder {
    pub(crate) fn new() -> Self {
        Self { began: Instant::now(), events: Mutex::default() }
    }

    pub(crate) fn now(&self) -> Duration {
        self.began.elapsed()
    }

    /// A client's call of a server ended now that was invoked then.
    pub(crate) fn add(&self, (client, server): (usize, usize), invoked: Duration, incident: &str, what: What) {
        let event = Event { client, server, invoked, ended: self.now(), incident: incident.to_owned(), what };
        self.events.lock().unwrap_or_else(PoisonError::into_inner).push(event);
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl History {
    /// What publishers were told, in the order of the answers.
    pub(crate) fn publications(&self) -> impl Iterator<Item = (&Event, &Marker, Option<i64>, &Answer)> {
        self.events.iter().filter_map(|event| match &event.what {
            What::Published { marker, revised_at, answer } => Some((event, marker, *revised_at, answer)),
            _ => None,
        })
    }

    pub(crate) fn acknowledged(&self) -> usize {
        self.publications().filter(|(.., answer)| matches!(answer, Answer::Acknowledged { .. })).count()
    }

    /// How many reads were answered with a text, and how many were not.
    pub(crate) fn reads(&self) -> (usize, usize) {
        let seen = |wanted: fn(&Seen) -> bool| {
            self.events.iter().filter(|event| matches!(&event.what, What::Read { seen, .. } if wanted(seen))).count()
        };
        (seen(|seen| matches!(seen, Seen::Text(_))), seen(|seen| matches!(seen, Seen::NoAnswer(_))))
    }

    /// Reads whose answer said that it may be obsolete.
    pub(crate) fn doubtful_reads(&self) -> usize {
        let doubtful = |event: &&Event| matches!(&event.what, What::Read { seen: Seen::Text(shown), .. } if shown.perhaps_obsolete);
        self.events.iter().filter(doubtful).count()
    }

    pub(crate) fn fenced(&self) -> usize {
        self.logged.iter().filter(|logged| matches!(logged, Logged::Fenced { .. })).count()
    }
}
