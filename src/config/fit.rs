//! Whether a value of the configuration has the type of its key's default, and if not, what was expected and found.

use serde::Deserialize;
use toml::Value;

use super::{Config, DEFAULT};

/// A variable's text as a value of the default's type; where it is none, the text itself, which then is reported.
pub(super) fn converted(default: &Value, text: &str) -> Value {
    let trimmed = text.trim();
    match default {
        Value::Integer(_) => trimmed.parse().map(Value::Integer).ok(),
        Value::Float(_) => trimmed.parse().map(Value::Float).ok(),
        Value::Boolean(_) => trimmed.parse().map(Value::Boolean).ok(),
        Value::Array(_) => {
            let elements = trimmed.split(',').map(str::trim).filter(|element| !element.is_empty());
            Some(Value::Array(elements.map(|element| Value::String(element.to_owned())).collect()))
        }
        _ => None,
    }
    .unwrap_or_else(|| Value::String(text.to_owned()))
}

/// Why the value does not have its key's type, element by element where it is a list.
pub(super) fn misfits(key: &str, default: &Value, value: &Value) -> Vec<(Option<usize>, String)> {
    match (default, value) {
        (Value::Array(_), Value::Array(elements)) => elements
            .iter()
            .enumerate()
            .filter_map(|(index, element)| {
                let message = match element {
                    Value::String(_) => refusal(key, Value::Array(vec![element.clone()])),
                    _ => Some("expected a text in quotes".to_owned()),
                };
                message.map(|message| (Some(index), message))
            })
            .collect(),
        (Value::Integer(_), Value::Integer(number)) if *number < 0 => {
            vec![(None, "expected a whole number, 0 or more".to_owned())]
        }
        // `20` where `20.0` is the type.
        (Value::Float(_), Value::Integer(_)) => Vec::new(),
        (default, value) if default.same_type(value) => {
            refusal(key, value.clone()).map(|message| (None, message)).into_iter().collect()
        }
        (default, _) => vec![(None, format!("expected {}, found {}", kind(default), found(value)))],
    }
}

/// What the key's own type says against the value, with everything else as by default.
fn refusal(key: &str, value: Value) -> Option<String> {
    let mut table: toml::Table = toml::from_str(DEFAULT).ok()?;
    set(&mut table, key, value);
    Config::deserialize(table).err().map(|error| error.message().to_owned())
}

/// The kind of value that a key has, by its default.
fn kind(default: &Value) -> &'static str {
    match default {
        Value::Integer(_) => "a whole number",
        Value::Float(_) => "a number",
        Value::Boolean(_) => "`true` or `false`",
        Value::Array(_) => "a list of texts such as `[\"a\", \"b\"]`",
        Value::Table(_) => "a section",
        _ => "a text in quotes",
    }
}

fn found(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a text",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list",
        Value::Boolean(_) => "a boolean",
        other => kind(other),
    }
}

/// Puts a value under its dotted key.
pub(super) fn set(table: &mut toml::Table, key: &str, value: Value) {
    match key.split_once('.') {
        None => {
            table.insert(key.to_owned(), value);
        }
        Some((section, rest)) => {
            let inner = table.entry(section).or_insert_with(|| Value::Table(toml::Table::new()));
            if let Value::Table(inner) = inner {
                set(inner, rest, value);
            }
        }
    }
}
