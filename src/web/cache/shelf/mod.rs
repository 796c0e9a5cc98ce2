//! A bounded shelf of things that were made from the store: a key comes in, the thing goes out, from the shelf while it
//! holds, else made anew. However many ask at once, a thing is made once; nobody's going away stops the making. Where
//! the making fails, the last good thing is given instead. What was begun before a change and ended after it does not
//! hold.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tracing::Instrument as _;

use super::refusal::Refusal;
use super::tidings::{Stamp, Tidings, Topic};
use polypost_core::clock::Clock;

/// Things being made at once; whoever wants another waits. The store serves fewer readers at a time.
const MAKINGS: usize = 64;
/// How long somebody waits for a new thing where an older one is at hand.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long making may take before it is given up.
const LONGEST_MAKING: Duration = Duration::from_secs(30);
/// How long after a failure older things are given without trying again.
const RESPITE_MILLISECONDS: i64 = 1000;
/// For how long an older thing is better than none; what `stale-if-error` tells caches.
const LONGEST_STALE: SignedDuration = SignedDuration::from_hours(24);

/// A thing with how long it holds if nothing moves, or why there is none.
pub(super) type Made<V> = Result<(V, SignedDuration), Arc<Refusal>>;

/// What comes of asking.
type Outcome<V> = Result<Given<V>, Arc<Refusal>>;
/// Where the outcome appears.
type Awaited<V> = watch::Receiver<Option<Outcome<V>>>;

/// What somebody gets.
#[derive(Clone, Debug)]
pub(super) struct Given<V> {
    pub(super) value: V,
    /// When it was made.
    pub(super) stamp: Stamp,
    /// Whether it is known or feared to be obsolete.
    pub(super) is_stale: bool,
}

/// What decides whether a thing still holds.
pub(super) struct Present {
    pub(super) tidings: Tidings,
    pub(super) clock: Arc<dyn Clock>,
    /// Whether it was told that older answers are given.
    told: AtomicBool,
}

impl Present {
    pub(super) fn new(tidings: Tidings, clock: Arc<dyn Clock>) -> Self {
        Self { tidings, clock, told: AtomicBool::new(false) }
    }

    fn gives_older(&self) {
        if !self.told.swap(true, Ordering::Relaxed) {
            tracing::warn!("the store does not answer; readers get the last answers that are kept");
        }
    }
}

#[derive(Clone)]
struct Kept<V> {
    value: V,
    weight: u32,
    topic: Topic,
    stamp: Stamp,
    made_at: Timestamp,
    /// It holds no longer than this, whatever is told.
    until: Timestamp,
    /// When making it anew last failed, in milliseconds since 1970.
    failed_at: Arc<AtomicI64>,
}

impl<V> Kept<V> {
    /// A clock that was set back lets nothing live longer.
    fn holds(&self, present: &Present, now: Timestamp) -> bool {
        self.made_at <= now && now < self.until && present.tidings.is_current(self.topic, self.stamp)
    }

    fn failed_lately(&self, now: Timestamp) -> bool {
        let failed_at = self.failed_at.load(Ordering::Relaxed);
        let now = now.as_millisecond();
        failed_at <= now && now.saturating_sub(failed_at) < RESPITE_MILLISECONDS
    }

    fn given(&self, is_stale: bool) -> Given<V>
    where
        V: Clone,
    {
        Given { value: self.value.clone(), stamp: self.stamp, is_stale }
    }

    fn is_showable(&self, present: &Present, now: Timestamp) -> bool {
        now.duration_since(self.made_at) < LONGEST_STALE && present.tidings.is_showable(self.topic, self.stamp)
    }
}

/// Somebody is at it.
struct Making<V> {
    stamp: Stamp,
    result: Awaited<V>,
}

pub(super) struct Shelf<K, V> {
    kept: moka::sync::Cache<K, Kept<V>>,
    weigh: fn(&K, &V) -> usize,
    makings: Mutex<HashMap<K, Making<V>>>,
    places: Arc<Semaphore>,
}

