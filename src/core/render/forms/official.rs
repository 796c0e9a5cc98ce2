//! What relative addresses of a text mean, given the report's address and language and the text's own place and
//! headings.

use std::borrow::Cow;

use ammonia::Url;

use crate::document::markdown::dialect::Alert;

/// The place and the language of the official text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Official<'a> {
    /// What relative addresses of links and images are relative to; without it they cannot be followed.
    pub url: Option<&'a Url>,
    /// The primary language of the source, such as `en`. Elements that claim it lose the claim: their text is
    /// translated, and what is around them says into which language.
    pub language: Option<&'a str>,
    /// What alerts are called in the reader's language.
    pub labels: &'a [(Alert, String)],
    /// The ids of the text's headings, in order, as the source's words make them.
    pub headings: &'a [Option<String>],
    /// Which of the page's texts it is, from 0: ids of one are not those of another.
    pub part: usize,
}

impl Official<'_> {
    /// What a page puts before the ids of this text, so that they are none of its own.
    #[must_use]
    pub fn prefix(&self) -> String {
        if self.part == 0 { "report-".to_owned() } else { format!("report-{}-", self.part) }
    }

    /// An address as it is from anywhere; as it was where that cannot be said.
    #[must_use]
    pub fn resolve<'v>(&self, address: &'v str) -> Cow<'v, str> {
        let is_relative = Url::parse(address) == Err(ammonia::url::ParseError::RelativeUrlWithoutBase);
        match self.url {
            Some(url) if is_relative && matches!(url.scheme(), "http" | "https") => {
                url.join(address).map_or(Cow::Borrowed(address), |whole| Cow::Owned(whole.into()))
            }
            _ => Cow::Borrowed(address),
        }
    }

    /// Whether a language tag names the source's language, in whatever region.
    #[must_use]
    pub fn is_language(&self, tag: &str) -> bool {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        self.language.is_some_and(|language| language.eq_ignore_ascii_case(primary))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_are_those_of_the_official_page() {
        let url = Url::parse("https://help.example/hc/en-us/articles/1").unwrap();
        let official = Official { url: Some(&url), language: Some("en"), ..Official::default() };
        for (address, whole) in [
            ("2", "https://help.example/hc/en-us/articles/2"),
            ("/hc/en-us", "https://help.example/hc/en-us"),
            ("//cdn.example/x.png", "https://cdn.example/x.png"),
            ("?page=2", "https://help.example/hc/en-us/articles/1?page=2"),
            ("#part", "https://help.example/hc/en-us/articles/1#part"),
            ("https://a.example", "https://a.example"),
            ("javascript:alert(1)", "javascript:alert(1)"),
        ] {
            assert_eq!(official.resolve(address), whole);
        }
        let file = Url::parse("file:///etc/").unwrap();
        assert_eq!(Official { url: Some(&file), ..Official::default() }.resolve("passwd"), "passwd");
    }

    #[test]
    fn a_language_is_that_of_the_source_in_every_region() {
        let official = Official { language: Some("en"), ..Official::default() };
        assert!(["en", "EN-us", "en_GB"].iter().all(|tag| official.is_language(tag)));
        assert!(["", "es", "eng"].iter().all(|tag| !official.is_language(tag)));
        assert!(!Official::default().is_language("en"));
    }
}
