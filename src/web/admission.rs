//! How much is published at once, and how much may wait: a caller who may publish, whose report is there, gets a place to
//! do so, or is told to try again. Nobody waits here, and no place is taken before the whole body has arrived and whoever
//! sent it is known: a stranger who only claims to be a publisher takes none.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::problem::Problem;
use super::reception::Receptions;
use crate::config;
use polypost_core::document::Report;
use polypost_store::{Result as StoreResult, Store};

/// What a process takes in.
#[derive(Debug)]
pub(super) struct Admission {
    /// Bodies on their way, which have no place yet.
    pub(super) receptions: Receptions,
    places: Arc<Semaphore>,
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
    pub(super) fn new(server: &config::ServerSettings, publish: &config::PublishSettings) -> Self {
        Self {
            receptions: Receptions::new(server),
            places: Arc::new(Semaphore::new(publish.concurrent.clamp(1, Semaphore::MAX_PERMITS))),
            backlog: publish.backlog,
            seen: Mutex::default(),
        }
    }

    /// A place, given back when dropped.
    ///
    /// # Errors
    /// `429` where all are taken.
    pub(super) fn admit(&self) -> Result<OwnedSemaphorePermit, Problem> {
        Arc::clone(&self.places).try_acquire_owned().map_err(|_| {
            let detail = "as many reports as this process takes are being published; try again in a moment";
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_so_many_places_and_each_is_given_back() {
        let config: config::Config = toml::from_str(config::DEFAULT).unwrap();
        let admission = Admission::new(&config.server, &config::PublishSettings { concurrent: 2, ..config.publish });
        let places = (admission.admit().unwrap(), admission.admit().unwrap());
        assert_eq!(admission.admit().unwrap_err().status(), StatusCode::TOO_MANY_REQUESTS);
        drop(places);
        assert!(admission.admit().is_ok());
    }
}
