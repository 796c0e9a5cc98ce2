//! Facts of unlike kinds that changed places: a duration, an amount and a code cannot stand for each other, as long as
//! each still stands where its kind does: behind its preposition, before its noun, in its brackets (`it took 30 minutes
//! to fix v1.2.3`, `corregir v1.2.3 llevó 30 minutos`).

use crate::document::fact::{Unit, Value, Verbatim};

use super::super::Subject;
use super::evident::{
    PARTITIVES, PREPOSITIONS, Sides, THEIR_PREPOSITIONS, goes_on, in_source, in_target, value, word_before,
};

/// Verbs that a duration stands behind, by what they begin with.
const TAKES: [&str; 7] = ["took", "take", "taking", "last", "spent", "spend", "need"];
const THEIR_TAKES: [&str; 14] = [
    "llev", "tard", "dur", "tom", "demor", "requi", "necesit", "richie", "impieg", "volut", "prend", "levou", "leva",
    "pass",
];
/// What else a duration stands behind.
const DURING: [&str; 6] = ["circa", "durante", "entro", "ogni", "cada", "unos"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Label,
    Count,
    Duration,
}

/// How a fact holds its place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hold {
    Lost,
    /// By a word that may be another's.
    Loose,
    Firm,
}

/// Whether two facts are of unlike kinds, and one of them at least holds its place firmly.
pub(super) fn can_be_told(subject: &Subject<'_>, one: usize, other: usize) -> bool {
    let class = |span| value(subject, span).and_then(class);
    let (Some(first), Some(second)) = (class(one), class(other)) else { return false };
    if first == second {
        return false;
    }
    let holds = (hold(subject, one, first), hold(subject, other, second));
    matches!(holds, (Hold::Firm, Hold::Firm | Hold::Loose) | (Hold::Loose, Hold::Firm))
}

fn class(value: &Value) -> Option<Class> {
    match value {
        Value::Quantity { unit: Unit::Symbol(_) | Unit::Per(_) | Unit::Percentile | Unit::Fold, .. } => {
            Some(Class::Count)
        }
        Value::Duration(_) | Value::Quantity { .. } => Some(Class::Duration),
        Value::Number(_) | Value::Percentage(_) | Value::Money(_) => Some(Class::Count),
        Value::Verbatim(Verbatim::Symbol | Verbatim::Uncertain) => None,
        Value::Verbatim(_) => Some(Class::Label),
        _ => None,
    }
}

fn hold(subject: &Subject<'_>, span: usize, class: Class) -> Hold {
    let source = in_source(subject, span);
    let Some(target) = in_target(subject, span) else { return Hold::Lost };
    if is_bracketed(&source) && is_bracketed(&target) {
        return Hold::Firm;
    }
    let firm = |holds: bool| if holds { Hold::Firm } else { Hold::Lost };
    let (here, there) = (word_before(source.before), word_before(target.before));
    let begins = |word: &Option<String>, stems: &[&str]| {
        word.as_ref().is_some_and(|word| stems.iter().any(|stem| word.starts_with(stem)))
    };
    let is_one =
        |word: &Option<String>, words: &[&str]| word.as_ref().is_some_and(|word| words.contains(&word.as_str()));
    let (prepositional, their) = (is_one(&here, &PREPOSITIONS), is_one(&there, &THEIR_PREPOSITIONS));
    if class == Class::Label {
        return match (prepositional, their) {
            (true, true) => Hold::Firm,
            // `a` and its like are an article as well.
            (false, _) if here.is_some() && there.is_some_and(|word| !their || word.len() == 1) => Hold::Loose,
            _ => Hold::Lost,
        };
    }
    if begins(&here, &TAKES) {
        return firm(begins(&there, &THEIR_TAKES) || is_one(&there, &DURING));
    }
    if goes_on(source.after, &["of"]) {
        return firm(goes_on(target.after, &PARTITIVES));
    }
    if prepositional {
        return firm(their || is_one(&there, &DURING));
    }
    let is_counting = |side: &Sides<'_>| {
        side.after.strip_prefix([' ', '\u{a0}']).is_some_and(|rest| rest.starts_with(char::is_alphabetic))
    };
    if !their && is_counting(&source) && is_counting(&target) { Hold::Loose } else { Hold::Lost }
}

/// Whether nothing but a fact stands in its brackets.
fn is_bracketed(side: &Sides<'_>) -> bool {
    side.before.ends_with('(') && side.after.starts_with(')')
}

/// Whether a fact stands in the same brackets as in the source.
pub(super) fn keeps_its_brackets(subject: &Subject<'_>, span: usize) -> bool {
    is_bracketed(&in_source(subject, span)) && in_target(subject, span).is_some_and(|target| is_bracketed(&target))
}
