//! Turns what other programs write as HTML into plain HTML: styles of Google Docs, paragraphs with bullets of Outlook,
//! macros of Confluence. Whether the result is safe is not looked at here.

use std::collections::{HashMap, HashSet};

use super::element::{attribute, start};
use super::outlook::{ItemPosition, Lists};
use super::{confluence, style};
use crate::document::markup::{self, HtmlToken, HtmlTokenKind};

/// The pieces, adapted. Linear.
pub(super) fn pieces(source: &str) -> Vec<HtmlToken> {
    let pieces: Vec<HtmlToken> = markup::tokens(source).collect();
    let closings = markup::closings(&pieces);
    let ids = ids(&pieces);
    let mut adapter = Adapter {
        source,
        ids,
        pieces: &pieces,
        closings: &closings,
        closed_by: HashMap::new(),
        lists: Lists::default(),
        language: None,
        macros: Vec::new(),
        adapted: Vec::with_capacity(pieces.len()),
    };
    let mut index = 0;
    while let Some(piece) = pieces.get(index) {
        index = adapter.piece(index, piece);
    }
    adapter.lists.finish(&mut adapter.adapted);
    adapter.adapted
}

/// The ids in a text.
pub(super) fn ids(pieces: &[HtmlToken]) -> HashSet<String> {
    let attributes = pieces.iter().filter_map(|piece| match &piece.kind {
        HtmlTokenKind::Start { attributes, .. } => attribute(attributes, "id"),
        HtmlTokenKind::End { .. } | HtmlTokenKind::Text(_) => None,
    });
    attributes.filter(|id| is_id(id)).map(str::to_owned).collect()
}

/// Whether a text may be an id: nothing in it that means something in an address or an attribute.
pub(super) fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 200
        && id.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.' | ':'))
}

struct Adapter<'a> {
    source: &'a str,
    ids: HashSet<String>,
    pieces: &'a [HtmlToken],
    closings: &'a [Option<usize>],
    /// For end tags that close what was opened under other names: these, outermost first.
    closed_by: HashMap<usize, Vec<&'static str>>,
    lists: Lists,
    /// The language of the macro's code that comes next.
    language: Option<String>,
    /// The names of the open macros, with the index of their end tag.
    macros: Vec<(String, usize)>,
    adapted: Vec<HtmlToken>,
}

