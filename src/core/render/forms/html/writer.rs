//! Writes HTML from anywhere anew as a well-formed sequence of known elements, which ammonia has still to judge. What
//! is safe is not decided here.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::{ATTRIBUTES, ELEMENTS, EVERYWHERE, adapted, address, element};
use crate::document::markup::{self, HtmlToken, HtmlTokenKind, Nesting, Opening};
use crate::document::{escape, limits};
use crate::render::forms::Official;

/// The same text as known elements only, properly nested and not too deep, with links on bare addresses.
pub(super) fn well_formed(source: &str, official: Official<'_>) -> String {
    let pieces: Vec<HtmlToken> = adapted::pieces(source);
    let ids = adapted::ids(&pieces);
    let closings = markup::closings(&pieces);
    let is_first_level = |piece: &HtmlToken| matches!(&piece.kind, HtmlTokenKind::Start { name, .. } if name == "h1");
    let mut writer = Writer {
        html: String::with_capacity(source.len() * 5 / 4),
        official,
        prefix: official.prefix(),
        ids,
        shift: pieces.iter().any(is_first_level),
        ..Writer::default()
    };
    let mut index = 0;
    while let Some(piece) = pieces.get(index) {
        match &piece.kind {
            HtmlTokenKind::Text(text) => writer.text(text),
            HtmlTokenKind::End { name } => writer.end(name),
            // Form controls are not shown; this one says what is done and what is not.
            HtmlTokenKind::Start { name, attributes } if name == "input" => {
                writer.text(check_box(attributes).unwrap_or_default());
            }
            HtmlTokenKind::Start { name, .. } if markup::is_opaque(name) && name != "pre" => {
                index = markup::opaque_end(&pieces, &closings, index, name).unwrap_or(index);
            }
            HtmlTokenKind::Start { name, attributes } => writer.start(name, attributes),
        }
        index += 1;
    }
    writer.finish()
}

#[derive(Default)]
struct Writer<'a> {
    html: String,
    official: Official<'a>,
    /// What stands before ids.
    prefix: String,
    /// The ids of the text, where links in it may point.
    ids: HashSet<String>,
    nesting: Nesting,
    /// Whether headings move down by one.
    shift: bool,
    /// Text that is not written yet, and whether addresses in it become links.
    pending: String,
    links: bool,
    /// Words between the cells of an open table.
    stray: String,
    /// Right behind `<pre>`.
    begins_preformatted: bool,
    /// Where the content of the last `time` element begins, and the date that it says it is.
    date: Option<(usize, String)>,
}

