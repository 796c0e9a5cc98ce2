//! No run of English stands in the midst of another language: an engine that did not know a phrase left it as it was,
//! or answered in English. Nor do single words of English.

mod left;

use std::collections::HashSet;

use crate::finding::{Finding, Severity};
use crate::language::en::incidents::{COMMON, FUNCTION, STRAY};

use super::subject::Text;
use super::{Check, Subject};

/// From this many words of English in a row on, with [`TELLING`] ones among them that make its sentences, it is
/// English.
const RUN: usize = 4;
const TELLING: usize = 2;

/// At most this many single words are named.
const NAMED: usize = 5;

pub(super) struct Untranslated;

impl Check for Untranslated {
    fn name(&self) -> &'static str {
        "untranslated"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        if !subject.is_from_english() {
            return Vec::new();
        }
        let target = subject.target.words();
        if let Some(word) = stray(subject, &target) {
            // People may quote.
            let severity = if subject.by_engine { Severity::Block } else { Severity::Warn };
            return self.finding(severity, format!("`{word}` was left in the source language"));
        }
        if let Some((severity, words)) = left::words(subject, &target) {
            let severity = if subject.by_engine { severity } else { severity.min(Severity::Warn) };
            return self.finding(severity, format!("`{}` was left in the source language", words.join("`, `")));
        }
        let telling = (0..target.len()).filter(|position| is_telling(&subject.target, &target, *position)).count();
        if telling < TELLING && !target.iter().any(|word| looks_english(word)) {
            return Vec::new();
        }
        let known: HashSet<&str> = subject.source.words().into_iter().collect();
        let quoted = quoted(&subject.target, &target);
        let mut spans = subject.target.word_spans();
        if let Some(run) = spans.find_map(|span| run(&subject.target, &target, &known, &quoted, span)) {
            let message = format!("`{}` was left in the source language", run.join(" "));
            return self.finding(Severity::Block, message);
        }
        // A word in capitals is a name.
        let names: HashSet<&str> = subject.source.capitalised().collect();
        let left = |word: &str| looks_english(word) && known.contains(word) && !names.contains(word);
        let mut single: Vec<&str> = Vec::new();
        for (word, quoted) in target.iter().zip(&quoted) {
            if single.len() < NAMED && !quoted && left(word) && !single.contains(word) {
                single.push(word);
            }
        }
        if single.is_empty() {
            return Vec::new();
        }
        self.finding(Severity::Info, format!("`{}` was left in the source language", single.join("`, `")))
    }
}

/// A single [`STRAY`] word of the source that stands in the target, in small letters or at its beginning, and in no
/// name.
fn stray<'text>(subject: &'text Subject<'_>, target: &[&'text str]) -> Option<&'text str> {
    if subject.language().native.is_none() || !target.iter().any(|word| STRAY.has(word)) {
        return None;
    }
    let text = &subject.target;
    let source = subject.source.words();
    let quoted = quoted(text, target);
    let is_name = |position: usize| {
        let next = text.is_capitalised(position + 1) && text.before(position + 1).trim().is_empty();
        text.is_capitalised(position) && (position > 0 || next)
    };
    // `peer to peer`, `stand by` are borrowed whole.
    let is_joined = |position: usize| {
        let beside = position.checked_sub(1).and_then(|before| target.get(before));
        text.before(position).ends_with('-')
            || text.after(position).starts_with('-')
            || beside.is_some_and(|word| Some(word) == target.get(position + 1) || *word == "stand")
    };
    // Behind a word with a capital that is kept as well, it is part of a label: the `Got it!` button.
    let is_label = |position: usize, word: &str| {
        position.checked_sub(1).and_then(|before| Some((before, target.get(before)?))).is_some_and(|(before, first)| {
            let beside = |at: usize| source.get(at) == Some(first) && source.get(at + 1) == Some(&word);
            before > 0 && (1..source.len()).any(|at| beside(at) && subject.source.is_capitalised(at))
        })
    };
    let names: HashSet<&str> = subject.source.capitalised().collect();
    let is_stray = |(position, word): &(usize, &&str)| {
        let begins = *position == 0 && !is_name(0);
        STRAY.has(word)
            && source.contains(word)
            && (!text.is_capitalised(*position) || begins)
            && (begins || !names.contains(*word) || source.first() == Some(*word))
            && !is_joined(*position)
            && !is_label(*position, word)
            && quoted.get(*position) != Some(&true)
    };
    target.iter().enumerate().find(is_stray).map(|(_, word)| *word)
}

/// The first run of English in a span of the target's words that quotes nothing.
fn run<'text>(
    text: &Text,
    words: &[&'text str],
    known: &HashSet<&str>,
    quoted: &[bool],
    span: std::ops::Range<usize>,
) -> Option<Vec<&'text str>> {
    let mut run: Vec<&str> = Vec::new();
    let mut telling = 0;
    for position in span {
        let word = *words.get(position)?;
        let english = FUNCTION.has(word) || COMMON.has(word) || known.contains(word);
        if !english || quoted.get(position) == Some(&true) {
            run.clear();
            telling = 0;
            continue;
        }
        run.push(word);
        telling += usize::from(is_telling(text, words, position));
        if run.len() >= RUN && telling >= TELLING {
            return Some(run);
        }
    }
    None
}

/// Whether a word makes English sentences. A name in capitals (`Bring Your Own Key`) is a name, whatever its words.
fn is_telling(text: &Text, words: &[&str], position: usize) -> bool {
    !text.is_capitalised(position) && words.get(position).is_some_and(|word| FUNCTION.has(word))
}

/// Which words stand between quotation marks: messages are quoted as users see them.
fn quoted(text: &Text, words: &[&str]) -> Vec<bool> {
    let mut inside = false;
    (0..words.len())
        .map(|position| {
            for mark in text.before(position).chars() {
                match mark {
                    '“' | '«' | '„' | '‹' => inside = true,
                    '”' | '»' | '›' => inside = false,
                    '"' => inside = !inside,
                    _ => {}
                }
            }
            inside
        })
        .collect()
}

/// Whether a word is spelled as no word of Romance languages is: `failover`, `logging`, `network`.
fn looks_english(word: &str) -> bool {
    const ENDINGS: [&str; 10] = ["ed", "ght", "ing", "ly", "ness", "over", "sh", "th", "ty", "y"];
    word.len() > 3
        && word.is_ascii()
        && (word.contains(['k', 'w']) || ENDINGS.iter().any(|ending| word.ends_with(ending)))
}
