//! What a check looks at: a segment and its translation, with their free texts (what is neither fact nor code) and what
//! several checks ask of these, computed once for all. Nothing is judged here.

use std::borrow::Cow;
use std::ops::Range;

use super::lookalike;
use crate::language::Language;
use crate::locale::Locale;
use crate::segment::{Segment, Span, TargetSpan};

/// Stands in a free text where a fact or a code was: OBJECT REPLACEMENT CHARACTER.
pub(super) const HOLE: char = '\u{FFFC}';

/// Stands where an engine wrote [`HOLE`] itself, so that it cannot pass for one.
const FORGED: char = '\u{FFFD}';

/// One accented letter in this many is more than any language has that is written in Latin letters, save a few.
const ACCENTED: usize = 5;

/// One side's free text: its text spans, [`HOLE`] for every fact and code between them; formatting marks leave no
/// trace.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) free: String,
    /// The same in lower case.
    pub(super) lower: String,
    /// How many letters it has, and how many of them are not ASCII.
    pub(super) letters: usize,
    pub(super) accented: usize,
    /// How many characters are neither white space nor holes.
    pub(super) visible: usize,
    /// Whether all of it is printable ASCII and holes.
    pub(super) plain: bool,
    /// What is read in it, where that is something else.
    read: Option<String>,
    words: Vec<Word>,
    /// The positions among the words before which a fact or a code stands.
    gaps: Vec<usize>,
}

/// Where a word stands in the text in lower case, and whether it begins with a capital.
#[derive(Debug)]
struct Word {
    range: Range<usize>,
    capital: bool,
}

impl Text {
    fn new(free: String) -> Self {
        let mut text = Self { lower: String::with_capacity(free.len()), plain: true, ..Self::default() };
        let mut word = None;
        for character in free.chars() {
            if character == HOLE {
                text.end_word(&mut word);
                text.gaps.push(text.words.len());
                text.lower.push(HOLE);
                continue;
            }
            let letter = character.is_alphabetic();
            text.letters += usize::from(letter);
            text.visible += usize::from(!character.is_whitespace());
            if letter || is_mark(character) {
                word = word.or(Some((text.lower.len(), character.is_uppercase())));
            } else {
                text.end_word(&mut word);
            }
            if character.is_ascii() {
                text.plain &= matches!(character, ' '..='~');
                text.lower.push(character.to_ascii_lowercase());
            } else {
                text.plain = false;
                text.accented += usize::from(letter);
                text.lower.extend(character.to_lowercase());
            }
        }
        text.end_word(&mut word);
        text.read = match lookalike::read(&free) {
            Cow::Borrowed(_) => None,
            Cow::Owned(read) => Some(read).filter(|read| *read != free),
        };
        text.free = free;
        text
    }

    /// What people and browsers read in it ([`lookalike::read`]).
    pub(super) fn read(&self) -> &str {
        self.read.as_deref().unwrap_or(&self.free)
    }

    /// The same in lower case.
    pub(super) fn read_lower(&self) -> Cow<'_, str> {
        match &self.read {
            None => Cow::Borrowed(&self.lower),
            Some(read) => Cow::Owned(read.to_lowercase()),
        }
    }

    fn end_word(&mut self, begun: &mut Option<(usize, bool)>) {
        if let Some((begin, capital)) = begun.take() {
            self.words.push(Word { range: begin..self.lower.len(), capital });
        }
    }

    /// Its words in lower case: runs of letters and the marks that belong to them.
    pub(super) fn words(&self) -> Vec<&str> {
        self.words.iter().filter_map(|word| self.lower.get(word.range.clone())).collect()
    }

    /// The positions among its words before which a fact or a code stands, in order.
    pub(super) fn gaps(&self) -> &[usize] {
        &self.gaps
    }

    /// Whether the word at a position is written with a capital.
    pub(super) fn is_capitalised(&self, position: usize) -> bool {
        self.words.get(position).is_some_and(|word| word.capital)
    }

    /// The words that are written with a capital, in lower case.
    pub(super) fn capitalised(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter(|word| word.capital).filter_map(|word| self.lower.get(word.range.clone()))
    }

    /// Whether it is fuller of accents than languages are.
    pub(super) fn is_accented(&self) -> bool {
        self.accented * ACCENTED >= self.letters
    }

    /// What is written right before the word at a position, up to the word before it.
    pub(super) fn before(&self, position: usize) -> &str {
        let begin = position.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |word| word.range.end);
        self.words.get(position).and_then(|word| self.lower.get(begin..word.range.start)).unwrap_or_default()
    }

    /// What is written right behind the word at a position, up to the word behind it or the end.
    pub(super) fn after(&self, position: usize) -> &str {
        let Some(word) = self.words.get(position) else { return "" };
        let end = self.words.get(position + 1).map_or(self.lower.len(), |next| next.range.start);
        self.lower.get(word.range.end..end).unwrap_or_default()
    }

    /// The words between facts and codes: each span as positions among [`words`](Self::words).
    pub(super) fn word_spans(&self) -> impl Iterator<Item = Range<usize>> {
        let begins = std::iter::once(0).chain(self.gaps.iter().copied());
        let ends = self.gaps.iter().copied().chain(std::iter::once(self.words.len()));
        begins.zip(ends).map(|(begin, end)| begin..end).filter(|span| !span.is_empty())
    }
}

