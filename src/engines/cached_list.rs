//! What a service lists once and is then believed for a while: languages, pairs.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::time::Instant;

use super::{CallOutcome, EngineError};

/// How long a service that did not tell its list is not asked for it again: as long as some who wait for it may take.
const FAILURE_LIFE: Duration = Duration::from_secs(5);

/// A list that is asked for when it is first wanted, and again when its life is over.
pub(super) struct CachedList<T> {
    life: Duration,
    known: RwLock<Known<T>>,
    /// Held while the service is asked: simultaneous askers share one question.
    asking: tokio::sync::Mutex<()>,
}

struct Known<T> {
    list: Option<(Instant, Arc<T>)>,
    /// Why it was not told the last time, if it was not.
    failure: Option<(Instant, EngineError)>,
}

impl<T> CachedList<T> {
    pub(super) fn new(life: Duration) -> Self {
        let known = RwLock::new(Known { list: None, failure: None });
        Self { life, known, asking: tokio::sync::Mutex::default() }
    }

    /// The last one, however old it is.
    pub(super) fn last(&self) -> Option<Arc<T>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.list.as_ref().map(|(_, list)| Arc::clone(list))
    }

    /// The last one while its life lasts, else what `ask` gives, else the last one however old it is. Where it is to be
    /// `fresh` nothing but what `ask` gives.
    ///
    /// # Errors
    /// Those of `ask`, for some seconds without asking again; the last one stays.
    pub(super) async fn get(
        &self,
        fresh: bool,
        ask: impl AsyncFnOnce() -> Result<T, EngineError>,
    ) -> Result<Arc<T>, EngineError> {
        if let Some(known) = self.known(fresh) {
            return known;
        }
        let _asking = self.asking.lock().await;
        if let Some(known) = self.known(fresh) {
            return known;
        }
        let asked = ask().await.map(Arc::new);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        match asked {
            Ok(list) => {
                *known = Known { list: Some((Instant::now(), Arc::clone(&list))), failure: None };
                Ok(list)
            }
            Err(error) => {
                // Whoever is told it later has made no call.
                let again = error.without_source();
                let again = match again.call {
                    CallOutcome::Answered => again,
                    _ => again.after(CallOutcome::Paused),
                };
                known.failure = Some((Instant::now(), again));
                match &known.list {
                    Some((_, list)) if !fresh => {
                        tracing::warn!(%error, "languages could not be listed; using the older list");
                        Ok(Arc::clone(list))
                    }
                    _ => Err(error),
                }
            }
        }
    }

    /// What is known without asking.
    fn known(&self, fresh: bool) -> Option<Result<Arc<T>, EngineError>> {
        if fresh {
            return None;
        }
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let list = known.list.as_ref();
        if let Some((_, list)) = list.filter(|(since, _)| since.elapsed() < self.life) {
            return Some(Ok(Arc::clone(list)));
        }
        let (_, error) = known.failure.as_ref().filter(|(since, _)| since.elapsed() < FAILURE_LIFE)?;
        Some(list.map_or_else(|| Err(error.without_source()), |(_, list)| Ok(Arc::clone(list))))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;
    use crate::ErrorKind;

    const LIFE: Duration = Duration::from_mins(1);

    /// A service that takes three seconds to fail, from its second answer on where it has one.
    struct Service {
        list: CachedList<u32>,
        asked: AtomicU32,
        answers: u32,
    }

    impl Service {
        fn new(answers: u32) -> Self {
            Self { list: CachedList::new(LIFE), asked: AtomicU32::new(0), answers }
        }

        async fn get(&self, fresh: bool) -> Result<u32, EngineError> {
            let ask = async || {
                let number = self.asked.fetch_add(1, Ordering::Relaxed);
                if number < self.answers {
                    return Ok(number);
                }
                tokio::time::sleep(Duration::from_secs(3)).await;
                Err(EngineError::new("deepl", ErrorKind::Transient { after: None }, "it said nothing").hint("a hint"))
            };
            self.list.get(fresh, ask).await.map(|list| *list)
        }

        fn asked(&self) -> u32 {
            self.asked.load(Ordering::Relaxed)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_older_list_is_used_where_there_is_no_newer_one_and_told_to_who_wants_a_fresh_one() {
        let service = Service::new(1);
        assert_eq!(service.get(false).await.unwrap(), 0);
        tokio::time::sleep(LIFE).await;
        for _ in 0..3 {
            assert_eq!(service.get(false).await.unwrap(), 0);
        }
        assert_eq!(service.asked(), 2);
        for asked in [3, 4] {
            assert!(service.get(true).await.unwrap_err().call != CallOutcome::Paused, "it has asked itself");
            assert_eq!(service.asked(), asked);
        }
        assert_eq!(service.get(false).await.unwrap(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_for_a_list_waits_for_one_failure_and_not_for_one_each() {
        let (service, began) = (Service::new(0), Instant::now());
        let errors = futures_util::future::join_all((0..5).map(|_| service.get(false))).await;
        assert_eq!((service.asked(), began.elapsed()), (1, Duration::from_secs(3)));
        for error in errors {
            let error = error.unwrap_err();
            assert_eq!(error.to_string(), "engine `deepl`: it said nothing (hint: a hint)");
        }
        tokio::time::sleep(FAILURE_LIFE).await;
        service.get(false).await.unwrap_err();
        assert_eq!(service.asked(), 2, "it is asked again");
    }
}
