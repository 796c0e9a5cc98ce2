//! What engines bill, by day and locale, and the allowances that no number of processes passes together.

use async_trait::async_trait;
use jiff::civil::Date;
use serde::Serialize;

use crate::Result;
use polypost_core::locale::Locale;

/// What an engine was billed for a target locale on a day of UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DailyUsage {
    pub engine: String,
    pub locale: Locale,
    pub day: Date,
    pub calls: u64,
    /// In the engine's own unit: characters for most, tokens for language models.
    pub units: u64,
    /// Calls that were not made, since the allowance did not cover them.
    pub refused: u64,
}

/// A call to book, or one that is booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageCharge {
    pub engine: String,
    pub locale: Locale,
    /// Of UTC.
    pub day: Date,
    /// In the engine's own unit.
    pub units: u64,
}

/// What may be booked for an engine at most; `None`: no bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowance {
    pub day: Option<u64>,
    pub month: Option<u64>,
}

/// What became of a call that was to be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Booked {
    Done,
    /// Nothing was booked: it would pass the day's allowance, or the month's.
    PastDay,
    PastMonth,
}

/// Books what engines bill.
#[async_trait]
pub trait UsageLedger: Send + Sync {
    /// Books a call before it is made, unless the allowance of the day or of its month does not cover it. Many
    /// processes that book at once stay within it together.
    async fn book_usage(&self, charge: &UsageCharge, allowance: Allowance) -> Result<Booked>;

    /// Says what a booked call was billed in truth.
    async fn correct_usage(&self, charge: &UsageCharge, billed: u64) -> Result<()>;

    /// What was booked since a day, in the order of engine, day and locale.
    async fn usage(&self, since: Date) -> Result<Vec<DailyUsage>>;
}
