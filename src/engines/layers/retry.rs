//! Retries: a call that may succeed the next time is made again, up to a budget. What calls save up, retries spend, so
//! that an engine that fails gets a tenth more calls, not several times as many (M. Brooker, "Fixing retries with token
//! buckets and circuit breakers").

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rand::RngExt as _;

use crate::{CallOutcome, EngineError, ErrorKind};

/// How often a call is made in all, where the budget for retries has something left.
const ATTEMPTS: u32 = 3;
/// The pause before the first retry, of which chance takes some; the next one is twice as long.
const RETRY_PAUSE: Duration = Duration::from_millis(200);
/// The longest wait that an engine may ask for and still be asked again by the same job.
const LONGEST_RETRY_PAUSE: Duration = Duration::from_secs(1);

/// In tenths: what a call that succeeded adds, what a retry costs, and what can be saved up at most.
const SAVED: u32 = 1;
const COST: u32 = 10;
const MOST: u32 = 100;

/// Whether and when one engine's calls are made again.
#[derive(Debug, Default)]
pub(super) struct Retry {
    budget: Mutex<RetryBudget>,
}

impl Retry {
    /// The pause before another attempt, if one is worth making.
    pub(super) fn pause_before_another(&self, error: &EngineError, attempt: u32) -> Option<Duration> {
        let ErrorKind::Transient { after } = error.kind else { return None };
        if attempt >= ATTEMPTS || after.is_some_and(|after| after > LONGEST_RETRY_PAUSE) {
            return None;
        }
        // What was answered would be paid for once more; whether it is to be is not known here.
        if matches!(error.call, CallOutcome::Paused | CallOutcome::Answered) {
            return None;
        }
        let doubled = RETRY_PAUSE * (1 << (attempt - 1).min(8));
        let jittered = doubled.mul_f64(rand::rng().random_range(0.5..1.0));
        self.budget().spend().then(|| jittered.max(after.unwrap_or_default()))
    }

    /// A call was answered.
    pub(super) fn succeeded(&self) {
        self.budget().succeeded();
    }

    fn budget(&self) -> MutexGuard<'_, RetryBudget> {
        self.budget.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug)]
struct RetryBudget {
    tenths: u32,
}

impl Default for RetryBudget {
    /// Enough for a few, so that the first call of a process may be repeated.
    fn default() -> Self {
        Self { tenths: 5 * COST }
    }
}

impl RetryBudget {
    fn succeeded(&mut self) {
        self.tenths = (self.tenths + SAVED).min(MOST);
    }

    /// Whether a retry may be made, which is paid for then.
    fn spend(&mut self) -> bool {
        let left = self.tenths.checked_sub(COST);
        self.tenths = left.unwrap_or(self.tenths);
        left.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_are_a_tenth_of_what_succeeded() {
        let mut retries = RetryBudget::default();
        while retries.spend() {}
        let mut made = 0;
        for _ in 0..1000 {
            retries.succeeded();
            made += u32::from(retries.spend());
        }
        assert_eq!(made, 100);
    }

    #[test]
    fn not_more_than_ten_are_saved_up() {
        let mut retries = RetryBudget::default();
        for _ in 0..1000 {
            retries.succeeded();
        }
        assert_eq!(std::iter::from_fn(|| retries.spend().then_some(())).count(), 10);
    }
}
