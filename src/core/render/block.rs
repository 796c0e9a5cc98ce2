//! One translated block as its pieces: facts in the reader's notation, and terms tied into the engine's sentence.

mod capitals;
mod description;
mod sentence_position;
mod subject;

use super::notation::{Notation, Phrase, Standing};
use crate::check::{Checked, Origin};
use crate::document::Piece;
use crate::document::fact::{Article, Fact, Term, Value, Verbatim};
use crate::segment::{Segment, Span, TargetSpan, Treatment};
use description::{Description, described};
use sentence_position::SentencePosition;

/// The pieces of a translated block; `None` where the source's bytes stand.
pub(super) fn pieces(segment: &Segment, checked: &Checked, notation: &Notation<'_>) -> Option<Vec<Piece>> {
    if *checked.origin() == Origin::Source {
        return None;
    }
    if let Treatment::Timestamp(line) = &segment.treatment {
        let written = || capitals::of_line(line, notation.timestamp_line(line));
        return line.finding.is_none().then(|| vec![Piece::Text(written())]);
    }
    let mut block = Block {
        notation,
        lower: begins_lower(segment),
        // What people have written stays as they have it.
        source: checked.origin().is_machine().then(|| segment.source_text()),
        is_shouted: capitals::is_shouted(segment),
        pieces: Vec::new(),
        term: None,
    };
    for (position, span) in checked.target().iter().enumerate() {
        match span {
            TargetSpan::Text(text) => block.text(text),
            TargetSpan::Source(index) => match segment.spans.get(*index) {
                Some(Span::Text(text)) => block.text(text),
                Some(Span::Fact(fact)) => match &fact.value {
                    Value::Term(term) => {
                        let (before, after) = checked.target().split_at(position);
                        let is_bare = subject::is_bare(segment, *index, term, after.get(1));
                        let source = Source {
                            capital: fact.source.starts_with(char::is_uppercase),
                            next: segment.spans.get(index + 1),
                            described: described(segment, *index, before),
                            is_bare,
                        };
                        block.term(term, &source);
                    }
                    Value::Verbatim(Verbatim::Name) => block.name(segment, *index, fact),
                    _ => block.fact(fact, subject::is_first(segment, *index)),
                },
                Some(Span::Code { inline, text }) => {
                    let kind = if text.trim().is_empty() { Kind::Closing } else { Kind::Code };
                    block.push(Piece::Inline(*inline), kind);
                }
                Some(Span::Open { inline, .. }) => block.push(Piece::Inline(*inline), Kind::Opening),
                // What follows a mark agrees with the term in it.
                Some(Span::Close { inline, .. }) => {
                    block.pieces.push(Written { piece: Piece::Inline(*inline), kind: Kind::Closing });
                }
                None => {}
            },
        }
    }
    Some(block.pieces.into_iter().map(|written| written.piece).collect())
}

/// A translated block's text as its readers see it, with a stand-in for every mark and code: for comparing two of them.
#[must_use]
pub fn text(segment: &Segment, checked: &Checked, notation: &Notation<'_>) -> String {
    let pieces = pieces(segment, checked, notation).unwrap_or_default();
    let shown = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.as_str(),
        Piece::Inline(_) => "\u{fffc}",
    });
    shown.collect()
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
    /// The source's text, where a machine's is put right by it.
    source: Option<String>,
    is_shouted: bool,
    pieces: Vec<Written>,
    /// The term that the last piece is, closing marks behind it left aside.
    term: Option<Opened>,
}

/// A piece, and what it is to those behind it.
#[derive(Clone)]
struct Written {
    piece: Piece,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An engine's text.
    Free,
    /// An engine's text whose first point stood in the text of the program before it, as in `p. m.`
    Continued,
    /// The program's own text.
    Own,
    /// A fact with a preposition of its own, behind which a clause may begin.
    Tied,
    /// A code that its reader sees.
    Code,
    Opening,
    Closing,
}

struct Opened {
    term: Term,
    /// The word behind it has lost its place at the start of the sentence.
    lowers_next: bool,
    standing: Standing,
}

/// A term where the source has it.
struct Source<'run> {
    /// Whether it begins upper case there.
    capital: bool,
    next: Option<&'run Span>,
    described: Option<Description>,
    /// Whether it begins its clause there as the subject, without an article.
    is_bare: bool,
}

