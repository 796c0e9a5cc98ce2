//! Tiling: makes a [`Block`] of the marks of one run of inline content, which cover it without a hole. Pairs leave
//! here properly nested; a mark without its partner is an atom.

use std::ops::Range;

use super::{Block, BlockKind, Inline, InlineKind, Syntax};

/// One event of a run; pairs are known by a number that the reader chose.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) range: Range<usize>,
    pub(super) kind: MarkKind,
}

#[derive(Clone, Debug)]
pub(super) enum MarkKind {
    Text(String),
    Open(usize),
    Close(usize),
    Atom(String),
    /// Prose that is kept as it is: code that nobody marked.
    Literal(String),
    /// A line's end that may be meant, or be a space.
    LineEnd,
}

/// The block that these marks cover; `None` where there is nothing to read in it.
pub(super) fn block(source: &str, mut marks: Vec<Mark>, kind: BlockKind, syntax: Syntax) -> Option<Block> {
    trim(source, &mut marks);
    let has_words = marks.iter().any(|mark| matches!(&mark.kind, MarkKind::Text(text) if !text.trim().is_empty()));
    let (first, last) = (marks.first()?, marks.last()?);
    let range = first.range.start..last.range.end;
    if !has_words || source.get(range.clone()).is_none() {
        return None;
    }
    let inlines = number(merge(cover(marks)));
    Some(Block { range, kind, syntax, inlines })
}

/// White space at the border of a block is gap.
fn trim(source: &str, marks: &mut Vec<Mark>) {
    while let Some(Mark { range, kind: MarkKind::Text(text) }) = marks.first_mut() {
        let raw = source.get(range.clone()).unwrap_or_default();
        range.start += raw.len() - raw.trim_ascii_start().len();
        if range.start >= range.end {
            marks.remove(0);
        } else {
            *text = text.trim_ascii_start().to_owned();
            break;
        }
    }
    while let Some(Mark { range, kind: MarkKind::Text(text) }) = marks.last_mut() {
        let raw = source.get(range.clone()).unwrap_or_default();
        range.end -= raw.len() - raw.trim_ascii_end().len();
        if range.start >= range.end {
            marks.pop();
        } else {
            *text = text.trim_ascii_end().to_owned();
            break;
        }
    }
}

/// Gives the bytes that no event reported (the `> ` of a quoted line) to a neighbour: to a text where there is one,
/// since they go when the text is replaced, and never to a mark, which is kept as it is.
fn cover(marks: Vec<Mark>) -> Vec<Mark> {
    let mut covered: Vec<Mark> = Vec::with_capacity(marks.len());
    for mut mark in marks {
        if let Some(before) = covered.last_mut() {
            let hole = before.range.end..mark.range.start;
            match (&before.kind, &mark.kind) {
                _ if hole.is_empty() => mark.range.start = before.range.end,
                (MarkKind::Text(_), _) => before.range.end = hole.end,
                (_, MarkKind::Text(_)) => mark.range.start = hole.start,
                (MarkKind::Atom(_), _) => before.range.end = hole.end,
                (_, MarkKind::Atom(_)) => mark.range.start = hole.start,
                _ => covered.push(Mark { range: hole, kind: MarkKind::Atom(String::new()) }),
            }
            mark.range.end = mark.range.end.max(mark.range.start);
        }
        covered.push(mark);
    }
    covered
}

fn merge(marks: Vec<Mark>) -> Vec<Mark> {
    let mut merged: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        match (merged.last_mut(), &mark.kind) {
            (Some(Mark { range, kind: MarkKind::Text(before) }), MarkKind::Text(text)) => {
                range.end = mark.range.end;
                before.push_str(text);
            }
            _ => merged.push(mark),
        }
    }
    merged
}

/// Numbers the pairs in order of opening and turns every mark that is not half of a properly nested pair into an atom.
fn number(marks: Vec<Mark>) -> Vec<Inline> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut partners: Vec<(usize, usize)> = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        match mark.kind {
            MarkKind::Open(pair) => open.push((pair, index)),
            MarkKind::Close(pair) => {
                if let Some(at) = open.iter().rposition(|(other, _)| *other == pair) {
                    partners.extend(open.get(at).map(|(_, start)| (*start, index)));
                    open.truncate(at);
                }
            }
            MarkKind::Text(_) | MarkKind::Atom(_) | MarkKind::Literal(_) | MarkKind::LineEnd => {}
        }
    }
    partners.sort_unstable();
    let mut pairs: Vec<Option<(bool, usize)>> = vec![None; marks.len()];
    for (pair, (start, end)) in partners.into_iter().enumerate() {
        for (at, opens) in [(start, true), (end, false)] {
            if let Some(slot) = pairs.get_mut(at) {
                *slot = Some((opens, pair));
            }
        }
    }
    let inline = |(Mark { range, kind }, pair)| {
        let kind = match (kind, pair) {
            // Of a text of which nothing is read (`<wbr>` between two marks), the bytes stay.
            (MarkKind::Text(text), _) if text.is_empty() => InlineKind::Atom { text },
            (MarkKind::Text(text), _) => InlineKind::Text(text),
            (MarkKind::Literal(text), _) => InlineKind::Literal { text },
            (MarkKind::Atom(text), _) => InlineKind::Atom { text },
            (_, Some((true, pair))) => InlineKind::Open { pair },
            (_, Some((false, pair))) => InlineKind::Close { pair },
            (_, None) => InlineKind::Atom { text: String::new() },
        };
        Inline { range, kind }
    };
    marks.into_iter().zip(pairs).map(inline).collect()
}
