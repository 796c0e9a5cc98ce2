//! `[worker]`: how the background work runs.

use serde::Deserialize;

use polypost_settings::Violations;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkerSettings {
    pub concurrency: usize,
    pub lease_seconds: u64,
    pub heartbeat_seconds: u64,
    pub retry_first_seconds: u64,
    pub retry_longest_seconds: u64,
    pub job_seconds: u64,
    pub drain_seconds: u64,
    pub poll_seconds: u64,
}

/// A day, the longest that any of the times makes sense.
const DAY_SECONDS: u64 = 24 * 60 * 60;

impl WorkerSettings {
    pub(super) fn check(&self, violations: &mut Violations) {
        violations.range("worker.concurrency", u64::try_from(self.concurrency).unwrap_or(u64::MAX), 1, 256);
        violations.range("worker.lease_seconds", self.lease_seconds, 1, 3600);
        violations.range("worker.heartbeat_seconds", self.heartbeat_seconds, 1, 3600);
        violations.range("worker.retry_first_seconds", self.retry_first_seconds, 1, DAY_SECONDS);
        violations.range("worker.retry_longest_seconds", self.retry_longest_seconds, 1, DAY_SECONDS);
        violations.range("worker.job_seconds", self.job_seconds, 1, DAY_SECONDS);
        violations.range("worker.drain_seconds", self.drain_seconds, 0, 3600);
        violations.range("worker.poll_seconds", self.poll_seconds, 1, 3600);
        if self.lease_seconds <= self.heartbeat_seconds {
            let message = format!(
                "a lease (`worker.lease_seconds`, {}) must be longer than the time between signs of life \
                 (`worker.heartbeat_seconds`, {}), better three times as long",
                self.lease_seconds, self.heartbeat_seconds
            );
            violations.add_pair("worker.lease_seconds", "worker.heartbeat_seconds", message);
        }
        if self.retry_longest_seconds < self.retry_first_seconds {
            let message = format!(
                "the longest pause (`worker.retry_longest_seconds`, {}) must not be shorter than the first \
                 (`worker.retry_first_seconds`, {})",
                self.retry_longest_seconds, self.retry_first_seconds
            );
            violations.add_pair("worker.retry_longest_seconds", "worker.retry_first_seconds", message);
        }
    }
}