impl<K, V> Shelf<K, V>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// A shelf for so many bytes, as `weigh` counts them.
    pub(super) fn new(bytes: u64, weigh: fn(&K, &V) -> usize) -> Self {
        let kept = moka::sync::Cache::builder().max_capacity(bytes).weigher(|_, kept: &Kept<V>| kept.weight).build();
        Self { kept, weigh, makings: Mutex::default(), places: Arc::new(Semaphore::new(MAKINGS)) }
    }

    /// What is kept and still holds.
    pub(super) fn find(&self, key: &K, present: &Present) -> Option<Given<V>> {
        let kept = self.kept.get(key)?;
        kept.holds(present, present.clock.now()).then(|| kept.given(false))
    }

    /// The thing: kept, made by `maker`, or made by somebody who began since the last change.
    ///
    /// # Errors
    /// The refusal that making ended in, where no older thing may be given.
    pub(super) async fn get(
        self: &Arc<Self>,
        key: K,
        topic: Topic,
        present: &Arc<Present>,
        maker: impl Future<Output = Made<V>> + Send + 'static,
    ) -> Outcome<V> {
        let now = present.clock.now();
        let last = self.kept.get(&key);
        if let Some(kept) = last.as_ref().filter(|kept| kept.holds(present, now)) {
            return Ok(kept.given(false));
        }
        let Some(last) = last.filter(|kept| kept.is_showable(present, now)) else {
            return self.make_once(key, topic, present, maker).await;
        };
        if !last.failed_lately(now) {
            let making = self.make_once(key, topic, present, maker);
            match tokio::time::timeout(PATIENCE, making).await {
                Ok(Err(refusal)) if refusal.is_failure() => {}
                Ok(outcome) => return outcome,
                Err(_) => {}
            }
            last.failed_at.store(present.clock.now().as_millisecond(), Ordering::Relaxed);
        }
        // It may have been withdrawn meanwhile.
        if !last.is_showable(present, now) {
            return Err(Refusal::interrupted());
        }
        present.gives_older();
        Ok(last.given(true))
    }

    /// Joins whoever makes it, or begins.
    async fn make_once(
        self: &Arc<Self>,
        key: K,
        topic: Topic,
        present: &Arc<Present>,
        maker: impl Future<Output = Made<V>> + Send + 'static,
    ) -> Outcome<V> {
        let under_way = under_way(&self.makings(), &key, topic, present);
        let mut result = if let Some(result) = under_way {
            result
        } else {
            // The semaphore is never closed.
            let place = Arc::clone(&self.places).acquire_owned().await.ok();
            self.begin(key, topic, present, maker, place)
        };
        let outcome = result.wait_for(Option::is_some).await.ok().and_then(|outcome| (*outcome).clone());
        outcome.unwrap_or_else(|| Err(Refusal::interrupted()))
    }

    fn begin(
        self: &Arc<Self>,
        key: K,
        topic: Topic,
        present: &Arc<Present>,
        maker: impl Future<Output = Made<V>> + Send + 'static,
        place: Option<OwnedSemaphorePermit>,
    ) -> Awaited<V> {
        let mut makings = self.makings();
        // Somebody may have begun while this one waited for a place, or even come to an end.
        if let Some(result) = under_way(&makings, &key, topic, present) {
            return result;
        }
        if let Some(given) = self.find(&key, present) {
            return watch::channel(Some(Ok(given))).1;
        }
        let (sender, result) = watch::channel(None);
        let stamp = present.tidings.stamp();
        makings.insert(key.clone(), Making { stamp, result: result.clone() });
        drop(makings);
        let ending = Ending { shelf: Arc::clone(self), key, result: result.clone() };
        let present = Arc::clone(present);
        let work = async move {
            let made =
                tokio::time::timeout(LONGEST_MAKING, maker).await.unwrap_or_else(|_| Err(Refusal::interrupted()));
            let outcome = ending.shelf.keep(&ending.key, topic, stamp, &present, made);
            sender.send_replace(Some(outcome));
            drop((ending, place));
        };
        tokio::spawn(work.in_current_span());
        result
    }

    /// Puts what was made on the shelf, unless something newer stands there.
    fn keep(&self, key: &K, topic: Topic, stamp: Stamp, present: &Present, made: Made<V>) -> Outcome<V> {
        match made {
            Ok((value, lifetime)) => {
                present.told.store(false, Ordering::Relaxed);
                let made_at = present.clock.now();
                let until = made_at.checked_add(lifetime).unwrap_or(made_at);
                let weight = u32::try_from((self.weigh)(key, &value)).unwrap_or(u32::MAX);
                let failed_at = Arc::new(AtomicI64::new(i64::MIN));
                let kept = Kept { value: value.clone(), weight, topic, stamp, made_at, until, failed_at };
                if kept.holds(present, made_at) || !self.kept.contains_key(key) {
                    self.kept.insert(key.clone(), kept);
                }
                Ok(Given { value, stamp, is_stale: false })
            }
            Err(refusal) => {
                if refusal.is_final() {
                    self.kept.invalidate(key);
                }
                Err(refusal)
            }
        }
    }

    fn makings(&self) -> MutexGuard<'_, HashMap<K, Making<V>>> {
        self.makings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Bytes on the shelf, as weighed, after putting out what is too much.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> u64 {
        self.kept.run_pending_tasks();
        self.kept.weighted_size()
    }
}

/// What somebody who began since the last change is at.
fn under_way<K: Eq + Hash, V>(
    makings: &HashMap<K, Making<V>>,
    key: &K,
    topic: Topic,
    present: &Present,
) -> Option<Awaited<V>> {
    let making = makings.get(key)?;
    present.tidings.is_current(topic, making.stamp).then(|| making.result.clone())
}

/// Takes a making off the list however it ends.
struct Ending<K: Eq + Hash, V> {
    shelf: Arc<Shelf<K, V>>,
    key: K,
    result: Awaited<V>,
}

impl<K: Eq + Hash, V> Drop for Ending<K, V> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            tracing::error!("making an answer panicked");
        }
        let mut makings = self.shelf.makings.lock().unwrap_or_else(PoisonError::into_inner);
        if makings.get(&self.key).is_some_and(|making| making.result.same_channel(&self.result)) {
            makings.remove(&self.key);
        }
    }
}

impl<K, V> fmt::Debug for Shelf<K, V> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Shelf").finish_non_exhaustive()
    }
}
