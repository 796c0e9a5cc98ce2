//! The order in which rows are worked on: each has a number, and the smallest is first.
//!
//! Texts of open incidents come before those of settled ones, both before what an operator asks for again, and within
//! each the newest is first: a request for all of a hundred thousand old translations does not delay the texts of an
//! incident that is open now.

use jiff::Timestamp;

use polypost_core::document::Report;

/// More than the microseconds between 1970 and the year 9999, so that the classes do not overlap.
const CLASS: i64 = 1_000_000_000_000_000_000;

/// Above the texts of open incidents, below all others.
pub(super) const URGENT_ENDS: i64 = 0;

/// Of a text that was published now.
pub(super) fn of_text(report: &Report, now: Timestamp) -> i64 {
    let class = if report.is_settled() { CLASS } else { 0 };
    class.saturating_sub(now.as_microsecond())
}

/// Of a text that is requested again; the time of its publication is to be taken away from it.
pub(super) const AGAIN: i64 = 2 * CLASS;

/// Above every text that was published, below all that are requested again.
pub(super) const AGAIN_BEGINS: i64 = CLASS;
