//! What goes into a store and comes out of it.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use polypost_core::document::{Report, Times};
use polypost_core::id::{IncidentId, LeaseToken, Naming, Revision, VersionNumber};
use polypost_core::locale::Locale;
use polypost_core::render::Rendition;

/// A report to be stored, with its source text already rendered and the locales to be translated into.
#[derive(Clone, Debug)]
pub struct Publication {
    pub report: Report,
    pub naming: Naming,
    pub source: Rendition,
    pub locales: Vec<Locale>,
}

/// What became of a publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Published {
    Created,
    /// The same text again: nothing was done (but locales asked for the first time were added).
    Unchanged(Revision),
    /// A new text, or a withdrawn incident published again (then under its old number if its text is the same).
    Revised(Revision),
    /// The publisher's newest `revised_at` is later than this one's: nothing was changed, whatever the text.
    OutOfOrder {
        stored: Revision,
        stored_revised_at: Timestamp,
    },
    /// The id belongs to another incident, whose title this is (see [`Naming`]): nothing was changed.
    Taken {
        title: String,
    },
}

/// A request to publish that is answered once, however often it arrives.
#[derive(Clone)]
pub struct Once {
    pub key: String,
    /// Hash of what was sent: something else under the same key is a mistake.
    pub request_hash: String,
    /// Writes the answer that is kept.
    pub answer: Arc<dyn Fn(&Published) -> String + Send + Sync>,
}

impl fmt::Debug for Once {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Once").field("key", &self.key).finish_non_exhaustive()
    }
}

/// What became of a publication that is answered once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublishedOnce {
    Now(Published),
    /// There is an answer under the key already; nothing was done.
    Before {
        request_hash: String,
        answer: String,
    },
}

/// An incident with its newest revision.
#[derive(Clone, Debug)]
pub struct Incident {
    pub report: Report,
    pub revision: Revision,
    /// The newest revision's source text, rendered.
    pub source: Rendition,
    pub times: Times,
    pub withdrawn_at: Option<Timestamp>,
}

/// The state of an (incident, locale), as INTERFACE section 1 defines it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Pending,
    Translating,
    Current,
    Stale,
    Partial,
    Failed,
    Held,
}

/// One (incident, locale): what is wanted, what is done, and how it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Translation {
    pub incident: IncidentId,
    pub locale: Locale,
    pub state: State,
    pub wanted_revision: Revision,
    /// The version that readers get and the revision it translates.
    pub served: Option<(VersionNumber, Revision)>,
    /// That version's title, so that lists need not read the version.
    pub title: Option<String>,
    /// Failed attempts since the last success or the last request.
    pub attempts: u32,
    /// Why the last attempt failed.
    pub reason: Option<String>,
    /// When it is tried (again): for a row under a lease, when the lease runs out. `None` where nothing is to be done;
    /// a row that is `current` and has one awaits a further version.
    pub next_attempt_at: Option<Timestamp>,
    pub updated_at: Timestamp,
}

/// One stored translation, immutable.
#[derive(Clone, Debug)]
pub struct Version {
    pub number: VersionNumber,
    pub revision: Revision,
    pub created_at: Timestamp,
    pub rendition: Rendition,
}

/// A version without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionSummary {
    pub number: VersionNumber,
    pub revision: Revision,
    pub created_at: Timestamp,
    pub title: String,
    /// Those whose text is in it.
    pub engines: Vec<String>,
    pub is_partial: bool,
}

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
    /// When it was asked for: what was made since then was made for it.
    pub requested_at: Timestamp,
    /// The engine an operator asked for, instead of the route.
    pub engine: Option<String>,
    /// Whether human text is to be replaced as well (`retranslate --force`).
    pub force: bool,
    /// Whether it is the text of an incident that is open.
    pub is_urgent: bool,
    /// Whether the revision is translated already, so that a new text is wanted and not the remembered one.
    pub again: bool,
}

