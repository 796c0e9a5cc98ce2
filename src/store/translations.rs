//! Translation rows as readers and operators see them, lists of incidents, and counts of what is to be done. No text of
//! an incident is read for any of them.

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};

use crate::{Failure, Result};
use polypost_core::document::Times;
use polypost_core::id::{IncidentId, Revision, VersionNumber};
use polypost_core::locale::Locale;

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
    #[serde(rename = "reason", serialize_with = "as_line")]
    pub failure: Option<Failure>,
    /// When it is tried (again): for a row under a lease, when the lease runs out. `None` where nothing is to be done;
    /// a row that is `current` and has one awaits a further version.
    pub next_attempt_at: Option<Timestamp>,
    pub updated_at: Timestamp,
}

#[expect(clippy::ref_option, reason = "serde's signature")]
fn as_line<S: Serializer>(failure: &Option<Failure>, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    failure.as_ref().map(ToString::to_string).serialize(serializer)
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
    /// Rows with something to do that are under no lease and not `failed`.
    pub waiting: u64,
    /// Rows under a lease.
    pub running: u64,
    /// Rows in the state `failed`.
    pub failed: u64,
    /// Rows whose newest revision is translated, and of which a further version was requested and failed.
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

/// Shows the state of every (incident, locale).
#[async_trait]
pub trait Translations: Send + Sync {
    async fn translation(&self, id: &IncidentId, locale: &Locale, now: Timestamp) -> Result<Option<Translation>>;

    async fn translations(&self, id: &IncidentId, now: Timestamp) -> Result<Vec<Translation>>;

    /// Newest `published_at` first; withdrawn incidents are left out.
    async fn list(&self, filter: &ListFilter, now: Timestamp) -> Result<Vec<Summary>>;

    async fn backlog(&self, now: Timestamp) -> Result<Backlog>;

    /// At most so many of the rows of which a further version was requested and failed.
    async fn failing(&self, limit: u32, now: Timestamp) -> Result<Vec<Translation>>;

    /// Whether more rows than these have something to do that was published; requests for further versions do not
    /// count.
    async fn waits_beyond(&self, rows: u32) -> Result<bool>;
}
