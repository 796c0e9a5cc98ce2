//! Moments: a date, a clock time, or both in either order, with the reason where they are not rewritten. Only certain
//! readings are given; prepositions and spans are not known here.

use super::clock::clock;
use super::date::day;
use super::date_part::year_at;
use super::reading::{Clock, DateForm, Day, Read, Reading};
use super::token::{Kind, Tokens};
use super::zone_label::zone_label;
use super::{Elsewhere, word};

/// The most other zones that one time is given in.
const ELSEWHERE_MOST: usize = 5;

/// A moment: a date, a time, or the two joined in either order. `expected` is true where a word in front says that a
/// time follows.
pub(super) fn moment(tokens: &Tokens<'_>, at: usize, expected: bool) -> Option<Read<Reading>> {
    if let Some(day) = day(tokens, at) {
        let clock = time_behind_date(tokens, day.end);
        let mut end = clock.as_ref().map_or(day.end, |clock| clock.end);
        let mut day = day.value;
        if let Some((year, behind)) = clock.as_ref().and_then(|clock| year_behind_time(tokens, &day, clock)) {
            (day.date.year, end) = (Some(year), behind);
        }
        return Some(Read { value: Reading::of(Some(day), clock.map(|clock| clock.value)), end });
    }
    let mut clock = clock(tokens, at, false)?;
    let day = date_behind_time(tokens, clock.end);
    if clock.value.named == Some(0) && (day.is_some() || is_dated(tokens, at, clock.end)) {
        return None;
    }
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
    Some(Read { value: Reading::of(day.map(|day| day.value), Some(clock.value)), end })
}

/// A moment as it stands in a sentence, with the same time in other zones, and a date in brackets behind: `10:54 UTC
/// / 02:54 PT`, `10:54 UTC (02:54 PT)`, `11:49 PM (Oct 19)`; with the sign that says that it is no exact one,
/// `~10:54`.
pub(super) fn instant(tokens: &Tokens<'_>, at: usize, expected: bool) -> Option<Read<Reading>> {
    let approximate = matches!(tokens.mark(at), Some('~' | '≈'));
    let at = if approximate { tokens.skip_space(at + 1) } else { at };
    let mut read = moment(tokens, at, expected)?;
    read.value.approximate = approximate;
    let Some(clock) = read.value.clock.clone().filter(|clock| clock.doubt.is_none()) else { return Some(read) };
    if read.value.day.is_none()
        && let Some(day) = day_in_brackets(tokens, read.end)
    {
        read.value.day = Some(day.value);
        read.end = day.end;
        return Some(read);
    }
    if clock.zone.is_none() && !clock.time.halved {
        return Some(read);
    }
    while read.value.elsewhere.len() < ELSEWHERE_MOST {
        let at = tokens.skip_space(read.end);
        if !tokens.is_mark(at, '/') {
            break;
        }
        let Some(other) = other_time(tokens, tokens.skip_space(at + 1), false) else { break };
        read.value.elsewhere.push(other.value);
        read.end = other.end;
    }
    if let Some((others, end)) = in_brackets(tokens, read.end) {
        read.value.elsewhere.extend(others);
        read.end = end;
    }
    if !read.value.elsewhere.is_empty()
        && read.value.day.is_none()
        && let Some(day) = date_behind_time(tokens, read.end).filter(|day| day.value.doubt.is_none())
    {
        read.value.day = Some(day.value);
        read.end = day.end;
    }
    Some(read)
}

/// A time that stands for the same instant: with a zone, or at least with its half of the day.
fn other_time(tokens: &Tokens<'_>, at: usize, bracketed: bool) -> Option<Read<Elsewhere>> {
    let clock = clock(tokens, at, false)?;
    let Clock { time, zone, named, doubt, .. } = clock.value;
    let is_told = zone.is_some() || time.halved && !bracketed;
    let is_certain = named.is_none() && doubt.is_none();
    let value = Elsewhere { time, zone, bracketed };
    (is_told && is_certain && (bracketed || tokens.ends_word(clock.end))).then_some(Read { value, end: clock.end })
}

