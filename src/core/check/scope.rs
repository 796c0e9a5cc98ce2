//! How much the source speaks of, the target speaks of: `some customers` are not all of them, `partial` is not full.

use crate::finding::{Finding, Severity};
use crate::language::en::scope::{OPEN, QUANTIFIERS, UNCOUNTED};
use crate::language::{QuantifierClass, WordSet, phrase};

use super::{Check, Subject};

pub(super) struct Scope;

impl Check for Scope {
    fn name(&self) -> &'static str {
        "scope"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        if !subject.is_from_english() {
            return Vec::new();
        }
        let Some(table) = subject.language().quantifiers else { return Vec::new() };
        let (source, target) = (subject.source.words(), subject.target.words());
        let mut findings = Vec::new();
        for class in QuantifierClass::EVERY {
            let Some(said) = said(class, &source) else { continue };
            if table.renders(class, &target) {
                continue;
            }
            let opposite = class.opposite().filter(|opposite| !speaks_of(*opposite, &source));
            if let Some(opposite) = opposite.and_then(|opposite| first(table.of(opposite), &target)) {
                let message = format!("the source says `{said}` and the translation `{opposite}`");
                return self.finding(Severity::Block, message);
            }
            if class != QuantifierClass::Some || !table.has_article(&target) {
                findings
                    .extend(self.finding(Severity::Warn, format!("`{said}` has no counterpart in the translation")));
            }
        }
        findings
    }
}

/// The word of the class that the source has, where it is no part of a phrase such as `at all`.
fn said<'text>(class: QuantifierClass, source: &[&'text str]) -> Option<&'text str> {
    let words = QUANTIFIERS.of(class);
    let count = words.count(source);
    if count == 0 {
        return None;
    }
    let uncounted: usize = UNCOUNTED.iter().filter(|idiom| words.any(idiom)).map(|idiom| phrase(source, idiom)).sum();
    (count > uncounted).then(|| first(words, source)).flatten()
}

/// Whether anything in the source may have become a word of the class; `fully` and `all` are said with the same words.
fn speaks_of(class: QuantifierClass, source: &[&str]) -> bool {
    let also = match class {
        QuantifierClass::All => QuantifierClass::Full,
        QuantifierClass::Full => QuantifierClass::All,
        class => class,
    };
    QUANTIFIERS.of(class).any(source) || QUANTIFIERS.of(also).any(source) || OPEN.any(source)
}

fn first<'text>(words: &WordSet, text: &[&'text str]) -> Option<&'text str> {
    text.iter().find(|word| words.has(word)).copied()
}
