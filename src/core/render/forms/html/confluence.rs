//! Reads the text in elements of Confluence's storage format, which browsers do not know.

use super::element::attribute;
use crate::document::markup::{HtmlToken, HtmlTokenKind};

/// The text of these pieces.
pub(super) fn text(pieces: &[HtmlToken]) -> String {
    let texts = pieces.iter().filter_map(|piece| match &piece.kind {
        HtmlTokenKind::Text(text) => Some(text.as_str()),
        HtmlTokenKind::Start { .. } | HtmlTokenKind::End { .. } => None,
    });
    texts.collect::<String>().trim().to_owned()
}

/// The sign that an emoticon stands for; its name where there is none.
pub(super) fn emoticon(attributes: &[(String, String)]) -> Option<HtmlToken> {
    let sign = attribute(attributes, "ac:emoji-fallback").or(attribute(attributes, "ac:emoji-shortname"));
    let name = attribute(attributes, "ac:name").map(|name| format!(":{name}:"));
    sign.map(str::to_owned).or(name).map(|sign| HtmlToken { range: 0..0, kind: HtmlTokenKind::Text(sign) })
}

/// What stands between an element's tags as it is, without the frame of its CDATA section, which HTML does not know.
pub(super) fn code(source: &str, pieces: &[HtmlToken], start: usize, end: usize) -> String {
    let (Some(first), Some(last)) = (pieces.get(start), pieces.get(end)) else { return String::new() };
    let stop = if matches!(last.kind, HtmlTokenKind::End { .. }) { last.range.start } else { last.range.end };
    let inside = source.get(first.range.end..stop).unwrap_or_default().trim_ascii();
    let inside = inside.strip_prefix("<![CDATA[").unwrap_or(inside);
    // A section that holds its own end is written as two.
    inside.strip_suffix("]]>").unwrap_or(inside).replace("]]]]><![CDATA[>", "]]>")
}
