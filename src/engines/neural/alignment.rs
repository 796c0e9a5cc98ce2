//! Finds which words of a translation belong to which words of the sentence, by what the model attended to for each
//! piece; in bytes of both. No token of the model is known outside of this file.

use std::ops::Range;

use fxtranslate::engine::{Aligned, Token};

use super::alphabet::Spelled;
use crate::placeholder;
use polypost_core::segment::Alignment;

/// The tokenizer's sign for a space (U+2581).
const SPACE: char = '\u{2581}';

/// Letters of the scripts before this one (Thai) stand in words with spaces between them.
const FIRST_WITHOUT_SPACES: char = '\u{E00}';

/// For each word of the translation the word of `original` that it renders most. `spelled` is `original` as the model
/// got it. Empty where the model's own form of it cannot be followed.
pub(super) fn read(original: &str, spelled: &Spelled, aligned: &Aligned) -> Alignment {
    let Some(sources) = source_tokens(original, spelled, aligned) else { return Alignment::new() };
    let (words, rendered) = (units(original), units(&aligned.target_text));
    let sources: Vec<Range<usize>> = sources.iter().map(|token| overlapped(&words, token)).collect();
    let mut scores = vec![vec![0.0_f32; words.len()]; rendered.len()];
    let mut nothing = vec![0.0_f32; rendered.len()];
    for (token, row) in bytes(&aligned.target_text, &aligned.target_tokens).iter().zip(&aligned.alignments) {
        for unit in overlapped(&rendered, token) {
            let Some(scores) = scores.get_mut(unit) else { continue };
            for (units, weight) in sources.iter().zip(row) {
                scores.get_mut(units.clone()).into_iter().flatten().for_each(|score| *score += weight);
            }
            // The last column is the end of the sentence: a word that renders nothing in particular.
            nothing[unit] += row.get(sources.len()).copied().unwrap_or_default();
        }
    }
    let best = |scores: &[f32], nothing: f32| {
        let best = scores.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1))?;
        (*best.1 > nothing).then_some(best.0)
    };
    let pairs = rendered
        .iter()
        .zip(scores.iter().zip(nothing))
        .filter_map(|(unit, (scores, nothing))| Some((words.get(best(scores, nothing)?)?.clone(), unit.clone())));
    pairs.collect()
}

/// The spans of `original` that the model's source tokens stand for, without the end of the sentence; `None` where
/// its normal form has other words.
fn source_tokens(original: &str, spelled: &Spelled, aligned: &Aligned) -> Option<Vec<Range<usize>>> {
    let normal = aligned.source_normalized.as_str();
    let is_space = |letter: char| letter == SPACE || letter.is_whitespace();
    let (there, here) = (words(normal, is_space), words(&spelled.text, is_space));
    if there.len() != here.len() {
        return None;
    }
    let original_at = |at: usize| spelled.origins.get(at).copied();
    let found = |token: &Range<usize>| {
        let index = there.partition_point(|word| word.end <= token.start);
        let (word, own) = (there.get(index)?, here.get(index)?);
        let start = token.start.max(word.start);
        let end = token.end.min(word.end);
        let is_same = normal.get(word.clone()) == spelled.text.get(own.clone());
        let own = if is_same && start < end {
            own.start + (start - word.start)..own.start + (end - word.start)
        } else if start < end {
            own.clone()
        } else {
            return None;
        };
        let (first, last) = (original_at(own.start)?, original_at(own.end.checked_sub(1)?)?);
        let length = original.get(last..)?.chars().next()?.len_utf8();
        Some(first..last + length)
    };
    let tokens = bytes(normal, &aligned.source_tokens);
    let count = tokens.len().saturating_sub(1);
    Some(tokens.iter().take(count).map(|token| found(token).unwrap_or(0..0)).collect())
}

/// Spans without spaces.
fn words(text: &str, is_space: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut is_open = false;
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        match words.last_mut() {
            _ if is_space(letter) => is_open = false,
            Some(word) if is_open => word.end = end,
            _ => {
                words.push(at..end);
                is_open = true;
            }
        }
    }
    words
}

