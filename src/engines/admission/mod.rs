//! Who may call an engine, when and how often: calls come in, outcomes go out. Bounds of the contract, the budget, the
//! engine's own wishes and its health are looked at here, for every engine alike; what is asked is none of its
//! business.

mod booked;
mod breaker;
mod retries;
#[cfg(test)]
mod tests;

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use rand::RngExt as _;
use tokio::time::Instant;

use super::ledger::{Booking, Bounds, Exhausted, Ledger, LedgerError};
use super::priority_limiter::{CallSlot, PriorityLimiter};
use super::{EngineDependencies, EngineError, EngineRequest, ErrorKind};
use crate::config::Contract;
use booked::Booked;
use breaker::{Breaker, CallToken, Outcome};
use retries::Retries;

/// How often a call is made in all, where the budget for retries has something left.
const ATTEMPTS: u32 = 3;
/// The pause before the first retry, of which chance takes some; the next one is twice as long.
const RETRY_PAUSE: Duration = Duration::from_millis(200);
/// The longest wait that an engine may ask for and still be asked again by the same job.
const LONGEST_RETRY_PAUSE: Duration = Duration::from_secs(1);
/// How long an engine is left alone whose contract is used up.
const QUOTA_PAUSE: Duration = Duration::from_mins(5);

/// What came of a call, and what it was billed where the engine says so.
pub(super) struct Billed<T> {
    pub(super) answer: T,
    pub(super) units: Option<u64>,
}

/// One engine's door.
pub(super) struct Admission {
    engine: &'static str,
    bounds: Bounds,
    /// The longest that a call takes.
    longest: Duration,
    turns: PriorityLimiter,
    requests: Option<DefaultDirectRateLimiter>,
    units: Option<(DefaultDirectRateLimiter, NonZeroU32)>,
    health: Mutex<Health>,
    ledger: Arc<dyn Ledger>,
}

#[derive(Default)]
struct Health {
    breaker: Breaker,
    retries: Retries,
    /// Why the engine is left alone.
    reason: Option<(ErrorKind, String)>,
}

impl Admission {
    pub(super) fn new(engine: &'static str, contract: &Contract, dependencies: &EngineDependencies) -> Self {
        let requests = NonZeroU32::new(contract.requests_per_second);
        let units = NonZeroU32::new(contract.characters_per_minute);
        Self {
            engine,
            bounds: Bounds { day: contract.most_per_day(), month: contract.most_per_month() },
            longest: Duration::from_secs(contract.connect_timeout_seconds + contract.request_timeout_seconds),
            turns: PriorityLimiter::new(contract.concurrency),
            requests: requests.map(|most| RateLimiter::direct(Quota::per_second(most))),
            units: units.map(|most| (RateLimiter::direct(Quota::per_minute(most)), most)),
            health: Mutex::default(),
            ledger: Arc::clone(&dependencies.ledger),
        }
    }

    /// Makes a call for a request that will be billed `units`, again where that may help and the budget for retries
    /// allows it.
    ///
    /// # Errors
    /// The call's own; `Quota` where the budget does not allow it; the reason of the last failure where the engine is
    /// left alone for a while.
    pub(super) async fn call<T, F>(
        &self,
        request: &EngineRequest<'_>,
        units: u64,
        mut make: impl FnMut() -> F,
    ) -> Result<T, EngineError>
    where
        F: Future<Output = Result<Billed<T>, EngineError>>,
    {
        let booking = Booking { engine: self.engine, target: request.target, units };
        let mut attempt = 1;
        loop {
            let error = match self.once(booking, request, make()).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let Some(pause) = self.worth_another(&error, attempt) else { return Err(error) };
            tracing::debug!(engine = self.engine, locale = %request.target, attempt, %error, "asked again");
            if request.until_cancelled(tokio::time::sleep(pause)).await.is_none() {
                return Err(error);
            }
            attempt += 1;
        }
    }

    /// The pause before another attempt, if one is worth making.
    fn worth_another(&self, error: &EngineError, attempt: u32) -> Option<Duration> {
        let ErrorKind::Transient { after } = error.kind else { return None };
        if attempt >= ATTEMPTS || after.is_some_and(|after| after > LONGEST_RETRY_PAUSE) || error.is_paused {
            return None;
        }
        // It would be paid for once more; whether it is to be is not known here.
        if error.was_answered {
            return None;
        }
        let doubled = RETRY_PAUSE * (1 << (attempt - 1).min(8));
        let jittered = doubled.mul_f64(rand::rng().random_range(0.5..1.0));
        self.health().retries.spend().then(|| jittered.max(after.unwrap_or_default()))
    }

