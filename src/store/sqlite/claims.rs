//! Leases: a worker takes the row of the newest incident that has something to do, keeps it, and gives it back or
//! records why it failed. Whoever's token no longer stands in the row changes nothing.

use jiff::{SignedDuration, Timestamp};

use super::Sqlite;
use super::rows::{Row, json_list};
use crate::id::{IncidentId, LeaseToken, Revision};
use crate::store::{ClaimFilter, Job, Result, StoreError};

/// One statement, so that no two can take the same row, in whichever process. The index of open rows gives the order.
pub(super) const CLAIM: &str = "update translations set lease_token = $1, lease_until = $2, claimed = requested \
    where (incident, locale) = (select t.incident, t.locale from translations t \
        join incidents i on i.id = t.incident \
        where t.requested > t.completed and not t.held and t.not_before <= $3 \
        and (t.lease_until is null or t.lease_until <= $3) and i.withdrawn_at is null \
        and ($4 = '[]' or t.incident in (select value from json_each($4))) \
        order by t.published_at desc, t.incident, t.locale limit 1) \
    returning incident, locale, wanted_revision, attempts, engine, force, \
    coalesce(served_revision = wanted_revision, false) as again";
const READ_REPORT: &str = "select report, report_checksum from revisions where incident = $1 and number = $2";
const RENEW: &str = "update translations set lease_until = $4 where incident = $1 and locale = $2 and lease_token = $3";
/// Where more was requested since the claim, the failure says nothing about the newer request.
const FAIL: &str = "update translations set lease_token = null, lease_until = null, claimed = null, updated_at = $6, \
    attempts = case when requested = claimed then attempts + 1 else attempts end, \
    reason = case when requested = claimed then $4 else reason end, \
    not_before = case when requested = claimed then $5 else not_before end \
    where incident = $1 and locale = $2 and lease_token = $3";
const RELEASE: &str = "update translations set lease_token = null, lease_until = null, claimed = null \
    where incident = $1 and locale = $2 and lease_token = $3";
const READ_NEXT_DUE: &str = "select min(case when t.lease_until > t.not_before then t.lease_until \
    else t.not_before end) as due from translations t join incidents i on i.id = t.incident \
    where t.requested > t.completed and not t.held and i.withdrawn_at is null \
    and ($1 = '[]' or t.incident in (select value from json_each($1)))";

/// How long a row whose report cannot be read is left alone, so that it does not keep others from being claimed.
const UNREADABLE_PAUSE: SignedDuration = SignedDuration::from_hours(1);

pub(super) async fn claim(
    store: &Sqlite,
    filter: &ClaimFilter,
    lease: SignedDuration,
    now: Timestamp,
) -> Result<Option<Job>> {
    let incidents = json_list(filter.incidents.iter().map(IncidentId::as_str));
    // Ends: every row that is passed over is put off.
    loop {
        let token = LeaseToken(format!("{:032x}", rand::random::<u128>()));
        let claim = sqlx::query(CLAIM)
            .bind(&token.0)
            .bind(after(now, lease).as_microsecond())
            .bind(now.as_microsecond())
            .bind(&incidents);
        let rows = claim.fetch_all(store.writer()?).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let incident: String = Row::new(row, "translations", "claimed").get("incident")?;
        let row = Row::new(row, "translations", &incident);
        match read_job(store, &row, token.clone()).await {
            Err(error @ StoreError::Inconsistent { .. }) => {
                tracing::error!(%incident, %error, "a report cannot be read; its translation is put off");
                let next = after(now, UNREADABLE_PAUSE);
                let locale: String = row.get("locale")?;
                fail_row(store, (&incident, &locale, &token), &error.to_string(), next, now).await?;
            }
            outcome => return outcome.map(Some),
        }
    }
}

async fn read_job(store: &Sqlite, row: &Row<'_>, lease: LeaseToken) -> Result<Job> {
    let incident: IncidentId = row.parsed("incident")?;
    let revision = Revision(row.number("wanted_revision")?);
    let read = sqlx::query(READ_REPORT).bind(incident.as_str()).bind(revision.0);
    let found = read.fetch_optional(&store.readers).await?;
    let found = found.ok_or_else(|| row.inconsistent("wanted_revision", "there is no such revision"))?;
    let report = Row::new(&found, "revisions", &incident).sealed("report", "report_checksum")?;
    Ok(Job {
        locale: row.parsed("locale")?,
        revision,
        report,
        lease,
        attempts: row.number("attempts")?,
        engine: row.get("engine")?,
        force: row.get("force")?,
        again: row.get("again")?,
        incident,
    })
}

pub(super) async fn renew(store: &Sqlite, job: &Job, lease: SignedDuration, now: Timestamp) -> Result<bool> {
    let (incident, locale, token) = held_by(job);
    let until = after(now, lease).as_microsecond();
    let renew = sqlx::query(RENEW).bind(incident).bind(locale).bind(token).bind(until);
    Ok(renew.execute(store.writer()?).await?.rows_affected() > 0)
}

pub(super) async fn fail(
    store: &Sqlite,
    job: &Job,
    reason: &str,
    next_attempt_at: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    let (incident, locale, _) = held_by(job);
    fail_row(store, (incident, locale, &job.lease), reason, next_attempt_at, now).await
}

async fn fail_row(
    store: &Sqlite,
    (incident, locale, lease): (&str, &str, &LeaseToken),
    reason: &str,
    next_attempt_at: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    let fail = sqlx::query(FAIL)
        .bind(incident)
        .bind(locale)
        .bind(&lease.0)
        .bind(reason)
        .bind(next_attempt_at.as_microsecond())
        .bind(now.as_microsecond());
    Ok(fail.execute(store.writer()?).await?.rows_affected() > 0)
}

pub(super) async fn release(store: &Sqlite, job: &Job) -> Result<bool> {
    let (incident, locale, token) = held_by(job);
    let release = sqlx::query(RELEASE).bind(incident).bind(locale).bind(token);
    Ok(release.execute(store.writer()?).await?.rows_affected() > 0)
}

pub(super) async fn next_due(store: &Sqlite, filter: &ClaimFilter) -> Result<Option<Timestamp>> {
    let incidents = json_list(filter.incidents.iter().map(IncidentId::as_str));
    let row = sqlx::query(READ_NEXT_DUE).bind(incidents).fetch_one(&store.readers).await?;
    Row::new(&row, "translations", "earliest").optional_time("due")
}

/// What a row must show for the holder of the lease to change it.
pub(super) fn held_by(job: &Job) -> (&str, &str, &str) {
    (job.incident.as_str(), job.locale.as_str(), &job.lease.0)
}

/// The end of a span, or of time.
fn after(now: Timestamp, span: SignedDuration) -> Timestamp {
    now.checked_add(span).unwrap_or(Timestamp::MAX)
}
