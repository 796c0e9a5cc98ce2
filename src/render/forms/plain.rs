//! HTML as plain text: sanitised HTML comes in, lines without markup go out: headings and paragraphs apart, items
//! behind `- ` or their number, cells between bars, links as `words (address)`.

use crate::document::markup::{self, PieceKind};

/// The text that readers see, with the addresses of its links.
pub(super) fn text(html: &str) -> String {
    let mut writer = Writer::default();
    for piece in markup::pieces(html) {
        match piece.kind {
            PieceKind::Start { name, attributes } => writer.start(&name, &attributes),
            PieceKind::End { name } => writer.end(&name),
            PieceKind::Text(text) => writer.text(&text),
        }
    }
    let mut text = writer.written;
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

#[derive(Default)]
struct Writer {
    written: String,
    /// Line ends due before the next word.
    due: usize,
    /// The list or cell mark that stands before the next word.
    mark: String,
    /// Open lists: `None` for bullets, the next number for numbered ones.
    lists: Vec<Option<u64>>,
    /// Open links: where their words begin, and their address.
    links: Vec<(usize, String)>,
    preformatted: usize,
}

impl Writer {
    fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        let attribute =
            |name: &str| attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
        match name {
            "br" => self.due = self.due.max(1),
            "hr" => self.due = self.due.max(2),
            "thead" | "tbody" | "tfoot" => {}
            "img" => self.text(attribute("alt").unwrap_or_default()),
            "ul" => self.list(None),
            "ol" => self.list(Some(attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1))),
            "li" => self.item(),
            "tr" => {
                self.due = self.due.max(1);
                self.mark.clear();
            }
            "td" | "th" => {
                let is_first = self.due > 0 || self.written.is_empty();
                if !is_first {
                    " | ".clone_into(&mut self.mark);
                }
            }
            "a" => self.links.push((self.written.len(), attribute("href").unwrap_or_default().to_owned())),
            name if markup::is_block(name) => {
                // A paragraph that opens an item stays on the item's line.
                if self.mark.is_empty() {
                    self.due = self.due.max(self.apart());
                }
                self.preformatted += usize::from(name == "pre");
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "ul" | "ol" => {
                self.lists.pop();
                self.due = self.due.max(self.apart());
            }
            "li" | "tr" => {
                self.due = self.due.max(1);
                self.mark.clear();
            }
            "td" | "th" | "thead" | "tbody" | "tfoot" => {}
            "a" => self.link(),
            name if markup::is_block(name) => {
                self.due = self.due.max(self.apart());
                if name == "pre" {
                    self.preformatted = self.preformatted.saturating_sub(1);
                }
            }
            _ => {}
        }
    }

    /// Line ends between paragraphs: items are not set apart.
    fn apart(&self) -> usize {
        if self.lists.is_empty() { 2 } else { 1 }
    }

    fn list(&mut self, first: Option<u64>) {
        self.due = self.due.max(self.apart());
        self.lists.push(first);
    }

    fn item(&mut self) {
        self.due = self.due.max(1);
        let indent = "  ".repeat(self.lists.len().saturating_sub(1));
        self.mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                let mark = format!("{indent}{number}. ");
                *number = number.saturating_add(1);
                mark
            }
            _ => format!("{indent}- "),
        };
    }

    /// The address behind a link's words, unless the words are the address.
    fn link(&mut self) {
        let Some((start, address)) = self.links.pop() else { return };
        let words = self.written.get(start..).unwrap_or_default().trim();
        let shown = address.strip_prefix("mailto:").unwrap_or(&address);
        let is_shown = words == shown || words.trim_end_matches('/') == shown.trim_end_matches('/');
        if !shown.is_empty() && !is_shown {
            let space = if words.is_empty() || self.written.ends_with(' ') { "" } else { " " };
            let link = format!("{space}({shown})");
            if words.is_empty() {
                self.text(&link);
            } else {
                self.written.push_str(&link);
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.preformatted > 0 {
            self.begin();
            self.written.push_str(text);
            return;
        }
        for character in text.chars() {
            if !character.is_ascii_whitespace() {
                self.begin();
                self.written.push(character);
            } else if self.due == 0
                && self.mark.is_empty()
                && !self.written.is_empty()
                && !self.written.ends_with([' ', '\n'])
            {
                self.written.push(' ');
            }
        }
    }

    /// Writes what is due before a word.
    fn begin(&mut self) {
        if self.due > 0 {
            let end = self.written.trim_end().len();
            self.written.truncate(end);
            if !self.written.is_empty() {
                self.written.push_str(if self.due > 1 { "\n\n" } else { "\n" });
            }
            self.due = 0;
        }
        if !self.mark.is_empty() {
            if self.mark.starts_with(' ') && self.mark.contains('|') {
                let end = self.written.trim_end().len();
                self.written.truncate(end);
            }
            self.written.push_str(&self.mark);
            self.mark.clear();
        }
    }
}
