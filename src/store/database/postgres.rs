//! Opens and migrates one PostgreSQL database that many processes share, or explains why it cannot be opened. No write
//! is reported as done before the server has it on the disk (`synchronous_commit`, on unless an operator turned it
//! off).
//!
//! Processes send each other their changes by `notify`; the server's list of transactions, read once a second, shows
//! what was written without a notification.

use std::future::Future;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _, PgConnection, PgPool, Postgres, Transaction};
use tokio_util::sync::DropGuard;

use crate::changes::Changes;
use crate::error::Trouble;
use crate::{Migrations, Result, StoreError};
use polypost_core::clock::Clock;

mod notify;
mod server_clock;

use self::server_clock::ServerClock;

/// The schema's history, embedded.
pub(super) static MIGRATOR: Migrator = sqlx::migrate!("../../migrations/postgres");

/// Connections of one process; a server allows a hundred by default.
const CONNECTIONS: u32 = 12;
/// How long a call waits for a connection: as long as a server takes to start again.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(8);
/// How long the server may think about one statement, and wait for another's lock.
const STATEMENT_TIMEOUT: &str = "10s";
const LOCK_TIMEOUT: &str = "5s";
/// How long a transaction of a process that has stopped keeps its locks.
const IDLE_TIMEOUT: &str = "15s";
/// How long a call takes in all, for servers and networks that say nothing at all.
const CALL_TIMEOUT: Duration = Duration::from_secs(12);

/// "The database system is starting up" (SQLSTATE `cannot_connect_now`).
const STARTING: &str = "57P03";
const STARTING_PAUSE: Duration = Duration::from_millis(250);

/// A number for the lock that keeps writers about the same incident apart; PostgreSQL wants one or two.
const LOCK_SUBJECT: &str = "select pg_advisory_xact_lock(hashtextextended($1, 0))";

/// An open database.
#[derive(Debug)]
pub(crate) struct Server {
    pool: PgPool,
    clock: Arc<ServerClock>,
    /// Stop watching what other processes write when dropped.
    _watch: [DropGuard; 2],
}

impl Server {
    /// Opens the database behind `postgres://USER@HOST/DATABASE`.
    ///
    /// # Errors
    /// [`StoreError::Open`] with a hint.
    pub(super) async fn open(url: &str, migrations: Migrations, changes: &Arc<Changes>) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|error| explain(url, error))?
            .application_name("polypost")
            .options([
                ("statement_timeout", STATEMENT_TIMEOUT),
                ("lock_timeout", LOCK_TIMEOUT),
                ("idle_in_transaction_session_timeout", IDLE_TIMEOUT),
            ])
            .disable_statement_logging();
        let mut first = connect(&options).await.map_err(|error| explain(url, error))?;
        if migrations != Migrations::None {
            migrate(&mut first).await?;
        }
        let clock = Arc::new(ServerClock::read(&mut first).await?);
        // The server ends the session by itself where closing fails.
        let _ = first.close().await;
        let pool = pool(CONNECTIONS).connect_lazy_with(options.clone());
        // Connections of their own: listening takes one for good, and neither is to wait for the work.
        let own = pool_of_one(&options);
        let watch = [
            server_clock::watch(own.clone(), Arc::clone(&clock), Arc::clone(changes)),
            notify::forward(own, pool_of_one(&options), Arc::clone(changes)),
        ];
        Ok(Self { pool, clock, _watch: watch })
    }

    pub(super) fn pool(&self) -> &PgPool {
        &self.pool
    }

    pub(super) fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock) as Arc<dyn Clock>
    }

    pub(super) async fn begin(&self, subject: Option<&str>) -> Result<Transaction<'static, Postgres>> {
        let mut transaction = self.begun(None).await?;
        if let Some(subject) = subject {
            sqlx::query(LOCK_SUBJECT).bind(subject).execute(&mut *transaction).await?;
        }
        Ok(transaction)
    }

    pub(super) async fn snapshot(&self) -> Result<Transaction<'static, Postgres>> {
        self.begun(Some("begin isolation level repeatable read, read only")).await
    }

    /// Begins in a task of its own, which a cancelled caller does not stop: sqlx hands a connection back to the pool in
    /// the middle of a transaction where its beginning is cancelled, and the next user of the connection would write
    /// into that one.
    async fn begun(&self, statement: Option<&'static str>) -> Result<Transaction<'static, Postgres>> {
        let pool = self.pool.clone();
        let beginning = async move {
            match statement {
                None => pool.begin().await,
                Some(statement) => pool.begin_with(statement).await,
            }
        };
        let begun = tokio::spawn(beginning).await;
        Ok(begun.map_err(|_| sqlx::Error::WorkerCrashed)??)
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

/// Ends a call that the server neither answers nor refuses, after [`CALL_TIMEOUT`].
pub(super) async fn bounded<T>(call: impl Future<Output = Result<T>>) -> Result<T> {
    match tokio::time::timeout(CALL_TIMEOUT, call).await {
        Ok(outcome) => outcome,
        Err(_) => Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into()).into()),
    }
}

fn pool(connections: u32) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A broken connection shows at its first call, which is tried again on another.
        .test_before_acquire(false)
}

fn pool_of_one(options: &PgConnectOptions) -> PgPool {
    pool(1).max_lifetime(None).idle_timeout(None).connect_lazy_with(options.clone())
}

/// The first connection, which says at once why there can be none; a pool would retry without a message. A server that
/// is starting is waited for.
async fn connect(options: &PgConnectOptions) -> std::result::Result<PgConnection, sqlx::Error> {
    let mut attempt = 1;
    loop {
        match tokio::time::timeout(CALL_TIMEOUT, options.connect()).await {
            Ok(Err(sqlx::Error::Database(error))) if error.code().as_deref() == Some(STARTING) && attempt < 20 => {
                attempt += 1;
                tokio::time::sleep(STARTING_PAUSE).await;
            }
            Ok(outcome) => return outcome,
            Err(_) => return Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())),
        }
    }
}

/// Brings the schema up to date, in as much time as that takes. Processes that start together wait for each other: sqlx
/// takes an advisory lock.
async fn migrate(connection: &mut PgConnection) -> Result<()> {
    sqlx::query("set statement_timeout = 0").execute(&mut *connection).await?;
    sqlx::query("set lock_timeout = 0").execute(&mut *connection).await?;
    Ok(MIGRATOR.run_direct(None, connection, false).await?)
}

fn explain(url: &str, error: sqlx::Error) -> StoreError {
    let hint = match Trouble::of(&error) {
        Trouble::Busy => "hint: the server has no connection to spare, or does not answer; try again",
        Trouble::Io | Trouble::Lost => "hint: is the server running, and the address right?",
        Trouble::Refused => "hint: check user, password and `pg_hba.conf`",
        Trouble::NotADatabase => "hint: `createdb` makes it",
        Trouble::Full => "hint: make space on the server's disk",
        _ => "hint: `postgres://USER:PASSWORD@HOST:PORT/DATABASE`",
    };
    StoreError::open(url, &format!("{error} ({hint})"), Some(error))
}
