//! Sanitised HTML as GitHub's Markdown. What Markdown has no notation for stays as the HTML that Markdown allows; what
//! its tables cannot hold is put on one line first.

use std::sync::LazyLock;

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BulletListMarker, LinkStyle, Options};
use htmd::{Element, HtmlToMarkdown};

use super::prepared;

/// Markdown of sanitised HTML; `None` where it cannot be written.
pub(super) fn markdown(html: &str) -> Option<String> {
    static CONVERTER: LazyLock<HtmlToMarkdown> = LazyLock::new(|| {
        let options = Options {
            link_style: LinkStyle::InlinedPreferAutolinks,
            bullet_list_marker: BulletListMarker::Dash,
            ul_bullet_spacing: 1,
            ol_number_spacing: 1,
            ..Options::default()
        };
        HtmlToMarkdown::builder()
            .options(options)
            .add_handler(vec!["del", "s"], |handlers: &dyn Handlers, element: Element<'_>| {
                Some(around(handlers, &element, "~~", "~~"))
            })
            .add_handler(
                vec!["sup", "sub", "ins", "u", "kbd", "mark"],
                |handlers: &dyn Handlers, element: Element<'_>| {
                    let (open, close) = (format!("<{}>", element.tag), format!("</{}>", element.tag));
                    Some(around(handlers, &element, &open, &close))
                },
            )
            .add_handler(vec!["q"], |handlers: &dyn Handlers, element: Element<'_>| {
                Some(around(handlers, &element, "“", "”"))
            })
            .add_handler(vec!["details"], |handlers: &dyn Handlers, element: Element<'_>| {
                let inside = handlers.walk_children(element.node).content;
                Some(block(&format!("<details>\n\n{}\n\n</details>", inside.trim_matches('\n'))))
            })
            .add_handler(vec!["summary"], |handlers: &dyn Handlers, element: Element<'_>| {
                let inside = handlers.walk_children(element.node).content;
                Some(block(&format!("<summary>{}</summary>", inside.trim())))
            })
            .add_handler(vec![prepared::LINE], |_: &dyn Handlers, _: Element<'_>| Some("<br>".into()))
            .add_handler(vec![prepared::APART], |_: &dyn Handlers, _: Element<'_>| Some(block("<!-- -->")))
            .add_handler(vec![prepared::ANCHOR], |_: &dyn Handlers, element: Element<'_>| {
                let id = element.attrs.iter().find(|attribute| &attribute.name.local == "name")?;
                Some(format!("<a id=\"{}\"></a>", crate::document::escape::attribute(&id.value)).into())
            })
            .build()
    });
    // Writing into memory does not fail.
    CONVERTER.convert(&prepared::html(html)).ok()
}

fn block(text: &str) -> HandlerResult {
    format!("\n\n{text}\n\n").into()
}

/// The words between marks, the space at their ends outside.
fn around(handlers: &dyn Handlers, element: &Element<'_>, open: &str, close: &str) -> HandlerResult {
    let content = handlers.walk_children(element.node).content;
    let words = content.trim();
    if words.is_empty() || words.contains("\n\n") {
        return content.into();
    }
    let before = content.get(..content.len() - content.trim_start().len()).unwrap_or_default();
    let after = content.get(content.trim_end().len()..).unwrap_or_default();
    format!("{before}{open}{words}{close}{after}").into()
}
