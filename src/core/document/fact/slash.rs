//! Dates in figures: `12/31/2024`, `13/7/2024`, `13-07-2024`. They are dates where one part can be no month;
//! elsewhere the publisher's own order says which part is the month, or nothing does.

use super::DateOrder;
use super::date_part::{checked, year_digits};
use super::reading::{DateForm, Day, Doubt, Read};
use super::token::Tokens;

/// A date in figures, of two parts and a year of four digits.
pub(super) fn date(tokens: &Tokens<'_>, at: usize) -> Option<Read<Day>> {
    let mark = tokens.mark(at + 1).filter(|mark| matches!(mark, '/' | '-'))?;
    if !tokens.is_mark(at + 3, mark) {
        return None;
    }
    let width = if mark == '-' { 2 } else { 1 };
    let part = |at| tokens.digits(at, width, 2)?.parse::<i8>().ok().filter(|part| (1..=31).contains(part));
    let (first, second) = (part(at)?, part(at + 2)?);
    let end = at + 5;
    let behind = tokens.mark(end).filter(|_| tokens.is_word(end + 1));
    if tokens.is_word(end) || matches!(behind, Some('/' | '-' | '.' | ':' | '@')) {
        return None;
    }
    // "7/5/24" may be a date in three ways.
    let year = tokens.digits(at + 4, 2, 4)?;
    let Some(year) = year_digits(year) else {
        let is_date = year.len() == 2 && mark == '/' && (first <= 12 || second <= 12);
        return is_date.then(|| doubtful(checked(None, first.min(12), 1, DateForm::Iso, end)));
    };
    let (month, day) = match (first, second, tokens.date_order()) {
        (13.., 13.., _) => return None,
        (13.., month, _) | (month, 13.., _) => (month, first.max(second)),
        (month, day, DateOrder::Mdy) | (day, month, DateOrder::Dmy) => (month, day),
        (same, other, DateOrder::Unknown) if same == other => (same, other),
        (month, day, DateOrder::Unknown) => return Some(doubtful(checked(Some(year), month, day, DateForm::Iso, end))),
    };
    Some(checked(Some(year), month, day, DateForm::Iso, end))
}

fn doubtful(mut read: Read<Day>) -> Read<Day> {
    read.value.doubt = Some(Doubt::Ambiguous);
    read
}