impl Block<'_> {
    fn push(&mut self, piece: Piece, kind: Kind) {
        self.pieces.push(Written { piece, kind });
        self.term = None;
    }

    fn text(&mut self, text: &str) {
        let mut text = text.to_owned();
        // The point of `p. m.` ends the sentence, too.
        let is_pointed = matches!(
            self.pieces.last(),
            Some(Written { piece: Piece::Text(fact), kind: Kind::Own | Kind::Tied }) if fact.ends_with('.')
        );
        let continues = is_pointed && text.starts_with('.') && !text.starts_with("..");
        if continues {
            text.remove(0);
        }
        if let Some(Opened { term, lowers_next, standing }) = self.term.take() {
            if lowers_next {
                lower_first(&mut text);
            }
            self.notation.follow(&term, standing, &mut text);
        }
        if let Some(source) = &self.source {
            if self.pieces.iter().all(|written| written.kind == Kind::Opening) {
                capitals::raise_first(source, &mut text);
            }
            capitals::lower_values(source, &mut text, self.notation);
        }
        self.push(Piece::Text(text), if continues { Kind::Continued } else { Kind::Free });
    }

    /// Whether the block so far ends with a closing bracket: `[Update] `.
    fn is_behind_bracket(&self) -> bool {
        let last = self.pieces.iter().rev().find_map(|written| match &written.piece {
            Piece::Text(text) => Some(text),
            Piece::Inline(_) => None,
        });
        last.is_some_and(|text| text.trim_end().ends_with(']'))
    }

    /// A fact, upper case where it begins a sentence of the target.
    /// `is_first`: the source begins with it.
    fn fact(&mut self, fact: &Fact, is_first: bool) {
        let capital = match SentencePosition::behind(&self.pieces) {
            SentencePosition::Sentence => true,
            SentencePosition::Start => !self.lower,
            // "Fixed: At 10:54 UTC", but the name of a day or month has its capital from English alone; behind a mark
            // in brackets it begins the block, as in the source.
            SentencePosition::Sign => {
                fact.source.starts_with(char::is_uppercase)
                    && (Notation::is_tied(fact) || (is_first && self.is_behind_bracket()))
            }
            SentencePosition::Inside => false,
        };
        let written = self.notation.fact_with(fact, capital);
        let written = capitals::raised(fact, written, self.is_shouted, self.notation.locale());
        self.push(Piece::Text(written), if Notation::is_tied(fact) { Kind::Tied } else { Kind::Own });
    }

    fn term(&mut self, term: &Term, source: &Source<'_>) {
        let belonging = self.notation.belonging(term).zip(source.described);
        let description = belonging.map(|(preposition, Description { facts })| {
            self.pieces.pop();
            let facts = self.pieces.split_off(self.pieces.len().saturating_sub(facts));
            let tie = Written { piece: Piece::Text(format!(" {preposition} ")), kind: Kind::Own };
            [vec![tie], facts].concat()
        });
        let place = SentencePosition::behind(&self.pieces);
        let opens = match place {
            SentencePosition::Sentence => true,
            SentencePosition::Start => !self.lower,
            SentencePosition::Sign => source.capital,
            SentencePosition::Inside => false,
        };
        let begins_clause = matches!(place, SentencePosition::Sentence | SentencePosition::Start)
            || sentence_position::ends_clause(&self.pieces);
        let is_subject = source.is_bare && begins_clause;
        let article = term.article.or(is_subject.then_some(Article::Definite));
        let term = Term { article, ..term.clone() };
        let standing = self.tie(&term, |notation, before| notation.term(&term, before, opens));
        self.pieces.extend(description.unwrap_or_default());
        let next = source.next.map(Span::text).and_then(|next| next.strip_prefix(' '));
        let lower = next.is_some_and(|next| next.starts_with(char::is_lowercase));
        self.term = Some(Opened { term, lowers_next: opens && lower, standing });
    }

    /// A name that is kept: the article before it and the words behind it agree with it where its gender is known.
    fn name(&mut self, segment: &Segment, index: usize, fact: &Fact) {
        let Some(term) = self.notation.name(&fact.source).filter(|_| subject::is_whole(segment, index)) else {
            self.push(Piece::Text(fact.source.clone()), Kind::Own);
            return;
        };
        let term = Term { article: subject::article(segment, index), ..term };
        let opens = match SentencePosition::behind(&self.pieces) {
            SentencePosition::Sentence => true,
            SentencePosition::Start => !self.lower,
            SentencePosition::Sign | SentencePosition::Inside => false,
        };
        let standing = self.tie(&term, |notation, before| notation.kept(&term, before, opens));
        self.term = Some(Opened { term, lowers_next: false, standing });
    }

    /// Writes a term with what `write` makes of the engine's text before it, opening marks left aside: the article
    /// stands before them. Says how the term stands in its sentence.
    fn tie(&mut self, term: &Term, write: impl Fn(&Notation<'_>, &mut String) -> Phrase) -> Standing {
        let marks = self.pieces.iter().rev().take_while(|written| written.kind == Kind::Opening).count();
        let at = self.pieces.len() - marks;
        let mut nothing = String::new();
        let before = match at.checked_sub(1).and_then(|last| self.pieces.get_mut(last)) {
            Some(Written { piece: Piece::Text(text), kind: Kind::Free | Kind::Continued }) => text,
            _ => &mut nothing,
        };
        let engine = before.clone();
        let phrase = write(self.notation, before);
        let changed = !sentence_position::is_alike(&engine, &format!("{before}{}", phrase.article));
        let sentence =
            format!("{}{}", sentence_position::sentence(self.pieces.get(..at).unwrap_or_default()), phrase.article);
        let standing = self.notation.standing(&sentence, phrase.is_governed, changed && term.gender.is_some());
        if marks == 0 {
            self.push(Piece::Text(format!("{}{}", phrase.article, phrase.words)), Kind::Own);
            return standing;
        }
        if !phrase.article.is_empty() {
            self.pieces.insert(at, Written { piece: Piece::Text(phrase.article), kind: Kind::Own });
        }
        self.push(Piece::Text(phrase.words), Kind::Own);
        standing
    }
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
