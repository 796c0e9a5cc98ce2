//! Plain text as HTML and as Markdown: its lines are headings, items of lists, and paragraphs.

use crate::document::escape::{self, Surroundings};
use crate::document::{Block, BlockKind, text};

/// One line and what it is.
struct Line<'a> {
    text: &'a str,
    kind: BlockKind,
    /// The number of a numbered item.
    number: Option<&'a str>,
}

fn lines<'a>(source: &'a str) -> impl Iterator<Item = Line<'a>> {
    text::blocks(source).into_iter().map(move |Block { range, kind, .. }| {
        let before = source.get(..range.start).unwrap_or_default();
        let mark = before.rsplit(['\n', '\r']).next().unwrap_or_default().trim();
        let number = mark.strip_suffix(['.', ')']).filter(|number| !number.is_empty());
        Line { text: source.get(range).unwrap_or_default(), kind, number }
    })
}

/// HTML of these lines, still to be sanitised.
pub(super) fn html(source: &str) -> String {
    let mut html = String::with_capacity(source.len() * 5 / 4);
    let mut list = None;
    for Line { text, kind, number } in lines(source) {
        let wanted = (kind == BlockKind::Item).then_some(if number.is_some() { "ol" } else { "ul" });
        if list != wanted {
            list.iter().for_each(|list| html.push_str(&format!("</{list}>\n")));
            match (wanted, number) {
                (Some(list), Some(number)) if number != "1" => html.push_str(&format!("<{list} start=\"{number}\">\n")),
                (Some(list), _) => html.push_str(&format!("<{list}>\n")),
                (None, _) => {}
            }
            list = wanted;
        }
        let element = match kind {
            BlockKind::Heading => "h2",
            BlockKind::Item => "li",
            BlockKind::Paragraph | BlockKind::Cell | BlockKind::Attribute => "p",
        };
        html.push_str(&format!("<{element}>{}</{element}>\n", escape::html(text)));
    }
    list.iter().for_each(|list| html.push_str(&format!("</{list}>\n")));
    html
}

/// Markdown of these lines.
pub(super) fn markdown(source: &str) -> String {
    let mut markdown = String::with_capacity(source.len() * 5 / 4);
    let mut before = None;
    for Line { text, kind, number } in lines(source) {
        if before.is_some() {
            let tight = kind == BlockKind::Item && before == Some(BlockKind::Item);
            markdown.push_str(if tight { "\n" } else { "\n\n" });
        }
        before = Some(kind);
        match (kind, number) {
            (BlockKind::Heading, _) => markdown.push_str("## "),
            (BlockKind::Item, Some(number)) => markdown.push_str(&format!("{number}. ")),
            (BlockKind::Item, None) => markdown.push_str("- "),
            _ => {}
        }
        let surroundings = Surroundings {
            heading: kind == BlockKind::Heading,
            item: kind == BlockKind::Item,
            ..Surroundings::default()
        };
        markdown.push_str(&escape::markdown(text, surroundings));
    }
    if !markdown.is_empty() {
        markdown.push('\n');
    }
    markdown
}
