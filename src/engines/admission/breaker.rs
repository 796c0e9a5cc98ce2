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
    /// It failed, and may have said for how long it wants to be left alone.
    Failed(Option<Duration>),
    /// It is in order, and wants to be left alone for a while.
    Refused(Duration),
}

/// The right to make one call. It tells calls that began before a pause from those that began after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CallToken {
    epoch: u64,
}

#[derive(Debug, Default)]
pub(super) struct Breaker {
    /// The last outcomes, a bit each, the newest lowest; set where the call failed.
    failures: u32,
    paused_until: Option<Instant>,
    /// Pauses for failures since the last answer that was of use.
    pauses: u32,
    /// Jobs in a row that could use nothing of what they were answered.
    useless: u32,
    /// A call that finds out whether the engine is back; when it began.
    probing: Option<Instant>,
    /// Another one with every pause, every probe and every end of either: what was given in an earlier one says
    /// nothing about this one.
    epoch: u64,
}

impl Breaker {
    /// A token for a call now; `Err` with the time until it is worth asking again. `longest` is what a call takes
    /// at most: a probe that takes longer keeps nobody out.
    pub(super) fn admit(&mut self, now: Instant, longest: Duration) -> Result<CallToken, Duration> {
        if let Some(wait) = self.wait(now, longest) {
            return Err(wait);
        }
        if self.paused_until.is_some() {
            self.epoch += 1;
            self.probing = Some(now);
        }
        Ok(CallToken { epoch: self.epoch })
    }

    /// The time until it is worth asking for a token, where there is none to be had now.
    pub(super) fn wait(&self, now: Instant, longest: Duration) -> Option<Duration> {
        let until = self.paused_until?;
        if now < until {
            return Some(until - now);
        }
        let began = self.probing.filter(|began| now < *began + longest)?;
        Some((began + longest - now).min(FIRST_PAUSE))
    }

    /// How the call ended that the token was for.
    pub(super) fn record(&mut self, token: CallToken, outcome: Outcome, now: Instant) {
        if token.epoch != self.epoch {
            // It began before the pause, which its failure does not lengthen and its answer does not end: half of the
            // calls may well be answered. A wait that the engine asks for is kept whenever it was asked.
            if let Outcome::Failed(Some(wait)) | Outcome::Refused(wait) = outcome {
                self.prolong(now + wait);
            }
            return;
        }
        let is_probe = self.probing.is_some();
        match outcome {
            // An engine whose answers nobody can use is not in order because it has answered once more.
            Outcome::Answered if is_probe && self.useless > 0 => {
                let Self { epoch, pauses, useless, .. } = *self;
                *self = Self { epoch: epoch + 1, pauses, useless, ..Self::default() };
            }
            Outcome::Answered if is_probe => *self = Self { epoch: self.epoch + 1, ..Self::default() },
            Outcome::Answered => self.failures <<= 1,
            Outcome::Failed(asked) => {
                self.failures = self.failures << 1 | 1;
                let in_a_row = self.failures.trailing_ones() + self.useless >= FAILURES_IN_A_ROW;
                let in_window = (self.failures & ((1 << WINDOW) - 1)).count_ones() >= FAILURES_IN_WINDOW;
                if in_a_row || in_window || is_probe {
                    self.pause_longer(now, asked.unwrap_or_default());
                } else if let Some(asked) = asked {
                    self.pause(now + asked);
                }
            }
            Outcome::Refused(wait) => self.pause(now + wait),
        }
    }

    /// What a job could do with everything that it was answered. Nothing: that is a failure, although calls were
    /// answered.
    pub(super) fn judge(&mut self, is_usable: bool, now: Instant) {
        if is_usable {
            if std::mem::take(&mut self.useless) > 0 {
                self.pauses = 0;
            }
            return;
        }
        self.useless = self.useless.saturating_add(1);
        let is_paused = self.paused_until.is_some_and(|until| now < until);
        // What was bought before a pause does not lengthen it.
        if !is_paused && self.useless + self.failures.trailing_ones() >= FAILURES_IN_A_ROW {
            self.pause_longer(now, Duration::ZERO);
        }
    }

