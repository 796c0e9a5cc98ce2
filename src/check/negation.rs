//! What the source denies the target denies, and what it affirms the target affirms: `not affected` and `affected` are
//! opposite facts. One denial of English is one word or several in Romance languages (`no se perdió ningún dato`), so
//! that only its being there at all is compared, sentence by sentence where both sides have the same sentences.

use crate::finding::{Finding, Severity};

use super::lexicon::phrase;
use super::negation_words::{
    ADDITION, CONTRACTED, CONTRARY, Denial, ENGLISH, IDIOMS, LACK, UNMISTAKABLE, denial, signs,
};
use super::sentences;
use super::{Check, Subject};

pub(super) struct Negation;

impl Check for Negation {
    fn name(&self) -> &'static str {
        "negation"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        if !subject.is_from_english() {
            return Vec::new();
        }
        let (source, target) = (subject.source.words(), subject.target.words());
        let Some(table) = denial(subject.language()) else { return self.without_words(subject, &source) };
        if let Some(message) = verdict(&source, &target, table) {
            return self.finding(Severity::Block, message);
        }
        if english(&source).is_none() && !CONTRARY.any(&source) && !table.plain.any(&target) {
            return Vec::new();
        }
        let sources = sentences::words(&subject.source);
        let targets = sentences::words(&subject.target);
        if sources.len() < 2 || sources.len() != targets.len() {
            return Vec::new();
        }
        // Whoever translates by hand may say it in the next sentence.
        let severity = if subject.by_engine { Severity::Block } else { Severity::Warn };
        let differing = sources.iter().zip(&targets).find_map(|(source, target)| verdict(source, target, table));
        differing.map(|message| self.finding(severity, format!("in one sentence, {message}"))).unwrap_or_default()
    }
}

impl Negation {
    /// The verdict where there are no words to compare.
    fn without_words(&self, subject: &Subject<'_>, source: &[&str]) -> Vec<Finding> {
        let Some(signs) = signs(subject.language()) else { return Vec::new() };
        let denies = subject.target.free.contains(|sign| signs.contains(sign)) || is_quoted(&subject.target.words());
        match english(source).filter(|_| !denies && !idiomatic(source)) {
            Some(word) => {
                self.finding(Severity::Warn, format!("the source says `{word}` and the translation denies nothing"))
            }
            None => Vec::new(),
        }
    }
}

/// What is wrong with a text's denials, if anything is.
fn verdict(source: &[&str], target: &[&str], table: &Denial) -> Option<String> {
    let denies = || table.words.count(target) > occurrences(target, table.hollow) || is_quoted(target);
    if let Some(word) = english(source) {
        let lost = !denies() && !idiomatic(source) && table.lack.count(target) <= LACK.count(source);
        return lost.then(|| format!("the source says `{word}` and the translation denies nothing"));
    }
    if let Some(word) = source.iter().find(|word| CONTRARY.has(word)) {
        let affirmed = target.iter().find(|word| table.affirmed.has(word))?;
        let turned = !denies() && !table.lack.any(target);
        return turned.then(|| format!("the source says `{word}` and the translation `{affirmed}`"));
    }
    let word = target.iter().find(|word| table.plain.has(word))?;
    let excused = occurrences(target, table.hollow) + occurrences(target, table.courtesies);
    let added = table.plain.count(target) > excused && !LACK.any(source) && !ADDITION.any(source);
    added.then(|| format!("the translation says `{word}` and the source denies nothing"))
}

/// Whether either side denies anything by grammar.
pub(super) fn denies(source: &[&str], target: &[&str], language: &str) -> bool {
    english(source).is_some() || denial(language).is_some_and(|table| table.words.any(target))
}

/// The first word of English that denies.
fn english<'text>(words: &[&'text str]) -> Option<&'text str> {
    words.iter().find(|word| ENGLISH.has(word)).copied().or_else(|| contracted(words).next())
}

/// The verbs of `isn’t` and its like: the apostrophe parts the word.
fn contracted<'text>(words: &[&'text str]) -> impl Iterator<Item = &'text str> {
    words.array_windows().filter(|[verb, t]| *t == "t" && CONTRACTED.has(verb)).map(|[verb, _]| *verb)
}

/// Whether every denial of the source is part of a phrase that other languages say without one.
fn idiomatic(source: &[&str]) -> bool {
    occurrences(source, IDIOMS) >= ENGLISH.count(source) + contracted(source).count()
}

/// Whether the target denies in English, as a quoted message does.
fn is_quoted(target: &[&str]) -> bool {
    UNMISTAKABLE.any(target) || contracted(target).next().is_some()
}

fn occurrences(words: &[&str], phrases: &[&[&str]]) -> usize {
    phrases.iter().map(|wanted| phrase(words, wanted)).sum()
}
