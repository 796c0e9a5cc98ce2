//! The target has as many sentences as the source: an engine that drops one drops it silently, and one that adds one
//! has something to say of its own.

use crate::document::sentence;
use crate::finding::{Finding, Severity};
use crate::language::{Language, Trait};

use super::subject::{Text, is_word};
use super::{Check, Subject};

/// From this many sentences on, less than half of them is a loss for certain.
const LONG: usize = 4;

pub(super) struct Sentences;

impl Check for Sentences {
    fn name(&self) -> &'static str {
        "sentences"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        if subject.language().is(Trait::NoSentenceMarks) {
            return Vec::new();
        }
        let source = count(&subject.source);
        let target = count(&subject.target);
        let is_cut = source >= LONG && target * 2 < source;
        let is_added = subject.by_engine && target > most(&subject.source.free);
        let is_lost = subject.by_engine && is_lost(subject, source, target);
        let severity = match source.abs_diff(target) {
            _ if is_cut || is_added || is_lost => Severity::Block,
            0 => return Vec::new(),
            // Whoever translates by hand may join two.
            1 if !subject.by_engine => return Vec::new(),
            _ => Severity::Warn,
        };
        self.finding(severity, format!("the source has `{source}` sentences, the translation `{target}`"))
    }
}

/// In hundredths of the source's characters: what a target with fewer sentences has at least where none is missing.
const JOINED: usize = 75;

/// Whether a sentence, or half of one behind a semicolon, has no translation. Two may be made one: then something joins
/// them, and it is about as long.
fn is_lost(subject: &Subject<'_>, source: usize, target: usize) -> bool {
    if !subject.language().is(Trait::SentencesLikeEnglish) || !subject.is_from_english() {
        return false;
    }
    let halves = |text: &Text| text.free.trim().trim_end_matches(';').matches(';').count();
    let is_open = |text: &Text| text.free.trim_end().ends_with(';');
    if is_open(&subject.target) && !is_open(&subject.source) {
        return true;
    }
    let missing = (source + halves(&subject.source)).saturating_sub(target + halves(&subject.target));
    missing > 0 && (subject.target.visible * 100 < subject.source.visible * JOINED || joints(&subject.target) < missing)
}

/// What may join two sentences.
fn joints(text: &Text) -> usize {
    let marks = text.free.matches([',', ';', ':', '–', '—', '(']).count();
    let is_joint = |word: &&&str| Language::any(|language| language.joints.contains(*word));
    marks + text.words().iter().filter(is_joint).count()
}

/// How many sentences a text seems to have.
fn count(text: &Text) -> usize {
    if text.free.trim().is_empty() { 0 } else { ends(text.free.trim()).len() + 1 }
}

/// How many sentences a text has at most: every mark that may end one does, whatever stands before and behind it.
fn most(text: &str) -> usize {
    let mut before = ' ';
    let mut count = 1;
    for character in text.trim().chars() {
        let ended = is_end(before) || is_closing(before);
        count += usize::from(is_wide_end(before) || ended && character.is_whitespace());
        before = character;
    }
    count
}

/// The words of each sentence; of all of them together where the text has but one.
pub(super) fn words(text: &Text) -> Vec<Vec<&str>> {
    let mut rest = text.words();
    let mut sentences = Vec::new();
    for end in ends(&text.free).into_iter().rev() {
        sentences.push(rest.split_off(end.min(rest.len())));
    }
    sentences.push(rest);
    sentences.reverse();
    sentences
}

/// How many words stand before each end of a sentence that another follows.
pub(super) fn ends_of(text: &Text) -> Vec<usize> {
    ends(&text.free)
}

fn ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut words = 0;
    let mut word: Option<usize> = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if is_word(character) {
            if word.is_none() {
                word = Some(at);
                words += 1;
            }
            continue;
        }
        let last = word.take().and_then(|begin| text.get(begin..at)).unwrap_or_default();
        if is_wide_end(character) {
            while characters.next_if(|(_, next)| is_wide_end(*next) || is_closing(*next)).is_some() {}
            if characters.peek().is_some() {
                ends.push(words);
            }
        } else if is_end(character) {
            while characters.next_if(|(_, next)| is_end(*next) || is_closing(*next)).is_some() {}
            let spaced = characters.next_if(|(_, next)| next.is_whitespace()).is_some();
            while characters.next_if(|(_, next)| next.is_whitespace() || is_opening(*next)).is_some() {}
            let begins = characters.peek().is_some_and(|(_, next)| !next.is_lowercase());
            let next = characters.peek().and_then(|(at, _)| text.get(*at..)).unwrap_or_default();
            if spaced && begins && (character != '.' || !is_abbreviation(last, next)) {
                ends.push(words);
            }
        }
    }
    ends
}

/// Whether a point behind the word is no end: `p. m.`, `Sr. Díaz`, `approx.`.
fn is_abbreviation(word: &str, next: &str) -> bool {
    let mut letters = word.chars();
    let single = letters.next().is_some() && letters.next().is_none();
    single || word.len() <= 8 && is_known_abbreviation(&word.to_lowercase()) || sentence::is_abbreviation(word, next)
}

fn is_known_abbreviation(word: &str) -> bool {
    Language::any(|language| language.abbreviations.is_some_and(|known| known.has(word)))
}

fn is_end(character: char) -> bool {
    matches!(character, '.' | '!' | '?' | '…')
}

/// Ends that no space need follow.
fn is_wide_end(character: char) -> bool {
    matches!(character, '。' | '！' | '？' | '।' | '۔' | '؟')
}

fn is_closing(character: char) -> bool {
    matches!(character, '"' | '”' | '»' | ')' | '\'' | '’' | '」' | '』' | '）')
}

fn is_opening(character: char) -> bool {
    matches!(character, '¿' | '¡' | '"' | '“' | '«' | '(')
}
