//! No word stands twice in a row that does not in the source: `the the`, `de de`.

use crate::finding::{Finding, Severity};

use super::{Check, Subject};

/// Words that a language says twice as a matter of course: pronouns of two roles, adverbs that grow by it.
const NATURAL: &[(&str, &[&str])] = &[
    ("ca", &["a", "bé", "poc", "ben"]),
    ("de", &["das", "der", "die", "sie", "ihr", "sehr"]),
    ("es", &["casi", "muy", "tan"]),
    ("fr", &["nous", "vous", "très"]),
    ("it", &["bene", "ben", "così", "man", "mano", "molto", "piano", "poco", "presto", "subito", "via"]),
    ("nl", &["die", "heel", "dat"]),
    ("pt", &["já", "logo", "muito", "quase"]),
];

/// Languages that double words to make plurals and the like.
const DOUBLING: [&str; 7] = ["id", "ms", "vi", "fil", "tl", "sw", "haw"];

pub(super) struct Doubling;

impl Check for Doubling {
    fn name(&self) -> &'static str {
        "doubling"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let language = subject.language();
        if DOUBLING.contains(&language) {
            return Vec::new();
        }
        let natural = NATURAL.iter().find(|(known, _)| *known == language).map_or(&[][..], |(_, words)| words);
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
