//! Puts a target together from an engine's text and the places of placeholders and marks in it, with the white space
//! round them that the source had. Where anything goes is decided elsewhere.

use std::ops::Range;

use super::neighbours::{Fit, Side};
use super::{Protected, Segment, Span, Spelling, TargetSpan};
use crate::finding::{Finding, Severity};

/// The name under which placeholder findings are reported.
const CHECK: &str = "placeholders";

/// A placeholder's place in a text, and its slot.
pub(super) type Placed = (Range<usize>, usize);

/// A mark to be put into a text: before the byte `at`, the segment's span `span`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) at: usize,
    pub(super) closes: bool,
    pub(super) span: usize,
}

/// The spans in target order: the text with its placeholders' spans and the marks at `edges`, which are in the order in
/// which they stand.
pub(super) fn assemble(
    segment: &Segment,
    protected: &Protected,
    text: &str,
    placed: &[Placed],
    edges: &[Edge],
) -> Result<Vec<TargetSpan>, Vec<Finding>> {
    let is_verbatim = protected.spelling == Spelling::Remembered;
    let mut target: Vec<TargetSpan> = protected.lead.clone().map(TargetSpan::Source).collect();
    let mut edges = edges.iter().peekable();
    let mut from = 0;
    let mut left = None;
    let ends =
        placed.iter().map(|(range, slot)| (range.clone(), protected.slots.get(*slot).map(|found| (*slot, found))));
    for (range, slot) in ends.chain([(text.len()..text.len(), None)]) {
        let right = slot.filter(|_| !is_verbatim).map(|(position, slot)| Side::left(segment, slot, position));
        let fit = Fit::new(text, from..range.start, left, right);
        while let Some(edge) = edges.next_if(|edge| edge.closes && edge.at <= fit.kept.start) {
            target.push(TargetSpan::Source(edge.span));
        }
        push_text(&mut target, if fit.space_before { " " } else { "" });
        let mut at = fit.kept.start;
        while let Some(edge) = edges.next_if(|edge| edge.at < fit.kept.end || (edge.closes && edge.at <= range.start)) {
            let stop = edge.at.clamp(at, fit.kept.end);
            push_text(&mut target, text.get(at..stop).unwrap_or_default());
            target.push(TargetSpan::Source(edge.span));
            at = stop;
        }
        push_text(&mut target, text.get(at..fit.kept.end).unwrap_or_default());
        push_text(&mut target, if fit.space_after { " " } else { "" });
        while let Some(edge) = edges.next_if(|edge| edge.at <= range.start) {
            target.push(TargetSpan::Source(edge.span));
        }
        target.extend(slot.into_iter().flat_map(|(_, slot)| slot.spans.clone()).map(TargetSpan::Source));
        from = range.end;
        left = slot.filter(|_| !is_verbatim).map(|(position, slot)| Side::right(segment, slot, position));
    }
    target.extend(protected.trail.clone().map(TargetSpan::Source));
    if nested(segment, &target) {
        Ok(target)
    } else {
        Err(vec![blocked("the marks come back out of order".to_owned())])
    }
}

fn push_text(target: &mut Vec<TargetSpan>, text: &str) {
    match target.last_mut() {
        _ if text.is_empty() => {}
        Some(TargetSpan::Text(before)) => before.push_str(text),
        _ => target.push(TargetSpan::Text(text.to_owned())),
    }
}

/// Whether every pair opens before it closes and pairs do not cross.
fn nested(segment: &Segment, target: &[TargetSpan]) -> bool {
    let mut open = Vec::new();
    for span in target {
        let TargetSpan::Source(index) = span else { continue };
        match segment.spans.get(*index) {
            Some(Span::Open { pair, .. }) => open.push(*pair),
            Some(Span::Close { pair, .. }) if open.pop() != Some(*pair) => return false,
            _ => {}
        }
    }
    open.is_empty()
}

/// A finding that refuses an answer for its placeholders or marks.
pub(super) fn blocked(message: String) -> Finding {
    Finding::new(CHECK, Severity::Block, message)
}
