//! What is wrong with a configuration: place, key, value and what is expected, and all of it together as one error.

use std::fmt;
use std::path::PathBuf;

/// Where a value was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueOrigin {
    /// `default.toml`
    Default,
    /// Lines count from 1; `None` where it is about the file as a whole.
    File {
        path: PathBuf,
        line: Option<usize>,
    },
    Environment {
        variable: String,
    },
}

/// One thing wrong with the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    pub origin: ValueOrigin,
    /// Dotted, as in `worker.concurrency`, `locales.targets[1]`; empty where it is about the file as a whole.
    pub key: String,
    /// As it was written, secrets redacted.
    pub value: Option<String>,
    /// What is wrong and what is expected.
    pub message: String,
}

/// Every problem with the configuration, at least one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct ConfigErrors {
    pub errors: Vec<ConfigError>,
}

impl ValueOrigin {
    /// Whether both are of one file, or of the environment.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::File { path, .. }, Self::File { path: other, .. }) => path == other,
            (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
        }
    }
}

impl fmt::Display for ValueOrigin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("default"),
            Self::File { path, line: Some(line) } => write!(formatter, "{}:{line}", path.display()),
            Self::File { path, line: None } => write!(formatter, "{}", path.display()),
            Self::Environment { variable } => write!(formatter, "environment variable `{variable}`"),
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", self.origin)?;
        if !self.key.is_empty() {
            write!(formatter, "`{}`", self.key)?;
            if let Some(value) = &self.value {
                write!(formatter, " is `{value}`")?;
            }
            formatter.write_str(": ")?;
        }
        formatter.write_str(&self.message)
    }
}