impl Job {
    /// What a worker would get of a revision that was never translated; nobody holds its lease.
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

/// Why an attempt failed, and what follows from that.
#[derive(Clone, Debug)]
pub struct Failure {
    pub reason: String,
    pub next_attempt_at: Timestamp,
    /// Whether there were texts of engines, none of which could be published.
    pub nothing_passed_checks: bool,
    /// Whether there is to be no other attempt until somebody asks for one: the row is held.
    pub is_last: bool,
}

impl Failure {
    /// One after which another attempt is made.
    #[must_use]
    pub fn new(reason: impl Into<String>, next_attempt_at: Timestamp) -> Self {
        Self { reason: reason.into(), next_attempt_at, nothing_passed_checks: false, is_last: false }
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

/// An entry of the translation memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryEntry {
    /// Hash of everything that decides whether the text may be reused; made by the pipeline.
    pub key: String,
    /// Hash of the neighbours that the text was made between; `None` for the text that is used everywhere else.
    pub context: Option<String>,
    pub source_locale: Locale,
    pub locale: Locale,
    /// Source and target with placeholders in the bracketed spelling.
    pub source: String,
    pub target: String,
    /// What stands behind each placeholder of the source, in its order.
    pub kinds: Vec<String>,
    /// The engine that made it; `None` for a human's.
    pub engine: Option<String>,
    /// The engine's model or version at that time: told, not part of the key.
    pub model: Option<String>,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
}

/// What became of an entry that was to be remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remembered {
    Added,
    /// The same text was there.
    Known,
    /// Another text was there, and stays.
    Kept,
    /// Another text was there, and went.
    Replaced,
}

/// Which incidents a list shows: those with a locale for which everything given holds.
#[derive(Clone, Debug, Default)]
pub struct ListFilter {
    pub state: Option<State>,
    pub locale: Option<Locale>,
    /// At most this many; the caller bounds it.
    pub limit: u32,
    pub page: ListPage,
}

/// An incident's place in the list, by `published_at`: the newest is first.
pub type ListPosition = (Timestamp, IncidentId);

/// Which incidents of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum ListPage {
    #[default]
    First,
    /// Those behind this one.
    After(ListPosition),
    /// Those before this one that are nearest to it.
    Before(ListPosition),
}

/// An incident as lists show it, without its texts, with the state of its locales.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub id: IncidentId,
    pub url: Option<String>,
    /// In the source locale.
    pub title: String,
    pub status: Option<String>,
    pub impact: Option<String>,
    pub components: Vec<String>,
    pub source_locale: Locale,
    pub revision: Revision,
    #[serde(flatten)]
    pub times: Times,
    /// When its row in the store was last changed.
    #[serde(skip)]
    pub changed_at: Timestamp,
    /// The first of the revisions that have this title.
    #[serde(skip)]
    pub title_since: Revision,
    /// All locales of the incident, in the order of their tags.
    pub translations: Vec<Translation>,
}

/// Numbers for `polypost status`, of incidents that are not withdrawn. A row whose newest revision is translated and
/// that awaits a further version counts twice: as waiting or running, and as current or partial.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Backlog {
    /// Rows with something to do that nobody works on and that are not `failed`.
    pub waiting: u64,
    /// Rows under a lease.
    pub running: u64,
    /// Rows in the state `failed`.
    pub failed: u64,
    /// Rows whose newest revision is translated, and of which a further version was asked for and failed.
    pub failing: u64,
    /// Rows in the state `held`.
    pub held: u64,
    pub partial: u64,
    pub current: u64,
    /// Incidents whose source text gave cause to remark.
    pub remarked: u64,
    /// When the oldest request that is not done yet was made.
    pub oldest_waiting_since: Option<Timestamp>,
}

impl Backlog {
    /// The rows, by the name of what is done or has been done with them.
    #[must_use]
    pub fn counts(&self) -> [(&'static str, u64); 6] {
        [
            ("waiting", self.waiting),
            ("running", self.running),
            ("failed", self.failed),
            ("held", self.held),
            ("partial", self.partial),
            ("current", self.current),
        ]
    }
}

/// What an engine was billed for a target locale on a day of UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DailyUsage {
    pub engine: String,
    pub locale: Locale,
    pub day: Date,
    pub calls: u64,
    /// In the engine's own unit: characters for most, tokens for language models.
    pub units: u64,
    /// Calls that were not made, since the allowance did not cover them.
    pub refused: u64,
}

/// A call to book, or one that is booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageCharge {
    pub engine: String,
    pub locale: Locale,
    /// Of UTC.
    pub day: Date,
    /// In the engine's own unit.
    pub units: u64,
}

/// What may be booked for an engine at most; `None`: no bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowance {
    pub day: Option<u64>,
    pub month: Option<u64>,
}

/// What became of a call that was to be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Booked {
    Done,
    /// Nothing was booked: it would pass the day's allowance, or the month's.
    PastDay,
    PastMonth,
}

/// Which rows `retranslate` asks for.
#[derive(Clone, Debug, Default)]
pub struct RetranslateFilter {
    /// Only these incidents; empty means all.
    pub incidents: Vec<IncidentId>,
    /// Only these locales; empty means all.
    pub locales: Vec<Locale>,
    /// Only rows in this state.
    pub state: Option<State>,
    /// Locales in which those incidents are wanted as well that were published before these were.
    pub missing: Vec<Locale>,
}

/// What an operator wants of a new translation.
#[derive(Clone, Debug, Default)]
pub struct RetranslateOptions {
    pub engine: Option<String>,
    pub force: bool,
}
