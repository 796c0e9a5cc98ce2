//! Parts of dates, the figure of a day, a year, a month's point, as the modules that read whole dates share them.

use super::reading::{DateForm, Day, Doubt, Read};
use super::token::{Kind, Tokens};
use super::{Date, word};

/// Day, position behind it and behind its `st`, `nd`, `rd`, `th` (right or wrong), and whether that was there.
pub(super) fn day_of_month(tokens: &Tokens<'_>, at: usize) -> Option<(i8, usize, bool)> {
    day_figure(tokens, at).filter(|(day, ..)| is_day(*day))
}

pub(super) fn is_day(day: i8) -> bool {
    (1..=31).contains(&day)
}

/// As [`day_of_month`], of any figure: `32 July 2024` is a date that does not exist.
pub(super) fn day_figure(tokens: &Tokens<'_>, at: usize) -> Option<(i8, usize, bool)> {
    let day: i8 = tokens.digits(at, 1, 2)?.parse().ok()?;
    match tokens.letters(at + 1) {
        None => Some((day, at + 1, false)),
        Some("st" | "nd" | "rd" | "th" | "d" | "ST" | "ND" | "RD" | "TH")
            if tokens.kind(at + 2) != Some(Kind::Digits) =>
        {
            Some((day, at + 2, true))
        }
        Some(_) => None,
    }
}

/// The number of points that belong to the month at `at`: that of "Jul."; behind "July" one ends a sentence.
pub(super) fn point(tokens: &Tokens<'_>, at: usize) -> usize {
    usize::from(tokens.is_mark(at + 1, '.') && word::is_short_month(tokens.text(at)))
}

/// ` '24`: a year of this century.
pub(super) fn short_year(tokens: &Tokens<'_>, end: usize) -> Option<(i16, usize)> {
    let at = tokens.skip_space(end);
    matches!(tokens.mark(at), Some('\'' | '’' | '‘')).then_some(())?;
    let year: i16 = tokens.digits(at + 1, 2, 2)?.parse().ok()?;
    tokens.ends_word(at + 2).then_some((2000 + year, at + 2))
}

/// A year that stands alone.
pub(super) fn year_at(tokens: &Tokens<'_>, at: usize) -> Option<(i16, usize)> {
    let year = year_digits(tokens.digits(at, 4, 4)?)?;
    // "July 5, 2026,19:56": a time follows without its space.
    let timed = tokens.is_mark(at + 1, ',') && tokens.is_mark(at + 3, ':');
    let grouped = [',', '.'].iter().any(|&mark| tokens.is_mark(at + 1, mark))
        && tokens.kind(at + 2) == Some(Kind::Digits)
        && !timed;
    (tokens.ends_word(at + 1) && !grouped || tokens.is_mark(at + 1, '-')).then_some((year, at + 1))
}

pub(super) fn year_digits(digits: &str) -> Option<i16> {
    digits.parse().ok().filter(|year| (1900..=2199).contains(year))
}

pub(super) fn checked(year: Option<i16>, month: i8, day: i8, form: DateForm, end: usize) -> Read<Day> {
    // Without its year the 29th of February may exist.
    let exists = jiff::civil::Date::new(year.unwrap_or(2000), month, day).is_ok();
    let doubt = (!exists).then_some(Doubt::Impossible);
    Read { value: Day { weekday: None, date: Date { year, month, day }, form, doubt }, end }
}
