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
                None => {}
                Some('.' | '!' | '?') if !is_abbreviation(text) => return Self::Sentence,
                Some(last) if last.is_alphanumeric() || matches!(last, ',' | '.') => return Self::Inside,
                Some(_) => return Self::Sign,
            }
        }
        if pieces.len() <= SIGHT { Self::Start } else { Self::Inside }
    }
}

/// Whether the point at the end belongs to a short word: `p. ej.`, `n.`
fn is_abbreviation(text: &str) -> bool {
    let word = text.trim_end_matches('.');
    text.ends_with('.')
        && word.chars().rev().take_while(|letter| letter.is_alphabetic()).count() < 3
        && word.chars().next_back().is_some_and(char::is_alphabetic)
}
