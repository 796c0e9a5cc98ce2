//! `[worker]`: how the background work runs.

use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Worker {
    pub concurrency: usize,
    pub lease_seconds: u64,
    pub heartbeat_seconds: u64,
    pub retry_first_seconds: u64,
    pub retry_longest_seconds: u64,
    pub drain_seconds: u64,
    pub poll_seconds: u64,
}
