//! Writes a part back with the translations of its blocks. Bytes between blocks, and blocks without a translation,
//! are the source's own.

mod markdown;

use std::ops::Range;

use pulldown_cmark::RefDefs;

use super::{Block, BlockKind, Format, InlineKind, Part, Piece, Syntax, escape, markdown as notation};

impl Part {
    /// The part's text with each block replaced by its target. `targets` has one entry per block; `None`, or none,
    /// leaves the block as it is. [`Piece::Text`] is escaped so that it reads back as the same text: line ends in it
    /// become spaces, white space at a block's border goes. An inline that does not exist is left out, and a block
    /// inside of a mark that is left out goes with it.
    #[must_use]
    pub fn write(&self, targets: &[Option<Vec<Piece>>]) -> String {
        self.lay_out(targets).text
    }

    /// [`Part::write`] with what the source alone tells of the text: where its blocks stand now, and which of its line
    /// ends are meant.
    #[must_use]
    pub fn lay_out(&self, targets: &[Option<Vec<Piece>>]) -> Layout {
        let write = |definitions: &RefDefs<'_>| {
            let has_labels = self.source.contains("]:");
            let writer = Writer { part: self, targets, has_labels, definitions };
            writer.layout()
        };
        match self.format {
            Format::Markdown if targets.iter().any(Option::is_some) => notation::with_definitions(&self.source, write),
            _ => write(&RefDefs::default()),
        }
    }

    fn bytes(&self, range: Range<usize>) -> &str {
        self.source.get(range).unwrap_or_default()
    }
}

/// A text, and what of its structure cannot be told from it again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    pub text: String,
    /// Bytes of `text` that are blocks, ascending, and what they are. Attributes within others are not among them.
    pub blocks: Vec<(Range<usize>, BlockKind)>,
    /// For each of `blocks` its index in [`Part::blocks`].
    pub numbers: Vec<usize>,
    /// As [`Part::line_ends`], in `text`.
    pub line_ends: Vec<usize>,
}

struct Writer<'a> {
    part: &'a Part,
    targets: &'a [Option<Vec<Piece>>],
    /// Whether the text may define link labels.
    has_labels: bool,
    definitions: &'a RefDefs<'a>,
}

impl Writer<'_> {
    fn layout(&self) -> Layout {
        let source = &self.part.source;
        let mut layout = Layout { text: String::with_capacity(source.len() + source.len() / 4), ..Layout::default() };
        let mut line_ends = self.part.line_ends.iter().peekable();
        let mut end = 0;
        let mut gap = |range: Range<usize>, layout: &mut Layout| {
            while let Some(place) = line_ends.next_if(|place| **place < range.end) {
                if let Some(at) = place.checked_sub(range.start) {
                    layout.line_ends.push(layout.text.len() + at);
                }
            }
            layout.text.push_str(self.part.bytes(range));
        };
        for (index, block) in self.part.blocks.iter().enumerate().filter(|(_, block)| !block.range.is_empty()) {
            if block.range.start < end {
                continue;
            }
            gap(end..block.range.start, &mut layout);
            let start = layout.text.len();
            match self.targets.get(index) {
                Some(Some(pieces)) => layout.text.push_str(&self.block(index, block, pieces)),
                _ => layout.text.push_str(&self.written(block.range.clone(), index + 1)),
            }
            layout.blocks.push((start..layout.text.len(), block.kind));
            layout.numbers.push(index);
            end = block.range.end;
        }
        gap(end..source.len(), &mut layout);
        layout
    }

    /// The bytes of a range with the targets of the blocks in it. `first` is the index of a block that begins in it, or
    /// of the next one behind it.
    fn written(&self, range: Range<usize>, first: usize) -> String {
        let mut written = String::with_capacity(range.len() + range.len() / 4);
        let mut end = range.start;
        for (index, block) in self.part.blocks.iter().enumerate().skip(first) {
            if block.range.start >= range.end {
                break;
            }
            if let Some(Some(pieces)) = self.targets.get(index)
                && block.range.start >= end
            {
                written.push_str(self.part.bytes(end..block.range.start));
                written.push_str(&self.block(index, block, pieces));
                end = block.range.end;
            }
        }
        written.push_str(self.part.bytes(end..range.end));
        written
    }

    fn block(&self, index: usize, block: &Block, pieces: &[Piece]) -> String {
        let in_markdown = self.part.format == Format::Markdown;
        match block.syntax {
            Syntax::Plain => self.join(index, block, pieces, escape::one_line).trim().to_owned(),
            Syntax::Html if in_markdown => self.join(index, block, pieces, escape::html_in_markdown),
            Syntax::Html => self.join(index, block, pieces, escape::html),
            Syntax::Markdown => self.markdown(index, block, pieces),
            Syntax::MarkdownTitle { quote } => self.value(block, pieces, |text| escape::title(text, quote)),
            Syntax::HtmlAttribute { quote } => {
                let value = |mark: char| self.value(block, pieces, |text| escape::value(text, mark, in_markdown));
                match quote {
                    Some(quote) => value(quote),
                    None if is_unchanged(pieces) => value('"'),
                    None => format!("\"{}\"", value('"')),
                }
            }
        }
    }

    fn join(&self, index: usize, block: &Block, pieces: &[Piece], escape: impl Fn(&str) -> String) -> String {
        let written = |piece: &Piece| match piece {
            Piece::Text(text) => escape(text),
            Piece::Inline(inline) => self.inline(index, block, *inline),
        };
        pieces.iter().map(written).collect()
    }

    /// The bytes of an inline with the targets of the blocks inside of it; nothing where there is no such inline.
    fn inline(&self, index: usize, block: &Block, inline: usize) -> String {
        let Some(inline) = block.inlines.get(inline) else { return String::new() };
        let first = self.part.blocks.partition_point(|other| other.range.start < inline.range.start);
        self.written(inline.range.clone(), first.max(index + 1))
    }

    /// A value, whose inlines are text: kept as it is, or written anew as a whole.
    fn value(&self, block: &Block, pieces: &[Piece], escape: impl Fn(&str) -> String) -> String {
        if is_unchanged(pieces) {
            return self.part.bytes(block.range.clone()).to_owned();
        }
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Inline(index) => match block.inlines.get(*index).map(|inline| &inline.kind) {
                Some(InlineKind::Text(text) | InlineKind::Literal { text }) => text.clone(),
                _ => String::new(),
            },
        };
        escape(pieces.iter().map(text).collect::<String>().trim())
    }
}

fn is_unchanged(pieces: &[Piece]) -> bool {
    pieces == [Piece::Inline(0)]
}
