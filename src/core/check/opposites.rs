//! What the source says and its opposite: `at least` is not `at most`, `Tuesday` not `Thursday`, `was` not `will be`. A
//! text is refused where it has the opposite of what the source says, the source has not, and nothing in it may be the
//! rendering: that a word is missing is no fault, for translators have many.

use crate::finding::{Finding, Severity};
use crate::language::en;
use crate::language::{Language, Numerals, OppositeWords, Said, WordToken, opposite_groups, pole};

use super::negation;
use super::sentences;
use super::subject::Text;
use super::tense;
use super::{Check, Subject};

pub(super) struct Opposites;

impl Check for Opposites {
    fn name(&self) -> &'static str {
        "opposites"
    }

    fn check(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let Some(words) = Words::of(subject.language()).filter(|_| subject.is_from_english()) else {
            return Vec::new();
        };
        let (source, target) = (tokens(&subject.source), tokens(&subject.target));
        let mut message = words.verdict(&source, &target);
        if message.is_none() {
            let (sources, targets) = (sentences::ends_of(&subject.source), sentences::ends_of(&subject.target));
            if sources.len() == targets.len() && !sources.is_empty() {
                let mut pairs = slices(&source, &sources).into_iter().zip(slices(&target, &targets));
                message = pairs.find_map(|(source, target)| words.verdict(source, target));
            }
        }
        // Whoever translates by hand may turn a sentence round.
        let severity = if subject.by_engine { Severity::Block } else { Severity::Warn };
        message.map(|message| self.finding(severity, message)).unwrap_or_default()
    }
}

/// The words of a text, with an empty one for each fact.
fn tokens(text: &Text) -> Vec<WordToken<'_>> {
    let words = text.words();
    let mut tokens = Vec::with_capacity(words.len());
    let mut gaps = text.gaps().iter().peekable();
    let fact = WordToken { word: "", has_capital: false };
    for (position, word) in words.into_iter().enumerate() {
        while gaps.next_if(|gap| **gap <= position).is_some() {
            tokens.push(fact);
        }
        tokens.push(WordToken { word, has_capital: text.is_capitalised(position) });
    }
    tokens.extend(gaps.map(|_| fact));
    tokens
}

/// The tokens of each sentence, whose ends are told in words.
fn slices<'these, 'text>(tokens: &'these [WordToken<'text>], ends: &[usize]) -> Vec<&'these [WordToken<'text>]> {
    let mut slices = Vec::new();
    let (mut begin, mut words) = (0, 0);
    let mut ends = ends.iter().peekable();
    for (at, token) in tokens.iter().enumerate() {
        if !token.word.is_empty() && ends.next_if(|end| **end == words).is_some() {
            slices.extend(tokens.get(begin..at));
            begin = at;
        }
        words += usize::from(!token.word.is_empty());
    }
    slices.extend(tokens.get(begin..));
    slices
}

/// What is compared with in a language.
struct Words {
    language: &'static Language,
    opposites: &'static OppositeWords,
}

impl Words {
    /// `None` where nobody has written down the language's words for opposites.
    fn of(language: &'static Language) -> Option<Self> {
        Some(Self { language, opposites: language.opposites? })
    }

    /// What the target says that the source does not, if anything.
    fn verdict(&self, source: &[WordToken<'_>], target: &[WordToken<'_>]) -> Option<String> {
        let words = |tokens: &[WordToken<'_>]| -> Vec<String> {
            tokens.iter().filter(|token| !token.word.is_empty()).map(|token| token.word.to_owned()).collect()
        };
        let (source_words, target_words) = (words(source), words(target));
        let here: Vec<&str> = source_words.iter().map(String::as_str).collect();
        let there: Vec<&str> = target_words.iter().map(String::as_str).collect();
        let (said, rendered) = (en::OPPOSITES.said(source), self.opposites.said(target));
        let denies = negation::denies(&here, &there, self.language);
        exchanged(&said, &rendered, denies)
            .or_else(|| number(&here, &there, self.language.numerals?))
            .or_else(|| tense::verdict(&here, &there, self.language.tense?, may_be(&rendered)))
    }
}