    async fn once<T>(
        &self,
        booking: Booking<'_>,
        request: &EngineRequest<'_>,
        call: impl Future<Output = Result<Billed<T>, EngineError>>,
    ) -> Result<T, EngineError> {
        let turn = request.until_cancelled(self.turn(booking.units, request.is_urgent)).await;
        let _turn = turn.ok_or_else(|| EngineError::cancelled(self.engine))??;
        let admitted = self.admitted()?;
        let mut booked = self.book(booking).await?;
        let receipt = booked.sent();
        let outcome = call.await;
        // What came of an earlier question says nothing new.
        if !outcome.as_ref().is_err_and(|error| error.is_paused) {
            self.record(admitted.token, outcome.as_ref().err());
        }
        let billed = match &outcome {
            Ok(Billed { units, .. }) => units.unwrap_or(booking.units),
            Err(error) if error.perhaps_billed => booking.units,
            Err(_) => 0,
        };
        if billed != booking.units
            && let Err(error) = self.ledger.correct(receipt, billed).await
        {
            uncorrected(self.engine, &error, booking.units, billed);
        }
        outcome.map(|billed| billed.answer)
    }

    /// A place at the engine, once its rates allow a call.
    async fn turn(&self, units: u64, is_urgent: bool) -> Result<CallSlot<'_>, EngineError> {
        let turn = self.turns.take(is_urgent).await;
        // What is left alone is not waited for.
        self.awake()?;
        self.within_rates(units).await;
        Ok(turn)
    }

    fn awake(&self) -> Result<(), EngineError> {
        let health = self.health();
        health.breaker.wait(Instant::now(), self.longest).map_or(Ok(()), |wait| Err(self.paused(&health, wait)))
    }

    fn admitted(&self) -> Result<Admitted<'_>, EngineError> {
        let mut health = self.health();
        match health.breaker.admit(Instant::now(), self.longest) {
            Ok(token) => Ok(Admitted { admission: self, token }),
            Err(wait) => Err(self.paused(&health, wait)),
        }
    }

    fn paused(&self, health: &Health, wait: Duration) -> EngineError {
        let (kind, reason) = health.reason.clone().unwrap_or((ErrorKind::Transient { after: None }, String::new()));
        let kind = match kind {
            ErrorKind::Transient { .. } => ErrorKind::Transient { after: Some(wait) },
            kind => kind,
        };
        let message = format!("is left alone for {} s: {reason}", wait.as_secs().max(1));
        EngineError { is_paused: true, ..EngineError::new(self.engine, kind, message) }
    }

    async fn book(&self, booking: Booking<'_>) -> Result<Booked, EngineError> {
        let period = match booked::book(&self.ledger, self.engine, booking, self.bounds).await {
            Ok(Ok(booked)) => return Ok(booked),
            Ok(Err(period)) => period,
            Err(error) => {
                let message = "what it has been billed cannot be looked up, so it is not asked";
                let error =
                    EngineError::new(self.engine, ErrorKind::Transient { after: None }, message).caused_by(error);
                return Err(error.hint("`polypost doctor` looks at the store"));
            }
        };
        let (name, most) = match period {
            Exhausted::Day => ("day", self.bounds.day),
            Exhausted::Month => ("month", self.bounds.month),
        };
        let (most, units) = (most.unwrap_or_default(), booking.units);
        let message = format!("the budget of the {name} is {most}; {units} more would pass it");
        let hint = format!("`polypost usage` tells what was spent; engines.{}.contract has the bounds", self.engine);
        Err(EngineError::new(self.engine, ErrorKind::Quota, message).hint(hint))
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

    fn record(&self, token: CallToken, error: Option<&EngineError>) {
        let mut health = self.health();
        // A service that fails is one that fails, however soon it says to come back.
        let is_failing = error.and_then(|error| error.status).is_some_and(|status| status >= 500);
        let outcome = match error.map(|error| error.kind) {
            None | Some(ErrorKind::Rejected) => Outcome::Answered,
            Some(ErrorKind::Transient { after: Some(wait) }) if !is_failing => Outcome::Refused(wait),
            Some(ErrorKind::Transient { after }) => Outcome::Failed(after),
            // The next call may come with a fresh token.
            Some(ErrorKind::Broken) => Outcome::Failed(None),
            Some(ErrorKind::Quota) => Outcome::Refused(QUOTA_PAUSE),
        };
        health.breaker.record(token, outcome, Instant::now());
        match error.filter(|_| outcome != Outcome::Answered) {
            Some(error) => health.reason = Some((error.kind, error.message.clone())),
            None => health.retries.succeeded(),
        }
    }

    /// As [`Engine::judge`](super::Engine::judge).
    pub(super) fn judge(&self, is_usable: bool) {
        let mut health = self.health();
        health.breaker.judge(is_usable, Instant::now());
        if !is_usable && health.breaker.wait(Instant::now(), self.longest).is_some() {
            let reason = "none of its texts passed the checks".to_owned();
            health.reason = Some((ErrorKind::Transient { after: None }, reason));
        }
    }

    fn health(&self) -> std::sync::MutexGuard<'_, Health> {
        self.health.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call that may be made. Where it is not, or is given up, its place goes to another.
struct Admitted<'door> {
    admission: &'door Admission,
    token: CallToken,
}

impl Drop for Admitted<'_> {
    fn drop(&mut self) {
        self.admission.health().breaker.give_back(self.token);
    }
}

fn uncorrected(engine: &str, error: &LedgerError, booked: u64, billed: u64) {
    tracing::warn!(engine, error, booked, billed, "usage could not be corrected");
}
