//! An operator's questions: is the schema up to date, is the file in order. Nothing here is on the readers' path.

use std::collections::HashSet;

use sqlx::Row as _;

use super::Sqlite;
use super::connect::MIGRATOR;
use super::rows::Row;
use crate::store::{Result, StoreError};

/// sqlx keeps its list there; a file that was never migrated has none.
const HAS_MIGRATIONS: &str = "select 1 from sqlite_schema where type = 'table' and name = '_sqlx_migrations'";
const READ_MIGRATIONS: &str = "select version from _sqlx_migrations where success";
const QUICK_CHECK: &str = "pragma quick_check(1)";
const READ_VERSIONS: &str = "select rowid as place, incident, rendition, checksum from versions \
    where rowid > $1 order by rowid limit 64";
const READ_REVISIONS: &str = "select rowid as place, incident, report, report_checksum, source, source_checksum \
    from revisions where rowid > $1 order by rowid limit 64";
const WRITE_PROBE: &str = "insert into idempotency (key, request_hash, answer, created_at) values ($1, '', '', 0)";
const ERASE_PROBE: &str = "delete from idempotency where key = $1";
/// No request's key is empty.
const PROBE: &str = "";

pub(super) async fn pending_migrations(store: &Sqlite) -> Result<Vec<String>> {
    let known = sqlx::query(HAS_MIGRATIONS).fetch_optional(&store.readers).await?.is_some();
    let applied: HashSet<i64> = if known {
        sqlx::query_scalar(READ_MIGRATIONS).fetch_all(&store.readers).await?.into_iter().collect()
    } else {
        HashSet::new()
    };
    let pending = MIGRATOR.iter().filter(|migration| !applied.contains(&migration.version));
    Ok(pending.map(|migration| format!("{:04} {}", migration.version, migration.description)).collect())
}

pub(super) async fn check(store: &Sqlite) -> Result<()> {
    // First of all: is it still the file that the path names?
    store.writer()?;
    let row = sqlx::query(QUICK_CHECK).fetch_one(&store.readers).await?;
    let answer: String = row.try_get(0)?;
    if answer != "ok" {
        return Err(StoreError::Inconsistent {
            table: "sqlite_schema",
            column: "quick_check",
            row: "1".to_owned(),
            message: format!("{answer} (hint: restore the file from a backup)"),
        });
    }
    verify(store, READ_VERSIONS, "versions", &[("rendition", "checksum")]).await?;
    let texts = [("report", "report_checksum"), ("source", "source_checksum")];
    verify(store, READ_REVISIONS, "revisions", &texts).await?;
    write_probe(store).await
}

/// Compares every text of a table with its checksum, a page at a time, so that no long read keeps the write-ahead log
/// from being emptied.
async fn verify(
    store: &Sqlite,
    read: &'static str,
    table: &'static str,
    texts: &[(&'static str, &'static str)],
) -> Result<()> {
    let mut place = 0_i64;
    loop {
        let rows = sqlx::query(read).bind(place).fetch_all(&store.readers).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in &rows {
            let incident: String = Row::new(row, table, place).get("incident")?;
            let row = Row::new(row, table, incident);
            for (text, checksum) in texts {
                row.verify(text, checksum)?;
            }
            place = row.get("place")?;
        }
    }
}

/// Really commits, which a full or broken disk would refuse.
async fn write_probe(store: &Sqlite) -> Result<()> {
    let mut transaction = store.begin().await?;
    for statement in [ERASE_PROBE, WRITE_PROBE, ERASE_PROBE] {
        sqlx::query(statement).bind(PROBE).execute(&mut *transaction).await?;
    }
    Ok(transaction.commit().await?)
}
