//! HTML as a stream: source text comes in, tags and text with their places go out; and [`Nesting`], the stack of open
//! elements that a browser would build from them. Nothing here builds a tree, so nothing here is quadratic.

use std::ops::Range;

use html5gum::{DefaultEmitter, HtmlString, Token, Tokenizer};

use super::limits;

/// A piece of HTML; comments, doctypes and syntax errors are what lies between pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the source.
    pub range: Range<usize>,
    pub kind: PieceKind,
}

/// What a piece is. Names are in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PieceKind {
    Start {
        name: String,
        /// Decoded; in order of their names.
        attributes: Vec<(String, String)>,
    },
    End {
        name: String,
    },
    /// Decoded.
    Text(String),
}

/// Reads HTML into its pieces. The content of `script`, `style`, `textarea` and the like is one text, as in browsers.
#[must_use]
pub fn pieces(source: &str) -> Vec<Piece> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(source, emitter);
    tokens.filter_map(Result::ok).filter_map(|token| piece(source, token)).collect()
}

fn piece(source: &str, token: Token<usize>) -> Option<Piece> {
    let (span, kind) = match token {
        Token::StartTag(tag) => {
            let attributes = tag.attributes.iter().map(|(name, value)| (string(name), string(&value.value))).collect();
            (tag.span, PieceKind::Start { name: string(&tag.name), attributes })
        }
        Token::EndTag(tag) => (tag.span, PieceKind::End { name: string(&tag.name) }),
        Token::String(text) => (text.span, PieceKind::Text(string(&text.value))),
        Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => return None,
    };
    let range = span.start..span.end;
    source.get(range.clone()).map(|_| Piece { range, kind })
}

fn string(bytes: &HtmlString) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Elements without content (HTML 13.1.2).
#[must_use]
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "param" | "source" | "track" | "wbr"
    )
}

/// Elements that stand on lines of their own.
#[must_use]
pub fn is_block(name: &str) -> bool {
    is_table_part(name)
        || matches!(
            name,
            "address" | "article" | "aside" | "blockquote" | "body" | "center" | "dd" | "details" | "dialog" | "dir"
                | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "h1" | "h2" | "h3"
                | "h4" | "h5" | "h6" | "head" | "header" | "hgroup" | "hr" | "html" | "legend" | "li" | "main"
                | "menu" | "nav" | "ol" | "p" | "pre" | "section" | "summary" | "table" | "ul"
        )
}

/// Elements whose content is not running text, or not for readers.
#[must_use]
pub fn is_opaque(name: &str) -> bool {
    matches!(
        name,
        "audio" | "button" | "canvas" | "datalist" | "iframe" | "math" | "noembed" | "noframe" | "noframes" | "noscript"
            | "object" | "plaintext" | "pre" | "script" | "select" | "style" | "svg" | "template" | "textarea"
            | "title" | "video" | "xmp"
    )
}

