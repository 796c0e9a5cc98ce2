//! Sanitised HTML as lines without markup: headings and paragraphs apart, items behind `- ` or their number, cells
//! between bars, links as `words (address)`.

use crate::document::markup::{self, HtmlTokenKind};

/// The text that readers see, with the addresses of its links.
pub(super) fn text(html: &str) -> String {
    let mut writer = Writer::default();
    for piece in markup::tokens(html) {
        match piece.kind {
            HtmlTokenKind::Start { name, attributes } => writer.start(&name, &attributes),
            HtmlTokenKind::End { name } => writer.end(&name),
            HtmlTokenKind::Text(text) => writer.text(&text),
        }
    }
    let mut text = writer.written;
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Elements that stand on lines of their own in a table's cell.
fn is_line(name: &str) -> bool {
    name == "br"
        || name == "li"
        || (markup::is_block(name) && !matches!(name, "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" | "table"))
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
    /// Open cells.
    cells: usize,
    /// Right behind `<sup>`: its figure must not grow together with what stands before it.
    begins_raised: bool,
}

impl Writer {
    fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        let attribute =
            |name: &str| attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
        if self.cells > 0 && is_line(name) {
            return self.break_cell(name);
        }
        match name {
            "br" => self.due = self.due.max(1),
            "hr" => self.due = self.due.max(2),
            "thead" | "tbody" | "tfoot" => {}
            "img" => self.text(attribute("alt").unwrap_or_default()),
            "ul" => self.list(None),
            "ol" => self.list(Some(attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1))),
            "li" => self.item(attribute("value").and_then(|value| value.parse().ok())),
            "del" | "s" => self.text("~~"),
            "q" => self.text("“"),
            "sup" => self.begins_raised = true,
            "tr" => {
                self.due = self.due.max(1);
                self.mark.clear();
            }
            "td" | "th" => {
                self.cells += 1;
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
        if self.cells > 0 && is_line(name) {
            return self.break_cell(name);
        }
        match name {
            "td" | "th" => self.cells = self.cells.saturating_sub(1),
            "ul" | "ol" => {
                self.lists.pop();
                self.due = self.due.max(self.apart());
            }
            "li" | "tr" => {
                self.due = self.due.max(1);
                self.mark.clear();
            }
            "thead" | "tbody" | "tfoot" => {}
            "a" => self.link(),
            "del" | "s" => self.text("~~"),
            "q" => self.text("”"),
            "sup" => self.begins_raised = false,
            name if markup::is_block(name) => {
                self.due = self.due.max(self.apart());
                if name == "pre" {
                    self.preformatted = self.preformatted.saturating_sub(1);
                }
            }
            _ => {}
        }
    }

    /// A row is one line: what would be a line of its own in one of its cells is set off.
    fn break_cell(&mut self, name: &str) {
        if self.mark.is_empty() && self.due == 0 && !self.written.ends_with(' ') {
            // The lines of a cell are values by themselves where they have labels.
            let cell = self.written.rsplit(" | ").next().unwrap_or_default();
            let has_label = cell.rsplit('\n').next().is_some_and(|line| line.contains(": "));
            let is_open = self.written.ends_with(char::is_alphanumeric) && (name != "br" || has_label);
            (if is_open { "; " } else { " " }).clone_into(&mut self.mark);
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

    fn item(&mut self, number: Option<u64>) {
        self.due = self.due.max(1);
        if let (Some(number), Some(Some(next))) = (number, self.lists.last_mut()) {
            *next = number;
        }
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
        // The subject and body of a mail to be are for programs; a place in this text has no address.
        let shown = match address.strip_prefix("mailto:") {
            Some(mailbox) => mailbox.split('?').next().unwrap_or_default(),
            None if address.starts_with('#') => "",
            None => &address,
        };
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
        if self.begins_raised && !text.trim_ascii().is_empty() {
            self.begins_raised = false;
            if text.starts_with(|first: char| first.is_ascii_digit()) && self.written.ends_with(char::is_alphanumeric) {
                self.written.push('^');
            } else if text.starts_with('[') && self.written.ends_with(|last: char| !last.is_whitespace()) {
                self.written.push(' ');
            }
        }
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
