//! Plain text as HTML and as Markdown: its lines are headings, items of lists, and paragraphs.

use std::fmt::Write as _;

use crate::document::escape::{self, Surroundings};
use crate::document::{Block, BlockKind, text};

/// One line and what it is.
struct Line<'a> {
    text: &'a str,
    kind: BlockKind,
    /// The number of a numbered item.
    number: Option<&'a str>,
}

fn lines(source: &str) -> impl Iterator<Item = Line<'_>> {
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
            change_list(&mut html, list, wanted, number);
            list = wanted;
        }
        let element = match kind {
            BlockKind::Heading => "h2",
            BlockKind::Item => "li",
            BlockKind::Paragraph | BlockKind::Cell | BlockKind::Attribute => "p",
        };
        let _ = writeln!(html, "<{element}>{}</{element}>", escape::html(text));
    }
    change_list(&mut html, list, None, None);
    html
}

fn change_list(html: &mut String, from: Option<&str>, to: Option<&str>, number: Option<&str>) {
    if let Some(list) = from {
        let _ = writeln!(html, "</{list}>");
    }
    let _ = match (to, number) {
        (Some(list), Some(number)) if number != "1" => writeln!(html, "<{list} start=\"{number}\">"),
        (Some(list), _) => writeln!(html, "<{list}>"),
        (None, _) => Ok(()),
    };
}

/// Markdown of these lines.
pub(super) fn markdown(source: &str) -> String {
    let mut markdown = String::with_capacity(source.len() * 5 / 4);
    let mut before = None;
    for Line { text, kind, number } in lines(source) {
        if before.is_some() {
            let is_tight = kind == BlockKind::Item && before == Some(BlockKind::Item);
            markdown.push_str(if is_tight { "\n" } else { "\n\n" });
        }
        before = Some(kind);
        let _ = match (kind, number) {
            (BlockKind::Heading, _) => write!(markdown, "## "),
            (BlockKind::Item, Some(number)) => write!(markdown, "{number}. "),
            (BlockKind::Item, None) => write!(markdown, "- "),
            _ => Ok(()),
        };
        markdown.push_str(&escape::markdown(text, Surroundings::of(kind)));
    }
    if !markdown.is_empty() {
        markdown.push('\n');
    }
    markdown
}
