//! What a service lists once and is then believed for a while: languages, pairs.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::time::Instant;

/// A list that is asked for when it is first wanted, and again when its life is over.
pub(super) struct Listed<T> {
    life: Duration,
    known: RwLock<Option<(Instant, Arc<T>)>>,
    /// Held while the service is asked: simultaneous askers share one question.
    asking: tokio::sync::Mutex<()>,
}

impl<T> Listed<T> {
    pub(super) fn new(life: Duration) -> Self {
        Self { life, known: RwLock::default(), asking: tokio::sync::Mutex::default() }
    }

    /// The last one, however old it is.
    pub(super) fn last(&self) -> Option<Arc<T>> {
        self.read().map(|(_, list)| list)
    }

    /// The last one while its life lasts, unless it is to be `fresh`; else what `ask` gives.
    ///
    /// # Errors
    /// Those of `ask`; the last one stays.
    pub(super) async fn get<E>(&self, fresh: bool, ask: impl AsyncFnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        let believed = || self.read().filter(|(since, _)| !fresh && since.elapsed() < self.life);
        if let Some((_, list)) = believed() {
            return Ok(list);
        }
        let _asking = self.asking.lock().await;
        if let Some((_, list)) = believed() {
            return Ok(list);
        }
        let list = Arc::new(ask().await?);
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), Arc::clone(&list)));
        Ok(list)
    }

    fn read(&self) -> Option<(Instant, Arc<T>)> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
