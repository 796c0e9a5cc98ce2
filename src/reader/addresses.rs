//! Addresses of what readers can open, under the public address. Nothing here looks at a request, so that no header can
//! change a link: without a public address links have no host, and a client resolves them against the address that it
//! requested (RFC 3986 section 5.2).

use polypost_core::id::IncidentId;
use polypost_core::locale::Locale;

/// Makes addresses under the public one.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// Without a slash at the end; empty where there is no public address.
    base: String,
    /// The path of `base`, which every path of ours begins with; mostly empty.
    prefix: String,
}

impl Addresses {
    #[must_use]
    pub fn new(public_url: &str) -> Self {
        let base = public_url.trim_end_matches('/').to_owned();
        let host_and_path = base.split_once("://").map_or(base.as_str(), |(_, rest)| rest);
        let prefix =
            host_and_path.find('/').and_then(|slash| host_and_path.get(slash..)).unwrap_or_default().to_owned();
        Self { base, prefix }
    }

    /// The absolute URL of a path made here; the path alone where there is no public address.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{}", self.base, path.strip_prefix(self.prefix.as_str()).unwrap_or(path))
    }

    /// A path of ours under the public address; `rest` begins with a slash.
    #[must_use]
    pub fn path(&self, rest: &str) -> String {
        format!("{}{rest}", self.prefix)
    }

    /// The path of an incident's page for people. Neither id nor locale can hold what a path would have to escape.
    #[must_use]
    pub fn page(&self, id: &IncidentId, locale: &Locale) -> String {
        self.path(&format!("/{locale}/incidents/{id}"))
    }

    /// The path of the list for people.
    #[must_use]
    pub fn list_page(&self, locale: &Locale) -> String {
        self.path(&format!("/{locale}/"))
    }

    /// The path of the incident in the API, which negotiates.
    #[must_use]
    pub fn incident(&self, id: &IncidentId) -> String {
        self.path(&format!("/v1/incidents/{id}"))
    }

    /// The path of the incident in the API, in one language.
    #[must_use]
    pub fn resource(&self, id: &IncidentId, locale: &Locale) -> String {
        format!("{}?locale={locale}", self.incident(id))
    }

    /// The URL of the official text: where the publisher says it stands, else the page in the source language.
    #[must_use]
    pub fn official(&self, url: Option<&str>, id: &IncidentId, source_locale: &Locale) -> String {
        match url {
            Some(url) if is_web_address(url) => url.to_owned(),
            _ => self.absolute(&self.page(id, source_locale)),
        }
    }
}

/// Whether a text may become a link: `http` or `https`, a host, and no character that a URL does not hold.
/// `javascript:` and its kind never pass.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let (start, rest) = text.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    });
    rest.is_some_and(|rest| {
        rest.chars().next().is_some_and(char::is_alphanumeric)
            && rest.chars().all(|character| {
                !character.is_control() && !character.is_whitespace() && !"<>\"'`\\{}|^".contains(character)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        for good in ["https://status.example.com/incidents/4711", "HTTP://x", "https://exämple.com/a?b=c#d"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "",
            "x",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://",
            "https:///x",
            "//x.com",
            " https://x",
            "https://x y",
            "https://x\"onload",
            "https://x\n",
            "ftp://x",
            "https://<b>",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }

    #[test]
    fn a_public_address_with_a_path_keeps_its_path() {
        let id = "x".parse().expect("an id");
        let spanish = "es".parse().expect("a locale");
        let bare = Addresses::new("https://status.example.com/");
        assert_eq!(bare.page(&id, &spanish), "/es/incidents/x");
        assert_eq!(bare.absolute(&bare.page(&id, &spanish)), "https://status.example.com/es/incidents/x");
        let none = Addresses::new("");
        assert_eq!(none.absolute(&none.page(&id, &spanish)), "/es/incidents/x");
        assert_eq!(none.official(None, &id, &spanish), "/es/incidents/x");
        let below = Addresses::new("https://example.com/status/");
        assert_eq!(below.page(&id, &spanish), "/status/es/incidents/x");
        assert_eq!(below.absolute(&below.page(&id, &spanish)), "https://example.com/status/es/incidents/x");
    }
}
