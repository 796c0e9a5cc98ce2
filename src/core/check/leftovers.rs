//! Nothing of the machinery is left over: placeholders, unknown-word marks, pieces of a model's vocabulary.

use crate::finding::{Finding, Severity};

use super::{Check, Subject};

/// Characters and sequences that no prose has, unless the source has them.
const PIECES: [&str; 28] = [
    "<unk>", "<UNK>", "<s>", "</s>", "<pad>", "⁇", "\u{FFFD}", "▁", "⟦", "⟧", "⟪", "⟫", "{{", "}}", "{}", "{%", "${",
    "%s", "%d", "%(", "[[", "]]", "@@", "\\n", "\\r", "\\t", "\\u", "\\\"",
];

pub(super) struct Leftovers;

impl Check for Leftovers {
    fn name(&self) -> &'static str {
        "leftovers"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let (free, lower) = (&subject.target.free, &subject.target.lower);
        if (lower.contains("ph") || free.contains('{')) && subject.added(placeholders) > 0 {
            return self.finding(Severity::Block, "a placeholder is left over".to_owned());
        }
        if !free.contains(is_sign) {
            return Vec::new();
        }
        let piece = PIECES.iter().find(|piece| subject.adds(piece));
        if let Some(piece) = piece {
            return self.finding(Severity::Block, format!("`{}` is left over", piece.escape_debug()));
        }
        for mark in ['*', '@', '#'] {
            if subject.added(|text| marked_words(text, mark)) > 0 {
                let message = format!("a word is marked with `{mark}`, as unknown words are");
                return self.finding(Severity::Block, message);
            }
        }
        Vec::new()
    }
}

/// What every piece and mark has in it.
fn is_sign(character: char) -> bool {
    if character.is_ascii() {
        return matches!(character, '<' | '{' | '}' | '[' | ']' | '@' | '%' | '\\' | '$' | '*' | '#');
    }
    matches!(character, '⁇' | '\u{FFFD}' | '▁' | '⟦' | '⟧' | '⟪' | '⟫')
}

/// `PH` with a number, whatever is round it; `[PH` and `{n}` too.
fn placeholders(text: &str) -> usize {
    let text = text.to_ascii_uppercase();
    let numbered = text
        .match_indices("PH")
        .filter(|(start, _)| {
            let before = text.get(..*start).and_then(|head| head.chars().next_back());
            let after = text.get(start + 2..).unwrap_or_default();
            let opened = before.is_some_and(|character| matches!(character, '[' | '{' | '⟦'))
                || text.get(..*start).is_some_and(|head| head.trim_end().ends_with('['));
            let digit = after.trim_start_matches([' ', '_']).starts_with(|next: char| next.is_ascii_digit());
            (opened && !after.starts_with(char::is_alphabetic)) || (digit && !before.is_some_and(char::is_alphabetic))
        })
        .count();
    let braced = text
        .split('{')
        .skip(1)
        .filter(|tail| tail.split_once('}').is_some_and(|(inner, _)| inner.trim().parse::<u16>().is_ok()))
        .count();
    numbered + braced
}

/// Words with the mark right before them, as Apertium writes what it does not know.
fn marked_words(text: &str, mark: char) -> usize {
    let mut before = ' ';
    let mut marked = false;
    let mut count = 0;
    for character in text.chars() {
        if marked && character.is_alphabetic() {
            count += 1;
        }
        marked = character == mark && !before.is_alphanumeric() && before != mark;
        before = character;
    }
    count
}
