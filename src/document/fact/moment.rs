//! Dates and moments: tokens come in, what stands at one of them goes out, with the reason where it is no date or time
//! that exists. Only certain readings are given; prepositions and spans are not known here.

use jiff::civil::Weekday;

use super::clock::{Clock, clock, zone_label};
use super::token::{Kind, Tokens};
use super::{Date, Moment, range, word};

/// What was read and the position behind it.
#[derive(Debug)]
pub(super) struct Read<T> {
    pub(super) value: T,
    pub(super) end: usize,
}

/// Why a date or time is not rewritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// It does not exist: `February 30`, `25:61`, a Friday that was a Tuesday.
    Impossible,
    /// It may mean two things: `12:00am (noon)`, `13:30 pm`.
    Unclear,
}

/// How a date was written, as far as a preposition or article in front depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateForm {
    /// `July 5, 2024`
    MonthFirst,
    /// `5 July 2024`
    DayFirst,
    /// `5th July`, `5 of July`: takes an article of its own.
    Ordinal,
    /// `2024-07-05`
    Iso,
}

/// A date with its weekday, as read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day {
    pub(super) weekday: Option<Weekday>,
    pub(super) date: Date,
    pub(super) form: DateForm,
    pub(super) doubt: Option<Doubt>,
}

/// A date, a clock time, or both, as read.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) day: Option<Day>,
    pub(super) clock: Option<Clock>,
}

impl Reading {
    pub(super) fn doubt(&self) -> Option<Doubt> {
        let day = self.day.and_then(|day| day.doubt);
        day.or_else(|| self.clock.as_ref().and_then(|clock| clock.doubt))
    }

    /// A clock time that only the word in front makes one.
    pub(super) fn is_loose(&self) -> bool {
        self.day.is_none() && self.clock.as_ref().is_some_and(|clock| clock.loose && clock.zone.is_none())
    }

    pub(super) fn moment(&self) -> Moment {
        Moment {
            preposition: None,
            weekday: self.day.and_then(|day| day.weekday),
            date: self.day.map(|day| day.date),
            time: self.clock.as_ref().map(|clock| clock.time),
            zone: self.clock.as_ref().and_then(|clock| clock.zone.clone()),
            capital: false,
        }
    }
}

/// A moment: a date, a time, or the two joined in either order. `expected` is true where a word in front says that a
/// time follows.
pub(super) fn moment(tokens: &Tokens<'_>, at: usize, expected: bool) -> Option<Read<Reading>> {
    if let Some(day) = day(tokens, at) {
        let clock = time_behind_date(tokens, day.end);
        let end = clock.as_ref().map_or(day.end, |clock| clock.end);
        return Some(Read { value: Reading { day: Some(day.value), clock: clock.map(|clock| clock.value) }, end });
    }
    let mut clock = clock(tokens, at, false)?;
    let day = date_behind_time(tokens, clock.end);
    if clock.value.loose && !expected && clock.value.zone.is_none() && day.is_none() {
        return None;
    }
    let mut end = clock.end;
    if let Some(day) = &day {
        end = day.end;
        if clock.value.zone.is_none()
            && let Some(zone) = zone_label(tokens, end, false)
        {
            clock.value.zone = Some(zone.value);
            end = zone.end;
        }
    }
    Some(Read { value: Reading { day: day.map(|day| day.value), clock: Some(clock.value) }, end })
}

fn time_behind_date(tokens: &Tokens<'_>, end: usize) -> Option<Read<Clock>> {
    if tokens.letters(end) == Some("T") {
        return clock(tokens, end + 1, true);
    }
    let at = if tokens.is_mark(end, ',') { end + 1 } else { end };
    let at = tokens.behind_space(at)?;
    if let Some(clock) = clock(tokens, at, false) {
        return Some(clock);
    }
    let between = tokens.text(at);
    let joins = between.eq_ignore_ascii_case("at") || matches!(between, "@" | "-" | "–" | "—");
    joins.then(|| clock(tokens, tokens.behind_space(at + 1)?, false)).flatten()
}

fn date_behind_time(tokens: &Tokens<'_>, end: usize) -> Option<Read<Day>> {
    let at = if tokens.is_mark(end, ',') { end + 1 } else { end };
    let mut at = tokens.behind_space(at)?;
    for article in ["on", "the"] {
        if tokens.text(at) == article {
            at = tokens.behind_space(at + 1)?;
        }
    }
    day(tokens, at)
}

/// A date, perhaps with its weekday in front.
pub(super) fn day(tokens: &Tokens<'_>, at: usize) -> Option<Read<Day>> {
    let Some(weekday) = tokens.letters(at).and_then(word::weekday) else {
        return date(tokens, at);
    };
    let mut next = at + 1;
    for mark in ['.', ','] {
        next += usize::from(tokens.is_mark(next, mark));
    }
    let mut next = tokens.behind_space(next)?;
    if tokens.text(next).eq_ignore_ascii_case("the") {
        next = tokens.behind_space(next + 1)?;
    }
    let mut day = date(tokens, next)?;
    day.value.weekday = Some(weekday);
    let date = day.value.date;
    if let Some(civil) = date.year.and_then(|year| jiff::civil::Date::new(year, date.month, date.day).ok())
        && civil.weekday() != weekday
    {
        day.value.doubt = Some(Doubt::Impossible);
    }
    Some(day)
}

