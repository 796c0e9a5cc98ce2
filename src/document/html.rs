//! HTML: source text comes in, the blocks that its block elements bound go out. Scripts, preformatted text, comments
//! and what its author marked as not to be translated stay as they are.

use std::ops::Range;

use super::markup::{self, Nesting, Opening, Piece, PieceKind};
use super::tiles::{MarkKind, Run};
use super::{Block, BlockKind, Problem};

/// Pieces that an element kept as one atom may have inside: `<code>a<b>c</b></code>` has five.
const ATOM_PIECES: usize = 64;

/// The blocks of an HTML text.
///
/// # Errors
/// [`Problem::Nesting`] where elements nest deeper than [`super::limits::NESTING`].
pub(super) fn blocks(source: &str) -> Result<Vec<Block>, Problem> {
    let pieces = markup::pieces(source);
    let closings = markup::closings(&pieces);
    let mut reader = Reader { source, pieces: &pieces, closings: &closings, ..Reader::default() };
    let mut index = 0;
    while let Some(piece) = pieces.get(index) {
        if let Some(end) = reader.run.end().filter(|end| *end < piece.range.start) {
            reader.run.push(end..piece.range.start, MarkKind::Atom(String::new()));
        }
        index = match &piece.kind {
            PieceKind::Text(text) => {
                reader.run.push(piece.range.clone(), MarkKind::Text(collapse(text)));
                index + 1
            }
            PieceKind::Start { name, attributes } => reader.start(index, &piece.range, name, attributes)?,
            PieceKind::End { name } => {
                reader.end(&piece.range, name);
                index + 1
            }
        };
    }
    reader.flush();
    Ok(reader.blocks)
}

#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    pieces: &'a [Piece],
    closings: &'a [Option<usize>],
    nesting: Nesting,
    blocks: Vec<Block>,
    run: Run,
    /// The text-level elements open in this run, with the number of their pair.
    open: Vec<(&'a str, usize)>,
    pairs: usize,
}

impl<'a> Reader<'a> {
    /// Reads a start tag, or the whole element where it is kept as it is; returns the index of the piece after it.
    fn start(
        &mut self,
        index: usize,
        range: &Range<usize>,
        name: &'a str,
        attributes: &[(String, String)],
    ) -> Result<usize, Problem> {
        let is_block = markup::is_block(name);
        if is_block {
            self.flush();
        }
        if markup::is_void(name) {
            match name {
                "br" if self.open.is_empty() => self.flush(),
                "br" => self.run.push(range.clone(), MarkKind::Atom("\n".to_owned())),
                _ if is_block => {}
                _ => self.run.push(range.clone(), MarkKind::Atom(attribute(attributes, "alt").to_owned())),
            }
            return Ok(index + 1);
        }
        if let Some(end) = self.kept(index, name, attributes) {
            if !is_block {
                let text = self.visible(index..end);
                let stop = self.pieces.get(end).map_or(range.end, |piece| piece.range.end);
                self.run.push(range.start..stop, MarkKind::Atom(text));
            }
            return Ok(end + 1);
        }
        match self.nesting.start(name) {
            Opening::TooDeep => {
                let before = self.source.get(..range.start).unwrap_or_default();
                return Err(Problem::Nesting { line: before.matches('\n').count() + 1 });
            }
            _ if is_block => {}
            Opening::Misplaced => self.run.push(range.clone(), MarkKind::Atom(String::new())),
            Opening::Opened(_) => {
                self.run.push(range.clone(), MarkKind::Open(self.pairs));
                self.open.push((name, self.pairs));
                self.pairs += 1;
            }
        }
        Ok(index + 1)
    }

    fn end(&mut self, range: &Range<usize>, name: &str) {
        if markup::is_block(name) {
            self.flush();
            self.nesting.end(name);
            return;
        }
        self.nesting.end(name);
        match self.open.iter().rposition(|(open, _)| *open == name) {
            Some(at) => {
                if let Some((_, pair)) = self.open.get(at) {
                    self.run.push(range.clone(), MarkKind::Close(*pair));
                }
                self.open.truncate(at);
            }
            None if self.run.end().is_some() => self.run.push(range.clone(), MarkKind::Atom(String::new())),
            None => {}
        }
    }

    /// The index of an element's last piece where the element is kept as one.
    fn kept(&self, index: usize, name: &str, attributes: &[(String, String)]) -> Option<usize> {
        let is_excluded = attribute(attributes, "translate").eq_ignore_ascii_case("no")
            || attribute(attributes, "class").split_ascii_whitespace().any(|class| class == "notranslate");
        if markup::is_opaque(name) || (is_excluded && markup::is_block(name)) {
            return markup::opaque_end(self.pieces, self.closings, index, name);
        }
        if !is_excluded && !matches!(name, "code" | "kbd" | "samp" | "var" | "time") {
            return None;
        }
        let end = self.closings.get(index).copied().flatten().filter(|end| end - index <= ATOM_PIECES)?;
        let crosses_a_border = self.pieces.get(index + 1..end)?.iter().any(|piece| match &piece.kind {
            PieceKind::Start { name, .. } | PieceKind::End { name } => markup::is_block(name),
            PieceKind::Text(_) => false,
        });
        (!crosses_a_border).then_some(end)
    }

    /// What a reader sees of these pieces.
    fn visible(&self, pieces: Range<usize>) -> String {
        let is_hidden = self.pieces.get(pieces.start).is_some_and(
            |piece| matches!(&piece.kind, PieceKind::Start { name, .. } if markup::is_opaque(name)),
        );
        if is_hidden {
            return String::new();
        }
        let text = |piece: &Piece| match &piece.kind {
            PieceKind::Text(text) => Some(collapse(text)),
            PieceKind::Start { .. } | PieceKind::End { .. } => None,
        };
        self.pieces.get(pieces).unwrap_or_default().iter().filter_map(text).collect()
    }

    fn flush(&mut self) {
        let kind = self.nesting.inside_out().find_map(|name| match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
            "li" | "dt" | "dd" => Some(BlockKind::Item),
            "td" | "th" => Some(BlockKind::Cell),
            "blockquote" | "caption" | "figcaption" => Some(BlockKind::Paragraph),
            _ => None,
        });
        self.blocks.extend(self.run.block(self.source, kind.unwrap_or(BlockKind::Paragraph)));
        self.open.clear();
    }
}

fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> &'a str {
    attributes.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
}

/// White space as HTML shows it: every run as one space.
fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for character in text.chars() {
        if !character.is_ascii_whitespace() {
            collapsed.push(character);
        } else if !collapsed.ends_with(' ') {
            collapsed.push(' ');
        }
    }
    collapsed
}
