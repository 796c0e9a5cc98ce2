//! The budget: a call is booked in the ledger before it is made, and refused where that would pass what may be billed
//! in a day or a month.

use std::sync::Arc;

use crate::contract::Contract;
use crate::ledger::{Booking, BookingReceipt, Bounds, Exhausted, Ledger, LedgerError};
use crate::{EngineError, ErrorKind};

/// What one engine may bill, and where it is booked.
pub(super) struct Budget {
    engine: &'static str,
    bounds: Bounds,
    ledger: Arc<dyn Ledger>,
}

impl Budget {
    pub(super) fn new(engine: &'static str, contract: &Contract, ledger: &Arc<dyn Ledger>) -> Self {
        let bounds = Bounds { day: contract.most_per_day(), month: contract.most_per_month() };
        Self { engine, bounds, ledger: Arc::clone(ledger) }
    }

    /// Books a call that is about to be made.
    ///
    /// # Errors
    /// `Quota` where it would pass a bound; `Transient` where the ledger does not answer.
    pub(super) async fn book(&self, booking: Booking<'_>) -> Result<Booked, EngineError> {
        let period = match book(&self.ledger, self.engine, booking, self.bounds).await {
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

    /// Sets a booking to what was billed. Where that fails, what was booked stands.
    pub(super) async fn correct(&self, receipt: &BookingReceipt, billed: u64) {
        if billed != receipt.units
            && let Err(error) = self.ledger.correct(receipt, billed).await
        {
            uncorrected(self.engine, &error, receipt.units, billed);
        }
    }
}

/// A booking, which is taken back where it is dropped before its call was [sent](Self::sent).
pub(super) struct Booked {
    ledger: Arc<dyn Ledger>,
    receipt: BookingReceipt,
    is_sent: bool,
}

/// Books a call, in a task of its own: a caller that gives up halfway leaves no booking behind.
///
/// # Errors
/// As [`Ledger::book`].
async fn book(
    ledger: &Arc<dyn Ledger>,
    engine: &'static str,
    booking: Booking<'_>,
    bounds: Bounds,
) -> Result<Result<Booked, Exhausted>, LedgerError> {
    let (ledger, target, units) = (Arc::clone(ledger), booking.target.clone(), booking.units);
    let booking = async move {
        let receipt = ledger.book(Booking { engine, target: &target, units }, bounds).await?;
        Ok(receipt.map(|receipt| Booked { ledger, receipt, is_sent: false }))
    };
    tokio::spawn(booking).await?
}

impl Booked {
    /// The call is made now: it may be billed, whatever becomes of it.
    pub(super) fn sent(&mut self) -> &BookingReceipt {
        self.is_sent = true;
        &self.receipt
    }
}

impl Drop for Booked {
    fn drop(&mut self) {
        if self.is_sent {
            return;
        }
        // Without a runtime the process is about to end.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let (ledger, receipt) = (Arc::clone(&self.ledger), self.receipt.clone());
        runtime.spawn(async move {
            if let Err(error) = ledger.correct(&receipt, 0).await {
                uncorrected(&receipt.engine, &error, receipt.units, 0);
            }
        });
    }
}

fn uncorrected(engine: &str, error: &LedgerError, booked: u64, billed: u64) {
    tracing::warn!(engine, error, booked, billed, "usage could not be corrected");
}
