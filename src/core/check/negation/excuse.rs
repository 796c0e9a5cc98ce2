//! Denials that a good translation turns round, so that it affirms: `no longer fails` is `works again`, `not every` is
//! `only a part of`, `who does not use it is not affected` is `only who uses it is affected`.

use super::{count, is_denial};
use crate::language::en::negation::TROUBLE;
use crate::language::{Denial, Language, QuantifierClass, Turned, phrase};

/// A denied word stands at most this many words behind its denial.
const REACH: usize = 4;

/// Whether a text that denies nothing may be the translation of one that does.
pub(super) fn turned_round(source: &[&str], target: &[&str], table: &Denial, language: &Language) -> bool {
    let turned = &table.turned;
    is_part(source, target, language)
        || is_doubled(source, target, table)
        || is_exclusive(source, target, turned)
        || has(source, &["yet"]) && has(source, &["done", "finished", "over", "complete"]) && turned.still.any(target)
        || has(source, &["until", "till"]) && is_at_last(target, turned)
        || rules_out(source) && turned.possible.any(target)
        || phrase(source, &["nothing", "else"]) > 0 && (turned.rest.any(target) || turned.only.any(target))
}

/// `cannot rule out`: it is possible.
fn rules_out(source: &[&str]) -> bool {
    let ruled = |rule: &str, out: &str| matches!(rule, "rule" | "ruled" | "ruling") && out == "out";
    source.array_windows().any(|[rule, out]| ruled(rule, out)) || has(source, &["exclude", "excluded"])
}

fn is_at_last(target: &[&str], turned: &Turned) -> bool {
    turned.at_last.any(target) || turned.at_last_phrases.iter().any(|wanted| phrase(target, wanted) > 0)
}

fn has(words: &[&str], wanted: &[&str]) -> bool {
    words.iter().any(|word| wanted.contains(word))
}

/// `not every customer`, `only some customers`.
fn is_part(source: &[&str], target: &[&str], language: &Language) -> bool {
    let is_whole = |word: &str| {
        matches!(
            word,
            "all" | "each" | "entirely" | "every" | "everybody" | "everyone" | "everything" | "fully" | "completely"
        )
    };
    let Some(table) = language.quantifiers else { return false };
    let denied = source.array_windows().any(|[not, whole]| *not == "not" && is_whole(whole));
    denied
        && (table.renders(QuantifierClass::Some, target) || table.renders(QuantifierClass::Partial, target))
        && !table.of(QuantifierClass::All).any(target)
        && !table.of(QuantifierClass::Full).any(target)
}

/// `no longer fails`, `not unusual`, where nothing of the trouble is left.
fn is_doubled(source: &[&str], target: &[&str], table: &Denial) -> bool {
    let Some(trouble) = &table.trouble else { return false };
    let is_trouble = |words: &[&str]| {
        let times_out = |[time, out]: &[&str; 2]| time.starts_with("tim") && *out == "out";
        let is_down = |[down, next]: &[&str; 2]| *down == "down" && *next != "time";
        TROUBLE.any(words)
            || words.last() == Some(&"down")
            || words.array_windows().any(is_down)
            || words.array_windows().any(times_out)
    };
    let mut denials = (0..source.len()).filter(|at| is_denial(source, *at));
    let (first, next) = (denials.next(), denials.next());
    let Some((first, None)) = first.map(|first| (first, next)) else { return false };
    let behind = source.get(first + 1..).unwrap_or_default();
    is_trouble(behind.get(..REACH.min(behind.len())).unwrap_or_default())
        && !table.lack.any(target)
        && !trouble.any(target)
}

/// `unless you use it, you are not affected`: two denials that are one `only`.
fn is_exclusive(source: &[&str], target: &[&str], turned: &Turned) -> bool {
    let denials = count(source) + usize::from(has(source, &["unless"]));
    denials >= 2 && turned.only.any(target)
}
