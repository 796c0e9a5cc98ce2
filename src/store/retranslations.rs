//! Requests of operators for new translations of many rows at once.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{Result, State, Translation};
use polypost_core::id::IncidentId;
use polypost_core::locale::Locale;

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

/// Queues translations again, and cancels that.
#[async_trait]
pub trait Retranslations: Send + Sync {
    /// Rows that match, for `retranslate --dry-run`; those of withdrawn incidents never do.
    async fn matching(&self, filter: &RetranslateFilter, now: Timestamp) -> Result<Vec<Translation>>;

    /// Queues new versions; returns how many rows were queued.
    async fn retranslate(
        &self,
        filter: &RetranslateFilter,
        options: &RetranslateOptions,
        now: Timestamp,
    ) -> Result<u64>;

    /// Cancels repeated requests, where the newest revision is translated already; a worker that holds the row loses
    /// the lease. Returns how many rows were left as they are.
    async fn cancel(&self, filter: &RetranslateFilter, now: Timestamp) -> Result<u64>;
}
