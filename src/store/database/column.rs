//! The types that columns are read as and values are bound from.

use jiff::Timestamp;
use jiff::civil::Date;

use super::query::Value;
use super::row::{Row, json_list};
use crate::Result;
use polypost_core::document::Times;
use polypost_core::id::{IncidentId, Revision, VersionNumber};
use polypost_core::locale::Locale;

/// A type that a column is read as.
pub(crate) trait FromColumn: Sized {
    fn read(row: &Row<'_>, column: &'static str) -> Result<Self>;
}

/// A type that is stored in a column.
pub(crate) trait ToColumn {
    fn value(&self) -> Value<'_>;

    /// PostgreSQL has no NUL in its texts (<https://www.postgresql.org/docs/15/datatype-character.html>).
    fn is_refused(&self) -> bool {
        matches!(self.value(), Value::Text(Some(text)) if text.contains('\0'))
    }
}

/// A value that is derived from others, which are checked where they are read: one that is damaged counts as absent, so
/// that it does not take a whole list with it.
#[derive(Debug)]
pub(crate) struct Derived<T>(pub(crate) T);

/// How a column is read by its name.
macro_rules! read {
    ($($kind:ty: |$row:ident, $column:ident| $read:expr;)*) => {$(
        impl FromColumn for $kind {
            fn read($row: &Row<'_>, $column: &'static str) -> Result<Self> {
                $read
            }
        }
    )*};
}

/// What is bound of a value.
macro_rules! bind {
    ($($kind:ty: |$value:ident| $bound:expr;)*) => {$(
        impl ToColumn for $kind {
            fn value(&self) -> Value<'_> {
                let $value = self;
                Value::from($bound)
            }
        }
    )*};
}

read! {
    String: |row, column| row.text(column).map(str::to_owned);
    Option<String>: |row, column| row.optional_text(column);
    bool: |row, column| row.boolean(column);
    i64: |row, column| row.integer(column);
    u32: |row, column| row.number(column);
    u64: |row, column| row.count(column);
    Date: |row, column| row.parsed(column);
    IncidentId: |row, column| row.parsed(column);
    Locale: |row, column| row.parsed(column);
    Timestamp: |row, column| row.time(column);
    Option<Timestamp>: |row, column| row.optional_time(column);
    Vec<String>: |row, column| row.json(column);
    Revision: |row, column| row.number(column).map(Self);
    VersionNumber: |row, column| row.number(column).map(Self);
    Option<Revision>: |row, column| Ok(row.optional_number(column)?.map(Revision));
    Option<VersionNumber>: |row, column| Ok(row.optional_number(column)?.map(VersionNumber));
    Derived<Option<String>>: |row, column| Ok(Self(row.optional_text(column).unwrap_or_default()));
    Derived<Vec<String>>: |row, column| Ok(Self(row.json(column).unwrap_or_default()));
}

bind! {
    String: |text| text;
    Option<String>: |text| text;
    bool: |boolean| *boolean;
    i64: |number| *number;
    u32: |number| *number;
    IncidentId: |id| id.as_str();
    Locale: |locale| locale.as_str();
    Timestamp: |time| time.as_microsecond();
    Option<Timestamp>: |time| time.map(Timestamp::as_microsecond);
    Vec<String>: |list| json_list(list);
    Revision: |number| number.0;
    VersionNumber: |number| number.0;
    Option<Revision>: |number| number.map(|number| i64::from(number.0));
    Option<VersionNumber>: |number| number.map(|number| i64::from(number.0));
}

/// The four columns of an incident's times; the field's own name is none of them.
impl FromColumn for Times {
    fn read(row: &Row<'_>, _: &'static str) -> Result<Self> {
        Ok(Self {
            published_at: row.time("published_at")?,
            updated_at: row.time("updated_at")?,
            started_at: row.time("started_at")?,
            resolved_at: row.optional_time("resolved_at")?,
        })
    }
}
