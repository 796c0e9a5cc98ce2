//! Finds the placeholders and words of a text, as engines see it. What a placeholder stands for is not known here.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// `[PH1]`, `_PH1_`, `PH1` and the like with another name: capitals and a number, in whatever spelling.
static PLACEHOLDER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\[\p{Lu}+\d+\]|_\p{Lu}+\d+_|\b\p{Lu}+\d+\b").ok());

/// Where the text's placeholders are, in order.
pub(super) fn ranges(text: &str) -> Vec<Range<usize>> {
    PLACEHOLDER.as_ref().map(|pattern| pattern.find_iter(text).map(|found| found.range()).collect()).unwrap_or_default()
}

/// How an answer's placeholders differ from the text's, whatever their order; `None` where they are the same.
pub(super) fn difference(text: &str, answer: &str) -> Option<String> {
    fn counted(text: &str) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for found in ranges(text).into_iter().filter_map(|range| text.get(range)).filter(|found| is_ours(found)) {
            *counts.entry(found).or_default() += 1;
        }
        counts
    }
    let (sent, found) = (counted(text), counted(answer));
    let lost = sent.iter().find(|(name, _)| !found.contains_key(*name)).map(|(name, _)| format!("`{name}` is missing"));
    let added = || {
        found.iter().find_map(|(name, count)| match sent.get(name) {
            None => Some(format!("`{name}` was never sent")),
            Some(sent) if sent != count => Some(format!("`{name}` stands there {count} times")),
            Some(_) => None,
        })
    };
    lost.or_else(added)
}

/// Whether it is one of the segment room's: other capitals with a number (`Q3`) are words, which are translated.
fn is_ours(placeholder: &str) -> bool {
    placeholder.trim_start_matches(['[', '_']).starts_with("PH")
}

/// Whether there is anything to translate: a letter outside of placeholders.
pub(super) fn has_words(text: &str) -> bool {
    let mut from = 0;
    for range in ranges(text) {
        if text.get(from..range.start).is_some_and(|between| between.contains(char::is_alphabetic)) {
            return true;
        }
        from = range.end;
    }
    text.get(from..).is_some_and(|rest| rest.contains(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_found() {
        let text = "From [PH1] to _PH22_ on PH3, not ph4 or P.";
        let found: Vec<&str> = ranges(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["[PH1]", "_PH22_", "PH3"]);
    }

    #[test]
    fn lost_doubled_and_invented_ones_are_told() {
        let text = "From [PH1] to [PH2] in Q3";
        for (answer, told) in [
            ("De [PH2] à [PH1] no T3", None),
            ("De [PH1] em Q3", Some("`[PH2]` is missing")),
            ("De PH1 a [PH2]", Some("`[PH1]` is missing")),
            ("De [PH1] a [PH2] e [PH2]", Some("`[PH2]` stands there 2 times")),
            ("De [PH1] a [PH2], [PH3]", Some("`[PH3]` was never sent")),
        ] {
            assert_eq!(difference(text, answer).as_deref(), told, "{answer}");
        }
    }

    #[test]
    fn a_text_of_placeholders_and_signs_has_no_words() {
        for text in ["", " ", "[PH1]", "[PH1] – _PH2_ | 12:30", "…", "PH1 / PH2"] {
            assert!(!has_words(text), "{text}");
        }
        for text in ["a", "[PH1] and [PH2]", "é", "日本"] {
            assert!(has_words(text), "{text}");
        }
    }
}
