//! Sanitising: makes HTML from anywhere safe to place in a page, and leaves nothing in it that could act.
//!
//! Two passes that do not rely on each other. The first writes the text anew as a well-formed sequence of known
//! elements, so that the second, ammonia's tree builder, meets nothing that browsers read in two ways (drawings,
//! `select`, misnested tables: the stuff of mutation XSS) and nothing on which it is quadratic (depth, thousands of
//! attributes, content moved out of tables). Ammonia alone decides what is safe.

mod adapted;
mod address;
mod confluence;
mod element;
mod outlook;
mod style;
mod writer;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::Official;

/// The elements that readers may get.
const ELEMENTS: [&str; 56] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
];

/// The attributes that readers may get, beside those of [`EVERYWHERE`].
const ATTRIBUTES: [(&str, &[&str]); 11] = [
    ("a", &["href"]),
    ("code", &["class"]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("img", &["src", "alt", "width", "height"]),
    ("ins", &["datetime"]),
    ("li", &["value"]),
    ("ol", &["start", "reversed", "type"]),
    ("td", &["align", "colspan", "rowspan"]),
    ("th", &["align", "colspan", "rowspan", "scope"]),
    ("time", &["datetime"]),
];

const EVERYWHERE: [&str; 6] = ["aria-label", "dir", "id", "lang", "title", "translate"];

/// HTML that is safe to place in a page. Sanitising it again changes nothing.
pub(super) fn sanitise(source: &str, official: Official<'_>) -> String {
    static BUILDER: LazyLock<Builder<'static>> = LazyLock::new(|| {
        let attributes: HashMap<&str, HashSet<&str>> =
            ATTRIBUTES.iter().map(|(element, names)| (*element, names.iter().copied().collect())).collect();
        let mut builder = Builder::default();
        builder
            .tags(ELEMENTS.into())
            .tag_attributes(attributes)
            .generic_attributes(EVERYWHERE.into())
            .url_schemes(["http", "https", "mailto"].into())
            .url_relative(UrlRelative::Custom(Box::new(within)))
            .attribute_filter(|element, attribute, value| allows(element, attribute, value).then_some(value.into()))
            .link_rel(Some("nofollow noopener noreferrer"));
        builder
    });
    // Tree builders drop NUL, and one byte order mark at the beginning; here all of them go.
    let html = writer::well_formed(&source.replace('\0', ""), official);
    BUILDER.clean(html.trim_start_matches('\u{feff}')).to_string()
}

/// A place of the report itself; other relative addresses lead nowhere.
fn within(address: &str) -> Option<Cow<'_, str>> {
    address.starts_with("#report-").then_some(Cow::Borrowed(address))
}

/// Whether an attribute with this value may stand, as far as names and schemes alone do not say.
fn allows(element: &str, attribute: &str, value: &str) -> bool {
    match (element, attribute) {
        // A scheme is what stands before the first colon, and ammonia has removed what browsers skip there.
        ("img", "src") => value.trim_start().get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http")),
        // The language of a block of code, as Markdown gives it. Other classes are the page's own.
        ("code", "class") => value.strip_prefix("language-").is_some_and(|language| {
            !language.is_empty()
                && language.chars().all(|character| character.is_ascii_alphanumeric() || "+-_.#".contains(character))
        }),
        // No id of the page's own.
        (_, "id") => value.starts_with("report-"),
        ("td" | "th", "align") => matches!(value, "left" | "center" | "right"),
        ("ol", "type") => matches!(value, "1" | "a" | "A" | "i" | "I"),
        _ => true,
    }
}
