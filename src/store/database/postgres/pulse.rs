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

use crate::clock::Clock;
use crate::store::changes::{Change, Changes};
use crate::store::{Result, StoreError};

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
    now: (Instant, Timestamp),
}

impl ServerClock {
    pub(super) async fn read(connection: &mut PgConnection) -> Result<Self> {
        Ok(Self(Mutex::new(feel(connection).await?.now)))
    }
}

impl Clock for ServerClock {
    fn now(&self) -> Timestamp {
        let (read_at, then) = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = SignedDuration::try_from(read_at.elapsed()).unwrap_or(SignedDuration::MAX);
        then.checked_add(passed).unwrap_or(Timestamp::MAX)
    }
}

async fn feel(on: impl PgExecutor<'_>) -> Result<Beat> {
    let row = sqlx::query(FEEL).fetch_one(on).await?;
    // Not later than the server read its own: a lease ends rather late than early for everybody else.
    let read_at = Instant::now();
    let inconsistent = |message: String| StoreError::Inconsistent {
        table: "pg_catalog",
        column: "clock_timestamp",
        row: "now".to_owned(),
        message,
    };
    let now = Timestamp::from_microsecond(row.try_get("now")?).map_err(|error| inconsistent(error.to_string()))?;
    Ok(Beat { seen: row.try_get("seen")?, now: (read_at, now) })
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
            *clock.0.lock().unwrap_or_else(PoisonError::into_inner) = beat.now;
            if known.as_ref().is_some_and(|known| *known != beat.seen) {
                changes.hear(Change::ANYTHING);
            }
            known = Some(beat.seen);
        }
    });
    stop.drop_guard()
}
