//! Cuts a text into pieces that an engine can take, as byte ranges; [`reassemble`] puts the outputs back between the
//! source's own separators. No character of the source is in two pieces, and only whitespace is in none.

use std::ops::Range;

pub(super) use polypost_core::document::sentence::{sentences, trimmed};

/// Cuts a sentence into pieces that fit, as late as possible: at `;` and dashes, else at commas and conjunctions, else
/// between words. A word that does not fit stands alone, unfit.
pub(super) fn clauses(text: &str, sentence: Range<usize>, fits: &dyn Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut rest = sentence;
    while let Some(slice) = text.get(rest.clone()).filter(|slice| !slice.is_empty()) {
        if fits(slice) {
            pieces.push(rest);
            break;
        }
        let Some(cut) = best_cut(slice, fits) else {
            pieces.push(rest);
            break;
        };
        pieces.extend(trimmed(text, rest.start..rest.start + cut));
        match trimmed(text, rest.start + cut..rest.end) {
            Some(next) => rest = next,
            None => break,
        }
    }
    pieces
}

/// Where to cut `slice`, in bytes from its start; `None` where it is a single word.
fn best_cut(slice: &str, fits: &dyn Fn(&str) -> bool) -> Option<usize> {
    let gaps: Vec<usize> =
        slice.char_indices().filter(|(at, letter)| *at > 0 && letter.is_whitespace()).map(|(at, _)| at).collect();
    let fitting = gaps.partition_point(|at| slice.get(..*at).is_some_and(fits));
    let Some(latest) = fitting.checked_sub(1).and_then(|last| gaps.get(last)) else {
        return gaps.first().copied();
    };
    let candidates = gaps.get(..fitting).unwrap_or_default().iter().rev().filter(|at| **at * 3 >= *latest);
    let cut_where = |ends: &dyn Fn(&str, &str) -> bool| {
        candidates.clone().find(|at| slice.split_at_checked(**at).is_some_and(|(head, tail)| ends(head, tail))).copied()
    };
    cut_where(&|head, tail| head.ends_with([';', ':']) || tail.trim_start().starts_with(['–', '—']))
        .or_else(|| {
            cut_where(&|head, tail| {
                let word = tail.split_whitespace().next().unwrap_or_default();
                head.ends_with(',') || matches!(word, "and" | "or" | "but" | "which" | "because" | "while" | "so")
            })
        })
        .or(Some(*latest))
}

/// The outputs, one per range, with what stood between the ranges in the source.
pub(super) fn reassemble(text: &str, ranges: &[Range<usize>], outputs: &[String]) -> String {
    let mut whole = String::with_capacity(text.len() * 5 / 4);
    let mut from = 0;
    for (range, output) in ranges.iter().zip(outputs) {
        whole.push_str(text.get(from..range.start).unwrap_or_default());
        whole.push_str(output);
        from = range.end;
    }
    whole.push_str(text.get(from..).unwrap_or_default());
    whole
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_long_sentence_is_cut_at_clauses_then_at_words() {
        let text = "One two three four; five six, seven eight and nine ten eleven twelve thirteen";
        let pieces = clauses(text, 0..text.len(), &|piece| piece.split_whitespace().count() <= 5);
        let pieces: Vec<&str> = pieces.into_iter().map(|range| &text[range]).collect();
        assert_eq!(pieces, ["One two three four;", "five six, seven eight", "and nine ten eleven twelve", "thirteen"]);
    }

    #[test]
    fn a_word_that_does_not_fit_stands_alone() {
        let text = "a bbbbbbbbbbbbbbbbbbbb c";
        let pieces = clauses(text, 0..text.len(), &|piece| piece.len() <= 5);
        let pieces: Vec<&str> = pieces.into_iter().map(|range| &text[range]).collect();
        assert_eq!(pieces, ["a", "bbbbbbbbbbbbbbbbbbbb", "c"]);
    }

    proptest! {
        #[test]
        fn the_same_outputs_give_the_source_back(text in "([a-zé日]{1,6}[ .,;!?\n]{1,2}|\\PC{0,5}){0,20}", limit in 1_usize..40) {
            let mut ranges = Vec::new();
            for sentence in sentences(&text) {
                ranges.extend(clauses(&text, sentence, &|piece| piece.chars().count() <= limit));
            }
            let outputs: Vec<String> = ranges.iter().map(|range| text[range.clone()].to_owned()).collect();
            prop_assert_eq!(reassemble(&text, &ranges, &outputs), text.clone());
            let mut end = 0;
            for range in &ranges {
                prop_assert!(text[end..range.start].trim().is_empty());
                end = range.end;
            }
            prop_assert!(text[end..].trim().is_empty());
        }
    }
}
