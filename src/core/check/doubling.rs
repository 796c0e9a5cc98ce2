//! No word stands twice in a row that does not in the source: `the the`, `de de`.

use crate::finding::{Finding, Severity};
use crate::language::Trait;

use super::{Check, Subject};

pub(super) struct Doubling;

impl Check for Doubling {
    fn name(&self) -> &'static str {
        "doubling"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let language = subject.language();
        if language.is(Trait::DoublesWords) {
            return Vec::new();
        }
        let natural = language.doubled_words;
        let words = subject.target.words();
        let twice = words.array_windows().enumerate().find(|(at, [first, second])| {
            first == second
                && !natural.contains(first)
                && subject.target.before(at + 1).chars().all(char::is_whitespace)
        });
        let Some((_, [word, _])) = twice else { return Vec::new() };
        let source = subject.source.words();
        let doubled = |[first, second]: &[&str; 2]| first == second;
        if source.array_windows().any(doubled) {
            return Vec::new();
        }
        self.finding(Severity::Warn, format!("`{word}` stands there twice in a row"))
    }
}
