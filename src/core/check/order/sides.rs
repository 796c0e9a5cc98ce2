//! What stands beside a fact in the source and in the target, by which it keeps its place.

use crate::document::fact::Value;
use crate::language::{Language, OrderWords};
use crate::segment::{Span, TargetSpan};

use super::super::Subject;
use super::super::subject::words;

/// Prepositions of English.
pub(super) const PREPOSITIONS: [&str; 18] = [
    "about", "after", "as", "at", "before", "by", "for", "from", "in", "into", "of", "on", "onto", "through", "to",
    "under", "via", "with",
];

pub(super) fn value<'run>(subject: &Subject<'run>, span: usize) -> Option<&'run Value> {
    match subject.segment.spans.get(span) {
        Some(Span::Fact(fact)) => Some(&fact.value),
        _ => None,
    }
}

/// What stands right before and behind a fact, up to the next one.
pub(super) struct Sides<'text> {
    pub(super) before: &'text str,
    pub(super) after: &'text str,
}

pub(super) fn in_source<'run>(subject: &Subject<'run>, span: usize) -> Sides<'run> {
    let text = |span: Option<&'run Span>| match span {
        Some(Span::Text(text)) => text.as_str(),
        _ => "",
    };
    let spans = &subject.segment.spans;
    Sides { before: text(span.checked_sub(1).and_then(|at| spans.get(at))), after: text(spans.get(span + 1)) }
}

pub(super) fn in_target<'run>(subject: &Subject<'run>, span: usize) -> Option<Sides<'run>> {
    let text = |piece: Option<&'run TargetSpan>| match piece {
        Some(TargetSpan::Text(text)) => text.as_str(),
        _ => "",
    };
    let at = subject.pieces.iter().position(|piece| matches!(piece, TargetSpan::Source(index) if *index == span))?;
    Some(Sides {
        before: text(at.checked_sub(1).and_then(|at| subject.pieces.get(at))),
        after: text(subject.pieces.get(at + 1)),
    })
}

/// The word right before a fact, in lower case; nothing where a mark stands between.
pub(super) fn word_before(side: &str) -> Option<String> {
    let end = side.trim_end_matches([' ', '\u{a0}', '’', '\'']);
    let last = end.chars().next_back().filter(|last| last.is_alphabetic())?;
    words(end).last().filter(|word| word.ends_with(last)).map(str::to_lowercase)
}

/// Whether a text goes on with `of`.
pub(super) fn goes_on_with_of(side: &str) -> bool {
    goes_on(side, |word| word == "of")
}

/// Whether a text of the target goes on with a word that stands before a whole.
pub(super) fn goes_on_with_whole(side: &str) -> bool {
    goes_on(side, |word| is_any(word, |order| order.partitives))
}

fn goes_on(side: &str, is_wanted: impl Fn(&str) -> bool) -> bool {
    words(side).next().is_some_and(|word| side.trim_start().starts_with(word) && is_wanted(word))
}

/// Whether a word is one of these of any language.
pub(super) fn is_any(word: &str, of: impl Fn(&OrderWords) -> &'static [&'static str]) -> bool {
    Language::any(|language| language.order.is_some_and(|order| of(order).contains(&word)))
}

/// Whether a word of the target is a preposition.
pub(super) fn is_preposition(word: &str) -> bool {
    is_any(word, |order| order.prepositions)
}

/// Whether nothing but a fact stands in its brackets.
pub(super) fn is_bracketed(side: &Sides<'_>) -> bool {
    side.before.ends_with('(') && side.after.starts_with(')')
}

/// Whether a fact stands in the same brackets as in the source.
pub(super) fn keeps_its_brackets(subject: &Subject<'_>, span: usize) -> bool {
    is_bracketed(&in_source(subject, span)) && in_target(subject, span).is_some_and(|target| is_bracketed(&target))
}
