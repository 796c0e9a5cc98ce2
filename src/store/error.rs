//! The store's errors, and what a caller may do about each: retry, ask an operator, answer 507. What does not exist is
//! never an error but `None`.

use std::fmt;

use sqlx::postgres::PgDatabaseError;

use polypost_settings::redaction;

pub type Result<T> = std::result::Result<T, StoreError>;

/// Why the store could not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The store cannot be opened; `message` ends in a hint where the operator can act. The database's own error is no
    /// source of this one: its words are in the message, without what of the URL they tell.
    #[error("cannot open the store `{url}`: {message}")]
    Open { url: String, message: String, refusal: Option<sqlx::Error> },
    /// There is no such file, and it is not to be created; `path` is absolute.
    #[error("there is no store yet: the file `{path}` does not exist")]
    Missing { path: String },
    #[error("the store did not answer: {}{}", .0, Hint(.0))]
    Database(#[from] sqlx::Error),
    #[error("the store's schema could not be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A row that cannot be what was once stored; nothing of it is ever shown.
    #[error("table `{table}`, column `{column}`, row `{row}`: {message}")]
    Inconsistent { table: &'static str, column: &'static str, row: String, message: String },
    /// The file was removed or replaced while it was open; nothing is written to a file that has no name any more.
    #[error("the store's file `{path}` was removed or replaced while it was open (hint: put it back and restart)")]
    Gone { path: String },
}

/// The classes of database errors that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Another connection holds the lock, or all of ours are taken, or the statement took too long.
    Busy,
    Full,
    ReadOnly,
    /// The disk, or the memory, or the way to the database.
    Io,
    /// The connection ended, since the server restarts or an operator ended it; another one may do.
    Lost,
    /// Another transaction came first; this one, begun again, may succeed.
    Conflict,
    /// User or password.
    Refused,
    NotADatabase,
    Corrupt,
    /// It has none of our tables: another file, or one that was emptied, stands where the store was.
    NotAStore,
    /// Everything else: a mistake of this program.
    Other,
}

impl Trouble {
    pub(super) fn of(error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => Self::Io,
            sqlx::Error::Io(_) | sqlx::Error::Protocol(_) => Self::Lost,
            sqlx::Error::WorkerCrashed | sqlx::Error::PoolClosed => Self::Io,
            sqlx::Error::Database(error) => {
                let code = error.code().unwrap_or_default();
                if code == "1" && error.message().starts_with("no such table") {
                    return Self::NotAStore;
                }
                if error.try_downcast_ref::<PgDatabaseError>().is_some() {
                    Self::of_postgres(&code)
                } else {
                    Self::of_sqlite(&code)
                }
            }
            _ => Self::Other,
        }
    }

    /// By SQLite's primary result code, the low byte of the extended one (<https://sqlite.org/rescode.html>).
    fn of_sqlite(code: &str) -> Self {
        match code.parse::<u32>().map(|code| code & 0xff) {
            Ok(5 | 6) => Self::Busy,
            Ok(8) => Self::ReadOnly,
            Ok(7 | 10 | 14) => Self::Io,
            Ok(11) => Self::Corrupt,
            Ok(13) => Self::Full,
            Ok(26) => Self::NotADatabase,
            _ => Self::Other,
        }
    }

    /// By SQLSTATE (<https://www.postgresql.org/docs/15/errcodes-appendix.html>).
    fn of_postgres(code: &str) -> Self {
        match code {
            // Serialization failure, deadlock; a row that another transaction added since we looked.
            "40001" | "40P01" | "23505" => Self::Conflict,
            // Ended by an operator, by a crash, by a timeout of ours; not ready yet.
            "57P01" | "57P02" | "57P03" | "57P05" | "25P03" => Self::Lost,
            // Lock or statement timeout; too many connections.
            "55P03" | "57014" | "53300" => Self::Busy,
            "53100" => Self::Full,
            // A server that follows another one, or was set so.
            "25006" => Self::ReadOnly,
            "53200" | "58030" => Self::Io,
            "XX001" | "XX002" => Self::Corrupt,
            "3D000" => Self::NotADatabase,
            "42P01" => Self::NotAStore,
            "28000" | "28P01" | "42501" => Self::Refused,
            _ if code.starts_with("08") => Self::Lost,
            _ => Self::Other,
        }
    }
}

impl StoreError {
    /// Why the store behind a URL cannot be opened, told without the URL's secrets.
    pub(super) fn open(url: &str, message: &str, refusal: Option<sqlx::Error>) -> Self {
        Self::Open { url: redaction::address(url), message: redaction::without_secrets_of(message, url), refusal }
    }

    /// A value that cannot be what was stored, or cannot be stored as what it is.
    pub(super) fn inconsistent(
        table: &'static str,
        column: &'static str,
        row: impl fmt::Display,
        message: impl fmt::Display,
    ) -> Self {
        Self::Inconsistent { table, column, row: row.to_string(), message: message.to_string() }
    }

    /// Whether the same call may succeed later without a repair of the store: it is locked, the disk is full or
    /// read-only, or did not answer. Nothing of the failed call was stored.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Open { refusal: Some(error), .. } | Self::Database(error) => {
                use Trouble::{Busy, Conflict, Full, Io, Lost, ReadOnly};
                matches!(Trouble::of(error), Busy | Conflict | Full | Io | Lost | ReadOnly)
            }
            _ => false,
        }
    }

    /// Whether the store is not where it was: somebody has to put it back.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        match self {
            Self::Gone { .. } => true,
            Self::Database(error) => Trouble::of(error) == Trouble::NotAStore,
            _ => false,
        }
    }

    /// Whether what was stored cannot be read as it was.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Inconsistent { .. })
    }

    /// Whether the same call is to be made again at once: what kept it from succeeding was the connection, or who came
    /// first. It may have been done all the same, if the connection ended with the answer on its way.
    pub(super) fn is_to_be_repeated(&self) -> bool {
        matches!(self, Self::Database(error) if matches!(Trouble::of(error), Trouble::Lost | Trouble::Conflict))
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
            Trouble::ReadOnly => " (hint: make the store writable)",
            Trouble::Corrupt | Trouble::NotADatabase | Trouble::NotAStore => " (hint: restore the store from a backup)",
            Trouble::Io | Trouble::Lost => " (hint: is the database reachable? it goes on by itself)",
            Trouble::Refused => " (hint: check user, password and rights)",
            Trouble::Conflict | Trouble::Other => "",
        })
    }
}
