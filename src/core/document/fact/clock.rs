//! Clock times, in 24 hours, with their zone's label and with what is doubtful about them.

use super::half::half_of_day;
use super::reading::{Clock, Doubt, Read};
use super::token::{Kind, Tokens};
use super::zone_label::zone_label;
use super::{Time, clock_words, word};

/// A clock time: `13:52`, `1:52:07 pm`, `1 p.m.`, `14h30`, `noon`, `12 noon`, each perhaps with a zone.
pub(super) fn clock(tokens: &Tokens<'_>, at: usize, iso: bool) -> Option<Read<Clock>> {
    middle_of_day(tokens, at).or_else(|| clock_words::spelt(tokens, at)).or_else(|| figures(tokens, at, iso))
}

/// `noon`, `12 noon`, `12:00 midnight`
fn middle_of_day(tokens: &Tokens<'_>, at: usize) -> Option<Read<Clock>> {
    let mut word = at;
    if tokens.text(at) == "12" {
        let minutes = tokens.is_mark(at + 1, ':') && tokens.text(at + 2) == "00";
        word = tokens.behind_space(at + if minutes { 3 } else { 1 })?;
    }
    let hour = word::middle_of_day(tokens.letters(word)?)?;
    let zone = zone_label(tokens, word + 1, false);
    if zone.is_none() && !tokens.ends_word(word + 1) {
        return None;
    }
    let end = zone.as_ref().map_or(word + 1, |zone| zone.end);
    let time = Time { hour, minute: 0, second: None, halved: true };
    let clock = Clock { time, zone: zone.map(|zone| zone.value), loose: word == at, named: Some(hour), doubt: None };
    Some(Read { value: clock, end })
}

fn figures(tokens: &Tokens<'_>, at: usize, iso: bool) -> Option<Read<Clock>> {
    if let Some(clock) = military(tokens, at) {
        return Some(clock);
    }
    let hour: i8 = tokens.digits(at, 1, 2)?.parse().ok()?;
    let Hands { minute, second, mut end, mut loose, bare } = hands(tokens, at + 1)?;
    if [':', '.', ','].iter().any(|&mark| tokens.is_mark(end, mark)) && tokens.kind(end + 1) == Some(Kind::Digits) {
        return None;
    }
    let half = if loose { None } else { half_of_day(tokens, end) };
    let part = if half.is_none() && !loose { clock_words::part_of_day(tokens, end, hour) } else { None };
    // "8 in the evening" is a time only where something else says so.
    loose |= bare && part.is_some();
    let half = half.or(part);
    let shared = if half.is_none() && !loose { clock_words::shared_half(tokens, end, (hour, minute)) } else { None };
    if bare && half.is_none() && shared.is_none() {
        return None;
    }
    let (time, doubt) = settle(hour, minute, second, half.as_ref().map(|half| half.value).or(shared));
    let is_halved = half.is_some() || shared.is_some();
    end = half.as_ref().map_or(end, |half| half.end);
    let doubt = doubt.or_else(|| contradicted(tokens, end, time));
    let zone = zone_label(tokens, end, iso || second.is_some());
    // Letters or digits that were not understood: an identifier.
    if zone.is_none() && tokens.is_word(end) {
        return None;
    }
    // "1:30 minutes" is how long, not when.
    let counts = tokens.behind_space(end).and_then(|at| tokens.letters(at)).and_then(word::unit).is_some();
    if counts && half.is_none() && zone.is_none() {
        return None;
    }
    end = zone.as_ref().map_or(end, |zone| zone.end);
    // "11 o'clock UTC at night"
    let part = if zone.is_some() && !is_halved { clock_words::part_of_day(tokens, end, hour) } else { None };
    let (time, doubt) = part.as_ref().map_or((time, doubt), |part| settle(hour, minute, second, Some(part.value)));
    end = part.map_or(end, |part| part.end);
    let clock = Clock { time, zone: zone.map(|zone| zone.value), loose, named: None, doubt };
    Some(Read { value: clock, end })
}

/// What stands behind the hour.
struct Hands {
    minute: i8,
    second: Option<i8>,
    end: usize,
    /// As in [`Clock`].
    loose: bool,
    /// Nothing says so far that it is a time.
    bare: bool,
}

