//! The breaker: while an engine is down, or wants to be left alone, its circuit is open and calls fail at once with the
//! reason of the last failure.

mod state;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::{CallOutcome, EngineError, ErrorKind};
use state::{Breaker, CallToken, Outcome};

/// How long the circuit stays open where the contract is used up.
const QUOTA_PAUSE: Duration = Duration::from_mins(5);

/// One engine's circuit.
pub(super) struct Circuit {
    engine: &'static str,
    /// The longest that a call takes.
    longest_call: Duration,
    health: Mutex<Health>,
}

#[derive(Default)]
struct Health {
    breaker: Breaker,
    /// Why the circuit is open.
    reason: Option<(ErrorKind, String)>,
}

impl Circuit {
    pub(super) fn new(engine: &'static str, longest_call: Duration) -> Self {
        Self { engine, longest_call, health: Mutex::default() }
    }

    /// # Errors
    /// The reason of the last failure where it is open.
    pub(super) fn closed(&self) -> Result<(), EngineError> {
        let health = self.health();
        health.breaker.wait(Instant::now(), self.longest_call).map_or(Ok(()), |wait| Err(self.open(&health, wait)))
    }

    /// The right to make a call now.
    ///
    /// # Errors
    /// As [`closed`](Self::closed).
    pub(super) fn admit(&self) -> Result<Admitted<'_>, EngineError> {
        let mut health = self.health();
        match health.breaker.admit(Instant::now(), self.longest_call) {
            Ok(token) => Ok(Admitted { circuit: self, token }),
            Err(wait) => Err(self.open(&health, wait)),
        }
    }

    fn open(&self, health: &Health, wait: Duration) -> EngineError {
        let (kind, reason) = health.reason.clone().unwrap_or((ErrorKind::Transient { after: None }, String::new()));
        let kind = match kind {
            ErrorKind::Transient { .. } => ErrorKind::Transient { after: Some(wait) },
            kind => kind,
        };
        let message = format!("circuit open; retry in {} s: {reason}", wait.as_secs().max(1));
        EngineError::new(self.engine, kind, message).after(CallOutcome::Paused)
    }

    /// As [`Engine::judge`](crate::Engine::judge).
    pub(super) fn judge(&self, is_usable: bool) {
        let mut health = self.health();
        health.breaker.judge(is_usable, Instant::now());
        if !is_usable && health.breaker.wait(Instant::now(), self.longest_call).is_some() {
            let reason = "none of its texts passed the checks".to_owned();
            health.reason = Some((ErrorKind::Transient { after: None }, reason));
        }
    }

    fn health(&self) -> MutexGuard<'_, Health> {
        self.health.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call that may be made. Where it is not, or is given up, its place goes to another.
pub(super) struct Admitted<'circuit> {
    circuit: &'circuit Circuit,
    token: CallToken,
}

impl Admitted<'_> {
    /// Records how the call ended; whether the engine is in order by it.
    pub(super) fn record(&self, error: Option<&EngineError>) -> bool {
        let mut health = self.circuit.health();
        // A service that fails is one that fails, however soon it says to come back.
        let is_failing = error.and_then(|error| error.status).is_some_and(|status| status >= 500);
        let outcome = match error.map(|error| error.kind) {
            None | Some(ErrorKind::Rejected | ErrorKind::TextsRejected) => Outcome::Answered,
            Some(ErrorKind::Transient { after: Some(wait) }) if !is_failing => Outcome::Refused(wait),
            Some(ErrorKind::Transient { after }) => Outcome::Failed(after),
            // The next call may come with a fresh token.
            Some(ErrorKind::Broken) => Outcome::Failed(None),
            Some(ErrorKind::Quota) => Outcome::Refused(QUOTA_PAUSE),
        };
        health.breaker.record(self.token, outcome, Instant::now());
        let failure = error.filter(|_| outcome != Outcome::Answered);
        if let Some(error) = failure {
            health.reason = Some((error.kind, error.message.clone()));
        }
        failure.is_none()
    }
}

impl Drop for Admitted<'_> {
    fn drop(&mut self) {
        self.circuit.health().breaker.give_back(self.token);
    }
}
