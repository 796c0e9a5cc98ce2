//! Clock times in words: `half past nine`, `a quarter to ten`, `8 o'clock`. Which half of the day is meant they say as
//! little as `9:30` does.

use super::clock::{Clock, half_of_day, zone_label};
use super::moment::Read;
use super::token::Tokens;
use super::Time;

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
    let half = half_of_day(tokens, end);
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

/// The position behind ` o'clock`.
pub(super) fn o_clock(tokens: &Tokens<'_>, end: usize) -> Option<usize> {
    let at = tokens.behind_space(end)?;
    let is_said = tokens.letters(at).is_some_and(|word| word.eq_ignore_ascii_case("o"))
        && matches!(tokens.mark(at + 1), Some('\'' | '’'))
        && tokens.letters(at + 2).is_some_and(|word| word.eq_ignore_ascii_case("clock"));
    is_said.then_some(at + 3)
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
