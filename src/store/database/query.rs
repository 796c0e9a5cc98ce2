//! A statement and the values for its placeholders, independent of the database that runs it.
//!
//! The values of a short statement are bound in the order of `$1`, `$2`, …; a long one is a [`Statement`] with names
//! such as `:incident`, which are turned into numbers once.

use std::borrow::Cow;
use std::sync::OnceLock;

use sqlx::{Executor, Postgres, Sqlite};

use super::row::Columns;
use crate::Result;

/// A statement whose placeholders have names: `:incident`. One name may stand in several places.
#[derive(Debug)]
pub(crate) struct Statement {
    named: &'static str,
    numbered: OnceLock<(String, Vec<&'static str>)>,
}

impl Statement {
    pub(crate) const fn new(named: &'static str) -> Self {
        Self { named, numbered: OnceLock::new() }
    }

    /// The statement with no values yet.
    pub(crate) fn query<'values>(&'static self) -> Query<'values> {
        let (statement, names) = self.numbered();
        Query { statement, names, values: names.iter().map(|_| None).collect(), unknown: None }
    }

    /// With `$1`, `$2`, …, as both databases understand them.
    #[cfg(test)]
    pub(crate) fn text(&self) -> &str {
        &self.numbered().0
    }

    fn numbered(&self) -> &(String, Vec<&'static str>) {
        self.numbered.get_or_init(|| number(self.named))
    }
}

/// Replaces names by numbers; the names in the order of their numbers.
fn number(source: &'static str) -> (String, Vec<&'static str>) {
    let (mut text, mut names) = (String::with_capacity(source.len()), Vec::new());
    let mut rest = source;
    while let Some(at) = rest.find(':') {
        let (before, behind) = (&rest[..at], &rest[at + 1..]);
        text.push_str(before);
        let end = behind.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(behind.len());
        let (name, after) = behind.split_at(end);
        if name.is_empty() || text.ends_with(':') {
            // A cast: `::bigint`.
            text.push(':');
            rest = behind;
            continue;
        }
        let position = names.iter().position(|known| *known == name).unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        });
        text.push('$');
        text.push_str(&(position + 1).to_string());
        rest = after;
    }
    text.push_str(rest);
    (text, names)
}

/// A statement with its values.
#[derive(Debug)]
pub(crate) struct Query<'values> {
    statement: &'static str,
    names: &'static [&'static str],
    values: Vec<Option<Value<'values>>>,
    /// A name that was set and that the statement has not.
    unknown: Option<&'static str>,
}

/// What stands for a placeholder. The absent ones have a type as well, which PostgreSQL wants to know.
#[derive(Debug)]
pub(crate) enum Value<'value> {
    Text(Option<Cow<'value, str>>),
    Integer(Option<i64>),
    Boolean(bool),
}

/// A statement with numbered placeholders that has no values yet.
pub(crate) fn query<'values>(statement: &'static str) -> Query<'values> {
    Query { statement, names: &[], values: Vec::new(), unknown: None }
}

/// The same lines for both databases, whose types have no trait in common that would allow a function.
macro_rules! bound {
    ($query:expr) => {{
        let (statement, values) = $query.complete()?;
        let mut bound = sqlx::query(statement);
        for value in values {
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
    /// The value of the next numbered placeholder.
    pub(crate) fn bind(mut self, value: impl Into<Value<'values>>) -> Self {
        self.values.push(Some(value.into()));
        self
    }

    /// The value of a named placeholder.
    pub(crate) fn set(mut self, name: &'static str, value: impl Into<Value<'values>>) -> Self {
        match self.names.iter().position(|known| *known == name).and_then(|at| self.values.get_mut(at)) {
            Some(slot) => *slot = Some(value.into()),
            None => self.unknown = Some(name),
        }
        self
    }

    /// # Errors
    /// Where a name has no value, or a value no place: a mistake of this program.
    fn complete(self) -> Result<(&'static str, Vec<Value<'values>>)> {
        let Self { statement, names, values, unknown } = self;
        let missing = || values.iter().position(Option::is_none).and_then(|at| names.get(at).copied());
        if let Some(name) = unknown.or_else(missing) {
            let message = format!("the placeholder `:{name}` and its value do not belong together");
            return Err(sqlx::Error::InvalidArgument(message).into());
        }
        Ok((statement, values.into_iter().flatten().collect()))
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

#[cfg(test)]
mod tests {
    use super::*;

    static NAMED: Statement = Statement::new("update t set a = :a, b = (:b)::bigint, c = :a where id=:id_2");

    #[test]
    fn names_become_numbers() {
        assert_eq!(NAMED.text(), "update t set a = $1, b = ($2)::bigint, c = $1 where id=$3");
    }

    #[test]
    fn every_name_needs_a_value_and_every_value_a_name() {
        let complete = || NAMED.query().set("id_2", "x").set("a", 1_i64).set("b", true);
        let (_, values) = complete().complete().unwrap();
        assert!(matches!(values[..], [Value::Integer(Some(1)), Value::Boolean(true), Value::Text(Some(_))]));
        assert!(complete().set("c", true).complete().is_err_and(|error| error.to_string().contains(":c")));
        assert!(NAMED.query().set("a", 1_i64).complete().is_err_and(|error| error.to_string().contains(":b")));
    }
}
