//! Writes a block's target as one line of Markdown, and makes sure that it reads back as that.

use std::ops::Range;

use pulldown_cmark::RefDefs;

use super::Writer;
use crate::document::escape::{self, DELIMITERS, Surroundings};
use crate::document::split::Reading;
use crate::document::{Block, BlockKind, InlineKind, Piece, markdown};

impl Writer<'_> {
    /// Escapes as little as reads back right; where that does not (a delimiter at a word's wrong side, as Japanese and
    /// Chinese text has them), writes emphasis as HTML elements and escapes all punctuation.
    pub(super) fn markdown(&self, index: usize, block: &Block, pieces: &[Piece]) -> String {
        // Alternative texts stand between brackets.
        let brackets = self.has_labels || block.kind == BlockKind::Attribute || self.has_links(block);
        let surroundings = Surroundings { brackets, beside: self.beside(index), ..Surroundings::of(block.kind) };
        let expected = expected(block, pieces);
        let marks: Vec<String> = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(_) => String::new(),
                Piece::Inline(inline) => self.inline(index, block, *inline),
            })
            .collect();
        let notes: Vec<&str> = marks.iter().map(String::as_str).filter(|mark| mark.starts_with("[^")).collect();
        let written = self.line(block, pieces, &marks, surroundings, false).finish();
        if reads_back(block.kind, &written, &notes, self.definitions, &expected) {
            return written;
        }
        self.line(block, pieces, &marks, Surroundings { everything: true, ..surroundings }, true).finish()
    }

    /// Which delimiters stand in the other lines of a block's paragraph, in the source or in its translation.
    fn beside(&self, index: usize) -> [bool; DELIMITERS.len()] {
        /// Lines looked at before and behind; in a longer paragraph there may be any.
        const SIGHT: usize = 32;
        let blocks = &self.part.blocks;
        let mut found = [false; DELIMITERS.len()];
        let mut look = |others: &mut dyn Iterator<Item = usize>| {
            let mut near = index;
            for (count, other) in others.filter(|at| blocks.get(*at).is_some_and(stands_alone)).enumerate() {
                if !self.is_one_paragraph(near.min(other), near.max(other)) {
                    break;
                }
                for (found, mark) in found.iter_mut().zip(DELIMITERS) {
                    *found |= count >= SIGHT || self.has(other, mark);
                }
                if count >= SIGHT {
                    break;
                }
                near = other;
            }
        };
        look(&mut (0..index).rev());
        look(&mut (index + 1..blocks.len()));
        found
    }

    /// Whether no border of paragraphs lies between two blocks: no blank line, and nothing at the second's beginning
    /// but the marks of quotes.
    fn is_one_paragraph(&self, first: usize, second: usize) -> bool {
        let blocks = &self.part.blocks;
        let (Some(first), Some(second)) = (blocks.get(first), blocks.get(second)) else { return false };
        let lines: Vec<&str> = self.part.bytes(first.range.end..second.range.start).split('\n').collect();
        let is_blank = |line: &&str| line.trim_matches(['>', ' ', '\t', '\r']).is_empty();
        let within = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
        lines.len() > 1 && lines.last().is_some_and(is_blank) && !within.iter().any(is_blank)
    }

    fn has(&self, index: usize, mark: char) -> bool {
        let target = self.targets.get(index).and_then(Option::as_deref).unwrap_or_default();
        self.part.blocks.get(index).is_some_and(|block| self.part.bytes(block.range.clone()).contains(mark))
            || target.iter().any(|piece| matches!(piece, Piece::Text(text) if text.contains(mark)))
    }

    fn has_links(&self, block: &Block) -> bool {
        block.inlines.iter().any(|inline| {
            let bytes = self.part.bytes(inline.range.clone());
            match inline.kind {
                InlineKind::Open { .. } => bytes.ends_with('['),
                InlineKind::Atom { .. } => bytes.starts_with("!["),
                _ => false,
            }
        })
    }

    /// `marks` has the bytes of each piece that is an inline.
    fn line(
        &self,
        block: &Block,
        pieces: &[Piece],
        marks: &[String],
        surroundings: Surroundings,
        elements: bool,
    ) -> Line {
        let mut line = Line { text: String::new(), plain: Vec::new(), surroundings };
        for (piece, mark) in pieces.iter().zip(marks) {
            match piece {
                Piece::Text(text) => line.text(text),
                Piece::Inline(index) => match block.inlines.get(*index).map(|inline| &inline.kind) {
                    Some(InlineKind::Open { .. }) if elements => line.markup(element(mark, true).unwrap_or(mark)),
                    Some(InlineKind::Close { .. }) if elements => line.markup(element(mark, false).unwrap_or(mark)),
                    Some(InlineKind::Close { pair }) if matches!(mark.as_str(), "]" | "][]") => {
                        // The text was the label: with other words, the label must be named.
                        line.markup(&format!("][{}]", self.label(block, *pair, *index)));
                    }
                    Some(_) => line.markup(mark),
                    None => {}
                },
            }
        }
        line
    }

    /// The source bytes between the two marks of a pair.
    fn label(&self, block: &Block, pair: usize, close: usize) -> &str {
        let open = block.inlines.iter().find(|inline| inline.kind == InlineKind::Open { pair });
        let end = block.inlines.get(close).map_or(0, |inline| inline.range.start);
        open.map_or("", |open| self.part.bytes(open.range.end..end))
    }
}

