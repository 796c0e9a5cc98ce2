//! Possessives of dates: `July 5's release`, `Monday's maintenance`. The date is the noun's, as in `the release of
//! July 5`, which is how it is offered to engines; no language of ours hangs an `'s` on a date.

use super::moment::instant;
use super::reading::{Doubt, Read, Tied};
use super::token::{Tokens, is_capitalised};
use super::{Fact, Moment, Month, Name, NameJoint, Names, Preposition, Value, preposition, usage, word};

/// The date that owns the noun behind it. `is_term` says whether the glossary has that noun, for which weekdays stay
/// words.
pub(super) fn owner(tokens: &Tokens<'_>, at: usize, is_term: impl Fn(usize) -> bool) -> Option<Tied> {
    let Read { value, end } = date(tokens, at)?;
    let noun = noun(tokens, end)?;
    // "last Monday's outage", "the July 5's release"
    let described = preposition::before(tokens, at).next().is_some_and(|word| {
        matches!(word.as_str(), "last" | "next" | "this" | "that" | "the" | "a" | "every" | "each" | "previous" | "our")
    });
    let is_word = matches!(value, Value::Names(_)) && is_term(noun);
    (!described && !is_word).then_some(Tied { value, end: end + 2, doubt: None })
}

/// Whether a date owns the noun behind the fact.
#[must_use]
pub fn is_owner(fact: &Fact) -> bool {
    let preposition = match &fact.value {
        Value::Moment(moment) => moment.preposition,
        Value::Month(month) => month.preposition,
        Value::Names(names) => names.preposition,
        _ => None,
    };
    preposition == Some(Preposition::Of) && (fact.source.ends_with("'s") || fact.source.ends_with("’s"))
}

/// Whether the date that ends before `end` owns a noun.
pub(super) fn owns(tokens: &Tokens<'_>, end: usize) -> bool {
    noun(tokens, end).is_some()
}

fn date(tokens: &Tokens<'_>, at: usize) -> Option<Read<Value>> {
    let capital = tokens.starts_upper(at);
    let preposition = Some(Preposition::Of);
    if let Some(read) = instant(tokens, at, false) {
        let is_whole =
            read.value.clock.is_none() && read.value.doubt().is_none() && read.value.remark() != Some(Doubt::Weekday);
        let value = Value::Moment(Moment { preposition, capital, ..read.value.moment() });
        return is_whole.then_some(Read { value, end: read.end });
    }
    let name = tokens.letters(at).filter(|name| is_capitalised(name))?;
    let value = if let Some(weekday) = word::weekday(name) {
        let names = vec![Name::Weekday(weekday)];
        Value::Names(Names { preposition, names, joint: NameJoint::And, day: None, year: None, capital })
    } else {
        // April, May and June are people, too.
        let month = word::month(name).filter(|month| !(4..=6).contains(month))?;
        Value::Month(Month { preposition, part: None, year: None, month, capital })
    };
    Some(Read { value, end: at + 1 })
}

/// The noun behind `'s`: one word, behind which its phrase ends. `Tuesday's worked` has none.
fn noun(tokens: &Tokens<'_>, end: usize) -> Option<usize> {
    let is_possessive = matches!(tokens.mark(end), Some('\'' | '’')) && tokens.letters(end + 1) == Some("s");
    let noun = tokens.behind_space(end + 2).filter(|_| is_possessive)?;
    let word = tokens.letters(noun).filter(|word| word.len() > 2 && word.chars().all(char::is_lowercase))?;
    let is_noun = !word.ends_with("ed") && !word.ends_with("ly") && !usage::is_behind_a_noun(word);
    (is_noun && tokens.ends_word(noun + 1) && usage::is_head(tokens, noun + 1)).then_some(noun)
}