fn date(tokens: &Tokens<'_>, at: usize) -> Option<Read<Day>> {
    match tokens.kind(at)? {
        Kind::Letters => month_first(tokens, at),
        Kind::Digits => iso_date(tokens, at).or_else(|| day_first(tokens, at)),
        Kind::Space | Kind::Mark => None,
    }
}

/// `July 5th, 2024`, `Jul. 5`
fn month_first(tokens: &Tokens<'_>, at: usize) -> Option<Read<Day>> {
    let month = word::month(tokens.letters(at)?)?;
    let next = at + 1 + usize::from(tokens.is_mark(at + 1, '.'));
    let next = if tokens.is_mark(next, '-') { next + 1 } else { tokens.behind_space(next)? };
    let (day, end, _) = day_of_month(tokens, next)?;
    // "July 13:52", "July 4.5", "July 1,204"
    if [':', '.', ','].iter().any(|&mark| tokens.is_mark(end, mark)) && tokens.kind(end + 1) == Some(Kind::Digits)
        || tokens.is_mark(end, '%')
    {
        return None;
    }
    let comma = end + usize::from(tokens.is_mark(end, ','));
    let year = tokens.behind_space(comma).or_else(|| tokens.is_mark(end, '-').then_some(end + 1));
    if let Some((year, end)) = year.and_then(|at| year_at(tokens, at)) {
        return Some(checked(Some(year), month, day, DateForm::MonthFirst, end));
    }
    // "In May 30 minutes": the figure belongs to what it counts; "May 5 a.m." likewise.
    let counted = tokens.behind_space(end).and_then(|at| tokens.letters(at));
    if counted.is_some_and(|word| word::unit(word).is_some() || word::is_measure(word)) {
        return None;
    }
    let mut read = checked(None, month, day, DateForm::MonthFirst, end);
    if range::shares_month(tokens, end, day) {
        read.value.doubt = read.value.doubt.or(Some(Doubt::Unclear));
    }
    Some(read)
}

/// `5 July 2024`, `12th of July`, `05-Jul-2024`
fn day_first(tokens: &Tokens<'_>, at: usize) -> Option<Read<Day>> {
    let (day, next, ordinal) = day_of_month(tokens, at)?;
    let dashed = tokens.is_mark(next, '-');
    let mut next = if dashed { next + 1 } else { tokens.behind_space(next)? };
    let of = tokens.text(next) == "of";
    if of {
        next = tokens.behind_space(next + 1)?;
    }
    let month = tokens.letters(next).filter(|word| of || ordinal || !word.starts_with('m'))?;
    let month = word::month(month)?;
    let mut end = next + 1;
    let form = if of || ordinal { DateForm::Ordinal } else { DateForm::DayFirst };
    // The point of "Jul." belongs to it where the sentence goes on.
    let point = usize::from(tokens.is_mark(end, '.') && tokens.text(next).len() < 5);
    let comma = end + point + usize::from(tokens.is_mark(end + point, ','));
    let year = if dashed && tokens.is_mark(end, '-') { Some(end + 1) } else { tokens.behind_space(comma) };
    let year = year.and_then(|at| year_at(tokens, at));
    if let Some((_, behind)) = year {
        end = behind;
    }
    Some(checked(year.map(|(year, _)| year), month, day, form, end))
}

/// `2024-07-05`, `2024/07/05`
fn iso_date(tokens: &Tokens<'_>, at: usize) -> Option<Read<Day>> {
    let year = year_digits(tokens.digits(at, 4, 4)?)?;
    let mark = tokens.mark(at + 1).filter(|mark| "-/".contains(*mark))?;
    let width = if mark == '-' { 2 } else { 1 };
    let month = tokens.digits(at + 2, width, 2)?.parse().ok()?;
    if !tokens.is_mark(at + 3, mark) {
        return None;
    }
    let day = tokens.digits(at + 4, width, 2)?.parse().ok()?;
    let end = at + 5;
    let glued = tokens.letters(end).is_some_and(|letters| letters != "T") || tokens.kind(end) == Some(Kind::Digits);
    (!glued).then(|| checked(Some(year), month, day, DateForm::Iso, end))
}

/// Day, position behind it and behind its `st`, `nd`, `rd`, `th` (right or wrong), and whether that was there.
fn day_of_month(tokens: &Tokens<'_>, at: usize) -> Option<(i8, usize, bool)> {
    let day: i8 = tokens.digits(at, 1, 2)?.parse().ok()?;
    if !(1..=31).contains(&day) {
        return None;
    }
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

/// A year that stands alone.
fn year_at(tokens: &Tokens<'_>, at: usize) -> Option<(i16, usize)> {
    let year = year_digits(tokens.digits(at, 4, 4)?)?;
    let grouped =
        [',', '.'].iter().any(|&mark| tokens.is_mark(at + 1, mark)) && tokens.kind(at + 2) == Some(Kind::Digits);
    (tokens.ends_word(at + 1) && !grouped || tokens.is_mark(at + 1, '-')).then_some((year, at + 1))
}

fn year_digits(digits: &str) -> Option<i16> {
    digits.parse().ok().filter(|year| (1900..=2199).contains(year))
}

fn checked(year: Option<i16>, month: i8, day: i8, form: DateForm, end: usize) -> Read<Day> {
    // Without its year the 29th of February may exist.
    let exists = jiff::civil::Date::new(year.unwrap_or(2000), month, day).is_ok();
    let doubt = (!exists).then_some(Doubt::Impossible);
    Read { value: Day { weekday: None, date: Date { year, month, day }, form, doubt }, end }
}
