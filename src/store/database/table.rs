//! Structs that are rows: the columns are named once, as the fields of a struct. The statements that read and add a row,
//! the values that are bound, and the fields of an archive's lines are made from that list.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};

use super::query::{Query, Value};
use super::row::{Row, json_list};
use crate::Result;
use polypost_core::id::{IncidentId, Revision, VersionNumber};
use polypost_core::locale::Locale;

/// A row with all of its columns that are kept.
pub(crate) trait Table: Sized {
    const NAME: &'static str;
    const COLUMNS: &'static [&'static str];

    fn read(row: &Row<'_>) -> Result<Self>;
    /// Binds every column, in the order of [`Table::COLUMNS`].
    fn bind<'row>(&'row self, query: Query<'row>) -> Query<'row>;
    /// The first column whose value not every database takes.
    fn refused_column(&self) -> Option<&'static str>;
}

/// A type that a column is read as and bound from.
pub(crate) trait Column: Sized {
    fn read(row: &Row<'_>, name: &'static str) -> Result<Self>;
    fn value(&self) -> Value<'_>;
    /// PostgreSQL has no NUL in its texts (<https://www.postgresql.org/docs/15/datatype-character.html>).
    fn is_refused(&self) -> bool {
        matches!(self.value(), Value::Text(Some(text)) if text.contains('\0'))
    }
}

/// `select` with all columns, and what stands behind them.
pub(crate) fn select<T: Table>(behind: &str) -> String {
    format!("select {} from {} {behind}", T::COLUMNS.join(", "), T::NAME)
}

/// `insert` with a placeholder for each column, and what stands behind them.
pub(crate) fn insert<T: Table>(behind: &str) -> String {
    let placeholders: Vec<String> = (1..=T::COLUMNS.len()).map(|position| format!("${position}")).collect();
    format!("insert into {} ({}) values ({}) {behind}", T::NAME, T::COLUMNS.join(", "), placeholders.join(", "))
}

/// A field that must be there, even where it may be null: serde takes a missing optional field for null.
pub(crate) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(field: D) -> std::result::Result<T, D::Error> {
    T::deserialize(field)
}

/// A struct that is a table's row.
macro_rules! row {
    ($(#[$about:meta])* $name:ident of $table:literal { $($(#[$meaning:meta])* $column:ident: $kind:ty,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$meaning])* #[serde(deserialize_with = "crate::database::given")] pub $column: $kind,)*
        }

        impl crate::database::Table for $name {
            const NAME: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),*];

            fn read(row: &crate::database::Row<'_>) -> crate::Result<Self> {
                use crate::database::Column as _;
                Ok(Self { $($column: <$kind>::read(row, stringify!($column))?,)* })
            }

            fn bind<'row>(
                &'row self,
                query: crate::database::Query<'row>,
            ) -> crate::database::Query<'row> {
                use crate::database::Column as _;
                query$(.bind(self.$column.value()))*
            }

            fn refused_column(&self) -> Option<&'static str> {
                use crate::database::Column as _;
                [$((self.$column.is_refused(), stringify!($column))),*]
                    .into_iter()
                    .find_map(|(is_refused, column)| is_refused.then_some(column))
            }
        }
    };
}
pub(crate) use row;

/// How a column is read of a row by its name, and what is bound of its value.
macro_rules! column {
    ($($kind:ty: |$row:ident, $name:ident| $read:expr, |$value:ident| $bound:expr;)*) => {$(
        impl Column for $kind {
            fn read($row: &Row<'_>, $name: &'static str) -> Result<Self> {
                $read
            }

            fn value(&self) -> Value<'_> {
                let $value = self;
                Value::from($bound)
            }
        }
    )*};
}

column! {
    String: |row, name| row.text(name).map(str::to_owned), |text| text;
    Option<String>: |row, name| row.optional_text(name), |text| text;
    bool: |row, name| row.boolean(name), |boolean| *boolean;
    i64: |row, name| row.integer(name), |number| *number;
    u32: |row, name| row.number(name), |number| *number;
    IncidentId: |row, name| row.parsed(name), |id| id.as_str();
    Locale: |row, name| row.parsed(name), |locale| locale.as_str();
    Timestamp: |row, name| row.time(name), |time| time.as_microsecond();
    Option<Timestamp>: |row, name| row.optional_time(name), |time| time.map(Timestamp::as_microsecond);
    Vec<String>: |row, name| row.json(name), |list| json_list(list);
    Revision: |row, name| row.number(name).map(Self), |number| number.0;
    VersionNumber: |row, name| row.number(name).map(Self), |number| number.0;
    Option<Revision>: |row, name| numbered(row, name, Revision), |number| number.map(|number| i64::from(number.0));
    Option<VersionNumber>: |row, name| numbered(row, name, VersionNumber), |number| number.map(|number| i64::from(number.0));
}

fn numbered<T>(row: &Row<'_>, name: &'static str, number: fn(u32) -> T) -> Result<Option<T>> {
    Ok(row.optional_number(name)?.map(number))
}
