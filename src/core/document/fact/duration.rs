//! Durations counted in several units: `2 hours and 15 minutes`, `2h 15m`. One part alone is a quantity and not known
//! here; `15m` alone may be metres, and is none.

use super::figure::joined;
use super::number::{Counted, counted_time};
use super::token::Tokens;
use super::{DurationPart, Joint, Unit, Value};

/// The duration at `at`, of two parts at least, each unit smaller than the one before.
pub(super) fn duration(tokens: &Tokens<'_>, at: usize) -> Option<Counted> {
    spelt(tokens, at).or_else(|| symbols(tokens, at))
}

/// `1 day, 2 hours and 15 minutes`
fn spelt(tokens: &Tokens<'_>, at: usize) -> Option<Counted> {
    let mut parts: Vec<DurationPart> = Vec::new();
    let mut end = at;
    let mut next = Some((Joint::Space, at));
    // Each unit is smaller than the one before, which bounds the parts.
    while let Some((joint, first)) = next
        && let Some(counted) = counted_time(tokens, first)
        && let Value::Quantity { amount, unit } = counted.value
        && parts.last().is_none_or(|before| rank(before.unit) > rank(unit))
    {
        parts.push(DurationPart { joint, amount, unit });
        end = counted.end;
        next = joint_behind(tokens, end);
    }
    (parts.len() > 1).then_some(Counted { value: Value::Duration(parts), end })
}

/// What joins the part that ends at `end` to the next, and the position of that.
fn joint_behind(tokens: &Tokens<'_>, end: usize) -> Option<(Joint, usize)> {
    let comma = tokens.is_mark(end, ',');
    let next = tokens.behind_space(end + usize::from(comma))?;
    if tokens.joint(next) == "and" {
        return tokens.behind_space(next + 1).map(|next| (Joint::And, next));
    }
    Some((if comma { Joint::Comma } else { Joint::Space }, next))
}

/// `1d 2h`, `2h15m`, `1m 30s`, `2 h 42 min`
fn symbols(tokens: &Tokens<'_>, at: usize) -> Option<Counted> {
    let mut parts: Vec<DurationPart> = Vec::new();
    let mut end = at;
    loop {
        let next = if parts.is_empty() { at } else { tokens.skip_space(end) };
        let Some((unit, behind)) = symbol_behind(tokens, next + 1) else { break };
        let Some(figure) = joined(tokens, next).filter(|figure| figure.end == next + 1) else { break };
        if parts.last().is_some_and(|before| rank(before.unit) <= rank(unit)) {
            break;
        }
        parts.push(DurationPart { joint: Joint::Symbols, amount: figure.number, unit });
        end = behind;
    }
    (parts.len() > 1 && tokens.ends_word(end)).then_some(Counted { value: Value::Duration(parts), end })
}

/// The unit at once behind a figure's last token, or behind a space where it is a symbol of ISO 80000-3; and the
/// position behind it.
fn symbol_behind(tokens: &Tokens<'_>, at: usize) -> Option<(Unit, usize)> {
    if let Some(unit) = tokens.letters(at).and_then(symbol) {
        return Some((unit, at + 1));
    }
    let next = tokens.behind_space(at)?;
    let unit = tokens.letters(next).filter(|letters| matches!(*letters, "d" | "h" | "min" | "s")).and_then(symbol)?;
    Some((unit, next + 1))
}

fn symbol(letters: &str) -> Option<Unit> {
    match letters {
        "d" => Some(Unit::Day),
        "h" | "hr" | "hrs" => Some(Unit::Hour),
        "m" | "min" | "mins" => Some(Unit::Minute),
        "s" | "sec" | "secs" => Some(Unit::Second),
        _ => None,
    }
}

/// The larger the unit, the higher.
fn rank(unit: Unit) -> u8 {
    match unit {
        Unit::Symbol(_) | Unit::Per(_) | Unit::ScaledPer(..) | Unit::ThingsPer(..) | Unit::Percentile | Unit::Fold => 0,
        Unit::Millisecond => 1,
        Unit::Second => 2,
        Unit::Minute => 3,
        Unit::Hour => 4,
        Unit::Day => 5,
        Unit::Week => 6,
        Unit::Month => 7,
        Unit::Year => 8,
    }
}
