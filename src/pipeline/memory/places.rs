//! Facts in a foreign translation: a segment of the source language and its translation as plain text come in, the
//! translation with the source's own facts in their places goes out, or why that is not certain.
//!
//! A fact is found where it stands as this program would write it for the reader, as the source has it, or in another
//! notation of the same value ([`Notations`]). Nothing is guessed: a fact that is not found, found twice, or found where
//! another may be meant, refuses the whole translation. A term of the glossary alone may be missing: whoever translates
//! by hand may choose other words for it.

use std::ops::Range;

use regex::Regex;

use super::notations::Notations;
use crate::document::fact::{Article, Fact, Value, Verbatim};
use crate::render::notation::Notation;
use crate::segment::{Segment, Span, TargetSpan};

/// Characters beside a moment that may make it another one: `de la madrugada`, `segunda-feira, `.
const NEIGHBOURS: usize = 24;

/// Facts of one text: more has no sentence, and each is looked for in the whole translation.
const FACTS: usize = 64;

/// A piece of a translation, before its facts are found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Text(String),
    /// The segment's span with this index.
    Span(usize),
}

/// What is to become of the glossary's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Terms {
    /// They are found where their renderings stand.
    Found,
    /// The translation's words for them are text like any.
    Words,
}

/// Finds each of the segment's facts in the texts once.
///
/// # Errors
/// Why it cannot be told where they stand.
pub(super) fn place(
    segment: &Segment,
    parts: &[Part],
    (notation, notations): (&Notation<'_>, &Notations<'_>),
    terms: Terms,
) -> Result<Vec<TargetSpan>, String> {
    let is_wanted = |fact: &Fact| terms == Terms::Found || !is_term(fact);
    let facts: Vec<(usize, &Fact)> = segment
        .spans
        .iter()
        .enumerate()
        .filter_map(|(index, span)| if let Span::Fact(fact) = span { Some((index, fact)) } else { None })
        .filter(|(_, fact)| is_wanted(fact))
        .collect();
    if facts.len() > FACTS {
        return Err(format!("it has more than {FACTS} times, numbers and names"));
    }
    let mut texts: Vec<Text> = parts.iter().map(Text::of).collect();
    let mut matches = Vec::new();
    for (owner, (_, fact)) in facts.iter().enumerate() {
        let spellings = spellings(fact, notation);
        let pattern = notations.pattern(fact);
        for (at, text) in texts.iter().enumerate() {
            let ways =
                spellings.iter().flat_map(|spelling| text.find(spelling)).chain(text.find_pattern(pattern.as_ref()));
            let said =
                ways.filter(|range| text.is_free(range, is_name(fact)) && !text.says_more(range, fact, notations));
            matches.extend(said.map(|range| Match { spelling: text.shown(&range), text: at, range, owner }));
        }
    }
    let missing = settle(matches, &facts, &mut texts)?;
    if let Some(fact) = missing.into_iter().find(|fact| !is_term(fact)) {
        return Err(format!("`{}` is not found in the translation", fact.source));
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

/// A place where a fact may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Match {
    spelling: String,
    text: usize,
    /// In characters.
    range: Range<usize>,
    owner: usize,
}

/// Gives each fact its place, the longest spellings first: `5` also stands in `5 minutos`. The facts without a place go
/// out.
fn settle<'run>(
    mut matches: Vec<Match>,
    facts: &[(usize, &'run Fact)],
    texts: &mut [Text],
) -> Result<Vec<&'run Fact>, String> {
    let mut found = vec![false; facts.len()];
    matches.sort_by(|one, other| {
        let by_length = other.range.len().cmp(&one.range.len());
        by_length
            .then_with(|| one.spelling.cmp(&other.spelling))
            .then_with(|| (one.text, one.range.start, one.owner).cmp(&(other.text, other.range.start, other.owner)))
    });
    matches.dedup();
    for alike in matches.chunk_by(|one, other| one.spelling == other.spelling) {
        let live: Vec<&Match> = alike.iter().filter(|found| !texts[found.text].is_taken(&found.range)).collect();
        let mut places: Vec<(usize, &Range<usize>)> = live.iter().map(|found| (found.text, &found.range)).collect();
        places.dedup();
        let mut owners: Vec<usize> = live.iter().map(|found| found.owner).collect();
        owners.sort_unstable();
        owners.dedup();
        match (places.as_slice(), owners.as_slice()) {
            ([], _) => {}
            ([(text, range)], [owner]) if !found[*owner] => {
                found[*owner] = true;
                texts[*text].take((*range).clone(), facts[*owner].0);
            }
            // The same words whichever is which: the first is the first.
            (places, owners) if owners.iter().all(|&owner| is_term(facts[owner].1)) => {
                let open = owners.iter().filter(|&&owner| !found[owner]).copied().collect::<Vec<_>>();
                for ((text, range), owner) in places.iter().zip(open) {
                    found[owner] = true;
                    texts[*text].take((*range).clone(), facts[owner].0);
                }
            }
            _ => {
                let spelling = &live[0].spelling;
                return Err(format!("it cannot be told which `{spelling}` is which"));
            }
        }
    }
    Ok(found.iter().zip(facts).filter(|(found, _)| !**found).map(|(_, (_, fact))| *fact).collect())
}

fn is_name(fact: &Fact) -> bool {
    fact.value == Value::Verbatim(Verbatim::Name)
}

fn is_term(fact: &Fact) -> bool {
    matches!(fact.value, Value::Term(_))
}

/// The program's own ways to write a fact, and the source's.
fn spellings(fact: &Fact, notation: &Notation<'_>) -> Vec<Vec<char>> {
    let written = notation.fact(fact);
    let mut texts = vec![fact.source.clone(), written.replace("\u{a0}%", "%"), written];
    match &fact.value {
        // Its article is the translation's own, unless it is what denies the sentence.
        Value::Term(term) if term.article != Some(Article::Negative) => texts = vec![term.rendering.clone()],
        _ => {}
    }
    if matches!(fact.value, Value::Moment(_) | Value::Span(_) | Value::Term(_)) {
        // The sentence may begin elsewhere in the translation.
        texts.extend(texts.clone().iter().flat_map(|text| [recased(text, true), recased(text, false)]));
    }
    let mut spellings: Vec<Vec<char>> = texts.iter().map(|text| text.trim().chars().map(levelled).collect()).collect();
    spellings.retain(|spelling| !spelling.is_empty());
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

/// A text of the translation, character by character, and what was found in it.
struct Text {
    characters: Vec<char>,
    /// The same, for patterns.
    levelled: String,
    found: Vec<(Range<usize>, usize)>,
}

impl Text {
    fn of(part: &Part) -> Self {
        let levelled: String = match part {
            Part::Text(text) => text.chars().map(levelled).collect(),
            Part::Span(_) => String::new(),
        };
        Self { characters: levelled.chars().collect(), levelled, found: Vec::new() }
    }

    /// Where the spelling stands.
    fn find<'text>(&'text self, spelling: &'text [char]) -> impl Iterator<Item = Range<usize>> + 'text {
        let places = self.characters.windows(spelling.len()).enumerate();
        places.filter(move |(_, window)| *window == spelling).map(|(start, _)| start..start + spelling.len())
    }

    fn find_pattern<'text>(&'text self, pattern: Option<&'text Regex>) -> impl Iterator<Item = Range<usize>> + 'text {
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

    fn shown(&self, range: &Range<usize>) -> String {
        self.characters.get(range.clone()).unwrap_or_default().iter().collect()
    }

    fn is_taken(&self, range: &Range<usize>) -> bool {
        self.found.iter().any(|(taken, _)| taken.start < range.end && range.start < taken.end)
    }

    fn says_more(&self, range: &Range<usize>, fact: &Fact, notations: &Notations<'_>) -> bool {
        let start = range.start.saturating_sub(NEIGHBOURS);
        let end = (range.end + NEIGHBOURS).min(self.characters.len());
        notations.says_more(fact, &self.shown(&(start..range.start)), &self.shown(&(range.end..end)))
    }

    /// Whether neither side goes on: `5` is not the number in `2.5`, `15` or `-5`, nor `eu` the region in `eu-1`, nor
    /// `$5` the amount in `US$5`. A name may be part of a compound: `API-Aufrufe`.
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
        let owned = first == Some('$') && is_word(at(before));
        !(owned
            || is_word(first) && (is_word(at(before)) || joined(at(before), far_before) || signed)
            || is_word(last) && (is_word(at(behind)) || joined(at(behind), far_behind)))
    }

    fn take(&mut self, range: Range<usize>, span: usize) {
        self.found.push((range, span));
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
