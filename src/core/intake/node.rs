//! A tree of JSON, YAML or TOML with its keys in order and every duplicate still there, so that whoever reads it can
//! name all that is wrong at once.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// More values than any report has; a list of a million zeros is not one.
const MOST: usize = 20_000;

/// One value, with scalars told apart only as far as problems are worded.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Nothing,
    Truth(bool),
    Number,
    Text(String),
    List(Vec<Node>),
    /// In the order written, duplicates kept.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// What it is, with its article, for a sentence.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Truth(_) => "a boolean",
            Self::Number => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "an object",
        }
    }
}

/// Reads a whole JSON text.
///
/// # Errors
/// Why it is not one, with line and column.
pub(super) fn json(bytes: &[u8]) -> Result<Node, serde_json::Error> {
    let left = Cell::new(MOST);
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let node = Seed { left: &left }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(node)
}

/// Reads a whole YAML text, with hardly any anchors and aliases.
///
/// # Errors
/// Why it is not one.
pub(super) fn yaml(text: &str) -> Result<Node, serde_saphyr::Error> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: 32,
            max_nodes: MOST,
            max_events: MOST * 2,
            max_anchors: 16,
            max_aliases: 16,
            max_documents: 1,
            max_merge_keys: 16,
        },
        with_snippet: false,
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::LastWins,
    };
    let left = Cell::new(MOST);
    serde_saphyr::with_deserializer_from_str_with_options(text, options, |deserializer| {
        Seed { left: &left }.deserialize(deserializer)
    })
}

/// Reads a whole TOML text. Dates are texts.
///
/// # Errors
/// Why it is not one.
pub(super) fn toml(text: &str) -> Result<Node, toml::de::Error> {
    let table: toml::Table = toml::from_str(text)?;
    Ok(of_table(table))
}

fn of_table(table: toml::Table) -> Node {
    Node::Map(table.into_iter().map(|(key, value)| (key, of_toml(value))).collect())
}

fn of_toml(value: toml::Value) -> Node {
    match value {
        toml::Value::String(text) => Node::Text(text),
        toml::Value::Integer(_) | toml::Value::Float(_) => Node::Number,
        toml::Value::Boolean(truth) => Node::Truth(truth),
        toml::Value::Datetime(moment) => Node::Text(moment.to_string()),
        toml::Value::Array(list) => Node::List(list.into_iter().map(of_toml).collect()),
        toml::Value::Table(table) => of_table(table),
    }
}

/// Reads a node while there is room for it.
#[derive(Clone, Copy)]
struct Seed<'count> {
    left: &'count Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        let Some(left) = self.left.get().checked_sub(1) else {
            return Err(D::Error::custom(format!("more than {MOST} values")));
        };
        self.left.set(left);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Node, E> {
        Ok(Node::Truth(truth))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = access.next_element_seed(self)? {
            list.push(node);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut map = Vec::new();
        while let Some(key) = access.next_key::<String>()? {
            map.push((key, access.next_value_seed(self)?));
        }
        Ok(Node::Map(map))
    }
}
