//! The server's pulse, felt once a second: what time it is there, and whether anything was written.
//!
//! Leases are compared across machines, whose clocks differ and jump; all of them go by the server's clock, and between
//! two looks at it by the time that has really passed.

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
const FEEL: &str = "select pg_current_snapshot()::text as seen, \
    (extract(epoch from clock_timestamp()) * 1000000)::bigint as now";

const EVERY: Duration = Duration::from_secs(1);

/// The server's clock, read from time to time.
#[derive(Debug)]
pub(super) struct ServerClock(Mutex<(Instant, Timestamp)>);

/// What one look says.
struct Beat {
    seen: String,
    reading: Reading,
}

/// A look at the server's clock, which was read there at some moment between asking and hearing.
#[derive(Clone, Copy, Debug)]
struct Reading {
    asked_at: Instant,
    heard_at: Instant,
    then: Timestamp,
}

impl Reading {
    /// Dated as it was heard, not earlier than the server read it: our leases end rather early than late for ourselves,
    /// and those of others rather late than early.
    fn dated(self) -> (Instant, Timestamp) {
        (self.heard_at, self.then)
    }
}

impl ServerClock {
    pub(super) async fn read(connection: &mut PgConnection) -> Result<Self> {
        Ok(Self(Mutex::new(feel(connection).await?.reading.dated())))
    }

    /// Takes the reading where it proves this clock wrong. One that was held up says less than the clock knows: dated
    /// as it was heard, it would set the clock back by as much, and a lease taken then would be over for others at once.
    fn correct(&self, reading: Reading) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_behind = after(*known, reading.heard_at) < reading.then;
        let is_ahead = after(*known, reading.asked_at) > reading.then;
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

async fn feel(on: impl PgExecutor<'_>) -> Result<Beat> {
    let asked_at = Instant::now();
    let row = sqlx::query(FEEL).fetch_one(on).await?;
    let heard_at = Instant::now();
    let inconsistent = |message: String| StoreError::Inconsistent {
        table: "pg_catalog",
        column: "clock_timestamp",
        row: "now".to_owned(),
        message,
    };
    let then = Timestamp::from_microsecond(row.try_get("now")?).map_err(|error| inconsistent(error.to_string()))?;
    Ok(Beat { seen: row.try_get("seen")?, reading: Reading { asked_at, heard_at, then } })
}

/// Keeps the clock right, and tells when something was written that nobody told of: by a process that died before it
/// could, or behind a pooler that loses notifications.
pub(super) fn watch(pool: PgPool, clock: Arc<ServerClock>, changes: Arc<Changes>) -> DropGuard {
    let stop = CancellationToken::new();
    let stopped = stop.clone();
    tokio::spawn(async move {
        let mut known: Option<String> = None;
        let mut look = tokio::time::interval(EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while stopped.run_until_cancelled(look.tick()).await.is_some() {
            let Some(Ok(beat)) = stopped.run_until_cancelled(super::bounded(feel(&pool))).await else { continue };
            clock.correct(beat.reading);
            if known.as_ref().is_some_and(|known| *known != beat.seen) {
                changes.hear(Change::ANYTHING);
            }
            known = Some(beat.seen);
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

    /// What a clock that was right at the beginning shows at the end of a reading, in seconds: asked and heard after so
    /// many of them, and what the server said.
    fn corrected(asked: u32, heard: u32, said: i64) -> i64 {
        let begun = Instant::now();
        let clock = ServerClock(Mutex::new((begun, at(0))));
        let (asked_at, heard_at) = (begun + SECOND * asked, begun + SECOND * heard);
        clock.correct(Reading { asked_at, heard_at, then: at(said * 1000) });
        let shown = after(*clock.0.lock().unwrap(), heard_at);
        (shown.as_millisecond() - at(0).as_millisecond()) / 1000
    }

    #[test]
    fn a_reading_that_was_held_up_does_not_set_the_clock_back() {
        assert_eq!(corrected(10, 40, 10), 40, "held up on its way back");
        assert_eq!(corrected(10, 40, 40), 40, "held up on its way there");
        assert_eq!(corrected(10, 40, 25), 40);
    }

    #[test]
    fn a_clock_that_is_wrong_is_set() {
        assert_eq!(corrected(10, 10, 70), 70, "this machine slept, or the server's clock was set on");
        assert_eq!(corrected(10, 10, 4), 4, "the server's clock was set back");
        assert_eq!(corrected(10, 12, 9), 9, "before it was asked");
    }
}
