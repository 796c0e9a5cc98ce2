//! Elements round parts of dates and times, which are read as text with the words beside them: what status pages and
//! editors write as `<var>` and `<time>`, and people as inline code.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::markup::{self, HtmlTokenKind};

/// The text of an element that may be a part of a date or time: what it shows, or the date that it says it is where it
/// shows nothing. `None` where it is something else.
pub(in crate::segment) fn time(bytes: &str, shown: &str) -> Option<String> {
    static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?ix)\A(?: [\s\d:.,/()+–-]
            | (?:jan|febr?|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\b
            | (?:january|february|march|april|august|september|october|november|december)\b
            | (?:mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?\b
            | (?:am|pm|a\.m|p\.m|noon|midnight|st|nd|rd|th|at|on|of|to|from|and|until)\b
            | [tz]
            | (?:utc|gmt|[cewmpnajk][sde]?t|[ab]st|ist|jst|cest|eest|west|aedt|aest|nzst|nzdt|msk)\b )+\z",
        )
        .ok()
    });
    let is_time = bytes.starts_with("<time");
    if !is_time && !bytes.starts_with("<var") && !is_code(bytes) {
        return None;
    }
    let text = if is_time && shown.is_empty() { datetime(bytes)? } else { shown.to_owned() };
    let may_be = text.len() <= 80 && text.contains(char::is_alphanumeric);
    (may_be && TIME.as_ref()?.is_match(&text)).then_some(text)
}

/// Whether the bytes are inline code, of which only a time that a word in front ties to its sentence is read:
/// ``ended at `13:36` UTC``.
pub(in crate::segment) fn is_code(bytes: &str) -> bool {
    bytes.starts_with('`') || ["<code", "<kbd", "<samp", "<tt"].iter().any(|name| bytes.starts_with(name))
}

/// What a `time` element says in its attribute.
fn datetime(bytes: &str) -> Option<String> {
    match markup::tokens(bytes).next()?.kind {
        HtmlTokenKind::Start { attributes, .. } => {
            attributes.into_iter().find(|(name, _)| name == "datetime").map(|(_, value)| value)
        }
        HtmlTokenKind::End { .. } | HtmlTokenKind::Text(_) => None,
    }
}
