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

/// Puts the words behind a term that agree with it into its gender and number: one that follows at once, or through a
/// verb (`[PH1] fue causado por` becomes `fue causada por`, `fueron causadas por`). A term that a preposition governs is
/// the subject of no verb.
pub(super) fn follow(
    language: &str,
    (gender, number): (Gender, GrammaticalNumber),
    is_governed: bool,
    text: &mut String,
) {
    let is_plural = number == GrammaticalNumber::Plural;
    let Some(words) = words::of(language).filter(|_| is_plural || gender == Gender::Feminine) else { return };
    let mut at = 0;
    let mut perfect = false;
    // "no ha sido todavía" and the like are longer than what is certain.
    for _ in 0..4 {
        let Some(rest) = text.get(at..).and_then(|rest| rest.strip_prefix(' ')) else { return };
        let length = rest.find(|character: char| !character.is_alphabetic()).unwrap_or(rest.len());
        let (from, to) = (at + 1, at + 1 + length);
        let Some(word) = text.get(from..to).filter(|word| !word.is_empty()).map(str::to_lowercase) else { return };
        let is_verb = words.copulas.contains(&word.as_str());
        let is_been = language == "it" && word.starts_with("stat") && word.len() == 5;
        let plural = words.verbs.iter().find(|(singular, _)| is_plural && *singular == word).map(|(_, plural)| *plural);
        let agreed = if is_been || (!is_verb && !perfect && agrees(words, &word)) {
            Some(agreed(language, text.get(from..to).unwrap_or_default(), gender, is_plural))
        } else {
            plural.map(str::to_owned)
        };
        if is_governed && (is_verb || plural.is_some()) {
            return;
        }
        let end = from + agreed.as_ref().map_or(length, String::len);
        if let Some(agreed) = agreed {
            text.replace_range(from..to, &agreed);
        }
        if !is_verb {
            return;
        }
        perfect = PERFECT.contains(&word.as_str()) || (perfect && word != "sido");
        at = end;
    }
}

/// Whether a word (lower case) is a preposition, alone or with an article.
pub(super) fn is_preposition(language: &str, word: &str) -> bool {
    words::of(language).is_some_and(|words| words.prepositions.contains(&word))
}

/// Whether a word in the masculine is a participle or an adjective that agrees with its subject.
fn agrees(words: &words::Words, word: &str) -> bool {
    let regular = word.chars().count() > 4 && words.endings.iter().any(|ending| word.ends_with(ending));
    let singular = word.strip_suffix('s').unwrap_or(word);
    (regular && !NOUNS.contains(&word)) || words.irregular.contains(&word) || words.irregular.contains(&singular)
}

/// A participle or adjective in another gender and, where that is wanted, in the plural.
fn agreed(language: &str, word: &str, gender: Gender, is_plural: bool) -> String {
    let word = if gender == Gender::Feminine { feminine(word) } else { word.to_owned() };
    let plurals: &[(&str, &str)] = match language {
        "it" => &[("o", "i"), ("a", "e")],
        _ => &[("o", "os"), ("a", "as"), ("e", "es")],
    };
    let plural = plurals.iter().find_map(|(one, many)| Some(format!("{}{many}", word.strip_suffix(one)?)));
    // "breve" is Italian for both genders.
    let plural = plural.or_else(|| Some(format!("{}i", word.strip_suffix('e').filter(|_| language == "it")?)));
    plural.filter(|_| is_plural).unwrap_or(word)
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
            follow(language, (Gender::Feminine, GrammaticalNumber::Singular), false, &mut given);
            assert_eq!(given, expected);
            let mut masculine = text.to_owned();
            follow(language, (Gender::Masculine, GrammaticalNumber::Singular), false, &mut masculine);
            assert_eq!(masculine, text);
        }
    }

    #[test]
    fn verbs_and_participles_behind_a_plural_agree() {
        use Gender::{Feminine, Masculine};
        for (language, gender, text, expected) in [
            ("es", Feminine, " fue corto.", " fueron cortas."),
            ("es", Feminine, " fueron cortos.", " fueron cortas."),
            ("es", Masculine, " está vacío otra vez", " están vacíos otra vez"),
            ("es", Masculine, " ha sido resuelto", " han sido resueltos"),
            ("es", Feminine, " ha afectado a todos", " han afectado a todos"),
            ("es", Feminine, " no es nuevo", " no son nuevas"),
            ("es", Feminine, " causado por", " causadas por"),
            ("it", Feminine, " è stato breve", " sono state brevi"),
            ("it", Feminine, " è corto", " sono corte"),
            ("it", Masculine, " era lento", " erano lenti"),
            ("it", Masculine, " sono stati risolti", " sono stati risolti"),
            ("pt", Feminine, " foi curto", " foram curtas"),
            ("pt", Masculine, " está aberto", " estão abertos"),
            ("pt", Feminine, " acabou", " acabou"),
            ("es", Feminine, " fue", " fueron"),
        ] {
            let mut given = text.to_owned();
            follow(language, (gender, GrammaticalNumber::Plural), false, &mut given);
            assert_eq!(given, expected, "{language}{text}");
        }
    }

    #[test]
    fn a_governed_term_is_no_subject() {
        for (text, expected) in [
            (" fue identificado", " fue identificado"),
            (" causado por", " causada por"),
            (" ya es conocido", " ya es conocido"),
        ] {
            let mut given = text.to_owned();
            follow("es", (Gender::Feminine, GrammaticalNumber::Singular), true, &mut given);
            assert_eq!(given, expected);
        }
        assert!(is_preposition("es", "del") && is_preposition("pt", "após") && !is_preposition("it", "il"));
    }
}
