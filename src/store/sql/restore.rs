//! Adds the rows of an export: an incident's rows are all stored or none. What a store has already is never changed
//! here.

use std::sync::LazyLock;

use super::Sql;
use super::times::set_times;
use crate::Result;
use crate::archive::{
    AnswerRow, Chunk, ExportedIncident, IncidentRow, MemoryRow, Restored, RevisionRow, Rows, TranslationRow, VersionRow,
};
use crate::database::{Query, Statement, Table, Transaction, View as _, insert, json_list, query, view};
use polypost_core::document::Report;
use polypost_core::id::Revision;

/// A statement made of a table's columns, once.
type TableStatement = LazyLock<String>;

static ADD_INCIDENT: TableStatement = LazyLock::new(|| insert::<IncidentRow>(""));
static ADD_REVISION: TableStatement = LazyLock::new(|| insert::<RevisionRow>(""));
static ADD_TRANSLATION: TableStatement = LazyLock::new(|| insert::<TranslationRow>(""));
static ADD_VERSION: TableStatement = LazyLock::new(|| insert::<VersionRow>(""));
static ADD_MEMORY: TableStatement =
    LazyLock::new(|| insert::<MemoryRow>("on conflict (locale, key, context) do nothing"));
static ADD_ANSWER: TableStatement = LazyLock::new(|| insert::<AnswerRow>("on conflict (key) do nothing"));

const READ_KNOWN: &str = "select i.id, i.revision, r.content_hash from incidents i \
    join revisions r on r.incident = i.id and r.number = i.revision where i.id = $1";
static DERIVE_INCIDENT: Statement = Statement::new(
    "update incidents set published_at = :published_at, updated_at = :updated_at, started_at = :started_at, \
     resolved_at = :resolved_at, title_since = :title_since where id = :id",
);
const DERIVE_VERSION: &str = "update versions set engines = $4 where incident = $1 and locale = $2 and number = $3";
const COMPARE_MEMORY: &str =
    "select 1 from memory where locale = $1 and key = $2 and context = $3 and source = $4 and target = $5";
const COMPARE_ANSWER: &str = "select 1 from idempotency where key = $1 and request_hash = $2 and answer = $3";

view! {
    /// The newest revision that the store has of an incident.
    Known of "revisions" by id {
        revision: Revision,
        content_hash: String,
    }
}

/// Adds what is not there yet, all or nothing, and says what became of each: of the incident, or of each text or
/// answer.
pub(super) async fn add(store: &Sql, chunk: &Chunk) -> Result<Vec<Restored>> {
    match chunk {
        Chunk::Incident(exported) => Ok(vec![add_incident(store, exported).await?]),
        Chunk::Memory(texts) => add_rows(store, texts, &ADD_MEMORY, same_text).await,
        Chunk::Answers(answers) => add_rows(store, answers, &ADD_ANSWER, same_answer).await,
    }
}

/// What the incident's row has of its newest report.
fn derived<'run>(rows: &'run Rows, newest: &Report, title_since: Revision) -> Query<'run> {
    let received_at = rows.incident.received_at;
    let times = newest.times(received_at, rows.revisions.last().map_or(received_at, |revision| revision.created_at));
    set_times(DERIVE_INCIDENT.query(), &times).set("id", rows.incident.id.as_str()).set("title_since", title_since.0)
}

async fn add_incident(store: &Sql, exported: &ExportedIncident) -> Result<Restored> {
    let rows = exported.rows();
    let id = rows.incident.id.as_str();
    let mut transaction = store.database.begin(Some(id)).await?;
    if let Some(known) = Known::read_first(&transaction.fetch(query(READ_KNOWN).bind(id)).await?)? {
        let newest = rows.revisions.last();
        let is_same = known.revision == rows.incident.revision
            && Some(&known.content_hash) == newest.map(|newest| &newest.content_hash);
        transaction.rollback().await?;
        return Ok(if is_same { Restored::Known } else { Restored::Kept });
    }
    add_row(&mut transaction, &ADD_INCIDENT, &rows.incident).await?;
    if let Some(newest) = exported.newest() {
        transaction.execute(derived(rows, newest, exported.title_since())).await?;
    }
    for revision in &rows.revisions {
        add_row(&mut transaction, &ADD_REVISION, revision).await?;
    }
    for translation in &rows.translations {
        add_row(&mut transaction, &ADD_TRANSLATION, translation).await?;
    }
    for (version, engines) in rows.versions.iter().zip(exported.engines()) {
        add_row(&mut transaction, &ADD_VERSION, version).await?;
        let derive = query(DERIVE_VERSION).bind(id).bind(version.locale.as_str()).bind(version.number.0);
        transaction.execute(derive.bind(json_list(engines))).await?;
    }
    transaction.commit().await?;
    Ok(Restored::Added)
}

/// Adds a row; whether it was not there yet.
async fn add_row<T: Table>(transaction: &mut Transaction, add: &'static TableStatement, row: &T) -> Result<bool> {
    Ok(transaction.execute(row.bind(query(add))).await? > 0)
}

/// Adds rows as they are, and says of those that are there whether they are the `same`.
async fn add_rows<T: Table>(
    store: &Sql,
    rows: &[T],
    add: &'static TableStatement,
    same: impl Fn(&T) -> Query<'_>,
) -> Result<Vec<Restored>> {
    let mut transaction = store.database.begin(None).await?;
    let mut outcomes = Vec::with_capacity(rows.len());
    for row in rows {
        outcomes.push(if add_row(&mut transaction, add, row).await? {
            Restored::Added
        } else if transaction.fetch(same(row)).await?.is_empty() {
            Restored::Kept
        } else {
            Restored::Known
        });
    }
    transaction.commit().await?;
    Ok(outcomes)
}

fn same_text(row: &MemoryRow) -> Query<'_> {
    let compare = query(COMPARE_MEMORY).bind(row.locale.as_str()).bind(&row.key).bind(&row.context);
    compare.bind(&row.source).bind(&row.target)
}

fn same_answer(row: &AnswerRow) -> Query<'_> {
    query(COMPARE_ANSWER).bind(&row.key).bind(&row.request_hash).bind(&row.answer)
}
