//! Structs that are read from a statement's rows. The columns are named once, as fields; a value that cannot be what
//! was stored is an error with table, column and the row's key.

use super::row::{Columns, Row};
use crate::Result;

/// What is read from one row of a statement.
pub(crate) trait View: Sized {
    /// The table that errors name.
    const TABLE: &'static str;
    /// The text columns that an operator would look for the row by.
    const KEY: &'static [&'static str];

    fn from_row(row: &Row<'_>) -> Result<Self>;

    fn read(columns: &Columns) -> Result<Self> {
        Self::from_row(&Row::keyed(columns, Self::TABLE, Self::KEY))
    }

    fn read_all(rows: &[Columns]) -> Result<Vec<Self>> {
        rows.iter().map(Self::read).collect()
    }

    fn read_first(rows: &[Columns]) -> Result<Option<Self>> {
        rows.first().map(Self::read).transpose()
    }
}

/// A struct whose fields are columns. `= sealed CHECKSUM` marks a JSON document with the column of its checksum. With
/// `for`, the struct is one that exists.
macro_rules! view {
    (@read $row:ident, $column:ident) => {
        crate::database::FromColumn::read($row, stringify!($column))?
    };
    (@read $row:ident, $column:ident, $checksum:ident) => {
        $row.sealed(stringify!($column), stringify!($checksum))?
    };
    (for $name:ident of $table:literal by $($key:ident),* { $($column:ident $(= sealed $checksum:ident)?,)* }) => {
        impl crate::database::View for $name {
            const TABLE: &'static str = $table;
            const KEY: &'static [&'static str] = &[$(stringify!($key)),*];

            fn from_row(row: &crate::database::Row<'_>) -> crate::Result<Self> {
                Ok(Self { $($column: crate::database::view!(@read row, $column $(, $checksum)?),)* })
            }
        }
    };
    ($(#[$about:meta])* $name:ident of $table:literal by $($key:ident),* {
        $($(#[$meaning:meta])* $column:ident: $kind:ty $(= sealed $checksum:ident)?,)*
    }) => {
        $(#[$about])*
        #[derive(Debug)]
        struct $name {
            $($(#[$meaning])* $column: $kind,)*
        }

        crate::database::view! {
            for $name of $table by $($key),* { $($column $(= sealed $checksum)?,)* }
        }
    };
}
pub(crate) use view;
