//! Reads rows as they are, for an export: an incident with all of its rows from one moment. Rows that are not in order
//! are reported and left out.

use std::sync::LazyLock;

use async_trait::async_trait;

use super::Sql;
use super::restore;
use super::retry::{retried, run_to_completion};
use crate::archive::{
    AnswerRow, Archive, Chunk, ExportedIncident, IncidentRow, MemoryRow, Page, Position, Restored, RevisionRow, Rows,
    TranslationRow, VersionRow,
};
use crate::database::{Columns, Row, Table, View as _, query, select};
use crate::{Result, StoreError};

/// A statement made of a table's columns, once.
type TableStatement = LazyLock<String>;

static READ_INCIDENT: TableStatement = LazyLock::new(|| select::<IncidentRow>("where id > $1 order by id limit 1"));
static READ_REVISIONS: TableStatement = LazyLock::new(|| select::<RevisionRow>("where incident = $1 order by number"));
static READ_TRANSLATIONS: TableStatement =
    LazyLock::new(|| select::<TranslationRow>("where incident = $1 order by locale"));
static READ_VERSIONS: TableStatement =
    LazyLock::new(|| select::<VersionRow>("where incident = $1 order by locale, number"));
static READ_MEMORY: TableStatement = LazyLock::new(|| {
    select::<MemoryRow>("where (locale, key, context) > ($1, $2, $3) order by locale, key, context limit $4")
});
static READ_ANSWERS: TableStatement = LazyLock::new(|| select::<AnswerRow>("where key > $1 order by key limit $2"));

/// Texts and answers that are read at once: none is longer than a segment or a request's answer.
const PAGE: u32 = 500;

#[async_trait]
impl Archive for Sql {
    async fn archive(&self, position: &Position) -> Result<Option<Page>> {
        retried!(read(self, position))
    }

    async fn restore(&self, chunk: &Chunk) -> Result<Vec<Restored>> {
        let (store, chunk) = (self.clone(), chunk.clone());
        run_to_completion(async move {
            let restored = retried!(restore::add(&store, &chunk))?;
            store.changes.anything();
            Ok(restored)
        })
        .await
    }
}

/// The rows behind a position; `None` behind the last one.
pub(super) async fn read(store: &Sql, position: &Position) -> Result<Option<Page>> {
    let incident = match position {
        Position::Start => read_incident(store, "").await?,
        Position::Incident(id) => read_incident(store, id).await?,
        Position::Memory(..) | Position::Answer(_) => None,
    };
    if incident.is_some() {
        return Ok(incident);
    }
    let memory = match position {
        Position::Memory(locale, key, context) => read_memory(store, (locale, key, context)).await?,
        Position::Answer(_) => None,
        // Nothing comes before an empty text.
        Position::Start | Position::Incident(_) => read_memory(store, ("", "", "")).await?,
    };
    match (memory, position) {
        (None, Position::Answer(key)) => read_answers(store, key).await,
        (None, _) => read_answers(store, "").await,
        (memory, _) => Ok(memory),
    }
}

/// The next incident with all of its rows, from one state of the store.
async fn read_incident(store: &Sql, after: &str) -> Result<Option<Page>> {
    let mut snapshot = store.database.snapshot().await?;
    let Some(incident) = snapshot.fetch(query(&READ_INCIDENT).bind(after)).await?.pop() else {
        snapshot.rollback().await?;
        return Ok(None);
    };
    let id = Row::new(&incident, IncidentRow::TABLE, after).text("id")?.to_owned();
    let revisions = snapshot.fetch(query(&READ_REVISIONS).bind(&id)).await?;
    let translations = snapshot.fetch(query(&READ_TRANSLATIONS).bind(&id)).await?;
    let versions = snapshot.fetch(query(&READ_VERSIONS).bind(&id)).await?;
    snapshot.rollback().await?;
    let rows = || {
        Ok(Rows {
            incident: IncidentRow::read(&incident)?,
            revisions: RevisionRow::read_all(&revisions)?,
            translations: TranslationRow::read_all(&translations)?,
            versions: VersionRow::read_all(&versions)?,
        })
    };
    let (chunk, damages) = match rows().map_err(|error: StoreError| vec![error.to_string()]).and_then(verify) {
        Ok(exported) => (Some(Chunk::Incident(Box::new(exported))), Vec::new()),
        Err(damages) => (None, damages),
    };
    let damages = damages.into_iter().map(|damage| format!("incident `{id}`: {damage}")).collect();
    Ok(Some(Page { chunk, damages, next: Position::Incident(id) }))
}

