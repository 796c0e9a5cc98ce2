//! Which attributes people read, and where their values stand in a tag. Addresses, classes and what programs read are
//! never among them.

use std::ops::Range;

/// One attribute's value in a start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeValue {
    /// Bytes of the tag, without quotes.
    pub range: Range<usize>,
    /// `"`, `'`, or none.
    pub quote: Option<char>,
    /// Decoded.
    pub text: String,
}

/// Whether an element's content and attributes are not to be translated (HTML 3.2.6.4, and the class that translation
/// services agree on). What is inside inherits it; `translate="yes"` further in is not heeded.
#[must_use]
pub fn is_excluded(attributes: &[(String, String)]) -> bool {
    attributes.iter().any(|(name, value)| match name.as_str() {
        "translate" => value.eq_ignore_ascii_case("no"),
        "class" => value.split_ascii_whitespace().any(|class| class == "notranslate"),
        // The mark of a comment in Google Docs: `[a]` is no word.
        "href" => value.starts_with("#cmnt"),
        _ => false,
    })
}

/// Whether an element says of its words that they are in another language than English. Word and Outlook name the
/// language that their spelling checker was set to: what they wrote says nothing.
#[must_use]
pub fn is_foreign(name: &str, attributes: &[(String, String)]) -> bool {
    const SPEAKING: &[&str] =
        &["blockquote", "cite", "dd", "dt", "em", "h2", "h3", "h4", "h5", "h6", "i", "li", "p", "q", "span", "td"];
    let value = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let language = value("lang").map(|tag| tag.split(['-', '_']).next().unwrap_or_default().trim());
    SPEAKING.contains(&name)
        && language.is_some_and(|language| {
            matches!(language.len(), 2 | 3)
                && !language.eq_ignore_ascii_case("en")
                && !language.eq_ignore_ascii_case("und")
        })
        && value("style").is_none()
        && !value("class").is_some_and(|class| class.starts_with("Mso"))
}

/// Whether an element is nothing that readers of the page see: what is marked as hidden, and programs' notes to
/// themselves (`is_note`).
#[must_use]
pub fn is_hidden(name: &str, attributes: &[(String, String)]) -> bool {
    is_note(name, attributes) || is_out_of_sight(name, attributes)
}

/// Whether a page hides an element: `hidden`, `display: none`.
#[must_use]
pub fn is_out_of_sight(name: &str, attributes: &[(String, String)]) -> bool {
    !matches!(name, "html" | "body")
        && attributes.iter().any(|(attribute, value)| match attribute.as_str() {
            "hidden" => true,
            "style" => declares(value, |property, value| {
                (property.eq_ignore_ascii_case("display") && value.eq_ignore_ascii_case("none"))
                    || (property.eq_ignore_ascii_case("visibility") && value.eq_ignore_ascii_case("hidden"))
            }),
            _ => false,
        })
}

/// Whether an element is a program's note to itself: the parameters of Confluence's macros other than their titles, and
/// the bullet that Outlook writes into a paragraph for those who do not know its lists.
fn is_note(name: &str, attributes: &[(String, String)]) -> bool {
    let value = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    match name {
        "ac:parameter" => value("ac:name") != Some("title"),
        "span" => value("style").is_some_and(|style| {
            declares(style, |property, value| {
                property.eq_ignore_ascii_case("mso-list") && value.eq_ignore_ascii_case("ignore")
            })
        }),
        _ => false,
    }
}

/// Whether one of a style's declarations is such, `!important` or not.
fn declares(style: &str, fits: impl Fn(&str, &str) -> bool) -> bool {
    let declarations = style.split(';').filter_map(|declaration| declaration.split_once(':'));
    declarations
        .map(|(property, value)| (property.trim(), value.split('!').next().unwrap_or_default().trim()))
        .any(|(property, value)| fits(property, value))
}

/// Whether a start tag with these bytes says that its element is empty (`<time datetime="…"/>`), as XML does.
#[must_use]
pub fn is_self_closing(tag: &str) -> bool {
    tag.ends_with("/>")
}

/// The values in a start tag that people read, in order of their places. `tag` is its bytes, `name` and `attributes`
/// what they were read as.
#[must_use]
pub fn values_for_readers(tag: &str, name: &str, attributes: &[(String, String)]) -> Vec<AttributeValue> {
    let wanted: Vec<&(String, String)> = attributes
        .iter()
        .filter(|(attribute, value)| !value.trim().is_empty() && is_for_readers(name, attribute, attributes))
        .collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut values: Vec<(&str, AttributeValue)> = Vec::with_capacity(wanted.len());
    for (found, range, quote) in Scanner::new(tag) {
        let text = wanted.iter().find(|(attribute, _)| attribute.eq_ignore_ascii_case(found));
        if let Some((attribute, text)) = text
            // Of an attribute that stands there twice, the first counts.
            && !values.iter().any(|(other, _)| other == attribute)
        {
            values.push((attribute, AttributeValue { range, quote, text: text.clone() }));
        }
    }
    values.into_iter().map(|(_, value)| value).collect()
}

