//! Reads the columns of a row as the program's types. A value that cannot be what was stored is an error with its
//! table, column and row, and a text that does not match its checksum is never returned.

use std::fmt::Display;
use std::str::FromStr;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use crate::{Result, StoreError};
use polypost_core::document::hex;

/// A row as its database gave it.
#[derive(Debug)]
pub(crate) enum Columns {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// A row, with its table and key for errors.
pub(crate) struct Row<'row> {
    columns: &'row Columns,
    table: &'static str,
    key: String,
}

/// A column as the database has it, in the type that is requested.
macro_rules! get {
    ($row:ident, $column:ident) => {
        match $row.columns {
            Columns::Sqlite(row) => row.try_get($column),
            Columns::Postgres(row) => row.try_get($column),
        }
        .map_err(|error| $row.inconsistent($column, error))
    };
}

impl<'row> Row<'row> {
    /// `key` is what an operator would look for: incident, locale.
    pub(crate) fn new(row: &'row Columns, table: &'static str, key: impl Display) -> Self {
        Self { columns: row, table, key: key.to_string() }
    }

    /// The key is what these columns have, as far as they can be read.
    pub(crate) fn keyed(columns: &'row Columns, table: &'static str, key: &[&'static str]) -> Self {
        let mut row = Self { columns, table, key: String::new() };
        let texts: Vec<&str> = key.iter().map(|column| row.text(column).unwrap_or("?")).collect();
        row.key = if texts.is_empty() { "all".to_owned() } else { texts.join(" ") };
        row
    }

    pub(crate) fn inconsistent(&self, column: &'static str, message: impl Display) -> StoreError {
        StoreError::inconsistent(self.table, column, &self.key, message)
    }

    pub(crate) fn text(&self, column: &'static str) -> Result<&'row str> {
        get!(self, column)
    }

    pub(crate) fn optional_text(&self, column: &'static str) -> Result<Option<String>> {
        get!(self, column)
    }

    /// Whether the column has a text at all.
    pub(crate) fn has_text(&self, column: &'static str) -> Result<bool> {
        let text: Option<&str> = get!(self, column)?;
        Ok(text.is_some())
    }

    pub(crate) fn boolean(&self, column: &'static str) -> Result<bool> {
        get!(self, column)
    }

    pub(crate) fn integer(&self, column: &'static str) -> Result<i64> {
        get!(self, column)
    }

    pub(crate) fn optional_integer(&self, column: &'static str) -> Result<Option<i64>> {
        get!(self, column)
    }

    /// A text that is parsed into a type of the program: an id, a locale.
    pub(crate) fn parsed<T: FromStr<Err: Display>>(&self, column: &'static str) -> Result<T> {
        self.text(column)?.parse().map_err(|error| self.inconsistent(column, error))
    }

    /// A count or number, never negative.
    pub(crate) fn number(&self, column: &'static str) -> Result<u32> {
        u32::try_from(self.integer(column)?).map_err(|error| self.inconsistent(column, error))
    }

    /// A count that may be large.
    pub(crate) fn count(&self, column: &'static str) -> Result<u64> {
        u64::try_from(self.integer(column)?).map_err(|error| self.inconsistent(column, error))
    }

    pub(crate) fn optional_number(&self, column: &'static str) -> Result<Option<u32>> {
        match self.optional_integer(column)? {
            None => Ok(None),
            Some(number) => u32::try_from(number).map(Some).map_err(|error| self.inconsistent(column, error)),
        }
    }

    pub(crate) fn time(&self, column: &'static str) -> Result<Timestamp> {
        Timestamp::from_microsecond(self.integer(column)?).map_err(|error| self.inconsistent(column, error))
    }

    pub(crate) fn optional_time(&self, column: &'static str) -> Result<Option<Timestamp>> {
        self.optional_integer(column)?
            .map(Timestamp::from_microsecond)
            .transpose()
            .map_err(|error| self.inconsistent(column, error))
    }

    /// A JSON document.
    pub(crate) fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T> {
        serde_json::from_str(self.text(column)?).map_err(|error| self.inconsistent(column, error))
    }

    /// A JSON document that must match the checksum beside it.
    pub(crate) fn sealed<T: DeserializeOwned>(&self, column: &'static str, checksum: &'static str) -> Result<T> {
        self.verify(column, checksum)?;
        self.json(column)
    }

    /// Compares a text with the checksum beside it.
    pub(crate) fn verify(&self, column: &'static str, checksum: &'static str) -> Result<()> {
        // As bytes: a flipped bit may have left a text that is not UTF-8, which is to be reported as damage.
        let stored: std::result::Result<&[u8], sqlx::Error> = match self.columns {
            Columns::Sqlite(row) => row.try_get_unchecked(column),
            Columns::Postgres(row) => row.try_get_unchecked(column),
        };
        let stored = stored.map_err(|error| self.inconsistent(column, error))?;
        if checksum_of(stored) == self.text(checksum)? {
            Ok(())
        } else {
            Err(self.inconsistent(column, "the text is not the one that was stored (hint: restore it from a backup)"))
        }
    }
}

/// What stands beside a text: SHA-256 in hex over its bytes.
pub(crate) fn checksum_of(text: &[u8]) -> String {
    hex(&Sha256::digest(text))
}

/// A text to be stored with its checksum.
pub(crate) struct Sealed {
    pub(crate) text: String,
    pub(crate) checksum: String,
}

impl Sealed {
    /// As JSON.
    ///
    /// # Errors
    /// [`StoreError::Inconsistent`] where it cannot be written as JSON: then nothing is stored.
    pub(crate) fn new<T: Serialize>(
        value: &T,
        table: &'static str,
        column: &'static str,
        row: impl Display,
    ) -> Result<Self> {
        let text = serde_json::to_string(value).map_err(|error| StoreError::inconsistent(table, column, row, error))?;
        let checksum = checksum_of(text.as_bytes());
        Ok(Self { text, checksum })
    }
}

/// Names as a JSON array, for `in (select value from json_each($1))`: any number of them in one parameter.
pub(crate) fn json_list<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    names.into_iter().map(|name| name.as_ref().to_owned()).collect::<serde_json::Value>().to_string()
}
