//! Timestamp lines: lines that are nothing but moments, whose sides are compared with each other.

use jiff::civil::DateTime;

use super::moment;
use super::reading::Doubt;
use super::search::remark;
use super::token::Tokens;
use super::{Moment, TimestampLine, zone};
use crate::finding::{Finding, Severity};

/// Most sides of a line; more is a list and not a timestamp.
const SIDES: usize = 6;

/// Reads a line of moments joined by `|`, `/`, `·` or brackets; `None` where anything else stands in it.
#[must_use]
pub fn timestamp_line(text: &str) -> Option<TimestampLine> {
    let source = text.trim();
    // Longer lines are prose; this also bounds the work on each.
    if source.len() > 400 || source.contains('\n') {
        return None;
    }
    let tokens = Tokens::cut(source);
    let mut sides: Vec<Moment> = Vec::new();
    let mut separators = Vec::new();
    let mut doubt = None;
    let mut at = 0;
    loop {
        let bracket = match tokens.mark(at) {
            Some('(') if !sides.is_empty() => Some(')'),
            Some('[') if !sides.is_empty() => Some(']'),
            _ => None,
        };
        let first = at + usize::from(bracket.is_some());
        let read = moment::moment(&tokens, first, true).filter(|read| !read.value.is_bare_word())?;
        doubt = doubt.or(read.value.doubt()).or(read.value.remark());
        sides.push(read.value.moment());
        at = read.end;
        if let Some(close) = bracket {
            at = tokens.is_mark(at, close).then_some(at + 1)?;
        }
        // The last point of "1 p.m." is read as a sentence's, of which there is none here.
        let point = tokens.is_mark(at, '.') && source.ends_with("m.");
        if at + usize::from(point) == tokens.len() {
            break;
        }
        let behind = separator(&tokens, at).filter(|_| sides.len() < SIDES)?;
        separators.push(written(tokens.slice(at, behind)));
        at = behind;
    }
    let finding = match doubt {
        Some(Doubt::Unclear | Doubt::Ambiguous) => return None,
        Some(doubt) => remark(doubt, source),
        None => disagreement(source, &sides),
    };
    Some(TimestampLine { source: source.to_owned(), sides, separators, finding })
}

/// The position behind what parts two sides.
fn separator(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let next = tokens.skip_space(at);
    match tokens.mark(next)? {
        '|' | '/' | '·' | '•' => Some(tokens.skip_space(next + 1)),
        '(' | '[' => Some(next),
        _ => None,
    }
}

/// What parts two sides in every notation: the sign of the source, with its spaces or without; brackets become bars.
fn written(source: &str) -> String {
    match source.trim() {
        "/" | "·" | "•" => source.to_owned(),
        _ => " | ".to_owned(),
    }
}

/// The remark on two sides that cannot be the same instant.
fn disagreement(source: &str, sides: &[Moment]) -> Option<Finding> {
    let mut known: Vec<(&Moment, Vec<i64>)> = Vec::new();
    for side in sides {
        let instants = instants(side).unwrap_or_default();
        if instants.is_empty() {
            continue;
        }
        if let Some((other, _)) =
            known.iter().find(|(_, others)| !others.iter().any(|instant| instants.contains(instant)))
        {
            let message = format!(
                "the sides of `{source}` are not the same instant: `{}` and `{}`; the line is kept as written",
                plain(other),
                plain(side)
            );
            return Some(Finding::new("timestamp-disagrees", Severity::Warn, message));
        }
        known.push((side, instants));
    }
    None
}

/// The instants that a side may be, in seconds; `None` where it has no date, year, time or zone.
fn instants(side: &Moment) -> Option<Vec<i64>> {
    let (date, time) = (side.date?, side.time?);
    let second = time.second.unwrap_or(0);
    let civil = DateTime::new(date.year?, date.month, date.day, time.hour, time.minute, second, 0).ok()?;
    Some(zone::instants(civil, side.zone.as_deref()?))
}

/// A side for operators: `2024-07-05 13:52 UTC`.
fn plain(side: &Moment) -> String {
    let mut parts = Vec::new();
    if let Some(date) = side.date {
        parts.push(format!("{:04}-{:02}-{:02}", date.year.unwrap_or(0), date.month, date.day));
    }
    if let Some(time) = side.time {
        parts.push(format!("{:02}:{:02}", time.hour, time.minute));
    }
    parts.extend(side.zone.clone());
    parts.join(" ")
}