/// The attributes that HTML calls translatable (3.2.6.4), as far as they are prose, and those of ARIA 1.3 that are.
fn is_for_readers(element: &str, attribute: &str, attributes: &[(String, String)]) -> bool {
    match attribute {
        "title" => !matches!(element, "link" | "style" | "script" | "meta" | "template"),
        "aria-description" | "aria-label" | "aria-placeholder" | "aria-roledescription" | "aria-valuetext" => true,
        "alt" => matches!(element, "img" | "area" | "input"),
        "placeholder" => matches!(element, "input" | "textarea"),
        "abbr" => element == "th",
        "value" if element == "input" => attributes.iter().any(|(name, value)| {
            name == "type" && matches!(value.to_ascii_lowercase().as_str(), "button" | "reset" | "submit")
        }),
        _ => false,
    }
}

/// The attributes of a start tag that have values, as browsers find them (HTML 13.2.5.32 to 13.2.5.39): name, the
/// value's bytes, its quote.
struct Scanner<'a> {
    tag: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn new(tag: &'a str) -> Self {
        let mut scanner = Self { tag, at: 0 };
        scanner.until(|byte| byte.is_ascii_whitespace() || byte == b'/');
        scanner
    }

    fn peek(&self) -> Option<u8> {
        self.tag.as_bytes().get(self.at).copied()
    }

    /// Moves to the next byte that fits, or to the end.
    fn until(&mut self, fits: impl Fn(u8) -> bool) -> Range<usize> {
        let start = self.at;
        let rest = self.tag.as_bytes().get(start..).unwrap_or_default();
        self.at += rest.iter().position(|byte| fits(*byte)).unwrap_or(rest.len());
        start..self.at
    }

    fn skip_space(&mut self) {
        self.until(|byte| !byte.is_ascii_whitespace());
    }

    fn name(&mut self) -> Option<&'a str> {
        self.until(|byte| !byte.is_ascii_whitespace() && byte != b'/');
        let start = self.at;
        if matches!(self.peek()?, b'>') {
            return None;
        }
        // An equals sign at the beginning is part of the name.
        self.at += 1;
        self.until(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'='));
        self.tag.get(start..self.at)
    }

    /// The value behind an equals sign, which is passed.
    fn value(&mut self) -> Option<(Range<usize>, Option<char>)> {
        self.at += 1;
        self.skip_space();
        if let quote @ (b'"' | b'\'') = self.peek()? {
            self.at += 1;
            let range = self.until(|byte| byte == quote);
            self.at += 1;
            return Some((range, Some(char::from(quote))));
        }
        let range = self.until(|byte| byte.is_ascii_whitespace() || byte == b'>');
        (!range.is_empty()).then_some((range, None))
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = (&'a str, Range<usize>, Option<char>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let name = self.name()?;
            self.skip_space();
            if self.peek() == Some(b'=')
                && let Some((range, quote)) = self.value()
            {
                return Some((name, range, quote));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::markup::{self, HtmlTokenKind};

    fn values(tag: &str) -> Vec<String> {
        let Some(HtmlTokenKind::Start { name, attributes }) = markup::tokens(tag).next().map(|token| token.kind) else {
            panic!("no start tag: {tag}");
        };
        let found = values_for_readers(tag, &name, &attributes);
        found
            .iter()
            .map(|AttributeValue { range, quote, text }| format!("{quote:?} {} = {text}", &tag[range.clone()]))
            .collect()
    }

    #[test]
    fn values_are_found_in_every_spelling() {
        assert_eq!(
            values("<IMG/ALT = 'a &amp; b' src=title title=\"c 'd'\" aria-label=e&quot;f/>"),
            ["Some('\\'') a &amp; b = a & b", "Some('\"') c 'd' = c 'd'", "None e&quot;f/ = e\"f/"]
        );
        assert_eq!(values("<img alt alt=x title= >"), Vec::<String>::new());
        assert_eq!(values("<img =alt=x data-alt=y title='' alt='first' alt='second'>"), ["Some('\\'') first = first"]);
    }

    #[test]
    fn what_programs_read_is_left_out() {
        for tag in [
            "<p class=title id=alt>",
            "<a alt=x href=y>",
            "<input value=x type=hidden>",
            "<style title=x>",
            "<option value=x>",
        ] {
            assert_eq!(values(tag), Vec::<String>::new(), "{tag}");
        }
        assert_eq!(values("<input value='Send it' type=SUBMIT>"), ["Some('\\'') Send it = Send it"]);
    }
}
