//! Times on a weekday: `Tuesday 10pm`, `Sat. at 10:00 UTC`. By themselves the weekday stays with the sentence; at the
//! ends of a span the two are one, since its words stand before the weekday.

use super::clock::clock;
use super::reading::{Read, Reading};
use super::token::Tokens;
use super::word;

/// A weekday and the clock time behind it.
pub(super) fn timed(tokens: &Tokens<'_>, at: usize) -> Option<Read<Reading>> {
    let weekday = tokens.letters(at).and_then(word::weekday)?;
    let mut next = at + 1;
    for mark in ['.', ','] {
        next += usize::from(tokens.is_mark(next, mark));
    }
    next = tokens.behind_space(next)?;
    if matches!(tokens.text(next), "at" | "@") {
        next = tokens.behind_space(next + 1)?;
    }
    let approximate = tokens.is_mark(next, '~');
    // Which of its two midnights is meant is not said.
    let clock = clock(tokens, next + usize::from(approximate), false)?;
    if clock.value.doubt.is_some() || clock.value.named == Some(0) {
        return None;
    }
    let value = Reading { weekday: Some(weekday), approximate, ..Reading::of(None, Some(clock.value)) };
    Some(Read { value, end: clock.end })
}
