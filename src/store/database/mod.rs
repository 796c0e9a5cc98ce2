//! Runs statements on whichever of the two databases is open. The rest of the crate writes each statement once, in SQL
//! that both understand; only the few that ask for [`Database::dialect`] know which database it is.

mod column;
mod postgres;
mod query;
mod row;
mod sqlite;
mod table;
mod view;

pub(super) use column::{Derived, FromColumn, ToColumn};
pub(super) use query::{Query, Statement, query};
pub(super) use row::{Columns, Row, Sealed, checksum_of, json_list};
pub(super) use sqlite::file_of;
pub(super) use table::{Table, given, insert, row, select};
pub(super) use view::{View, view};

use std::sync::Arc;

use sqlx::migrate::Migrator;

use self::postgres::Server;
use self::sqlite::File;
use super::changes::Changes;
use super::{Migrations, Result, StoreError};
use polypost_core::clock::Clock;

/// An open database.
#[derive(Debug)]
pub(super) enum Database {
    Sqlite(File),
    Postgres(Server),
}

/// What the few statements that differ by database ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

/// A transaction; dropped, it is rolled back.
#[derive(Debug)]
pub(super) enum Transaction {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

impl Database {
    /// Opens what the URL names and, where wanted, brings its schema up to date. What other processes write is reported
    /// to `changes`.
    ///
    /// # Errors
    /// [`StoreError::Open`] with a hint; a URL's password is never part of it.
    pub(super) async fn open(url: &str, migrations: Migrations, changes: &Arc<Changes>) -> Result<Self> {
        match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => Ok(Self::Sqlite(File::open(url, migrations, changes).await?)),
            Some("postgres" | "postgresql") => Ok(Self::Postgres(Server::open(url, migrations, changes).await?)),
            _ => {
                let message = "a URL of the form `sqlite://FILE` or `postgres://USER@HOST/DATABASE` is wanted";
                Err(StoreError::open(url, message, None))
            }
        }
    }

    pub(super) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// The clock that is common to all who share this database.
    pub(super) fn clock(&self) -> Arc<dyn Clock> {
        match self {
            Self::Sqlite(_) => Arc::new(polypost_core::clock::System),
            Self::Postgres(server) => server.clock(),
        }
    }

    /// The schema's history, embedded.
    pub(super) fn migrator(&self) -> &'static Migrator {
        match self {
            Self::Sqlite(_) => &sqlite::MIGRATOR,
            Self::Postgres(_) => &postgres::MIGRATOR,
        }
    }

    /// Reads; what is written at the same time is seen whole or not at all.
    pub(super) async fn read(&self, query: Query<'_>) -> Result<Vec<Columns>> {
        match self {
            Self::Sqlite(file) => query.fetch_sqlite(file.readers()).await,
            Self::Postgres(server) => postgres::bounded(query.fetch_postgres(server.pool())).await,
        }
    }

    /// Reads what is at most one row.
    pub(super) async fn read_one(&self, query: Query<'_>) -> Result<Option<Columns>> {
        Ok(self.read(query).await?.pop())
    }

    /// Writes with a single statement; returns how many rows it touched.
    pub(super) async fn write(&self, query: Query<'_>) -> Result<u64> {
        match self {
            Self::Sqlite(file) => query.execute_sqlite(file.writer()?).await,
            Self::Postgres(server) => postgres::bounded(query.execute_postgres(server.pool())).await,
        }
    }

    /// Writes with a single statement that returns rows.
    pub(super) async fn write_returning(&self, query: Query<'_>) -> Result<Vec<Columns>> {
        match self {
            Self::Sqlite(file) => query.fetch_sqlite(file.writer()?).await,
            Self::Postgres(server) => postgres::bounded(query.fetch_postgres(server.pool())).await,
        }
    }

    /// A transaction that may read and then write: in SQLite it holds the file's write lock from the start; in
    /// PostgreSQL it keeps all others out that write about the same subject, an incident.
    pub(super) async fn begin(&self, subject: Option<&str>) -> Result<Transaction> {
        match self {
            Self::Sqlite(file) => Ok(Transaction::Sqlite(file.writer()?.begin_with("begin immediate").await?)),
            Self::Postgres(server) => Ok(Transaction::Postgres(postgres::bounded(server.begin(subject)).await?)),
        }
    }

    /// A transaction that only reads, and sees one state of everything.
    pub(super) async fn snapshot(&self) -> Result<Transaction> {
        match self {
            Self::Sqlite(file) => Ok(Transaction::Sqlite(file.readers().begin().await?)),
            Self::Postgres(server) => Ok(Transaction::Postgres(postgres::bounded(server.snapshot()).await?)),
        }
    }

    /// Whether the database is still what it was when it was opened.
    pub(super) fn verify_identity(&self) -> Result<()> {
        match self {
            Self::Sqlite(file) => file.writer().map(drop),
            Self::Postgres(_) => Ok(()),
        }
    }

    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite(file) => file.close().await,
            Self::Postgres(server) => server.close().await,
        }
    }
}

impl Transaction {
    pub(super) async fn fetch(&mut self, query: Query<'_>) -> Result<Vec<Columns>> {
        match self {
            Self::Sqlite(transaction) => query.fetch_sqlite(&mut **transaction).await,
            Self::Postgres(transaction) => postgres::bounded(query.fetch_postgres(&mut **transaction)).await,
        }
    }

    pub(super) async fn execute(&mut self, query: Query<'_>) -> Result<u64> {
        match self {
            Self::Sqlite(transaction) => query.execute_sqlite(&mut **transaction).await,
            Self::Postgres(transaction) => postgres::bounded(query.execute_postgres(&mut **transaction)).await,
        }
    }

    pub(super) async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(transaction) => Ok(transaction.commit().await?),
            Self::Postgres(transaction) => postgres::bounded(async { Ok(transaction.commit().await?) }).await,
        }
    }

    pub(super) async fn rollback(self) -> Result<()> {
        match self {
            Self::Sqlite(transaction) => Ok(transaction.rollback().await?),
            Self::Postgres(transaction) => postgres::bounded(async { Ok(transaction.rollback().await?) }).await,
        }
    }
}
