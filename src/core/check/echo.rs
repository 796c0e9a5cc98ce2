//! The target is not the source over again, nor a good part of it, with or without accents on its letters.

use std::collections::HashSet;

use icu::normalizer::DecomposingNormalizerBorrowed;

use crate::document::fact::Value;
use crate::finding::{Finding, Severity};
use crate::language::Trait;
use crate::language::en::incidents::{COMMON, FUNCTION, INCIDENT};
use crate::segment::Span;

use super::english;
use super::subject::{is_mark, words};
use super::{Check, Subject};

/// From this many ordinary words on, an unchanged text is an untranslated one; below, names and cognates are.
const TELLING: usize = 3;

/// A run of this many words from the source is not chance.
const RUN: usize = 5;

/// Words of English that stand in no name and in no other language of ours: with one of them, an unchanged text is
/// untranslated, however few and however capital its other words are.
const GRAMMAR: [&str; 11] = ["to", "with", "from", "is", "are", "was", "were", "been", "will", "our", "cannot"];
/// The same, of words that French or German has too.
const GRAMMAR_HERE: [&str; 7] = ["on", "at", "by", "down", "off", "out", "up"];

pub(super) struct Echo;

impl Check for Echo {
    fn name(&self) -> &'static str {
        "echo"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        if subject.same_language() {
            return Vec::new();
        }
        let (source, target) = (subject.source.words(), subject.target.words());
        if subject.target.is_accented() && !subject.is_disguised() && is_accented_only(&source, &target) {
            return self.finding(Severity::Block, "the translation is the source text with accents".to_owned());
        }
        if source.is_empty() || target.is_empty() {
            return Vec::new();
        }
        if source == target {
            return self.same(subject);
        }
        if source.len().min(target.len()) < RUN {
            return Vec::new();
        }
        let known: HashSet<&str> = source.iter().copied().collect();
        let kept = target.iter().filter(|word| known.contains(*word)).count();
        if kept * 5 >= source.len().max(target.len()) * 4 {
            return self.finding(Severity::Block, "the translation is nearly the source text".to_owned());
        }
        // Words that are not kept are in no run.
        if kept < RUN {
            return Vec::new();
        }
        let left = longest_run(subject, &source, &target);
        if left >= RUN && left * 2 >= target.len() {
            return self.finding(Severity::Block, format!("`{left}` words in a row were left in the source language"));
        }
        if left >= RUN {
            return self.finding(Severity::Warn, format!("`{left}` words in a row were left in the source language"));
        }
        Vec::new()
    }
}

impl Echo {
    /// The verdict on a text that came back unchanged.
    fn same(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let source = subject.source.free.as_str();
        let is_ordinary = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
        let ordinary = words(source).filter(|word| is_ordinary(word)).count();
        let long = words(source).filter(|word| word.chars().nth(1).is_some()).count();
        // Two words with an ordinary one among them are hardly the same in two languages.
        let telling: Vec<&str> = words(source).filter(|word| word.chars().nth(3).is_some()).collect();
        let shares = subject.language().is(Trait::SharesEnglishParticles);
        let is_grammar = |word: &str| GRAMMAR.contains(&word) || (!shares && GRAMMAR_HERE.contains(&word));
        let is_english = subject.is_from_english() && long >= 2 && subject.source.words().into_iter().any(is_grammar);
        let is_told = telling.len() >= 2 && telling.iter().any(|word| is_ordinary(word));
        let is_english = is_english || subject.is_from_english() && (is_english_prose(subject) || has_english(subject));
        let severity = if ordinary >= TELLING || is_told || is_english {
            Severity::Block
        } else if long >= TELLING {
            Severity::Warn
        } else {
            Severity::Info
        };
        self.finding(severity, "the translation is the source text".to_owned())
    }
}

