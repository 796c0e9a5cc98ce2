//! Structs that are rows: the columns are named once, as the fields of a struct. The statements that read and add a
//! row, the values that are bound, and the fields of an archive's lines are made from that list.

use serde::{Deserialize, Deserializer};

use super::query::Query;
use super::view::View;

/// A row with all of its columns that are kept.
pub(crate) trait Table: View {
    const COLUMNS: &'static [&'static str];

    /// Binds every column, in the order of [`Table::COLUMNS`].
    fn bind<'row>(&'row self, query: Query<'row>) -> Query<'row>;
    /// The first column whose value not every database takes.
    fn refused_column(&self) -> Option<&'static str>;
}

/// `select` with all columns, and what stands behind them.
pub(crate) fn select<T: Table>(behind: &str) -> String {
    format!("select {} from {} {behind}", T::COLUMNS.join(", "), T::TABLE)
}

/// `insert` with a placeholder for each column, and what stands behind them.
pub(crate) fn insert<T: Table>(behind: &str) -> String {
    let placeholders: Vec<String> = (1..=T::COLUMNS.len()).map(|position| format!("${position}")).collect();
    format!("insert into {} ({}) values ({}) {behind}", T::TABLE, T::COLUMNS.join(", "), placeholders.join(", "))
}

/// A field that must be there, even where it may be null: serde takes a missing optional field for null.
pub(crate) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(field: D) -> std::result::Result<T, D::Error> {
    T::deserialize(field)
}

/// A struct that is a table's row.
macro_rules! row {
    ($(#[$about:meta])* $name:ident of $table:literal by $($key:ident),* {
        $($(#[$meaning:meta])* $column:ident: $kind:ty,)*
    }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$meaning])* #[serde(deserialize_with = "crate::database::given")] pub $column: $kind,)*
        }

        crate::database::view! { for $name of $table by $($key),* { $($column,)* } }

        impl crate::database::Table for $name {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),*];

            fn bind<'row>(
                &'row self,
                query: crate::database::Query<'row>,
            ) -> crate::database::Query<'row> {
                use crate::database::ToColumn as _;
                query$(.bind(self.$column.value()))*
            }

            fn refused_column(&self) -> Option<&'static str> {
                use crate::database::ToColumn as _;
                [$((self.$column.is_refused(), stringify!($column))),*]
                    .into_iter()
                    .find_map(|(is_refused, column)| is_refused.then_some(column))
            }
        }
    };
}
pub(crate) use row;
