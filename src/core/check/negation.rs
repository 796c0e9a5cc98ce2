//! What the source denies the target denies, and what it affirms the target affirms: `not affected` and `affected` are
//! opposite facts. One denial of English is one word or several in Romance languages (`no se perdió ningún dato`), so
//! that only its being there at all is compared, sentence by sentence where both sides have the same sentences.

mod excuse;

use crate::finding::{Finding, Severity};
use crate::language::en::NUMERALS;
use crate::language::en::negation::{ADDITION, CONTRACTED, CONTRARY, DENIAL, IDIOMS, LACK, NUMBERED, UNMISTAKABLE};
use crate::language::{Denial, Language, phrase};

use super::sentences;
use super::subject::{HOLE, Text};
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
        let signs = number_signs(&subject.source);
        let (source, target) = (without(subject.source.words(), 0, &signs), subject.target.words());
        let language = subject.language();
        let Some(table) = language.denial else { return self.without_words(subject, &source) };
        if let Some(message) = verdict(&source, &target, table, language) {
            return self.finding(Severity::Block, message);
        }
        if english(&source).is_none() && !CONTRARY.any(&source) && !table.plain.any(&target) {
            return Vec::new();
        }
        let mut first = 0;
        let mut sources = sentences::words(&subject.source);
        for sentence in &mut sources {
            let length = sentence.len();
            *sentence = without(std::mem::take(sentence), first, &signs);
            first += length;
        }
        let targets = sentences::words(&subject.target);
        if sources.len() < 2 || sources.len() != targets.len() {
            return Vec::new();
        }
        // Whoever translates by hand may say it in the next sentence.
        let severity = if subject.by_engine { Severity::Block } else { Severity::Warn };
        let differing =
            sources.iter().zip(&targets).find_map(|(source, target)| verdict(source, target, table, language));
        differing.map(|message| self.finding(severity, format!("in one sentence, {message}"))).unwrap_or_default()
    }
}

impl Negation {
    /// The verdict where there are no words to compare.
    fn without_words(&self, subject: &Subject<'_>, source: &[&str]) -> Vec<Finding> {
        let Some(signs) = subject.language().denial_signs else { return Vec::new() };
        let denies = subject.target.free.contains(|sign| signs.contains(sign)) || is_quoted(&subject.target.words());
        match english(source).filter(|_| !denies && !idiomatic(source)) {
            Some(word) => {
                self.finding(Severity::Warn, format!("the source says `{word}` and the translation denies nothing"))
            }
            None => Vec::new(),
        }
    }
}

/// The positions of `no` and `nos` before a number, which are no denials: `Case no. 4711`.
fn number_signs(text: &Text) -> Vec<usize> {
    let words = text.words();
    let is_sign = |position: &usize| {
        let Some("no" | "nos") = words.get(*position).copied() else { return false };
        let before = position.checked_sub(1).and_then(|before| words.get(before));
        let Some(before) = before.filter(|_| !text.before(*position).contains(['.', '!', '?'])) else { return false };
        let behind = text.after(*position);
        let mark = behind.strip_prefix(['.', ':', 'º']);
        let rest = mark.unwrap_or(behind).trim_start();
        let next = words.get(position + 1).filter(|_| rest.is_empty());
        let is_number = rest.starts_with(HOLE) || next.is_some_and(|next| NUMERALS.is_numeral(next));
        is_number && (mark.is_some() || NUMBERED.has(before))
            || mark.is_some() && next.is_some() && NUMBERED.has(before)
    };
    (0..words.len()).filter(is_sign).collect()
}

/// Words, the first of which stands at `first` in its text, without those at the given positions.
fn without<'text>(words: Vec<&'text str>, first: usize, positions: &[usize]) -> Vec<&'text str> {
    let kept = words.into_iter().zip(first..).filter(|(_, position)| !positions.contains(position));
    kept.map(|(word, _)| word).collect()
}

/// What is wrong with a text's denials, if anything is.
fn verdict(source: &[&str], target: &[&str], table: &Denial, language: &Language) -> Option<String> {
    let denials = table.words.count(target).saturating_sub(occurrences(target, table.hollow));
    let denies = || denials > 0 || is_quoted(target);
    if let Some(word) = english(source) {
        let is_lacking = table.lack.count(target) > LACK.count(source);
        let is_kept =
            denies() || idiomatic(source) || is_lacking || excuse::turned_round(source, target, table, language);
        let twice = count(source) >= 2 && denials == 1 && table.affirmed.count(target) >= 2 && !table.lack.any(target);
        if twice && !idiomatic(source) {
            return Some(format!("the source says `{word}` twice and the translation denies once"));
        }
        return (!is_kept).then(|| format!("the source says `{word}` and the translation denies nothing"));
    }
    if let Some(word) = source.iter().find(|word| CONTRARY.has(word)) {
        let affirmed = target.iter().find(|word| table.affirmed.has(word))?;
        let turned = !denies() && !table.lack.any(target);
        return turned.then(|| format!("the source says `{word}` and the translation `{affirmed}`"));
    }
    let word = target.iter().find(|word| table.plain.has(word))?;
    let excused = occurrences(target, table.hollow) + occurrences(target, table.courtesies);
    // A word of lack that the translation has, too, is not what it says with its denial: `rota` and `no está rota`.
    let is_kept = |word: &str| LACK.has(word) && source.contains(&word) && !table.words.has(word);
    let rendered = target.iter().filter(|word| table.lack.has(word) || is_kept(word)).count();
    let is_lacking = LACK.count(source) > rendered;
    let added = table.plain.count(target) > excused && !is_lacking && !ADDITION.any(source);
    added.then(|| format!("the translation says `{word}` and the source denies nothing"))
}

/// Whether either side denies anything by grammar.
pub(super) fn denies(source: &[&str], target: &[&str], language: &Language) -> bool {
    english(source).is_some() || language.denial.is_some_and(|table| table.words.any(target))
}

/// The first word of English that denies.
fn english<'text>(words: &[&'text str]) -> Option<&'text str> {
    words.iter().find(|word| DENIAL.has(word)).copied().or_else(|| contracted(words).next())
}

/// The verbs of `isn’t` and its like: the apostrophe parts the word.
fn contracted<'text>(words: &[&'text str]) -> impl Iterator<Item = &'text str> {
    words.array_windows().filter(|[verb, t]| *t == "t" && CONTRACTED.has(verb)).map(|[verb, _]| *verb)
}

/// Whether the word at a position denies.
fn is_denial(words: &[&str], position: usize) -> bool {
    let word = words.get(position).copied().unwrap_or_default();
    let before = position.checked_sub(1).and_then(|before| words.get(before));
    DENIAL.has(word) || word == "t" && before.is_some_and(|verb| CONTRACTED.has(verb))
}

/// How often a text denies in English.
fn count(source: &[&str]) -> usize {
    DENIAL.count(source) + contracted(source).count()
}

/// Whether every denial of the source is part of a phrase that other languages say without one.
fn idiomatic(source: &[&str]) -> bool {
    occurrences(source, IDIOMS) >= count(source)
}

/// Whether the target denies in English, as a quoted message does.
fn is_quoted(target: &[&str]) -> bool {
    UNMISTAKABLE.any(target) || contracted(target).next().is_some()
}

fn occurrences(words: &[&str], phrases: &[&[&str]]) -> usize {
    phrases.iter().map(|wanted| phrase(words, wanted)).sum()
}
