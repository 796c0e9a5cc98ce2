//! A cache, bounded by bytes, of values that are loaded from the store. However many requests want a value at once, it
//! is loaded once, in a task of its own: a client that disconnects does not cancel a load that others wait for.
//!
//! A value that was being loaded while the store changed is never kept as valid. Where a load fails, the last good
//! value is returned instead, marked as stale, for at most [`MAX_STALE`].

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tracing::Instrument as _;

use super::error_response::ErrorResponse;
use super::invalidations::{Generation, Topic};
use super::validity::ValidityContext;

/// Loads at once, of all keys; a further one waits. The store serves fewer readers at a time.
const MAX_CONCURRENT_LOADS: usize = 64;
/// How long a request waits for a new value where an older one is at hand.
const REVALIDATE_TIMEOUT: Duration = Duration::from_millis(500);
/// How long a load may take before it is given up.
const LOAD_TIMEOUT: Duration = Duration::from_secs(30);
/// How long after a failed load older values are returned without trying again.
const RETRY_BACKOFF: SignedDuration = SignedDuration::from_secs(1);
/// How long an older value is better than none: what `stale-if-error` says to caches (RFC 5861 section 4).
const MAX_STALE: SignedDuration = SignedDuration::from_hours(24);

/// What a load returns: a value and how long it is valid if nothing changes, or the response to send instead.
pub(super) type Loaded<V> = Result<(V, SignedDuration), Arc<ErrorResponse>>;

/// What a lookup returns.
type Outcome<V> = Result<Cached<V>, Arc<ErrorResponse>>;
/// Holds the outcome once the load has ended.
type PendingOutcome<V> = watch::Receiver<Option<Outcome<V>>>;

/// A value from the cache.
#[derive(Clone, Debug)]
pub(super) struct Cached<V> {
    pub(super) value: V,
    /// When it was loaded.
    pub(super) generation: Generation,
    /// Whether it is outdated, or may be.
    pub(super) is_stale: bool,
}

#[derive(Clone)]
struct Entry<V> {
    value: V,
    weight: u32,
    topic: Topic,
    generation: Generation,
    loaded_at: Timestamp,
    /// It is valid no longer than this, whatever the store announces.
    expires_at: Timestamp,
    /// When loading it again last failed, in milliseconds since 1970.
    failed_at: Arc<AtomicI64>,
}

impl<V> Entry<V> {
    /// A clock that was set back does not prolong anything.
    fn is_valid(&self, context: &ValidityContext, now: Timestamp) -> bool {
        self.loaded_at <= now && now < self.expires_at && context.invalidations.is_current(self.topic, self.generation)
    }

    fn failed_recently(&self, now: Timestamp) -> bool {
        let failed_at = self.failed_at.load(Ordering::Relaxed);
        let now = now.as_millisecond();
        failed_at <= now && i128::from(now.saturating_sub(failed_at)) < RETRY_BACKOFF.as_millis()
    }

    fn is_servable_stale(&self, context: &ValidityContext, now: Timestamp) -> bool {
        now.duration_since(self.loaded_at) < MAX_STALE
            && context.invalidations.is_servable_stale(self.topic, self.generation)
    }

    fn cached(&self, is_stale: bool) -> Cached<V>
    where
        V: Clone,
    {
        Cached { value: self.value.clone(), generation: self.generation, is_stale }
    }
}

/// A load that has begun.
struct InFlight<V> {
    generation: Generation,
    outcome: PendingOutcome<V>,
}

pub(super) struct SingleFlightCache<K, V> {
    entries: moka::sync::Cache<K, Entry<V>>,
    weigh: fn(&K, &V) -> usize,
    in_flight: Mutex<HashMap<K, InFlight<V>>>,
    load_permits: Arc<Semaphore>,
}

