//! Translation rows, lists of incidents and counts. No text of an incident is read here, and the number of statements
//! does not grow with the number of incidents.

use std::collections::HashMap;

use async_trait::async_trait;
use jiff::Timestamp;

use super::retry::retried;
use super::{Sql, priority};
use crate::database::{Columns, Derived, FromColumn, Row, Statement, View as _, json_list, query, view};
use crate::state::{Progress, state_sql};
use crate::{Backlog, Failure, ListFilter, ListPage, Result, State, StoreError, Summary, Translation, Translations};
use polypost_core::document::Times;
use polypost_core::id::{IncidentId, Revision, VersionNumber};
use polypost_core::locale::Locale;

/// What [`read_translation`] reads of a translation row `t` and the version `v` that readers get.
macro_rules! translation_columns {
    () => {
        "t.incident, t.locale, t.wanted_revision, t.requested > t.completed as open, t.lease_until, \
         t.attempts, t.not_before, t.reason, t.held, t.served_version, t.served_revision, t.served_partial, \
         t.updated_at as row_updated_at, v.title as served_title"
    };
}
pub(super) use translation_columns;

/// Translation rows with the title that readers see; to be followed by a condition on `t`.
macro_rules! select_translations {
    ($condition:expr) => {
        concat!(
            "select ",
            $crate::sql::translations::translation_columns!(),
            " from translations t left join versions v ",
            "on v.incident = t.incident and v.locale = t.locale and v.number = t.served_version ",
            $condition
        )
    };
}
pub(super) use select_translations;

/// A short walk over the index of open rows, as far as the bound.
const READ_BEYOND: &str =
    "select 1 as beyond from translations where requested > completed and priority < $1 limit 1 offset $2";

/// Incidents on one side of a place in the list, the nearest to it first.
macro_rules! list_sql {
    ($side:literal, $order:literal) => {
        concat!(
            "select i.id, i.url, i.title, i.status, i.impact, i.components, i.source_locale, i.revision, ",
            "i.published_at, i.updated_at, i.started_at, i.resolved_at, i.changed_at, i.title_since from incidents i ",
            "where i.withdrawn_at is null and (i.published_at, i.id) ",
            $side,
            " (:published_at, :id) and (:locale = '' and :state = '' or exists (select 1 from translations t \
             where t.incident = i.id ",
            "and (:locale = '' or t.locale = :locale) and (:state = '' or ",
            state_sql!(":now"),
            " = :state))) order by i.published_at ",
            $order,
            ", i.id ",
            $order,
            " limit :limit"
        )
    };
}
pub(super) static LIST: Statement = Statement::new(list_sql!("<", "desc"));
pub(super) static LIST_BACKWARDS: Statement = Statement::new(list_sql!(">", "asc"));
const READ_LISTED: &str =
    select_translations!("where t.incident in (select value from json_each($1)) order by t.incident, t.locale");
const READ_ALL: &str = select_translations!("where t.incident = $1 order by t.locale");
const READ_ONE: &str = select_translations!("where t.incident = $1 and t.locale = $2");
const COUNT: &str = concat!(
    "select count(*) filter (where open and not leased and state <> 'failed') as waiting, ",
    "count(*) filter (where leased) as running, count(*) filter (where state = 'failed') as failed, ",
    "count(*) filter (where open and not leased and attempts > 0 and state in ('current', 'partial')) as failing, ",
    "count(*) filter (where state = 'held') as held, ",
    "count(*) filter (where state = 'partial') as partial, count(*) filter (where state = 'current') as current, ",
    "min(case when open then requested_at end) as oldest from (select t.requested_at, t.attempts, ",
    "t.requested > t.completed and not t.held as open, coalesce(t.lease_until > $1, false) as leased, ",
    state_sql!("$1"),
    " as state from translations t where t.incident not in ",
    "(select id from incidents where withdrawn_at is not null)) as counted"
);
/// Those that [`Backlog::failing`] counts.
const READ_FAILING: &str = select_translations!(
    "where t.requested > t.completed and t.attempts > 0 and not t.held and t.served_revision >= t.wanted_revision \
     and coalesce(t.lease_until <= $1, true) and t.incident not in \
     (select id from incidents where withdrawn_at is not null) order by t.incident, t.locale limit $2"
);
const COUNT_REMARKED: &str = "select count(*) as incidents from incidents where findings > 0 and withdrawn_at is null";

