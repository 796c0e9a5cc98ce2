//! The limit: how many calls a contract allows at a time, in a second, and by their characters in a minute. Of the
//! places one is always found free by texts of open incidents. Others still go on when nothing is urgent, and never all
//! wait behind each other in front of something that is.

use std::num::NonZeroU32;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::EngineError;
use crate::contract::Contract;

/// The bounds of one engine's contract.
pub(super) struct Limit {
    places: PriorityLimiter,
    requests: Option<DefaultDirectRateLimiter>,
    units: Option<(DefaultDirectRateLimiter, NonZeroU32)>,
}

impl Limit {
    pub(super) fn new(contract: &Contract) -> Self {
        let requests = NonZeroU32::new(contract.requests_per_second);
        let units = NonZeroU32::new(contract.characters_per_minute);
        Self {
            places: PriorityLimiter::new(contract.concurrency),
            requests: requests.map(|most| RateLimiter::direct(Quota::per_second(most))),
            units: units.map(|most| (RateLimiter::direct(Quota::per_minute(most)), most)),
        }
    }

    /// A place at the engine, once its rates allow a call of so many units. `is_worth_it` is asked when there is a
    /// place, before the rates are waited for.
    ///
    /// # Errors
    /// Those of `is_worth_it`.
    pub(super) async fn admitted(
        &self,
        units: u64,
        is_urgent: bool,
        is_worth_it: impl FnOnce() -> Result<(), EngineError>,
    ) -> Result<CallSlot<'_>, EngineError> {
        let place = self.places.take(is_urgent).await;
        is_worth_it()?;
        self.within_rates(units).await;
        Ok(place)
    }

    async fn within_rates(&self, units: u64) {
        if let Some(requests) = &self.requests {
            requests.until_ready().await;
        }
        if let Some((limiter, most)) = &self.units {
            // More than a minute's bound is let through at the price of a whole minute.
            let wanted = u32::try_from(units).ok().and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MIN).min(*most);
            let _ = limiter.until_n_ready(wanted).await;
        }
    }
}

/// Places for what is done at the same time.
#[derive(Debug)]
pub(crate) struct PriorityLimiter {
    places: Semaphore,
    /// What is not urgent takes one of these first: as many as there are places but one, and so of a single place at
    /// most one waits for it.
    ordinary: Semaphore,
}

/// A place, until it is dropped: first the place itself, so that something urgent that waits for it is next.
#[derive(Debug)]
pub(crate) struct CallSlot<'limiter> {
    _place: Option<SemaphorePermit<'limiter>>,
    _ordinary: Option<SemaphorePermit<'limiter>>,
}

impl PriorityLimiter {
    pub(crate) fn new(places: usize) -> Self {
        let places = places.clamp(1, Semaphore::MAX_PERMITS);
        Self { places: Semaphore::new(places), ordinary: Semaphore::new((places - 1).max(1)) }
    }

    pub(crate) async fn take(&self, is_urgent: bool) -> CallSlot<'_> {
        // Never closed: whoever waits gets a place.
        let ordinary = if is_urgent { None } else { self.ordinary.acquire().await.ok() };
        CallSlot { _place: self.places.acquire().await.ok(), _ordinary: ordinary }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    /// Whether a place is to be had at this moment.
    async fn at_once(limiter: &PriorityLimiter, is_urgent: bool) -> bool {
        tokio::select! {
            biased;
            _ = limiter.take(is_urgent) => true,
            () = std::future::ready(()) => false,
        }
    }

    #[tokio::test]
    async fn one_place_of_several_is_kept_for_what_is_urgent() {
        let limiter = PriorityLimiter::new(3);
        let (_first, second) = (limiter.take(false).await, limiter.take(false).await);
        assert!(!at_once(&limiter, false).await);
        assert!(at_once(&limiter, true).await);
        drop(second);
        assert!(at_once(&limiter, false).await);
    }

    #[tokio::test]
    async fn of_a_single_place_the_urgent_one_is_next() {
        let (limiter, order) = (Arc::new(PriorityLimiter::new(1)), Arc::new(Mutex::new(Vec::new())));
        let held = limiter.take(false).await;
        let mut waiting = tokio::task::JoinSet::new();
        for (name, is_urgent) in [("first", false), ("second", false), ("urgent", true)] {
            let (limiter, order) = (Arc::clone(&limiter), Arc::clone(&order));
            waiting.spawn(async move {
                let _turn = limiter.take(is_urgent).await;
                order.lock().unwrap().push(name);
            });
            tokio::task::yield_now().await;
        }
        drop(held);
        waiting.join_all().await;
        assert_eq!(*order.lock().unwrap(), ["urgent", "first", "second"]);
    }
}
