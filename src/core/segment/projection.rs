//! Finds for each pair of marks the span of an engine's answer that renders what it holds, by the alignment that the
//! engine gave, and says how sure that is.

use std::collections::HashMap;
use std::ops::Range;

use super::assembly::Placed;
use super::protect::Framed;
use super::{Alignment, Mark, Pair, Protected};

/// Letters of words that bind others (articles, prepositions): where a model looks for them says little.
const BINDING_WORD: usize = 3;

/// Letters of the scripts before this one (Thai) stand in words with spaces between them.
const FIRST_WITHOUT_SPACES: char = '\u{E00}';

/// Where a pair may go.
pub(super) struct Proposal {
    pub(super) hull: Range<usize>,
    /// Words in the hull that render words of the pair, and longer words that render others.
    own: usize,
    pub(super) strangers: usize,
}

impl Proposal {
    pub(super) fn is_good_for(&self, mark: Mark) -> bool {
        self.strangers == 0 || (mark == Mark::Essential && self.strangers <= self.own)
    }
}

/// What went where, in both orders.
pub(super) struct Projection<'run> {
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
    pub(super) fn new(
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

    /// The smallest span of the target with all that renders the pair's words.
    pub(super) fn propose(&self, pair: &Pair) -> Option<Proposal> {
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

    /// Whether a span of the target is a word so short that its own place says little.
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

/// From the first byte of either to the last of either.
pub(super) fn union(one: &Range<usize>, other: &Range<usize>) -> Range<usize> {
    one.start.min(other.start)..one.end.max(other.end)
}
