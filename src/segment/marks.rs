//! Formatting marks that do not travel: a segment comes in, its text without them and with their places goes out; an
//! engine's answer and alignment come in, the segment's spans with the marks where their words went go out.
//!
//! The text always wins: emphasis whose place is not certain is left out, and a mark that the reader needs is refused
//! rather than put anywhere.

use std::collections::HashMap;
use std::ops::Range;

use super::protect::{self, Edge, Framed, Placed};
use super::{Alignment, Mark, Pair, Protected, Segment, Span, Spelling, TargetSpan};
use crate::finding::{Finding, Severity};

/// The name under which findings about marks are reported.
const CHECK: &str = "marks";

/// Letters of words that bind others (articles, prepositions): where a model looks for them says little.
const BINDING_WORD: usize = 3;

/// Letters of the scripts before this one (Thai) stand in words with spaces between them.
const FIRST_WITHOUT_SPACES: char = '\u{E00}';

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
                    let next = behind.and_then(|behind| spans[behind].text().chars().next());
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

/// The inverse of [`protect_unmarked`]: an engine's answer back into spans, the marks where the alignment has their words.
/// With them what is worth knowing about their places.
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
    Ok((protect::assemble(segment, protected, &framed.text, &placed, &edges)?, findings))
}

/// Where a pair may go.
struct Proposal {
    hull: Range<usize>,
    /// Words in the hull that render words of the pair, and longer words that render others.
    own: usize,
    strangers: usize,
}

impl Proposal {
    fn is_good_for(&self, mark: Mark) -> bool {
        self.strangers == 0 || (mark == Mark::Essential && self.strangers <= self.own)
    }
}

/// What went where, in both orders.
struct Projection<'run> {
    source: &'run str,
    target: &'run str,
    slots: &'run [Placed],
    placed: &'run [Placed],
    /// By the start of the source.
    by_source: Alignment,
    /// By the start of the target, words only.
    by_target: Alignment,
}

impl<'run> Projection<'run> {
    fn new(
        protected: &'run Protected,
        framed: &'run Framed,
        slots: &'run [Placed],
        placed: &'run [Placed],
        alignment: &Alignment,
    ) -> Self {
        let (source, target) = (protected.text.as_str(), framed.text.as_str());
        let sent: HashMap<usize, &Range<usize>> = slots.iter().map(|(range, slot)| (*slot, range)).collect();
        let mut by_source: Alignment = alignment
            .iter()
            .filter(|(from, _)| source.get(from.clone()).is_some_and(|words| !words.is_empty()))
            .filter_map(|(from, to)| Some((from.clone(), framed.find(to).filter(|to| !to.is_empty())?)))
            // Where placeholders went is known, whatever the engine believes.
            .filter(|(from, to)| !is_inside_any(from, slots) && !touches_any(to, placed))
            .collect();
        by_source.extend(placed.iter().filter_map(|(to, slot)| Some(((*sent.get(slot)?).clone(), to.clone()))));
        by_source.sort_by_key(|(from, to)| (from.start, from.end, to.start));
        let is_word =
            |range: &Range<usize>| target.get(range.clone()).is_some_and(|text| text.contains(char::is_alphanumeric));
        let mut by_target: Alignment = by_source.iter().filter(|(_, to)| is_word(to)).cloned().collect();
        by_target.sort_by_key(|(_, to)| to.start);
        Self { source, target, slots, placed, by_source, by_target }
    }

    /// The smallest stretch of the target with all that renders the pair's words.
    fn propose(&self, pair: &Pair) -> Option<Proposal> {
        let inner = self.source.get(pair.range.clone()).filter(|inner| !inner.is_empty())?;
        let has_words = inner.contains(char::is_alphanumeric);
        let first = self.by_source.partition_point(|(from, _)| from.start < pair.range.start);
        let mut hull: Option<Range<usize>> = None;
        for (from, to) in self.by_source[first..].iter().take_while(|(from, _)| from.start < pair.range.end) {
            let is_word = self.target.get(to.clone()).is_some_and(|text| text.contains(char::is_alphanumeric));
            if from.end <= pair.range.end && (is_word || !has_words) {
                hull = Some(hull.map_or_else(|| to.clone(), |hull| union(&hull, to)));
            }
        }
        let hull = self.whole_words(hull?)?;
        let first = self.by_target.partition_point(|(_, to)| to.start < hull.start);
        let (mut own, mut strangers) = (0, 0);
        for (from, to) in self.by_target[first..].iter().take_while(|(_, to)| to.start < hull.end) {
            if pair.range.start <= from.start && from.end <= pair.range.end {
                own += 1;
            } else if to.end <= hull.end && !self.is_binding(to) {
                strangers += 1;
            }
        }
        Some(Proposal { hull: self.with_punctuation(&pair.range, hull), own, strangers })
    }

