//! A translated block: a segment and its checked text come in, the pieces of the block go out, with facts in the
//! reader's notation and terms tied into the engine's sentence.

use super::notation::Notation;
use crate::check::{Checked, Origin};
use crate::document::Piece;
use crate::document::fact::{Term, Value};
use crate::segment::{Segment, Span, TargetSpan, Treatment};

/// The pieces of a translated block; `None` where the source's bytes stand.
pub(super) fn pieces(segment: &Segment, checked: &Checked, notation: &Notation<'_>) -> Option<Vec<Piece>> {
    if *checked.origin() == Origin::Source {
        return None;
    }
    if let Treatment::Timestamp(line) = &segment.treatment {
        return line.finding.is_none().then(|| vec![Piece::Text(notation.timestamp_line(line))]);
    }
    let mut block = Block { notation, lower: begins_lower(segment), pieces: Vec::new(), free: false, term: None };
    for span in checked.target() {
        match span {
            TargetSpan::Text(text) => block.text(text),
            TargetSpan::Source(index) => match segment.spans.get(*index) {
                Some(Span::Text(text)) => block.text(text),
                Some(Span::Fact(fact)) => match &fact.value {
                    Value::Term(term) => {
                        let next = segment.spans.get(index + 1).map(Span::text).unwrap_or_default();
                        block.term(term, next);
                    }
                    _ => block.push(Piece::Text(notation.fact(fact))),
                },
                Some(Span::Code { inline, .. } | Span::Open { inline, .. } | Span::Close { inline, .. }) => {
                    block.push(Piece::Inline(*inline));
                }
                None => {}
            },
        }
    }
    Some(block.pieces)
}

/// Whether the source begins in lower case, as cells and items of lists may.
fn begins_lower(segment: &Segment) -> bool {
    let first = segment.spans.iter().find_map(|span| span.text().chars().find(|letter| letter.is_alphabetic()));
    first.is_some_and(char::is_lowercase)
}

/// A block as it grows.
struct Block<'run> {
    notation: &'run Notation<'run>,
    lower: bool,
    pieces: Vec<Piece>,
    /// Whether the last piece is an engine's text.
    free: bool,
    /// The term that the last piece is.
    term: Option<Opened<'run>>,
}

struct Opened<'run> {
    term: &'run Term,
    /// The word behind it has lost its place at the start of the sentence.
    lowers_next: bool,
}

impl<'run> Block<'run> {
    fn push(&mut self, piece: Piece) {
        self.pieces.push(piece);
        self.free = false;
        self.term = None;
    }

    fn text(&mut self, text: &str) {
        let mut text = text.to_owned();
        if let Some(Opened { term, lowers_next }) = self.term.take() {
            if lowers_next {
                lower_first(&mut text);
            }
            self.notation.follow(term, &mut text);
        }
        self.push(Piece::Text(text));
        self.free = true;
    }

    /// `next` is what stands behind the term in the source.
    fn term(&mut self, term: &'run Term, next: &str) {
        let opens = self.opens_sentence();
        let mut nothing = String::new();
        let before = match self.pieces.last_mut() {
            Some(Piece::Text(text)) if self.free => text,
            _ => &mut nothing,
        };
        let phrase = self.notation.term(term, before, opens);
        self.push(Piece::Text(phrase));
        let lower = next.strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_lowercase));
        self.term = Some(Opened { term, lowers_next: opens && lower });
    }

    /// Whether what comes next begins a sentence.
    fn opens_sentence(&self) -> bool {
        /// Marks and space before it are looked through, within reason.
        const SIGHT: usize = 8;
        for piece in self.pieces.iter().rev().take(SIGHT) {
            let Piece::Text(text) = piece else { continue };
            let text = text.trim_end_matches(|character: char| {
                character.is_whitespace() || matches!(character, '(' | '[' | '"' | '“' | '«' | '*' | '¿' | '¡')
            });
            if let Some(last) = text.chars().next_back() {
                return matches!(last, '.' | '!' | '?') && !is_abbreviation(text);
            }
        }
        self.pieces.len() <= SIGHT && !self.lower
    }
}

/// Whether the point at the end belongs to a short word: `p. ej.`, `n.`
fn is_abbreviation(text: &str) -> bool {
    let word = text.trim_end_matches('.');
    text.ends_with('.') && word.chars().rev().take_while(|letter| letter.is_alphabetic()).count() < 3
        && word.chars().next_back().is_some_and(char::is_alphabetic)
}

/// Takes the capital of a word that an engine took for the first of its sentence.
fn lower_first(text: &mut String) {
    let mut letters = text.chars();
    let (Some(' '), Some(first)) = (letters.next(), letters.next()) else { return };
    if first.is_uppercase() && letters.next().is_none_or(|second| !second.is_uppercase()) {
        let lower: String = first.to_lowercase().collect();
        text.replace_range(1..=first.len_utf8(), &lower);
    }
}