/// `(02:54 PT / 05:54 ET)`
fn in_brackets(tokens: &Tokens<'_>, end: usize) -> Option<(Vec<Elsewhere>, usize)> {
    let mut at = tokens.skip_space(end);
    let mut others = Vec::new();
    tokens.is_mark(at, '(').then_some(())?;
    while others.len() < ELSEWHERE_MOST {
        let other = other_time(tokens, tokens.skip_space(at + 1), true)?;
        others.push(other.value);
        at = tokens.skip_space(other.end);
        match tokens.mark(at)? {
            ')' => return Some((others, at + 1)),
            '/' | ',' | '|' | ';' => {}
            _ => return None,
        }
    }
    None
}

/// `(Oct 19)`
fn day_in_brackets(tokens: &Tokens<'_>, end: usize) -> Option<Read<Day>> {
    let at = tokens.behind_space(end).filter(|at| tokens.is_mark(*at, '('))?;
    let day = day(tokens, at + 1).filter(|day| day.value.doubt.is_none() && tokens.is_mark(day.end, ')'))?;
    Some(Read { end: day.end + 1, ..day })
}

/// `Fri Jul  5 13:52:07 UTC 2024`: the year, where the date has none (POSIX, `date`).
fn year_behind_time(tokens: &Tokens<'_>, day: &Day, clock: &Read<Clock>) -> Option<(i16, usize)> {
    let is_open = day.date.year.is_none() && day.form == DateForm::MonthFirst && clock.value.zone.is_some();
    let at = tokens.behind_space(clock.end).filter(|_| is_open)?;
    year_at(tokens, at)
}

/// Whether a date or weekday stands before `at` or behind `end`. Which midnight `midnight on July 5` is, its beginning
/// or its end, is left open by the text; so the word is left to the sentence.
fn is_dated(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let mut next = tokens.skip_space(end + usize::from(tokens.is_mark(end, ',')));
    for word in ["on", "of"] {
        next = if tokens.text(next) == word { tokens.skip_space(next + 1) } else { next };
    }
    let behind = tokens.letters(next).and_then(word::weekday).is_some();
    let mut back = at;
    for _ in 0..6 {
        let Some(previous) = back.checked_sub(1) else { return behind };
        let tie = matches!(tokens.text(previous), "at" | "At" | "by" | "until" | "before" | "after" | "around" | ",");
        if tokens.kind(previous) != Some(Kind::Space) && !tie {
            break;
        }
        back = previous;
    }
    let Some(last) = back.checked_sub(1) else { return behind };
    let dated = match tokens.kind(last) {
        Some(Kind::Digits) => true,
        Some(Kind::Letters) => {
            let letters = tokens.text(last);
            let suffix = matches!(letters, "st" | "nd" | "rd" | "th")
                && last.checked_sub(1).is_some_and(|day| tokens.digits(day, 1, 2).is_some());
            suffix || word::weekday(letters).is_some() || word::month(letters).is_some()
        }
        _ => false,
    };
    behind || dated
}

fn time_behind_date(tokens: &Tokens<'_>, end: usize) -> Option<Read<Clock>> {
    if tokens.letters(end) == Some("T") {
        return clock(tokens, end + 1, true);
    }
    let comma = tokens.is_mark(end, ',');
    // "July 5, 2026,19:56"
    let glued = comma && tokens.is_mark(end + 2, ':');
    let at = if glued { end + 1 } else { tokens.behind_space(end + usize::from(comma))? };
    // Which of its two midnights is meant is not said.
    let certain = |at| clock(tokens, at, false).filter(|clock| clock.value.named != Some(0));
    if let Some(clock) = certain(at) {
        return Some(clock);
    }
    let between = tokens.text(at);
    let joins = between.eq_ignore_ascii_case("at") || matches!(between, "@" | "-" | "–" | "—");
    joins.then(|| certain(tokens.behind_space(at + 1)?)).flatten()
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
