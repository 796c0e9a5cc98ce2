//! A run: the inline content between two block borders, which a reader adds event by event, and of which blocks are
//! made. Text-level HTML elements are told apart here for both readers: pairs, and what is kept as one atom. Nothing
//! here knows of block elements.

use std::ops::Range;

use super::split::{self, Lines, Reading};
use super::tiles::{self, Mark, MarkKind};
use super::{Block, BlockKind, Inline, InlineKind, Syntax, limits, markup};

/// Inline content between two block borders.
#[derive(Debug, Default)]
pub(super) struct Run {
    marks: Vec<Mark>,
    /// The blocks inside of marks: attributes that people read. Ascending.
    nested: Vec<Block>,
    open: Vec<Element>,
    pairs: usize,
}

/// A text-level element that is open.
#[derive(Debug)]
struct Element {
    name: String,
    pair: usize,
    /// Index of its mark.
    mark: usize,
    is_kept: bool,
}

impl Run {
    pub(super) fn push(&mut self, range: Range<usize>, kind: MarkKind) {
        self.marks.push(Mark { range, kind });
    }

    /// Adds blocks that lie inside of a mark, behind all that were added before.
    pub(super) fn nest(&mut self, blocks: impl IntoIterator<Item = Block>) {
        self.nested.extend(blocks);
    }

    /// A number that no other pair of this run has.
    pub(super) fn next_pair(&mut self) -> usize {
        self.pairs += 1;
        self.pairs - 1
    }

    /// Where the content so far ends; `None` where there is none.
    pub(super) fn end(&self) -> Option<usize> {
        self.marks.last().map(|mark| mark.range.end)
    }

    pub(super) fn has_open_elements(&self) -> bool {
        !self.open.is_empty()
    }

    /// A start tag. From here to its end tag, the element becomes one atom where `is_kept` says so. One deeper than
    /// [`limits::NESTING`] is an atom itself.
    pub(super) fn open(&mut self, name: &str, range: Range<usize>, is_kept: bool) {
        if self.open.len() >= limits::NESTING {
            return self.push(range, MarkKind::Atom(String::new()));
        }
        let pair = self.next_pair();
        self.open.push(Element { name: name.to_owned(), pair, mark: self.marks.len(), is_kept });
        self.push(range, MarkKind::Open(pair));
    }

    /// An end tag. One that closes nothing is an atom, or gap where the run has not begun.
    pub(super) fn close(&mut self, name: &str, range: Range<usize>) {
        let Some(at) = self.open.iter().rposition(|element| element.name == name) else {
            if !self.marks.is_empty() {
                self.push(range, MarkKind::Atom(String::new()));
            }
            return;
        };
        let closed = self.open.split_off(at);
        match closed.first() {
            Some(element) if element.is_kept => self.collapse(element, range.end),
            Some(element) => self.push(range, MarkKind::Close(element.pair)),
            None => {}
        }
    }

    /// Makes one atom of an element that is kept, and of what it holds.
    fn collapse(&mut self, element: &Element, end: usize) {
        let marks = self.marks.split_off(element.mark);
        let Some(start) = marks.first().map(|mark| mark.range.start) else { return };
        while self.nested.last().is_some_and(|block| block.range.start >= start) {
            self.nested.pop();
        }
        let shown = marks.iter().map(|mark| match &mark.kind {
            MarkKind::Text(text) | MarkKind::Atom(text) | MarkKind::Literal(text) => text.as_str(),
            MarkKind::LineEnd => " ",
            MarkKind::Open(_) | MarkKind::Close(_) => "",
        });
        let is_hidden = markup::is_opaque(&element.name);
        self.push(start..end, MarkKind::Atom(if is_hidden { String::new() } else { shown.collect() }));
    }

    /// Replaces what was read of each of these ranges (ascending) by one atom, wherever its borders do not cut through
    /// other marks. A run too long to be a block is left alone.
    pub(super) fn keep(&mut self, source: &str, kept: &[Range<usize>]) {
        let (Some(begin), Some(end)) = (self.marks.first().map(|mark| mark.range.start), self.end()) else { return };
        if end.saturating_sub(begin) > limits::SEGMENT_BYTES {
            return;
        }
        let start = kept.partition_point(|range| range.end <= begin);
        for range in kept.iter().skip(start).take_while(|range| range.start < end) {
            let from = self.marks.partition_point(|mark| mark.range.end <= range.start);
            let to = self.marks.partition_point(|mark| mark.range.start < range.end);
            let (Some(head), Some(tail)) =
                (self.marks.get(from), to.checked_sub(1).and_then(|last| self.marks.get(last)))
            else {
                continue;
            };
            // What is kept may begin before the run, or end behind it.
            let range = &(range.start.max(begin)..range.end.min(end));
            let (left, right) = (head.range.start..range.start, range.end..tail.range.end);
            let (Some(before), Some(after)) = (cut(source, head, &left), cut(source, tail, &right)) else { continue };
            let text = source.get(range.clone()).unwrap_or_default().to_owned();
            let marks = [
                Mark { range: left, kind: MarkKind::Text(before) },
                Mark { range: range.clone(), kind: MarkKind::Atom(text) },
                Mark { range: right, kind: MarkKind::Text(after) },
            ];
            self.marks.splice(from..to, marks.into_iter().filter(|mark| !mark.range.is_empty()));
            self.nested.retain(|block| !range.contains(&block.range.start));
        }
    }

