//! Facts that changed places and yet nobody can mix up: a moment, which brings its own preposition, and an amount that
//! still stands before its noun (`5% of requests failed at 10:54`, `a las 10:54 falló el 5 % de las solicitudes`); a part
//! and its whole (`3 of 12 nodes`, `de los 12 nodos, 3`).

use crate::document::fact::{Value, Verbatim};
use crate::segment::{Span, TargetSpan};

use super::super::Subject;
use super::super::subject::words;
use super::unlike;

pub(super) const PREPOSITIONS: [&str; 18] = [
    "about", "after", "as", "at", "before", "by", "for", "from", "in", "into", "of", "on", "onto", "through", "to",
    "under", "via", "with",
];

/// Of the languages whose order this looks at.
pub(super) const THEIR_PREPOSITIONS: [&str; 64] = [
    "a", "al", "alla", "all", "alle", "ai", "ao", "aos", "as", "ante", "bajo", "com", "con", "contra", "da", "dal",
    "dalla", "dai", "das", "de", "degli", "dei", "del", "della", "delle", "desde", "di", "do", "dos", "em", "en",
    "entre", "fino", "fra", "hasta", "in", "na", "nas", "nel", "nella", "nei", "no", "nos", "num", "numa", "para",
    "pela", "pelo", "per", "por", "sob", "sobre", "su", "sul", "sulla", "tra", "tras", "via", "dell", "nell", "sull",
    "dall", "até", "às",
];

const ARTICLES: [&str; 14] = ["el", "la", "los", "las", "il", "lo", "l", "i", "gli", "le", "o", "a", "os", "as"];

/// What stands before the whole of a part.
pub(super) const PARTITIVES: [&str; 22] = [
    "de",
    "del",
    "de los",
    "de las",
    "de un total de",
    "di",
    "dei",
    "degli",
    "delle",
    "dell",
    "dos",
    "das",
    "do",
    "da",
    "entre",
    "tra",
    "fra",
    "su",
    "sobre",
    "dentre os",
    "dentre as",
    "los",
];

/// Whether two facts, `one` before `other` in the source and behind it in the target, can be told from each other where
/// they stand.
pub(super) fn is_evident(subject: &Subject<'_>, one: usize, other: usize) -> bool {
    let (Some(first), Some(second)) = (value(subject, one), value(subject, other)) else { return false };
    if is_amount(first) && is_amount(second) {
        return is_part_of_whole(subject, one, other) || unlike::can_be_told(subject, one, other);
    }
    let (moment, other, value) = match (is_moment(first), is_moment(second)) {
        (true, false) => (one, other, second),
        (false, true) => (other, one, first),
        (false, false) => return unlike::can_be_told(subject, one, other),
        (true, true) => return false,
    };
    // `at noon UTC the 09th`: what follows at once is as much a part of the moment.
    if matches!(value, Value::Ordinal(_) | Value::Verbatim(Verbatim::Uncertain)) || are_beside(subject, moment, other) {
        return false;
    }
    brings_its_preposition(subject, moment)
        && keeps_its_words(subject, other)
        && keeps_its_preposition(subject, moment)
        && is_at_an_edge(subject, moment)
}

/// Whether nothing but an article stands between two facts in the source.
fn are_beside(subject: &Subject<'_>, one: usize, other: usize) -> bool {
    let between = subject.segment.spans.get(one.min(other) + 1..one.max(other)).unwrap_or_default();
    let text: String = between.iter().map(Span::text).collect();
    matches!(text.trim(), "" | "the")
}

pub(super) fn value<'run>(subject: &Subject<'run>, span: usize) -> Option<&'run Value> {
    match subject.segment.spans.get(span) {
        Some(Span::Fact(fact)) => Some(&fact.value),
        _ => None,
    }
}

