//! How much is published at once: a caller who may publish comes in, a place to do so goes out, or the word to come
//! again. Nobody waits here, and no body is read before there is a place for it.

use std::sync::Arc;

use axum::http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::authority::Caller;
use super::problem::Problem;

/// The places of a process. Whoever only claims to be allowed, by a signature that cannot be verified before the whole
/// body is there, has places of their own: they cannot take those of callers who are known.
#[derive(Debug)]
pub(super) struct Admission {
    known: Arc<Semaphore>,
    claimed: Arc<Semaphore>,
}

impl Admission {
    pub(super) fn new(places: usize) -> Self {
        let semaphore = || Arc::new(Semaphore::new(places.clamp(1, Semaphore::MAX_PERMITS)));
        Self { known: semaphore(), claimed: semaphore() }
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
}
