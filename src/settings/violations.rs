//! What a section of the configuration finds wrong with its own values. Where a value was written (file and line, or
//! environment variable) is not known here: whoever loads the configuration finds it by the key.

use url::Url;

use crate::Address;

/// What the sections of a configuration found wrong with their values, in the order found.
#[derive(Debug, Default)]
pub struct Violations(pub Vec<Violation>);

/// A value of the right type that is not allowed.
#[derive(Debug)]
pub struct Violation {
    pub key: String,
    /// Where the key is a list: which of its elements.
    pub index: Option<usize>,
    /// Another key that it does not go together with.
    pub other: Option<&'static str>,
    pub message: String,
}

impl Violations {
    pub fn add(&mut self, key: &str, message: impl Into<String>) {
        self.0.push(Violation { key: key.to_owned(), index: None, other: None, message: message.into() });
    }

    pub fn add_element(&mut self, key: &str, index: usize, message: impl Into<String>) {
        self.0.push(Violation { key: key.to_owned(), index: Some(index), other: None, message: message.into() });
    }

    /// Two values that contradict each other: blamed on whichever is not a default, the first if both or neither are.
    pub fn add_pair(&mut self, key: &str, other: &'static str, message: impl Into<String>) {
        self.0.push(Violation { key: key.to_owned(), index: None, other: Some(other), message: message.into() });
    }

    pub fn range(&mut self, key: &str, value: u64, least: u64, most: u64) {
        if !(least..=most).contains(&value) {
            self.add(key, format!("expected a whole number from {least} to {most}"));
        }
    }

    /// An address that readers' links begin with: as [`Self::web_address`], and one that others can open.
    pub fn public_address(&mut self, key: &str, value: &Address) {
        let url = value.expose_url();
        let is_nowhere = |url: &Url| {
            let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
            host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_unspecified())
        };
        if url.is_some_and(|url| !url.username().is_empty() || url.password().is_some()) {
            self.add(key, "expected an address without user and password: all readers see it");
        } else if value.expose().contains(|sign: char| sign.is_whitespace() || sign.is_control()) {
            self.add(key, "expected an address without white space");
        } else if url.is_some_and(is_nowhere) {
            self.add(key, "expected an address that readers can open, such as `https://status.example.com`");
        } else {
            self.web_address(key, value.expose());
        }
    }

    /// An absolute `http` or `https` address without query and fragment.
    pub fn web_address(&mut self, key: &str, value: &str) {
        let fits = Url::parse(value).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.has_host()
                && url.query().is_none()
                && url.fragment().is_none()
        });
        if !fits {
            self.add(key, "expected an address such as `https://status.example.com`, without `?` and `#`");
        }
    }
}
