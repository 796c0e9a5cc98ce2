//! One text of a translation, in which spellings are searched as words of their own, and what has been found in it.

use std::ops::Range;

use regex::Regex;

use super::Part;
use crate::pipeline::memory::notations::Notations;
use polypost_core::document::fact::Fact;
use polypost_core::segment::TargetSpan;

/// Characters beside a moment that may make it another one: `de la madrugada`, `segunda-feira, `.
const NEIGHBOURS: usize = 24;

/// A text of the translation, character by character, and what was found in it.
pub(super) struct Text {
    characters: Vec<char>,
    /// The same, for patterns.
    levelled: String,
    found: Vec<(Range<usize>, usize)>,
}

impl Text {
    pub(super) fn of(part: &Part) -> Self {
        let levelled: String = match part {
            Part::Text(text) => text.chars().map(levelled).collect(),
            Part::Span(_) => String::new(),
        };
        Self { characters: levelled.chars().collect(), levelled, found: Vec::new() }
    }

    /// Where the spelling stands.
    pub(super) fn find<'text>(&'text self, spelling: &'text [char]) -> impl Iterator<Item = Range<usize>> + 'text {
        let windows = self.characters.windows(spelling.len()).enumerate();
        windows.filter(move |(_, window)| *window == spelling).map(|(start, _)| start..start + spelling.len())
    }

    pub(super) fn find_pattern<'text>(
        &'text self,
        pattern: Option<&'text Regex>,
    ) -> impl Iterator<Item = Range<usize>> + 'text {
        let (mut byte, mut character) = (0, 0);
        pattern.into_iter().flat_map(|pattern| pattern.find_iter(&self.levelled)).map(move |found| {
            let counted = |range: Range<usize>| self.levelled.get(range).map_or(0, |text| text.chars().count());
            let start = character + counted(byte..found.start());
            (byte, character) = (found.end(), start + counted(found.range()));
            start..self.before_stop(character)
        })
    }

    /// The end of a match without its last point, where that ends the sentence, too: `Duró 30 min.`
    fn before_stop(&self, end: usize) -> usize {
        let is_point = end.checked_sub(1).and_then(|at| self.characters.get(at)) == Some(&'.');
        let next = self.characters.get(end..).and_then(|rest| rest.iter().find(|character| **character != ' '));
        if is_point && next.is_none_or(|next| next.is_uppercase()) { end - 1 } else { end }
    }

    pub(super) fn shown(&self, range: &Range<usize>) -> String {
        self.characters.get(range.clone()).unwrap_or_default().iter().collect()
    }

    pub(super) fn is_taken(&self, range: &Range<usize>) -> bool {
        self.found.iter().any(|(taken, _)| taken.start < range.end && range.start < taken.end)
    }

    pub(super) fn says_more(&self, range: &Range<usize>, fact: &Fact, notations: &Notations<'_>) -> bool {
        let start = range.start.saturating_sub(NEIGHBOURS);
        let end = (range.end + NEIGHBOURS).min(self.characters.len());
        notations.says_more(fact, &self.shown(&(start..range.start)), &self.shown(&(range.end..end)))
    }

    /// Whether neither side goes on: `5` is not the number in `2.5`, `15` or `-5`, nor `eu` the region in `eu-1`, nor
    /// `$5` the amount in `US$5`. A name may be part of a compound: `API-Aufrufe`.
    pub(super) fn is_free(&self, range: &Range<usize>, name: bool) -> bool {
        let at = |index: Option<usize>| index.and_then(|index| self.characters.get(index)).copied();
        let is_word = |character: Option<char>| {
            character.is_some_and(|character| character.is_alphanumeric() || character == '_')
        };
        let before = range.start.checked_sub(1);
        let behind = Some(range.end);
        let (first, last) = (at(Some(range.start)), at(range.end.checked_sub(1)));
        let (far_before, far_behind) = (at(range.start.checked_sub(2)), at(range.end.checked_add(1)));
        let joined = |near: Option<char>, far: Option<char>| {
            near.is_some_and(|near| ".,:/@-–−".contains(near)) && is_word(far) && !(name && near == Some('-'))
        };
        let signed = matches!(at(before), Some('-' | '−')) && first.is_some_and(|first| first.is_ascii_digit());
        let owned = first == Some('$') && is_word(at(before));
        !(owned
            || is_word(first) && (is_word(at(before)) || joined(at(before), far_before) || signed)
            || is_word(last) && (is_word(at(behind)) || joined(at(behind), far_behind)))
    }

    pub(super) fn take(&mut self, range: Range<usize>, span: usize) {
        self.found.push((range, span));
    }

    /// The words with the facts in their places.
    pub(super) fn cut(mut self, words: &str, target: &mut Vec<TargetSpan>) {
        self.found.sort_by_key(|(range, _)| range.start);
        let mut characters = words.chars();
        let mut position = 0;
        for (range, span) in self.found {
            push(target, characters.by_ref().take(range.start - position).collect());
            target.push(TargetSpan::Source(span));
            characters.by_ref().take(range.len()).for_each(drop);
            position = range.end;
        }
        push(target, characters.collect());
    }
}

fn push(target: &mut Vec<TargetSpan>, text: String) {
    if !text.is_empty() {
        target.push(TargetSpan::Text(text));
    }
}

/// Blanks, hyphens and apostrophes that differ in their width or form only.
pub(super) fn levelled(character: char) -> char {
    match character {
        '’' | '‘' | 'ʼ' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        character if character.is_whitespace() => ' ',
        character => character,
    }
}
