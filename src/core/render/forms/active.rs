//! What could lead somewhere or run, whoever shows a Markdown text: its links, and the elements of its raw HTML.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Parser, Tag};

use crate::document::markdown;
use crate::document::markup::{self, HtmlTokenKind};

/// Attributes that name an address.
const ADDRESSES: [&str; 6] = ["href", "src", "action", "formaction", "data", "srcset"];

/// The addresses of a Markdown text's links and pictures, the names of elements that it writes as HTML, and their
/// attributes that name an address or a script. Links within the text are left out.
#[must_use]
pub fn active(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for event in Parser::new_ext(text, markdown::OPTIONS) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) if !dest_url.starts_with('#') => {
                found.insert(dest_url.into_string());
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                for piece in markup::tokens(&html) {
                    let HtmlTokenKind::Start { name, attributes } = piece.kind else { continue };
                    found.insert(format!("<{name}>"));
                    let is_active = |name: &str| name.starts_with("on") || ADDRESSES.contains(&name);
                    found.extend(attributes.into_iter().filter(|(name, _)| is_active(name)).map(|(_, value)| value));
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_pictures_and_elements_are_active() {
        let text = "[a](https://a.example/x) <https://b.example> ![c](c.png) [d](#d) `<code>`\n\n<sup>1</sup>\n\n\
                    <script>alert(1)</script> <b onclick=\"run()\" class=\"x\">b</b> [e](javascript:alert(1))";
        let expected = ["<b>", "<script>", "<sup>", "c.png", "https://a.example/x", "https://b.example", "run()"];
        let found = active(text);
        for one in expected {
            assert!(found.contains(one), "{one}: {found:?}");
        }
        assert!(!found.iter().any(|one| one == "#d" || one == "<code>" || one == "x"), "{found:?}");
        assert!(active("[e](javascript:alert(1))").contains("javascript:alert(1)"));
    }
}