fn verify(rows: Rows) -> std::result::Result<ExportedIncident, Vec<String>> {
    ExportedIncident::verify(rows).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

async fn read_memory(store: &Sql, (locale, key, context): (&str, &str, &str)) -> Result<Option<Page>> {
    let read = query(&READ_MEMORY).bind(locale).bind(key).bind(context).bind(PAGE);
    let page = store.database.read(read).await?;
    let Some(last) = page.last() else { return Ok(None) };
    let last = Row::new(last, MemoryRow::TABLE, key);
    let part = |column| last.text(column).map(str::to_owned);
    let next = Position::Memory(part("locale")?, part("key")?, part("context")?);
    let (texts, damages) = partition_valid(&page, MemoryRow::verify)?;
    Ok(Some(Page { chunk: Some(Chunk::Memory(texts)), damages, next }))
}

async fn read_answers(store: &Sql, after: &str) -> Result<Option<Page>> {
    let page = store.database.read(query(&READ_ANSWERS).bind(after).bind(PAGE)).await?;
    let Some(last) = page.last() else { return Ok(None) };
    let next = Position::Answer(Row::new(last, AnswerRow::TABLE, after).text("key")?.to_owned());
    let (answers, damages) = partition_valid(&page, AnswerRow::verify)?;
    Ok(Some(Page { chunk: Some(Chunk::Answers(answers)), damages, next }))
}

/// The rows that are in order, and what is wrong with the others.
fn partition_valid<T: Table>(
    page: &[Columns],
    verify: impl Fn(&T) -> std::result::Result<(), String>,
) -> Result<(Vec<T>, Vec<String>)> {
    let (mut good, mut damages) = (Vec::with_capacity(page.len()), Vec::new());
    for row in page {
        let key = Row::new(row, T::TABLE, "").text("key")?.to_owned();
        match T::read(row) {
            Ok(row) => match verify(&row) {
                Ok(()) => good.push(row),
                Err(message) => damages.push(format!("table `{}`, row `{key}`: {message}", T::TABLE)),
            },
            Err(error) => damages.push(error.to_string()),
        }
    }
    Ok((good, damages))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::Migrations;

    const READ_COLUMNS: &str = "select m.name as table_name, c.name as column_name from sqlite_schema m, \
        pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite_%' \
        and m.name <> '_sqlx_migrations'";

    fn columns<T: Table>() -> impl Iterator<Item = (String, String)> {
        T::COLUMNS.iter().map(|column| (T::TABLE.to_owned(), (*column).to_owned()))
    }

    #[tokio::test]
    async fn every_column_of_every_table_moves_but_for_what_belongs_to_an_attempt() {
        let store = Sql::open("sqlite::memory:", Migrations::Apply).await.expect("opens");
        let rows = store.database.read(query(READ_COLUMNS)).await.expect("reads");
        let text = |row, column| Row::new(row, "sqlite_schema", "").text(column).expect("a text").to_owned();
        let there: BTreeSet<_> = rows.iter().map(|row| (text(row, "table_name"), text(row, "column_name"))).collect();
        // What was billed stays with the store that it was booked in: two books cannot be laid over each other. Who may
        // publish into one store may not therefore publish into another.
        let stays = ["usage", "tokens"];
        let there: BTreeSet<_> = there.into_iter().filter(|(table, _)| !stays.contains(&table.as_str())).collect();
        // Where work goes on, it is counted anew what of it is futile.
        let leases = ["claimed", "lease_token", "lease_until", "futile", "purchases"];
        let leases = leases.map(|column| ("translations".into(), column.into()));
        // These are told by the newest report.
        let derived = ["published_at", "updated_at", "started_at", "resolved_at", "title_since"];
        let derived = derived.map(|column| ("incidents".into(), column.into()));
        let of_versions = [("versions".into(), "engines".into())];
        let moved: BTreeSet<(String, String)> = columns::<IncidentRow>()
            .chain(columns::<RevisionRow>())
            .chain(columns::<TranslationRow>())
            .chain(columns::<VersionRow>())
            .chain(columns::<MemoryRow>())
            .chain(columns::<AnswerRow>())
            .chain(leases)
            .chain(derived)
            .chain(of_versions)
            .collect();
        assert_eq!(moved, there, "a new column is to be moved, too, under a new number of the format");
    }

    #[tokio::test]
    async fn what_is_damaged_is_told_and_the_rest_is_read() {
        let store = Sql::open("sqlite::memory:", Migrations::Apply).await.expect("opens");
        for statement in [
            "insert into incidents (id, revision, title, components, source_locale, received_at, changed_at) \
             values ('a', 1, 'title', '[]', 'en', 0, 0), ('b', 'one', 'title', '[]', 'en', 0, 0)",
            "insert into memory (locale, key, context, source_locale, source, kinds, target, created_at, changed_at) \
             values ('es', 'k1', '', 'en', 'one', '[]', 'uno', 0, 0), ('es', 'k2', '', 'en', 'two', '{}', 'dos', 0, 0)",
        ] {
            store.database.write(query(statement)).await.expect("writes");
        }
        let (mut position, mut damages, mut texts) = (Position::Start, Vec::new(), Vec::new());
        while let Some(page) = read(&store, &position).await.expect("reads") {
            position = page.next;
            damages.extend(page.damages);
            match page.chunk {
                Some(Chunk::Memory(rows)) => texts.extend(rows.into_iter().map(|row| row.target)),
                other => assert_eq!(other, None),
            }
        }
        assert_eq!(texts, ["uno"]);
        let parts = ["incident `a`: its row in `incidents`: `revision` is `1`", "incident `b`: ", "row `k2`"];
        for (damage, part) in damages.iter().zip(parts) {
            assert!(damage.contains(part), "{part} in {damage}");
        }
        assert_eq!(damages.len(), parts.len(), "{damages:?}");
    }
}