fn stands_alone(block: &Block) -> bool {
    block.kind != BlockKind::Attribute
}

/// A line of Markdown under construction.
struct Line {
    text: String,
    /// Which bytes are plain text.
    plain: Vec<Range<usize>>,
    surroundings: Surroundings,
}

impl Line {
    fn text(&mut self, text: &str) {
        let text = escape::one_line(text);
        let text = if self.text.is_empty() || self.text.ends_with('\n') { text.trim_start() } else { &text };
        let start = self.text.len();
        self.text.push_str(text);
        self.plain.push(start..self.text.len());
    }

    fn markup(&mut self, markup: &str) {
        // Two code spans side by side would be one.
        if markup.starts_with('`')
            && self.text.ends_with('`')
            && !self.plain.iter().any(|text| text.end == self.text.len())
        {
            self.text.push(' ');
        }
        self.text.push_str(markup);
    }

    fn finish(mut self) -> String {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.surroundings.lines = self.text.contains('\n');
        escape::markdown_within(&self.text, &self.plain, self.surroundings)
    }
}

/// A delimiter of emphasis as an HTML tag.
fn element(delimiter: &str, opens: bool) -> Option<&'static str> {
    Some(match (delimiter, opens) {
        ("*" | "_", true) => "<em>",
        ("*" | "_", false) => "</em>",
        ("**" | "__", true) => "<strong>",
        ("**" | "__", false) => "</strong>",
        ("~" | "~~", true) => "<del>",
        ("~" | "~~", false) => "</del>",
        _ => return None,
    })
}

/// What a reader of the written block must find: text with its white space normalised, and the marks around it.
fn expected(block: &Block, pieces: &[Piece]) -> Vec<InlineKind> {
    let kinds = pieces.iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(InlineKind::Text(text.clone())),
        Piece::Inline(index) => block.inlines.get(*index).map(|inline| match &inline.kind {
            // No mark says that it is kept.
            InlineKind::Literal { text } => InlineKind::Text(text.clone()),
            kind => kind.clone(),
        }),
    });
    normalised(kinds)
}

/// Adjacent texts as one, white space in it as single spaces and none at the borders; pairs without their numbers.
fn normalised(kinds: impl Iterator<Item = InlineKind>) -> Vec<InlineKind> {
    let mut all: Vec<InlineKind> = Vec::new();
    for kind in kinds {
        let kind = match (kind, all.last_mut()) {
            (InlineKind::Text(text), Some(InlineKind::Text(before))) => {
                before.push_str(&text);
                continue;
            }
            (InlineKind::Open { .. }, _) => InlineKind::Open { pair: 0 },
            (InlineKind::Close { .. }, _) => InlineKind::Close { pair: 0 },
            (kind, _) => kind,
        };
        all.push(kind);
    }
    for kind in &mut all {
        if let InlineKind::Text(text) = kind {
            *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }
    all.retain(|kind| !matches!(kind, InlineKind::Text(text) if text.is_empty()));
    all
}

/// Whether a written block, put where its kind stands, is one block with these inlines, but for those inside of its
/// marks. `notes` are the references to footnotes in it, which are none without the notes.
fn reads_back(
    kind: BlockKind,
    written: &str,
    notes: &[&str],
    definitions: &RefDefs<'_>,
    expected: &[InlineKind],
) -> bool {
    let mut text = match kind {
        BlockKind::Heading if written.contains('\n') => format!("{written}\n==="),
        BlockKind::Heading => format!("# {written}"),
        BlockKind::Item => format!("- {written}"),
        BlockKind::Cell => format!("| {written} |\n|---|"),
        BlockKind::Attribute => format!("![{written}](u)"),
        BlockKind::Paragraph => written.to_owned(),
    };
    let end = text.len();
    for note in notes {
        text.push_str("\n\n");
        text.push_str(note);
        text.push_str(": x");
    }
    let Ok(found) = markdown::blocks_with(&text, definitions, Reading::Written(&[])) else { return false };
    let is_note = |block: &&Block| block.range.start >= end;
    let blocks: Vec<&Block> = found.blocks.iter().filter(|block| !is_note(block)).collect();
    match blocks.as_slice() {
        [block, nested @ ..] if nested.iter().all(|block| block.kind == BlockKind::Attribute) => {
            block.kind == kind && normalised(block.inlines.iter().map(|inline| inline.kind.clone())) == expected
        }
        _ => false,
    }
}
