//! Makes of the alignments of two legs one from the source to the target.

use std::ops::Range;

use crate::{TranslatedText, placeholder};
use polypost_core::segment::Alignment;

/// Letters of words that bind others (articles, prepositions): where they went says little.
const BINDING_WORD: usize = 3;

/// Letters of the scripts before this one (Thai) stand in words with spaces between them.
const FIRST_WITHOUT_SPACES: char = '\u{E00}';

/// Where a span went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Location {
    /// The smallest span with all of it.
    pub(super) range: Range<usize>,
    /// Where something came from that stands there as well, if anything does.
    stranger: Option<Range<usize>>,
}

/// The place of a span in a leg's translation; `None` where it is not known, or has more of others than of it.
pub(super) fn place(span: &Range<usize>, leg: &TranslatedText) -> Option<Location> {
    let is_within = |one: &Range<usize>, other: &Range<usize>| other.start <= one.start && one.end <= other.end;
    let own = || leg.alignment.iter().filter(|(from, _)| is_within(from, span));
    let range = own()
        .map(|(_, to)| to.clone())
        .reduce(|one, other| one.start.min(other.start)..one.end.max(other.end))
        .filter(|range| leg.text.get(range.clone()).is_some_and(|words| !words.is_empty()))?;
    let strangers: Vec<&Range<usize>> = leg
        .alignment
        .iter()
        .filter(|(from, to)| (from.end <= span.start || span.end <= from.start) && is_within(to, &range))
        .filter(|(_, to)| !is_binding(leg.text.get(to.clone()).unwrap_or_default()))
        .map(|(from, _)| from)
        .collect();
    (strangers.len() <= own().count()).then(|| Location { range, stranger: strangers.first().copied().cloned() })
}

/// Whether it is a word so short that its own place says little, or no word.
fn is_binding(words: &str) -> bool {
    let is_short = words.chars().all(|letter| letter.is_alphabetic() && letter < FIRST_WITHOUT_SPACES)
        && words.chars().count() <= BINDING_WORD;
    is_short || !words.contains(char::is_alphanumeric)
}

/// From the source's spans, each with its place in `draft`, to `translation`, which `draft` became. A place that has
/// words of others is told with one of those, so that nobody takes it for the span's alone.
pub(super) fn composed(
    places: &[(Range<usize>, Location)],
    draft: &TranslatedText,
    translation: &TranslatedText,
) -> Alignment {
    let mut alignment = Alignment::new();
    for (span, via) in places {
        let Some(there) = place(&via.range, translation) else { continue };
        let later = || there.stranger.as_ref().and_then(|stranger| origin(stranger, span, draft));
        let stranger = via.stranger.clone().or_else(later);
        if stranger.is_none() && there.stranger.is_some() {
            continue;
        }
        let range = without_placeholders(&translation.text, there.range);
        alignment.extend(stranger.map(|stranger| (stranger, range.clone())));
        alignment.push((span.clone(), range));
    }
    alignment
}

/// What of the source, outside of a span, became what stands at a place of the draft.
fn origin(place: &Range<usize>, span: &Range<usize>, draft: &TranslatedText) -> Option<Range<usize>> {
    let mut sources = draft.alignment.iter().filter(|(_, to)| to.start < place.end && place.start < to.end);
    sources.find(|(from, _)| from.end <= span.start || span.end <= from.start).map(|(from, _)| from.clone())
}

