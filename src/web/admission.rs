//! How much is published at once, and how much may wait: a caller who may publish comes in, a place to do so goes out,
//! or the word to come again. Nobody waits here, and no body is read before there is a place for it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::authority::Caller;
use super::problem::Problem;
use crate::config;
use crate::document::Report;
use crate::store::{Result as StoreResult, Store};

/// The places of a process. Whoever only claims to be allowed, by a signature that cannot be verified before the whole
/// body is there, has places of their own: they cannot take those of callers who are known.
#[derive(Debug)]
pub(super) struct Admission {
    known: Arc<Semaphore>,
    claimed: Arc<Semaphore>,
    /// Translations that may wait.
    backlog: u32,
    /// Whether more waited when that was last asked.
    seen: Mutex<Option<(Instant, bool)>>,
}

/// How long what was seen of the backlog is believed.
const BELIEVED: Duration = Duration::from_secs(1);
/// Seconds after which it makes sense to look at a backlog again.
const BACKLOG_PAUSE: u16 = 60;

impl Admission {
    pub(super) fn new(settings: &config::Publish) -> Self {
        let semaphore = || Arc::new(Semaphore::new(settings.concurrent.clamp(1, Semaphore::MAX_PERMITS)));
        Self { known: semaphore(), claimed: semaphore(), backlog: settings.backlog, seen: Mutex::default() }
    }

    /// A place, given back when dropped.
    ///
    /// # Errors
    /// `429` where all are taken.
    pub(super) fn admit(&self, caller: &Caller) -> Result<OwnedSemaphorePermit, Problem> {
        let places = match caller {
            Caller::Trusted => &self.known,
            Caller::Signed(_) => &self.claimed,
        };
        Arc::clone(places).try_acquire_owned().map_err(|_| {
            let detail = "as many reports as this process takes are being published; come again in a moment";
            Problem::new(StatusCode::TOO_MANY_REQUESTS, detail)
        })
    }

    /// Whether there is room for what has time. Who has an incident now is never put off.
    ///
    /// # Errors
    /// `429` where too much waits already; where the store did not answer, why.
    pub(super) async fn put_off(&self, store: &dyn Store, report: &Report) -> Result<(), Problem> {
        if report.is_settled() && self.is_full(store).await? {
            let detail = format!(
                "more than {} translations wait; reports of settled incidents are taken again when there are fewer",
                self.backlog
            );
            return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, detail).after(BACKLOG_PAUSE));
        }
        Ok(())
    }

    async fn is_full(&self, store: &dyn Store) -> StoreResult<bool> {
        let seen = *self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, full)) = seen.filter(|(at, _)| at.elapsed() < BELIEVED) {
            return Ok(full);
        }
        let full = store.waits_beyond(self.backlog).await?;
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), full));
        Ok(full)
    }
}
