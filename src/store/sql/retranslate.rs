//! Requests for new translations of many rows at once. Nothing here keeps others waiting for long: much is done in many
//! short transactions.

use async_trait::async_trait;
use jiff::Timestamp;

use super::retry::{retried, run_to_completion};
use super::translations::{read_translation, select_translations};
use super::{Sql, priority};
use crate::database::{Row, Statement, View as _, json_list, query, view};
use crate::state::state_sql;
use crate::{Result, RetranslateFilter, RetranslateOptions, Retranslations, State, Translation};
use polypost_core::id::{IncidentId, Revision};
use polypost_core::locale::Locale;

/// The rows of a [`RetranslateFilter`]: incidents, locales, state, now.
macro_rules! matches_filter {
    () => {
        concat!(
            "(:incidents = '[]' or incident in (select value from json_each(:incidents))) ",
            "and (:locales = '[]' or locale in (select value from json_each(:locales))) ",
            "and incident in (select id from incidents where withdrawn_at is null) ",
            "and (:state = '' or ",
            state_sql!(":now"),
            " = :state)"
        )
    };
}

static MATCH: Statement = Statement::new(select_translations!(concat!(
    "where (t.incident, t.locale) in (select incident, locale from translations where ",
    matches_filter!(),
    ") order by t.published_at desc, t.incident, t.locale"
)));
/// What there is no row for yet: incidents, locales.
macro_rules! missing {
    ($columns:literal, $incidents:literal) => {
        concat!(
            "select ",
            $columns,
            " from ",
            $incidents,
            " i, json_each(:locales) l where i.withdrawn_at is null ",
            "and (:incidents = '[]' or i.id in (select value from json_each(:incidents))) and l.value <> \
             i.source_locale ",
            "and not exists (select 1 from translations t where t.incident = i.id and t.locale = l.value)"
        )
    };
}
static READ_MISSING: Statement = Statement::new(concat!(
    missing!(
        "i.id as incident, l.value as locale, i.revision as wanted_revision, i.changed_at as updated_at",
        "incidents"
    ),
    " order by i.id, l.value"
));
/// Of so many incidents behind the last ones.
const READ_PAGE: &str = "select id from incidents where id > $1 order by id limit 500";
static ADD_MISSING: Statement = Statement::new(concat!(
    "insert into translations (incident, locale, wanted_revision, published_at, priority, requested, requested_at, ",
    "completed, attempts, not_before, force, held, served_partial, updated_at) ",
    missing!(
        "i.id, l.value, i.revision, i.changed_at, :priority - i.changed_at, 1, :now, 0, 0, :now, false, false, \
         false, :now",
        "(select * from incidents where id in (select value from json_each(:page)))"
    ),
    " on conflict (incident, locale) do nothing"
));
/// Whether the same is requested already, and not tried yet or being tried: now, engine, force.
macro_rules! is_asked_for {
    () => {
        "requested > completed and not held and (attempts = 0 or coalesce(lease_until > :now, false)) \
         and coalesce(engine, '') = coalesce(:engine, '') and force = :force"
    };
}

/// A column that stays where the same is requested already.
macro_rules! unless_asked_for {
    ($column:literal, $value:literal) => {
        concat!($column, " = case when ", is_asked_for!(), " then ", $column, " else ", $value, " end, ")
    };
}

/// Some of the rows, behind those that were requested before: short transactions, which keep no other waiting. What is
/// requested later replaces what was requested before, unless it is the same.
static RETRANSLATE: Statement = Statement::new(concat!(
    "update translations set requested_at = case when requested > completed then requested_at else :now end, ",
    "priority = case when requested > completed then priority else :priority - published_at end, ",
    unless_asked_for!("requested", "requested + 1"),
    unless_asked_for!("attempts", "0"),
    unless_asked_for!("futile", "0"),
    unless_asked_for!("purchases", "''"),
    unless_asked_for!("not_before", ":now"),
    unless_asked_for!("reason", "null"),
    "held = false, engine = :engine, force = :force, updated_at = :now ",
    "where (incident, locale) in (select incident, locale from translations where ",
    matches_filter!(),
    " and (incident, locale) > (:last_incident, :last_locale) order by incident, locale limit 500) returning \
     incident, locale"
));

/// What is done counts as all that was requested, in short transactions as before. A worker that holds the lease finds
/// it lost.
static CANCEL: Statement = Statement::new(concat!(
    "update translations set completed = requested, attempts = 0, futile = 0, not_before = :now, reason = null, ",
    "engine = null, force = false, lease_token = null, lease_until = null, claimed = null, updated_at = :now ",
    "where (incident, locale) in (select incident, locale from translations where ",
    matches_filter!(),
    " and requested > completed and not held and served_revision >= wanted_revision order by incident, locale ",
    "limit 500) returning incident, locale"
));

