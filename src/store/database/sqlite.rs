//! Opens and migrates one SQLite file, or explains why it cannot be opened. A file is created here and nowhere else:
//! one that is removed later never comes back empty.
//!
//! One connection writes and a few read. Processes share the file: whatever reads before it writes does so under
//! `begin immediate`. No write is reported as done before it is on the disk (`synchronous = full`).

use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection, SqlitePool};

use tokio::time::MissedTickBehavior;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::changes::{Change, Changes};
use crate::error::Trouble;
use crate::{Migrations, Result, StoreError};

/// The schema's history, embedded.
pub(super) static MIGRATOR: Migrator = sqlx::migrate!("../../migrations/sqlite");

/// How long a statement waits for another process to let go of the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a call waits for one of our own connections: a little longer, so that the file's answer comes first.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(8);
const READERS: u32 = 4;
/// The write-ahead log is cut back to this many bytes once a checkpoint has emptied it.
const LOG_KEPT_BYTES: &str = "16777216";
/// How often the change to write-ahead logging is tried, which SQLite does not wait for by itself, and how far apart.
const OPENING_ATTEMPTS: u32 = 100;
const OPENING_PAUSE: Duration = Duration::from_millis(50);

const READ_DATA_VERSION: &str = "pragma data_version";
/// The interval between two checks whether another process has written: a new report waits for two of them, the
/// worker's and the server's.
const POLLING_INTERVAL: Duration = Duration::from_millis(100);

/// An open file.
#[derive(Debug)]
pub(crate) struct File {
    /// A single connection, so that this process' writers queue in order instead of spinning on the file's lock.
    writer: SqlitePool,
    readers: SqlitePool,
    /// `None` for a store in memory.
    opened: Option<OpenedFile>,
    /// Stops watching what other processes write when dropped.
    _watch: DropGuard,
}

/// Which file was opened, to notice when another one, or none, stands at its path.
#[derive(Debug)]
struct OpenedFile {
    path: PathBuf,
    identity: Option<Identity>,
}

/// Device and inode.
type Identity = (u64, u64);

impl File {
    /// Opens the file behind `sqlite://FILE`, or `sqlite::memory:`.
    ///
    /// # Errors
    /// [`StoreError::Open`] with a hint.
    pub(super) async fn open(url: &str, migrations: Migrations, changes: &Arc<Changes>) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)
            .map_err(|error| refuse(url, "a URL of the form `sqlite://FILE` is wanted", Some(error)))?
            .foreign_keys(true)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT)
            .pragma("journal_size_limit", LOG_KEPT_BYTES)
            .disable_statement_logging();
        if is_memory(url) {
            return Self::open_memory(url, options, migrations).await;
        }
        let path = options.get_filename().to_path_buf();
        inspect(url, &path, migrations)?;
        if migrations != Migrations::None {
            if migrations == Migrations::Apply {
                create(&path);
            }
            prepare(url, &path, &options).await?;
        }
        let explain = |error: sqlx::Error| explain(url, error);
        let options = options.create_if_missing(false);
        let writer = pool(1).connect_with(options.clone()).await.map_err(explain)?;
        let readers = pool(READERS).connect_with(options.read_only(true)).await.map_err(explain)?;
        let path = std::path::absolute(&path).unwrap_or(path);
        let identity = identify(&path);
        let watch = watch(writer.clone(), Arc::clone(changes));
        Ok(Self { writer, readers, opened: Some(OpenedFile { path, identity }), _watch: watch })
    }

    /// A store in memory: one connection for everything, since every connection would have a database of its own.
    async fn open_memory(url: &str, options: SqliteConnectOptions, migrations: Migrations) -> Result<Self> {
        let writer = pool(1).connect_with(options).await.map_err(|error| explain(url, error))?;
        if migrations != Migrations::None {
            migrate(&mut *writer.acquire().await?).await?;
        }
        // Nobody else can write there.
        let watch = CancellationToken::new().drop_guard();
        Ok(Self { readers: writer.clone(), writer, opened: None, _watch: watch })
    }

    /// The writing connection, for single statements. One with `returning` is to be read with `fetch_all`:
    /// `fetch_one` and `fetch_optional` leave before the statement commits and so never learn that the commit failed.
    pub(super) fn writer(&self) -> Result<&SqlitePool> {
        match &self.opened {
            Some(file) if file.is_gone() => Err(StoreError::Gone { path: file.path.display().to_string() }),
            _ => Ok(&self.writer),
        }
    }

    pub(super) fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    pub(super) async fn close(&self) {
        // The last to close the file empties its log, which one who may only read cannot.
        self.readers.close().await;
        self.writer.close().await;
    }
}

impl OpenedFile {
    /// Whether what we have open is no longer what the path names.
    fn is_gone(&self) -> bool {
        self.identity.is_some() && identify(&self.path) != self.identity
    }
}

/// The file that a URL names; `None` where it names a store in memory, or nothing that SQLite understands.
pub(crate) fn file_of(url: &str) -> Option<PathBuf> {
    if !url.starts_with("sqlite:") || is_memory(url) {
        return None;
    }
    let options = SqliteConnectOptions::from_str(url).ok()?;
    Some(options.get_filename().to_path_buf()).filter(|file| !file.as_os_str().is_empty())
}

