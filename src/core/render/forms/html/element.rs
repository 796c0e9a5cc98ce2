//! Elements as pieces: reading an attribute and writing a start tag, for every module that adapts other programs' HTML.

use crate::document::markup::HtmlTokenKind;

/// A start tag.
pub(super) fn start(name: &str, attributes: &[(&str, &str)]) -> HtmlTokenKind {
    let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    HtmlTokenKind::Start { name: name.to_owned(), attributes }
}

/// The value of an attribute, where the element has it.
pub(super) fn attribute<'a>(attributes: &'a [(String, String)], wanted: &str) -> Option<&'a str> {
    attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
}