impl Writer<'_> {
    fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        let Some(name) = self.element(name) else { return };
        let Opening::Opened(closed) = self.nesting.start(name) else { return };
        self.write_text();
        self.close(&closed);
        self.html.push('<');
        self.html.push_str(name);
        self.attributes(name, attributes);
        self.html.push('>');
        self.begins_preformatted = name == "pre";
        if name == "time" {
            let value = element::attribute(attributes, "datetime").filter(|value| is_date(value));
            self.date = value.map(|value| (self.html.len(), value.to_owned()));
        }
        if markup::is_void(name) {
            self.nesting.end(name);
        }
    }

    /// The attributes that may stand, in order of their names.
    fn attributes(&mut self, name: &str, attributes: &[(String, String)]) {
        let allowed = ATTRIBUTES.iter().find(|(element, _)| *element == name).map_or(&[][..], |(_, names)| names);
        let is_excluded = markup::is_excluded(attributes);
        if allowed.contains(&"align")
            && let Some(side) = alignment(attributes)
        {
            let _ = write!(self.html, " align=\"{side}\"");
        }
        for (attribute, value) in attributes {
            let is_allowed = allowed.contains(&attribute.as_str()) || EVERYWHERE.contains(&attribute.as_str());
            let value = match attribute.as_str() {
                "align" => None,
                "lang" if !is_excluded && self.official.is_language(value) => None,
                "id" => adapted::is_id(value).then(|| self.prefixed(value).into()),
                "href" if value.strip_prefix('#').is_some_and(|id| self.ids.contains(id)) => {
                    value.strip_prefix('#').map(|id| format!("#{}", self.prefixed(id)).into())
                }
                "href" | "src" => Some(self.official.resolve(value)),
                _ => Some(value.as_str().into()),
            };
            if let Some(value) = value.filter(|_| is_allowed) {
                let _ = write!(self.html, " {attribute}=\"{}\"", escape::attribute(&value));
            }
        }
    }

    /// An id as the page has it, which it may be already.
    fn prefixed(&self, id: &str) -> String {
        if id.starts_with(&self.prefix) { id.to_owned() } else { format!("{}{id}", self.prefix) }
    }

    fn end(&mut self, name: &str) {
        if let Some(name) = self.element(name) {
            let closed = self.nesting.end(name);
            self.close(&closed);
        }
    }

    fn close(&mut self, closed: &[String]) {
        if !closed.is_empty() {
            self.write_text();
        }
        for (index, name) in closed.iter().enumerate() {
            // An element without words is shown as its date.
            if name == "time"
                && let Some((_, date)) = self.date.take_if(|(at, _)| *at == self.html.len())
            {
                self.html.push_str(&escape::html(&date));
            }
            let _ = write!(self.html, "</{name}>");
            if name == "table" && !self.stray.is_empty() {
                let outside = closed.get(index + 1..).unwrap_or_default();
                self.links = self.takes_links(outside);
                self.pending = std::mem::take(&mut self.stray);
                if !outside.is_empty() {
                    self.write_text();
                }
            }
        }
    }

    /// Collects text, which goes on behind tags that are left out. Words between cells go behind their table, where
    /// browsers put them before it.
    fn text(&mut self, text: &str) {
        let is_between_cells = matches!(self.nesting.innermost(), Some("table" | "tbody" | "thead" | "tfoot" | "tr"));
        if is_between_cells && !text.trim_ascii().is_empty() {
            self.stray.push_str(text);
            return;
        }
        if self.pending.is_empty() {
            self.links = self.takes_links(&[]);
        }
        self.pending.push_str(text);
    }

    /// Whether addresses become links in the open elements and these, which are just being closed.
    fn takes_links(&self, closing: &[String]) -> bool {
        let mut elements = self.nesting.inside_out().chain(closing.iter().map(String::as_str));
        let is_kept = elements.any(|name| matches!(name, "a" | "code" | "kbd" | "pre" | "samp" | "var"));
        !is_kept && self.nesting.inside_out().count() + closing.len() < limits::NESTING
    }

    fn write_text(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        // Browsers drop a line end behind `<pre>`, this writer all of them.
        let begins_preformatted = std::mem::take(&mut self.begins_preformatted);
        let mut rest = if begins_preformatted { pending.trim_start_matches('\n') } else { &pending };
        while let Some((before, address, after)) = address::next(rest).filter(|_| self.links) {
            self.html.push_str(&escape::html(before));
            let link = format!("<a href=\"{}\">{}</a>", escape::attribute(address), escape::html(address));
            self.html.push_str(&link);
            rest = after;
        }
        self.html.push_str(&escape::html(rest));
    }

    fn finish(mut self) -> String {
        let closed = self.nesting.finish();
        self.close(&closed);
        self.write_text();
        self.html
    }

    /// The name under which an element is shown; `None` where its tags go and its words stay.
    fn element(&self, name: &str) -> Option<&'static str> {
        let name = match name {
            "h1" => "h2",
            "h2" if self.shift => "h3",
            "h3" if self.shift => "h4",
            "h4" if self.shift => "h5",
            "h5" if self.shift => "h6",
            "strike" => "s",
            "tt" => "code",
            "acronym" => "abbr",
            "menu" | "dir" => "ul",
            name if markup::is_block(name) && !ELEMENTS.contains(&name) => match name {
                "html" | "head" | "body" | "colgroup" => return None,
                _ => "div",
            },
            name => name,
        };
        ELEMENTS.into_iter().find(|element| *element == name)
    }
}

/// A table cell's alignment, also where a style says it, as it does in HTML made from Markdown.
fn alignment(attributes: &[(String, String)]) -> Option<&'static str> {
    let value = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let style = value("style").and_then(|style| {
        let mut declarations = style.rsplit(';').filter_map(|declaration| declaration.split_once(':'));
        declarations.find(|(property, _)| property.trim().eq_ignore_ascii_case("text-align")).map(|(_, side)| side)
    });
    let side = style.or_else(|| value("align"))?.trim();
    ["left", "center", "right"].into_iter().find(|known| known.eq_ignore_ascii_case(side))
}

/// Whether a value is a date or time as HTML writes it (HTML 4.5.14), as far as it matters for showing it.
fn is_date(value: &str) -> bool {
    value.starts_with(|first: char| first.is_ascii_digit())
        && value.len() <= 40
        && value.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | ':' | '.' | '+' | ' '))
}

/// A check box as a character.
fn check_box(attributes: &[(String, String)]) -> Option<&'static str> {
    let is = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted);
    is("type").filter(|(_, value)| value.eq_ignore_ascii_case("checkbox"))?;
    Some(if is("checked").is_some() { "☑" } else { "☐" })
}
