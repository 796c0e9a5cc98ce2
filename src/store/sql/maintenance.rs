//! The store as a whole: is the schema up to date, is the file in order. None of it is on the readers' path.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::broadcast;

use super::Sql;
use super::retry::retried;
use crate::database::{Columns, Dialect, Row, query};
use crate::{Change, Maintenance, Result, StoreError};
use polypost_core::clock::Clock;

/// sqlx keeps its list in a table; a store that was never migrated has none.
const HAS_MIGRATIONS_SQLITE: &str = "select 1 from sqlite_schema where type = 'table' and name = '_sqlx_migrations'";
const HAS_MIGRATIONS_POSTGRES: &str = "select 1 from information_schema.tables \
    where table_schema = current_schema() and table_name = '_sqlx_migrations'";
const READ_MIGRATIONS: &str = "select version from _sqlx_migrations where success";
/// SQLite's own look at its file; PostgreSQL has checksums of its own where its operators want them.
const QUICK_CHECK: &str = "pragma quick_check(1)";
const READ_VERSIONS: &str = "select incident, locale, number, rendition, checksum from versions \
    where (incident, locale, number) > ($1, $2, $3) order by incident, locale, number limit 64";
const READ_REVISIONS: &str = "select incident, '' as locale, number, report, report_checksum, source, source_checksum \
    from revisions where (incident, '', number) > ($1, $2, $3) order by incident, number limit 64";
const WRITE_PROBE: &str = "insert into idempotency (key, request_hash, answer, created_at) values ($1, '', '', 0)";
const ERASE_PROBE: &str = "delete from idempotency where key = $1";
/// No request's key is empty.
const PROBE: &str = "";

#[async_trait]
impl Maintenance for Sql {
    async fn pending_migrations(&self) -> Result<Vec<String>> {
        retried!(pending_migrations(self))
    }

    async fn check(&self) -> Result<()> {
        retried!(check(self))
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.database.clock()
    }

    fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.listen()
    }

    async fn close(&self) {
        self.database.close().await;
    }
}

async fn pending_migrations(store: &Sql) -> Result<Vec<String>> {
    let database = &store.database;
    let has_migrations = match database.dialect() {
        Dialect::Sqlite => HAS_MIGRATIONS_SQLITE,
        Dialect::Postgres => HAS_MIGRATIONS_POSTGRES,
    };
    let mut applied = HashSet::new();
    if database.read_one(query(has_migrations)).await?.is_some() {
        for row in database.read(query(READ_MIGRATIONS)).await? {
            applied.insert(Row::new(&row, "_sqlx_migrations", "applied").integer("version")?);
        }
    }
    let pending = database.migrator().iter().filter(|migration| !applied.contains(&migration.version));
    Ok(pending.map(|migration| format!("{:04} {}", migration.version, migration.description)).collect())
}

async fn check(store: &Sql) -> Result<()> {
    store.database.verify_identity()?;
    if store.database.dialect() == Dialect::Sqlite {
        check_file(store).await?;
    }
    verify(store, READ_VERSIONS, "versions", &[("rendition", "checksum")]).await?;
    let texts = [("report", "report_checksum"), ("source", "source_checksum")];
    verify(store, READ_REVISIONS, "revisions", &texts).await?;
    write_probe(store).await
}

async fn check_file(store: &Sql) -> Result<()> {
    let answer = store.database.read_one(query(QUICK_CHECK)).await?;
    let answer = answer.map_or(Ok(String::new()), |row: Columns| {
        Row::new(&row, "sqlite_schema", "1").text("quick_check").map(str::to_owned)
    })?;
    if answer == "ok" {
        return Ok(());
    }
    let message = format!("{answer} (hint: restore the file from a backup)");
    Err(StoreError::inconsistent("sqlite_schema", "quick_check", "1", message))
}

/// Compares every text of a table with its checksum, a page at a time, so that no long read keeps the database from
/// tidying up.
async fn verify(
    store: &Sql,
    read: &'static str,
    table: &'static str,
    texts: &[(&'static str, &'static str)],
) -> Result<()> {
    let mut position = (String::new(), String::new(), 0_i64);
    loop {
        let rows = store.database.read(query(read).bind(&position.0).bind(&position.1).bind(position.2)).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in &rows {
            let incident = Row::new(row, table, &position.0).text("incident")?;
            let row = Row::new(row, table, incident);
            for (text, checksum) in texts {
                row.verify(text, checksum)?;
            }
            position = (incident.to_owned(), row.text("locale")?.to_owned(), row.integer("number")?);
        }
    }
}

/// Really commits, which a full or broken disk would refuse.
async fn write_probe(store: &Sql) -> Result<()> {
    let mut transaction = store.database.begin(None).await?;
    for statement in [ERASE_PROBE, WRITE_PROBE, ERASE_PROBE] {
        transaction.execute(query(statement).bind(PROBE)).await?;
    }
    transaction.commit().await
}
