//! The file's and the environment's values are laid over the defaults, one by one, so that each can be blamed alone.
//!
//! Two passes: a value that does not have its key's type is reported and left out; what then stands is given to the
//! sections, which report what is out of range or contradicts itself. Nothing is read here but the one file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;
use toml::Value;

use super::error::{ConfigError, ValueOrigin};
use super::fit::{converted, misfits, set};
use super::leaves::{Leaf, SyntaxError, leaves};
use super::redaction::redacted;
use super::variables;
use super::{Config, ConfigErrors, DEFAULT};
use polypost_core::locale::Locale;
use polypost_core::nearest::nearest;
use polypost_settings::Violation;
use polypost_settings::redaction::without_secrets_of;

/// The section whose keys are the operator's own, which are locales, and the key that its values are like.
const BY_LOCALE: (&str, &str) = ("engines.routes", "engines.route");

/// Lists that decide who may publish: an empty variable is a secret that did not arrive, and is not taken for none.
const NEVER_EMPTY: [&str; 2] = ["publish.token_hashes", "publish.webhook_secrets"];

/// The values in force and where each comes from.
#[derive(Debug)]
pub(super) struct Merged {
    defaults: Vec<Leaf>,
    values: BTreeMap<String, Held>,
    errors: Vec<ConfigError>,
}

/// A value in force.
#[derive(Clone, Debug)]
struct Held {
    value: Value,
    origin: ValueOrigin,
    /// Of a list of which some elements were refused: where the others stood.
    positions: Option<Vec<usize>>,
}

impl Merged {
    /// Lays file and environment over the defaults.
    pub(super) fn of(file: Option<&Path>, environment: impl Iterator<Item = (String, String)>) -> Self {
        let mut merged = Self { defaults: Vec::new(), values: BTreeMap::new(), errors: Vec::new() };
        match leaves(DEFAULT) {
            Ok(defaults) => merged.defaults = defaults,
            Err(errors) => merged.refuse_syntax(&ValueOrigin::Default, errors),
        }
        for leaf in &merged.defaults {
            let held = Held { value: leaf.value.clone(), origin: ValueOrigin::Default, positions: None };
            merged.values.insert(leaf.key.clone(), held);
        }
        if let Some(path) = file {
            merged.read_file(path);
        }
        let with_key = |(variable, text): (String, String)| {
            let key = variables::key_of(&variable, &text)?;
            Some((variable, key, text))
        };
        let mut variables: Vec<_> = environment.filter_map(with_key).collect();
        variables.sort();
        for (variable, key, text) in variables {
            merged.read_variable(variable, key, &text);
        }
        merged
    }

    /// The configuration, if nothing is wrong with it.
    pub(super) fn config(mut self) -> Result<Config, ConfigErrors> {
        match Config::deserialize(self.table()) {
            Ok(config) => {
                for fault in config.violations().0 {
                    self.blame(fault);
                }
                if self.errors.is_empty() {
                    return Ok(config);
                }
            }
            Err(error) if self.errors.is_empty() => {
                let message = error.message().to_owned();
                self.errors.push(ConfigError {
                    origin: ValueOrigin::Default,
                    key: String::new(),
                    value: None,
                    message,
                });
            }
            Err(_) => {}
        }
        Err(ConfigErrors { errors: self.errors })
    }

