//! What is kept of what engines bill: adapters book before they call, and what is over is given back. Where the book is
//! kept is not said here.

use std::error::Error;

use async_trait::async_trait;
use jiff::civil::Date;

use polypost_core::locale::Locale;

/// What a call will be billed, in the engine's unit: characters for most, tokens for language models.
#[derive(Clone, Copy, Debug)]
pub struct Booking<'run> {
    pub engine: &'run str,
    pub target: &'run Locale,
    pub units: u64,
}

/// What was booked: whoever corrects it says so by this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookingReceipt {
    pub engine: String,
    pub target: Locale,
    pub units: u64,
    /// Of UTC; a call may end on another one.
    pub day: Date,
}

/// What may be booked at most, with what is booked already; `None`: no bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    pub day: Option<u64>,
    pub month: Option<u64>,
}

/// Which bound a booking would pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exhausted {
    Day,
    Month,
}

/// Why the book could not be looked up or written.
pub type LedgerError = Box<dyn Error + Send + Sync>;

#[async_trait]
pub trait Ledger: Send + Sync {
    /// Books a call, unless that would pass a bound. Several processes that book at once stay within it together.
    ///
    /// # Errors
    /// Where nothing is known of what is booked; the call must not be made then.
    async fn book(
        &self,
        booking: Booking<'_>,
        bounds: Bounds,
    ) -> Result<Result<BookingReceipt, Exhausted>, LedgerError>;

    /// Says what a booked call was billed in truth.
    ///
    /// # Errors
    /// Where it could not be written; what was booked stands then.
    async fn correct(&self, receipt: &BookingReceipt, billed: u64) -> Result<(), LedgerError>;
}

/// A book that nobody keeps: for engines that are only looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct NoLedger;

#[async_trait]
impl Ledger for NoLedger {
    async fn book(&self, booking: Booking<'_>, _: Bounds) -> Result<Result<BookingReceipt, Exhausted>, LedgerError> {
        let Booking { engine, target, units } = booking;
        Ok(Ok(BookingReceipt { engine: engine.to_owned(), target: target.clone(), units, day: Date::ZERO }))
    }

    async fn correct(&self, _: &BookingReceipt, _: u64) -> Result<(), LedgerError> {
        Ok(())
    }
}