/// What is aligned with what: placeholders, words, single signs, single letters of scripts without spaces.
fn units(text: &str) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    let mut placeholders = placeholder::ranges(text).into_iter().peekable();
    let mut is_open = false;
    for (at, letter) in text.char_indices() {
        while placeholders.next_if(|range| range.end <= at).is_some() {
            is_open = false;
        }
        if let Some(placeholder) = placeholders.peek().filter(|range| range.contains(&at)) {
            if placeholder.start == at {
                units.push(placeholder.clone());
            }
            continue;
        }
        let is_of_word = letter.is_alphanumeric() && letter < FIRST_WITHOUT_SPACES;
        let end = at + letter.len_utf8();
        match units.last_mut() {
            _ if letter.is_whitespace() => {}
            Some(word) if is_open && is_of_word && word.end == at => word.end = end,
            _ => units.push(at..end),
        }
        is_open = is_of_word;
    }
    units
}

/// The indices of the units that a span has a part of.
fn overlapped(units: &[Range<usize>], range: &Range<usize>) -> Range<usize> {
    let first = units.partition_point(|unit| unit.end <= range.start);
    let last = units.partition_point(|unit| unit.start < range.end);
    first..last.max(first)
}

/// The tokens' places in bytes; the model counts UTF-16 code units.
fn bytes(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut positions = Vec::with_capacity(text.len() + 1);
    for (at, letter) in text.char_indices() {
        positions.extend(std::iter::repeat_n(at, letter.len_utf16()));
    }
    positions.push(text.len());
    let at = |unit: usize| positions.get(unit).copied().unwrap_or(text.len());
    tokens.iter().map(|token| at(token.begin)..at(token.end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(begin: usize, end: usize) -> Token {
        Token { id: 0, begin, end }
    }

    #[test]
    fn units_are_words_signs_and_placeholders() {
        let text = "dell'e-mail [PH1], ok 日本 PH2.";
        let units: Vec<&str> = units(text).into_iter().map(|unit| &text[unit]).collect();
        assert_eq!(units, ["dell", "'", "e", "-", "mail", "[PH1]", ",", "ok", "日", "本", "PH2", "."]);
    }

    #[test]
    fn a_word_of_several_tokens_renders_what_they_render_together() {
        // `It’s 😀 up` is rendered as `😀 é up`; the emoji counts two units of UTF-16.
        let original = "It’s 😀 up";
        let spelled =
            Spelled { text: "It's 😀 up".to_owned(), origins: vec![0, 1, 2, 5, 6, 7, 7, 7, 7, 11, 12, 13, 14] };
        let aligned = Aligned {
            source_normalized: "▁It's▁😀▁up".to_owned(),
            source_tokens: vec![token(0, 3), token(3, 5), token(5, 8), token(8, 11), token(11, 11)],
            target_text: "😀 é up".to_owned(),
            target_tokens: vec![token(0, 2), token(2, 4), token(4, 6), token(6, 7), token(7, 7)],
            alignments: vec![
                vec![0.1, 0.1, 0.7, 0.1, 0.0],
                vec![0.2, 0.6, 0.1, 0.1, 0.0],
                vec![0.0, 0.4, 0.2, 0.4, 0.0],
                vec![0.0, 0.1, 0.2, 0.7, 0.0],
                vec![0.0, 0.0, 0.0, 0.0, 1.0],
            ],
        };
        let read: Vec<(&str, &str)> = read(original, &spelled, &aligned)
            .into_iter()
            .map(|(from, to)| (&original[from], &aligned.target_text[to]))
            .collect();
        assert_eq!(read, [("😀", "😀"), ("s", "é"), ("up", "up")]);
    }

    #[test]
    fn what_cannot_be_followed_is_not_guessed() {
        let spelled = Spelled { text: "a b".to_owned(), origins: vec![0, 1, 2, 3] };
        let aligned = Aligned {
            source_normalized: "▁ab".to_owned(),
            source_tokens: vec![token(0, 3), token(3, 3)],
            target_text: "x".to_owned(),
            target_tokens: vec![token(0, 1), token(1, 1)],
            alignments: vec![vec![1.0, 0.0], vec![0.0, 1.0]],
        };
        assert!(read("a b", &spelled, &aligned).is_empty());
    }
}
