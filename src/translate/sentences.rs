//! Sentences: one text comes in, byte ranges of pieces that an engine can take go out, and [`reassemble`] puts the
//! outputs back between the source's own separators. No character of the source is in two pieces, and only whitespace
//! is in none.

use std::ops::Range;

use icu::segmenter::SentenceSegmenter;
use icu::segmenter::options::SentenceBreakInvariantOptions;

/// Never the end of a sentence.
const ABBREVIATIONS: [&str; 22] = [
    "e.g.", "i.e.", "mr.", "mrs.", "ms.", "dr.", "prof.", "vs.", "approx.", "cf.", "viz.", "st.", "incl.", "excl.",
    "resp.", "est.", "dept.", "mt.", "gen.", "sr.", "jr.", "ca.",
];

/// Not the end of a sentence where a number, a placeholder or a bracket follows.
const BEFORE_NUMBERS: [&str; 27] = [
    "no.", "nos.", "nr.", "fig.", "figs.", "sec.", "ch.", "art.", "p.", "pp.", "ver.", "v.", "vol.", "ed.", "jan.",
    "feb.", "mar.", "apr.", "jun.", "jul.", "aug.", "sep.", "sept.", "oct.", "nov.", "dec.", "max.",
];

/// Not the end of a sentence where a zone's or a firm's capitals or a bracket follow.
const BEFORE_CAPITALS: [&str; 10] = ["a.m.", "p.m.", "etc.", "u.s.", "u.k.", "inc.", "ltd.", "corp.", "co.", "al."];

/// A line at least this long, in characters, is taken for one that was wrapped.
const WRAPPED: usize = 60;

/// The sentences of `text`, without the whitespace around them.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for to in segmenter.segment_str(text) {
        let Some(range) = trimmed(text, from..to) else {
            from = to;
            continue;
        };
        from = to;
        match found.last_mut() {
            Some(last) if goes_on(text, last, &range) => last.end = range.end,
            _ => found.push(range),
        }
    }
    found
}

/// Whether `next` belongs to the sentence `last`, which the segmenter ended too early.
fn goes_on(text: &str, last: &Range<usize>, next: &Range<usize>) -> bool {
    let (Some(before), Some(between), Some(after)) =
        (text.get(last.clone()), text.get(last.end..next.start), text.get(next.clone()))
    else {
        return false;
    };
    if between.contains('\n') {
        return is_wrapped(before, between, after);
    }
    if between.is_empty() {
        return false;
    }
    let line = before.rsplit('\n').next().unwrap_or(before);
    let word = line.rsplit(char::is_whitespace).next().unwrap_or(line).trim_start_matches(['(', '[', '"', '“']);
    let word = word.to_lowercase();
    let first = after.chars().next().unwrap_or(' ');
    let counts = first.is_numeric() || matches!(first, '[' | '_' | '(' | '#' | '$' | '€');
    // `1. Restart the service`: the number of a list's item.
    let numbers_an_item = word == line && word.trim_end_matches('.').chars().all(|letter| letter.is_ascii_digit());
    numbers_an_item
        || ABBREVIATIONS.contains(&word.as_str())
        || (counts && BEFORE_NUMBERS.contains(&word.as_str()))
        || ((first == '(' || starts_with_capitals(after)) && BEFORE_CAPITALS.contains(&word.as_str()))
}

/// Whether a line break stands inside a sentence: the next line goes on in lower case, or the line is long and open.
fn is_wrapped(before: &str, between: &str, after: &str) -> bool {
    if between.matches('\n').count() > 1 {
        return false;
    }
    let ended = before.ends_with(['.', '!', '?', ':', '。', '！', '？']);
    let line = before.rsplit('\n').next().unwrap_or(before);
    !ended && (after.starts_with(char::is_lowercase) || line.chars().count() >= WRAPPED)
}

fn starts_with_capitals(text: &str) -> bool {
    let word: String = text.chars().take_while(|letter| letter.is_alphanumeric()).collect();
    (2..=5).contains(&word.chars().count()) && word.chars().all(char::is_uppercase)
}

/// `range` without the whitespace at its ends; `None` where nothing is left.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let slice = text.get(range.clone())?;
    let start = range.start + (slice.len() - slice.trim_start().len());
    let content = slice.trim();
    (!content.is_empty()).then(|| start..start + content.len())
}

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

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(split("It is down. We are sorry! Is it? Yes."), ["It is down.", "We are sorry!", "Is it?", "Yes."]);
        assert_eq!(split("At [PH1]. [PH2] failed."), ["At [PH1].", "[PH2] failed."]);
        assert_eq!(split("修复已实施。我们正在监控。"), ["修复已实施。", "我们正在监控。"]);
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        for text in [
            "Some regions, e.g. Europe, were slow.",
            "Some products (i.e. Talk) were slow.",
            "Mr. Smith and Dr. Jones of Prof. Lee vs. Acme.",
            "See No. 5 and Sec. 15 of Fig. [PH1].",
            "It began at 8 a.m. PDT and ended at 9 p.m. (UTC).",
            "About approx. [PH1] customers.",
            "On Jan. 5 it failed.",
            "1. Restart the service",
        ] {
            assert_eq!(split(text), [text]);
        }
    }

    #[test]
    fn abbreviations_that_may_end_a_sentence_do_so_before_a_new_one() {
        assert_eq!(split("It began at 8 a.m. We fixed it."), ["It began at 8 a.m.", "We fixed it."]);
        assert_eq!(split("Is it fixed? No. We wait."), ["Is it fixed?", "No.", "We wait."]);
    }

    #[test]
    fn a_wrapped_line_goes_on_and_a_new_line_does_not() {
        let wrapped = "The deployment of the new configuration to all of our servers\nin Europe failed.";
        assert_eq!(split(wrapped), [wrapped]);
        assert_eq!(split("Affected:\nTalk\nSupport"), ["Affected:", "Talk", "Support"]);
    }

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
