//! What the engines of one process have in common.

use crate::config;

/// What engines are made with, beside their own settings.
#[derive(Clone, Debug, Default)]
pub struct Means {
    /// A proxy's address; empty: what the environment says.
    pub(super) proxy: String,
}

impl Means {
    #[must_use]
    pub fn new(settings: &config::Engines) -> Self {
        Self { proxy: settings.proxy.clone() }
    }
}
