//! Facts in a foreign translation: a segment of the source language and its translation as plain text come in, the
//! translation with the source's own facts in their places goes out, or why that is not certain.
//!
//! A fact is found where it stands as this program would write it for the reader, or as the source has it. Nothing is
//! guessed: a fact that is not found, found twice, or found where another may be meant, refuses the whole translation.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::fact::{Fact, Value, Verbatim};
use crate::render::notation::Notation;
use crate::segment::{Segment, Span, TargetSpan};

/// Facts of one text: more has no sentence, and each is looked for in the whole translation.
const FACTS: usize = 64;

/// A piece of a translation, before its facts are found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Text(String),
    /// The segment's span with this index.
    Span(usize),
}

/// Finds each of the segment's facts in the texts once.
///
/// # Errors
/// Why it cannot be told where they stand.
pub(super) fn place(segment: &Segment, parts: &[Part], notation: &Notation<'_>) -> Result<Vec<TargetSpan>, String> {
    let facts: Vec<(usize, &Fact)> = segment
        .spans
        .iter()
        .enumerate()
        .filter_map(|(index, span)| if let Span::Fact(fact) = span { Some((index, fact)) } else { None })
        .collect();
    if facts.len() > FACTS {
        return Err(format!("it has more than {FACTS} times, numbers and names"));
    }
    let mut texts: Vec<Text> = parts.iter().map(Text::of).collect();
    let mut found = vec![false; facts.len()];
    // A longer spelling first: `5` also stands in `5 minutos`.
    for (spelling, owners) in spellings(&facts, notation).into_iter().rev() {
        let spelling = Spelling { characters: spelling.1, name: owners.iter().all(|&owner| is_name(facts[owner].1)) };
        let places: Vec<(usize, usize)> = texts
            .iter()
            .enumerate()
            .flat_map(|(at, text)| text.find(&spelling).map(move |start| (at, start)))
            .collect();
        match (places.as_slice(), owners.as_slice()) {
            ([], _) => {}
            ([(text, start)], [owner]) if !found[*owner] => {
                found[*owner] = true;
                texts[*text].take(*start, spelling.characters.len(), facts[*owner].0);
            }
            _ => return Err(format!("it cannot be told which `{}` is which", spelling.shown())),
        }
    }
    if let Some(missing) = found.iter().position(|found| !found) {
        return Err(format!("`{}` is not found in the translation", facts[missing].1.source));
    }
    let mut target = Vec::new();
    for (part, text) in parts.iter().zip(texts) {
        match part {
            Part::Text(words) => text.cut(words, &mut target),
            Part::Span(index) => target.push(TargetSpan::Source(*index)),
        }
    }
    Ok(target)
}

fn is_name(fact: &Fact) -> bool {
    fact.value == Value::Verbatim(Verbatim::Name)
}

/// Every spelling of the facts, in the order of its length, with the facts (by position) that are spelt so.
fn spellings(facts: &[(usize, &Fact)], notation: &Notation<'_>) -> BTreeMap<(usize, Vec<char>), Vec<usize>> {
    let mut spellings: BTreeMap<(usize, Vec<char>), Vec<usize>> = BTreeMap::new();
    for (owner, (_, fact)) in facts.iter().enumerate() {
        let written = notation.fact(fact);
        let mut texts = vec![fact.source.clone(), written.replace("\u{a0}%", "%"), written];
        if matches!(
            fact.value,
            Value::Moment(_) | Value::Span(_) | Value::Month(_) | Value::Names(_) | Value::ZoneNote(_)
        ) {
            // The sentence may begin elsewhere in the translation.
            texts.extend(texts.clone().iter().flat_map(|text| [recased(text, true), recased(text, false)]));
        }
        for text in texts {
            let spelling: Vec<char> = text.trim().chars().map(levelled).collect();
            let owners = spellings.entry((spelling.len(), spelling)).or_default();
            if owners.last() != Some(&owner) {
                owners.push(owner);
            }
        }
    }
    spellings.remove(&(0, Vec::new()));
    spellings
}

fn recased(text: &str, upper: bool) -> String {
    let mut characters = text.chars();
    let first = characters.next();
    let first: String =
        first.into_iter().flat_map(|first| if upper { upper_of(first) } else { lower_of(first) }).collect();
    first + characters.as_str()
}

fn upper_of(character: char) -> Vec<char> {
    character.to_uppercase().collect()
}

fn lower_of(character: char) -> Vec<char> {
    character.to_lowercase().collect()
}

/// Blanks, hyphens and apostrophes that differ in their width or form only.
fn levelled(character: char) -> char {
    match character {
        '’' | '‘' | 'ʼ' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        character if character.is_whitespace() => ' ',
        character => character,
    }
}

struct Spelling {
    characters: Vec<char>,
    /// A name may be part of a compound: `API-Aufrufe`.
    name: bool,
}

impl Spelling {
    fn shown(&self) -> String {
        self.characters.iter().collect()
    }
}

/// A text of the translation, character by character, and what was found in it.
struct Text {
    characters: Vec<char>,
    found: Vec<(Range<usize>, usize)>,
}

impl Text {
    fn of(part: &Part) -> Self {
        let characters = match part {
            Part::Text(text) => text.chars().map(levelled).collect(),
            Part::Span(_) => Vec::new(),
        };
        Self { characters, found: Vec::new() }
    }

    /// Where the spelling stands as a word of its own, in nothing that was found before.
    fn find<'text>(&'text self, spelling: &'text Spelling) -> impl Iterator<Item = usize> + 'text {
        let length = spelling.characters.len();
        (0..(self.characters.len() + 1).saturating_sub(length)).filter(move |&start| {
            let range = start..start + length;
            self.characters.get(range.clone()) == Some(spelling.characters.as_slice())
                && !self.found.iter().any(|(taken, _)| taken.start < range.end && range.start < taken.end)
                && self.is_free(&range, spelling.name)
        })
    }

    /// Whether neither side goes on: `5` is not the number in `2.5`, `15` or `-5`, nor `eu` the region in `eu-1`.
    fn is_free(&self, range: &Range<usize>, name: bool) -> bool {
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
        !(is_word(first) && (is_word(at(before)) || joined(at(before), far_before) || signed)
            || is_word(last) && (is_word(at(behind)) || joined(at(behind), far_behind)))
    }

    fn take(&mut self, start: usize, length: usize, span: usize) {
        self.found.push((start..start + length, span));
    }

    /// The words with the facts in their places.
    fn cut(mut self, words: &str, target: &mut Vec<TargetSpan>) {
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
