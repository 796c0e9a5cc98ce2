//! Lists for readers and operators, and what operators ask of many rows at once: filters come in, light rows go out.
//! No text of an incident is read here, and the number of statements does not grow with the number of incidents.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{Sql, priority};
use crate::id::{IncidentId, Revision, VersionNumber};
use crate::locale::Locale;
use crate::store::database::{Columns, Row, json_list, query};
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
/// What there is no row for yet: incidents, locales.
macro_rules! missing {
    ($columns:literal, $incidents:literal) => {
        concat!(
            "select ",
            $columns,
            " from ",
            $incidents,
            " i, json_each($2) l where i.withdrawn_at is null ",
            "and ($1 = '[]' or i.id in (select value from json_each($1))) and l.value <> i.source_locale ",
            "and not exists (select 1 from translations t where t.incident = i.id and t.locale = l.value)"
        )
    };
}
const READ_MISSING: &str = concat!(
    missing!("i.id as incident, l.value as locale, i.revision as wanted_revision, i.updated_at", "incidents"),
    " order by i.id, l.value"
);
/// Of so many incidents behind the last ones.
const READ_PAGE: &str = "select id from incidents where id > $1 order by id limit 500";
const ADD_MISSING: &str = concat!(
    "insert into translations (incident, locale, wanted_revision, published_at, priority, requested, requested_at, ",
    "completed, attempts, not_before, force, held, served_partial, updated_at) ",
    missing!(
        "i.id, l.value, i.revision, i.updated_at, $4 - i.updated_at, 1, $3, 0, 0, $3, false, false, false, $3",
        "(select * from incidents where id in (select value from json_each($5)))"
    ),
    " on conflict (incident, locale) do nothing"
);
/// Some of the rows, behind those that were asked for before: short transactions, which keep no other waiting.
const RETRANSLATE: &str = concat!(
    "update translations set requested_at = case when requested > completed then requested_at else $4 end, ",
    "priority = case when requested > completed then priority else $9 - published_at end, ",
    "requested = requested + 1, attempts = 0, not_before = $4, reason = null, held = false, ",
    "engine = coalesce($5, engine), force = (force or $6), updated_at = $4 ",
    "where (incident, locale) in (select incident, locale from translations where ",
    matches_filter!(),
    " and (incident, locale) > ($7, $8) order by incident, locale limit 500) returning incident, locale"
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
const COUNT_REMARKED: &str = "select count(*) as incidents from incidents where findings > 0 and withdrawn_at is null";

pub(super) async fn list(store: &Sql, filter: &ListFilter, now: Timestamp) -> Result<Vec<Summary>> {
    let (before, behind) = match &filter.after {
        Some((updated_at, id)) => (updated_at.as_microsecond(), id.as_str()),
        None => (i64::MAX, ""),
    };
    // One snapshot for both statements.
    let mut transaction = store.database.snapshot().await?;
    let list = query(LIST)
        .bind(before)
        .bind(behind)
        .bind(filter.locale.as_ref().map_or("", Locale::as_str))
        .bind(filter.state.map_or("", State::as_str))
        .bind(now.as_microsecond())
        .bind(filter.limit);
    let rows = transaction.fetch(list).await?;
    let mut summaries = rows.iter().map(read_summary).collect::<Result<Vec<_>>>()?;
    let ids = json_list(summaries.iter().map(|summary| summary.id.as_str()));
    let rows = transaction.fetch(query(READ_LISTED).bind(ids)).await?;
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
    store: &Sql,
    id: &IncidentId,
    locale: &Locale,
    now: Timestamp,
) -> Result<Option<Translation>> {
    let read = query(READ_ONE).bind(id.as_str()).bind(locale.as_str());
    let row = store.database.read_one(read).await?;
    row.as_ref().map(|row| read_translation(row, now)).transpose()
}

pub(super) async fn translations(store: &Sql, id: &IncidentId, now: Timestamp) -> Result<Vec<Translation>> {
    let rows = store.database.read(query(READ_ALL).bind(id.as_str())).await?;
    rows.iter().map(|row| read_translation(row, now)).collect()
}

pub(super) async fn matching(store: &Sql, filter: &RetranslateFilter, now: Timestamp) -> Result<Vec<Translation>> {
    let (incidents, locales, state) = names(filter);
    let read = query(MATCH).bind(incidents).bind(locales).bind(state).bind(now.as_microsecond());
    let rows = store.database.read(read).await?;
    let mut found = rows.iter().map(|row| read_translation(row, now)).collect::<Result<Vec<_>>>()?;
    if !filter.missing.is_empty() {
        let (incidents, locales) = (names(filter).0, json_list(filter.missing.iter().map(Locale::as_str)));
        let rows = store.database.read(query(READ_MISSING).bind(incidents).bind(locales)).await?;
        found.extend(rows.iter().map(read_missing).collect::<Result<Vec<_>>>()?);
    }
    Ok(found)
}

/// A row as it will be when it is asked for.
fn read_missing(row: &Columns) -> Result<Translation> {
    let row = Row::new(row, "incidents", "missing");
    Ok(Translation {
        incident: row.parsed("incident")?,
        locale: row.parsed("locale")?,
        state: State::Pending,
        wanted_revision: Revision(row.number("wanted_revision")?),
        served: None,
        title: None,
        attempts: 0,
        reason: None,
        next_attempt_at: None,
        updated_at: row.time("updated_at")?,
    })
}

/// Makes the rows that are missing, in short transactions.
async fn add_missing(store: &Sql, filter: &RetranslateFilter, now: Timestamp) -> Result<()> {
    let (incidents, locales) = (names(filter).0, json_list(filter.missing.iter().map(Locale::as_str)));
    let mut last = String::new();
    loop {
        let page = store.database.read(query(READ_PAGE).bind(&last)).await?;
        let Some(end) = page.last() else { return Ok(()) };
        let ids = page.iter().map(|row| Row::new(row, "incidents", "page").text("id")).collect::<Result<Vec<_>>>()?;
        let add = query(ADD_MISSING)
            .bind(&incidents)
            .bind(&locales)
            .bind(now.as_microsecond())
            .bind(priority::AGAIN)
            .bind(json_list(&ids));
        store.database.write(add).await?;
        last = Row::new(end, "incidents", "page").text("id")?.to_owned();
    }
}

pub(super) async fn retranslate(
    store: &Sql,
    filter: &RetranslateFilter,
    options: &RetranslateOptions,
    now: Timestamp,
) -> Result<u64> {
    if !filter.missing.is_empty() {
        add_missing(store, filter, now).await?;
    }
    let (incidents, locales, state) = names(filter);
    let mut asked = 0;
    let mut last = (String::new(), String::new());
    loop {
        let ask = query(RETRANSLATE)
            .bind(&incidents)
            .bind(&locales)
            .bind(state)
            .bind(now.as_microsecond())
            .bind(&options.engine)
            .bind(options.force)
            .bind(&last.0)
            .bind(&last.1)
            .bind(priority::AGAIN);
        let rows = store.database.write_returning(ask).await?;
        if rows.is_empty() {
            return Ok(asked);
        }
        for row in &rows {
            let row = Row::new(row, "translations", "asked for");
            last = last.max((row.text("incident")?.to_owned(), row.text("locale")?.to_owned()));
            asked += 1;
        }
    }
}

pub(super) async fn backlog(store: &Sql, now: Timestamp) -> Result<Backlog> {
    let rows = store.database.read(query(COUNT).bind(now.as_microsecond())).await?;
    let Some(row) = rows.first() else { return Ok(Backlog::default()) };
    let remarked = match store.database.read_one(query(COUNT_REMARKED)).await? {
        Some(row) => Row::new(&row, "incidents", "remarked").number("incidents")?.into(),
        None => 0,
    };
    let row = Row::new(row, "translations", "all");
    Ok(Backlog {
        waiting: row.number("waiting")?.into(),
        running: row.number("running")?.into(),
        failed: row.number("failed")?.into(),
        partial: row.number("partial")?.into(),
        current: row.number("current")?.into(),
        remarked,
        oldest_waiting_since: row.optional_time("oldest")?,
    })
}

fn names(filter: &RetranslateFilter) -> (String, String, &'static str) {
    let incidents = json_list(filter.incidents.iter().map(IncidentId::as_str));
    let locales = json_list(filter.locales.iter().map(Locale::as_str));
    (incidents, locales, filter.state.map_or("", State::as_str))
}

fn read_summary(row: &Columns) -> Result<Summary> {
    let id = Row::new(row, "incidents", "listed").text("id")?;
    let row = Row::new(row, "incidents", id);
    Ok(Summary {
        id: row.parsed("id")?,
        url: row.optional_text("url")?,
        title: row.text("title")?.to_owned(),
        status: row.optional_text("status")?,
        impact: row.optional_text("impact")?,
        components: row.json("components")?,
        source_locale: row.parsed("source_locale")?,
        revision: Revision(row.number("revision")?),
        published_at: row.time("published_at")?,
        updated_at: row.time("updated_at")?,
        translations: Vec::new(),
    })
}

fn read_translation(row: &Columns, now: Timestamp) -> Result<Translation> {
    let plain = Row::new(row, "translations", "read");
    let (incident, locale) = (plain.text("incident")?, plain.text("locale")?);
    let row = Row::new(row, "translations", format_args!("{incident} {locale}"));
    let served_version = row.optional_number("served_version")?.map(VersionNumber);
    let served_revision = row.optional_number("served_revision")?.map(Revision);
    let partial = row.boolean("served_partial")?;
    let progress = Progress {
        held: row.boolean("held")?,
        wanted_revision: Revision(row.number("wanted_revision")?),
        open: row.boolean("open")?,
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
        title: row.optional_text("served_title")?,
        attempts: progress.attempts,
        reason: row.optional_text("reason")?,
        next_attempt_at: due.filter(|_| progress.open && !progress.held),
        updated_at: row.time("updated_at")?,
    })
}
