//! Prepares sanitised HTML for Markdown: gives every table one row of headers, every row all of its cells and every
//! cell one line, marks code as such, and puts words in the place of images that have no address.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::document::escape;
use crate::document::markup::{self, HtmlToken, HtmlTokenKind};

/// A line's end in a table's cell.
pub(super) const LINE: &str = "polypost-line";
/// What keeps two lists apart.
pub(super) const APART: &str = "polypost-apart";
/// A place that links point to.
pub(super) const ANCHOR: &str = "polypost-anchor";

/// More columns or rows than a cell may span (HTML 4.9.11 has 1,000 and 65,534).
const WIDEST: usize = 50;

pub(super) fn html(source: &str) -> String {
    let pieces: Vec<HtmlToken> = markup::tokens(source).collect();
    let mut writer = Writer { html: String::with_capacity(source.len() * 5 / 4), ..Writer::default() };
    for (index, piece) in pieces.iter().enumerate() {
        match &piece.kind {
            HtmlTokenKind::Text(text) => writer.text(text),
            HtmlTokenKind::Start { name, attributes } => {
                let is_code = matches!(&pieces.get(index + 1).map(|piece| &piece.kind),
                    Some(HtmlTokenKind::Start { name, .. }) if name == "code");
                writer.start(name, attributes, is_code);
            }
            HtmlTokenKind::End { name } => writer.end(name),
        }
    }
    writer.html
}

#[derive(Default)]
struct Writer {
    html: String,
    tables: Vec<Table>,
    /// For each open `pre`: whether it was given a `code`.
    preformatted: Vec<bool>,
    /// Within a caption that is written as a paragraph.
    has_caption: bool,
    /// The open lists: whether they are numbered.
    lists: Vec<bool>,
}

#[expect(clippy::struct_excessive_bools, reason = "each says another thing of the row or the cell that is open")]
#[derive(Default)]
struct Table {
    has_header: bool,
    /// Whether the row is the header.
    in_header: bool,
    in_cell: bool,
    /// Something stands in the cell, and a line's end is due before what comes next.
    has_words: bool,
    line_due: bool,
    column: usize,
    /// Columns that cells of rows above cover, with the rows that they still cover.
    covered: BTreeMap<usize, usize>,
    /// Columns that the open cell covers beside its own.
    wide: usize,
}

impl Writer {
    fn in_cell(&mut self) -> Option<&mut Table> {
        // A table in a cell is text in that cell.
        self.tables.first_mut().filter(|table| table.in_cell)
    }

    fn text(&mut self, text: &str) {
        if let Some(table) = self.in_cell() {
            let is_blank = text.trim_ascii().is_empty();
            if is_blank && (table.line_due || !table.has_words) {
                return;
            }
            let is_due = std::mem::take(&mut table.line_due) && table.has_words;
            table.has_words = true;
            let is_preformatted = !self.preformatted.is_empty();
            if is_due {
                let _ = write!(self.html, "<{LINE}></{LINE}>");
            }
            let text = if is_preformatted { text.trim_matches('\n').replace('\n', " ") } else { text.to_owned() };
            self.html.push_str(&escape::html(&text));
        } else {
            self.html.push_str(&escape::html(text));
        }
    }

    /// Starts a line of its own in a cell.
    fn line(&mut self) {
        if let Some(table) = self.in_cell() {
            table.line_due = true;
        }
    }

    fn start(&mut self, name: &str, attributes: &[(String, String)], before_code: bool) {
        let attribute =
            |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        let in_cell = self.in_cell().is_some();
        match name {
            "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" | "caption" if self.tables.len() > 1 => self.line(),
            "table" => {
                self.tables.push(Table::default());
                if in_cell {
                    self.line();
                } else {
                    self.html.push_str("<table>");
                }
            }
            "caption" if self.html.ends_with("<table>") => self.caption(),
            "thead" | "tbody" | "tfoot" => {}
            "tr" => self.row(),
            "td" | "th" => self.cell(attribute("colspan"), attribute("rowspan")),
            "p" | "div" | "blockquote" | "ul" | "ol" | "section" | "figure" | "figcaption" | "dl" | "dt" | "dd"
            | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" | "details" | "summary"
                if in_cell =>
            {
                self.line();
            }
            "li" if in_cell => {
                self.line();
                self.text("• ");
                if let Some(table) = self.in_cell() {
                    table.has_words = false;
                }
            }
            "br" if in_cell => self.line(),
            "pre" => {
                self.preformatted.push(!before_code);
                self.line();
                self.html.push_str(if in_cell { "" } else { "<pre>" });
                self.html.push_str(if before_code { "" } else { "<code>" });
            }
            "img" if attribute("src").is_none() => self.text(attribute("alt").unwrap_or_default()),
            "ul" | "ol" => {
                self.lists.push(name == "ol");
                self.tag(name, attributes);
            }
            "li" if attribute("value").is_some() && self.lists.last() == Some(&true) => {
                let number = attribute("value").unwrap_or_default();
                let _ = write!(self.html, "</ol><{APART}></{APART}><ol start=\"{}\"><li>", escape::attribute(number));
            }
            _ => {
                if in_cell && let Some(table) = self.in_cell() {
                    let is_due = std::mem::take(&mut table.line_due) && table.has_words;
                    if is_due {
                        let _ = write!(self.html, "<{LINE}></{LINE}>");
                    }
                }
                self.tag(name, attributes);
            }
        }
        if let Some(id) = attribute("id") {
            let _ = write!(self.html, "<{ANCHOR} name=\"{}\"></{ANCHOR}>", escape::attribute(id));
        }
    }