impl<K, V> SingleFlightCache<K, V>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// A cache of at most so many bytes, as `weigh` counts them.
    pub(super) fn new(bytes: u64, weigh: fn(&K, &V) -> usize) -> Self {
        let weigher = |_: &K, entry: &Entry<V>| entry.weight;
        let entries = moka::sync::Cache::builder().max_capacity(bytes).weigher(weigher).build();
        let load_permits = Arc::new(Semaphore::new(MAX_CONCURRENT_LOADS));
        Self { entries, weigh, in_flight: Mutex::default(), load_permits }
    }

    /// The value, where it is kept and still valid.
    pub(super) fn find(&self, key: &K, context: &ValidityContext) -> Option<Cached<V>> {
        let entry = self.entries.get(key)?;
        entry.is_valid(context, context.clock.now()).then(|| entry.cached(false))
    }

    /// The value: kept, loaded by `load`, or by a load that began since the last change.
    ///
    /// # Errors
    /// The response that the load ended with, where no older value may be returned.
    pub(super) async fn get(
        self: &Arc<Self>,
        key: K,
        topic: Topic,
        context: &Arc<ValidityContext>,
        load: impl Future<Output = Loaded<V>> + Send + 'static,
    ) -> Outcome<V> {
        let now = context.clock.now();
        let last = self.entries.get(&key);
        if let Some(entry) = last.as_ref().filter(|entry| entry.is_valid(context, now)) {
            return Ok(entry.cached(false));
        }
        let Some(last) = last.filter(|entry| entry.is_servable_stale(context, now)) else {
            return self.load_once(key, topic, context, load).await;
        };
        if !last.failed_recently(now) {
            let loading = self.load_once(key, topic, context, load);
            match tokio::time::timeout(REVALIDATE_TIMEOUT, loading).await {
                Ok(Err(response)) if response.is_server_error() => {}
                Ok(outcome) => return outcome,
                Err(_) => {}
            }
            last.failed_at.store(context.clock.now().as_millisecond(), Ordering::Relaxed);
        }
        // It may have been withdrawn meanwhile.
        if !last.is_servable_stale(context, now) {
            return Err(ErrorResponse::interrupted());
        }
        context.log_outage_once();
        Ok(last.cached(true))
    }

    /// Waits for the load that has begun, or begins one.
    async fn load_once(
        self: &Arc<Self>,
        key: K,
        topic: Topic,
        context: &Arc<ValidityContext>,
        load: impl Future<Output = Loaded<V>> + Send + 'static,
    ) -> Outcome<V> {
        let in_flight = current_load(&self.in_flight(), &key, topic, context);
        let mut outcome = if let Some(outcome) = in_flight {
            outcome
        } else {
            // The semaphore is never closed.
            let permit = Arc::clone(&self.load_permits).acquire_owned().await.ok();
            self.begin_load(key, topic, context, load, permit)
        };
        let ended = outcome.wait_for(Option::is_some).await.ok().and_then(|ended| (*ended).clone());
        ended.unwrap_or_else(|| Err(ErrorResponse::interrupted()))
    }

    fn begin_load(
        self: &Arc<Self>,
        key: K,
        topic: Topic,
        context: &Arc<ValidityContext>,
        load: impl Future<Output = Loaded<V>> + Send + 'static,
        permit: Option<OwnedSemaphorePermit>,
    ) -> PendingOutcome<V> {
        let mut in_flight = self.in_flight();
        // Another load may have begun while this one waited for its permit, or even have ended.
        if let Some(outcome) = current_load(&in_flight, &key, topic, context) {
            return outcome;
        }
        if let Some(cached) = self.find(&key, context) {
            return watch::channel(Some(Ok(cached))).1;
        }
        let (sender, outcome) = watch::channel(None);
        let generation = context.invalidations.generation();
        in_flight.insert(key.clone(), InFlight { generation, outcome: outcome.clone() });
        drop(in_flight);
        let guard = InFlightGuard { cache: Arc::clone(self), key, outcome: outcome.clone() };
        let context = Arc::clone(context);
        let work = async move {
            let loaded =
                tokio::time::timeout(LOAD_TIMEOUT, load).await.unwrap_or_else(|_| Err(ErrorResponse::interrupted()));
            let ended = guard.cache.keep(&guard.key, topic, generation, &context, loaded);
            sender.send_replace(Some(ended));
            drop((guard, permit));
        };
        tokio::spawn(work.in_current_span());
        outcome
    }

    /// Keeps what was loaded, unless something newer is kept.
    fn keep(
        &self,
        key: &K,
        topic: Topic,
        generation: Generation,
        context: &ValidityContext,
        loaded: Loaded<V>,
    ) -> Outcome<V> {
        match loaded {
            Ok((value, lifetime)) => {
                context.outage_is_over();
                let loaded_at = context.clock.now();
                let expires_at = loaded_at.checked_add(lifetime).unwrap_or(loaded_at);
                let weight = u32::try_from((self.weigh)(key, &value)).unwrap_or(u32::MAX);
                let failed_at = Arc::new(AtomicI64::new(i64::MIN));
                let entry = Entry { value: value.clone(), weight, topic, generation, loaded_at, expires_at, failed_at };
                if entry.is_valid(context, loaded_at) || !self.entries.contains_key(key) {
                    self.entries.insert(key.clone(), entry);
                }
                Ok(Cached { value, generation, is_stale: false })
            }
            Err(response) => {
                if response.is_not_found_or_gone() {
                    self.entries.invalidate(key);
                }
                Err(response)
            }
        }
    }

    fn in_flight(&self) -> MutexGuard<'_, HashMap<K, InFlight<V>>> {
        self.in_flight.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Bytes kept, as weighed, after evicting what is too much.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> u64 {
        self.entries.run_pending_tasks();
        self.entries.weighted_size()
    }
}

/// The outcome of a load that began since the last change.
fn current_load<K: Eq + Hash, V>(
    in_flight: &HashMap<K, InFlight<V>>,
    key: &K,
    topic: Topic,
    context: &ValidityContext,
) -> Option<PendingOutcome<V>> {
    let load = in_flight.get(key)?;
    context.invalidations.is_current(topic, load.generation).then(|| load.outcome.clone())
}

/// Takes a load off the list however it ends.
struct InFlightGuard<K: Eq + Hash, V> {
    cache: Arc<SingleFlightCache<K, V>>,
    key: K,
    outcome: PendingOutcome<V>,
}

impl<K: Eq + Hash, V> Drop for InFlightGuard<K, V> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            tracing::error!("loading an answer panicked");
        }
        let mut in_flight = self.cache.in_flight.lock().unwrap_or_else(PoisonError::into_inner);
        if in_flight.get(&self.key).is_some_and(|load| load.outcome.same_channel(&self.outcome)) {
            in_flight.remove(&self.key);
        }
    }
}

impl<K, V> fmt::Debug for SingleFlightCache<K, V> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SingleFlightCache").finish_non_exhaustive()
    }
}