/// What the source says and the target says the opposite of. Where something is denied, only poles count that no denial
/// turns into each other.
fn exchanged(said: &[Said], rendered: &[Said], denies: bool) -> Option<String> {
    let says = |one: &str, other: &str| format!("the source says `{one}` and the translation `{other}`");
    for group in opposite_groups().iter().filter(|group| !group.is_contradictory || !denies) {
        let is_lost = |pole: &&usize| {
            let (source, target) = (said.get(**pole), rendered.get(**pole));
            source.is_some_and(|said| said.proof.is_some()) && target.is_some_and(|said| !said.is_rendered)
        };
        let is_added = |pole: &&usize| {
            let (source, target) = (said.get(**pole), rendered.get(**pole));
            source.is_some_and(|said| !said.is_rendered) && target.is_some_and(|said| said.proof.is_some())
        };
        if let (Some(lost), Some(added)) = (group.poles.iter().find(is_lost), group.poles.iter().find(is_added)) {
            let shown = |said: Option<&Said>| said.and_then(|said| said.proof.clone()).unwrap_or_default();
            return Some(says(&shown(said.get(*lost)), &shown(rendered.get(*added))));
        }
    }
    None
}

/// Whether a text says that something may be.
fn may_be(said: &[Said]) -> bool {
    pole("may").and_then(|pole| said.get(pole)).is_some_and(|said| said.is_rendered)
}

/// A number in words that is another one in the target.
fn number(source: &[&str], target: &[&str], numerals: &Numerals) -> Option<String> {
    let (here, there) = (en::NUMERALS.numbers(source), numerals.numbers(target));
    let has = |stems: &[&str]| source.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    let lost = here.iter().find(|number| !there.contains(number) && !is_said_otherwise(**number, target));
    let one = source.contains(&"one") && !is_said_with(target, |numerals| numerals.one_stems);
    let added = there.iter().find(|number| {
        let otherwise = match number {
            2 => has(&["both", "couple", "twice", "double", "pair", "second", "two", "half", "fortnight", "bi"]),
            3 => has(&["triple", "thrice", "third", "quarter"]),
            4 => has(&["quarter", "fourth", "quadruple"]),
            10 => has(&["dozen", "decade", "ten"]),
            12 => has(&["dozen"]),
            15 => has(&["quarter", "fortnight"]),
            _ => false,
        };
        !here.contains(number) && !otherwise
    });
    if let (Some(lost), Some(added)) = (lost.copied().or(one.then_some(1)), added) {
        return Some(format!("the source says the number {lost} in words and the translation {added}"));
    }
    // `three hours and four people`, `cuatro horas y tres personas`.
    let listed = |words: &[&str], and: &[&str]| words.iter().any(|word| and.contains(word));
    let turned = match (here.as_slice(), there.as_slice()) {
        ([one, other], [first, second]) => one != other && one == second && other == first,
        _ => false,
    };
    (turned && listed(source, &["and"]) && !listed(source, &["of"]) && listed(target, numerals.and))
        .then(|| "two numbers in words have changed places".to_owned())
}

/// Whether a number may be said without its numeral: `two` is `both` or `a pair`.
fn is_said_otherwise(number: u32, target: &[&str]) -> bool {
    is_said_with(target, |numerals| {
        numerals.otherwise.iter().find(|(known, _)| *known == number).map_or(&[][..], |(_, stems)| stems)
    })
}

/// Whether a word begins with one of these stems of any language.
fn is_said_with(target: &[&str], stems: impl Fn(&Numerals) -> &'static [&'static str]) -> bool {
    Language::any(|language| {
        let stems = language.numerals.map(&stems).unwrap_or_default();
        target.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)))
    })
}
