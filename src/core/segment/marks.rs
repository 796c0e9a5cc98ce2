//! Formatting marks that do not travel: the text is sent without them, and they are put where their words went, by the
//! engine's alignment.
//!
//! The text always wins: emphasis whose place is not certain is left out, and a mark that the reader needs is refused
//! rather than put anywhere.

use std::collections::HashMap;
use std::ops::Range;

use super::assembly::{self, Edge};
use super::projection::{Projection, Proposal, union};
use super::protect::{self, Framed};
use super::{Alignment, Mark, Pair, Protected, Segment, Span, Spelling, TargetSpan};
use crate::finding::{Finding, Severity};

/// The name under which findings about marks are reported.
const CHECK: &str = "marks";

/// The segment's text with a placeholder for every fact and code, and without the marks round words. Marks round a fact
/// or a code alone share its placeholder.
#[must_use]
pub fn protect_unmarked(segment: &Segment, spelling: Spelling) -> Protected {
    let spans = &segment.spans;
    let partners = partners(spans);
    let partner = |index: usize| partners.get(index).copied().flatten();
    let (lead, trail) = ends(spans, &partners);
    let mut protected = Protected::between(0..lead, trail..spans.len(), spelling);
    let mut opened: HashMap<usize, usize> = HashMap::new();
    let mut index = lead;
    while index < trail {
        if let Span::Text(text) = &spans[index] {
            protected.text.push_str(text);
            index += 1;
            continue;
        }
        let run = index..(index..trail).find(|&next| matches!(spans[next], Span::Text(_))).unwrap_or(trail);
        let is_crossing = |at: usize| partner(at).is_some_and(|other| !run.contains(&other));
        while index < run.end {
            match (is_crossing(index), &spans[index]) {
                (true, Span::Open { .. }) => {
                    opened.insert(index, protected.text.len());
                    index += 1;
                }
                (true, _) => {
                    let open = partner(index).and_then(|open| Some((open, opened.remove(&open)?)));
                    protected
                        .pairs
                        .extend(open.and_then(|(open, start)| pair(spans, &protected.text, open, index, start)));
                    index += 1;
                }
                (false, _) => {
                    let end = (index..run.end).find(|&at| is_crossing(at)).unwrap_or(run.end);
                    let behind = (end..trail).find(|&at| !is_crossing(at));
                    let next = behind.map(|behind| &spans[behind]);
                    protect::push_placeholder(&mut protected, index..end, next);
                    index = end;
                }
            }
        }
    }
    protected.pairs.sort_by_key(|pair| pair.open);
    protected
}

fn pair(spans: &[Span], text: &str, open: usize, close: usize, start: usize) -> Option<Pair> {
    let Some(Span::Open { mark, .. }) = spans.get(open) else { return None };
    let inner = text.get(start..)?;
    let start = start + inner.len() - inner.trim_start().len();
    Some(Pair { open, close, mark: *mark, range: start..start + inner.trim().len() })
}

/// For every mark the index of the other one of its pair.
fn partners(spans: &[Span]) -> Vec<Option<usize>> {
    let mut partners = vec![None; spans.len()];
    let mut open = Vec::new();
    for (index, span) in spans.iter().enumerate() {
        match span {
            Span::Open { pair, .. } => open.push((*pair, index)),
            Span::Close { pair, .. } if open.last().is_some_and(|(last, _)| last == pair) => {
                if let Some((_, other)) = open.pop() {
                    partners[index] = Some(other);
                    partners[other] = Some(index);
                }
            }
            _ => {}
        }
    }
    partners
}

/// The spans at both ends that stay there whatever stands between them: pairs round everything, codes that nobody sees.
fn ends(spans: &[Span], partners: &[Option<usize>]) -> (usize, usize) {
    let is_empty_code = |index: usize| matches!(&spans[index], Span::Code { text, .. } if text.is_empty());
    let (mut lead, mut trail) = (0, spans.len());
    while lead < trail {
        if is_empty_code(lead) {
            lead += 1;
        } else if is_empty_code(trail - 1) {
            trail -= 1;
        } else if trail - lead > 1 && partners.get(lead).copied().flatten() == Some(trail - 1) {
            lead += 1;
            trail -= 1;
        } else {
            break;
        }
    }
    (lead, trail)
}

