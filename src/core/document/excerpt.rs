//! Excerpts: the HTML in a text that is not all HTML, read as one text, with the way back to the source's places. A
//! quoted block's `> ` lies between two ranges and is no part of the text.

use std::borrow::Cow;
use std::ops::Range;

use super::Block;
use crate::quoting::line_of;

/// Spans of a source read as one text.
#[derive(Clone, Debug)]
pub(super) struct Excerpt<'a> {
    pub(super) source: &'a str,
    pub(super) text: Cow<'a, str>,
    /// Where each span begins, in the text and in the source; ascending in both.
    spans: Vec<(usize, usize)>,
    /// Where the sections begin in the text: no tag and no paragraph goes on from one into the next.
    sections: Vec<usize>,
}

impl<'a> Excerpt<'a> {
    /// All of a source, as one section.
    pub(super) fn whole(source: &'a str) -> Self {
        Self { source, text: Cow::Borrowed(source), spans: vec![(0, 0)], sections: vec![0] }
    }

    /// Whether other text stands around the sections, whose first tags tell where they begin.
    pub(super) fn is_embedded(&self) -> bool {
        matches!(self.text, Cow::Owned(_))
    }

    /// Nothing yet.
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, text: Cow::Owned(String::new()), spans: Vec::new(), sections: Vec::new() }
    }

    pub(super) fn begin_section(&mut self) {
        self.sections.push(self.text.len());
    }

    /// Adds a span that lies behind all others.
    pub(super) fn push(&mut self, range: Range<usize>) {
        let Some(bytes) = self.source.get(range.clone()).filter(|bytes| !bytes.is_empty()) else { return };
        if self.place(self.text.len()) != Some(range.start) {
            self.spans.push((self.text.len(), range.start));
        }
        self.text.to_mut().push_str(bytes);
    }

    /// Bytes of the text, one range for each section.
    pub(super) fn sections(&self) -> impl Iterator<Item = Range<usize>> {
        let ends = self.sections.iter().skip(1).copied().chain([self.text.len()]);
        self.sections.iter().copied().zip(ends).map(|(start, end)| start..end)
    }

    /// The line of the source, from 1, in which a place of the text stands.
    pub(super) fn line(&self, at: usize) -> usize {
        line_of(self.source, self.start(at))
    }

    /// A range of the text as one of the source; what ends behind the text ends with the source.
    pub(super) fn range(&self, range: &Range<usize>) -> Range<usize> {
        let end = if range.end > self.text.len() { self.source.len() } else { self.end(range.end) };
        self.start(range.start)..end
    }

    /// The places of these places of the text in the source.
    pub(super) fn places(&self, places: &[usize]) -> impl Iterator<Item = usize> {
        places.iter().map(|at| self.start(*at))
    }

    /// Those of these places of the source (ascending) that lie in the text, as places of it, ascending.
    pub(super) fn places_in_text(&self, places: &[usize]) -> Vec<usize> {
        let in_text = |(index, (start, place)): (usize, &(usize, usize))| {
            let end = self.spans.get(index + 1).map_or(self.text.len(), |(end, _)| *end);
            let span = *place..*place + (end - start);
            let first = places.partition_point(|at| *at < span.start);
            let inside = places.iter().skip(first).take_while(move |at| span.contains(at));
            inside.map(|at| start + (at - place)).collect::<Vec<_>>()
        };
        self.spans.iter().enumerate().flat_map(in_text).collect()
    }

    /// A block of the text as one of the source. Between two of its inlines, what is no part of the text belongs to
    /// the first: that is a text with its line's end.
    pub(super) fn locate(&self, mut block: Block) -> Block {
        block.range = self.range(&block.range);
        let last = block.inlines.len().saturating_sub(1);
        for (index, inline) in block.inlines.iter_mut().enumerate() {
            let Range { start, end } = inline.range;
            inline.range = self.start(start)..if index == last { self.end(end) } else { self.start(end) };
        }
        block
    }

    fn start(&self, at: usize) -> usize {
        self.place(at).unwrap_or_default()
    }

    fn end(&self, at: usize) -> usize {
        at.checked_sub(1).map_or_else(|| self.start(at), |last| self.start(last) + 1)
    }

    fn place(&self, at: usize) -> Option<usize> {
        let span = self.spans.partition_point(|(start, _)| *start <= at).checked_sub(1)?;
        self.spans.get(span).map(|(start, place)| place + (at - start))
    }
}
