//! Claims: a worker takes the next row that has something to do, under a lease. No two take the same row, in whichever
//! process they are.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::lease::{after, fail_row};
use super::{Sql, priority, publications};
use crate::database::{Columns, Dialect, Row, json_list, query};
use crate::{ClaimFilter, FailedAttempt, Failure, Job, Result, StoreError};
use polypost_core::document::Report;
use polypost_core::id::{IncidentId, LeaseToken, Revision};

/// One statement, so that no two can take the same row, in whichever process. The index of open rows gives the order,
/// and where in it to begin.
macro_rules! claim_sql {
    ($locking:literal) => {
        concat!(
            "update translations set lease_token = $1, lease_until = $2, claimed = requested ",
            "where (incident, locale) = (select t.incident, t.locale from translations t ",
            "where t.requested > t.completed and (t.priority, t.incident, t.locale) > ($5, $6, $7) ",
            "and t.priority < $10 ",
            "and not t.held and (t.not_before <= $3 or t.updated_at > $8 or t.requested_at > $8) ",
            "and (t.lease_until is null or t.lease_until <= $3 or t.lease_until > $9) ",
            // Not a join: without statistics PostgreSQL would begin with the incidents.
            "and (select i.withdrawn_at from incidents i where i.id = t.incident) is null ",
            "and ($4 = '[]' or t.incident in (select value from json_each($4))) ",
            "order by t.priority, t.incident, t.locale limit 1",
            $locking,
            ") returning incident, locale, priority, wanted_revision, requested_at, attempts, futile, ",
            "engine, force, ",
            "coalesce(served_revision = wanted_revision, false) as again, ",
            "(select r.report from revisions r where r.incident = translations.incident ",
            "and r.number = wanted_revision) as report, ",
            "(select r.report_checksum from revisions r where r.incident = translations.incident ",
            "and r.number = wanted_revision) as report_checksum"
        )
    };
}
pub(super) const CLAIM_SQLITE: &str = claim_sql!("");
/// Rows that another transaction is about to take are passed over, not waited for.
pub(super) const CLAIM_POSTGRES: &str = claim_sql!(" for update of t skip locked");

/// How long a row whose report cannot be read is left alone, so that it does not keep others from being claimed.
const UNREADABLE_PAUSE: SignedDuration = SignedDuration::from_hours(1);

/// Where in the order of open rows the search goes on.
///
/// PostgreSQL keeps what is done in its index until nobody can want to see it any more; a search from the start would
/// wade through all of that, each time, while some long transaction is open. So this process goes on where it found the
/// last row, and begins again when there may be new work, when nothing more is found, and every now and then for rows
/// whose pause or lease has ended.
#[derive(Debug, Default)]
pub(super) struct Cursor(Mutex<Option<Reached>>);

#[derive(Clone, Debug)]
struct Reached {
    /// `None`: there was nothing, from the start to the end.
    position: Option<QueuePosition>,
    begun: Instant,
    /// The count of new work when the search began.
    work_seen: u64,
}

/// Priority, incident and locale of a row.
type QueuePosition = (i64, String, String);

/// What was written later than this from now was written before the clock was set back; less is no matter.
const CLOCK_SLACK: SignedDuration = SignedDuration::from_secs(5);

/// How long a search goes on before it begins again.
const SEARCH: Duration = Duration::from_millis(500);

impl Cursor {
    fn read(&self, work_seen: u64) -> Option<Reached> {
        let reached = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        reached.filter(|reached| reached.work_seen == work_seen && reached.begun.elapsed() < SEARCH)
    }

    fn write(&self, reached: Option<Reached>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = reached;
    }
}

