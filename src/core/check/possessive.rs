//! No English possessive is left in a language that has none: `martes's`, `las interrupciones' causas`.

use crate::finding::{Finding, Severity};
use crate::language::Trait;

use super::subject::{HOLE, is_word};
use super::{Check, Subject};

pub(super) struct Possessive;

impl Check for Possessive {
    fn name(&self) -> &'static str {
        "possessive"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let target = &subject.target.free;
        if !target.contains(['\'', '’']) || !subject.is_from_english() || !subject.language().is(Trait::NoPossessiveS)
        {
            return Vec::new();
        }
        let Some(owner) = owner(target, &subject.source.free) else { return Vec::new() };
        // People may quote.
        let severity = if subject.by_engine { Severity::Block } else { Severity::Warn };
        self.finding(severity, format!("an English possessive is left behind {owner}"))
    }
}

/// The first owner of a text that English has made: a fact, or a word that the source has not so as a name.
fn owner(target: &str, source: &str) -> Option<String> {
    let marks = ['\'', '’'];
    let has = |word: &str, end: &str| marks.iter().any(|mark| source.contains(&format!("{word}{mark}{end}")));
    let fact = HOLE.to_string();
    // What stands between single quotation marks ends in one, too.
    let quotes = source.char_indices().any(|(at, mark)| {
        let before = source.get(..at).and_then(|head| head.chars().next_back());
        matches!(mark, '\'' | '‘') && before.is_none_or(|before| before.is_whitespace() || before == '(')
    });
    let has_short = !quotes && has(&fact, " ");
    for (at, mark) in target.char_indices().filter(|(_, mark)| marks.contains(mark)) {
        let (head, tail) = (target.get(..at)?, target.get(at + mark.len_utf8()..)?);
        let ends = |tail: &str| !tail.starts_with(|next: char| next.is_alphanumeric() || marks.contains(&next));
        let is_long = tail.strip_prefix('s').is_some_and(ends);
        if head.ends_with(HOLE) {
            if is_long || (has_short && tail.starts_with(' ')) {
                return Some("a fact".to_owned());
            }
            continue;
        }
        let word = head.get(head.trim_end_matches(is_word).len()..).filter(|word| is_long && !word.is_empty());
        let is_name = |word: &str| word.starts_with(char::is_uppercase) && has(word, "s");
        if let Some(word) = word.filter(|word| !is_name(word)) {
            return Some(format!("`{word}`"));
        }
    }
    None
}
