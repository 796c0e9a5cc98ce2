//! Facts of unlike kinds that changed places: a duration, an amount and a code cannot stand for each other, as long as
//! each still stands where its kind does: behind its preposition, before its noun, in its brackets (`it took 30 minutes
//! to fix v1.2.3`, `corregir v1.2.3 llevó 30 minutos`).

use crate::document::fact::{Unit, Value, Verbatim};

use super::super::Subject;
use super::sides::{
    PREPOSITIONS, Sides, goes_on_with_of, goes_on_with_whole, in_source, in_target, is_any, is_bracketed,
    is_preposition, value, word_before,
};
use crate::language::Language;

/// Verbs that a duration stands behind, by what they begin with.
const TAKES: [&str; 7] = ["took", "take", "taking", "last", "spent", "spend", "need"];
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
    let takes = here.as_deref().is_some_and(|word| begins_with(word, &TAKES));
    let is_during = there.as_deref().is_some_and(|word| is_any(word, |order| order.during));
    let prepositional = here.as_deref().is_some_and(|word| PREPOSITIONS.contains(&word));
    let their = there.as_deref().is_some_and(is_preposition);
    if class == Class::Label {
        return match (prepositional, their) {
            (true, true) => Hold::Firm,
            // `a` and its like are an article as well.
            (false, _) if here.is_some() && there.is_some_and(|word| !their || word.len() == 1) => Hold::Loose,
            _ => Hold::Lost,
        };
    }
    if takes {
        let they_take =
            |word: &str| Language::any(|language| language.order.is_some_and(|order| begins_with(word, order.takes)));
        return firm(there.as_deref().is_some_and(they_take) || is_during);
    }
    if goes_on_with_of(source.after) {
        return firm(goes_on_with_whole(target.after));
    }
    if prepositional {
        return firm(their || is_during);
    }
    let is_counting = |side: &Sides<'_>| {
        side.after.strip_prefix([' ', '\u{a0}']).is_some_and(|rest| rest.starts_with(char::is_alphabetic))
    };
    if !their && is_counting(&source) && is_counting(&target) { Hold::Loose } else { Hold::Lost }
}

fn begins_with(word: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.starts_with(stem))
}
