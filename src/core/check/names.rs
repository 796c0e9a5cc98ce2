//! Names stand in their order: `Aurora` that took over from `Borealis` is not `Borealis` that took over from `Aurora`.

use std::collections::HashMap;

use crate::finding::{Finding, Severity};
use crate::language::Language;

use super::subject::Text;
use super::{Check, Subject};

pub(super) struct Names;

impl Check for Names {
    fn name(&self) -> &'static str {
        "names"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let (words, others) = (subject.source.words(), subject.target.words());
        let (source, target) = (places(&subject.source, &words), places(&subject.target, &others));
        // What one side has more often than the other is no name, or not the same one.
        let (here, there) = (counts(&source), counts(&target));
        let is_kept = |name: &str| here.get(name) == there.get(name);
        let mut rest = target.iter().filter(|(_, name)| is_kept(name)).map(|(_, name)| *name);
        let mut names = source.iter().filter(|(_, name)| is_kept(name)).peekable();
        while let Some((at, name)) = names.next() {
            // Names that stand together are turned round as languages want: `Zendesk Talk`, `Talk de Zendesk`.
            let mut whole = vec![*name];
            let mut last = *at;
            while let Some((next, name)) = names.next_if(|(next, _)| are_joined(&words, last, *next)) {
                whole.push(*name);
                last = *next;
            }
            let mut found: Vec<&str> = rest.by_ref().take(whole.len()).collect();
            whole.sort_unstable();
            found.sort_unstable();
            if whole != found {
                let message = format!("`{}` and `{}` have changed places", whole.join(" "), found.join(" "));
                let turned = subject.by_engine && is_turned(&words, &source, &others, &target, subject.language());
                return self.finding(if turned { Severity::Block } else { Severity::Warn }, message);
            }
        }
        Vec::new()
    }
}

/// The words with a capital, by their positions among all; a letter alone is an article or a label.
fn places<'text>(text: &Text, words: &[&'text str]) -> Vec<(usize, &'text str)> {
    let is_name = |(at, word): &(usize, &str)| text.is_capitalised(*at) && word.chars().nth(1).is_some();
    words.iter().copied().enumerate().filter(is_name).collect()
}

fn counts<'text>(places: &[(usize, &'text str)]) -> HashMap<&'text str, usize> {
    let mut counts = HashMap::new();
    for (_, name) in places {
        *counts.entry(*name).or_default() += 1;
    }
    counts
}

/// Whether of two names the one that begins the source is no longer what the target is about: `Aurora took over from
/// Borealis`. A sentence that was made passive, or begins with a circumstance (`on Android`), says the same.
fn is_turned(
    words: &[&str],
    source: &[(usize, &str)],
    others: &[&str],
    target: &[(usize, &str)],
    language: &Language,
) -> bool {
    let ([(0, one), (next, _)], [(0, other), (moved, _)]) = (source, target) else { return false };
    let between = words.get(1..*next).unwrap_or_default();
    let before = moved.checked_sub(1).and_then(|before| others.get(before)).copied().unwrap_or_default();
    let listed = between.iter().any(|word| matches!(*word, "and" | "or" | "by" | "with"));
    one != other && !between.is_empty() && !listed && before != "by" && !language.doers.contains(&before)
}

/// Whether nothing stands between two words but a genitive's letter (`Aurora's Borealis`).
fn are_joined(words: &[&str], first: usize, second: usize) -> bool {
    second == first + 1 || second == first + 2 && words.get(first + 1) == Some(&"s")
}
