//! What decides whether something in the cache is still valid: the store's changes and the clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::invalidations::Invalidations;
use polypost_core::clock::Clock;

pub(super) struct ValidityContext {
    pub(super) invalidations: Invalidations,
    pub(super) clock: Arc<dyn Clock>,
    /// Whether the log says already that stale answers are served.
    is_outage_logged: AtomicBool,
}

impl ValidityContext {
    pub(super) fn new(invalidations: Invalidations, clock: Arc<dyn Clock>) -> Self {
        Self { invalidations, clock, is_outage_logged: AtomicBool::new(false) }
    }

    /// Stale answers are served because the store fails; logged once per outage.
    pub(super) fn log_outage_once(&self) {
        if !self.is_outage_logged.swap(true, Ordering::Relaxed) {
            tracing::warn!("the store does not answer; serving the last answers kept in memory");
        }
    }

    /// The store has answered.
    pub(super) fn outage_is_over(&self) {
        self.is_outage_logged.store(false, Ordering::Relaxed);
    }
}
