//! Hedging: where an engine lets the text of an open incident wait, the next engine of the route is asked beside it,
//! and the first that has everything is taken (Dean and Barroso, "The Tail at Scale", 2013). What is asked twice is
//! paid for twice, so that it is rare by a budget: one in fifty.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::Ladder;
use polypost_core::render::{Attempt, Outcome};
use polypost_engines::{Engine, EngineError};

/// Askings that pay for one hedge.
const ASKINGS: u32 = 50;

/// When engines are hedged, and how many may be.
#[derive(Debug)]
pub struct Hedging {
    /// Zero: never.
    after: Duration,
    /// In parts of a hedge; at first one may be made, and no more than one is ever saved up.
    saved: Mutex<u32>,
}

impl Hedging {
    #[must_use]
    pub fn new(after: Duration) -> Self {
        Self { after, saved: Mutex::new(ASKINGS) }
    }

    fn earn(&self) {
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        *saved = (*saved + 1).min(ASKINGS);
    }

    fn spend(&self) -> bool {
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        let is_enough = *saved >= ASKINGS;
        if is_enough {
            *saved = 0;
        }
        is_enough
    }
}

type Outcomes = [Option<Outcome>];
type Attempts = HashMap<usize, Vec<Attempt>>;

impl Ladder<'_> {
    /// All rungs of an engine, and where that takes long, all of the next one's beside it.
    ///
    /// # Errors
    /// The engine's own; that it failed says nothing of what the other one has filled in.
    pub(super) async fn ask_in_time(
        &self,
        engine: &dyn Engine,
        next: Option<&dyn Engine>,
        outcomes: &mut Outcomes,
        attempts: &mut Attempts,
    ) -> Result<(), EngineError> {
        let hedging = self.hedging;
        let Some(next) = next.filter(|_| self.is_urgent && !hedging.after.is_zero()) else {
            return self.ask(engine, outcomes, attempts).await;
        };
        hedging.earn();
        let (mut others, mut others_attempts) = (outcomes.to_vec(), attempts.clone());
        let is_whole = |outcomes: &Outcomes| outcomes.iter().all(Option::is_some);
        let asked = {
            let first = async {
                let asked = self.ask(engine, outcomes, attempts).await;
                (asked, is_whole(outcomes))
            };
            tokio::pin!(first);
            if let Ok((asked, _)) = tokio::time::timeout(hedging.after, &mut first).await {
                return asked;
            }
            if !hedging.spend() {
                return first.await.0;
            }
            tracing::info!(engine = engine.name(), beside = next.name(), locale = %self.target, "engine hedged");
            let second = async {
                let asked = self.ask(next, &mut others, &mut others_attempts).await;
                if let Err(error) = asked {
                    tracing::info!(engine = next.name(), locale = %self.target, %error, "engine failed; trying the next one");
                }
                is_whole(&others)
            };
            tokio::pin!(second);
            tokio::select! {
                biased;
                (asked, whole) = &mut first => {
                    if !whole {
                        second.await;
                    }
                    asked
                }
                // The first one's call is given up; what it may have been billed stays booked.
                whole = &mut second => if whole { Ok(()) } else { first.await.0 },
            }
        };
        take(outcomes, others, attempts, others_attempts, next.name());
        asked
    }
}

/// Fills what is open with what the other engine has, and keeps what it tried in vain.
fn take(outcomes: &mut Outcomes, others: Vec<Option<Outcome>>, attempts: &mut Attempts, tried: Attempts, name: &str) {
    for (outcome, other) in outcomes.iter_mut().zip(others) {
        if outcome.is_none() {
            *outcome = other;
        }
    }
    for (index, tried) in tried {
        if outcomes.get(index).is_some_and(Option::is_none) {
            attempts.entry(index).or_default().extend(tried.into_iter().filter(|attempt| attempt.engine == name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_in_fifty_is_hedged() {
        let hedging = Hedging::new(Duration::from_millis(1));
        let hedged = (0..1000).filter(|_| {
            hedging.earn();
            hedging.spend()
        });
        assert_eq!(hedged.count(), 20);
    }
}