impl Adapter<'_> {
    /// Adapts a piece, or the element that it begins; returns the index of the piece after it.
    fn piece(&mut self, index: usize, piece: &HtmlToken) -> usize {
        match &piece.kind {
            HtmlTokenKind::Text(text) => {
                if !text.trim_ascii().is_empty() && self.lists.is_open() && !self.lists.is_in_item() {
                    self.lists.finish(&mut self.adapted);
                }
                self.keep(piece);
                index + 1
            }
            HtmlTokenKind::Start { name, attributes } => self.start(index, piece, name, attributes),
            HtmlTokenKind::End { name } => {
                self.end(index, piece, name);
                index + 1
            }
        }
    }

    fn keep(&mut self, piece: &HtmlToken) {
        self.adapted.push(piece.clone());
    }

    fn push(&mut self, kind: HtmlTokenKind) {
        self.adapted.push(HtmlToken { range: 0..0, kind });
    }

    fn open(&mut self, index: usize, names: Vec<&'static str>) -> usize {
        for name in &names {
            self.push(start(name, &[]));
        }
        if let Some(closing) = self.closings.get(index).copied().flatten() {
            self.closed_by.insert(closing, names);
        }
        index + 1
    }

    fn start(&mut self, index: usize, piece: &HtmlToken, name: &str, attributes: &[(String, String)]) -> usize {
        let closing = self.closings.get(index).copied().flatten();
        let behind = closing.map_or(index + 1, |closing| closing + 1);
        if name.contains(':') {
            return self.confluence(index, name, attributes, behind);
        }
        if markup::is_hidden(name, attributes) {
            return behind;
        }
        if name == "p"
            && let Some(place) = Lists::place(attributes)
        {
            self.item(&place, index, closing);
            return index + 1;
        }
        if markup::is_block(name) && !self.lists.is_in_item() {
            self.lists.finish(&mut self.adapted);
        }
        match name {
            "time" if markup::is_self_closing(self.source.get(piece.range.clone()).unwrap_or_default()) => {
                self.keep(piece);
                self.push(HtmlTokenKind::End { name: "time".to_owned() });
                index + 1
            }
            // What cannot be shown in its place can be followed.
            "iframe" | "video" | "audio" => {
                if let Some(address) = attribute(attributes, "src").filter(|address| is_web(address)) {
                    self.push(start("a", &[("href", address)]));
                    self.push(HtmlTokenKind::Text(address.to_owned()));
                    self.push(HtmlTokenKind::End { name: "a".to_owned() });
                }
                self.keep(piece);
                index + 1
            }
            // A comment of Google Docs whose text was not copied.
            "a" if attribute(attributes, "href")
                .and_then(|address| address.strip_prefix("#cmnt"))
                .is_some_and(|id| !self.ids.contains(&format!("cmnt{id}"))) =>
            {
                behind
            }
            "a" if attribute(attributes, "name").is_some() && attribute(attributes, "id").is_none() => {
                let mut attributes = attributes.to_vec();
                let name = attribute(&attributes, "name").unwrap_or_default().to_owned();
                attributes.push(("id".to_owned(), name));
                self.push(HtmlTokenKind::Start { name: "a".to_owned(), attributes });
                index + 1
            }
            "b" | "strong" | "span" if attribute(attributes, "style").is_some() => {
                let style = style::Style::of(attribute(attributes, "style").unwrap_or_default());
                let wanted = style.elements(name);
                if wanted == [name] || (name == "span" && wanted.is_empty()) || closing.is_none() {
                    self.keep(piece);
                    return index + 1;
                }
                self.open(index, wanted)
            }
            _ => {
                self.keep(piece);
                index + 1
            }
        }
    }

    /// A paragraph that is an item of one of Outlook's lists.
    fn item(&mut self, place: &ItemPosition, index: usize, closing: Option<usize>) {
        let behind = closing.map_or(index + 1, |closing| closing + 1);
        self.lists.item(place, self.pieces.get(index..behind).unwrap_or_default(), &mut self.adapted);
        if let Some(closing) = closing {
            self.closed_by.insert(closing, vec!["p"]);
        }
        self.push(start("p", &[]));
    }

    fn end(&mut self, index: usize, piece: &HtmlToken, name: &str) {
        if self.macros.last().is_some_and(|(_, closing)| *closing == index) {
            self.macros.pop();
        }
        if let Some(names) = self.closed_by.remove(&index) {
            if self.lists.is_in_item() && names == ["p"] {
                self.lists.end_item();
            }
            for name in names.into_iter().rev() {
                self.push(HtmlTokenKind::End { name: name.to_owned() });
            }
            return;
        }
        // A list behind an item, not in one, is the item's: Google Docs writes its inner lists so.
        if name == "li" {
            let next = self
                .pieces
                .iter()
                .skip(index + 1)
                .find(|piece| !matches!(&piece.kind, HtmlTokenKind::Text(text) if text.trim_ascii().is_empty()));
            let is_inner = |piece: &HtmlToken| matches!(&piece.kind, HtmlTokenKind::Start { name, .. } if name == "ul" || name == "ol");
            if next.is_some_and(is_inner) {
                return;
            }
        }
        self.keep(piece);
    }

    /// The code of a macro, in the language that it was said to be in.
    fn code(&mut self, index: usize, closing: usize) {
        let code = confluence::code(self.source, self.pieces, index, closing);
        let class = self.language.take().map(|language| format!("language-{language}"));
        self.push(start("pre", &[]));
        self.push(start("code", &class.as_deref().map(|class| ("class", class)).into_iter().collect::<Vec<_>>()));
        self.push(HtmlTokenKind::Text(code));
        self.push(HtmlTokenKind::End { name: "code".to_owned() });
        self.push(HtmlTokenKind::End { name: "pre".to_owned() });
    }

    /// Whether the words of a link stand behind the page that it names.
    fn has_words(&self, index: usize) -> bool {
        let behind = self.pieces.iter().skip(index + 1);
        let mut names = behind.filter_map(|piece| match &piece.kind {
            HtmlTokenKind::Start { name, .. } | HtmlTokenKind::End { name } => Some(name.as_str()),
            HtmlTokenKind::Text(_) => None,
        });
        let next = names.find(|name| !matches!(*name, "ri:page" | "ri:space"));
        matches!(next, Some("ac:plain-text-link-body" | "ac:link-body"))
    }

    /// An element of Confluence's storage format.
    fn confluence(&mut self, index: usize, name: &str, attributes: &[(String, String)], behind: usize) -> usize {
        let closing = behind - 1;
        match name {
            "ac:structured-macro" => {
                let kind = attribute(attributes, "ac:name").unwrap_or_default().to_owned();
                self.language = None;
                self.macros.push((kind, closing));
                index + 1
            }
            "ac:parameter" => {
                let inside = confluence::text(self.pieces.get(index..behind).unwrap_or_default());
                match attribute(attributes, "ac:name") {
                    Some("language") => self.language = Some(inside),
                    Some("title") => {
                        let is_inline = self.macros.last().is_some_and(|(kind, _)| kind == "status");
                        return self.open(index, if is_inline { vec!["strong"] } else { vec!["p", "strong"] });
                    }
                    _ => {}
                }
                behind
            }
            "ac:plain-text-body" => {
                self.code(index, closing);
                behind
            }
            "ac:plain-text-link-body" => {
                self.push(HtmlTokenKind::Text(confluence::code(self.source, self.pieces, index, closing)));
                behind
            }
            "ac:task-list" => self.open(index, vec!["ul"]),
            "ac:task" => self.open(index, vec!["li"]),
            "ac:task-id" => behind,
            "ac:task-status" => {
                let state = confluence::text(self.pieces.get(index..behind).unwrap_or_default());
                self.push(HtmlTokenKind::Text(if state == "complete" { "☑ " } else { "☐ " }.to_owned()));
                behind
            }
            "ac:rich-text-body" | "ac:layout" | "ac:layout-section" | "ac:layout-cell" => self.open(index, vec!["div"]),
            "ac:emoticon" => {
                self.adapted.extend(confluence::emoticon(attributes));
                index + 1
            }
            "ri:url" => {
                if let Some(address) = attribute(attributes, "ri:value") {
                    self.push(start("img", &[("src", address), ("alt", "")]));
                }
                index + 1
            }
            "ri:page" => {
                // A link with words of its own does not show its page's name.
                if let Some(title) = attribute(attributes, "ri:content-title").filter(|_| !self.has_words(index)) {
                    self.push(HtmlTokenKind::Text(title.to_owned()));
                }
                index + 1
            }
            _ => index + 1,
        }
    }
}

fn is_web(address: &str) -> bool {
    let scheme = address.trim().split(':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}
