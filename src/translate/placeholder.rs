//! Placeholders as engines see them: a text comes in, where its placeholders and words are goes out. What stands behind
//! them is the segment room's business.

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
    fn a_text_of_placeholders_and_signs_has_no_words() {
        for text in ["", " ", "[PH1]", "[PH1] – _PH2_ | 12:30", "…", "PH1 / PH2"] {
            assert!(!has_words(text), "{text}");
        }
        for text in ["a", "[PH1] and [PH2]", "é", "日本"] {
            assert!(has_words(text), "{text}");
        }
    }
}
