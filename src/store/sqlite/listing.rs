//! Lists for readers and operators, and what operators ask of many rows at once: filters come in, light rows go out.
//! No text of an incident is read here, and the number of statements does not grow with the number of incidents.

use std::collections::HashMap;

use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;

use super::Sqlite;
use super::rows::{Row, json_list};
use crate::id::{IncidentId, Revision, VersionNumber};
use crate::locale::Locale;
use crate::store::state::{Progress, state_sql};
use crate::store::{Backlog, ListFilter, Result, RetranslateFilter, RetranslateOptions, State, Summary, Translation};

/// Translation rows with the title that readers see; to be followed by a condition on `t`.
macro_rules! select_translations {
    ($condition:expr) => {
        concat!(
            "select t.incident, t.locale, t.wanted_revision, t.requested > t.completed as open, t.lease_until, ",
            "t.attempts, t.not_before, t.reason, t.held, t.served_version, t.served_revision, t.served_partial, ",
            "t.updated_at, v.title as served_title from translations t left join versions v ",
            "on v.incident = t.incident and v.locale = t.locale and v.number = t.served_version ",
            $condition
        )
    };
}

/// The rows of a [`RetranslateFilter`]: incidents, locales, state, now.
macro_rules! matches_filter {
    () => {
        concat!(
            "($1 = '[]' or incident in (select value from json_each($1))) ",
            "and ($2 = '[]' or locale in (select value from json_each($2))) ",
            "and incident in (select id from incidents where withdrawn_at is null) ",
            "and ($3 = '' or ",
            state_sql!("$4"),
            " = $3)"
        )
    };
}

pub(super) const LIST: &str = concat!(
    "select i.id, i.url, i.title, i.status, i.impact, i.components, i.source_locale, i.revision, i.published_at, ",
    "i.updated_at from incidents i where i.withdrawn_at is null and (i.updated_at, i.id) < ($1, $2) ",
    "and ($3 = '' and $4 = '' or exists (select 1 from translations t where t.incident = i.id ",
    "and ($3 = '' or t.locale = $3) and ($4 = '' or ",
    state_sql!("$5"),
    " = $4))) order by i.updated_at desc, i.id desc limit $6"
);
const READ_LISTED: &str =
    select_translations!("where t.incident in (select value from json_each($1)) order by t.incident, t.locale");
const READ_ALL: &str = select_translations!("where t.incident = $1 order by t.locale");
const READ_ONE: &str = select_translations!("where t.incident = $1 and t.locale = $2");
const MATCH: &str = select_translations!(concat!(
    "where (t.incident, t.locale) in (select incident, locale from translations where ",
    matches_filter!(),
    ") order by t.published_at desc, t.incident, t.locale"
));
const RETRANSLATE: &str = concat!(
    "update translations set requested_at = case when requested > completed then requested_at else $4 end, ",
    "requested = requested + 1, attempts = 0, not_before = $4, reason = null, held = false, ",
    "engine = coalesce($5, engine), force = (force or $6), updated_at = $4 where ",
    matches_filter!()
);
const COUNT: &str = concat!(
    "select count(*) filter (where open and not leased and state <> 'failed') as waiting, ",
    "count(*) filter (where leased) as running, count(*) filter (where state = 'failed') as failed, ",
    "count(*) filter (where state = 'partial') as partial, count(*) filter (where state = 'current') as current, ",
    "min(case when open then requested_at end) as oldest from (select t.requested_at, ",
    "t.requested > t.completed and not t.held as open, coalesce(t.lease_until > $1, false) as leased, ",
    state_sql!("$1"),
    " as state from translations t where t.incident not in ",
    "(select id from incidents where withdrawn_at is not null)) as counted"
);

pub(super) async fn list(store: &Sqlite, filter: &ListFilter, now: Timestamp) -> Result<Vec<Summary>> {
    let (before, behind) = match &filter.after {
        Some((updated_at, id)) => (updated_at.as_microsecond(), id.as_str()),
        None => (i64::MAX, ""),
    };
    // One snapshot for both statements.
    let mut transaction = store.readers.begin().await?;
    let rows = sqlx::query(LIST)
        .bind(before)
        .bind(behind)
        .bind(filter.locale.as_ref().map_or("", Locale::as_str))
        .bind(filter.state.map_or("", State::as_str))
        .bind(now.as_microsecond())
        .bind(filter.limit)
        .fetch_all(&mut *transaction)
        .await?;
    let mut summaries = rows.iter().map(read_summary).collect::<Result<Vec<_>>>()?;
    let ids = json_list(summaries.iter().map(|summary| summary.id.as_str()));
    let rows = sqlx::query(READ_LISTED).bind(ids).fetch_all(&mut *transaction).await?;
    transaction.rollback().await?;
    let mut by_incident: HashMap<IncidentId, Vec<Translation>> = HashMap::new();
    for row in &rows {
        let translation = read_translation(row, now)?;
        by_incident.entry(translation.incident.clone()).or_default().push(translation);
    }
    for summary in &mut summaries {
        summary.translations = by_incident.remove(&summary.id).unwrap_or_default();
    }
    Ok(summaries)
}

