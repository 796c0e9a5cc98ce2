//! The white space beside placeholders: what the source has beside one is recorded when it is put in; when the answer
//! comes back, the spaces that were put in for the engine go, and words that would run into a fact are set apart.
//!
//! A translator may drop the comma, the bracket or the apostrophe beside a fact and put a word there, so that a space
//! of the answer goes only where its neighbour is the source's own. Where in doubt a space stays.

use std::ops::Range;

use super::{Beside, Segment, Slot, Span};
use crate::document::fact::{Fact, Value};

/// Letters of the scripts that write no space between words; they may touch anything.
#[must_use]
pub fn stands_without_space(character: char) -> bool {
    matches!(character,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Characters that an engine would read as one word with a placeholder.
pub(super) fn touches(neighbour: char) -> bool {
    neighbour.is_alphanumeric() || matches!(neighbour, '_' | ']' | '[')
}

impl Beside {
    /// What the end of a text is to the placeholder behind it.
    pub(super) fn end_of(text: &str) -> Self {
        match text.chars().next_back() {
            None => Self::Space,
            Some(last) if last.is_whitespace() => Self::Space,
            Some(last) if last.is_alphanumeric() => Self::Text(last_word(text).to_owned()),
            Some(last) => Self::Text(last.to_string()),
        }
    }

    /// What the beginning of a text is to the placeholder before it.
    pub(super) fn start_of(text: &str) -> Self {
        match text.chars().next() {
            None => Self::Space,
            Some(first) if first.is_whitespace() => Self::Space,
            Some(first) if first.is_alphanumeric() => Self::Text(first_word(text).to_owned()),
            Some(first) => Self::Text(first.to_string()),
        }
    }
}

fn last_word(text: &str) -> &str {
    text.get(text.trim_end_matches(char::is_alphanumeric).len()..).unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    text.get(..text.len() - text.trim_start_matches(char::is_alphanumeric).len()).unwrap_or_default()
}

/// One side of a placeholder, as it stands in a target.
#[derive(Clone, Copy)]
pub(super) struct Side<'run> {
    beside: &'run Beside,
    /// Position of the slot among the segment's.
    slot: usize,
    /// Whether the words on this side are those that the mark is round: it stands right at them, as in the source.
    hugs: bool,
    /// Whether what stands there is white space to its reader, such as a line break.
    is_blank: bool,
    /// Whether it is the edge of a tag, a wiki mark or a reference, which a word of the source touches there.
    is_tag: bool,
}

impl<'run> Side<'run> {
    pub(super) fn left(segment: &Segment, slot: &'run Slot, position: usize) -> Self {
        let first = segment.spans.get(slot.spans.start);
        let hugs = slot.before != Beside::Space && matches!(first, Some(Span::Close { .. }));
        let is_tag = touches_word(&slot.before) && is_tag(first);
        Self { beside: &slot.before, slot: position, hugs, is_blank: is_blank(first), is_tag }
    }

    pub(super) fn right(segment: &Segment, slot: &'run Slot, position: usize) -> Self {
        let last = slot.spans.end.checked_sub(1).and_then(|last| segment.spans.get(last));
        let hugs = slot.after != Beside::Space && matches!(last, Some(Span::Open { .. }));
        let is_tag = touches_word(&slot.after) && is_tag(last);
        Self { beside: &slot.after, slot: position, hugs, is_blank: is_blank(last), is_tag }
    }

    /// Whether a space between this side and a text goes: `near` is the text's character there, `word` its word there.
    fn takes_space(self, near: char, word: &str, signs: &[char]) -> bool {
        match self.beside {
            _ if self.hugs => true,
            _ if self.is_tag && (near.is_alphanumeric() || matches!(near, '¿' | '¡')) => true,
            Beside::Text(_) if self.is_blank || stands_without_space(near) => true,
            Beside::Text(own) if near.is_alphanumeric() => own == word,
            // An engine may set a bracket or comma apart that is one with the placeholder.
            Beside::Text(own) => own.starts_with(near) && (touches(near) || signs.contains(&near)),
            Beside::Space | Beside::Placeholder => false,
        }
    }

    /// Whether a letter or digit that touches this side is set apart. A lone consonant is an ending (`APIs`), of which
    /// a word of its own would be no less wrong: it stays for the checks to refuse.
    fn wants_space(self, near: char, word: &str) -> bool {
        if self.hugs || self.is_blank || self.is_tag || !near.is_alphanumeric() || is_ending(word) {
            return false;
        }
        match self.beside {
            Beside::Space => true,
            Beside::Text(own) => own != word && !stands_without_space(near),
            Beside::Placeholder => !stands_without_space(near),
        }
    }
}

/// Whether a word is a single letter that no language has for a word.
fn is_ending(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|letter| letter.is_ascii_lowercase() && !"aeiouy".contains(letter))
        && letters.next().is_none()
}