view! {
    Counts of "translations" by {
        waiting: u64,
        running: u64,
        failed: u64,
        failing: u64,
        held: u64,
        partial: u64,
        current: u64,
        oldest: Option<Timestamp>,
    }
}

view! {
    /// Incidents with findings.
    Remarked of "incidents" by {
        incidents: u64,
    }
}

#[async_trait]
impl Translations for Sql {
    async fn translation(&self, id: &IncidentId, locale: &Locale, now: Timestamp) -> Result<Option<Translation>> {
        retried!(translation(self, id, locale, now))
    }

    async fn translations(&self, id: &IncidentId, now: Timestamp) -> Result<Vec<Translation>> {
        retried!(translations(self, id, now))
    }

    async fn list(&self, filter: &ListFilter, now: Timestamp) -> Result<Vec<Summary>> {
        retried!(list(self, filter, now))
    }

    async fn backlog(&self, now: Timestamp) -> Result<Backlog> {
        retried!(backlog(self, now))
    }

    async fn failing(&self, limit: u32, now: Timestamp) -> Result<Vec<Translation>> {
        retried!(failing(self, limit, now))
    }

    async fn waits_beyond(&self, rows: u32) -> Result<bool> {
        retried!(waits_beyond(self, rows))
    }
}

async fn list(store: &Sql, filter: &ListFilter, now: Timestamp) -> Result<Vec<Summary>> {
    let (statement, (published_at, id)) = match &filter.page {
        ListPage::First => (&LIST, (i64::MAX, "")),
        ListPage::After((at, id)) => (&LIST, (at.as_microsecond(), id.as_str())),
        ListPage::Before((at, id)) => (&LIST_BACKWARDS, (at.as_microsecond(), id.as_str())),
    };
    // One snapshot for both statements.
    let mut transaction = store.database.snapshot().await?;
    let list = statement
        .query()
        .set("published_at", published_at)
        .set("id", id)
        .set("locale", filter.locale.as_ref().map_or("", Locale::as_str))
        .set("state", filter.state.map_or("", State::as_str))
        .set("now", now.as_microsecond())
        .set("limit", filter.limit);
    let rows = transaction.fetch(list).await?;
    // One that is damaged does not take the others with it.
    let told = |error: &StoreError| tracing::error!(%error, "an incident is left out of a list");
    let mut summaries: Vec<Summary> = rows.iter().filter_map(|row| read_summary(row).inspect_err(told).ok()).collect();
    let ids = json_list(summaries.iter().map(|summary| summary.id.as_str()));
    let rows = transaction.fetch(query(READ_LISTED).bind(ids)).await?;
    transaction.rollback().await?;
    let mut by_incident: HashMap<IncidentId, Vec<Translation>> = HashMap::new();
    for row in &rows {
        let translation = read_translation(row, now)?;
        by_incident.entry(translation.incident.clone()).or_default().push(translation);
    }
    if matches!(filter.page, ListPage::Before(_)) {
        summaries.reverse();
    }
    for summary in &mut summaries {
        summary.translations = by_incident.remove(&summary.id).unwrap_or_default();
    }
    Ok(summaries)
}

async fn translation(store: &Sql, id: &IncidentId, locale: &Locale, now: Timestamp) -> Result<Option<Translation>> {
    let read = query(READ_ONE).bind(id.as_str()).bind(locale.as_str());
    let row = store.database.read_one(read).await?;
    row.as_ref().map(|row| read_translation(row, now)).transpose()
}

