//! Rows come in, the house's types go out. A value that cannot be what was stored names its table, column and row, and
//! a text that does not match its checksum is never shown.

use std::fmt::Display;
use std::str::FromStr;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Row as _, Type};

use crate::document::hex;
use crate::store::{Result, StoreError};

/// A row and where it is from.
pub(super) struct Row<'row> {
    columns: &'row SqliteRow,
    table: &'static str,
    key: String,
}

impl<'row> Row<'row> {
    /// `key` is what an operator would look for: incident, locale.
    pub(super) fn new(row: &'row SqliteRow, table: &'static str, key: impl Display) -> Self {
        Self { columns: row, table, key: key.to_string() }
    }

    pub(super) fn inconsistent(&self, column: &'static str, message: impl Display) -> StoreError {
        StoreError::Inconsistent { table: self.table, column, row: self.key.clone(), message: message.to_string() }
    }

    /// A column as the database has it.
    pub(super) fn get<T>(&self, column: &'static str) -> Result<T>
    where
        T: Decode<'row, sqlx::Sqlite> + Type<sqlx::Sqlite>,
    {
        self.columns.try_get(column).map_err(|error| self.inconsistent(column, error))
    }

    /// A text that is a value of the house: an id, a locale.
    pub(super) fn parsed<T: FromStr<Err: Display>>(&self, column: &'static str) -> Result<T> {
        self.get::<&str>(column)?.parse().map_err(|error| self.inconsistent(column, error))
    }

    /// A count or number, never negative.
    pub(super) fn number(&self, column: &'static str) -> Result<u32> {
        let number: i64 = self.get(column)?;
        u32::try_from(number).map_err(|error| self.inconsistent(column, error))
    }

    pub(super) fn optional_number(&self, column: &'static str) -> Result<Option<u32>> {
        match self.get::<Option<i64>>(column)? {
            None => Ok(None),
            Some(number) => u32::try_from(number).map(Some).map_err(|error| self.inconsistent(column, error)),
        }
    }

    pub(super) fn time(&self, column: &'static str) -> Result<Timestamp> {
        Timestamp::from_microsecond(self.get(column)?).map_err(|error| self.inconsistent(column, error))
    }

    pub(super) fn optional_time(&self, column: &'static str) -> Result<Option<Timestamp>> {
        let time: Option<i64> = self.get(column)?;
        time.map(Timestamp::from_microsecond).transpose().map_err(|error| self.inconsistent(column, error))
    }

    /// A JSON document.
    pub(super) fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T> {
        serde_json::from_str(self.get(column)?).map_err(|error| self.inconsistent(column, error))
    }

    /// A JSON document that must match the checksum beside it.
    pub(super) fn sealed<T: DeserializeOwned>(&self, column: &'static str, checksum: &'static str) -> Result<T> {
        self.verify(column, checksum)?;
        self.json(column)
    }

    /// Compares a text with the checksum beside it.
    pub(super) fn verify(&self, column: &'static str, checksum: &'static str) -> Result<()> {
        // As bytes: a flipped bit may have left a text that is not UTF-8, which is to be told as what it is.
        let stored: &[u8] = self.columns.try_get_unchecked(column).map_err(|error| self.inconsistent(column, error))?;
        if hex(&Sha256::digest(stored)) == self.get::<&str>(checksum)? {
            Ok(())
        } else {
            Err(self.inconsistent(column, "the text is not the one that was stored (hint: restore it from a backup)"))
        }
    }
}

/// A text to be stored with its checksum.
pub(super) struct Sealed {
    pub(super) text: String,
    pub(super) checksum: String,
}

impl Sealed {
    /// As JSON. The types of the house always serialise; should one not, nothing is stored.
    pub(super) fn new<T: Serialize>(
        value: &T,
        table: &'static str,
        column: &'static str,
        row: impl Display,
    ) -> Result<Self> {
        let text = serde_json::to_string(value).map_err(|error| StoreError::Inconsistent {
            table,
            column,
            row: row.to_string(),
            message: error.to_string(),
        })?;
        let checksum = hex(&Sha256::digest(&text));
        Ok(Self { text, checksum })
    }
}

/// Names as a JSON array, for `in (select value from json_each($1))`: any number of them in one parameter.
pub(super) fn json_list<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    names.into_iter().map(|name| name.as_ref().to_owned()).collect::<serde_json::Value>().to_string()
}