/// `:52:07`, `h30`, ` o'clock`, `.54` before a half of the day.
fn hands(tokens: &Tokens<'_>, end: usize) -> Option<Hands> {
    let (mut minute, mut second, mut end, mut loose, mut bare) = (0, None, end, false, true);
    if tokens.is_mark(end, ':') {
        minute = tokens.digits(end + 1, 2, 2)?.parse().ok()?;
        end += 2;
        bare = false;
        if tokens.is_mark(end, ':')
            && let Some(digits) = tokens.digits(end + 1, 2, 2)
        {
            second = Some(digits.parse().ok()?);
            end += 2;
        }
    } else if tokens.letters(end) == Some("h") && tokens.digits(end + 1, 2, 2).is_some() {
        minute = tokens.digits(end + 1, 2, 2)?.parse().ok()?;
        end += 2;
        bare = false;
        loose = half_of_day(tokens, end).is_none();
    } else if let Some(behind) = clock_words::o_clock(tokens, end) {
        end = behind;
        bare = false;
    } else if tokens.is_mark(end, '.')
        && let Some(digits) = tokens.digits(end + 1, 2, 2)
        && half_of_day(tokens, end + 2).is_some()
    {
        // "10.54 am": without its half of the day it is a decimal or a version.
        minute = digits.parse().ok()?;
        end += 2;
    }
    Some(Hands { minute, second, end, loose, bare })
}

/// `1230 UTC`: four digits are a time before a zone; where they may be a year, only behind a word that asks for a time.
fn military(tokens: &Tokens<'_>, at: usize) -> Option<Read<Clock>> {
    let (hour, minute) = tokens.digits(at, 4, 4)?.split_at_checked(2)?;
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    // "0800 hours"
    let hours = tokens.behind_space(at + 1).filter(|next| matches!(tokens.text(*next), "hours" | "hrs"));
    let end = hours.map_or(at + 1, |hours| hours + 1);
    let zone = tokens.behind_space(end).and_then(|_| zone_label(tokens, end, false));
    let before = at.checked_sub(2).and_then(|before| tokens.letters(before));
    let asked = before.is_some_and(|word| {
        matches!(word.to_ascii_lowercase().as_str(), "at" | "from" | "to" | "until" | "since" | "between" | "around")
    });
    let may_be_year = (19..=21).contains(&hour);
    let exists = hour < 24 && minute < 60;
    let is_told = zone.is_some() || hours.is_some() && (asked || tokens.text(at).starts_with('0'));
    let end = zone.as_ref().map_or(end, |zone| zone.end);
    if !exists || !is_told || may_be_year && !asked || !tokens.ends_word(end) {
        return None;
    }
    let time = Time { hour, minute, second: None, halved: false };
    let clock = Clock { time, zone: zone.map(|zone| zone.value), loose: false, named: None, doubt: None };
    Some(Read { value: clock, end })
}

/// The 24-hour time, and what is doubtful about it.
fn settle(hour: i8, minute: i8, second: Option<i8>, afternoon: Option<bool>) -> (Time, Option<Doubt>) {
    let exists = hour <= 24 && minute < 60 && second.is_none_or(|second| second < 60);
    let (hour, doubt) = match afternoon {
        _ if !exists => (hour, Some(Doubt::Impossible)),
        None => (hour, (hour == 24).then_some(Doubt::Unclear)),
        Some(afternoon) if (1..=12).contains(&hour) => (hour % 12 + if afternoon { 12 } else { 0 }, None),
        Some(false) if hour == 0 => (0, None),
        Some(_) => (hour, Some(Doubt::Unclear)),
    };
    (Time { hour, minute, second, halved: afternoon.is_some() }, doubt)
}

/// `12:00am (noon)`: the word behind says otherwise.
fn contradicted(tokens: &Tokens<'_>, end: usize, time: Time) -> Option<Doubt> {
    let at = tokens.skip_space(end);
    let at = at + usize::from(tokens.is_mark(at, '('));
    let agrees = match tokens.letters(at)? {
        "noon" => time.hour == 12,
        "midnight" => time.hour == 0,
        _ => return None,
    };
    (time.halved && !agrees).then_some(Doubt::Unclear)
}