/// Whether a text is English whatever its capitals: three of four of its words are known to be, a single one by itself.
fn is_english_prose(subject: &Subject<'_>) -> bool {
    if !subject.language().is(Trait::SharesFewEnglishWords) {
        return false;
    }
    let words = subject.source.words();
    let of_incidents = INCIDENT.count(&words);
    let is_other = |word: &&&str| !INCIDENT.has(word) && (FUNCTION.has(word) || COMMON.has(word));
    let others = words.iter().filter(is_other).count();
    let says = of_incidents > 0 || others > 1;
    let shared = words.iter().filter(|word| SHARED.contains(word)).count();
    says && (of_incidents + others) * 4 >= words.len().saturating_sub(shared) * 3
}

/// Words that are English and more: among others they say nothing.
const SHARED: [&str; 10] =
    ["dashboard", "database", "email", "error", "login", "online", "password", "server", "status", "team"];

/// Whether an unchanged text has a word that is English beyond doubt: one in small letters, which no name has, or,
/// where it ends as a sentence does, a verb. Where its facts are written for the reader, any word that the target's
/// language has not makes a mixture of two languages.
fn has_english(subject: &Subject<'_>) -> bool {
    let Some(native) = subject.language().native else { return false };
    let words = subject.source.words();
    let is_sentence = subject.source.free.trim_end().ends_with(['.', '!', '?', '…']);
    let is_mixed = subject.segment.spans.iter().any(is_rewritten);
    // A name in small letters (`nginx`) has any shape.
    let shapes_tell = is_sentence || is_mixed || words.len() >= TELLING;
    words.iter().enumerate().any(|(position, word)| {
        if english::is_loan(word) {
            return false;
        }
        let is_verb = english::is_participle(word) || word.len() > 5 && word.ends_with("ing");
        if subject.source.is_capitalised(position) {
            return is_sentence && position == 0 && (is_verb || INCIDENT.has(word)) || is_mixed && INCIDENT.has(word);
        }
        INCIDENT.has(word) || shapes_tell && !native.fits(word) || is_mixed && word.len() > 3 && !may_be_cognate(word)
    })
}

/// Whether the program writes a fact in the reader's language.
fn is_rewritten(span: &Span) -> bool {
    let Span::Fact(fact) = span else { return false };
    !matches!(fact.value, Value::Verbatim(_) | Value::Term(_) | Value::Numbered(_))
}

/// Whether a word may be the same in English and a Romance language, by how it ends: `normal`, `error`, `cable`,
/// `data`.
fn may_be_cognate(word: &str) -> bool {
    const ENDINGS: [&str; 12] = ["a", "al", "ar", "ble", "con", "el", "i", "il", "is", "o", "or", "us"];
    ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Whether words are those of the source but for their accents, four of five at least.
fn is_accented_only(source: &[&str], target: &[&str]) -> bool {
    let known: HashSet<&str> = source.iter().copied().collect();
    let decomposing = DecomposingNormalizerBorrowed::new_nfd();
    let bare =
        |word: &str| -> String { decomposing.normalize(word).chars().filter(|letter| !is_mark(*letter)).collect() };
    let kept = target.iter().filter(|word| known.contains(bare(word).as_str())).count();
    kept >= TELLING && kept * 5 >= source.len().max(target.len()) * 4
}

/// How many words the longest run has that both texts share, as far as it has [`RUN`]; facts interrupt a run.
fn longest_run(subject: &Subject<'_>, source: &[&str], target: &[&str]) -> usize {
    let mut known: HashSet<&[&str; RUN]> = HashSet::new();
    for span in subject.source.word_spans().filter_map(|range| source.get(range)) {
        known.extend(span.array_windows::<RUN>());
    }
    if known.is_empty() {
        return 0;
    }
    let mut longest = 0;
    for span in subject.target.word_spans().filter_map(|range| target.get(range)) {
        let mut run = 0;
        for window in span.array_windows::<RUN>() {
            run = match (known.contains(window), run) {
                (false, _) => 0,
                (true, 0) => RUN,
                (true, longer) => longer + 1,
            };
            longest = longest.max(run);
        }
    }
    longest
}
