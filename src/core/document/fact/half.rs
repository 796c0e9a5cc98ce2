//! Halves of the day, `AM` and `PM`, wherever they stand: an engine makes a verb or a minister of them, so that they
//! are kept even where the time in front cannot be read.

use super::reading::{Read, Reading};
use super::token::{Kind, Tokens, is_capitalised};
use super::{Time, word, zone};

/// The position behind an `AM`, `p.m.` or, right behind a figure, `a` or `p`, with the space in front of it.
pub(super) fn half_behind(tokens: &Tokens<'_>, end: usize) -> Option<usize> {
    let at = tokens.skip_space(end);
    let letters = tokens.letters(at)?;
    let is_half = |word: &str| word.eq_ignore_ascii_case("am") || word.eq_ignore_ascii_case("pm");
    if is_half(letters) {
        return (tokens.kind(at + 1) != Some(Kind::Digits)).then_some(at + 1);
    }
    if let Some(end) = dotted(tokens, at) {
        return Some(end);
    }
    let short = letters.eq_ignore_ascii_case("p") || letters.eq_ignore_ascii_case("a") && is_short(tokens, end, at);
    (short && !tokens.is_word(at + 1) && !matches!(tokens.mark(at + 1), Some('.' | '-' | '&' | '\''))).then_some(at + 1)
}

/// Whether the `a` is no article: `9a`, `9 a/6 p`.
fn is_short(tokens: &Tokens<'_>, end: usize, at: usize) -> bool {
    at == end || matches!(tokens.mark(at + 1), Some('/' | '–'))
}

/// The position behind `a.m.` or `p.m`; the last point of a sentence stays with it.
fn dotted(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let letters = tokens.letters(at)?;
    let first = letters.eq_ignore_ascii_case("a") || letters.eq_ignore_ascii_case("p");
    let second =
        tokens.is_mark(at + 1, '.') && tokens.letters(at + 2).is_some_and(|word| word.eq_ignore_ascii_case("m"));
    if !(first && second) {
        return None;
    }
    let goes_on =
        tokens.is_mark(at + 3, '.') && tokens.letters(at + 5).is_some_and(|word| word.starts_with(char::is_lowercase));
    Some(at + 3 + usize::from(goes_on))
}

/// The position behind a half of the day that stands by itself at `at`: `AM and PM shifts`. `I am` is none.
pub(super) fn alone(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if let Some(end) = dotted(tokens, at) {
        return tokens.starts_word(at).then_some(end);
    }
    let shouts = |near: Option<usize>| {
        near.and_then(|near| tokens.letters(near))
            .is_some_and(|word| word.len() > 1 && word.chars().all(char::is_uppercase) && !word.ends_with('M'))
    };
    let is_half = match tokens.letters(at)? {
        "pm" | "PM" | "Pm" => true,
        // "I AM", "WE AM NOT"
        "AM" => {
            !(at.checked_sub(2).is_some_and(|i| tokens.text(i) == "I")
                || shouts(at.checked_sub(2))
                || shouts(Some(at + 2)))
        }
        _ => false,
    };
    (is_half && !tokens.is_word(at + 1)).then_some(at + 1)
}

/// `2:30–3:15 pm`: the start takes the half that the end has (Chicago Manual of Style 9.38); where that would end
/// before it starts, nothing is certain.
pub(super) fn halves_agree(start: &Reading, end: &Reading) -> Option<Reading> {
    let mut reading = start.clone();
    let (Some(first), Some(last)) = (&mut reading.clock, &end.clock) else { return Some(reading) };
    if first.time.halved == last.time.halved {
        return Some(reading);
    }
    if first.time.halved {
        // "1 pm to 2:30": only a later half-less time is certain.
        return (last.time.hour > 12).then_some(reading);
    }
    if !(1..=12).contains(&first.time.hour) {
        return None;
    }
    let hour = first.time.hour % 12 + if last.time.hour >= 12 { 12 } else { 0 };
    let time = Time { hour, halved: true, ..first.time };
    if (time.hour, time.minute) >= (last.time.hour, last.time.minute) {
        return None;
    }
    first.time = time;
    Some(reading)
}

/// `true` for `PM`, `p.m.`; `false` for `am`.
pub(super) fn half_of_day(tokens: &Tokens<'_>, end: usize) -> Option<Read<bool>> {
    let at = tokens.skip_space(end);
    let letters = tokens.letters(at)?;
    let whole = |word: &str| match word.to_ascii_lowercase().as_str() {
        "am" => Some(false),
        "pm" => Some(true),
        _ => None,
    };
    if letters.len() == 2 {
        return whole(letters)
            .filter(|_| tokens.kind(at + 1) != Some(Kind::Digits))
            .map(|value| Read { value, end: at + 1 });
    }
    let dotted = letters.len() == 1
        && tokens.is_mark(at + 1, '.')
        && tokens.letters(at + 2).is_some_and(|letters| letters.eq_ignore_ascii_case("m"));
    let value = whole(&format!("{letters}m")).filter(|_| dotted)?;
    // The last point of "p.m." also ends a sentence; then it stays there.
    let ends_sentence = match (tokens.kind(at + 4), tokens.letters(at + 5)) {
        (None, _) => true,
        (Some(Kind::Space), Some(next)) => {
            let goes_on = word::month(next).is_some() || word::weekday(next).is_some();
            is_capitalised(next) && !goes_on && zone::named(tokens, at + 5).is_none()
        }
        (Some(Kind::Space), None) => tokens.kind(at + 5).is_none() || tokens.text(at + 4).contains('\n'),
        _ => false,
    };
    let point = usize::from(tokens.is_mark(at + 3, '.') && !ends_sentence);
    Some(Read { value, end: at + 3 + point })
}
