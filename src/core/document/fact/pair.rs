//! Pairs of times that cannot be read with certainty (`11:30-1:15 PM PT`: before noon, or the night before?) are kept
//! as a whole, so that no half of one is rewritten and no `PM` goes to an engine.

use super::clock_words::behind_joint;
use super::connector::{connector, is_to};
use super::half::half_behind;
use super::reading::Tied;
use super::token::Tokens;
use super::zone_label::zone_label;
use super::{Value, Verbatim};

/// The most times of one chain.
const MOST: usize = 6;

/// A chain of clock times joined by dashes or slashes, two that span a time, or several `listed` by commas and words,
/// of which one says its half of the day.
pub(super) fn unread(tokens: &Tokens<'_>, at: usize, listed: bool) -> Option<Tied> {
    let mut next = at;
    let mut end = at;
    let mut halves = 0;
    let mut times = 0;
    while times < MOST
        && let Some((behind, halved)) = time(tokens, next)
    {
        times += 1;
        halves += usize::from(halved);
        end = behind;
        let joint = tokens.skip_space(end);
        if matches!(tokens.mark(joint), Some('-' | '–' | '—' | '/')) {
            next = tokens.skip_space(joint + 1);
        } else if let Some(behind) = behind_word(tokens, at, end).filter(|_| times == 1 && halves == 0) {
            next = behind;
        } else if let Some(behind) = behind_joint(tokens, end).filter(|_| listed && halves == 0) {
            // "11, 12 and 1 PM"
            next = behind;
        } else {
            break;
        }
    }
    let value = Value::Verbatim(Verbatim::Uncertain);
    (times > 1 && halves > 0 && tokens.ends_word(end)).then_some(Tied { value, end, doubt: None })
}

/// The position behind the `to` of `11:30 to 1 PM`, the `and` of `between 11:30 and 1 PM`.
fn behind_word(tokens: &Tokens<'_>, at: usize, end: usize) -> Option<usize> {
    let (next, word) = connector(tokens, end)?;
    let is_between = || at.checked_sub(2).is_some_and(|before| tokens.text(before).eq_ignore_ascii_case("between"));
    (is_to(word) || word.is_some() && is_between()).then_some(next)
}

/// The position behind something like a clock time, with its zone, and whether it has its half of the day.
fn time(tokens: &Tokens<'_>, at: usize) -> Option<(usize, bool)> {
    tokens.digits(at, 1, 2)?;
    let mut end = at + 1;
    let is_joined = matches!(tokens.mark(end), Some(':' | '.')) || tokens.letters(end) == Some("h");
    if is_joined && tokens.digits(end + 1, 2, 2).is_some() {
        end += 2;
    }
    let half = half_behind(tokens, end);
    end = half.unwrap_or(end);
    end = zone_label(tokens, end, false).map_or(end, |zone| zone.end);
    (half.is_some() || !tokens.is_word(end)).then_some((end, half.is_some()))
}
