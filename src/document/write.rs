//! Writing back: a part and the translations of its blocks come in, the same text with other words goes out. Bytes
//! between blocks, and blocks without a translation, are the source's own.

use std::ops::Range;

use pulldown_cmark::RefDefs;

use super::escape::{self, Surroundings};
use super::{Block, BlockKind, Format, InlineKind, Part, Piece, markdown};

impl Part {
    /// The part's text with each block replaced by its target. `targets` has one entry per block; `None`, or none,
    /// leaves the block as it is. [`Piece::Text`] is escaped so that it reads back as the same text: line ends in it
    /// become spaces, white space at a block's border goes. An inline that does not exist is left out.
    #[must_use]
    pub fn write(&self, targets: &[Option<Vec<Piece>>]) -> String {
        match self.format {
            Format::Markdown if targets.iter().any(Option::is_some) => {
                let has_labels = self.source.contains("]:");
                markdown::with_definitions(&self.source, |definitions| {
                    self.splice(targets, |block, pieces| self.markdown(block, pieces, has_labels, definitions))
                })
            }
            Format::Markdown | Format::Html => {
                self.splice(targets, |block, pieces| self.join(block, pieces, escape::html))
            }
            Format::Text => {
                self.splice(targets, |block, pieces| self.join(block, pieces, escape::one_line).trim().to_owned())
            }
        }
    }

    fn splice(&self, targets: &[Option<Vec<Piece>>], write: impl Fn(&Block, &[Piece]) -> String) -> String {
        let mut written = String::with_capacity(self.source.len() + self.source.len() / 4);
        let mut end = 0;
        for (index, block) in self.blocks.iter().enumerate() {
            if let Some(pieces) = targets.get(index).and_then(Option::as_ref) {
                written.push_str(self.bytes(end..block.range.start));
                written.push_str(&write(block, pieces));
                end = block.range.end;
            }
        }
        written.push_str(self.bytes(end..self.source.len()));
        written
    }

    fn bytes(&self, range: Range<usize>) -> &str {
        self.source.get(range).unwrap_or_default()
    }

    fn join(&self, block: &Block, pieces: &[Piece], escape: impl Fn(&str) -> String) -> String {
        let written = |piece: &Piece| match piece {
            Piece::Text(text) => escape(text),
            Piece::Inline(index) => {
                block.inlines.get(*index).map(|inline| self.bytes(inline.range.clone()).to_owned()).unwrap_or_default()
            }
        };
        pieces.iter().map(written).collect()
    }

    /// Escapes as little as reads back right; where that does not (a delimiter at a word's wrong side, as Japanese and
    /// Chinese text has them), writes emphasis as HTML elements and escapes all punctuation.
    fn markdown(&self, block: &Block, pieces: &[Piece], has_labels: bool, definitions: &RefDefs<'_>) -> String {
        let brackets = has_labels || self.has_links(block);
        let surroundings = Surroundings { brackets, ..Surroundings::of(block.kind) };
        let expected = expected(block, pieces);
        let written = self.line(block, pieces, surroundings, false).finish();
        if reads_back(block.kind, &written, definitions, &expected) {
            return written;
        }
        self.line(block, pieces, Surroundings { everything: true, ..surroundings }, true).finish()
    }

    fn has_links(&self, block: &Block) -> bool {
        block.inlines.iter().any(|inline| {
            matches!(inline.kind, InlineKind::Open { .. }) && self.bytes(inline.range.clone()).ends_with('[')
        })
    }

    fn line(&self, block: &Block, pieces: &[Piece], surroundings: Surroundings, elements: bool) -> Line {
        let mut line = Line { text: String::new(), plain: Vec::new(), surroundings };
        for piece in pieces {
            match piece {
                Piece::Text(text) => line.text(text),
                Piece::Inline(index) => {
                    let Some(inline) = block.inlines.get(*index) else { continue };
                    let bytes = self.bytes(inline.range.clone());
                    match inline.kind {
                        InlineKind::Open { .. } if elements => line.markup(element(bytes, true).unwrap_or(bytes)),
                        InlineKind::Close { .. } if elements => line.markup(element(bytes, false).unwrap_or(bytes)),
                        InlineKind::Close { pair } if matches!(bytes, "]" | "][]") => {
                            // The text was the label: with other words, the label must be named.
                            line.markup(&format!("][{}]", self.label(block, pair, *index)));
                        }
                        _ => line.markup(bytes),
                    }
                }
            }
        }
        line
    }

    /// The source bytes between the two marks of a pair.
    fn label(&self, block: &Block, pair: usize, close: usize) -> &str {
        let open = block.inlines.iter().find(|inline| inline.kind == InlineKind::Open { pair });
        let end = block.inlines.get(close).map_or(0, |inline| inline.range.start);
        open.map_or("", |open| self.bytes(open.range.end..end))
    }
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
        Piece::Inline(index) => block.inlines.get(*index).map(|inline| inline.kind.clone()),
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

/// Whether a written block, put where its kind stands, is one block with these inlines.
fn reads_back(kind: BlockKind, written: &str, definitions: &RefDefs<'_>, expected: &[InlineKind]) -> bool {
    let text = match kind {
        BlockKind::Heading if written.contains('\n') => format!("{written}\n==="),
        BlockKind::Heading => format!("# {written}"),
        BlockKind::Item => format!("- {written}"),
        BlockKind::Cell => format!("| {written} |\n|---|"),
        BlockKind::Paragraph | BlockKind::Attribute => written.to_owned(),
    };
    let Ok(blocks) = markdown::blocks_with(&text, definitions) else { return false };
    match blocks.as_slice() {
        [block] => block.kind == kind && normalised(block.inlines.iter().map(|inline| inline.kind.clone())) == expected,
        _ => false,
    }
}
