//! The worker: claims rows, runs the pipeline, and stores the version or when to try again. All state is in the store,
//! so that a worker that dies loses nothing but its leases. Nothing here decides what a translation is.

mod job;
mod retry;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::config;
use crate::pipeline::Pipeline;
use polypost_core::clock::Clock;
use polypost_core::id::LeaseToken;
use polypost_store::{Change, ClaimFilter, Job, Store};

/// One worker; several may run on one store.
#[derive(Clone)]
pub struct Worker {
    pub store: Arc<dyn Store>,
    pub pipeline: Arc<Pipeline>,
    pub clock: Arc<dyn Clock>,
    pub settings: config::WorkerSettings,
}

/// The rows that this worker holds, so that they can be given back.
type Held = Arc<Mutex<HashMap<LeaseToken, Job>>>;

impl Worker {
    /// Works until `stop` is cancelled; then finishes what it holds within the drain limit, or gives it back. What does
    /// not get done in most of that time is told to end, so that what engines have answered by then is remembered.
    pub async fn run(&self, filter: ClaimFilter, stop: CancellationToken) {
        let held = Held::default();
        let mut changes = self.store.changes();
        let mut running = JoinSet::new();
        let stopping = CancellationToken::new();
        let mut refusals = 0;
        while !stop.is_cancelled() {
            self.fill(&filter, &held, &mut running, &stopping, &mut refusals).await;
            let pause = self.pause(&filter, running.len(), refusals).await;
            tokio::select! {
                () = stop.cancelled() => {}
                () = new_work(&mut changes) => {}
                Some(_) = running.join_next() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
        let drain = Duration::from_secs(self.settings.drain_seconds);
        if !end_within(&mut running, drain.mul_f64(SHARE_TO_FINISH)).await {
            stopping.cancel();
            if !end_within(&mut running, drain.mul_f64(1.0 - SHARE_TO_FINISH)).await {
                running.shutdown().await;
                self.give_back(&held).await;
            }
        }
    }

    /// Takes as many rows as there is room for. The text of an open incident always finds one place more: it does not
    /// wait until something older is done. Counts how often the store has refused since it last answered.
    async fn fill(
        &self,
        filter: &ClaimFilter,
        held: &Held,
        running: &mut JoinSet<()>,
        stopping: &CancellationToken,
        refusals: &mut u32,
    ) {
        while running.len() <= self.settings.concurrency {
            let only_urgent = filter.only_urgent || running.len() == self.settings.concurrency;
            let filter = ClaimFilter { only_urgent, ..filter.clone() };
            let lease = seconds(self.settings.lease_seconds);
            let claimed = match self.store.claim(&filter, lease, self.clock.now()).await {
                Ok(claimed) => claimed,
                Err(error) => {
                    // Logged once, not with every attempt.
                    if *refusals == 0 {
                        tracing::error!(%error, "claiming work failed; retrying");
                    }
                    *refusals = refusals.saturating_add(1);
                    return;
                }
            };
            if std::mem::take(refusals) > 0 {
                tracing::info!("claiming work succeeds again");
            }
            let Some(job) = claimed else { return };
            lock(held).insert(job.lease.clone(), job.clone());
            let (worker, held, stopping) = (self.clone(), Arc::clone(held), stopping.clone());
            running.spawn(async move {
                let lease = job.lease.clone();
                worker.work(job, &stopping).await;
                lock(&held).remove(&lease);
            });
        }
    }

    /// How long to wait without a notification: until the next row is due, at most the polling interval. After failed
    /// claims at least that interval, then longer.
    async fn pause(&self, filter: &ClaimFilter, running: usize, refusals: u32) -> Duration {
        let poll = Duration::from_secs(self.settings.poll_seconds);
        if refusals > 0 {
            return poll.saturating_mul(refusals).min(MAX_PAUSE).max(poll);
        }
        if running >= self.settings.concurrency {
            return poll;
        }
        let Ok(Some(due)) = self.store.next_due(filter).await else { return poll };
        let until = due.duration_since(self.clock.now()).unsigned_abs();
        if due <= self.clock.now() { DUE_AGAIN.min(poll) } else { until.min(poll) }
    }

    async fn give_back(&self, held: &Held) {
        let jobs: Vec<Job> = lock(held).drain().map(|(_, job)| job).collect();
        for job in jobs {
            self.release(&job).await;
        }
    }

    async fn release(&self, job: &Job) {
        match self.store.release(job, self.clock.now()).await {
            Ok(_) => tracing::info!(incident = %job.incident, locale = %job.locale, "lease released"),
            Err(error) => tracing::error!(
                incident = %job.incident, locale = %job.locale, %error,
                "releasing the lease failed; it will expire"
            ),
        }
    }
}

/// Ends when there may be something to do that was not there before.
async fn new_work(changes: &mut Receiver<Change>) {
    loop {
        match changes.recv().await {
            Ok(change) if !change.work => {}
            Ok(_) | Err(RecvError::Lagged(_)) => return,
            // Polling goes on without notifications.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// How much of the drain limit is there to finish; the rest is for what engines are answering just then.
const SHARE_TO_FINISH: f64 = 0.8;

async fn end_within(running: &mut JoinSet<()>, limit: Duration) -> bool {
    tokio::time::timeout(limit, async { while running.join_next().await.is_some() {} }).await.is_ok()
}

/// The pause before looking again at a row that has come due since the last look.
const DUE_AGAIN: Duration = Duration::from_millis(50);
/// The longest pause after failed claims, unless the polling interval is longer.
const MAX_PAUSE: Duration = Duration::from_secs(5);

fn lock(held: &Held) -> std::sync::MutexGuard<'_, HashMap<LeaseToken, Job>> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Configured seconds, which validation has bounded.
fn seconds(seconds: u64) -> SignedDuration {
    SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX))
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Worker").field("settings", &self.settings).finish_non_exhaustive()
    }
}
