//! A translated block: a segment and its checked text come in, the pieces of the block go out, with facts in the
//! reader's notation and terms tied into the engine's sentence.

use super::notation::Notation;
use crate::check::{Checked, Origin};
use crate::document::Piece;
use crate::document::fact::{Fact, Term, Value, Verbatim};
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
    for (position, span) in checked.target().iter().enumerate() {
        match span {
            TargetSpan::Text(text) => block.text(text),
            TargetSpan::Source(index) => match segment.spans.get(*index) {
                Some(Span::Text(text)) => block.text(text),
                Some(Span::Fact(fact)) => match &fact.value {
                    Value::Term(term) => {
                        let described =
                            described(segment, *index, checked.target().get(..position).unwrap_or_default());
                        block.term(term, &Source { fact, next: segment.spans.get(index + 1), described });
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

/// What describes a term in front of it: `3 minutes downtime`, `1-2 min outage`, `db-7 failover`.
#[derive(Clone, Copy)]
struct Description {
    /// How many facts, glued to one another.
    facts: usize,
    /// Whether an engine's text stands before them.
    free: bool,
}

/// What describes the term in the source, if it stands before it in the target still.
fn described(segment: &Segment, index: usize, target: &[TargetSpan]) -> Option<Description> {
    let (TargetSpan::Text(gap), target) = target.split_last()? else { return None };
    let last = index.checked_sub(2)?;
    if gap != " " || !matches!(segment.spans.get(index - 1), Some(Span::Text(text)) if text == " ") {
        return None;
    }
    let describes = |value: &Value| match value {
        Value::Quantity { .. } => true,
        Value::Verbatim(kind) => matches!(kind, Verbatim::Identifier | Verbatim::Name | Verbatim::Version),
        _ => false,
    };
    if !matches!(segment.spans.get(last), Some(Span::Fact(fact)) if describes(&fact.value)) {
        return None;
    }
    let facts = segment.spans[..=last].iter().rev().take_while(|span| matches!(span, Span::Fact(_))).count();
    let apart = match segment.spans[..=last - (facts - 1)].split_last()?.1.last() {
        None => true,
        Some(Span::Text(text)) => text.ends_with(|character: char| character.is_whitespace() || character == '('),
        Some(_) => false,
    };
    let at = target.len().checked_sub(facts)?;
    let (before, group) = target.split_at_checked(at)?;
    let in_order = group.iter().rev().zip((0..=last).rev()).all(|(span, index)| *span == TargetSpan::Source(index));
    let free = matches!(before.last(), Some(TargetSpan::Text(_)));
    (apart && in_order).then_some(Description { facts, free })
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

/// A term where the source has it.
struct Source<'run> {
    fact: &'run Fact,
    next: Option<&'run Span>,
    described: Option<Description>,
}

impl<'run> Block<'run> {
    fn push(&mut self, piece: Piece) {
        self.pieces.push(piece);
        self.free = false;
        self.term = None;
    }

    fn text(&mut self, text: &str) {
        let mut text = text.to_owned();
        // The point of `p. m.` ends the sentence, too.
        let is_pointed = matches!(self.pieces.last(), Some(Piece::Text(fact)) if !self.free && fact.ends_with('.'));
        if is_pointed && text.starts_with('.') && !text.starts_with("..") {
            text.remove(0);
        }
        if let Some(Opened { term, lowers_next }) = self.term.take() {
            if lowers_next {
                lower_first(&mut text);
            }
            self.notation.follow(term, &mut text);
        }
        self.push(Piece::Text(text));
        self.free = true;
    }

    fn term(&mut self, term: &'run Term, source: &Source<'_>) {
        let belonging = self.notation.belonging(term).zip(source.described);
        let description = belonging.map(|(preposition, Description { facts, free })| {
            self.pieces.pop();
            self.free = free;
            let facts = self.pieces.split_off(self.pieces.len().saturating_sub(facts));
            [vec![Piece::Text(format!(" {preposition} "))], facts].concat()
        });
        let opens = self.opens_sentence(source.fact.source.starts_with(char::is_uppercase));
        let mut nothing = String::new();
        let before = match self.pieces.last_mut() {
            Some(Piece::Text(text)) if self.free => text,
            _ => &mut nothing,
        };
        let phrase = self.notation.term(term, before, opens);
        self.push(Piece::Text(phrase));
        self.pieces.extend(description.unwrap_or_default());
        let next = source.next.map(Span::text).and_then(|next| next.strip_prefix(' '));
        let lower = next.is_some_and(|next| next.starts_with(char::is_lowercase));
        self.term = Some(Opened { term, lowers_next: opens && lower });
    }

    /// Whether what comes next begins a sentence; `capital` says that it has one in the source.
    fn opens_sentence(&self, capital: bool) -> bool {
        /// Marks and space before it are looked through, within reason.
        const SIGHT: usize = 8;
        for piece in self.pieces.iter().rev().take(SIGHT) {
            let Piece::Text(text) = piece else { continue };
            let text = text.trim_end_matches(|character: char| {
                character.is_whitespace() || matches!(character, '(' | '[' | '"' | '“' | '«' | '*' | '¿' | '¡')
            });
            if let Some(last) = text.chars().next_back() {
                let sentence = matches!(last, '.' | '!' | '?') && !is_abbreviation(text);
                return sentence || (capital && !last.is_alphanumeric() && !matches!(last, ',' | '.'));
            }
        }
        self.pieces.len() <= SIGHT && !self.lower
    }
}

/// Whether the point at the end belongs to a short word: `p. ej.`, `n.`
fn is_abbreviation(text: &str) -> bool {
    let word = text.trim_end_matches('.');
    text.ends_with('.')
        && word.chars().rev().take_while(|letter| letter.is_alphabetic()).count() < 3
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

#[cfg(test)]
mod tests;