pub(super) async fn claim(
    store: &Sql,
    filter: &ClaimFilter,
    lease: SignedDuration,
    now: Timestamp,
) -> Result<Option<Job>> {
    let goes_on = filter.incidents.is_empty();
    let cursor = if filter.only_urgent { &store.urgent_cursor } else { &store.cursor };
    // Ends: every row that is passed over is put off.
    loop {
        let work_seen = store.changes.work_seen();
        let reached = cursor.read(work_seen).filter(|_| goes_on);
        if reached.as_ref().is_some_and(|reached| reached.position.is_none()) {
            return Ok(None);
        }
        let token = LeaseToken(format!("{:032x}", rand::random::<u128>()));
        let until = after(now, lease);
        let rows =
            take(store, filter, (&token, until), now, reached.as_ref().and_then(|reached| reached.position.as_ref()))
                .await?;
        let Some(row) = rows.first() else {
            if reached.is_none() {
                if filter.only_urgent && goes_on {
                    // Whoever is busy asks for these whenever something is done.
                    cursor.write(Some(Reached { position: None, begun: Instant::now(), work_seen }));
                }
                return Ok(None);
            }
            cursor.write(None);
            continue;
        };
        let incident = Row::new(row, "translations", "claimed").text("incident")?.to_owned();
        let row = Row::new(row, "translations", &incident);
        let locale = row.text("locale")?.to_owned();
        if goes_on {
            let begun = reached.map_or_else(Instant::now, |reached| reached.begun);
            let position = Some((row.integer("priority")?, incident.clone(), locale.clone()));
            cursor.write(Some(Reached { position, begun, work_seen }));
        }
        match read_job(store, &row, token.clone()).await {
            Err(error @ StoreError::Inconsistent { .. }) => {
                tracing::error!(%incident, %error, "a report cannot be read; its translation is put off");
                let next = after(now, UNREADABLE_PAUSE);
                let attempt = FailedAttempt::new(Failure::from(&error), next);
                fail_row(store, (&incident, &locale, &token), &attempt, now).await?;
            }
            outcome => return outcome.map(Some),
        }
    }
}

async fn take(
    store: &Sql,
    filter: &ClaimFilter,
    (token, until): (&LeaseToken, Timestamp),
    now: Timestamp,
    behind: Option<&QueuePosition>,
) -> Result<Vec<Columns>> {
    let statement = match store.database.dialect() {
        Dialect::Sqlite => CLAIM_SQLITE,
        Dialect::Postgres => CLAIM_POSTGRES,
    };
    // On one machine all go by its clock: a lease that ends later than one taken now was taken before the clock was set
    // back. On a server the clock is the server's, and holders may be configured otherwise.
    let furthest = match store.database.dialect() {
        Dialect::Sqlite => after(until, CLOCK_SLACK),
        Dialect::Postgres => Timestamp::MAX,
    };
    let (first, incident, locale) =
        behind.map_or((i64::MIN, "", ""), |(priority, incident, locale)| (*priority, incident, locale));
    let claim = query(statement)
        .bind(&token.0)
        .bind(until.as_microsecond())
        .bind(now.as_microsecond())
        .bind(json_list(filter.incidents.iter().map(IncidentId::as_str)))
        .bind(first)
        .bind(incident)
        .bind(locale)
        .bind(after(now, CLOCK_SLACK).as_microsecond())
        .bind(furthest.as_microsecond())
        .bind(if filter.only_urgent { priority::URGENT_ENDS } else { i64::MAX });
    store.database.write_returning(claim).await
}

async fn read_job(store: &Sql, row: &Row<'_>, lease: LeaseToken) -> Result<Job> {
    Ok(Job {
        incident: row.parsed("incident")?,
        locale: row.parsed("locale")?,
        revision: Revision(row.number("wanted_revision")?),
        report: read_report(store, row).await?,
        lease,
        attempts: row.number("attempts")?,
        attempts_without_pass: row.number("futile")?,
        requested_at: row.time("requested_at")?,
        engine: row.optional_text("engine")?,
        force: row.boolean("force")?,
        is_urgent: row.integer("priority")? < priority::URGENT_ENDS,
        again: row.boolean("again")?,
    })
}

/// A row that somebody changed while it was being claimed is claimed as it is now, but what else the statement reads is
/// as it was before: PostgreSQL does not show it the revision that the row wants now (section 13.2.1, "Read Committed").
async fn read_report(store: &Sql, row: &Row<'_>) -> Result<Report> {
    if row.has_text("report")? {
        return row.sealed("report", "report_checksum");
    }
    let (incident, revision) = (row.parsed("incident")?, Revision(row.number("wanted_revision")?));
    match publications::read_report(store, &incident, revision).await? {
        Some(report) => Ok(report),
        None => row.sealed("report", "report_checksum"),
    }
}