fn is_table_part(name: &str) -> bool {
    matches!(name, "caption" | "colgroup" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr")
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Elements whose content is one text up to their end tag, or to the end of the document where there is none.
#[must_use]
pub fn is_raw(name: &str) -> bool {
    matches!(
        name,
        "iframe" | "noembed" | "noframe" | "noscript" | "plaintext" | "script" | "style" | "textarea" | "title" | "xmp"
    )
}

/// The index of the last piece of the opaque element that begins at `start`; `None` where it is never closed, so that
/// its tag stands alone.
#[must_use]
pub fn opaque_end(pieces: &[Piece], closings: &[Option<usize>], start: usize, name: &str) -> Option<usize> {
    let closing = closings.get(start).copied().flatten();
    if is_raw(name) { closing.or(Some(pieces.len().saturating_sub(1))) } else { closing }
}

/// For each start tag of a list of pieces, the index of the end tag that closes it when elements of the same name are
/// counted; `None` for all other pieces and for elements that are never closed. Linear.
#[must_use]
pub fn closings(pieces: &[Piece]) -> Vec<Option<usize>> {
    let mut closings = vec![None; pieces.len()];
    let mut open: std::collections::HashMap<&str, Vec<usize>> = std::collections::HashMap::new();
    for (index, piece) in pieces.iter().enumerate() {
        match &piece.kind {
            PieceKind::Start { name, .. } => open.entry(name).or_default().push(index),
            PieceKind::End { name } => {
                let start = open.get_mut(name.as_str()).and_then(Vec::pop);
                if let Some(slot) = start.and_then(|start| closings.get_mut(start)) {
                    *slot = Some(index);
                }
            }
            PieceKind::Text(_) => {}
        }
    }
    closings
}

/// The open elements at one point of the text, at most [`limits::NESTING`], in the proportions of HTML's tree
/// construction: what a start tag closes by itself is closed, and an end tag closes what stands open inside.
#[derive(Clone, Debug, Default)]
pub struct Nesting {
    open: Vec<String>,
}

/// What a start tag does to the open elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Opened, after these were closed, innermost first.
    Opened(Vec<String>),
    /// An element may not stand here: a cell outside of a table, text-level markup between cells.
    Misplaced,
    /// It would be deeper than [`limits::NESTING`].
    TooDeep,
}

impl Nesting {
    /// Opens an element that is not void.
    pub fn start(&mut self, name: &str) -> Opening {
        let in_table = matches!(self.innermost(), Some("table" | "thead" | "tbody" | "tfoot" | "tr" | "colgroup"));
        let has_table = self.open.iter().any(|open| open == "table");
        if (in_table && !is_table_part(name)) || (is_table_part(name) && !has_table) {
            return Opening::Misplaced;
        }
        let closed = self.implied(name).map(|at| self.close(at)).unwrap_or_default();
        if self.open.len() >= limits::NESTING {
            return Opening::TooDeep;
        }
        self.open.push(name.to_owned());
        Opening::Opened(closed)
    }

    /// Closes the innermost element of this name and what stands open inside it, innermost first; nothing where it
    /// is not open or where a table's border lies between.
    pub fn end(&mut self, name: &str) -> Vec<String> {
        let barrier: &[&str] = if name == "table" || is_table_part(name) {
            &["table"]
        } else {
            &["table", "td", "th", "caption"]
        };
        self.find(|open| open == name, barrier).map(|at| self.close(at)).unwrap_or_default()
    }

    /// Closes everything, innermost first.
    pub fn finish(&mut self) -> Vec<String> {
        self.close(0)
    }

    #[must_use]
    pub fn innermost(&self) -> Option<&str> {
        self.open.last().map(String::as_str)
    }

    /// Whether an element of this name is open.
    #[must_use]
    pub fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|open| open == name)
    }

    /// The elements of this part of the stack, innermost first.
    pub fn inside_out(&self) -> impl Iterator<Item = &str> {
        self.open.iter().rev().map(String::as_str)
    }

    fn close(&mut self, at: usize) -> Vec<String> {
        let mut closed = self.open.split_off(at.min(self.open.len()));
        closed.reverse();
        closed
    }

    /// Where the outermost element stands that a start tag closes by itself.
    fn implied(&self, name: &str) -> Option<usize> {
        const CELLS: [&str; 3] = ["td", "th", "caption"];
        match name {
            "li" => self.find(|open| open == "li", &["ul", "ol", "menu", "dir", "table", "td", "th", "caption"]),
            "dt" | "dd" => self.find(|open| matches!(open, "dt" | "dd"), &["dl", "table", "td", "th", "caption"]),
            "td" | "th" => self.find(|open| CELLS.contains(&open), &["table", "tr"]),
            "tr" => self
                .find(|open| open == "tr", &["table", "tbody", "thead", "tfoot"])
                .or_else(|| self.find(|open| CELLS.contains(&open), &["table"])),
            "tbody" | "thead" | "tfoot" | "caption" | "colgroup" => self
                .find(|open| matches!(open, "tbody" | "thead" | "tfoot" | "colgroup"), &["table"])
                .or_else(|| self.find(|open| open == "tr", &["table"]))
                .or_else(|| self.find(|open| CELLS.contains(&open), &["table"])),
            "a" => self.find(|open| open == "a", &["table", "td", "th", "caption"]),
            name if is_heading(name) && self.innermost().is_some_and(is_heading) => Some(self.open.len() - 1),
            _ => None,
        }
        .or_else(|| {
            let closes_paragraph = is_block(name) && !is_table_part(name);
            if closes_paragraph { self.find(|open| open == "p", &["table", "td", "th", "caption"]) } else { None }
        })
    }

    /// The innermost element that fits, unless one of `barrier` lies further in.
    fn find(&self, fits: impl Fn(&str) -> bool, barrier: &[&str]) -> Option<usize> {
        for (at, open) in self.open.iter().enumerate().rev() {
            if fits(open) {
                return Some(at);
            }
            if barrier.contains(&open.as_str()) {
                return None;
            }
        }
        None
    }
}