pub(super) async fn translation(
    store: &Sqlite,
    id: &IncidentId,
    locale: &Locale,
    now: Timestamp,
) -> Result<Option<Translation>> {
    let read = sqlx::query(READ_ONE).bind(id.as_str()).bind(locale.as_str());
    let row = read.fetch_optional(&store.readers).await?;
    row.as_ref().map(|row| read_translation(row, now)).transpose()
}

pub(super) async fn translations(store: &Sqlite, id: &IncidentId, now: Timestamp) -> Result<Vec<Translation>> {
    let rows = sqlx::query(READ_ALL).bind(id.as_str()).fetch_all(&store.readers).await?;
    rows.iter().map(|row| read_translation(row, now)).collect()
}

pub(super) async fn matching(store: &Sqlite, filter: &RetranslateFilter, now: Timestamp) -> Result<Vec<Translation>> {
    let (incidents, locales, state) = names(filter);
    let read = sqlx::query(MATCH).bind(incidents).bind(locales).bind(state).bind(now.as_microsecond());
    let rows = read.fetch_all(&store.readers).await?;
    rows.iter().map(|row| read_translation(row, now)).collect()
}

pub(super) async fn retranslate(
    store: &Sqlite,
    filter: &RetranslateFilter,
    options: &RetranslateOptions,
    now: Timestamp,
) -> Result<u64> {
    let (incidents, locales, state) = names(filter);
    let ask = sqlx::query(RETRANSLATE)
        .bind(incidents)
        .bind(locales)
        .bind(state)
        .bind(now.as_microsecond())
        .bind(&options.engine)
        .bind(options.force);
    Ok(ask.execute(store.writer()?).await?.rows_affected())
}

pub(super) async fn backlog(store: &Sqlite, now: Timestamp) -> Result<Backlog> {
    let row = sqlx::query(COUNT).bind(now.as_microsecond()).fetch_one(&store.readers).await?;
    let row = Row::new(&row, "translations", "all");
    Ok(Backlog {
        waiting: row.number("waiting")?.into(),
        running: row.number("running")?.into(),
        failed: row.number("failed")?.into(),
        partial: row.number("partial")?.into(),
        current: row.number("current")?.into(),
        oldest_waiting_since: row.optional_time("oldest")?,
    })
}

fn names(filter: &RetranslateFilter) -> (String, String, &'static str) {
    let incidents = json_list(filter.incidents.iter().map(IncidentId::as_str));
    let locales = json_list(filter.locales.iter().map(Locale::as_str));
    (incidents, locales, filter.state.map_or("", State::as_str))
}

fn read_summary(row: &SqliteRow) -> Result<Summary> {
    let id: String = Row::new(row, "incidents", "listed").get("id")?;
    let row = Row::new(row, "incidents", id);
    Ok(Summary {
        id: row.parsed("id")?,
        url: row.get("url")?,
        title: row.get("title")?,
        status: row.get("status")?,
        impact: row.get("impact")?,
        components: row.json("components")?,
        source_locale: row.parsed("source_locale")?,
        revision: Revision(row.number("revision")?),
        published_at: row.time("published_at")?,
        updated_at: row.time("updated_at")?,
        translations: Vec::new(),
    })
}

fn read_translation(row: &SqliteRow, now: Timestamp) -> Result<Translation> {
    let plain = Row::new(row, "translations", "read");
    let (incident, locale): (String, String) = (plain.get("incident")?, plain.get("locale")?);
    let row = Row::new(row, "translations", format_args!("{incident} {locale}"));
    let served_version = row.optional_number("served_version")?.map(VersionNumber);
    let served_revision = row.optional_number("served_revision")?.map(Revision);
    let partial: bool = row.get("served_partial")?;
    let progress = Progress {
        held: row.get("held")?,
        wanted_revision: Revision(row.number("wanted_revision")?),
        open: row.get("open")?,
        served: served_revision.map(|revision| (revision, partial)),
        lease_until: row.optional_time("lease_until")?,
        attempts: row.number("attempts")?,
    };
    let not_before = row.time("not_before")?;
    let due = if progress.is_leased(now) { progress.lease_until } else { Some(not_before) };
    Ok(Translation {
        incident: row.parsed("incident")?,
        locale: row.parsed("locale")?,
        state: progress.state(now),
        wanted_revision: progress.wanted_revision,
        served: served_version.zip(served_revision),
        title: row.get("served_title")?,
        attempts: progress.attempts,
        reason: row.get("reason")?,
        next_attempt_at: due.filter(|_| progress.open && !progress.held),
        updated_at: row.time("updated_at")?,
    })
}
