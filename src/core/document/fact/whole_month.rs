//! Whole names of months: `march` and `may` are words, `April` and `June` people, so that a name is a month only
//! where a capital says so, and a word in front of it asks for a time: `In March and May`, `last May`, `end of
//! August`.

use super::preposition;
use super::token::{Kind, Tokens, is_capitalised};
use super::{Preposition, word};

/// Whether the name at `at` is a month for certain. `tie` is the preposition that stands in front.
pub(super) fn is_certain(tokens: &Tokens<'_>, at: usize, tie: Option<Preposition>) -> bool {
    let is_month = tokens.letters(at).is_some_and(|name| is_capitalised(name) && word::month(name).is_some());
    is_month && (tie.is_some() || is_led(tokens, at))
}

/// `last May`, `every June`
fn is_led(tokens: &Tokens<'_>, at: usize) -> bool {
    preposition::before(tokens, at)
        .next()
        .is_some_and(|word| matches!(word.as_str(), "last" | "next" | "this" | "every" | "each" | "previous"))
}

/// Whether nothing behind makes a name of something else of it: `In May Day`, `by April Jones`, `In March 30 users`.
pub(super) fn closes(tokens: &Tokens<'_>, end: usize) -> bool {
    match tokens.kind(end) {
        None => true,
        Some(Kind::Space) if tokens.text(end).contains('\n') => true,
        Some(Kind::Space) => match tokens.kind(end + 1) {
            Some(Kind::Letters) => tokens.text(end + 1).starts_with(char::is_lowercase),
            Some(Kind::Digits) => false,
            _ => !matches!(tokens.mark(end + 1), Some('-' | '/' | '&' | '\'' | '’')),
        },
        Some(Kind::Mark) => {
            matches!(tokens.mark(end), Some(',' | '.' | ';' | ':' | ')' | ']' | '!' | '?' | '"' | '”' | '—' | '…'))
                && !tokens.is_word(end + 1)
        }
        Some(_) => false,
    }
}
