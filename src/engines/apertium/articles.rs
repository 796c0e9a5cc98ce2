//! Articles: Apertium takes a placeholder, and a word that it does not know, for no noun, and so a Portuguese `o`
//! before it for a pronoun (`O [PH1] falhou` becomes `Lo [PH1] falló`). Here that is undone in what it answers.

use super::marks::{self, Reading};
use super::pairs::Leg;
use crate::placeholder;
use polypost_core::language::Language;

/// The reading with an article where a pronoun stood before what must be a noun.
pub(super) fn settle(leg: &Leg, reading: &mut Reading) {
    let is_of = |code: &str, long: &str, short: &str| {
        let language = code.split('_').next().unwrap_or_default();
        language == long || language == short
    };
    if !is_of(&leg.source, "por", "pt") || !is_of(&leg.target, "spa", "es") {
        return;
    }
    let Some(spanish) = Language::named("es").articles else { return };
    for start in nouns(reading).into_iter().rev() {
        let Some((pronoun, at)) = word_before(&reading.text, start) else { continue };
        let article = match pronoun {
            "lo" => "el",
            "Lo" => "El",
            _ => continue,
        };
        let melted = word_before(&reading.text, at).and_then(|(word, at)| {
            let melted = spanish.melted(&word.to_ascii_lowercase(), "el")?;
            // In the preposition's own case.
            Some((at, format!("{}{}", word.get(..1)?, melted.get(1..)?)))
        });
        let (at, article) = melted.unwrap_or_else(|| (at, article.to_owned()));
        reading.text.replace_range(at..start, &format!("{article} "));
    }
}

/// Where placeholders and words begin that were not known, in order.
fn nouns(reading: &Reading) -> Vec<usize> {
    let text = reading.text.as_str();
    let spaces = text.match_indices(' ').map(|(at, _)| at + 1);
    let is_unknown =
        |at: &usize| text.get(*at..).and_then(marks::word).is_some_and(|word| reading.unknown.contains(&word));
    let mut starts: Vec<usize> = spaces.filter(is_unknown).collect();
    starts.extend(placeholder::ranges(text).into_iter().map(|range| range.start));
    starts.sort_unstable();
    starts
}

/// The word that ends, but for one space, at `end`, and where it begins.
fn word_before(text: &str, end: usize) -> Option<(&str, usize)> {
    let before = text.get(..end)?.strip_suffix(' ')?;
    let start = before.trim_end_matches(char::is_alphabetic).len();
    Some((before.get(start..)?, start)).filter(|(word, _)| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of an answer as Apertium gives it.
    fn settled(source: &str, target: &str, answer: &str) -> String {
        let mut reading = marks::read("", answer);
        settle(&Leg { source: source.to_owned(), target: target.to_owned() }, &mut reading);
        reading.text
    }

    #[test]
    fn a_pronoun_before_a_placeholder_is_an_article() {
        for (answer, expected) in [
            ("Lo [PH1] falló durante lo [PH2].", "El [PH1] falló durante el [PH2]."),
            ("La causa de lo [PH1] y a lo _PH2_.", "La causa del [PH1] y al _PH2_."),
            ("De lo [PH1]. A lo [PH2]", "Del [PH1]. Al [PH2]"),
            ("é lo [*PH1]", "é el [PH1]"),
            ("mencione lo *ticket [*PH1] de lo *webhook", "mencione el ticket [PH1] del webhook"),
        ] {
            assert_eq!(settled("por", "spa", answer), expected);
            assert_eq!(settled("pt", "es", answer), expected);
            assert_eq!(settled("eng", "spa", answer), answer.replace('*', ""));
        }
    }

    #[test]
    fn other_words_stay() {
        for answer in
            ["lo solucionamos en [PH1]", "[PH1] lo", "palo [PH1]", "lo, [PH1]", "lo ticket", "lo", "", "[PH1]"]
        {
            assert_eq!(settled("por", "spa", answer), answer);
        }
    }
}
