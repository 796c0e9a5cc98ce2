//! Where in its sentence a piece stands: that decides whether it begins upper case, wherever it stood in the source.

use super::super::notation::TIED;
use super::{Kind, Written};
use crate::document::Piece;

/// What stands before a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SentencePosition {
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

impl SentencePosition {
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

/// Whether the pieces end with a comma or semicolon.
pub(super) fn ends_clause(pieces: &[Written]) -> bool {
    let last = pieces.last().map(|written| &written.piece);
    matches!(last, Some(Piece::Text(text)) if text.trim_end().ends_with([',', ';']))
}

/// The text of the pieces, or the end of it, for telling how what follows stands in its sentence.
pub(super) fn sentence(pieces: &[Written]) -> String {
    /// Most pieces and bytes that are looked at: more than any noun phrase has.
    const PIECES: usize = 12;
    const BYTES: usize = 240;
    /// What stands for a code, and for a text that is longer.
    const OTHER: &str = "\u{fffc}";
    let first = pieces.len().saturating_sub(PIECES);
    let mut text = String::new();
    for written in pieces.get(first..).unwrap_or_default() {
        match (&written.piece, written.kind) {
            (_, Kind::Tied) => text.push(TIED),
            (Piece::Text(piece), Kind::Continued) => text.extend([".", piece.as_str()]),
            (Piece::Text(piece), _) => text.push_str(piece),
            (Piece::Inline(_), Kind::Code) => text.push_str(OTHER),
            (Piece::Inline(_), _) => {}
        }
    }
    let cut = text.ceil_char_boundary(text.len().saturating_sub(BYTES));
    if cut > 0 || first > 0 {
        text.replace_range(..cut, OTHER);
    }
    text
}

/// Whether two texts differ in no more than capitals, kinds of spaces and of apostrophes.
pub(super) fn is_alike(text: &str, other: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace('\u{a0}', " ").replace('’', "'");
    plain(text) == plain(other)
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
