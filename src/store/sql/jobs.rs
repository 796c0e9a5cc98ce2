//! Jobs under a lease: renewed, finished, failed or released. Who lost the lease changes nothing.

use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::lease::{after, fail_row, held_by};
use super::retry::{retried, run_to_completion};
use super::{Sql, claims, finish};
use crate::database::{Row, json_list, query};
use crate::{ClaimFilter, Completion, FailedAttempt, Job, Jobs, Result, StoreError};
use polypost_core::id::IncidentId;
use polypost_core::render::Rendition;

const RENEW: &str = "update translations set lease_until = $4 where incident = $1 and locale = $2 and lease_token = $3";
const READ_PURCHASES: &str = "select purchases from translations \
    where incident = $1 and locale = $2 and lease_token = $3 and requested = claimed";
const RECORD_PURCHASES: &str = "update translations set purchases = $4 \
    where incident = $1 and locale = $2 and lease_token = $3 and requested = claimed";
const RELEASE: &str = "update translations set lease_token = null, lease_until = null, claimed = null \
    where incident = $1 and locale = $2 and lease_token = $3";
const READ_NEXT_DUE: &str = "select min(case when t.lease_until > t.not_before then t.lease_until \
    else t.not_before end) as due from translations t join incidents i on i.id = t.incident \
    where t.requested > t.completed and not t.held and i.withdrawn_at is null \
    and ($1 = '[]' or t.incident in (select value from json_each($1)))";

#[async_trait]
impl Jobs for Sql {
    async fn claim(&self, filter: &ClaimFilter, lease: SignedDuration, now: Timestamp) -> Result<Option<Job>> {
        retried!(claims::claim(self, filter, lease, now))
    }

    async fn renew(&self, job: &Job, lease: SignedDuration, now: Timestamp) -> Result<bool> {
        retried!(renew(self, job, lease, now))
    }

    async fn finish(&self, job: &Job, rendition: &Rendition, now: Timestamp) -> Result<Completion> {
        let (store, job, rendition) = (self.clone(), job.clone(), rendition.clone());
        run_to_completion(async move {
            let finished = retried!(finish::finish(&store, &job, &rendition, now))?;
            match finished {
                Completion::Stored(_) => store.changes.changed(&job.incident),
                Completion::Superseded(_) => store.changes.requested(&job.incident),
                Completion::Fenced => {}
            }
            Ok(finished)
        })
        .await
    }

    async fn fail(&self, job: &Job, attempt: &FailedAttempt, now: Timestamp) -> Result<bool> {
        let (store, job, attempt) = (self.clone(), job.clone(), attempt.clone());
        run_to_completion(async move {
            let held = retried!(fail(&store, &job, &attempt, now))?;
            // Workers learn of the row's next attempt when they look for what is due.
            store.changes.changed(&job.incident);
            Ok(held)
        })
        .await
    }

    async fn purchases(&self, job: &Job) -> Result<BTreeMap<String, u32>> {
        retried!(purchases(self, job))
    }

    async fn record_purchases(&self, job: &Job, purchases: &BTreeMap<String, u32>) -> Result<bool> {
        retried!(record_purchases(self, job, purchases))
    }

    async fn release(&self, job: &Job, _now: Timestamp) -> Result<bool> {
        let (store, job) = (self.clone(), job.clone());
        run_to_completion(async move {
            let held = retried!(release(&store, &job))?;
            store.changes.requested(&job.incident);
            Ok(held)
        })
        .await
    }

    async fn next_due(&self, filter: &ClaimFilter) -> Result<Option<Timestamp>> {
        retried!(next_due(self, filter))
    }
}

async fn renew(store: &Sql, job: &Job, lease: SignedDuration, now: Timestamp) -> Result<bool> {
    let (incident, locale, token) = held_by(job);
    let until = after(now, lease).as_microsecond();
    let renew = query(RENEW).bind(incident).bind(locale).bind(token).bind(until);
    Ok(store.database.write(renew).await? > 0)
}

async fn fail(store: &Sql, job: &Job, attempt: &FailedAttempt, now: Timestamp) -> Result<bool> {
    let (incident, locale, _) = held_by(job);
    fail_row(store, (incident, locale, &job.lease), attempt, now).await
}

/// The column is empty where nothing was bought.
async fn purchases(store: &Sql, job: &Job) -> Result<BTreeMap<String, u32>> {
    let (incident, locale, token) = held_by(job);
    let read = query(READ_PURCHASES).bind(incident).bind(locale).bind(token);
    let Some(row) = store.database.read_one(read).await? else { return Ok(BTreeMap::new()) };
    let row = Row::new(&row, "translations", format_args!("{incident} {locale}"));
    if row.text("purchases")?.is_empty() { Ok(BTreeMap::new()) } else { row.json("purchases") }
}

async fn record_purchases(store: &Sql, job: &Job, purchases: &BTreeMap<String, u32>) -> Result<bool> {
    let (incident, locale, token) = held_by(job);
    let unwritable =
        |error| StoreError::inconsistent("translations", "purchases", format_args!("{incident} {locale}"), error);
    let text = serde_json::to_string(purchases).map_err(unwritable)?;
    let record = query(RECORD_PURCHASES).bind(incident).bind(locale).bind(token).bind(text);
    Ok(store.database.write(record).await? > 0)
}

async fn release(store: &Sql, job: &Job) -> Result<bool> {
    let (incident, locale, token) = held_by(job);
    let release = query(RELEASE).bind(incident).bind(locale).bind(token);
    Ok(store.database.write(release).await? > 0)
}

async fn next_due(store: &Sql, filter: &ClaimFilter) -> Result<Option<Timestamp>> {
    let incidents = json_list(filter.incidents.iter().map(IncidentId::as_str));
    let rows = store.database.read(query(READ_NEXT_DUE).bind(incidents)).await?;
    rows.first().map_or(Ok(None), |row| Row::new(row, "translations", "earliest").optional_time("due"))
}
