//! Articles: Apertium takes a placeholder for no noun, and so a Portuguese `o` before it for a pronoun (`O [PH1] falhou`
//! becomes `Lo [PH1] falló`). A leg and its answer come in, the answer with that undone goes out.

use super::pairs::Leg;
use crate::translate::placeholder;

/// Prepositions that melt into the article.
const MELTING: [(&str, &str); 2] = [("de", "del"), ("a", "al")];

/// The answer with an article before each placeholder where a pronoun stood.
pub(super) fn settle(leg: &Leg, answer: &mut String) {
    let is_of = |code: &str, long: &str, short: &str| {
        let language = code.split('_').next().unwrap_or_default();
        language == long || language == short
    };
    if !is_of(&leg.source, "por", "pt") || !is_of(&leg.target, "spa", "es") {
        return;
    }
    for placeholder in placeholder::ranges(answer).into_iter().rev() {
        let Some((pronoun, start)) = word_before(answer, placeholder.start) else { continue };
        let article = match pronoun {
            "lo" => "el",
            "Lo" => "El",
            _ => continue,
        };
        let melted = word_before(answer, start).and_then(|(word, at)| {
            let (_, melted) = MELTING.iter().find(|(preposition, _)| word.eq_ignore_ascii_case(preposition))?;
            let first = word.chars().next()?;
            // In the preposition's own case.
            Some((at, format!("{first}{}", melted.get(1..)?)))
        });
        let (start, article) = melted.unwrap_or_else(|| (start, article.to_owned()));
        answer.replace_range(start..placeholder.start, &format!("{article} "));
    }
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

    fn settled(source: &str, target: &str, answer: &str) -> String {
        let mut answer = answer.to_owned();
        settle(&Leg { source: source.to_owned(), target: target.to_owned() }, &mut answer);
        answer
    }

    #[test]
    fn a_pronoun_before_a_placeholder_is_an_article() {
        for (answer, expected) in [
            ("Lo [PH1] falló durante lo [PH2].", "El [PH1] falló durante el [PH2]."),
            ("La causa de lo [PH1] y a lo _PH2_.", "La causa del [PH1] y al _PH2_."),
            ("De lo [PH1]. A lo [PH2]", "Del [PH1]. Al [PH2]"),
            ("é lo [PH1]", "é el [PH1]"),
        ] {
            assert_eq!(settled("por", "spa", answer), expected);
            assert_eq!(settled("pt", "es", answer), expected);
            assert_eq!(settled("eng", "spa", answer), answer);
        }
    }

    #[test]
    fn other_words_stay() {
        for answer in
            ["lo solucionamos en [PH1]", "[PH1] lo", "palo [PH1]", "lo, [PH1]", "lo  [PH1]", "lo", "", "[PH1]"]
        {
            assert_eq!(settled("por", "spa", answer), answer);
        }
    }
}
