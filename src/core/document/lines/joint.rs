//! What a line's last words and the next one's first make together: a number and its unit, a clock time and its half
//! of the day or its zone, a day and its month are one value to every reader, wherever an editor broke the line
//! between them.

use std::sync::LazyLock;

use super::super::fact::{self, Lexicon, Value};

/// Words of a line's end that a value may take up before the next line: `10:54`, `5 PM`, `the 5th of`.
const TAIL: usize = 2;

/// Words with which a day stands in a sentence, so that a month behind it is no other sentence's first word.
const BEFORE_DAYS: &[&str] =
    &["after", "and", "before", "by", "for", "from", "of", "on", "since", "the", "through", "to", "until"];

/// Whether the end of `before` and the beginning of `after` are one value.
pub(super) fn is_one_value(before: &str, after: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().rev().take(TAIL + 1).collect();
    let mut behind = after.split_whitespace();
    let (Some(first), second) = (behind.next(), behind.next()) else { return false };
    let first = first.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '”', '*', '_']);
    if first.starts_with(|letter: char| letter.is_ascii_digit()) {
        return is_numbered(&words, first);
    }
    (1..=TAIL.min(words.len())).any(|count| {
        let tail: Vec<&str> = words.iter().take(count).rev().copied().collect();
        let tail = tail.join(" ");
        let tail = tail.trim_start_matches(['(', '[', '"', '“', '*', '_', '~', '+', '-', '<', '>', '≈']);
        let preceding = words.get(count).copied().unwrap_or_default();
        tail.starts_with(|letter: char| letter.is_ascii_digit() || "$€£¥".contains(letter))
            && (spans(tail, first, second, preceding)
                || second.is_some_and(|second| first.starts_with(char::is_uppercase) && is_zone(tail, first, second)))
    })
}

/// Whether a value goes from the tail's beginning to the end of the word behind the line end.
fn spans(tail: &str, word: &str, next: Option<&str>, preceding: &str) -> bool {
    let joined = format!("{tail} {word}");
    let Some(value) = whole(&joined) else { return false };
    let is_title = word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase);
    let in_symbol = word.chars().count() <= 4 && word.chars().skip(1).any(char::is_uppercase);
    match value {
        Value::Verbatim(_) => matches!(word.to_ascii_lowercase().as_str(), "am" | "pm" | "a.m" | "p.m"),
        // `EUR 20` has its amount behind it.
        Value::Money(_) => !next.is_some_and(|next| next.starts_with(|letter: char| letter.is_ascii_digit())),
        _ if is_title && !in_symbol => BEFORE_DAYS.contains(&preceding.to_ascii_lowercase().as_str()),
        _ => true,
    }
}

/// `10:54` over `Pacific Time`.
fn is_zone(tail: &str, first: &str, second: &str) -> bool {
    let second = second.trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
    second == "Time" && whole(&format!("{tail} {first} {second}")).is_some()
}

/// `Ticket No.` over `4711`; but not the answer to a question.
fn is_numbered(words: &[&str], number: &str) -> bool {
    let (Some(sign), Some(before)) = (words.first(), words.get(1)) else { return false };
    sign.to_ascii_lowercase().starts_with("no")
        && before.ends_with(char::is_alphanumeric)
        && matches!(whole(&format!("{sign} {number}")), Some(Value::Numbered(_)))
}

/// The value that a text is as a whole.
fn whole(text: &str) -> Option<Value> {
    static NO_TERMS: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);
    let found = fact::find(text, &NO_TERMS);
    found.into_iter().find(|found| found.range == (0..text.len())).map(|found| found.fact.value)
}