    /// The blocks of this run's lines, where there is something to read in them, and the blocks inside of their marks;
    /// the places of the line ends between them are added to `line_ends`. The run is empty afterwards.
    pub(super) fn take(
        &mut self,
        source: &str,
        kind: BlockKind,
        syntax: Syntax,
        reading: Reading<'_>,
        line_ends: &mut Vec<usize>,
    ) -> Vec<Block> {
        let Self { marks, nested, .. } = std::mem::take(self);
        let Lines { runs, ends } = split::split(source, marks, reading);
        line_ends.extend(ends);
        let lines: Vec<Block> =
            runs.into_iter().filter_map(|marks| tiles::block(source, marks, kind, syntax)).collect();
        with_nested(lines, nested)
    }

    /// [`Run::take`] of a source that is one line: what would end one is a space.
    pub(super) fn take_line(&mut self, source: &str, kind: BlockKind, syntax: Syntax) -> Vec<Block> {
        let marks = split::join(source, std::mem::take(&mut self.marks));
        tiles::block(source, marks, kind, syntax).into_iter().collect()
    }

    /// [`Run::take`] of a text whose line ends are spaces.
    pub(super) fn take_whole(&mut self, source: &str, kind: BlockKind, syntax: Syntax) -> Vec<Block> {
        self.take(source, kind, syntax, Reading::Written(&[]), &mut Vec::new())
    }
}

/// The blocks of lines with those inside of their marks, each behind the block that holds it.
fn with_nested(lines: Vec<Block>, nested: Vec<Block>) -> Vec<Block> {
    let mut end = 0;
    let mut blocks: Vec<Block> = Vec::with_capacity(nested.len() + lines.len());
    for block in nested {
        let before = lines.partition_point(|line| line.range.end <= block.range.start);
        if block.range.start >= end && lines.get(before).is_none_or(|line| holds(line, &block.range)) {
            end = block.range.end;
            blocks.push(block);
        }
    }
    blocks.extend(lines);
    // A line begins with its first mark, inside of which another block may begin only later.
    blocks.sort_by_key(|block| (block.range.start, std::cmp::Reverse(block.range.end)));
    blocks
}

/// The text of a mark in this part of its range; `None` where the mark cannot be cut.
fn cut(source: &str, mark: &Mark, range: &Range<usize>) -> Option<String> {
    if range.is_empty() {
        return Some(String::new());
    }
    match &mark.kind {
        MarkKind::Text(text) if source.get(mark.range.clone()) == Some(text) => {
            source.get(range.clone()).map(str::to_owned)
        }
        _ => None,
    }
}

/// Whether a range lies inside of one mark of a block, or apart from it: replacing the block's text must not touch it.
fn holds(outer: &Block, range: &Range<usize>) -> bool {
    if range.end <= outer.range.start || outer.range.end <= range.start {
        return true;
    }
    let at = outer.inlines.partition_point(|inline| inline.range.end <= range.start);
    outer.inlines.get(at).is_some_and(|inline| {
        !matches!(inline.kind, InlineKind::Text(_))
            && inline.range.start <= range.start
            && range.end <= inline.range.end
    })
}

/// The block of a value that people read, without the white space at its ends; `None` where there are no words.
pub(super) fn attribute(source: &str, range: Range<usize>, text: &str, syntax: Syntax) -> Option<Block> {
    let raw = source.get(range.clone())?;
    let start = range.start + raw.len() - raw.trim_ascii_start().len();
    let range = start..start + raw.trim_ascii().len();
    let text = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    if range.is_empty() || text.trim().is_empty() {
        return None;
    }
    let inlines = vec![Inline { range: range.clone(), kind: InlineKind::Text(text) }];
    Some(Block { range, kind: BlockKind::Attribute, syntax, inlines })
}

/// The blocks of a start tag's attributes; `place` is where the tag begins.
pub(super) fn attributes(
    source: &str,
    tag: Range<usize>,
    name: &str,
    attributes: &[(String, String)],
) -> impl Iterator<Item = Block> {
    let bytes = source.get(tag.clone()).unwrap_or_default();
    markup::values_for_readers(bytes, name, attributes).into_iter().filter_map(move |value| {
        let range = tag.start + value.range.start..tag.start + value.range.end;
        attribute(source, range, &value.text, Syntax::HtmlAttribute { quote: value.quote })
    })
}
