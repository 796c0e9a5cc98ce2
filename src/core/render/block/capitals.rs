//! Facts in a text that is in capitals throughout: the words round the figures are in capitals as well, but for names
//! of zones and units, which have letters of their own.

use super::super::notation::{Notation, capitalised};
use crate::document::fact::{self, Fact, TimestampLine, Value};
use crate::l10n;
use crate::locale::Locale;
use crate::segment::{self, Segment};

/// Words with fewer letters beside an amount are symbols of units: `ms`, `min`.
const WORD: usize = 4;

/// Whether the source's prose is in capitals, and not only for lack of words.
pub(super) fn is_shouted(segment: &Segment) -> bool {
    segment::lowered(segment).is_some()
}

/// A line of moments, upper case where it is so in the source: `Friday, July 5` as a heading.
pub(super) fn of_line(line: &TimestampLine, written: String) -> String {
    let begins = line.source.chars().find(|letter| letter.is_alphanumeric());
    capitalised(written, begins.is_some_and(char::is_uppercase))
}

/// A fact as it is written, in capitals where its text is.
pub(super) fn raised(fact: &Fact, written: String, is_shouted: bool, locale: &Locale) -> String {
    let least = match fact.value {
        Value::ZoneNote(_) if !fact.source.contains(char::is_lowercase) => 1,
        Value::Moment(_) | Value::Span(_) | Value::Days(_) | Value::Month(_) | Value::Names(_) if is_shouted => 1,
        Value::Quantity { .. } | Value::Duration(_) if is_shouted => WORD,
        _ => return written,
    };
    let is_word = |word: &str| word.chars().all(|letter| letter.is_lowercase() || letter == '-');
    let raise = |word: &str| {
        let letters = word.trim_matches(|letter: char| !letter.is_alphabetic());
        // What begins a sentence has its capital already.
        let rest = letters.trim_start_matches(char::is_uppercase);
        let is_raised = letters.chars().count() >= least && is_word(rest) && letters.len() - rest.len() <= 2;
        if is_raised { l10n::shout(word, locale) } else { word.to_owned() }
    };
    written.split_inclusive([' ', '\u{a0}', '\u{202f}']).map(raise).collect()
}

/// The first word of a block in upper case, where the source's is: `la squadra di Kim`. A word that the source has in
/// this spelling keeps it, and so does one with letters or figures of its own.
pub(super) fn raise_first(source: &str, text: &mut String) {
    let begins_upper = source.chars().find(|letter| letter.is_alphanumeric()).is_some_and(char::is_uppercase);
    let start = text.find(char::is_alphanumeric).unwrap_or(text.len());
    let (signs, rest) = text.split_at(start);
    let word = rest.split(char::is_whitespace).next().unwrap_or_default();
    let word = word.trim_end_matches(|sign: char| !sign.is_alphanumeric());
    let is_plain = !word.is_empty() && word.chars().all(|letter| letter.is_lowercase() || matches!(letter, '\'' | '’'));
    let is_begun = signs.chars().all(|sign| matches!(sign, '¿' | '¡' | '"' | '“' | '«' | '(' | '['));
    let is_kept = || source.split(|letter: char| !letter.is_alphanumeric()).any(|known| known == word);
    if begins_upper && is_plain && is_begun && !is_kept() {
        *text = format!("{signs}{}", capitalised(rest.to_owned(), true));
    }
}

/// Whether an English text begins with the name of a day or month.
fn begins_with_name(text: &str) -> bool {
    let word = text.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    fact::is_day_or_month(word)
}

/// Names of days and months behind a label in lower case, where the reader's language has them so: `Inicio: martes`.
pub(super) fn lower_values(source: &str, text: &mut String, notation: &Notation<'_>) {
    if !source.split(": ").skip(1).any(begins_with_name) {
        return;
    }
    let mut at = 0;
    while let Some(colon) = text.get(at..).and_then(|rest| rest.find(": ")) {
        at += colon + 2;
        let rest = text.get(at..).unwrap_or_default();
        let length = rest.find(|letter: char| !letter.is_alphabetic() && letter != '-').unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        if word.starts_with(char::is_uppercase)
            && let lower = word.to_lowercase()
            && notation.is_lower_name(&lower)
        {
            text.replace_range(at..at + length, &lower);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::fact::{Lexicon, find};

    #[test]
    fn words_are_raised_and_zones_and_units_are_not() {
        let locale: Locale = "es".parse().unwrap();
        for (source, written, expected) in [
            ("AT 10:54 America/New_York", "a las 10:54 America/New_York", "A LAS 10:54 America/New_York"),
            ("ON JULY 5, 2024", "El 5 de julio de 2024", "EL 5 DE JULIO DE 2024"),
            ("30 MINUTES", "30 minutos", "30 MINUTOS"),
            ("30 MS", "30 ms", "30 ms"),
        ] {
            let found = find(source, &Lexicon::default());
            let [found] = found.as_slice() else { panic!("{source}: {found:?}") };
            assert_eq!(raised(&found.fact, written.to_owned(), true, &locale), expected);
            assert_eq!(raised(&found.fact, written.to_owned(), false, &locale), written);
        }
    }
}
