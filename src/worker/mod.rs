//! The worker: claims rows, runs the pipeline, stores what comes out or when to try again. It holds no state that
//! matters: a worker that dies loses nothing but its lease.

use std::sync::Arc;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::config;
use crate::pipeline::Pipeline;
use crate::store::{ClaimFilter, Store};

/// One worker; several may run on one store.
pub struct Worker {
    pub store: Arc<dyn Store>,
    pub pipeline: Arc<Pipeline>,
    pub clock: Arc<dyn Clock>,
    pub settings: config::Worker,
    /// Rung by whoever publishes in this process, so that work starts at once.
    pub wake: Arc<Notify>,
    /// Rung by the worker whenever a row has moved.
    pub moved: Arc<Notify>,
}

impl Worker {
    /// Works until `stop` is cancelled; then finishes what it holds within the drain limit, or gives it back.
    pub async fn run(&self, _filter: ClaimFilter, _stop: CancellationToken) {
        unimplemented!()
    }
}