#[async_trait]
impl Retranslations for Sql {
    async fn matching(&self, filter: &RetranslateFilter, now: Timestamp) -> Result<Vec<Translation>> {
        retried!(matching(self, filter, now))
    }

    async fn retranslate(
        &self,
        filter: &RetranslateFilter,
        options: &RetranslateOptions,
        now: Timestamp,
    ) -> Result<u64> {
        let (store, filter, options) = (self.clone(), filter.clone(), options.clone());
        run_to_completion(async move {
            let asked = retried!(retranslate(&store, &filter, &options, now))?;
            store.changes.anything();
            Ok(asked)
        })
        .await
    }

    async fn cancel(&self, filter: &RetranslateFilter, now: Timestamp) -> Result<u64> {
        let (store, filter) = (self.clone(), filter.clone());
        run_to_completion(async move {
            let cancelled = retried!(cancel(&store, &filter, now))?;
            store.changes.anything();
            Ok(cancelled)
        })
        .await
    }
}

async fn cancel(store: &Sql, filter: &RetranslateFilter, now: Timestamp) -> Result<u64> {
    let (incidents, locales, state) = names(filter);
    let mut cancelled = 0;
    loop {
        let cancel = CANCEL
            .query()
            .set("incidents", &incidents)
            .set("locales", &locales)
            .set("state", state)
            .set("now", now.as_microsecond());
        let rows = store.database.write_returning(cancel).await?.len();
        if rows == 0 {
            return Ok(cancelled);
        }
        cancelled += u64::try_from(rows).unwrap_or(u64::MAX);
    }
}

async fn matching(store: &Sql, filter: &RetranslateFilter, now: Timestamp) -> Result<Vec<Translation>> {
    let (incidents, locales, state) = names(filter);
    let read = MATCH
        .query()
        .set("incidents", incidents)
        .set("locales", locales)
        .set("state", state)
        .set("now", now.as_microsecond());
    let rows = store.database.read(read).await?;
    let mut found = rows.iter().map(|row| read_translation(row, now)).collect::<Result<Vec<_>>>()?;
    if !filter.missing.is_empty() {
        let (incidents, locales) = (names(filter).0, json_list(filter.missing.iter().map(Locale::as_str)));
        let rows =
            store.database.read(READ_MISSING.query().set("incidents", incidents).set("locales", locales)).await?;
        found.extend(Missing::read_all(&rows)?.into_iter().map(not_yet_requested));
    }
    Ok(found)
}

view! {
    Missing of "incidents" by incident, locale {
        incident: IncidentId,
        locale: Locale,
        wanted_revision: Revision,
        updated_at: Timestamp,
    }
}

/// A row as it will be when it is requested.
fn not_yet_requested(missing: Missing) -> Translation {
    Translation {
        incident: missing.incident,
        locale: missing.locale,
        state: State::Pending,
        wanted_revision: missing.wanted_revision,
        served: None,
        title: None,
        attempts: 0,
        failure: None,
        next_attempt_at: None,
        updated_at: missing.updated_at,
    }
}

/// Makes the rows that are missing, in short transactions.
async fn add_missing(store: &Sql, filter: &RetranslateFilter, now: Timestamp) -> Result<()> {
    let (incidents, locales) = (names(filter).0, json_list(filter.missing.iter().map(Locale::as_str)));
    let mut last = String::new();
    loop {
        let page = store.database.read(query(READ_PAGE).bind(&last)).await?;
        let Some(end) = page.last() else { return Ok(()) };
        let ids = page.iter().map(|row| Row::new(row, "incidents", "page").text("id")).collect::<Result<Vec<_>>>()?;
        let add = ADD_MISSING
            .query()
            .set("incidents", &incidents)
            .set("locales", &locales)
            .set("now", now.as_microsecond())
            .set("priority", priority::AGAIN)
            .set("page", json_list(&ids));
        store.database.write(add).await?;
        last = Row::new(end, "incidents", "page").text("id")?.to_owned();
    }
}

async fn retranslate(
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
        let ask = RETRANSLATE
            .query()
            .set("incidents", &incidents)
            .set("locales", &locales)
            .set("state", state)
            .set("now", now.as_microsecond())
            .set("engine", &options.engine)
            .set("force", options.force)
            .set("last_incident", &last.0)
            .set("last_locale", &last.1)
            .set("priority", priority::AGAIN);
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

fn names(filter: &RetranslateFilter) -> (String, String, &'static str) {
    let incidents = json_list(filter.incidents.iter().map(IncidentId::as_str));
    let locales = json_list(filter.locales.iter().map(Locale::as_str));
    (incidents, locales, filter.state.map_or("", State::as_str))
}
