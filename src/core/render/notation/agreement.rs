//! Agreement: an engine that sees a placeholder takes it for a masculine noun. The words right beside a feminine term
//! that are known to agree with it are put into its gender; every other word stays as it is.

use std::ops::Range;

use super::standing::{Role, Standing};
use crate::document::fact::{Gender, GrammaticalNumber};
use crate::language::{Agreement, Inflection};

/// The determiner in the term's gender and number; `None` where the word is none. Lower case.
pub(super) fn determiner(
    words: &Agreement,
    word: &str,
    gender: Gender,
    number: GrammaticalNumber,
) -> Option<&'static str> {
    let pronoun = words.pronouns.iter().find(|(pronoun, _)| *pronoun == word);
    let word = pronoun.map_or(word, |(_, determiner)| determiner);
    let forms = words.determiners.iter().find(|forms| forms.contains(&word))?;
    let index = match (gender, number) {
        (Gender::Masculine, GrammaticalNumber::Singular) => 0,
        (Gender::Feminine, GrammaticalNumber::Singular) => 1,
        (Gender::Masculine, GrammaticalNumber::Plural) => 2,
        (Gender::Feminine, GrammaticalNumber::Plural) => 3,
    };
    forms.get(index).copied()
}

/// An adjective known to stand before nouns, in the feminine if that is wanted; `None` where the word is none.
pub(super) fn leading_adjective(words: &Agreement, word: &str, gender: Gender) -> Option<String> {
    let known = &words.leading;
    let stem = word.strip_suffix('s').filter(|stem| known.has(stem)).unwrap_or(word);
    // Italian plurals: "nuovi" of "nuovo".
    let has_vowel_plural = words.inflection == Inflection::WithVowel;
    let plural = has_vowel_plural && word.strip_suffix('i').is_some_and(|stem| known.has(&format!("{stem}o")));
    // "el primero [PH1]": the form without a noun.
    let full = words.short.iter().find(|(full, _)| *full == word).map(|(_, short)| *short);
    let is_short = || words.short.iter().any(|(_, short)| *short == word);
    (known.has(stem) || plural || full.is_some()).then(|| match gender {
        Gender::Masculine => full.unwrap_or(word).to_owned(),
        Gender::Feminine if is_short() => format!("{word}a"),
        Gender::Feminine => feminine(word),
    })
}

/// Puts the words behind a term that agree with it into its gender and number: one that follows at once, or through a
/// verb (`[PH1] fue causado por` becomes `fue causada por`, `fueron causadas por`). A verb is changed only where the
/// term is certainly its subject; what describes the term at once, only there or where the engine did not know its
/// gender. Where one word disagrees with the term for good, the subject is another and none is changed.
pub(super) fn follow(
    words: &Agreement,
    (gender, number): (Gender, GrammaticalNumber),
    standing: Standing,
    text: &mut String,
) {
    let is_plural = number == GrammaticalNumber::Plural;
    if !is_plural && gender != Gender::Feminine {
        return;
    }
    let may_be_last = matches!(standing.role, Role::AfterComma | Role::Joined);
    let is_subject = match standing.role {
        Role::Subject | Role::AfterComma => true,
        Role::Joined => standing.guessed,
        Role::Governed | Role::Unknown => false,
    };
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut at = 0;
    let (mut perfect, mut verb) = (false, false);
    // "no ha sido todavía" and the like are longer than what is certain.
    for _ in 0..4 {
        let Some((range, word)) = next_word(text, at) else { break };
        let is_copula = words.copulas.has(&word);
        let plural = words.verbs.iter().find(|(singular, _)| *singular == word).map(|(_, plural)| *plural);
        let is_many = words.verbs.iter().any(|(_, plural)| *plural == word);
        let is_verb = is_copula || plural.is_some() || is_many;
        if is_verb && !is_subject {
            return;
        }
        let is_been = words.been.contains(&word.as_str()) && verb;
        let rest = text.get(range.end..).unwrap_or_default();
        if is_been || (!is_verb && !perfect && agrees(words, &word) && !is_fixed(words, &word, rest)) {
            let is_certain = verb || standing.guessed || standing.role == Role::Subject;
            let written = text.get(range.clone()).unwrap_or_default();
            let Some(agreed) = agreed(words.inflection, written, gender, is_plural).filter(|_| is_certain) else {
                return;
            };
            if may_be_last && !is_plural && is_plural_word(&word) {
                return;
            }
            edits.push((range.clone(), agreed));
        } else if let Some(plural) = plural.filter(|_| is_plural) {
            edits.push((range.clone(), plural.to_owned()));
        } else if is_many && !is_plural && may_be_last {
            // The last of a list: "el panel, la cola fueron".
            return;
        }
        if !is_copula && !is_been {
            break;
        }
        verb = true;
        perfect = words.perfect.has(&word) || (perfect && word != words.been_unchanged);
        at = range.end;
    }
    for (range, word) in edits.into_iter().rev() {
        text.replace_range(range, &word);
    }
}

