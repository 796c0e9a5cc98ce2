//! Requests for new translations of many rows at once. Nothing here keeps others waiting for long: much is done in many
//! short transactions.

use async_trait::async_trait;
use jiff::Timestamp;

use super::retry::{retried, run_to_completion};
use super::translations::{read_translation, select_translations};
use super::{Sql, priority};
use crate::database::{Columns, Row, json_list, query};
use crate::state::state_sql;
use crate::{Result, RetranslateFilter, RetranslateOptions, Retranslations, State, Translation};
use polypost_core::id::{IncidentId, Revision};
use polypost_core::locale::Locale;

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
    missing!(
        "i.id as incident, l.value as locale, i.revision as wanted_revision, i.changed_at as updated_at",
        "incidents"
    ),
    " order by i.id, l.value"
);
/// Of so many incidents behind the last ones.
const READ_PAGE: &str = "select id from incidents where id > $1 order by id limit 500";
const ADD_MISSING: &str = concat!(
    "insert into translations (incident, locale, wanted_revision, published_at, priority, requested, requested_at, ",
    "completed, attempts, not_before, force, held, served_partial, updated_at) ",
    missing!(
        "i.id, l.value, i.revision, i.changed_at, $4 - i.changed_at, 1, $3, 0, 0, $3, false, false, false, $3",
        "(select * from incidents where id in (select value from json_each($5)))"
    ),
    " on conflict (incident, locale) do nothing"
);
/// Whether the same is asked for already, and not tried yet or being tried: now, engine, force.
macro_rules! is_asked_for {
    () => {
        "requested > completed and not held and (attempts = 0 or coalesce(lease_until > $4, false)) \
         and coalesce(engine, '') = coalesce($5, '') and force = $6"
    };
}

/// A column that stays where the same is asked for already.
macro_rules! unless_asked_for {
    ($column:literal, $value:literal) => {
        concat!($column, " = case when ", is_asked_for!(), " then ", $column, " else ", $value, " end, ")
    };
}

/// Some of the rows, behind those that were asked for before: short transactions, which keep no other waiting. What is
/// asked for later takes the place of what was asked for before, unless it is the same.
const RETRANSLATE: &str = concat!(
    "update translations set requested_at = case when requested > completed then requested_at else $4 end, ",
    "priority = case when requested > completed then priority else $9 - published_at end, ",
    unless_asked_for!("requested", "requested + 1"),
    unless_asked_for!("attempts", "0"),
    unless_asked_for!("futile", "0"),
    unless_asked_for!("purchases", "''"),
    unless_asked_for!("not_before", "$4"),
    unless_asked_for!("reason", "null"),
    "held = false, engine = $5, force = $6, updated_at = $4 ",
    "where (incident, locale) in (select incident, locale from translations where ",
    matches_filter!(),
    " and (incident, locale) > ($7, $8) order by incident, locale limit 500) returning incident, locale"
);

/// What is done counts as all that was asked for, in short transactions as before. Whoever holds the lease finds it lost.
const CANCEL: &str = concat!(
    "update translations set completed = requested, attempts = 0, futile = 0, not_before = $4, reason = null, ",
    "engine = null, force = false, lease_token = null, lease_until = null, claimed = null, updated_at = $4 ",
    "where (incident, locale) in (select incident, locale from translations where ",
    matches_filter!(),
    " and requested > completed and not held and served_revision >= wanted_revision order by incident, locale ",
    "limit 500) returning incident, locale"
);

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
        let cancel = query(CANCEL).bind(&incidents).bind(&locales).bind(state).bind(now.as_microsecond());
        let rows = store.database.write_returning(cancel).await?.len();
        if rows == 0 {
            return Ok(cancelled);
        }
        cancelled += u64::try_from(rows).unwrap_or(u64::MAX);
    }
}

async fn matching(store: &Sql, filter: &RetranslateFilter, now: Timestamp) -> Result<Vec<Translation>> {
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
        failure: None,
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

fn names(filter: &RetranslateFilter) -> (String, String, &'static str) {
    let incidents = json_list(filter.incidents.iter().map(IncidentId::as_str));
    let locales = json_list(filter.locales.iter().map(Locale::as_str));
    (incidents, locales, filter.state.map_or("", State::as_str))
}