/// Whether a moment is a phrase of its own (`at 10:54 UTC`), not a label (`10:54 UTC - Resolved`).
fn brings_its_preposition(subject: &Subject<'_>, span: usize) -> bool {
    let text = subject.segment.spans.get(span).map_or("", Span::text).to_lowercase();
    words(&text).next().is_some_and(|word| text.starts_with(word) && PREPOSITIONS.contains(&word))
}

fn is_moment(value: &Value) -> bool {
    matches!(value, Value::Moment(_) | Value::Span(_) | Value::Days(_) | Value::Month(_))
}

fn is_amount(value: &Value) -> bool {
    matches!(value, Value::Number(_) | Value::Percentage(_) | Value::Quantity { .. } | Value::Money(_))
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

/// Whether a fact begins or ends the target or a sentence of it, where nothing can take it for its noun.
fn is_at_an_edge(subject: &Subject<'_>, span: usize) -> bool {
    let is_it = |piece: &TargetSpan| matches!(piece, TargetSpan::Source(index) if *index == span);
    let Some(target) = in_target(subject, span) else { return false };
    let begins = subject.pieces.first().is_some_and(is_it) || target.before.trim_end().ends_with(['.', ':', ',', ';']);
    let ends = subject.pieces.last().is_some_and(is_it) || target.after.starts_with(['.', ';', '!', '?']);
    begins || ends
}

/// Whether a text goes on with one of these words.
pub(super) fn goes_on(side: &str, wanted: &[&str]) -> bool {
    words(side).next().is_some_and(|word| side.trim_start().starts_with(word) && wanted.contains(&word))
}

/// Whether a fact stands behind a preposition in the target as it does in the source, or in neither.
fn keeps_its_preposition(subject: &Subject<'_>, span: usize) -> bool {
    let source = word_before(in_source(subject, span).before);
    let Some(target) = in_target(subject, span) else { return false };
    let here = source.is_some_and(|word| PREPOSITIONS.contains(&word.as_str()));
    let there = word_before(target.before).is_some_and(|word| THEIR_PREPOSITIONS.contains(&word.as_str()));
    here == there
}

/// Whether a fact is where its sentence needs it: before its `of`, behind its preposition, or else behind a word.
fn keeps_its_words(subject: &Subject<'_>, span: usize) -> bool {
    let source = in_source(subject, span);
    let Some(target) = in_target(subject, span) else { return false };
    if unlike::keeps_its_brackets(subject, span) {
        return true;
    }
    if goes_on(source.after, &["of"]) {
        return goes_on(target.after, &PARTITIVES);
    }
    // What begins the sentence begins it still, behind the moment: `HTTP 503 rose`, `a las 10:54, HTTP 503 subió`.
    if span == 0 && target.before.starts_with(',') && words(target.before).all(|word| ARTICLES.contains(&word)) {
        return true;
    }
    let (here, there) = (word_before(source.before), word_before(target.before));
    here.is_some() && there.is_some() && keeps_its_preposition(subject, span)
}

/// `3 of 12 nodes`, `of 12 nodes, 3`: the whole has its partitive in both, and the part has none.
fn is_part_of_whole(subject: &Subject<'_>, one: usize, other: usize) -> bool {
    let ends_with = |side: &str, partitives: &[&str]| {
        let side = side.to_lowercase();
        let side = side.trim_end_matches([' ', '\u{a0}', '’', '\'']);
        partitives
            .iter()
            .any(|partitive| side.strip_suffix(partitive).is_some_and(|rest| !rest.ends_with(char::is_alphabetic)))
    };
    let of = ["of", "of the", "out of", "out of the"];
    let (first, second) = (in_source(subject, one), in_source(subject, other));
    let whole = match (ends_with(first.before, &of), ends_with(second.before, &of)) {
        (true, false) => one,
        (false, true) => other,
        _ => return false,
    };
    let part = if whole == one { other } else { one };
    let (Some(whole), Some(part)) = (in_target(subject, whole), in_target(subject, part)) else { return false };
    ends_with(whole.before, &PARTITIVES) && !ends_with(part.before, &PARTITIVES)
}
