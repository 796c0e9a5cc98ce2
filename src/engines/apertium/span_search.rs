//! Where a span of a text went: Apertium tells nothing of that, but translates words much alike on their own and in
//! their sentence. So the translation of the span alone is searched in that of the whole text, and taken if it is there
//! exactly once.

use std::ops::Range;

use crate::placeholder;

/// Letters of the words that may stand between or before a span's own: articles, prepositions, forms of *to be*.
const SHORT_WORD: usize = 3;

/// Short words without which a span says the opposite.
const NEGATIONS: [&str; 7] = ["no", "non", "não", "ni", "né", "nem", "not"];

/// A text's words, in lower case, and where they stand.
pub(super) struct Words(Vec<(Range<usize>, String)>);

impl Words {
    /// Signs count for nothing; a placeholder is a word.
    pub(super) fn of(text: &str) -> Self {
        let mut words: Vec<(Range<usize>, String)> = Vec::new();
        let mut from = 0;
        let push = |piece: Range<usize>, words: &mut Vec<(Range<usize>, String)>| {
            let mut open: Option<usize> = None;
            let slice = text.get(piece.clone()).unwrap_or_default();
            for (at, letter) in slice.char_indices().chain([(slice.len(), ' ')]) {
                match (open, letter.is_alphanumeric()) {
                    (None, true) => open = Some(at),
                    (Some(start), false) => {
                        words.push((piece.start + start..piece.start + at, slice[start..at].to_lowercase()));
                        open = None;
                    }
                    _ => {}
                }
            }
        };
        for range in placeholder::ranges(text) {
            push(from..range.start, &mut words);
            words.push((range.clone(), text.get(range.clone()).unwrap_or_default().to_owned()));
            from = range.end;
        }
        push(from..text.len(), &mut words);
        Self(words)
    }

    /// Where `wanted` stands, each of its words alike by `is_alike`, with short words between where `is_loose`.
    fn windows(&self, wanted: &[&str], is_loose: bool) -> Vec<Range<usize>> {
        let is_alike = |one: &str, other: &str| one == other || (is_loose && are_forms_of_one(one, other));
        let mut windows: Vec<Range<usize>> = Vec::new();
        for start in 0..self.0.len() {
            let mut at = start;
            let mut end = None;
            for (number, word) in wanted.iter().enumerate() {
                let is_next = |at: usize| self.0.get(at).is_some_and(|(_, other)| is_alike(other, word));
                let is_short = self.0.get(at).is_some_and(|(_, other)| other.chars().count() <= SHORT_WORD);
                if !is_next(at) && is_loose && number > 0 && is_short {
                    at += 1;
                }
                end = is_next(at).then(|| self.0[at].0.end);
                if end.is_none() {
                    break;
                }
                at += 1;
            }
            if let Some(end) = end {
                windows.push(self.0[start].0.start..end);
            }
        }
        windows
    }
}

/// Whether two words differ in their endings only: `nuevo`, `nueva`; `podría`, `podrían`.
fn are_forms_of_one(one: &str, other: &str) -> bool {
    let common = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let longest = one.chars().count().max(other.chars().count());
    common >= 3 && common * 10 >= longest * 7
}

/// The place in `target` of the span of `source`, which alone was translated as `rendering`. Where the same words stand
/// in the source several times and as often in the target, their order decides.
pub(super) fn find(source: &Words, span: &Range<usize>, target: &Words, rendering: &str) -> Option<Range<usize>> {
    let own: Vec<&str> = source
        .0
        .iter()
        .filter(|(range, _)| span.start <= range.start && range.end <= span.end)
        .map(|(_, word)| word.as_str())
        .collect();
    let rendering = Words::of(rendering);
    let wanted: Vec<&str> = rendering.0.iter().map(|(_, word)| word.as_str()).collect();
    if own.is_empty() || wanted.is_empty() {
        return None;
    }
    let occurrences = source.windows(&own, false);
    let number = occurrences.iter().position(|found| span.start <= found.start && found.end <= span.end)?;
    let is_needless = |word: &str| word.chars().count() <= SHORT_WORD && !NEGATIONS.contains(&word);
    let without_article =
        wanted.split_first().filter(|(first, rest)| !rest.is_empty() && is_needless(first)).map(|(_, rest)| rest);
    let tries = [(Some(wanted.as_slice()), false), (Some(wanted.as_slice()), true), (without_article, true)];
    tries.into_iter().find_map(|(wanted, is_loose)| {
        let windows = target.windows(wanted?, is_loose);
        if windows.len() == occurrences.len() { windows.get(number).cloned() } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'text>(source: &str, span: &str, target: &'text str, rendering: &str) -> Option<&'text str> {
        let start = source.find(span).unwrap();
        let span = start..start + span.len();
        find(&Words::of(source), &span, &Words::of(target), rendering).map(|range| &target[range])
    }

    #[test]
    fn a_span_is_found_in_its_own_words_and_in_other_forms_of_them() {
        let source = "The status page of the new region is not available in [PH1].";
        let target = "La página de estado de la región nueva no está disponible en [PH1].";
        assert_eq!(found(source, "status page", target, "Página de estado"), Some("página de estado"));
        assert_eq!(found(source, "new", target, "Nuevo"), Some("nueva"));
        assert_eq!(found(source, "not available", target, "No disponibles"), None, "a long word is between");
        assert_eq!(found(source, "in [PH1]", target, "en [PH1]"), Some("en [PH1]"));
        assert_eq!(found("in our blog.", "our blog", "nel nostro blog.", "Il nostro blog"), Some("nostro blog"));
        assert_eq!(found("is not here", "not here", "no es aquí", "No aquí"), Some("no es aquí"));
    }

    #[test]
    fn what_stands_there_more_or_less_often_than_in_the_source_is_not_found() {
        assert_eq!(found("A page and a page", "page", "Una página", "página"), None);
        assert_eq!(found("A page", "page", "Una página, página", "página"), None);
        assert_eq!(found("A page", "page", "Un folio", "página"), None);
        assert_eq!(found("", "", "x", "x"), None);
    }

    #[test]
    fn of_several_the_order_decides() {
        let (source, target) = ("page one, page two", "página uno, página dos");
        let words = (Words::of(source), Words::of(target));
        assert_eq!(find(&words.0, &(10..14), &words.1, "página"), Some(13..20));
    }
}