/// The word behind the space at `at`, and where it stands; lower case.
fn next_word(text: &str, at: usize) -> Option<(Range<usize>, String)> {
    let rest = text.get(at..)?.strip_prefix(' ')?;
    let length = rest.find(|character: char| !character.is_alphabetic()).unwrap_or(rest.len());
    let word = rest.get(..length).filter(|word| !word.is_empty())?.to_lowercase();
    Some((at + 1..at + 1 + length, word))
}

/// Whether a word is a participle or an adjective that agrees with its subject.
fn agrees(words: &Agreement, word: &str) -> bool {
    let masculine = match words.inflection {
        Inflection::WithVowel => word.strip_suffix(['a', 'i', 'e']).map(|stem| format!("{stem}o")),
        Inflection::WithS => word.strip_suffix("as").or_else(|| word.strip_suffix('a')).map(|stem| format!("{stem}o")),
    };
    let masculine = masculine.as_deref().unwrap_or(word);
    let singular = masculine.strip_suffix('s').unwrap_or(masculine);
    let known = |word: &str| words.irregular.has(word);
    let is_regular = |word: &str| words.endings.iter().any(|ending| word.ends_with(ending));
    if words.invariable.has(word) || words.invariable.has(singular) {
        return false;
    }
    // "breve", "brevi"
    let class = word.strip_suffix('i').is_some_and(|stem| known(&format!("{stem}e")));
    (word.chars().count() > 4 && (is_regular(word) || is_regular(masculine)))
        || [word, singular].into_iter().any(known)
        || (words.inflection == Inflection::WithVowel && class)
}

/// Whether a word that looks like a participle is a conjunction or a preposition here: `visto que`, `bajo control`.
fn is_fixed(words: &Agreement, word: &str, rest: &str) -> bool {
    let Some((_, next)) = next_word(rest, 0) else { return false };
    words.fixed_before.contains(&next.as_str()) || words.fixed.contains(&word)
}

fn is_plural_word(word: &str) -> bool {
    word.ends_with(['s', 'i'])
}