    /// A text in force.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.values.get(key).and_then(|held| held.value.as_str())
    }

    /// Where a value in force was written.
    pub(super) fn origin(&self, key: &str) -> ValueOrigin {
        self.values.get(key).map_or(ValueOrigin::Default, |held| held.origin.clone())
    }

    /// What is in force as TOML, secrets redacted, each value that is not a default with where it comes from.
    pub(super) fn in_force(&self) -> String {
        let mut text = String::new();
        let mut open_section = "";
        for (key, Held { value, origin, .. }) in self.defaults.iter().flat_map(|leaf| self.under(&leaf.key)) {
            let (section, name) = key.rsplit_once('.').unwrap_or(("", key));
            if section != open_section {
                let gap = if text.is_empty() { "" } else { "\n" };
                let _ = writeln!(text, "{gap}[{section}]");
                open_section = section;
            }
            let _ = write!(text, "{name} = {}", redacted(key, value));
            let _ = match origin {
                ValueOrigin::Default => writeln!(text),
                origin => writeln!(text, "  # {}", origin.to_string().replace(['\n', '\r'], " ")),
            };
        }
        text
    }

    /// A known key's value, or all that stand in it where its keys are the operator's own.
    fn under(&self, key: &str) -> Vec<(&String, &Held)> {
        let is_meant = |known: &str| if key == BY_LOCALE.0 { by_locale(known).is_some() } else { known == key };
        self.values.iter().filter(|(known, _)| is_meant(known)).collect()
    }

    fn read_file(&mut self, path: &Path) {
        let origin = |line| ValueOrigin::File { path: path.to_owned(), line };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("the configuration file cannot be read: {error}");
                self.errors.push(ConfigError { origin: origin(None), key: String::new(), value: None, message });
                return;
            }
        };
        match leaves(&text) {
            Ok(leaves) => {
                for leaf in leaves {
                    self.accept(leaf.key, leaf.value, origin(Some(leaf.line)));
                }
            }
            Err(errors) => self.refuse_syntax(&origin(None), errors),
        }
    }

    fn read_variable(&mut self, variable: String, key: String, text: &str) {
        let value = match self.default_of(&key) {
            Some(default) => converted(default, text),
            None => Value::String(text.to_owned()),
        };
        if NEVER_EMPTY.contains(&key.as_str()) && value.as_array().is_some_and(Vec::is_empty) {
            let message = "this is empty, as if what should stand here had not been found: name one, or unset the \
                           variable";
            let (value, origin) = (Some(text.to_owned()), ValueOrigin::Environment { variable });
            self.errors.push(ConfigError { origin, key, value, message: message.to_owned() });
            return;
        }
        self.accept(key, value, ValueOrigin::Environment { variable });
    }

    fn refuse_syntax(&mut self, origin: &ValueOrigin, errors: Vec<SyntaxError>) {
        for SyntaxError { line, message } in errors {
            let origin = match origin {
                ValueOrigin::File { path, .. } => ValueOrigin::File { path: path.clone(), line },
                other => other.clone(),
            };
            self.errors.push(ConfigError { origin, key: String::new(), value: None, message });
        }
    }

    /// Takes the value if its key is known and it has the key's type, and reports it otherwise.
    fn accept(&mut self, key: String, value: Value, origin: ValueOrigin) {
        let key = match by_locale(&key).map(str::parse::<Locale>) {
            None => key,
            Some(Ok(locale)) => format!("{}.{locale}", BY_LOCALE.0),
            Some(Err(error)) => {
                self.errors.push(ConfigError { origin, key, value: None, message: error.to_string() });
                return;
            }
        };
        if by_locale(&key).is_some() && self.values.get(&key).is_some_and(|held| held.origin.is_beside(&origin)) {
            let message = "the locale stands there already, in another spelling".to_owned();
            self.errors.push(ConfigError { origin, key, value: None, message });
            return;
        }
        let Some(default) = self.default_of(&key).cloned() else {
            self.refuse_unknown(key, &value, origin);
            return;
        };
        let misfits = misfits(&key, &default, &value);
        let refused: Vec<Option<usize>> = misfits.iter().map(|(index, _)| *index).collect();
        for (index, message) in misfits {
            let element = index.and_then(|index| value.as_array()?.get(index));
            self.report(&key, index, element.unwrap_or(&value), &origin, message);
        }
        if refused.is_empty() {
            self.values.insert(key, Held { value, origin, positions: None });
        } else if let Value::Array(elements) = value {
            self.keep_the_good(key, elements, &refused, origin);
        }
    }

    /// Of a list with wrong elements the others stay, so that what is wrong among them shows too.
    fn keep_the_good(&mut self, key: String, elements: Vec<Value>, refused: &[Option<usize>], origin: ValueOrigin) {
        let good = elements.into_iter().enumerate().filter(|(index, _)| !refused.contains(&Some(*index)));
        let (positions, elements): (Vec<usize>, Vec<Value>) = good.unzip();
        if !elements.is_empty() {
            self.values.insert(key, Held { value: Value::Array(elements), origin, positions: Some(positions) });
        }
    }

    fn refuse_unknown(&mut self, key: String, value: &Value, origin: ValueOrigin) {
        let is_section = self.defaults.iter().any(|leaf| leaf.key.starts_with(&format!("{key}.")));
        if is_section && matches!(value, Value::Table(_)) {
            return;
        }
        let known = self.defaults.iter().map(|leaf| leaf.key.as_str());
        let message = if let ValueOrigin::Environment { .. } = &origin {
            variables::advice(&key, known)
        } else if is_section {
            format!("this is a section, written `[{key}]`")
        } else {
            match nearest(&key, known) {
                Some(known) => format!("unknown key; did you mean `{known}`?"),
                None => "unknown key; `polypost config default` lists all".to_owned(),
            }
        };
        self.errors.push(ConfigError { origin, key, value: None, message });
    }

    fn blame(&mut self, Violation { key, index, other, message }: Violation) {
        let is_default = |key: &str| self.values.get(key).is_none_or(|held| held.origin == ValueOrigin::Default);
        let blamed = match other {
            Some(other) if is_default(&key) && !is_default(other) => other.to_owned(),
            _ => key,
        };
        if let Some(Held { value, origin, positions }) = self.values.get(&blamed).cloned() {
            let element = index.and_then(|index| value.as_array()?.get(index));
            let written_at = match (index, positions) {
                (Some(index), Some(positions)) => positions.get(index).copied(),
                (index, _) => index,
            };
            self.report(&blamed, written_at, element.unwrap_or(&value), &origin, message);
        }
    }

    fn report(&mut self, key: &str, index: Option<usize>, value: &Value, origin: &ValueOrigin, message: String) {
        let shown = match redacted(key, value) {
            Value::String(text) => text,
            other => other.to_string(),
        };
        // A message may quote the value.
        let message = match value {
            Value::String(text) if *text != shown => without_secrets_of(&message, text),
            _ => message,
        };
        let key = index.map_or_else(|| key.to_owned(), |index| format!("{key}[{index}]"));
        self.errors.push(ConfigError { origin: origin.clone(), key, value: Some(shown), message });
    }

    fn default_of(&self, key: &str) -> Option<&Value> {
        let key = if by_locale(key).is_some() { BY_LOCALE.1 } else { key };
        self.defaults.iter().find(|leaf| leaf.key == key).map(|leaf| &leaf.value)
    }

    fn table(&self) -> toml::Table {
        let mut table = toml::Table::new();
        for (key, Held { value, .. }) in &self.values {
            set(&mut table, key, value.clone());
        }
        table
    }
}

/// The locale that a key is of, as it was written.
fn by_locale(key: &str) -> Option<&str> {
    key.strip_prefix(BY_LOCALE.0)?.strip_prefix('.')
}
