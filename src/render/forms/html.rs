//! Sanitising: HTML from anywhere comes in, HTML that is safe to place in a page goes out.
//!
//! Two passes that do not rely on each other. The first writes the text anew as a well-formed sequence of known
//! elements, so that the second, ammonia's tree builder, meets nothing that browsers read in two ways (drawings,
//! `select`, misnested tables: the stuff of mutation XSS) and nothing on which it is quadratic (depth, thousands of
//! attributes, content moved out of tables). Ammonia alone decides what is safe.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use crate::document::markup::{self, Nesting, Opening, Piece, PieceKind};
use crate::document::{escape, limits};

/// The elements that readers may get.
const ELEMENTS: [&str; 56] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
];

/// The attributes that readers may get, beside `lang`, `dir`, `title` and `translate` on every element.
const ATTRIBUTES: [(&str, &[&str]); 9] = [
    ("a", &["href"]),
    ("img", &["src", "alt", "width", "height"]),
    ("ol", &["start", "reversed"]),
    ("li", &["value"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("time", &["datetime"]),
    ("del", &["datetime"]),
    ("ins", &["datetime"]),
];

const EVERYWHERE: [&str; 4] = ["dir", "lang", "title", "translate"];

/// HTML that is safe to place in a page. Sanitising it again changes nothing.
pub(super) fn sanitise(source: &str) -> String {
    static BUILDER: LazyLock<Builder<'static>> = LazyLock::new(|| {
        let attributes: HashMap<&str, HashSet<&str>> =
            ATTRIBUTES.iter().map(|(element, names)| (*element, names.iter().copied().collect())).collect();
        let mut builder = Builder::default();
        builder
            .tags(ELEMENTS.into())
            .tag_attributes(attributes)
            .generic_attributes(EVERYWHERE.into())
            .url_schemes(["http", "https", "mailto"].into())
            .url_relative(UrlRelative::Deny)
            .link_rel(Some("nofollow noopener noreferrer"));
        builder
    });
    // Tree builders drop NUL, and one byte order mark at the beginning; here all of them go.
    let html = well_formed(&source.replace('\0', ""));
    BUILDER.clean(html.trim_start_matches('\u{feff}')).to_string()
}

/// The same text as known elements only, properly nested and not too deep, with links on bare addresses.
fn well_formed(source: &str) -> String {
    let pieces: Vec<Piece> = markup::pieces(source).collect();
    let closings = markup::closings(&pieces);
    let is_first_level = |piece: &Piece| matches!(&piece.kind, PieceKind::Start { name, .. } if name == "h1");
    let mut writer = Writer {
        html: String::with_capacity(source.len() * 5 / 4),
        shift: pieces.iter().any(is_first_level),
        ..Writer::default()
    };
    let mut index = 0;
    while let Some(piece) = pieces.get(index) {
        match &piece.kind {
            PieceKind::Text(text) => writer.text(text),
            PieceKind::End { name } => writer.end(name),
            PieceKind::Start { name, .. } if markup::is_opaque(name) && name != "pre" => {
                index = markup::opaque_end(&pieces, &closings, index, name).unwrap_or(index);
            }
            PieceKind::Start { name, attributes } => writer.start(name, attributes),
        }
        index += 1;
    }
    writer.finish()
}

#[derive(Default)]
struct Writer {
    html: String,
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
}

impl Writer {
    fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        let Some(name) = self.element(name) else { return };
        let Opening::Opened(closed) = self.nesting.start(name) else { return };
        self.write_text();
        self.close(&closed);
        self.html.push('<');
        self.html.push_str(name);
        let allowed = ATTRIBUTES.iter().find(|(element, _)| *element == name).map_or(&[][..], |(_, names)| names);
        for (attribute, value) in attributes {
            if allowed.contains(&attribute.as_str()) || EVERYWHERE.contains(&attribute.as_str()) {
                let _ = write!(self.html, " {attribute}=\"{}\"", escape::attribute(value));
            }
        }
        self.html.push('>');
        self.begins_preformatted = name == "pre";
        if markup::is_void(name) {
            self.nesting.end(name);
        }
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
        while let Some((before, address, after)) = next_address(rest).filter(|_| self.links) {
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

/// The first bare http(s) address of a text, with what stands before and after it.
fn next_address(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find("http")?;
        let candidate = text.get(start..)?;
        let host = candidate.strip_prefix("https://").or_else(|| candidate.strip_prefix("http://"));
        let before = text.get(..start)?;
        let is_inside_a_word = before.chars().next_back().is_some_and(char::is_alphanumeric);
        if let Some(host) = host.filter(|host| host.starts_with(char::is_alphanumeric) && !is_inside_a_word) {
            let length = candidate.len() - host.len() + address_length(host);
            return Some((before, candidate.get(..length)?, candidate.get(length..)?));
        }
        from = start + "http".len();
    }
}

/// Bytes of an address behind its scheme: up to white space or a quote, without the punctuation of its sentence
/// (extended autolinks, GFM 6.9).
fn address_length(host: &str) -> usize {
    let is_end = |character: char| {
        character.is_whitespace() || character.is_control() || "<>\"`«»„“”‘’（）「」。、，".contains(character)
    };
    let mut address = host.get(..host.find(is_end).unwrap_or(host.len())).unwrap_or_default();
    let mut unopened = address.matches(')').count().saturating_sub(address.matches('(').count());
    while let Some(last) = address.chars().next_back() {
        match last {
            ')' if unopened > 0 => unopened -= 1,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '|' | ']' | '}' | '…' => {}
            _ => break,
        }
        address = address.get(..address.len() - last.len_utf8()).unwrap_or_default();
    }
    address.len()
}
