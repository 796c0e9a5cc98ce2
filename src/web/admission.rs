//! Limits how much is published at once and how much may wait to be translated. Nobody waits here: beyond a limit the
//! answer is `429`. No permit is taken before the whole body has arrived and its sender is known, so that a stranger
//! who only claims to be a publisher takes none.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::incoming_bodies::IncomingBodies;
use super::problem_document::ProblemDocument;
use crate::config;
use polypost_core::document::Report;
use polypost_store::{Result as StoreResult, Store};

/// What a process accepts.
#[derive(Debug)]
pub(super) struct Admission {
    /// Bodies on their way, which have no permit yet.
    pub(super) incoming_bodies: IncomingBodies,
    permits: Arc<Semaphore>,
    /// How many translations may be queued.
    backlog: u32,
    /// When the store was last asked, and whether more were queued.
    seen: Mutex<Option<(Instant, bool)>>,
}

/// How long what was read of the backlog is used.
const BACKLOG_TTL: Duration = Duration::from_secs(1);
/// Seconds after which it makes sense to look at a backlog again.
const BACKLOG_PAUSE: u16 = 60;

impl Admission {
    pub(super) fn new(server: &config::ServerSettings, publish: &config::PublishSettings) -> Self {
        Self {
            incoming_bodies: IncomingBodies::new(server),
            permits: Arc::new(Semaphore::new(publish.concurrent.clamp(1, Semaphore::MAX_PERMITS))),
            backlog: publish.backlog,
            seen: Mutex::default(),
        }
    }

    /// A permit to publish, returned when dropped.
    ///
    /// # Errors
    /// `429` where none is left.
    pub(super) fn admit(&self) -> Result<OwnedSemaphorePermit, ProblemDocument> {
        Arc::clone(&self.permits).try_acquire_owned().map_err(|_| {
            let detail = "too many reports are being published at once; try again in a moment";
            ProblemDocument::new(StatusCode::TOO_MANY_REQUESTS, detail)
        })
    }

    /// Refuses reports of settled incidents while too much is queued. Who has an incident now is never refused.
    ///
    /// # Errors
    /// `429` where too much waits already; where the store did not answer, why.
    pub(super) async fn limit_backlog(&self, store: &dyn Store, report: &Report) -> Result<(), ProblemDocument> {
        if report.is_settled() && self.is_full(store).await? {
            let detail = format!(
                "more than {} translations are queued; reports of settled incidents are accepted again when fewer are",
                self.backlog
            );
            return Err(ProblemDocument::new(StatusCode::TOO_MANY_REQUESTS, detail).after(BACKLOG_PAUSE));
        }
        Ok(())
    }

    async fn is_full(&self, store: &dyn Store) -> StoreResult<bool> {
        let seen = *self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, full)) = seen.filter(|(at, _)| at.elapsed() < BACKLOG_TTL) {
            return Ok(full);
        }
        let full = store.waits_beyond(self.backlog).await?;
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), full));
        Ok(full)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_so_many_permits_and_each_is_given_back() {
        let config: config::Config = toml::from_str(config::DEFAULT).unwrap();
        let admission = Admission::new(&config.server, &config::PublishSettings { concurrent: 2, ..config.publish });
        let permits = (admission.admit().unwrap(), admission.admit().unwrap());
        assert_eq!(admission.admit().unwrap_err().status(), StatusCode::TOO_MANY_REQUESTS);
        drop(permits);
        assert!(admission.admit().is_ok());
    }
}
