//! What is wrong with a configuration: place, key, value and what is wanted, and all of it together as one error.

use std::fmt;
use std::path::PathBuf;

/// Where a value was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
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
pub struct Problem {
    pub place: Place,
    /// Dotted, as in `worker.concurrency`, `locales.targets[1]`; empty where it is about the file as a whole.
    pub key: String,
    /// As it was written, secrets redacted.
    pub value: Option<String>,
    /// What is wrong and what is wanted.
    pub message: String,
}

/// Every problem with the configuration, at least one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct ConfigError {
    pub problems: Vec<Problem>,
}

impl Place {
    /// Whether both are of one file, or of the environment.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::File { path, .. }, Self::File { path: other, .. }) => path == other,
            (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("default"),
            Self::File { path, line: Some(line) } => write!(formatter, "{}:{line}", path.display()),
            Self::File { path, line: None } => write!(formatter, "{}", path.display()),
            Self::Environment { variable } => write!(formatter, "environment variable `{variable}`"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", self.place)?;
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

/// What the sections have to say against their values, by key.
#[derive(Debug, Default)]
pub(super) struct Faults(pub(super) Vec<Fault>);

/// A value that has the right type and still will not do.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) key: String,
    /// Where the key is a list: which of its elements.
    pub(super) index: Option<usize>,
    /// Another key that it does not go together with.
    pub(super) other: Option<&'static str>,
    pub(super) message: String,
}

impl Faults {
    pub(super) fn add(&mut self, key: &str, message: impl Into<String>) {
        self.0.push(Fault { key: key.to_owned(), index: None, other: None, message: message.into() });
    }

    pub(super) fn add_element(&mut self, key: &str, index: usize, message: impl Into<String>) {
        self.0.push(Fault { key: key.to_owned(), index: Some(index), other: None, message: message.into() });
    }

    /// Two values that contradict each other: blamed on whichever is not a default, the first if both or neither are.
    pub(super) fn add_pair(&mut self, key: &str, other: &'static str, message: impl Into<String>) {
        self.0.push(Fault { key: key.to_owned(), index: None, other: Some(other), message: message.into() });
    }

    pub(super) fn range(&mut self, key: &str, value: u64, least: u64, most: u64) {
        if !(least..=most).contains(&value) {
            self.add(key, format!("a whole number from {least} to {most} is wanted"));
        }
    }

    /// An address that readers' links begin with: as [`Self::web_address`], and one that others can open.
    pub(super) fn public_address(&mut self, key: &str, value: &str) {
        let url = reqwest::Url::parse(value).ok();
        let is_nowhere = |url: &reqwest::Url| {
            let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
            host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_unspecified())
        };
        if url.as_ref().is_some_and(|url| !url.username().is_empty() || url.password().is_some()) {
            self.add(key, "an address without a user and a password is wanted: all readers see it");
        } else if value.contains(|sign: char| sign.is_whitespace() || sign.is_control()) {
            self.add(key, "an address without white space is wanted");
        } else if url.as_ref().is_some_and(is_nowhere) {
            self.add(key, "an address that readers can open is wanted, such as `https://status.example.com`");
        } else {
            self.web_address(key, value);
        }
    }

    /// An absolute `http` or `https` address without query and fragment.
    pub(super) fn web_address(&mut self, key: &str, value: &str) {
        let fits = reqwest::Url::parse(value).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.has_host()
                && url.query().is_none()
                && url.fragment().is_none()
        });
        if !fits {
            self.add(key, "an address such as `https://status.example.com` is wanted, without `?` and `#`");
        }
    }
}

/// The candidate nearest to `word` by edit distance, where one is near enough to be meant.
pub(crate) fn nearest<'list>(word: &str, candidates: impl Iterator<Item = &'list str>) -> Option<&'list str> {
    candidates
        .map(|candidate| (strsim::levenshtein(word, candidate), candidate))
        .min()
        .filter(|(distance, candidate)| *distance <= 2 + candidate.len() / 4)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_and_a_stranger_is_not() {
        let known = ["worker.concurrency", "worker.lease_seconds", "store.url"];
        assert_eq!(nearest("worker.concurency", known.into_iter()), Some("worker.concurrency"));
        assert_eq!(nearest("store.uri", known.into_iter()), Some("store.url"));
        assert_eq!(nearest("colour.of.the.sky", known.into_iter()), None);
    }
}
