//! Where sentences end: the one answer that the whole program goes by, whoever cuts a text or counts what was cut.
//! Unicode's rules (UAX 29, by ICU4X) find the marks; what they cannot know is here: abbreviations, names and buttons
//! that end in a mark (`the Got it! button`), lines that were wrapped.

use std::ops::Range;

use icu::segmenter::SentenceSegmenter;
use icu::segmenter::options::SentenceBreakInvariantOptions;

/// Never the end of a sentence: what follows belongs to them.
const OPEN: &str = "\
    acct adm approx apt attn ave bldg blvd ca capt cf col cpl dept dr e.g est excl ext fr ft gen gov hon i.e incl lt \
    maj max messrs min misc mr mrs ms mt mx pres prof rep resp rev rm sen sgt sr st supt viz vs";

/// Not the end of a sentence where a number, a placeholder (or U+FFFC, which stands for one) or a bracket follows.
const BEFORE_NUMBERS: &str = "\
    apr art aug avg ch dec ed eq feb fig figs fri jan jr jul jun mar mon no nos nov nr oct p para pp pt ref sat sec sect \
    sep sept sun tab thu thur thurs tue tues v ver vol wed";

/// Not the end of a sentence where a zone's or a firm's capitals or a bracket follow.
const BEFORE_CAPITALS: &str = "\
    a.m al co corp d.c etc inc jr ltd p.m plc u.k u.n u.s u.s.a";

/// Words that begin a sentence far more often than they go on with a name.
const FIRST_WORDS: &str = "\
    a after all also an and any as at because before both but by during each for from here how however if in it its no none \
    on once one only our please since so some that the their then there these they this those to until we what when where \
    while who why with you your";

/// A line at least this long, in characters, is taken for one that was wrapped.
const WRAPPED: usize = 60;

/// The sentences of `text`, without the whitespace around them.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
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

/// Whether a sentence of `text` begins with the word at the byte `at`, opening marks before it aside.
#[must_use]
pub fn begins_at(text: &str, at: usize) -> bool {
    let found = sentences(text);
    let last = found.partition_point(|range| range.start <= at);
    let before = last.checked_sub(1).and_then(|last| found.get(last)).and_then(|range| text.get(range.start..at));
    before.is_some_and(|before| !before.contains(char::is_alphanumeric))
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
    let first = after.chars().next().unwrap_or(' ');
    // `1. Restart the service`: the number of a list's item.
    let numbers_an_item = word == line && word.trim_end_matches('.').chars().all(|letter| letter.is_ascii_digit());
    // `the What's New? page`: no sentence begins in lower case.
    numbers_an_item || first.is_lowercase() || is_abbreviation(word, after)
}

/// Whether the point of `word` (`approx.`, `U.S.`; the last one may be left out) ends no sentence, given what follows
/// behind the space.
#[must_use]
pub fn is_abbreviation(word: &str, after: &str) -> bool {
    let word = word.strip_suffix('.').unwrap_or(word).to_lowercase();
    let first = after.chars().next().unwrap_or(' ');
    let counts = first.is_numeric() || matches!(first, '[' | '_' | '(' | '#' | '$' | '€' | '\u{FFFC}');
    // `U.S. East`, `Acme Inc. (UTC)`; but `in the U.S. We`.
    let has_points = word.contains('.') && !matches!(word.as_str(), "a.m" | "p.m");
    let next: String = after.chars().take_while(|letter| letter.is_alphanumeric()).collect();
    let goes_on_with_name =
        has_points && next.starts_with(char::is_uppercase) && !is_in(FIRST_WORDS, &next.to_lowercase());
    is_in(OPEN, &word)
        || (counts && is_in(BEFORE_NUMBERS, &word))
        || ((first == '(' || starts_with_capitals(after) || goes_on_with_name) && is_in(BEFORE_CAPITALS, &word))
}

/// Whether this word in a capital begins a sentence, and is no name.
pub(super) fn may_begin(word: &str) -> bool {
    is_in(FIRST_WORDS, &word.to_lowercase())
}

fn is_in(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|known| known == word)
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
#[must_use]
pub fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let slice = text.get(range.clone())?;
    let start = range.start + (slice.len() - slice.trim_start().len());
    let content = slice.trim();
    (!content.is_empty()).then(|| start..start + content.len())
}

#[cfg(test)]
mod tests {
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
    fn a_sentence_begins_with_its_first_word() {
        let text = "It broke (e.g. here). \"We know\". See No. 5 of it.";
        for (word, begins) in [
            ("It", true),
            ("broke", false),
            ("here", false),
            ("We", true),
            ("know", false),
            ("See", true),
            ("of", false),
        ] {
            assert_eq!(begins_at(text, text.find(word).unwrap()), begins, "{word}");
        }
        assert!(!begins_at("", 0) && !begins_at("It", 9));
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
    fn marks_of_names_and_buttons_end_nothing() {
        for text in include_str!("../../../tests/fixtures/sentences.txt").lines().filter(|line| !line.is_empty()) {
            let wanted: Vec<&str> = text.split(" | ").collect();
            let whole = wanted.join(" ");
            assert_eq!(split(&whole), wanted);
        }
    }
}
