//! When to retry: exponential backoff of which half is jitter, so that workers that failed together do not come back
//! together (AWS, "Exponential Backoff And Jitter"); never sooner than the engine asked for.

use jiff::SignedDuration;

use super::seconds;
use crate::config;
use polypost_engines::ErrorKind;

/// Attempts that had texts of engines, none of which could be published; after so many the row is held until somebody
/// asks for it. Each of them buys every text at least once, where engines have to be paid.
pub(super) const MAX_ATTEMPTS_WITHOUT_PASS: u32 = polypost_engines::MAX_PURCHASES;

/// The pause before the next attempt. `failed` counts the attempts that failed before this one; `chance` is drawn
/// evenly from 0 to 1.
pub(super) fn pause(settings: &config::WorkerSettings, kind: ErrorKind, failed: u32, chance: f64) -> SignedDuration {
    let longest = seconds(settings.retry_longest_seconds);
    match kind {
        ErrorKind::Transient { after } => {
            let doubled = settings.retry_first_seconds.saturating_mul(1_u64 << failed.min(20));
            let ceiling = seconds(doubled).min(longest);
            let jittered = SignedDuration::from_secs_f64(ceiling.as_secs_f64() * (0.5 + chance.clamp(0.0, 1.0) / 2.0));
            let asked = after.and_then(|after| SignedDuration::try_from(after).ok()).unwrap_or(SignedDuration::ZERO);
            jittered.max(asked)
        }
        // Nothing changes until somebody acts, and whoever acts may publish or retranslate.
        ErrorKind::Quota | ErrorKind::Rejected | ErrorKind::TextsRejected | ErrorKind::Broken => longest,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn settings() -> config::WorkerSettings {
        config::WorkerSettings {
            concurrency: 1,
            lease_seconds: 15,
            heartbeat_seconds: 5,
            retry_first_seconds: 5,
            retry_longest_seconds: 900,
            job_seconds: 900,
            drain_seconds: 25,
            poll_seconds: 2,
        }
    }

    #[test]
    fn pauses_double_up_to_the_longest() {
        let transient = ErrorKind::Transient { after: None };
        let pauses: Vec<i64> = (0..10).map(|failed| pause(&settings(), transient, failed, 1.0).as_secs()).collect();
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
        assert_eq!(pause(&settings(), transient, u32::MAX, 1.0).as_secs(), 900);
    }

    #[test]
    fn chance_takes_at_most_half_of_a_pause() {
        let transient = ErrorKind::Transient { after: None };
        assert_eq!(pause(&settings(), transient, 1, 0.0).as_secs(), 5);
    }

    #[test]
    fn an_engine_that_says_when_is_obeyed() {
        let transient = ErrorKind::Transient { after: Some(Duration::from_mins(2)) };
        assert_eq!(pause(&settings(), transient, 0, 0.5).as_secs(), 120);
    }

    #[test]
    fn what_needs_an_operator_waits_longest() {
        assert_eq!(pause(&settings(), ErrorKind::Broken, 0, 0.5).as_secs(), 900);
    }
}