/// A participle or adjective in the gender, and in the plural where that is wanted or the word has it; `None` for a
/// feminine beside a masculine, which cannot be a guess of the engine's.
fn agreed(inflection: Inflection, word: &str, gender: Gender, is_plural: bool) -> Option<String> {
    let is_feminine = gender == Gender::Feminine;
    let endings: [(&str, bool, bool); 4] = match inflection {
        Inflection::WithVowel => [("o", false, false), ("a", true, false), ("i", false, true), ("e", true, true)],
        Inflection::WithS => [("os", false, true), ("as", true, true), ("o", false, false), ("a", true, false)],
    };
    // "brevi" of "breve" has one form for both genders, "lente" of "lento" is feminine.
    let has_gender =
        |word: &str| inflection == Inflection::WithS || !(word.ends_with("brevi") || word.ends_with("breve"));
    let found = endings.iter().find(|(ending, ..)| has_gender(word) && word.ends_with(ending));
    let Some((ending, was_feminine, was_plural)) = found else {
        let plural = match inflection {
            Inflection::WithVowel => "i",
            Inflection::WithS => "es",
        };
        let stem = word.strip_suffix('e').filter(|_| is_plural);
        return Some(stem.map_or_else(|| word.to_owned(), |stem| format!("{stem}{plural}")));
    };
    if *was_feminine && !is_feminine {
        return None;
    }
    let wanted = (is_feminine, is_plural || *was_plural);
    let (new, ..) = endings.iter().find(|(_, feminine, plural)| (*feminine, *plural) == wanted)?;
    Some(format!("{}{new}", word.strip_suffix(ending)?))
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
    use crate::language::Language;

    fn words(language: &str) -> &'static Agreement {
        Language::named(language).agreement.unwrap()
    }

    const SUBJECT: Standing = Standing { role: Role::Subject, guessed: false };

    #[test]
    fn determiners_and_leading_adjectives_agree() {
        use GrammaticalNumber::{Plural, Singular};
        assert_eq!(determiner(words("es"), "este", Gender::Feminine, Singular), Some("esta"));
        assert_eq!(determiner(words("it"), "questo", Gender::Feminine, Plural), Some("queste"));
        assert_eq!(determiner(words("pt"), "nesse", Gender::Feminine, Singular), Some("nessa"));
        assert_eq!(determiner(words("pt"), "nossa", Gender::Masculine, Singular), Some("nosso"));
        assert_eq!(determiner(words("pt"), "nisso", Gender::Feminine, Singular), Some("nessa"));
        assert_eq!(determiner(words("es"), "cada", Gender::Feminine, Singular), None);
        assert_eq!(leading_adjective(words("es"), "primer", Gender::Feminine).as_deref(), Some("primera"));
        assert_eq!(leading_adjective(words("es"), "primero", Gender::Feminine).as_deref(), Some("primera"));
        assert_eq!(leading_adjective(words("es"), "primero", Gender::Masculine).as_deref(), Some("primer"));
        assert_eq!(leading_adjective(words("es"), "breve", Gender::Feminine).as_deref(), Some("breve"));
        assert_eq!(leading_adjective(words("it"), "nuovi", Gender::Feminine).as_deref(), Some("nuove"));
        assert_eq!(leading_adjective(words("pt"), "novos", Gender::Feminine).as_deref(), Some("novas"));
        assert_eq!(leading_adjective(words("pt"), "servidor", Gender::Feminine), None);
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
            ("it", " sono stati risolti", " sono state risolte"),
            ("pt", " foi causado por", " foi causada por"),
            ("pt", " tem sido causado por", " tem sido causada por"),
            ("pt", " está concluído sem", " está concluída sem"),
            ("pt", " começou", " começou"),
            ("es", "", ""),
        ] {
            let mut given = text.to_owned();
            follow(words(language), (Gender::Feminine, GrammaticalNumber::Singular), SUBJECT, &mut given);
            assert_eq!(given, expected);
            let mut masculine = text.to_owned();
            follow(words(language), (Gender::Masculine, GrammaticalNumber::Singular), SUBJECT, &mut masculine);
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
            follow(words(language), (gender, GrammaticalNumber::Plural), SUBJECT, &mut given);
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
            let standing = Standing { role: Role::Governed, guessed: true };
            follow(words("es"), (Gender::Feminine, GrammaticalNumber::Singular), standing, &mut given);
            assert_eq!(given, expected);
        }
        assert!(
            words("es").prepositions.has("del")
                && words("pt").prepositions.has("após")
                && !words("it").prepositions.has("il")
        );
    }
}
