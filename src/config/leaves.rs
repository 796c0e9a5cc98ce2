//! Lists the values of a TOML text in the order written, each with its dotted key and line, so that every problem can
//! be reported with its place in the file.

use std::ops::Range;

use polypost_core::quoting::line_of;
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Value};

/// One value of a TOML text; tables appear only where they are empty.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Leaf {
    pub(super) key: String,
    pub(super) value: Value,
    /// Of the key, from 1.
    pub(super) line: usize,
}

/// A text that is not TOML.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    pub(super) line: Option<usize>,
    pub(super) message: String,
}

/// The values in the order written.
///
/// # Errors
/// Every origin where the text is not TOML.
pub(super) fn leaves(text: &str) -> Result<Vec<Leaf>, Vec<SyntaxError>> {
    let (spans, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().map(|error| syntax_error(text, error)).collect());
    }
    let values: toml::Table = toml::from_str(text).map_err(|error| vec![syntax_error(text, &error)])?;
    let mut found = Vec::new();
    walk(spans.get_ref(), &values, "", &mut found);
    found.sort_by_key(|(start, _)| *start);
    let leaves = found.into_iter().map(|(start, (key, value))| Leaf { key, value, line: line_of(text, start) });
    Ok(leaves.collect())
}

type Found = (usize, (String, Value));

fn walk(spans: &DeTable<'_>, values: &toml::Table, prefix: &str, found: &mut Vec<Found>) {
    for (name, span) in spans {
        let Some(value) = values.get(name.get_ref().as_ref()) else { continue };
        let key = if prefix.is_empty() { name.get_ref().to_string() } else { format!("{prefix}.{}", name.get_ref()) };
        match (span.get_ref(), value) {
            (DeValue::Table(inner), Value::Table(table)) if !table.is_empty() => walk(inner, table, &key, found),
            _ => found.push((start_of(name), (key, value.clone()))),
        }
    }
}

fn start_of<T>(spanned: &Spanned<T>) -> usize {
    let Range { start, .. } = spanned.span();
    start
}

fn syntax_error(text: &str, error: &toml::de::Error) -> SyntaxError {
    SyntaxError {
        line: error.span().map(|span| line_of(text, span.start)),
        // One line: the message may come with a list of what was expected.
        message: error.message().lines().collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_in_the_order_written_with_their_lines() {
        let leaves = leaves("[b]\nz = 1\na = [\"x\",\n \"y\"]\n\n[a.deep]\nk = true\n[empty]\n").expect("TOML");
        let seen: Vec<(&str, usize)> = leaves.iter().map(|leaf| (leaf.key.as_str(), leaf.line)).collect();
        assert_eq!(seen, [("b.z", 2), ("b.a", 3), ("a.deep.k", 7), ("empty", 8)]);
    }

    #[test]
    fn every_syntax_error_is_reported_with_its_line() {
        let errors = leaves("a = = 1\nb = 2\nc = \"open\nd = 1\n").expect_err("not TOML");
        let lines: Vec<Option<usize>> = errors.iter().map(|error| error.line).collect();
        assert!(lines.contains(&Some(1)) && lines.contains(&Some(3)), "{errors:?}");
        assert!(leaves("a = 1\na = 2\n").expect_err("twice").first().is_some_and(|error| error.line == Some(2)));
    }
}