/// The inverse of [`protect_unmarked`]: an engine's answer back into spans, the marks where the alignment has their
/// words. With them what is worth knowing about their places.
///
/// # Errors
/// A blocking finding per placeholder that is missing, doubled or unknown, or for the first mark that has no place and
/// must not be lost.
pub fn project(
    segment: &Segment,
    protected: &Protected,
    answer: &str,
    alignment: &Alignment,
) -> Result<(Vec<TargetSpan>, Vec<Finding>), Vec<Finding>> {
    let framed = Framed::new(protected, answer);
    let placed = protect::placed(segment, protected, &framed.text)?;
    let slots = protect::placed(segment, protected, &protected.text)?;
    let projection = Projection::new(protected, &framed, &slots, &placed, alignment);
    let mut proposals: Vec<Option<Proposal>> = protected.pairs.iter().map(|pair| projection.propose(pair)).collect();
    widen(&protected.pairs, &mut proposals);

    let mut order: Vec<usize> = (0..proposals.len()).collect();
    let is_sure = |index: usize| proposals[index].as_ref().is_some_and(|proposal| proposal.strangers == 0);
    order.sort_by_key(|&index| (protected.pairs[index].mark == Mark::Emphasis, !is_sure(index), index));
    let mut chosen: Vec<(usize, Range<usize>)> = Vec::new();
    let mut findings = Vec::new();
    for index in order {
        let pair = &protected.pairs[index];
        let proposal = proposals[index].as_ref().filter(|proposal| proposal.is_good_for(pair.mark));
        let fits = |proposal: &&Proposal| {
            chosen.iter().all(|(other, hull)| agree(pair, &proposal.hull, &protected.pairs[*other], hull))
        };
        match (proposal.filter(fits), pair.mark) {
            (Some(proposal), _) => {
                if proposal.strangers > 0 {
                    let message = format!("the mark round `{}` may stand round other words", words(segment, pair));
                    findings.push(Finding::new(CHECK, Severity::Warn, message));
                }
                chosen.push((index, proposal.hull.clone()));
            }
            (None, Mark::Emphasis) => {}
            (None, Mark::Essential) => {
                let message = format!("the mark round `{}` has no certain place", words(segment, pair));
                return Err(vec![Finding::new(CHECK, Severity::Block, message)]);
            }
        }
    }
    let edges = edges(&protected.pairs, &chosen);
    Ok((assembly::assemble(segment, protected, &framed.text, &placed, &edges)?, findings))
}

/// Makes each pair's span as wide as that of the pairs within it.
fn widen(pairs: &[Pair], proposals: &mut [Option<Proposal>]) {
    let mut parents = vec![None; pairs.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, pair) in pairs.iter().enumerate() {
        while open.last().is_some_and(|&last| pairs[last].close < pair.open) {
            open.pop();
        }
        parents[index] = open.last().copied();
        open.push(index);
    }
    for (index, parent) in parents.into_iter().enumerate().rev() {
        let inner = proposals[index].as_ref().filter(|inner| inner.strangers == 0).map(|inner| inner.hull.clone());
        if let (Some(inner), Some(outer)) = (inner, parent.and_then(|parent| proposals[parent].as_mut())) {
            outer.hull = union(&outer.hull, &inner);
        }
    }
}

/// Whether two pairs stand to each other in the target as they do in the source: one in the other, or apart.
fn agree(one: &Pair, here: &Range<usize>, other: &Pair, there: &Range<usize>) -> bool {
    let holds = |outer: &Range<usize>, inner: &Range<usize>| outer.start <= inner.start && inner.end <= outer.end;
    if one.open < other.open && other.close < one.close {
        holds(here, there)
    } else if other.open < one.open && one.close < other.close {
        holds(there, here)
    } else {
        here.end <= there.start || there.end <= here.start
    }
}

/// The marks in the order in which they stand: what closes before what opens, the inner before the outer to close.
fn edges(pairs: &[Pair], chosen: &[(usize, Range<usize>)]) -> Vec<Edge> {
    let mut edges: Vec<(Edge, isize)> = Vec::with_capacity(chosen.len() * 2);
    for (index, hull) in chosen {
        let pair = &pairs[*index];
        let depth = isize::try_from(*index).unwrap_or(isize::MAX);
        edges.push((Edge { at: hull.start, closes: false, span: pair.open }, depth));
        edges.push((Edge { at: hull.end, closes: true, span: pair.close }, -depth));
    }
    edges.sort_by_key(|(edge, depth)| (edge.at, !edge.closes, *depth));
    edges.into_iter().map(|(edge, _)| edge).collect()
}

/// What the source has between a pair's marks, shortened.
fn words(segment: &Segment, pair: &Pair) -> String {
    let text: String = segment.spans.get(pair.open..pair.close).unwrap_or_default().iter().map(Span::text).collect();
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests;
