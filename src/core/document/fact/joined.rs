//! Whether words stand by themselves, or are part of a longer one: `failover-related`, `outage's`, `cache.clear`.

use super::possessive;
use super::token::Tokens;
use super::usage::is_gap;

/// Whether the words from `at` to `end` are part of a longer one: `failover-related`, `outage's`, `cache.clear`.
pub(super) fn is_joined(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.mark(before)).is_some_and(|mark| {
        matches!(mark, '-' | '‑' | '.' | '@' | '#' | '=' | '\\' | '~' | '&' | '\'' | '’')
            && at.checked_sub(2).is_some_and(|word| tokens.is_word(word))
    });
    let behind = tokens.mark(end).is_some_and(|mark| {
        matches!(mark, '-' | '‑' | '.' | '@' | '#' | '=' | '\\' | '~' | '&' | '\'' | '’' | ':')
            && tokens.is_word(end + 1)
    });
    before || (behind && !is_possessive(tokens, at, end))
}

/// Whether `'s` behind the words makes them the owner of the word that follows.
fn is_possessive(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    matches!(tokens.mark(end), Some('\'' | '’'))
        && tokens.letters(end + 1) == Some("s")
        && is_gap(tokens, end + 2)
        && possessive::owned_at(tokens, end + 3, tokens.slice(at.saturating_sub(4), at.saturating_sub(2)))
            == Some(end + 4)
}

/// The position behind a `no` and its space.
pub(super) fn behind_no(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let no = tokens.letters(at).is_some_and(|word| word.eq_ignore_ascii_case("no"));
    (no && is_gap(tokens, at + 1) && !is_joined(tokens, at, at + 1)).then_some(at + 2)
}