fn is_memory(url: &str) -> bool {
    url.contains(":memory:") || url.contains("mode=memory")
}

#[cfg(unix)]
fn identify(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identify(path: &Path) -> Option<Identity> {
    // An open file cannot be removed there.
    path.exists().then_some((0, 0))
}

fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        // All at once, so that reading goes on whatever becomes of the file's directory.
        .min_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        // Where SQLite itself rolled back (disk full), sqlx still counts the transaction as open and would refuse the
        // next one for ever; such a connection is replaced.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
}

/// Reports that another process has written, by the counter that SQLite keeps for each connection of what others commit
/// (<https://sqlite.org/pragma.html#pragma_data_version>): on the writing connection these are the other processes.
fn watch(writer: SqlitePool, changes: Arc<Changes>) -> DropGuard {
    let stop = CancellationToken::new();
    let stopped = stop.clone();
    tokio::spawn(async move {
        let mut known: Option<i64> = None;
        let mut interval = tokio::time::interval(POLLING_INTERVAL);
        interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while stopped.run_until_cancelled(interval.tick()).await.is_some() {
            let Ok(version) = sqlx::query_scalar(READ_DATA_VERSION).fetch_one(&writer).await else { continue };
            if known.is_some_and(|known| known != version) {
                changes.receive(Change::ANYTHING);
            }
            known = Some(version);
        }
    });
    stop.drop_guard()
}

/// Brings the schema of the file up to date.
async fn prepare(url: &str, path: &Path, options: &SqliteConnectOptions) -> Result<()> {
    let options = options.clone().create_if_missing(false).journal_mode(SqliteJournalMode::Wal);
    let mut attempt = 1;
    let mut connection = loop {
        match options.connect().await {
            Err(error) if Trouble::of(&error) == Trouble::Busy && attempt < OPENING_ATTEMPTS => {
                attempt += 1;
                tokio::time::sleep(OPENING_PAUSE).await;
            }
            outcome => break outcome.map_err(|error| explain(url, error))?,
        }
    };
    tracing::debug!(path = %path.display(), "bringing the store's schema up to date");
    migrate(&mut connection).await?;
    connection.close().await.map_err(|error| explain(url, error))
}

/// Creates an empty file that only its owner may read and write, where there is none: it holds reports that are not
/// published yet. SQLite gives its log the same rights (<https://sqlite.org/src/file/src/os_unix.c>,
/// `findCreateFileMode`). The rights of a file that is there are its owner's to choose. Where it cannot be created,
/// opening it says why.
fn create(path: &Path) {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    if let Err(error) = options.open(path)
        && error.kind() != std::io::ErrorKind::AlreadyExists
    {
        tracing::debug!(%error, path = %path.display(), "the store's file could not be created");
    }
}

/// All pending migrations in one transaction under the write lock, so that processes that start together do not both
/// apply them: SQLite has no advisory lock for sqlx to take.
async fn migrate(connection: &mut SqliteConnection) -> Result<()> {
    let mut transaction = connection.begin_with("begin immediate").await?;
    MIGRATOR.run_direct(None, &mut *transaction, false).await?;
    Ok(transaction.commit().await?)
}

/// Finds what SQLite would report less clearly, or not at all.
fn inspect(url: &str, path: &Path, migrations: Migrations) -> Result<()> {
    let refuse = |message: String| Err(refuse(url, message, None));
    if path.as_os_str().is_empty() {
        return refuse("no file is named (hint: `sqlite://polypost.db`)".to_owned());
    }
    let directory = path.parent().filter(|directory| !directory.as_os_str().is_empty());
    match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => {
            refuse("it is a directory (hint: name a file in it: `polypost.db`)".to_owned())
        }
        // SQLite would open it all the same, and fail at the first write.
        Ok(metadata) if metadata.permissions().readonly() => {
            refuse(format!("the file is read-only (hint: `chmod u+w {}`)", path.display()))
        }
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => match directory {
            _ if migrations != Migrations::Apply => {
                let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
                Err(StoreError::Missing { path: path.display().to_string() })
            }
            Some(directory) if !directory.is_dir() => {
                refuse(format!("the directory `{0}` does not exist (hint: `mkdir -p {0}`)", directory.display()))
            }
            _ => Ok(()),
        },
        Err(error) => refuse(error.to_string()),
    }
}

fn refuse(url: &str, message: impl Into<String>, source: Option<sqlx::Error>) -> StoreError {
    StoreError::open(url, &message.into(), source)
}

fn explain(url: &str, error: sqlx::Error) -> StoreError {
    let message = match Trouble::of(&error) {
        Trouble::NotADatabase => "the file is not an SQLite database (hint: name another file)".to_owned(),
        Trouble::Corrupt => "the file is damaged (hint: restore it from a backup)".to_owned(),
        Trouble::Busy => "another process holds it (hint: try again, or stop that process)".to_owned(),
        Trouble::Full => "the disk is full (hint: make space)".to_owned(),
        Trouble::ReadOnly | Trouble::Io => {
            format!("{error} (hint: the file and its directory must be readable and writable)")
        }
        Trouble::Lost | Trouble::Conflict | Trouble::Refused | Trouble::NotAStore | Trouble::Other => error.to_string(),
    };
    refuse(url, message, Some(error))
}
