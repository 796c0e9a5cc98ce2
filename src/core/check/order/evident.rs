//! Facts that changed places and yet nobody can mix up: a moment, which brings its own preposition, and an amount that
//! still stands before its noun (`5% of requests failed at 10:54`, `a las 10:54 falló el 5 % de las solicitudes`); a
//! part and its whole (`3 of 12 nodes`, `de los 12 nodos, 3`).

use crate::document::fact::{Value, Verbatim};
use crate::segment::{Span, TargetSpan};

use super::super::Subject;
use super::super::subject::words;
use super::sides::{
    PREPOSITIONS, goes_on_with_of, goes_on_with_whole, in_source, in_target, is_any, is_preposition,
    keeps_its_brackets, value, word_before,
};
use super::unlike;
use crate::language::Language;

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

/// Whether a fact begins or ends the target or a sentence of it, where nothing can take it for its noun.
fn is_at_an_edge(subject: &Subject<'_>, span: usize) -> bool {
    let is_it = |piece: &TargetSpan| matches!(piece, TargetSpan::Source(index) if *index == span);
    let Some(target) = in_target(subject, span) else { return false };
    let begins = subject.pieces.first().is_some_and(is_it) || target.before.trim_end().ends_with(['.', ':', ',', ';']);
    let ends = subject.pieces.last().is_some_and(is_it) || target.after.starts_with(['.', ';', '!', '?']);
    begins || ends
}

/// Whether a fact stands behind a preposition in the target as it does in the source, or in neither.
fn keeps_its_preposition(subject: &Subject<'_>, span: usize) -> bool {
    let source = word_before(in_source(subject, span).before);
    let Some(target) = in_target(subject, span) else { return false };
    let here = source.is_some_and(|word| PREPOSITIONS.contains(&word.as_str()));
    let there = word_before(target.before).is_some_and(|word| is_preposition(&word));
    here == there
}

/// Whether a fact is where its sentence needs it: before its `of`, behind its preposition, or else behind a word.
fn keeps_its_words(subject: &Subject<'_>, span: usize) -> bool {
    let source = in_source(subject, span);
    let Some(target) = in_target(subject, span) else { return false };
    if keeps_its_brackets(subject, span) {
        return true;
    }
    if goes_on_with_of(source.after) {
        return goes_on_with_whole(target.after);
    }
    // What begins the sentence begins it still, behind the moment: `HTTP 503 rose`, `a las 10:54, HTTP 503 subió`.
    if span == 0
        && target.before.starts_with(',')
        && words(target.before).all(|word| is_any(word, |order| order.articles))
    {
        return true;
    }
    let (here, there) = (word_before(source.before), word_before(target.before));
    here.is_some() && there.is_some() && keeps_its_preposition(subject, span)
}

/// `3 of 12 nodes`, `of 12 nodes, 3`: the whole has its partitive in both, and the part has none.
fn is_part_of_whole(subject: &Subject<'_>, one: usize, other: usize) -> bool {
    let of = ["of", "of the", "out of", "out of the"];
    let is_part =
        |side: &str| Language::any(|language| language.order.is_some_and(|order| ends_with(side, order.partitives)));
    let (first, second) = (in_source(subject, one), in_source(subject, other));
    let whole = match (ends_with(first.before, &of), ends_with(second.before, &of)) {
        (true, false) => one,
        (false, true) => other,
        _ => return false,
    };
    let part = if whole == one { other } else { one };
    let (Some(whole), Some(part)) = (in_target(subject, whole), in_target(subject, part)) else { return false };
    is_part(whole.before) && !is_part(part.before)
}

/// Whether a text ends with one of these as words of their own.
fn ends_with(side: &str, wanted: &[&str]) -> bool {
    let side = side.to_lowercase();
    let side = side.trim_end_matches([' ', '\u{a0}', '’', '\'']);
    wanted.iter().any(|wanted| side.strip_suffix(wanted).is_some_and(|rest| !rest.ends_with(char::is_alphabetic)))
}
