//! Reads TOML glossaries as rows of named cells with their lines. `keep` is a list of names, `[[term]]` a table with
//! the columns of a CSV file as its keys.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::columns::{self, Cell, LIST_SEPARATOR, Row};
use super::problems::Problems;
use crate::quoting::line_of;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    keep: Vec<Spanned<String>>,
    #[serde(default)]
    term: Vec<Spanned<BTreeMap<String, Spanned<Value>>>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Flag(bool),
    Text(String),
    List(Vec<String>),
    /// None that a column can have.
    Other(toml::Value),
}

pub(super) fn rows(text: &str, problems: &mut Problems) -> Vec<Row> {
    let line = |at: usize| line_of(text, at);
    let file: File = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            let at = error.span().map_or(1, |span| line(span.start));
            problems.add(at, error.message().trim().replace('\n', " "));
            return Vec::new();
        }
    };
    let names = file.keep.into_iter().map(|name| {
        let line = line(name.span().start);
        let cell = |column: &str, text: String| Cell { column: column.to_owned(), text, line };
        Row { line, cells: vec![cell("term", name.into_inner()), cell("keep", "yes".to_owned())] }
    });
    let terms = file.term.into_iter().filter_map(|table| {
        let row = line(table.span().start);
        let cells = table.into_inner().into_iter().map(|(column, value)| {
            let line = line(value.span().start);
            let text = match value.into_inner() {
                Value::Flag(flag) => if flag { "yes" } else { "no" }.to_owned(),
                Value::Text(text) => text,
                Value::List(list) => list.join(LIST_SEPARATOR),
                Value::Other(other) => {
                    let wanted = || format!("`{column}` is `{other}`; a text, a list of texts or a flag is wanted");
                    problems.add(line, columns::fault(&column).unwrap_or_else(wanted));
                    return None;
                }
            };
            Some(Cell { column, text, line })
        });
        // Every cell is looked at, so that every problem is told.
        let cells: Vec<Option<Cell>> = cells.collect();
        Some(Row { line: row, cells: cells.into_iter().collect::<Option<_>>()? })
    });
    names.chain(terms).collect()
}
