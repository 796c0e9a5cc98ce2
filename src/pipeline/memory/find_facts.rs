//! Finds the source's facts in a translation that another program exported as plain text, so that it can be stored with
//! placeholders as if this program had made it.
//!
//! A fact is found where it stands as this program would write it for the reader, as the source has it, or in another
//! notation of the same value ([`Notations`]). Nothing is guessed: a fact that is not found, found twice, or found
//! where another may be meant, refuses the whole translation. A term of the glossary alone may be missing: whoever
//! translates by hand may choose other words for it.

mod text;

use std::ops::Range;

use regex::Regex;

use self::text::{Text, levelled};
use super::notations::Notations;
use polypost_core::document::fact::{Article, Fact, Value, Verbatim};
use polypost_core::render::notation::Notation;
use polypost_core::segment::{Segment, Span, TargetSpan};

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
pub(super) fn locate(
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
    let find = |patterns: &[Option<Regex>]| {
        let mut texts: Vec<Text> = parts.iter().map(Text::of).collect();
        let missing = settle(matches(&facts, &texts, (notation, notations), patterns), &facts, &mut texts)?;
        match missing.into_iter().find(|fact| !is_term(fact)) {
            Some(fact) => Err(format!("`{}` is not found in the translation", fact.source)),
            None => Ok(texts),
        }
    };
    // A pattern takes a millisecond to be built, and most texts need none.
    let texts = find(&[]).or_else(|_| {
        let patterns: Vec<Option<Regex>> = facts.iter().map(|(_, fact)| notations.pattern(fact)).collect();
        find(&patterns)
    })?;
    let mut target = Vec::new();
    for (part, text) in parts.iter().zip(texts) {
        match part {
            Part::Text(words) => text.cut(words, &mut target),
            Part::Span(index) => target.push(TargetSpan::Source(*index)),
        }
    }
    Ok(target)
}

/// Everywhere that each of the facts may stand, in the spellings that are known of it and by its pattern.
fn matches(
    facts: &[(usize, &Fact)],
    texts: &[Text],
    (notation, notations): (&Notation<'_>, &Notations<'_>),
    patterns: &[Option<Regex>],
) -> Vec<Match> {
    let mut matches = Vec::new();
    for (owner, (_, fact)) in facts.iter().enumerate() {
        let spellings = spellings(fact, notation);
        let pattern = patterns.get(owner).and_then(Option::as_ref);
        for (at, text) in texts.iter().enumerate() {
            let ways = spellings.iter().flat_map(|spelling| text.find(spelling)).chain(text.find_pattern(pattern));
            let said =
                ways.filter(|range| text.is_free(range, is_name(fact)) && !text.says_more(range, fact, notations));
            matches.extend(said.map(|range| Match { spelling: text.shown(&range), text: at, range, owner }));
        }
    }
    matches
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
        let mut ranges: Vec<(usize, &Range<usize>)> = live.iter().map(|found| (found.text, &found.range)).collect();
        ranges.dedup();
        let mut owners: Vec<usize> = live.iter().map(|found| found.owner).collect();
        owners.sort_unstable();
        owners.dedup();
        match (ranges.as_slice(), owners.as_slice()) {
            ([], _) => {}
            ([(text, range)], [owner]) if !found[*owner] => {
                found[*owner] = true;
                texts[*text].take((*range).clone(), facts[*owner].0);
            }
            // The same words whichever is which: the first is the first.
            (ranges, owners) if owners.iter().all(|&owner| is_term(facts[owner].1)) => {
                let open = owners.iter().filter(|&&owner| !found[owner]).copied().collect::<Vec<_>>();
                for ((text, range), owner) in ranges.iter().zip(open) {
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
    if matches!(
        fact.value,
        Value::Moment(_) | Value::Span(_) | Value::Month(_) | Value::Names(_) | Value::ZoneNote(_) | Value::Term(_)
    ) {
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
