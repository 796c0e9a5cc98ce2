//! A circuit breaker: outcomes of calls come in; whether another may be made, or how long not, goes out. An engine that
//! is down is asked by one call now and then, not by every text that waits for it.

use std::time::Duration;

use tokio::time::Instant;

/// Outcomes that are remembered.
const WINDOW: u32 = 20;
/// Failures in a row after which an engine counts as down, and failures within the window: a call in two that fails is
/// reached by chance only where it is about the rule.
const FAILURES_IN_A_ROW: u32 = 5;
const FAILURES_IN_WINDOW: u32 = 12;

/// The first pause; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// How a call ended, as far as the engine's health is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It answered; that it declined a text is an answer.
    Answered,
    Failed,
    /// It wants to be left alone for a while.
    Refused(Duration),
}

#[derive(Debug, Default)]
pub(super) struct Breaker {
    /// The last outcomes, a bit each, the newest lowest; set where the call failed.
    failures: u32,
    paused_until: Option<Instant>,
    /// Pauses since the last answer.
    pauses: u32,
    /// A call that finds out whether the engine is back; when it began.
    probing: Option<Instant>,
}

impl Breaker {
    /// Whether a call may be made now; `Err` with the time until it is worth asking again. `longest` is what a call
    /// takes at most: a probe that was given up keeps nobody out for longer.
    pub(super) fn admit(&mut self, now: Instant, longest: Duration) -> Result<(), Duration> {
        let Some(until) = self.paused_until else { return Ok(()) };
        if now < until {
            return Err(until - now);
        }
        if let Some(began) = self.probing.filter(|began| now < *began + longest) {
            return Err((began + longest - now).min(FIRST_PAUSE));
        }
        self.probing = Some(now);
        Ok(())
    }

    pub(super) fn record(&mut self, outcome: Outcome, now: Instant) {
        let was_probe = self.probing.take().is_some();
        match outcome {
            // A call from before the pause does not end it: half of the calls may well be answered.
            Outcome::Answered if self.paused_until.is_some() && !was_probe => {}
            Outcome::Answered if was_probe => *self = Self::default(),
            Outcome::Answered => self.failures <<= 1,
            Outcome::Failed => {
                self.failures = self.failures << 1 | 1;
                let in_a_row = self.failures.trailing_ones() >= FAILURES_IN_A_ROW;
                let in_window = (self.failures & ((1 << WINDOW) - 1)).count_ones() >= FAILURES_IN_WINDOW;
                if in_a_row || in_window || self.paused_until.is_some() {
                    let pause = FIRST_PAUSE.saturating_mul(1 << self.pauses.min(8)).min(LONGEST_PAUSE);
                    self.pause(now + pause);
                }
            }
            Outcome::Refused(pause) => self.pause(now + pause),
        }
    }

    fn pause(&mut self, until: Instant) {
        // A call that began before the pause does not make it longer than the one that began it.
        if self.paused_until.is_none_or(|earlier| earlier < until) {
            self.pauses = self.pauses.saturating_add(1);
            self.paused_until = Some(until);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONGEST: Duration = Duration::from_secs(30);

    fn fail(breaker: &mut Breaker, times: u32, now: Instant) {
        for _ in 0..times {
            breaker.record(Outcome::Failed, now);
        }
    }

    #[test]
    fn failures_in_a_row_open_it_and_one_answer_closes_it() {
        let (mut breaker, now) = (Breaker::default(), Instant::now());
        fail(&mut breaker, 4, now);
        assert_eq!(breaker.admit(now, LONGEST), Ok(()));
        fail(&mut breaker, 1, now);
        assert_eq!(breaker.admit(now, LONGEST), Err(FIRST_PAUSE));
        let later = now + FIRST_PAUSE;
        assert_eq!(breaker.admit(later, LONGEST), Ok(()), "the probe");
        assert!(breaker.admit(later, LONGEST).is_err(), "one at a time");
        breaker.record(Outcome::Answered, later);
        assert_eq!(breaker.admit(later, LONGEST), Ok(()));
        fail(&mut breaker, 4, later);
        assert_eq!(breaker.admit(later, LONGEST), Ok(()), "what was before is forgotten");
    }

    #[test]
    fn pauses_double_to_the_longest_while_probes_fail() {
        let (mut breaker, mut now) = (Breaker::default(), Instant::now());
        fail(&mut breaker, 5, now);
        let mut pauses = Vec::new();
        for _ in 0..6 {
            let pause = breaker.admit(now, LONGEST).expect_err("paused");
            pauses.push(pause.as_secs());
            now += pause;
            assert_eq!(breaker.admit(now, LONGEST), Ok(()));
            breaker.record(Outcome::Failed, now);
        }
        assert_eq!(pauses, [5, 10, 20, 40, 60, 60]);
    }

    #[test]
    fn one_failure_in_three_does_not_open_it_and_two_do() {
        let now = Instant::now();
        let run = |failing: fn(u32) -> bool| {
            let mut breaker = Breaker::default();
            for number in 0..60 {
                breaker.record(if failing(number) { Outcome::Failed } else { Outcome::Answered }, now);
            }
            breaker.admit(now, LONGEST).is_ok()
        };
        assert!(run(|number| number % 3 == 0));
        let mut breaker = Breaker::default();
        for number in 0..20 {
            // Also those that are answered after it opened.
            breaker.record(if number % 3 == 0 { Outcome::Answered } else { Outcome::Failed }, now);
        }
        assert!(breaker.admit(now, LONGEST).is_err());
    }

    #[test]
    fn an_engine_that_says_when_is_left_alone_until_then() {
        let (mut breaker, now) = (Breaker::default(), Instant::now());
        let wait = Duration::from_mins(2);
        breaker.record(Outcome::Refused(wait), now);
        fail(&mut breaker, 8, now);
        assert_eq!(breaker.admit(now, LONGEST), Err(wait));
        assert_eq!(breaker.admit(now + wait, LONGEST), Ok(()));
    }

    #[test]
    fn a_probe_that_was_given_up_is_followed_by_another() {
        let (mut breaker, now) = (Breaker::default(), Instant::now());
        fail(&mut breaker, 5, now);
        let later = now + FIRST_PAUSE;
        assert_eq!(breaker.admit(later, LONGEST), Ok(()));
        assert!(breaker.admit(later + LONGEST / 2, LONGEST).is_err());
        assert_eq!(breaker.admit(later + LONGEST, LONGEST), Ok(()));
    }
}
