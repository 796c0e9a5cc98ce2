//! The marks that open questions and exclamations, in languages that have such (Spanish `¿` and `¡`). A mark of the
//! source that ends no sentence (`the Forgot password? link`) or stands for a thing that is not known (`Cause: ?`) asks
//! nothing, and neither does its translation.

use std::ops::Range;

use super::HOLE;
use crate::document::sentence;

/// What stands behind the last mark of a sentence.
const CLOSING: [char; 6] = ['"', '”', '»', ')', '\'', HOLE];

/// What stands before the first word of a sentence.
const OPENING: [char; 13] = [' ', '\n', '"', '“', '«', '(', '-', '–', '—', '•', '|', '¿', '¡'];

/// Puts the language's opening marks before questions and exclamations that end and do not begin as such, where the
/// source asks and exclaims.
pub(super) fn open(text: &str, source: &str, marks: &[(char, char)]) -> String {
    if !marks.iter().any(|(_, close)| text.contains(*close) && source.contains(*close)) {
        return text.to_owned();
    }
    let asking: Vec<&str> = sentence::sentences(source).into_iter().filter_map(|range| source.get(range)).collect();
    let sentences = sentence::sentences(text);
    let is_paired = asking.len() == sentences.len();
    let mut inserts = quoted(text, source, marks);
    let in_quotes: Vec<usize> = inserts.iter().map(|(at, _)| *at).collect();
    for (open, close) in marks.iter().copied() {
        let any = asking.iter().find(|original| ends_with(original, close));
        for (position, range) in sentences.iter().enumerate() {
            let Some(own) = text.get(range.clone()) else { continue };
            let next = in_quotes.partition_point(|at| *at < range.start);
            let is_quoted = in_quotes.get(next).is_some_and(|at| *at < range.end);
            if is_quoted || !ends_with(own, close) || own.contains(open) {
                continue;
            }
            let own_original = || asking.get(position).filter(|original| ends_with(original, close));
            if let Some(original) = if is_paired { own_original() } else { any } {
                inserts.extend(beginning(own, original).map(|at| (range.start + at, open)));
            }
        }
    }
    // Of two marks at one place, `¡` stands before `¿`.
    inserts.sort_unstable();
    let mut opened = String::with_capacity(text.len() + 2 * inserts.len());
    let mut from = 0;
    for (at, mark) in inserts {
        opened.push_str(text.get(from..at).unwrap_or_default());
        opened.push(mark);
        from = at;
    }
    opened.push_str(text.get(from..).unwrap_or_default());
    opened
}

/// Whether a sentence ends with a mark that follows a word.
fn ends_with(sentence: &str, mark: char) -> bool {
    let body = sentence.trim_end().trim_end_matches(CLOSING);
    let words = body.trim_end_matches(['?', '!']);
    let marks = body.get(words.len()..).unwrap_or_default();
    let is_lone = words.ends_with(|before: char| before.is_whitespace() || "([\"“«:/|".contains(before));
    marks.contains(mark) && !words.is_empty() && !is_lone
}

/// Where the question begins: behind the label or the pause that both sides have, if they have one.
fn beginning(sentence: &str, original: &str) -> Option<usize> {
    let label = |text: &str| {
        let ends = [": ", "… ", "... "].iter().flat_map(|end| text.match_indices(end).map(|(at, end)| at + end.len()));
        let mut labels = ends.filter(|at| text.len() > *at);
        labels.next().filter(|_| labels.next().is_none())
    };
    let start = label(sentence).filter(|_| label(original).is_some()).unwrap_or_default();
    let rest = sentence.get(start..)?;
    let words = rest.trim_start_matches(OPENING);
    words.chars().any(char::is_alphabetic).then(|| start + rest.len() - words.len())
}

/// Questions that are quoted in the midst of a sentence, as the source quotes some: `the "Are you sure?" dialog`.
fn quoted(text: &str, source: &str, marks: &[(char, char)]) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    for (open, close) in marks.iter().copied() {
        let asks = |text: &str, range: &Range<usize>| text.get(range.clone()).is_some_and(|own| ends_with(own, close));
        if quotations(source).iter().any(|range| asks(source, range)) {
            let own = quotations(text).into_iter().filter(|range| asks(text, range));
            let bare = own.filter(|range| !text.get(range.clone()).unwrap_or_default().contains(open));
            found.extend(bare.map(|range| (range.start, open)));
        }
    }
    found.sort_unstable();
    found
}

/// What stands between quotation marks, in bytes; straight ones count in pairs.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, mark) in text.char_indices() {
        match (open, mark) {
            (Some((begin, close)), _) if mark == close => {
                found.push(begin..at);
                open = None;
            }
            (None, '"') => open = Some((at + 1, '"')),
            (None, '“') => open = Some((at + mark.len_utf8(), '”')),
            (None, '«') => open = Some((at + mark.len_utf8(), '»')),
            _ => {}
        }
    }
    found
}
