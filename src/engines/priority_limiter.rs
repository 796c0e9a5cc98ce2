//! Whose turn it is: a number of places, one of which texts of open incidents always find free of others. Those others
//! still go on when nothing is urgent, and never all wait behind each other in front of something that is.

use tokio::sync::{Semaphore, SemaphorePermit};

/// Places for what is done at the same time.
#[derive(Debug)]
pub(super) struct PriorityLimiter {
    places: Semaphore,
    /// What is not urgent takes one of these first: as many as there are places but one, and so of a single place at
    /// most one waits for it.
    ordinary: Semaphore,
}

/// A place, until it is dropped: first the place itself, so that something urgent that waits for it is next.
#[derive(Debug)]
pub(super) struct CallSlot<'limiter> {
    _place: Option<SemaphorePermit<'limiter>>,
    _ordinary: Option<SemaphorePermit<'limiter>>,
}

impl PriorityLimiter {
    pub(super) fn new(places: usize) -> Self {
        let places = places.clamp(1, Semaphore::MAX_PERMITS);
        Self { places: Semaphore::new(places), ordinary: Semaphore::new((places - 1).max(1)) }
    }

    pub(super) async fn take(&self, is_urgent: bool) -> CallSlot<'_> {
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
