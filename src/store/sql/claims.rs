//! Claims: a worker takes the next row that has something to do, under a lease. No two take the same row, in whichever
//! process they are.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::lease::{after, fail_row};
use super::{Sql, priority, publications};
use crate::database::{Columns, Dialect, Row, Statement, View as _, json_list, view};
use crate::{ClaimFilter, FailedAttempt, Failure, Job, Result, StoreError};
use polypost_core::document::Report;
use polypost_core::id::{IncidentId, LeaseToken, Revision};
use polypost_core::locale::Locale;

/// One statement, so that no two can take the same row, in whichever process. The index of open rows gives the order,
/// and where in it to begin.
macro_rules! claim_sql {
    ($locking:literal) => {
        concat!(
            "update translations set lease_token = :token, lease_until = :lease_until, claimed = requested ",
            "where (incident, locale) = (select t.incident, t.locale from translations t ",
            "where t.requested > t.completed and (t.priority, t.incident, t.locale) > (:priority, :incident, :locale) ",
            "and t.priority < :below ",
            "and not t.held and (t.not_before <= :now or t.updated_at > :latest_write or t.requested_at > \
             :latest_write) ",
            "and (t.lease_until is null or t.lease_until <= :now or t.lease_until > :latest_lease) ",
            // Not a join: without statistics PostgreSQL would begin with the incidents.
            "and (select i.withdrawn_at from incidents i where i.id = t.incident) is null ",
            "and (:incidents = '[]' or t.incident in (select value from json_each(:incidents))) ",
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
pub(super) static CLAIM_SQLITE: Statement = Statement::new(claim_sql!(""));
/// Rows that another transaction is about to take are passed over, not waited for.
pub(super) static CLAIM_POSTGRES: Statement = Statement::new(claim_sql!(" for update of t skip locked"));

/// How long a row whose report cannot be read is left alone, so that it does not keep others from being claimed.
const UNREADABLE_PAUSE: SignedDuration = SignedDuration::from_hours(1);

/// Where in the order of open rows the search goes on.
///
/// PostgreSQL keeps what is done in its index until no transaction can see it any more; a search from the start would
/// read all of that, each time, while some long transaction is open. So this process continues where it found the
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
                    // A busy worker searches for these whenever it has finished something.
                    cursor.write(Some(Reached { position: None, begun: Instant::now(), work_seen }));
                }
                return Ok(None);
            }
            cursor.write(None);
            continue;
        };
        let columns = row;
        let row = Row::keyed(columns, Claimed::TABLE, Claimed::KEY);
        let (incident, locale) = (row.text("incident")?.to_owned(), row.text("locale")?.to_owned());
        if goes_on {
            let begun = reached.map_or_else(Instant::now, |reached| reached.begun);
            let position = Some((row.integer("priority")?, incident.clone(), locale.clone()));
            cursor.write(Some(Reached { position, begun, work_seen }));
        }
        match read_job(store, columns, token.clone()).await {
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
        Dialect::Sqlite => &CLAIM_SQLITE,
        Dialect::Postgres => &CLAIM_POSTGRES,
    };
    // On one machine all go by its clock: a lease that ends later than one taken now was taken before the clock was set
    // back. On a server the clock is the server's, and holders may be configured otherwise.
    let furthest = match store.database.dialect() {
        Dialect::Sqlite => after(until, CLOCK_SLACK),
        Dialect::Postgres => Timestamp::MAX,
    };
    let (first, incident, locale) =
        behind.map_or((i64::MIN, "", ""), |(priority, incident, locale)| (*priority, incident, locale));
    let claim = statement
        .query()
        .set("token", &token.0)
        .set("lease_until", until.as_microsecond())
        .set("now", now.as_microsecond())
        .set("incidents", json_list(filter.incidents.iter().map(IncidentId::as_str)))
        .set("priority", first)
        .set("incident", incident)
        .set("locale", locale)
        .set("latest_write", after(now, CLOCK_SLACK).as_microsecond())
        .set("latest_lease", furthest.as_microsecond())
        .set("below", if filter.only_urgent { priority::URGENT_ENDS } else { i64::MAX });
    store.database.write_returning(claim).await
}

view! {
    /// The claimed row but for its report.
    Claimed of "translations" by incident, locale {
        incident: IncidentId,
        locale: Locale,
        priority: i64,
        wanted_revision: Revision,
        attempts: u32,
        /// Attempts that had texts of engines, none of which could be published.
        futile: u32,
        requested_at: Timestamp,
        engine: Option<String>,
        force: bool,
        again: bool,
    }
}

async fn read_job(store: &Sql, columns: &Columns, lease: LeaseToken) -> Result<Job> {
    let claimed = Claimed::read(columns)?;
    let report = read_report(store, columns, &claimed).await?;
    Ok(Job {
        incident: claimed.incident,
        locale: claimed.locale,
        revision: claimed.wanted_revision,
        report,
        lease,
        attempts: claimed.attempts,
        attempts_without_pass: claimed.futile,
        requested_at: claimed.requested_at,
        engine: claimed.engine,
        force: claimed.force,
        is_urgent: claimed.priority < priority::URGENT_ENDS,
        again: claimed.again,
    })
}

/// A row that somebody changed while it was being claimed is claimed as it is now, but what else the statement reads is
/// as it was before: PostgreSQL does not show it the revision that the row wants now (section 13.2.1, "Read
/// Committed").
async fn read_report(store: &Sql, columns: &Columns, claimed: &Claimed) -> Result<Report> {
    let row = Row::keyed(columns, Claimed::TABLE, Claimed::KEY);
    if !row.has_text("report")?
        && let Some(report) = publications::read_report(store, &claimed.incident, claimed.wanted_revision).await?
    {
        return Ok(report);
    }
    row.sealed("report", "report_checksum")
}
