//! The PostgreSQL server's clock, sampled once a second together with the server's list of transactions.
//!
//! Leases are compared across machines, whose clocks differ and jump: all of them use the server's clock, and between
//! two samples add the time that has passed on a monotonic clock. The list of transactions shows whether anything was
//! written since the sample before.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use sqlx::{PgConnection, PgExecutor, PgPool, Row as _};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::changes::{Change, Changes};
use crate::{Result, StoreError};
use polypost_core::clock::Clock;

/// The list of transactions that a reader would see as done changes with each one that wrote, whoever it was; those
/// that only read leave it alone (<https://www.postgresql.org/docs/15/functions-info.html>, "Snapshot").
const SAMPLE: &str = "select pg_current_snapshot()::text as transactions, \
    (extract(epoch from clock_timestamp()) * 1000000)::bigint as now";

/// The interval between two samples.
const INTERVAL: Duration = Duration::from_secs(1);

/// The server's clock, read from time to time.
#[derive(Debug)]
pub(super) struct ServerClock(Mutex<(Instant, Timestamp)>);

/// The answer to one query.
struct ClockSample {
    /// The transactions that a reader would see as done, as text.
    transactions: String,
    reading: Reading,
}

/// The server's time, which was read there at some moment between sending the query and receiving the answer.
#[derive(Clone, Copy, Debug)]
struct Reading {
    sent_at: Instant,
    received_at: Instant,
    then: Timestamp,
}

impl Reading {
    /// Dated by when it was received, which is not before the server read it: our leases end rather early than late for
    /// ourselves, and those of others rather late than early.
    fn dated(self) -> (Instant, Timestamp) {
        (self.received_at, self.then)
    }
}

impl ServerClock {
    pub(super) async fn read(connection: &mut PgConnection) -> Result<Self> {
        Ok(Self(Mutex::new(sample(connection).await?.reading.dated())))
    }

    /// Sets the clock where the reading proves it wrong. A delayed reading proves nothing: dated by when it was
    /// received, it would set the clock back by the delay, and a lease taken then would have ended for others at once.
    fn correct(&self, reading: Reading) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_behind = after(*known, reading.received_at) < reading.then;
        let is_ahead = after(*known, reading.sent_at) > reading.then;
        if is_behind || is_ahead {
            *known = reading.dated();
        }
    }
}

/// What the clock shows at a moment that is not before its last reading.
fn after((read_at, then): (Instant, Timestamp), moment: Instant) -> Timestamp {
    let passed = SignedDuration::try_from(moment.saturating_duration_since(read_at)).unwrap_or(SignedDuration::MAX);
    then.checked_add(passed).unwrap_or(Timestamp::MAX)
}

impl Clock for ServerClock {
    fn now(&self) -> Timestamp {
        after(*self.0.lock().unwrap_or_else(PoisonError::into_inner), Instant::now())
    }
}

async fn sample(on: impl PgExecutor<'_>) -> Result<ClockSample> {
    let sent_at = Instant::now();
    let row = sqlx::query(SAMPLE).fetch_one(on).await?;
    let received_at = Instant::now();
    let then = Timestamp::from_microsecond(row.try_get("now")?)
        .map_err(|error| StoreError::inconsistent("pg_catalog", "clock_timestamp", "now", error))?;
    Ok(ClockSample { transactions: row.try_get("transactions")?, reading: Reading { sent_at, received_at, then } })
}

/// Corrects the clock until the guard is dropped, and reports that something was written without a notification: by a
/// process that died before it sent one, or behind a pooler that loses notifications.
pub(super) fn watch(pool: PgPool, clock: Arc<ServerClock>, changes: Arc<Changes>) -> DropGuard {
    let stop = CancellationToken::new();
    let stopped = stop.clone();
    tokio::spawn(async move {
        let mut known: Option<String> = None;
        let mut interval = tokio::time::interval(INTERVAL);
        interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while stopped.run_until_cancelled(interval.tick()).await.is_some() {
            let Some(Ok(sampled)) = stopped.run_until_cancelled(super::bounded(sample(&pool))).await else { continue };
            clock.correct(sampled.reading);
            if known.as_ref().is_some_and(|known| *known != sampled.transactions) {
                changes.receive(Change::ANYTHING);
            }
            known = Some(sampled.transactions);
        }
    });
    stop.drop_guard()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn at(millisecond: i64) -> Timestamp {
        Timestamp::from_millisecond(1_720_000_000_000 + millisecond).unwrap()
    }

    /// What a clock that was right at the beginning shows at the end of a reading, in seconds: sent and received after
    /// so many of them, and the server's answer.
    fn corrected(asked: u32, heard: u32, said: i64) -> i64 {
        let begun = Instant::now();
        let clock = ServerClock(Mutex::new((begun, at(0))));
        let (sent_at, received_at) = (begun + SECOND * asked, begun + SECOND * heard);
        clock.correct(Reading { sent_at, received_at, then: at(said * 1000) });
        let shown = after(*clock.0.lock().unwrap(), received_at);
        (shown.as_millisecond() - at(0).as_millisecond()) / 1000
    }

    #[test]
    fn a_delayed_sample_does_not_set_the_clock_back() {
        assert_eq!(corrected(10, 40, 10), 40, "delayed on its way back");
        assert_eq!(corrected(10, 40, 40), 40, "delayed on its way there");
        assert_eq!(corrected(10, 40, 25), 40);
    }

    #[test]
    fn a_clock_that_is_wrong_is_set() {
        assert_eq!(corrected(10, 10, 70), 70, "this machine slept, or the server's clock was set on");
        assert_eq!(corrected(10, 10, 4), 4, "the server's clock was set back");
        assert_eq!(corrected(10, 12, 9), 9, "before it was asked");
    }
}