    /// Whether a stretch of the target is a word so short that its own place says little.
    fn is_binding(&self, range: &Range<usize>) -> bool {
        let word = self.target.get(range.clone()).unwrap_or_default();
        word.chars().all(|letter| letter.is_alphabetic() && letter < FIRST_WITHOUT_SPACES)
            && word.chars().count() <= BINDING_WORD
    }

    /// The hull, with no word cut in two; `None` where it cuts a placeholder.
    fn whole_words(&self, mut hull: Range<usize>) -> Option<Range<usize>> {
        let is_letter = |letter: char| letter.is_alphanumeric() && letter < FIRST_WITHOUT_SPACES;
        let before = self.target.get(..hull.start)?;
        let inside = self.target.get(hull.clone())?;
        let after = self.target.get(hull.end..)?;
        if inside.starts_with(is_letter) {
            hull.start = before.trim_end_matches(is_letter).len();
        }
        if inside.ends_with(is_letter) {
            hull.end = self.target.len() - after.trim_start_matches(is_letter).len();
        }
        let cuts = |at: usize| {
            let next = self.placed.partition_point(|(range, _)| range.end <= at);
            self.placed.get(next).is_some_and(|(range, _)| range.start < at)
        };
        (!cuts(hull.start) && !cuts(hull.end)).then_some(hull)
    }

    /// The hull with the signs at its ends that the pair has at its own: where engines put signs is less certain than
    /// where they put words.
    fn with_punctuation(&self, range: &Range<usize>, mut hull: Range<usize>) -> Range<usize> {
        let inner = self.source.get(range.clone()).unwrap_or_default();
        let is_sign = |letter: char| !letter.is_alphanumeric() && !letter.is_whitespace();
        let first = self.slots.partition_point(|(slot, _)| slot.end <= range.start);
        let last = self.slots.partition_point(|(slot, _)| slot.end <= range.end).checked_sub(1);
        let begins = self.slots.get(first).is_some_and(|(slot, _)| slot.start == range.start);
        let ends = last.and_then(|last| self.slots.get(last)).is_some_and(|(slot, _)| slot.end == range.end);
        if !ends && let Some(words) = inner.rfind(|letter| !is_sign(letter)) {
            let signs = inner.get(words..).map_or("", |rest| rest.trim_start_matches(|letter| !is_sign(letter)));
            if self.target.get(hull.end..).is_some_and(|after| after.starts_with(signs)) {
                hull.end += signs.len();
            }
        }
        if !begins {
            let signs = inner.len() - inner.trim_start_matches(is_sign).len();
            let signs = inner.get(..signs).unwrap_or_default();
            if self.target.get(..hull.start).is_some_and(|before| before.ends_with(signs)) {
                hull.start -= signs.len();
            }
        }
        hull
    }
}

/// Whether `range` lies within one of the placeholders.
fn is_inside_any(range: &Range<usize>, placed: &[Placed]) -> bool {
    let next = placed.partition_point(|(other, _)| other.end < range.end);
    placed.get(next).is_some_and(|(other, _)| other.start <= range.start && range.end <= other.end)
}

/// Whether `range` has a part of a placeholder without having all of it, or is one.
fn touches_any(range: &Range<usize>, placed: &[Placed]) -> bool {
    let next = placed.partition_point(|(other, _)| other.end <= range.start);
    let cuts = |other: &Range<usize>| other.start < range.end && (other.start <= range.start || range.end <= other.end);
    let last = placed.partition_point(|(other, _)| other.start < range.end).checked_sub(1);
    placed.get(next).is_some_and(|(other, _)| cuts(other))
        || last.and_then(|last| placed.get(last)).is_some_and(|(other, _)| other.end > range.start && cuts(other))
}

/// Makes each pair's stretch as wide as that of the pairs within it.
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

fn union(one: &Range<usize>, other: &Range<usize>) -> Range<usize> {
    one.start.min(other.start)..one.end.max(other.end)
}

/// What the source has between a pair's marks, shortened.
fn words(segment: &Segment, pair: &Pair) -> String {
    let text: String = segment.spans.get(pair.open..pair.close).unwrap_or_default().iter().map(Span::text).collect();
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests;
