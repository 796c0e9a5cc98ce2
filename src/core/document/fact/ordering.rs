//! The sign of a number that orders: `No. 4711`, `Serial No. AB-1`, `Nos. 5 and 7`. Elsewhere `no` is a denial, and an
//! engine takes the one for the other.

use super::Value;
use super::identifier::joined_end;
use super::token::{Kind, Tokens};
use crate::document::sentence;

/// What bears a number, behind the sign that says so.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Numbered {
    /// As written: `4711`, `AB-1`.
    pub number: String,
    /// `Nos.`, of which the first is here.
    pub plural: bool,
    /// `No: 815`
    pub colon: bool,
    pub capital: bool,
}

/// What follows a denial that ends its sentence: `The answer was no. 12 users …`.
const BEFORE_A_DENIAL: &str = "said say says answer answered replied was is are were yes or";

/// The numbered thing at `at`, and the position behind it.
pub(super) fn numbered(tokens: &Tokens<'_>, at: usize) -> Option<(Value, usize)> {
    let plural = match tokens.letters(at)? {
        "No" | "no" | "NO" | "Nr" | "nr" => false,
        "Nos" | "nos" => true,
        _ => return None,
    };
    // "Ticket No.: 4711"
    let point = usize::from(tokens.is_mark(at + 1, '.'));
    let colon = tokens.is_mark(at + 1 + point, ':');
    let before = at.checked_sub(2).filter(|_| tokens.kind(at - 1) == Some(Kind::Space));
    let noun = before.and_then(|before| tokens.letters(before)).filter(|noun| noun.len() <= 20);
    // "Order No: 815", but "Answer? No: 5 users".
    if (colon && noun.is_none()) || !(colon || point > 0) || answers(tokens, at) {
        return None;
    }
    let first = tokens.skip_space(at + 1 + point + usize::from(colon));
    if !(tokens.is_word(first) || tokens.is_mark(first, '#') && tokens.is_word(first + 1)) {
        return None;
    }
    let begin = first + usize::from(tokens.is_mark(first, '#'));
    let mut end = joined_end(tokens, begin);
    while end < begin + 16 && tokens.is_mark(end, ',') && tokens.digits(end + 1, 3, 3).is_some() {
        end += 2;
    }
    let has_digits = (begin..end).any(|part| tokens.kind(part) == Some(Kind::Digits));
    let is_code = has_digits || tokens.text(begin).len() == 1 && tokens.text(begin) != "I" && tokens.text(begin) != "A";
    let denies = noun.is_some_and(|noun| listed(BEFORE_A_DENIAL, &noun.to_ascii_lowercase()));
    if !is_code || denies {
        return None;
    }
    let number = tokens.slice(first, end).to_owned();
    let capital = tokens.opens_sentence(at) && !follows_abbreviation(tokens, at);
    Some((Value::Numbered(Numbered { number, plural, colon, capital }), end))
}

/// `Acct. No. 12`
fn follows_abbreviation(tokens: &Tokens<'_>, at: usize) -> bool {
    let point = at.checked_sub(2).filter(|point| tokens.is_mark(*point, '.'));
    let word = point.and_then(|point| tokens.letters(point.checked_sub(1)?));
    word.is_some_and(|word| sentence::is_abbreviation(word, "No"))
}

/// Whether a question stands in front, to which `No.` is the answer.
fn answers(tokens: &Tokens<'_>, at: usize) -> bool {
    let last = (at.saturating_sub(3)..at).rev().find(|last| tokens.kind(*last) != Some(Kind::Space));
    last.is_some_and(|last| matches!(tokens.mark(last), Some('?' | '!')))
}

/// Whether the word is one of a list's.
fn listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}
