//! A statement and the values for its placeholders `$1`, `$2`, …, independent of the database that runs it.

use std::borrow::Cow;

use sqlx::{Executor, Postgres, Sqlite};

use super::row::Columns;
use crate::Result;

/// A statement with its values.
#[derive(Debug)]
pub(crate) struct Query<'values> {
    statement: &'static str,
    values: Vec<Value<'values>>,
}

/// What stands for a placeholder. The absent ones have a type as well, which PostgreSQL wants to know.
#[derive(Debug)]
pub(crate) enum Value<'value> {
    Text(Option<Cow<'value, str>>),
    Integer(Option<i64>),
    Boolean(bool),
}

/// A statement that has no values yet.
pub(crate) fn query<'values>(statement: &'static str) -> Query<'values> {
    Query { statement, values: Vec::new() }
}

/// The same lines for both databases, whose types have no trait in common that would allow a function.
macro_rules! bound {
    ($query:expr) => {{
        let mut bound = sqlx::query($query.statement);
        for value in $query.values {
            bound = match value {
                Value::Text(text) => bound.bind(text),
                Value::Integer(number) => bound.bind(number),
                Value::Boolean(boolean) => bound.bind(boolean),
            };
        }
        bound
    }};
}

impl<'values> Query<'values> {
    /// The value of the next placeholder.
    pub(crate) fn bind(mut self, value: impl Into<Value<'values>>) -> Self {
        self.values.push(value.into());
        self
    }

    pub(super) async fn fetch_sqlite<'c>(self, on: impl Executor<'c, Database = Sqlite>) -> Result<Vec<Columns>> {
        Ok(bound!(self).fetch_all(on).await?.into_iter().map(Columns::Sqlite).collect())
    }

    pub(super) async fn execute_sqlite<'c>(self, on: impl Executor<'c, Database = Sqlite>) -> Result<u64> {
        Ok(bound!(self).execute(on).await?.rows_affected())
    }

    pub(super) async fn fetch_postgres<'c>(self, on: impl Executor<'c, Database = Postgres>) -> Result<Vec<Columns>> {
        Ok(bound!(self).fetch_all(on).await?.into_iter().map(Columns::Postgres).collect())
    }

    pub(super) async fn execute_postgres<'c>(self, on: impl Executor<'c, Database = Postgres>) -> Result<u64> {
        Ok(bound!(self).execute(on).await?.rows_affected())
    }
}

impl<'value> From<&'value str> for Value<'value> {
    fn from(text: &'value str) -> Self {
        Self::Text(Some(Cow::Borrowed(text)))
    }
}

impl<'value> From<&'value String> for Value<'value> {
    fn from(text: &'value String) -> Self {
        Self::Text(Some(Cow::Borrowed(text)))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Some(Cow::Owned(text)))
    }
}

impl<'value> From<&'value Option<String>> for Value<'value> {
    fn from(text: &'value Option<String>) -> Self {
        Self::Text(text.as_deref().map(Cow::Borrowed))
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(Some(number))
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(number: Option<i64>) -> Self {
        Self::Integer(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Integer(Some(number.into()))
    }
}

impl From<bool> for Value<'_> {
    fn from(boolean: bool) -> Self {
        Self::Boolean(boolean)
    }
}