    fn pause_longer(&mut self, now: Instant, least: Duration) {
        let pause = FIRST_PAUSE.saturating_mul(1 << self.pauses.min(8)).min(LONGEST_PAUSE);
        self.pauses = self.pauses.saturating_add(1);
        self.pause(now + pause.max(least));
    }

    /// Takes a token back whose call was not made, or given up: the next caller is the probe. Nothing happens where its
    /// outcome was recorded.
    pub(super) fn give_back(&mut self, token: CallToken) {
        if token.epoch == self.epoch && self.probing.take().is_some() {
            self.epoch += 1;
        }
    }

    fn pause(&mut self, until: Instant) {
        self.probing = None;
        self.epoch += 1;
        self.paused_until = self.paused_until.max(Some(until));
    }

    fn prolong(&mut self, until: Instant) {
        match &mut self.paused_until {
            Some(earlier) => *earlier = until.max(*earlier),
            None => self.pause(until),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONGEST: Duration = Duration::from_secs(30);

    const FAILED: Outcome = Outcome::Failed(None);

    /// Calls one after the other.
    fn fail(breaker: &mut Breaker, times: u32, now: Instant) {
        for _ in 0..times {
            let token = breaker.admit(now, LONGEST).unwrap();
            breaker.record(token, FAILED, now);
        }
    }

    #[test]
    fn failures_in_a_row_open_it_and_one_answer_closes_it() {
        let (mut breaker, now) = (Breaker::default(), Instant::now());
        fail(&mut breaker, 4, now);
        assert!(breaker.admit(now, LONGEST).is_ok());
        fail(&mut breaker, 1, now);
        assert_eq!(breaker.admit(now, LONGEST), Err(FIRST_PAUSE));
        let later = now + FIRST_PAUSE;
        let probe = breaker.admit(later, LONGEST).expect("the probe");
        assert!(breaker.admit(later, LONGEST).is_err(), "one at a time");
        breaker.record(probe, Outcome::Answered, later);
        assert!(breaker.admit(later, LONGEST).is_ok());
        fail(&mut breaker, 4, later);
        assert!(breaker.admit(later, LONGEST).is_ok(), "what was before is forgotten");
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
            fail(&mut breaker, 1, now);
        }
        assert_eq!(pauses, [5, 10, 20, 40, 60, 60]);
    }

    #[test]
    fn one_failure_in_three_does_not_open_it_and_two_do() {
        let now = Instant::now();
        let run = |failing: fn(u32) -> bool| {
            let mut breaker = Breaker::default();
            // All under way at once: also those that are answered after it opened.
            let token = breaker.admit(now, LONGEST).unwrap();
            for number in 0..60 {
                breaker.record(token, if failing(number) { FAILED } else { Outcome::Answered }, now);
            }
            breaker.admit(now, LONGEST).is_ok()
        };
        assert!(run(|number| number % 3 == 0));
        assert!(!run(|number| number % 3 != 0));
    }

    #[test]
    fn an_engine_that_says_when_is_left_alone_until_then() {
        let (mut breaker, now) = (Breaker::default(), Instant::now());
        let wait = Duration::from_mins(2);
        let token = breaker.admit(now, LONGEST).unwrap();
        breaker.record(token, Outcome::Refused(wait), now);
        assert_eq!(breaker.admit(now, LONGEST), Err(wait));
        breaker.record(token, Outcome::Refused(wait * 2), now);
        breaker.record(token, Outcome::Failed(Some(wait / 2)), now);
        assert_eq!(breaker.admit(now, LONGEST), Err(wait * 2), "the longest that it asked for");
        assert!(breaker.admit(now + wait * 2, LONGEST).is_ok());
    }

    #[test]
    fn calls_from_before_a_pause_neither_lengthen_nor_end_it() {
        let (mut breaker, now) = (Breaker::default(), Instant::now());
        let burst: Vec<CallToken> = (0..8).map(|_| breaker.admit(now, LONGEST).unwrap()).collect();
        for token in burst {
            breaker.record(token, FAILED, now);
        }
        assert_eq!(breaker.admit(now, LONGEST), Err(FIRST_PAUSE));
    }

    #[test]
    fn the_end_of_a_call_from_before_a_pause_is_not_the_probes() {
        let (mut breaker, now) = (Breaker::default(), Instant::now());
        let [early, late, last] = [(); 3].map(|()| breaker.admit(now, LONGEST).unwrap());
        fail(&mut breaker, 5, now);
        let later = now + FIRST_PAUSE;
        let probe = breaker.admit(later, LONGEST).unwrap();
        breaker.record(early, Outcome::Answered, later);
        breaker.record(late, FAILED, later);
        assert!(breaker.admit(later, LONGEST).is_err(), "the probe is still under way");
        breaker.record(probe, FAILED, later);
        assert_eq!(breaker.admit(later, LONGEST), Err(FIRST_PAUSE * 2));
        let later = later + FIRST_PAUSE * 2;
        let probe = breaker.admit(later, LONGEST).unwrap();
        breaker.record(probe, Outcome::Answered, later);
        breaker.record(last, FAILED, later);
        fail(&mut breaker, 4, later);
        assert!(breaker.admit(later, LONGEST).is_ok(), "four in a row since it is back");
    }

    #[test]
    fn answers_that_nobody_can_use_open_it_as_failures_do_and_one_that_is_used_closes_it() {
        let (mut breaker, mut now) = (Breaker::default(), Instant::now());
        let answer = |breaker: &mut Breaker, is_usable, now| {
            let token = breaker.admit(now, LONGEST).expect("not paused");
            breaker.record(token, Outcome::Answered, now);
            breaker.judge(is_usable, now);
        };
        for _ in 0..4 {
            answer(&mut breaker, false, now);
        }
        answer(&mut breaker, true, now);
        for _ in 0..5 {
            answer(&mut breaker, false, now);
        }
        let mut pauses = Vec::new();
        for _ in 0..3 {
            let pause = breaker.wait(now, LONGEST).expect("paused");
            pauses.push(pause.as_secs());
            now += pause;
            answer(&mut breaker, false, now);
        }
        assert_eq!(pauses, [5, 10, 20], "however often the probe is answered");
        now += breaker.wait(now, LONGEST).expect("paused");
        answer(&mut breaker, true, now);
        fail(&mut breaker, 4, now);
        assert!(breaker.admit(now, LONGEST).is_ok(), "it is in order again");
    }

    #[test]
    fn failures_and_answers_of_no_use_count_together() {
        let (mut breaker, now) = (Breaker::default(), Instant::now());
        for _ in 0..2 {
            let token = breaker.admit(now, LONGEST).unwrap();
            breaker.record(token, Outcome::Answered, now);
            breaker.judge(false, now);
        }
        fail(&mut breaker, 3, now);
        assert_eq!(breaker.wait(now, LONGEST), Some(FIRST_PAUSE));
    }

    #[test]
    fn a_wait_that_a_failing_engine_asks_for_makes_no_pause_shorter() {
        let (mut breaker, mut now) = (Breaker::default(), Instant::now());
        let mut pauses = Vec::new();
        for asked in [0, 1, 0, 30, 1] {
            let token = breaker.admit(now, LONGEST).unwrap();
            breaker.record(token, Outcome::Failed(Some(Duration::from_secs(asked))), now);
            let pause = breaker.wait(now, LONGEST).unwrap_or_default();
            pauses.push(pause.as_secs());
            now += pause;
        }
        assert_eq!(pauses, [0, 5, 10, 30, 40]);
    }

    #[test]
    fn a_probe_that_was_given_up_is_followed_by_another() {
        let (mut breaker, now) = (Breaker::default(), Instant::now());
        fail(&mut breaker, 5, now);
        let later = now + FIRST_PAUSE;
        let probe = breaker.admit(later, LONGEST).unwrap();
        assert!(breaker.admit(later + LONGEST / 2, LONGEST).is_err());
        breaker.give_back(probe);
        let next = breaker.admit(later + LONGEST / 2, LONGEST).expect("the place was given back");
        breaker.give_back(probe);
        assert!(breaker.admit(later + LONGEST / 2, LONGEST).is_err(), "by its own holder alone");
        assert!(breaker.admit(later + LONGEST * 2, LONGEST).is_ok(), "it takes too long");
        breaker.record(next, Outcome::Answered, later + LONGEST * 2);
        assert!(breaker.admit(later + LONGEST * 2, LONGEST).is_err(), "the second probe is the one that counts");
    }
}
