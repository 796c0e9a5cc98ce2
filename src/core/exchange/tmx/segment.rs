//! The content of a `<seg>` as it is read, within its bounds, or why it cannot be used.

use super::tokens::{Tag, is_character};
use super::{NAME_BYTES, TmxPiece};
use crate::document::limits;

/// Pieces of one segment.
const PIECES: usize = 512;

/// A segment's text as it grows, within its bounds.
#[derive(Default)]
pub(super) struct Segment {
    pieces: Vec<TmxPiece>,
    bytes: usize,
    reason: Option<String>,
}

impl Segment {
    pub(super) fn push_text(&mut self, text: &str) {
        self.bytes = self.bytes.saturating_add(text.len());
        if self.bytes > limits::SEGMENT_BYTES {
            self.refuse(|| format!("has more than {} bytes", limits::SEGMENT_BYTES));
        } else if !text.chars().all(is_character) {
            self.refuse(|| "has control characters".to_owned());
        } else if let Some(TmxPiece::Text(last)) = self.pieces.last_mut() {
            last.push_str(text);
        } else {
            self.push(TmxPiece::Text(text.to_owned()));
        }
    }

    pub(super) fn push_tag(&mut self, tag: &Tag, code: String) {
        let kind = tag.attribute("type").filter(|kind| kind.len() <= NAME_BYTES).map(str::to_owned);
        let pair = tag.number("i").or_else(|| tag.number("rid")).or_else(|| tag.number("id"));
        match (tag.name.as_str(), pair) {
            ("ph", _) => self.push(TmxPiece::Placeholder { x: tag.number("x"), kind, code }),
            ("x", x) => self.push(TmxPiece::Placeholder { x, kind: None, code }),
            ("bpt" | "bx", Some(i)) => self.push(TmxPiece::Open { i, x: tag.number("x"), kind }),
            ("ept" | "ex", Some(i)) => self.push(TmxPiece::Close { i }),
            ("bpt" | "ept" | "bx" | "ex", None) => {
                self.refuse(|| format!("has a `<{}>` without its `i`", tag.name));
            }
            // One end of a mark whose other end stands elsewhere.
            ("it" | "ut", _) => {}
            (name, _) => {
                let name: String = name.chars().take(40).collect();
                self.refuse(|| format!("has the inline element `<{name}>`, which is not understood"));
            }
        }
    }

    pub(super) fn push(&mut self, piece: TmxPiece) {
        if self.pieces.len() == PIECES {
            self.refuse(|| format!("has more than {PIECES} pieces"));
        } else if self.reason.is_none() {
            self.pieces.push(piece);
        }
    }

    /// The first reason stays; what was collected goes.
    pub(super) fn refuse(&mut self, reason: impl FnOnce() -> String) {
        self.reason.get_or_insert_with(reason);
        self.pieces = Vec::new();
    }

    pub(super) fn finish(self) -> Result<Vec<TmxPiece>, String> {
        self.reason.map_or(Ok(self.pieces), Err)
    }
}

/// A line break in a file that was broken into lines is a space, with the blanks round it. One that belongs to the text
/// is written as a reference.
pub(super) fn on_one_line(text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    let mut lines = text.split('\n');
    let mut joined = lines.next().unwrap_or_default().trim_end().to_owned();
    for line in lines {
        let line = line.trim();
        if !joined.ends_with(' ') {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    let last = text.rsplit('\n').next().unwrap_or_default();
    if !last.trim().is_empty() && last.ends_with(char::is_whitespace) {
        joined.push(' ');
    }
    joined
}