/// A span less the placeholders at its ends, whose places are known without any alignment.
fn without_placeholders(text: &str, mut range: Range<usize>) -> Range<usize> {
    let whole = range.clone();
    let placeholders = placeholder::ranges(text);
    let is_blank = |range: Range<usize>| text.get(range).is_some_and(|between| between.trim().is_empty());
    for placeholder in &placeholders {
        if range.start <= placeholder.start && is_blank(range.start..placeholder.start) {
            range.start = placeholder.end.min(range.end);
        }
    }
    for placeholder in placeholders.iter().rev() {
        if placeholder.end <= range.end && is_blank(placeholder.end..range.end) {
            range.end = placeholder.start.max(range.start);
        }
    }
    let words = text.get(range.clone()).unwrap_or_default();
    if words.trim().is_empty() {
        return whole;
    }
    range.start += words.len() - words.trim_start().len();
    range.end -= words.len() - words.trim_end().len();
    range
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A leg's translation, aligned by words: `0-2` is the first word of `source` to the third of the text.
    fn leg(source: &str, text: &str, pairs: &[(usize, usize)]) -> TranslatedText {
        let (from, to) = (words(source), words(text));
        let alignment = pairs.iter().map(|&(one, other)| (from[one].clone(), to[other].clone())).collect();
        TranslatedText { text: text.to_owned(), alignment, ..TranslatedText::default() }
    }

    fn words(text: &str) -> Vec<Range<usize>> {
        text.split(' ')
            .scan(0, |at, word| {
                let start = *at;
                *at += word.len() + 1;
                Some(start..start + word.len())
            })
            .collect()
    }

    fn span(text: &str, words: &str) -> Range<usize> {
        let start = text.find(words).unwrap();
        start..start + words.len()
    }

    /// Where these words of the source are in the end: by words through the first leg, as a whole through the second.
    fn through(source: &str, wanted: &str, first: &TranslatedText, second: &TranslatedText) -> Alignment {
        let wanted = span(source, wanted);
        let via = place(&wanted, first).map(|place| (wanted, place));
        composed(&via.into_iter().collect::<Vec<_>>(), first, second)
    }

    const SOURCE: &str = "the status page is slow";

    #[test]
    fn a_span_goes_through_both_legs() {
        let first = leg(SOURCE, "a página de estado está lenta", &[(0, 0), (2, 1), (1, 2), (1, 3), (3, 4), (4, 5)]);
        let target = "está lenta la página de estado";
        let asked = span(&first.text, "página de estado");
        let second = TranslatedText {
            text: target.to_owned(),
            alignment: vec![(asked, span(target, "página de estado"))],
            ..TranslatedText::default()
        };
        let alignment = through(SOURCE, "status page", &first, &second);
        assert_eq!(alignment, [(span(SOURCE, "status page"), span(target, "página de estado"))]);
        assert!(through(SOURCE, "slow", &first, &second).is_empty(), "the second leg does not say where it is");
        let by_words = leg(&first.text, target, &[(0, 2), (1, 3), (2, 4), (3, 5), (4, 0), (5, 1)]);
        assert_eq!(through(SOURCE, "status page", &first, &by_words), alignment);
    }

    #[test]
    fn words_of_others_in_a_place_are_told() {
        // `status … page` round a long word of another.
        let first = leg(SOURCE, "página lenta estado", &[(2, 0), (4, 1), (1, 2)]);
        let second = TranslatedText {
            text: "x".to_owned(),
            alignment: vec![(0..first.text.len(), 0..1)],
            ..TranslatedText::default()
        };
        let alignment = through(SOURCE, "status page", &first, &second);
        assert_eq!(alignment, [(span(SOURCE, "slow"), 0..1), (span(SOURCE, "status page"), 0..1)]);
        // The same where the second leg parts them.
        let first = leg(SOURCE, "estado página lenta", &[(1, 0), (2, 1), (4, 2)]);
        let second = leg(&first.text, "estado lenta página", &[(0, 0), (2, 1), (1, 2)]);
        let alignment = through(SOURCE, "status page", &first, &second);
        assert_eq!(alignment, [(span(SOURCE, "slow"), 0..20), (span(SOURCE, "status page"), 0..20)]);
        // More of others than of its own is no place.
        let first = leg(SOURCE, "página lenta muito estado", &[(2, 0), (4, 1), (4, 2), (3, 2), (1, 3)]);
        assert_eq!(place(&span(SOURCE, "status page"), &first), None);
    }

    #[test]
    fn spans_within_spans_keep_their_own_places() {
        let first = leg(SOURCE, "página estado", &[(2, 0), (1, 1)]);
        let alignment: Alignment = vec![(0..first.text.len(), 0..9), (span(&first.text, "estado"), 5..9)];
        let second = TranslatedText { text: "one: two ".to_owned(), alignment, ..TranslatedText::default() };
        assert_eq!(through(SOURCE, "status", &first, &second), [(span(SOURCE, "status"), 5..8)]);
        assert_eq!(through(SOURCE, "status page", &first, &second), [(span(SOURCE, "status page"), 0..8)]);
    }

    #[test]
    fn placeholders_at_a_places_ends_are_no_part_of_it() {
        for (text, words) in [
            ("[PH1] a las [PH2] [PH3]", "a las"),
            ("a [PH1] las", "a [PH1] las"),
            ("[PH1]", "[PH1]"),
            ("[PH1] [PH2]", "[PH1] [PH2]"),
        ] {
            assert_eq!(&text[without_placeholders(text, 0..text.len())], words);
        }
    }
}
