//! Bookings of calls that are not made yet: the ledger and a booking come in, what gives itself back goes out.

use std::sync::Arc;

use super::uncorrected;
use crate::ledger::{Booking, BookingReceipt, Bounds, Exhausted, Ledger, LedgerError};

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
pub(super) async fn book(
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
