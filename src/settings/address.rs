//! Addresses of services and databases as a configuration writes them. Users, passwords and parameters in them may be
//! secrets: an address is shown without them, and whoever connects to it asks for the whole.

use std::fmt;

use serde::Deserialize;
use url::Url;

use crate::redaction;

/// An address, or nothing, as it was written; whether it is a good one is for its section to say.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct Address {
    written: String,
    /// `None` where it is not a URL (RFC 3986): empty, malformed, or another notation of a database's.
    url: Option<Url>,
}

impl Address {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.written.is_empty()
    }

    /// The whole, with its secrets: for the client that connects.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.written
    }

    /// The whole, read as a URL.
    #[must_use]
    pub fn expose_url(&self) -> Option<&Url> {
        self.url.as_ref()
    }

    /// What of it must not be shown, each piece as it is written and with its escapes undone.
    #[must_use]
    pub fn secrets(&self) -> Vec<String> {
        redaction::secrets(&self.written)
    }

    /// A message about this address, in others' words, without its secrets.
    #[must_use]
    pub fn redact(&self, message: &str) -> String {
        redaction::without_secrets_of(message, &self.written)
    }
}

impl From<String> for Address {
    fn from(written: String) -> Self {
        let url = Url::parse(&written).ok();
        Self { written, url }
    }
}

impl From<&str> for Address {
    fn from(written: &str) -> Self {
        Self::from(written.to_owned())
    }
}

impl From<&String> for Address {
    fn from(written: &String) -> Self {
        Self::from(written.clone())
    }
}

impl From<&Self> for Address {
    fn from(address: &Self) -> Self {
        address.clone()
    }
}

/// Without its secrets.
impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&redaction::address(&self.written))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_secrets() {
        let address = Address::from("postgres://app:hunter2@db/incidents");
        assert_eq!(address.to_string(), "postgres://app:[redacted]@db/incidents");
        assert_eq!(format!("{address:?}"), address.to_string());
        assert_eq!(address.expose(), "postgres://app:hunter2@db/incidents");
        assert_eq!(address.redact("no role `hunter2` there"), "no role `[redacted]` there");
    }

    #[test]
    fn what_is_no_url_is_kept_as_it_was_written() {
        for written in ["", "proxy:3128x", "host=h password=hunter2", "//"] {
            let address = Address::from(written);
            assert_eq!((address.expose(), address.is_empty()), (written, written.is_empty()));
            assert!(!address.to_string().contains("hunter2"), "{address}");
        }
    }
}
