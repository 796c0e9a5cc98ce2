//! Clock times in words: `half past nine`, `a quarter to ten`, `8 o'clock`. Which half of the day is meant they say as
//! little as `9:30` does.

use super::Time;
use super::half::half_of_day;
use super::reading::{Clock, Read};
use super::token::Tokens;
use super::zone_label::zone_label;

/// `half past nine`, `a quarter to ten PM`, `ten past 4 UTC`
pub(super) fn spelt(tokens: &Tokens<'_>, at: usize) -> Option<Read<Clock>> {
    let mut next = at;
    if tokens.letters(at) == Some("a") {
        next = tokens.behind_space(at + 1)?;
    }
    let minutes = match tokens.letters(next)?.to_ascii_lowercase().as_str() {
        "half" => 30,
        "quarter" => 15,
        // "ten to five people": only halves and quarters are times without more.
        _ => return None,
    };
    let side = tokens.behind_space(next + 1)?;
    let before = match tokens.letters(side)? {
        "past" => false,
        "to" if minutes == 15 => true,
        _ => return None,
    };
    let named = tokens.behind_space(side + 1)?;
    let hour = hour(tokens, named)?;
    let (hour, minute) = if before { (if hour == 1 { 12 } else { hour - 1 }, 60 - minutes) } else { (hour, minutes) };
    let mut end = named + 1;
    let half = half_of_day(tokens, end).or_else(|| part_of_day(tokens, end, hour));
    let hour = match &half {
        Some(half) => hour % 12 + if half.value { 12 } else { 0 },
        None => hour,
    };
    let time = Time { hour, minute, second: None, halved: half.is_some() };
    end = half.map_or(end, |half| half.end);
    let zone = zone_label(tokens, end, false);
    end = zone.as_ref().map_or(end, |zone| zone.end);
    let clock = Clock { time, zone: zone.map(|zone| zone.value), loose: false, named: None, doubt: None };
    tokens.ends_word(end).then_some(Read { value: clock, end })
}

/// The half of the day that words behind a time of twelve hours say: `in the evening`, `at night`, `tonight`. Words
/// that say more than that are not part of the time: `tonight`, `in the morning of July 5`.
pub(super) fn part_of_day(tokens: &Tokens<'_>, end: usize, hour: i8) -> Option<Read<bool>> {
    const NOUNS: &str = " call hours job meeting of peak run rush shift shifts update window ";
    let first = tokens.behind_space(end)?;
    let word = tokens.letters(first)?.to_ascii_lowercase();
    let (part, behind, own) = match word.as_str() {
        "tonight" => ("night", end, false),
        "in" | "this" | "at" => {
            let next = tokens.behind_space(first + 1)?;
            let noun = if word == "in" {
                tokens.letters(next).filter(|the| the.eq_ignore_ascii_case("the"))?;
                tokens.behind_space(next + 1)?
            } else {
                next
            };
            let part = match tokens.letters(noun)?.to_ascii_lowercase().as_str() {
                "morning" if word != "at" => "morning",
                "afternoon" if word != "at" => "afternoon",
                "evening" if word != "at" => "evening",
                "night" if word == "at" => "night",
                _ => return None,
            };
            let follows = tokens.behind_space(noun + 1).and_then(|next| tokens.letters(next)).unwrap_or_default();
            let own = word != "this" && !NOUNS.contains(&format!(" {} ", follows.to_ascii_lowercase()));
            (part, noun + 1, own)
        }
        _ => return None,
    };
    let afternoon = match (part, hour) {
        ("morning", 1..=11) | ("night", 1..=4 | 12) => false,
        ("afternoon", 1..=7 | 12) | ("evening", 4..=11) | ("night", 6..=11) => true,
        _ => return None,
    };
    Some(Read { value: afternoon, end: if own { behind } else { end } })
}

/// The position behind ` o'clock`.
pub(super) fn o_clock(tokens: &Tokens<'_>, end: usize) -> Option<usize> {
    let at = tokens.behind_space(end)?;
    let is_said = tokens.letters(at).is_some_and(|word| word.eq_ignore_ascii_case("o"))
        && matches!(tokens.mark(at + 1), Some('\'' | '’'))
        && tokens.letters(at + 2).is_some_and(|word| word.eq_ignore_ascii_case("clock"));
    is_said.then_some(at + 3)
}

/// The most times that share a half of the day.
const SHARED_MOST: usize = 6;

/// The half of the day that a list gives to all of its times, where each is later than the one before: of `5, 6 and 7
/// PM` that of the last. `end` is where the first one ends, which is (`hour`, `minute`).
pub(super) fn shared_half(tokens: &Tokens<'_>, end: usize, first: (i8, i8)) -> Option<bool> {
    let on_clock = |(hour, minute): (i8, i8)| (hour % 12, minute);
    let mut last = Some(first).filter(|(hour, _)| (1..=12).contains(hour))?;
    let mut end = end;
    for _ in 0..SHARED_MOST {
        let at = behind_joint(tokens, end)?;
        let hour: i8 = tokens.digits(at, 1, 2)?.parse().ok().filter(|hour| (1..=12).contains(hour))?;
        let minutes = if tokens.is_mark(at + 1, ':') { tokens.digits(at + 2, 2, 2) } else { None };
        let next = (hour, minutes.map_or(Some(0), |minutes| minutes.parse().ok())?);
        if on_clock(next) <= on_clock(last) {
            return None;
        }
        end = at + if minutes.is_some() { 3 } else { 1 };
        if let Some(half) = half_of_day(tokens, end) {
            return Some(half.value);
        }
        last = next;
    }
    None
}

/// The position behind what joins two times of a list: `, `, ` and `, `, or `, ` & `.
pub(super) fn behind_joint(tokens: &Tokens<'_>, end: usize) -> Option<usize> {
    tokens.behind_joint(end, &["and", "or", "&"])
}

/// 1 to 12, as a word or in figures.
fn hour(tokens: &Tokens<'_>, at: usize) -> Option<i8> {
    const HOURS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    if let Some(digits) = tokens.digits(at, 1, 2) {
        return digits.parse().ok().filter(|hour| (1..=12).contains(hour));
    }
    let word = tokens.letters(at)?;
    HOURS.iter().zip(1..).find(|(known, _)| word.eq_ignore_ascii_case(known)).map(|(_, hour)| hour)
}
