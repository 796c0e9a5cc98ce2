//! Moments: tokens come in, the date, clock time or both at one of them go out, with the reason where they are not
//! rewritten. Only certain readings are given; prepositions and spans are not known here.

use super::clock::{Clock, clock, zone_label};
use super::date::{Day, day};
use super::token::{Kind, Tokens};
use super::{Moment, word};

/// What was read and the position behind it.
#[derive(Debug)]
pub(super) struct Read<T> {
    pub(super) value: T,
    pub(super) end: usize,
}

/// Why a date or time is not rewritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// It does not exist: `February 30`, `25:61`.
    Impossible,
    /// The date exists and falls on another weekday than is written.
    Weekday,
    /// It may mean two things: `12:00am (noon)`, `13:30 pm`.
    Unclear,
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

    /// `noon` and nothing else, which may be a name.
    pub(super) fn is_bare_word(&self) -> bool {
        self.is_loose() && self.clock.as_ref().is_some_and(|clock| clock.named.is_some())
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
    Some(Read { value: Reading { day: day.map(|day| day.value), clock: Some(clock.value) }, end })
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
    let at = if tokens.is_mark(end, ',') { end + 1 } else { end };
    let at = tokens.behind_space(at)?;
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
