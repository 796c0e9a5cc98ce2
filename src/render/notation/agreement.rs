//! Agreement: an engine that sees a placeholder takes it for a masculine noun. The words right beside a feminine term
//! that are known to agree with it come in and go out in its gender; every other word stays as it is.

mod words;

use crate::document::fact::{Gender, GrammaticalNumber};
use words::{NOUNS, PERFECT, PRONOUNS};

/// The determiner in the term's gender and number; `None` where the word is none. Lower case.
pub(super) fn determiner(
    language: &str,
    word: &str,
    gender: Gender,
    number: GrammaticalNumber,
) -> Option<&'static str> {
    let pronoun = PRONOUNS.iter().find(|(pronoun, _)| language == "pt" && *pronoun == word);
    let word = pronoun.map_or(word, |(_, determiner)| determiner);
    let forms = words::of(language)?.determiners.iter().find(|forms| forms.contains(&word))?;
    let index = match (gender, number) {
        (Gender::Masculine, GrammaticalNumber::Singular) => 0,
        (Gender::Feminine, GrammaticalNumber::Singular) => 1,
        (Gender::Masculine, GrammaticalNumber::Plural) => 2,
        (Gender::Feminine, GrammaticalNumber::Plural) => 3,
    };
    forms.get(index).copied()
}

/// An adjective known to stand before nouns, in the feminine if that is wanted; `None` where the word is none.
pub(super) fn leading_adjective(language: &str, word: &str, gender: Gender) -> Option<String> {
    let known = words::of(language)?.leading;
    let stem = word.strip_suffix('s').filter(|stem| known.contains(stem)).map_or(word, |stem| stem);
    // Italian plurals: "nuovi" of "nuovo".
    let plural = language == "it" && word.strip_suffix('i').is_some_and(|stem| known.contains(&&*format!("{stem}o")));
    (known.contains(&stem) || plural).then(|| match gender {
        Gender::Masculine => word.to_owned(),
        Gender::Feminine if matches!(word, "primer" | "tercer") => format!("{word}a"),
        Gender::Feminine => feminine(word),
    })
}

/// Puts the words behind a feminine term that agree with it into its gender: one that follows at once, or through a
/// copula (`[PH1] fue causado por` becomes `fue causada por`).
pub(super) fn follow(language: &str, gender: Gender, text: &mut String) {
    let Some(words) = words::of(language).filter(|_| gender == Gender::Feminine && text.starts_with(' ')) else {
        return;
    };
    let mut at = 0;
    let mut perfect = false;
    // "no ha sido todavía" and the like are longer than what is certain.
    for _ in 0..4 {
        let Some(rest) = text.get(at..).and_then(|rest| rest.strip_prefix(' ')) else { return };
        let length = rest.find(|character: char| !character.is_alphabetic()).unwrap_or(rest.len());
        let (from, to) = (at + 1, at + 1 + length);
        let Some(word) = text.get(from..to).filter(|word| !word.is_empty()).map(str::to_lowercase) else { return };
        if words.copulas.contains(&word.as_str()) {
            perfect = PERFECT.contains(&word.as_str()) || (perfect && word != "sido");
            if language == "it" && word.starts_with("stat") {
                let agreed = feminine(&text[from..to]);
                text.replace_range(from..to, &agreed);
            }
        } else {
            if !perfect && agrees(words, &word) {
                let agreed = feminine(&text[from..to]);
                text.replace_range(from..to, &agreed);
            }
            return;
        }
        at = to;
    }
}

/// Whether a word in the masculine is a participle or an adjective that agrees with its subject.
fn agrees(words: &words::Words, word: &str) -> bool {
    let regular = word.chars().count() > 4 && words.endings.iter().any(|ending| word.ends_with(ending));
    (regular && !NOUNS.contains(&word)) || words.irregular.contains(&word)
}

/// `-o` and `-os` become `-a` and `-as`, the `-i` of Italian plurals `-e`.
fn feminine(word: &str) -> String {
    for (masculine, feminine) in [("o", "a"), ("os", "as"), ("i", "e")] {
        if let Some(stem) = word.strip_suffix(masculine) {
            return format!("{stem}{feminine}");
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn determiners_and_leading_adjectives_agree() {
        use GrammaticalNumber::{Plural, Singular};
        assert_eq!(determiner("es", "este", Gender::Feminine, Singular), Some("esta"));
        assert_eq!(determiner("it", "questo", Gender::Feminine, Plural), Some("queste"));
        assert_eq!(determiner("pt", "nesse", Gender::Feminine, Singular), Some("nessa"));
        assert_eq!(determiner("pt", "nossa", Gender::Masculine, Singular), Some("nosso"));
        assert_eq!(determiner("pt", "nisso", Gender::Feminine, Singular), Some("nessa"));
        assert_eq!(determiner("es", "cada", Gender::Feminine, Singular), None);
        assert_eq!(leading_adjective("es", "primer", Gender::Feminine).as_deref(), Some("primera"));
        assert_eq!(leading_adjective("es", "breve", Gender::Feminine).as_deref(), Some("breve"));
        assert_eq!(leading_adjective("it", "nuovi", Gender::Feminine).as_deref(), Some("nuove"));
        assert_eq!(leading_adjective("pt", "novos", Gender::Feminine).as_deref(), Some("novas"));
        assert_eq!(leading_adjective("pt", "servidor", Gender::Feminine), None);
    }

    #[test]
    fn participles_behind_a_feminine_agree() {
        for (language, text, expected) in [
            ("es", " fue causado por un error", " fue causada por un error"),
            ("es", " ha sido resuelto.", " ha sido resuelta."),
            ("es", " planificado para hoy", " planificada para hoy"),
            ("es", " no fueron causados por", " no fueron causadas por"),
            ("es", " ha causado errores", " ha causado errores"),
            ("es", " ha afectado a todos", " ha afectado a todos"),
            ("es", " estado", " estado"),
            ("es", " afectó al panel", " afectó al panel"),
            ("es", ", causado por", ", causado por"),
            ("it", " è stato causato da", " è stata causata da"),
            ("it", " ha causato errori", " ha causato errori"),
            ("it", " sono stati risolti", " sono state risolti"),
            ("pt", " foi causado por", " foi causada por"),
            ("pt", " tem sido causado por", " tem sido causada por"),
            ("pt", " está concluído sem", " está concluída sem"),
            ("pt", " começou", " começou"),
            ("de", " wurde verursacht", " wurde verursacht"),
            ("es", "", ""),
        ] {
            let mut given = text.to_owned();
            follow(language, Gender::Feminine, &mut given);
            assert_eq!(given, expected);
            let mut masculine = text.to_owned();
            follow(language, Gender::Masculine, &mut masculine);
            assert_eq!(masculine, text);
        }
    }
}
