//! Plain text as HTML and as Markdown: its lines are headings, items of lists, and lines of paragraphs, as its layout
//! tells.

use std::fmt::Write as _;
use std::ops::Range;

use crate::document::escape::{self, DELIMITERS, Surroundings};
use crate::document::{BlockKind, Layout};

/// One line and what it is.
struct Line {
    text: String,
    kind: BlockKind,
    /// The number of a numbered item.
    number: Option<String>,
    /// It is another line of the paragraph before.
    goes_on: bool,
}

/// The lines that are not blank. A block that an editor wrapped is one; what lies in no block is a line as it stands.
fn lines(layout: &Layout) -> Vec<Line> {
    let text = layout.text.as_str();
    let mut lines: Vec<Line> = Vec::new();
    let mut blocks = layout.blocks.iter().peekable();
    let mut ends = layout.line_ends.iter().peekable();
    let mut goes_on = false;
    let mut done = 0;
    for range in raw_lines(text) {
        let bytes = text.get(range.clone()).unwrap_or_default();
        if !bytes.trim().is_empty() && range.end > done {
            while blocks.next_if(|(block, _)| block.end <= range.start).is_some() {}
            let line = match blocks.peek().filter(|(block, _)| block.start < range.end) {
                Some((block, kind)) => {
                    done = block.end.max(range.end);
                    known(text, range.start, block.start..done, *kind)
                }
                None => {
                    Line { text: bytes.trim().to_owned(), kind: BlockKind::Paragraph, number: None, goes_on: false }
                }
            };
            lines.push(Line { goes_on: goes_on && line.kind == BlockKind::Paragraph, ..line });
            goes_on = false;
        }
        while ends.next_if(|end| **end <= range.end).is_some() {
            goes_on = true;
        }
    }
    lines
}

/// The line that a block is. Code may stand on it before the block, and behind it.
fn known(text: &str, start: usize, range: Range<usize>, kind: BlockKind) -> Line {
    let mark = text.get(start..range.start).unwrap_or_default().trim();
    let number = mark.strip_suffix(['.', ')']).filter(|number| !number.is_empty()).map(str::to_owned);
    let is_item = kind == BlockKind::Item;
    let range = if is_item { range } else { start..range.end };
    let text = one_line(text.get(range).unwrap_or_default());
    Line { text, kind, number: number.filter(|_| is_item), goes_on: false }
}

fn one_line(text: &str) -> String {
    text.trim().lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

/// The lines without their ends, which are LF, CR LF or a lone CR.
fn raw_lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split(['\n', '\r']).map(move |line| {
        let range = start..start + line.len();
        start = range.end + 1;
        range
    })
}

/// HTML of these lines, still to be sanitised.
pub(super) fn html(layout: &Layout) -> String {
    let mut html = String::with_capacity(layout.text.len() * 5 / 4);
    let mut list = None;
    for Line { text, kind, number, goes_on } in lines(layout) {
        let wanted = (kind == BlockKind::Item).then_some(if number.is_some() { "ol" } else { "ul" });
        if list != wanted {
            change_list(&mut html, list, wanted, number.as_deref());
            list = wanted;
        }
        let element = match kind {
            BlockKind::Heading => "h2",
            BlockKind::Item => "li",
            BlockKind::Paragraph | BlockKind::Cell | BlockKind::Attribute => "p",
        };
        let text = escape::html(&text);
        if goes_on && html.ends_with("</p>\n") {
            html.truncate(html.len() - "</p>\n".len());
            let _ = writeln!(html, "<br>\n{text}</p>");
        } else {
            let _ = writeln!(html, "<{element}>{text}</{element}>");
        }
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
pub(super) fn markdown(layout: &Layout) -> String {
    let mut markdown = String::with_capacity(layout.text.len() * 5 / 4);
    let mut before = None;
    let lines = lines(layout);
    let counts = DELIMITERS.map(|mark| (mark, lines.iter().filter(|line| line.text.contains(mark)).count()));
    let with_mark = |mark: char| counts.iter().find(|(other, _)| *other == mark).map_or(0, |(_, count)| *count);
    for (index, Line { text, kind, number, goes_on }) in lines.iter().enumerate() {
        let is_line = *goes_on && before == Some(BlockKind::Paragraph);
        if before.is_some() {
            let is_tight = *kind == BlockKind::Item && before == Some(BlockKind::Item);
            markdown.push_str(if is_tight || is_line { "\n" } else { "\n\n" });
        }
        before = Some(*kind);
        let _ = match (kind, number) {
            (BlockKind::Heading, _) => write!(markdown, "## "),
            (BlockKind::Item, Some(number)) => write!(markdown, "{number}. "),
            (BlockKind::Item, None) => write!(markdown, "- "),
            _ => Ok(()),
        };
        let shares = is_line || lines.get(index + 1).is_some_and(|next| next.goes_on);
        let beside = DELIMITERS.map(|mark| shares && with_mark(mark) > usize::from(text.contains(mark)));
        markdown.push_str(&escape::markdown(text, Surroundings { beside, ..Surroundings::of(*kind) }));
    }
    if !markdown.is_empty() {
        markdown.push('\n');
    }
    markdown
}
