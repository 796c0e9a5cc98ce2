//! What is done for every engine around its calls. A request passes, top to bottom:
//!
//! | layer | file | what it does |
//! |---|---|---|
//! | sharing | `sharing.rs` | a text on its way for one locale is not bought again for another that has the same code |
//! | batcher | `request_batcher.rs` | while the engine is busy, requests gather and then share calls |
//! | the engine | `vendor`, `apertium` | divides the texts among calls, and makes each by [`Layers::call`] |
//! | retry | `retry.rs` | makes a call again where that may help and the retry budget has something left |
//! | limit | `limit.rs` | waits for a place and for the contract's rates; urgent texts find one place free |
//! | breaker | `breaker.rs` | refuses at once while the circuit is open |
//! | budget | `budget.rs` | books the call, or refuses what would pass the budget of the day or the month |
//! | the call | `http` | |
//!
//! The first two are engines around an engine ([`shared`], [`gathered`]): which of them an engine has is said where its
//! settings build it. The last four every engine over the network has, in this order. What is asked, and what of an
//! answer can be used, is not looked at here.

mod breaker;
mod budget;
mod limit;
mod request_batcher;
mod retry;
mod sharing;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use crate::contract::Contract;
use crate::ledger::Booking;
use crate::{CallOutcome, Engine, EngineDependencies, EngineError, EngineRequest};
use breaker::Circuit;
use budget::Budget;
use limit::Limit;
use retry::Retry;
use sharing::Sharing;

pub(crate) use limit::PriorityLimiter;
pub(crate) use request_batcher::RequestBatcher;

/// An engine that is paid for its texts: each is bought once for all the locales that it has one code for.
pub(crate) fn shared(engine: impl Engine + 'static) -> Arc<dyn Engine> {
    Arc::new(Sharing::new(Arc::new(engine)))
}

/// An engine that reads nothing but texts, as many at once as a call takes: requests that would wait share calls.
pub(crate) fn gathered(engine: impl Engine + 'static, contract: &Contract) -> Arc<dyn Engine> {
    let a_second = usize::try_from(contract.requests_per_second).unwrap_or(usize::MAX);
    let most = if a_second == 0 { contract.concurrency } else { contract.concurrency.min(a_second) };
    shared(RequestBatcher::new(Arc::new(engine), most))
}

/// What came of a call, and what it was billed where the engine says so.
pub(crate) struct Billed<T> {
    pub(crate) answer: T,
    pub(crate) units: Option<u64>,
}

/// The layers around one engine's calls.
pub(crate) struct Layers {
    engine: &'static str,
    retry: Retry,
    limit: Limit,
    circuit: Circuit,
    budget: Budget,
}

impl Layers {
    pub(crate) fn new(engine: &'static str, contract: &Contract, dependencies: &EngineDependencies) -> Self {
        let longest_call = Duration::from_secs(contract.connect_timeout_seconds + contract.request_timeout_seconds);
        Self {
            engine,
            retry: Retry::default(),
            limit: Limit::new(contract),
            circuit: Circuit::new(engine, longest_call),
            budget: Budget::new(engine, contract, &dependencies.ledger),
        }
    }

    /// Makes a call for a request that will be billed `units`, again where that may help and the budget for retries
    /// allows it.
    ///
    /// # Errors
    /// The call's own; `Quota` where the budget does not allow it; the reason of the last failure while the circuit is
    /// open.
    pub(crate) async fn call<T, F>(
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
            let Some(pause) = self.retry.pause_before_another(&error, attempt) else { return Err(error) };
            tracing::debug!(engine = self.engine, locale = %request.target, attempt, retry_in = ?pause, %error, "call failed; retrying");
            if request.until_cancelled(tokio::time::sleep(pause)).await.is_none() {
                return Err(error);
            }
            attempt += 1;
        }
    }

    async fn once<T>(
        &self,
        booking: Booking<'_>,
        request: &EngineRequest<'_>,
        call: impl Future<Output = Result<Billed<T>, EngineError>>,
    ) -> Result<T, EngineError> {
        // What is open is not waited for, and what opened meanwhile is not asked.
        let admitted = self.limit.admitted(booking.units, request.is_urgent, || self.circuit.closed());
        let admitted = request.until_cancelled(admitted).await;
        let _place = admitted.ok_or_else(|| EngineError::cancelled(self.engine))??;
        let admitted = self.circuit.admit()?;
        let mut booked = self.budget.book(booking).await?;
        let receipt = booked.sent();
        let outcome = call.await;
        // What came of an earlier question says nothing new.
        if !outcome.as_ref().is_err_and(|error| error.call == CallOutcome::Paused) {
            self.record(&admitted, outcome.as_ref().err());
        }
        let billed = match &outcome {
            Ok(Billed { units, .. }) => units.unwrap_or(booking.units),
            Err(error) if error.call.may_be_billed() => booking.units,
            Err(_) => 0,
        };
        self.budget.correct(receipt, billed).await;
        outcome.map(|billed| billed.answer)
    }

    fn record(&self, admitted: &breaker::Admitted<'_>, error: Option<&EngineError>) {
        if admitted.record(error) {
            self.retry.succeeded();
        }
    }

    /// As [`Engine::judge`].
    pub(crate) fn judge(&self, is_usable: bool) {
        self.circuit.judge(is_usable);
    }
}
