//! What can go wrong with the store, and what follows from it. "Not there" is never an error but `None`.

use std::fmt;

/// Why the store could not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The store cannot be opened; `message` ends in a hint where the operator can act.
    #[error("cannot open the store `{url}`: {message}")]
    Open {
        url: String,
        message: String,
        #[source]
        source: Option<sqlx::Error>,
    },
    #[error("the store did not answer: {}{}", .0, Hint(.0))]
    Database(#[from] sqlx::Error),
    #[error("the store's schema could not be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A row that cannot be what was once stored; nothing of it is ever shown.
    #[error("table `{table}`, column `{column}`, row `{row}`: {message}")]
    Inconsistent { table: &'static str, column: &'static str, row: String, message: String },
    /// The file was removed or replaced while it was open; nothing is written to a file that nobody can find again.
    #[error("the store's file `{path}` was removed or replaced while it was open (hint: put it back and restart)")]
    Gone { path: String },
}

/// What a database's refusal comes down to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Another connection holds the lock, or all of ours are taken.
    Busy,
    Full,
    ReadOnly,
    /// The disk, or the memory, or the way to the database.
    Io,
    NotADatabase,
    Corrupt,
    /// Everything else: ours to repair.
    Other,
}

impl Trouble {
    /// By SQLite's primary result code, the low byte of the extended one (<https://sqlite.org/rescode.html>).
    pub(super) fn of(error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed | sqlx::Error::PoolClosed => Self::Io,
            sqlx::Error::Database(error) => {
                let code = error.code().and_then(|code| code.parse::<u32>().ok()).map(|code| code & 0xff);
                match code {
                    Some(5 | 6) => Self::Busy,
                    Some(8) => Self::ReadOnly,
                    Some(7 | 10 | 14) => Self::Io,
                    Some(11) => Self::Corrupt,
                    Some(13) => Self::Full,
                    Some(26) => Self::NotADatabase,
                    _ => Self::Other,
                }
            }
            _ => Self::Other,
        }
    }
}

impl StoreError {
    /// Whether the same call may succeed later without anybody repairing the store: it is locked, the disk is full or
    /// read-only, or did not answer. Nothing of the failed call was stored.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Open { source: Some(error), .. } | Self::Database(error) => {
                matches!(Trouble::of(error), Trouble::Busy | Trouble::Full | Trouble::ReadOnly | Trouble::Io)
            }
            _ => false,
        }
    }

    /// Whether there is no space left (HTTP 507 instead of 503).
    #[must_use]
    pub fn is_out_of_space(&self) -> bool {
        matches!(self, Self::Database(error) if Trouble::of(error) == Trouble::Full)
    }
}

/// What an operator can do about a refusal.
struct Hint<'error>(&'error sqlx::Error);

impl fmt::Display for Hint<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match Trouble::of(self.0) {
            Trouble::Busy => " (hint: another process holds the store; try again)",
            Trouble::Full => " (hint: make space on the disk; it goes on by itself)",
            Trouble::ReadOnly => " (hint: make the file and its directory writable)",
            Trouble::Corrupt | Trouble::NotADatabase => " (hint: restore the file from a backup)",
            Trouble::Io | Trouble::Other => "",
        })
    }
}