    fn tag(&mut self, name: &str, attributes: &[(String, String)]) {
        let _ = write!(self.html, "<{name}");
        for (attribute, value) in attributes.iter().filter(|(attribute, _)| attribute != "id") {
            let _ = write!(self.html, " {attribute}=\"{}\"", escape::attribute(value));
        }
        self.html.push('>');
    }

    /// Begins a caption as a paragraph above the table that has just begun, and apart from it.
    fn caption(&mut self) {
        self.html.truncate(self.html.len() - "<table>".len());
        self.has_caption = true;
        self.html.push_str("<p>");
    }

    fn row(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        table.in_header = !table.has_header;
        table.has_header = true;
        table.column = 0;
        self.html.push_str("<tr>");
    }

    fn cell(&mut self, columns: Option<&str>, rows: Option<&str>) {
        self.fill();
        let Some(table) = self.tables.last_mut() else { return };
        let span = |value: Option<&str>| value.and_then(|value| value.parse().ok()).unwrap_or(1).clamp(1, WIDEST);
        let (columns, rows) = (span(columns), span(rows));
        if rows > 1 {
            for column in table.column..table.column + columns {
                table.covered.insert(column, rows);
            }
        }
        table.wide = columns - 1;
        table.column += columns;
        table.in_cell = true;
        table.has_words = false;
        table.line_due = false;
        self.html.push_str(if table.in_header { "<th>" } else { "<td>" });
    }

    /// Writes empty cells where cells of rows above stand.
    fn fill(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        while let Some(rows) = table.covered.get_mut(&table.column) {
            *rows -= 1;
            if *rows == 0 {
                table.covered.remove(&table.column);
                break;
            }
            self.html.push_str(if table.in_header { "<th></th>" } else { "<td></td>" });
            table.column += 1;
        }
    }

    fn end(&mut self, name: &str) {
        let in_cell = self.in_cell().is_some();
        let is_inner = self.tables.len() > 1;
        match name {
            "table" => {
                self.tables.pop();
                if is_inner { self.line() } else { self.html.push_str("</table>") }
            }
            "thead" | "tbody" | "tfoot" => {}
            "td" | "th" | "tr" | "caption" if is_inner => self.line(),
            "caption" if std::mem::take(&mut self.has_caption) => self.html.push_str("</p><table>"),
            "tr" => {
                self.fill();
                self.html.push_str("</tr>");
            }
            "td" | "th" => {
                let Some(table) = self.tables.last_mut() else { return };
                table.in_cell = false;
                let tag = if table.in_header { "th" } else { "td" };
                let _ = write!(self.html, "</{tag}>");
                for _ in 0..std::mem::take(&mut table.wide) {
                    let _ = write!(self.html, "<{tag}></{tag}>");
                }
            }
            "pre" => {
                let is_ours = self.preformatted.pop().unwrap_or_default();
                self.html.push_str(if is_ours { "</code>" } else { "" });
                self.html.push_str(if in_cell { "" } else { "</pre>" });
                self.line();
            }
            "ul" | "ol" if !in_cell => {
                self.lists.pop();
                let _ = write!(self.html, "</{name}>");
            }
            "p" | "div" | "blockquote" | "ul" | "ol" | "li" | "section" | "figure" | "figcaption" | "dl" | "dt"
            | "dd" | "h2" | "h3" | "h4" | "h5" | "h6" | "details" | "summary"
                if in_cell =>
            {
                self.line();
            }
            _ => {
                let _ = write!(self.html, "</{name}>");
            }
        }
    }
}
