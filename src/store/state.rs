//! Defines the state of a translation row, once in Rust and once, for filters, in SQL. A test proves that both agree.

use jiff::Timestamp;

use super::State;
use polypost_core::id::Revision;

/// What decides a row's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Progress {
    pub(super) held: bool,
    pub(super) wanted_revision: Revision,
    /// Whether more was requested than is done.
    pub(super) open: bool,
    /// The revision that readers get, and whether some of it stands in the source language.
    pub(super) served: Option<(Revision, bool)>,
    pub(super) lease_until: Option<Timestamp>,
    /// Failed attempts since the last success or the last request.
    pub(super) attempts: u32,
}

impl Progress {
    /// Whether somebody works on the row.
    pub(super) fn is_leased(&self, now: Timestamp) -> bool {
        self.lease_until.is_some_and(|until| until > now)
    }

    /// What is translated counts first: a further version of the newest revision may be under way, or have failed,
    /// and the row stays `current` or `partial`.
    pub(super) fn state(&self, now: Timestamp) -> State {
        match self.served {
            _ if self.held => State::Held,
            Some((revision, partial)) if revision >= self.wanted_revision => {
                if partial {
                    State::Partial
                } else {
                    State::Current
                }
            }
            _ if self.open && self.attempts > 0 && !self.is_leased(now) => State::Failed,
            Some(_) => State::Stale,
            None if self.is_leased(now) => State::Translating,
            None => State::Pending,
        }
    }
}

impl State {
    /// As in JSON, and as the SQL says it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Translating => "translating",
            Self::Current => "current",
            Self::Stale => "stale",
            Self::Partial => "partial",
            Self::Failed => "failed",
            Self::Held => "held",
        }
    }
}

/// [`Progress::state`] as an SQL expression over the columns of `translations`; `$now` is the placeholder of the time.
macro_rules! state_sql {
    ($now:literal) => {
        concat!(
            "case when held then 'held' ",
            "when served_revision >= wanted_revision then case when served_partial then 'partial' else 'current' end ",
            "when requested > completed and attempts > 0 and (lease_until is null or lease_until <= ",
            $now,
            ") then 'failed' ",
            "when served_revision is not null then 'stale' ",
            "when lease_until > ",
            $now,
            " then 'translating' else 'pending' end"
        )
    };
}
pub(super) use state_sql;