/// A segment and a candidate for its translation.
#[derive(Debug)]
pub(super) struct Subject<'run> {
    pub(super) segment: &'run Segment,
    pub(super) pieces: &'run [TargetSpan],
    pub(super) source: Text,
    pub(super) target: Text,
    pub(super) source_locale: &'run Locale,
    pub(super) target_locale: &'run Locale,
    language: &'static Language,
    /// Whether a machine made the target: people may have their reasons.
    pub(super) by_engine: bool,
}

impl<'run> Subject<'run> {
    pub(super) fn new(
        segment: &'run Segment,
        pieces: &'run [TargetSpan],
        source_locale: &'run Locale,
        target_locale: &'run Locale,
    ) -> Self {
        let mut source = String::new();
        for span in &segment.spans {
            push_source(&mut source, span);
        }
        let mut target = String::new();
        for piece in pieces {
            match piece {
                TargetSpan::Text(text) => push_free(&mut target, text),
                TargetSpan::Source(index) => {
                    if let Some(span) = segment.spans.get(*index) {
                        push_source(&mut target, span);
                    }
                }
            }
        }
        let (source, target) = (Text::new(source), Text::new(target));
        let language = Language::of(target_locale);
        Self { segment, pieces, source, target, source_locale, target_locale, language, by_engine: true }
    }

    pub(super) fn by_engine(self, by_engine: bool) -> Self {
        Self { by_engine, ..self }
    }

    /// What is known of the target's language.
    pub(super) fn language(&self) -> &'static Language {
        self.language
    }

    /// Whether both sides are the same language (`en` and `en-GB`), so that like text is no fault.
    pub(super) fn same_language(&self) -> bool {
        self.source_locale.language() == self.target_locale.language()
    }

    /// Whether the words can be compared by tables: from English, into another language, not in disguise.
    pub(super) fn is_from_english(&self) -> bool {
        self.source_locale.language() == "en" && self.target_locale.language() != "en" && !self.is_disguised()
    }

    /// Whether the target is pseudo-translated, the words of the source in disguise: full of accents, and with a pair
    /// of locales in front, by which readers know it. Accents alone are no excuse.
    pub(super) fn is_disguised(&self) -> bool {
        self.target.is_accented() && self.labels() > 0
    }

    /// How many pairs of locales the target has, as a pseudo-translation begins with. By way of another language there
    /// are two, the first of them in disguise, too; where none is as it should be, there are none.
    pub(super) fn labels(&self) -> usize {
        let is_tag = |text: &str| {
            matches!(text.chars().count(), 2..=12) && text.chars().all(|letter| letter.is_alphabetic() || letter == '-')
        };
        let pairs = self.target.free.split('[').skip(1).filter_map(|part| {
            let (from, behind) = part.split_once('→')?;
            let to = behind.split(|letter: char| letter == ']' || letter.is_whitespace()).next()?;
            (is_tag(from) && is_tag(to)).then_some((from, to))
        });
        // By way of another language, the label's source is that one.
        let is_plain = |(from, to): &(&str, &str)| {
            *from == self.source_locale.language() || (from.is_ascii() && to.starts_with(self.target_locale.language()))
        };
        let pairs: Vec<(&str, &str)> = pairs.collect();
        if pairs.iter().any(is_plain) { pairs.len() } else { 0 }
    }

    /// How often the target has a pattern beyond the source's count of it.
    pub(super) fn added(&self, count: impl Fn(&str) -> usize) -> usize {
        match count(&self.target.free) {
            0 => 0,
            found => found.saturating_sub(count(&self.source.free)),
        }
    }

    /// As [`added`](Self::added), of what is read in the texts.
    pub(super) fn added_as_read(&self, count: impl Fn(&str) -> usize) -> usize {
        match count(self.target.read()) {
            0 => 0,
            found => found.saturating_sub(count(self.source.read())),
        }
    }

    /// Whether the target has a sequence of characters more often than the source.
    pub(super) fn adds(&self, sequence: &str) -> bool {
        let count = |text: &str| text.matches(sequence).count();
        self.added(count) > 0 || self.added_as_read(count) > 0
    }
}

fn push_source(free: &mut String, span: &Span) {
    match span {
        Span::Text(text) => push_free(free, text),
        Span::Fact(_) | Span::Code { .. } => free.push(HOLE),
        Span::Open { .. } | Span::Close { .. } => {}
    }
}

fn push_free(free: &mut String, text: &str) {
    free.extend(text.chars().map(|character| if character == HOLE { FORGED } else { character }));
}

/// The words of a text as they are written.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !is_word(character)).filter(|word| !word.is_empty())
}

/// Whether a character is part of a word: a letter or a combining mark.
pub(super) fn is_word(character: char) -> bool {
    character.is_alphabetic() || is_mark(character)
}

pub(super) fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}')
}