/// A code that its reader sees as white space.
fn is_blank(span: Option<&Span>) -> bool {
    matches!(span, Some(Span::Code { text, .. }) if !text.is_empty() && text.trim().is_empty())
}

/// Whether a word touches the placeholder there.
fn touches_word(beside: &Beside) -> bool {
    matches!(beside, Beside::Text(word) if word.starts_with(char::is_alphanumeric))
}

/// What marks a text up and is no word of it, whole between its own signs: `<0>`, `{color:red}`, a footnote's `[1]`.
fn is_tag(span: Option<&Span>) -> bool {
    let is_within = |text: &str, open: char, close: char| text.starts_with(open) && text.ends_with(close);
    let is_markup = |text: &str| is_within(text, '<', '>') || is_within(text, '&', ';');
    match span {
        Some(Span::Fact(Fact { source, value: Value::Verbatim(_) })) => {
            is_markup(source) || is_within(source, '{', '}')
        }
        Some(Span::Code { text, .. }) => is_markup(text) || is_within(text, '[', ']'),
        _ => false,
    }
}

/// Text between two placeholders of an answer, with the white space that its ends are to have.
pub(super) struct Fit {
    pub(super) kept: Range<usize>,
    pub(super) space_before: bool,
    pub(super) space_after: bool,
}

impl Fit {
    /// `left` is the side of the placeholder before `range`, `right` of that behind it; `None` where there is none, or
    /// where nothing is to change.
    pub(super) fn new(text: &str, range: Range<usize>, left: Option<Side<'_>>, right: Option<Side<'_>>) -> Self {
        let whole = text.get(range.clone()).unwrap_or_default();
        if whole.trim().is_empty() {
            return Self::blank(range, whole, left, right);
        }
        let mut kept = range;
        let start = whole.trim_start();
        let end = whole.trim_end();
        if let (Some(side), Some(near)) = (left, start.chars().next())
            && side.takes_space(near, first_word(start), &[',', '.', ')', ']', '}'])
        {
            kept.start += whole.len() - start.len();
        }
        if let (Some(side), Some(near)) = (right, end.chars().next_back())
            && side.takes_space(near, last_word(end), &['(', '[', '{'])
        {
            kept.end -= whole.len() - end.len();
        }
        let words = text.get(kept.clone()).unwrap_or_default();
        let is_free = |side: Option<Side<'_>>, near: Option<char>, word: &str, spaced: bool| {
            side.zip(near).is_some_and(|(side, near)| !spaced && side.wants_space(near, word))
        };
        // A space that has just gone must not come again.
        let (cut_start, cut_end) = (whole.len() != start.len(), whole.len() != end.len());
        Self {
            space_before: is_free(left, words.chars().next(), first_word(words), cut_start),
            space_after: is_free(right, words.chars().next_back(), last_word(words), cut_end),
            kept,
        }
    }

    /// Nothing, or white space, between two placeholders or at an end.
    fn blank(range: Range<usize>, whole: &str, left: Option<Side<'_>>, right: Option<Side<'_>>) -> Self {
        let (Some(before), Some(after)) = (left, right) else {
            let goes = left.or(right).is_some_and(|side| side.hugs);
            let kept = if goes { range.end..range.end } else { range };
            return Self { kept, space_before: false, space_after: false };
        };
        let were_one = after.slot == before.slot + 1
            && matches!((before.beside, after.beside), (Beside::Placeholder, Beside::Placeholder));
        let goes = before.hugs || after.hugs || were_one;
        let kept = if goes { range.end..range.end } else { range };
        let space_before = whole.is_empty() && !goes && !before.is_blank && !after.is_blank;
        Self { kept, space_before, space_after: false }
    }
}