async fn translations(store: &Sql, id: &IncidentId, now: Timestamp) -> Result<Vec<Translation>> {
    let rows = store.database.read(query(READ_ALL).bind(id.as_str())).await?;
    rows.iter().map(|row| read_translation(row, now)).collect()
}

async fn backlog(store: &Sql, now: Timestamp) -> Result<Backlog> {
    let counts = Counts::read_first(&store.database.read(query(COUNT).bind(now.as_microsecond())).await?)?;
    let Some(counts) = counts else { return Ok(Backlog::default()) };
    let remarked = Remarked::read_first(&store.database.read(query(COUNT_REMARKED)).await?)?;
    Ok(Backlog {
        waiting: counts.waiting,
        running: counts.running,
        failed: counts.failed,
        failing: counts.failing,
        held: counts.held,
        partial: counts.partial,
        current: counts.current,
        remarked: remarked.map_or(0, |remarked| remarked.incidents),
        oldest_waiting_since: counts.oldest,
    })
}

async fn failing(store: &Sql, limit: u32, now: Timestamp) -> Result<Vec<Translation>> {
    let rows = store.database.read(query(READ_FAILING).bind(now.as_microsecond()).bind(limit)).await?;
    rows.iter().map(|row| read_translation(row, now)).collect()
}

async fn waits_beyond(store: &Sql, rows: u32) -> Result<bool> {
    store.database.verify_identity()?;
    let read = query(READ_BEYOND).bind(priority::AGAIN_BEGINS).bind(i64::from(rows));
    Ok(store.database.read_one(read).await?.is_some())
}

view! {
    SummaryView of "incidents" by id {
        id: IncidentId,
        url: Option<String>,
        title: String,
        status: Option<String>,
        impact: Option<String>,
        components: Vec<String>,
        source_locale: Locale,
        revision: Revision,
        times: Times,
        changed_at: Timestamp,
        title_since: Revision,
    }
}

fn read_summary(row: &Columns) -> Result<Summary> {
    let view = SummaryView::read(row)?;
    Ok(Summary {
        id: view.id,
        url: view.url,
        title: view.title,
        status: view.status,
        impact: view.impact,
        components: view.components,
        source_locale: view.source_locale,
        revision: view.revision,
        times: view.times,
        changed_at: view.changed_at,
        title_since: view.title_since,
        translations: Vec::new(),
    })
}

view! {
    TranslationView of "translations" by incident, locale {
        incident: IncidentId,
        locale: Locale,
        wanted_revision: Revision,
        open: bool,
        lease_until: Option<Timestamp>,
        attempts: u32,
        not_before: Timestamp,
        reason: Option<Failure>,
        held: bool,
        served_version: Option<VersionNumber>,
        served_revision: Option<Revision>,
        served_partial: bool,
        /// The version's text is checked where it is read.
        served_title: Derived<Option<String>>,
        row_updated_at: Timestamp,
    }
}

impl FromColumn for Option<Failure> {
    fn read(row: &Row<'_>, column: &'static str) -> Result<Self> {
        Ok(row.optional_text(column)?.as_deref().map(Failure::from_stored))
    }
}

pub(super) fn read_translation(row: &Columns, now: Timestamp) -> Result<Translation> {
    let view = TranslationView::read(row)?;
    let progress = Progress {
        held: view.held,
        wanted_revision: view.wanted_revision,
        open: view.open,
        served: view.served_revision.map(|revision| (revision, view.served_partial)),
        lease_until: view.lease_until,
        attempts: view.attempts,
    };
    let due = if progress.is_leased(now) { progress.lease_until } else { Some(view.not_before) };
    Ok(Translation {
        incident: view.incident,
        locale: view.locale,
        state: progress.state(now),
        wanted_revision: progress.wanted_revision,
        served: view.served_version.zip(view.served_revision),
        title: view.served_title.0,
        attempts: progress.attempts,
        failure: view.reason,
        next_attempt_at: due.filter(|_| progress.open && !progress.held),
        updated_at: view.row_updated_at,
    })
}
