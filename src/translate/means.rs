//! What the engines of one process have in common.

use std::fmt;
use std::sync::Arc;

use super::ledger::{Ledger, Unkept};
use crate::config;

/// What engines are made with, beside their own settings.
#[derive(Clone)]
pub struct Means {
    /// A proxy's address; empty: what the environment says.
    pub(super) proxy: String,
    pub(super) ledger: Arc<dyn Ledger>,
}

impl Default for Means {
    /// No proxy of our own, and nothing is booked.
    fn default() -> Self {
        Self { proxy: String::new(), ledger: Arc::new(Unkept) }
    }
}

impl Means {
    /// For engines that are only looked at: what they bill is booked nowhere.
    #[must_use]
    pub fn new(settings: &config::Engines) -> Self {
        Self { proxy: settings.proxy.clone(), ..Self::default() }
    }

    /// For engines that work: what they bill is booked in the ledger.
    #[must_use]
    pub fn with_ledger(self, ledger: Arc<dyn Ledger>) -> Self {
        Self { ledger, ..self }
    }
}

impl fmt::Debug for Means {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Means").finish_non_exhaustive()
    }
}
