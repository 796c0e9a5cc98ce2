//! The state of a circuit breaker, without clock and lock: what calls came to decides whether another may be made. An
//! engine that is down is asked by one call now and then, not by every text that waits for it.

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
mod tests;
