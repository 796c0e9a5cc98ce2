//! Where in its sentence a piece stands: that decides whether it begins upper case, wherever it stood in the source.

use super::{Kind, Written};
use crate::document::Piece;

/// What stands before a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing: it begins its block.
    Start,
    /// The end of a sentence.
    Sentence,
    /// A sign that ends no sentence, such as a colon or a dash.
    Sign,
    /// A word or a comma.
    Inside,
}

/// Marks and space before a piece are looked through, within reason.
const SIGHT: usize = 8;

impl Place {
    /// The place behind the pieces.
    pub(super) fn behind(pieces: &[Written]) -> Self {
        for written in pieces.iter().rev().take(SIGHT) {
            let text = match &written.piece {
                Piece::Text(text) => text,
                Piece::Inline(_) if written.kind == Kind::Code => return Self::Inside,
                Piece::Inline(_) => continue,
            };
            let text = text.trim_end_matches(|character: char| {
                character.is_whitespace() || matches!(character, '(' | '[' | '"' | '“' | '«' | '*' | '¿' | '¡')
            });
            match text.chars().next_back() {
                None if written.kind == Kind::Continued => return Self::Sentence,
                None => {}
                Some('.' | '!' | '?') if !is_abbreviation(text) => return Self::Sentence,
                Some(last) if last.is_alphanumeric() || matches!(last, ',' | '.') => return Self::Inside,
                Some(_) => return Self::Sign,
            }
        }
        if pieces.len() <= SIGHT { Self::Start } else { Self::Inside }
    }
}

/// Abbreviations that stand before what they belong to, in English and in the languages of readers.
const ABBREVIATIONS: &[&str] = &[
    "máx", "mín", "max", "min", "mass", "aprox", "approx", "apross", "núm", "num", "pág", "pag", "fig", "incl", "excl",
    "dept", "tel", "art", "cfr",
];

/// Whether the point at the end belongs to an abbreviation or a short word: `máx.`, `p. ej.`, `n.`
fn is_abbreviation(text: &str) -> bool {
    let word = text.trim_end_matches('.');
    let start = word.char_indices().rev().take_while(|(_, letter)| letter.is_alphabetic()).last();
    let Some((start, _)) = start.filter(|_| text.ends_with('.')) else { return false };
    let word = word.get(start..).unwrap_or_default().to_lowercase();
    word.chars().count() < 3 || ABBREVIATIONS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_point_of_an_abbreviation_ends_no_sentence() {
        for (text, expected) in [
            ("(máx.", true),
            ("p. ej.", true),
            ("n.", true),
            ("Lo sabemos.", false),
            ("Max!", false),
            ("climax.", false),
            (".", false),
            ("", false),
        ] {
            assert_eq!(is_abbreviation(text), expected, "{text}");
        }
    }
}
