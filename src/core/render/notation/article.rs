//! Articles of the Romance languages: gender, number and the word behind come in, the article goes out, with its space
//! or its apostrophe.

use crate::document::fact::{Article, Gender, GrammaticalNumber};

use Article::{Definite, Indefinite, Negative};
use Gender::{Feminine, Masculine};
use GrammaticalNumber::{Plural, Singular};

/// Spanish feminines that begin with a stressed `a` without an accent (RAE, Nueva gramática 14.2).
const STRESSED: [&str; 8] = ["agua", "aula", "alma", "arma", "ala", "arte", "hacha", "habla"];

/// The article of `language` in front of `word`, ready to be written before it; `None` where there is none: another
/// language, an indefinite plural.
pub(super) fn article(
    language: &str,
    article: Article,
    gender: Gender,
    number: GrammaticalNumber,
    word: &str,
) -> Option<&'static str> {
    match language {
        "es" => spanish(article, gender, number, word),
        "it" => italian(article, gender, number, word),
        "pt" => portuguese(article, gender, number),
        _ => None,
    }
}

fn spanish(article: Article, gender: Gender, number: GrammaticalNumber, word: &str) -> Option<&'static str> {
    let first = word.split(' ').next().unwrap_or_default().to_lowercase();
    let stressed = first.starts_with('á') || first.starts_with("há") || STRESSED.contains(&first.as_str());
    let gender = if number == Singular && stressed { Masculine } else { gender };
    Some(match (article, gender, number) {
        (Definite, Masculine, Singular) => "el ",
        (Definite, Feminine, Singular) => "la ",
        (Definite, Masculine, Plural) => "los ",
        (Definite, Feminine, Plural) => "las ",
        (Indefinite, Masculine, Singular) => "un ",
        (Indefinite, Feminine, Singular) => "una ",
        (Negative, Masculine, Singular) => "ningún ",
        (Negative, Feminine, Singular) => "ninguna ",
        (Indefinite | Negative, _, Plural) => return None,
    })
}

fn portuguese(article: Article, gender: Gender, number: GrammaticalNumber) -> Option<&'static str> {
    Some(match (article, gender, number) {
        (Definite, Masculine, Singular) => "o ",
        (Definite, Feminine, Singular) => "a ",
        (Definite, Masculine, Plural) => "os ",
        (Definite, Feminine, Plural) => "as ",
        (Indefinite, Masculine, Singular) => "um ",
        (Indefinite, Feminine, Singular) => "uma ",
        (Negative, Masculine, Singular) => "nenhum ",
        (Negative, Feminine, Singular) => "nenhuma ",
        (Indefinite | Negative, _, Plural) => return None,
    })
}

/// What an Italian word begins with.
#[derive(PartialEq, Eq)]
enum Onset {
    Vowel,
    /// `s` and a consonant, `z`, `gn`, `ps`, `pn`, `x`, `y`, `i` and a vowel: `lo`, `gli`, `uno`.
    Impure,
    Other,
}

fn italian(article: Article, gender: Gender, number: GrammaticalNumber, word: &str) -> Option<&'static str> {
    Some(match (article, gender, number, onset(word)) {
        (Definite, _, Singular, Onset::Vowel) => "l'",
        (Definite, Masculine, Singular, Onset::Impure) => "lo ",
        (Definite, Masculine, Singular, Onset::Other) => "il ",
        (Definite, Feminine, Singular, _) => "la ",
        (Definite, Masculine, Plural, Onset::Other) => "i ",
        (Definite, Masculine, Plural, _) => "gli ",
        (Definite, Feminine, Plural, _) => "le ",
        (Indefinite, Masculine, Singular, Onset::Impure) => "uno ",
        (Indefinite, Masculine, Singular, _) => "un ",
        (Indefinite, Feminine, Singular, Onset::Vowel) => "un'",
        (Indefinite, Feminine, Singular, _) => "una ",
        (Negative, Masculine, Singular, Onset::Impure) => "nessuno ",
        (Negative, Masculine, Singular, _) => "nessun ",
        (Negative, Feminine, Singular, Onset::Vowel) => "nessun'",
        (Negative, Feminine, Singular, _) => "nessuna ",
        (Indefinite | Negative, _, Plural, _) => return None,
    })
}

/// Letters whose Italian names begin with a vowel: `effe`, `acca`, `ics`.
const VOWEL_NAMES: &str = "AEFHILMNORSUX";

/// How an abbreviation begins that is spelled out (`l'SDK`, `il DNS`); one whose second letter is a vowel is read as a
/// word (`la RAM`).
fn spelled_out(word: &str) -> Option<Onset> {
    let letters = word.strip_suffix('s').unwrap_or(word);
    let is_abbreviation = (2..=6).contains(&letters.len()) && letters.bytes().all(|letter| letter.is_ascii_uppercase());
    let mut letters = letters.chars();
    let (first, second) = (letters.next()?, letters.next()?);
    if !is_abbreviation || "AEIOU".contains(second) {
        return None;
    }
    Some(match first {
        first if VOWEL_NAMES.contains(first) => Onset::Vowel,
        'Z' => Onset::Impure,
        _ => Onset::Other,
    })
}

fn onset(word: &str) -> Onset {
    if let Some(onset) = spelled_out(word.split(' ').next().unwrap_or_default()) {
        return onset;
    }
    let is_vowel = |letter: char| "aeiouàèéìòù".contains(letter);
    let mut letters = word.chars().flat_map(char::to_lowercase);
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        (Some('s'), Some(second)) if !is_vowel(second) => Onset::Impure,
        (Some('z' | 'x' | 'y'), _) | (Some('g' | 'p'), Some('n')) | (Some('p'), Some('s')) => Onset::Impure,
        (Some('i'), Some(second)) if is_vowel(second) => Onset::Impure,
        // The h of loanwords is silent: `l'hotfix`.
        (Some('h'), Some(second)) if is_vowel(second) => Onset::Vowel,
        (Some(first), _) if is_vowel(first) => Onset::Vowel,
        _ => Onset::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn writes(language: &str, kind: Article, gender: Gender, number: GrammaticalNumber, word: &str, expected: &str) {
        let article = article(language, kind, gender, number, word).unwrap_or_default();
        assert_eq!(format!("{article}{word}"), expected);
    }

    #[test]
    fn italian_articles_follow_the_sound_of_the_word() {
        for (word, expected) in [
            ("rollback", "il rollback"),
            ("shard", "lo shard"),
            ("spazio su disco", "lo spazio su disco"),
            ("servizio", "il servizio"),
            ("zaino", "lo zaino"),
            ("gnomo", "lo gnomo"),
            ("psicologo", "lo psicologo"),
            ("xilofono", "lo xilofono"),
            ("yogurt", "lo yogurt"),
            ("ioduro", "lo ioduro"),
            ("aggiornamento", "l'aggiornamento"),
            ("hotfix", "l'hotfix"),
            ("webhook", "il webhook"),
            ("SDK", "l'SDK"),
            ("DNS", "il DNS"),
            ("SAML", "il SAML"),
        ] {
            writes("it", Definite, Masculine, Singular, word, expected);
        }
        writes("it", Definite, Feminine, Singular, "interruzione", "l'interruzione");
        writes("it", Definite, Feminine, Singular, "cache", "la cache");
        writes("it", Definite, Feminine, Singular, "API", "l'API");
        writes("it", Definite, Feminine, Singular, "RAM", "la RAM");
        writes("it", Definite, Masculine, Plural, "SDKs", "gli SDKs");
        writes("it", Definite, Feminine, Singular, "scheda", "la scheda");
        writes("it", Definite, Feminine, Plural, "interruzioni", "le interruzioni");
        writes("it", Definite, Masculine, Plural, "shard", "gli shard");
        writes("it", Definite, Masculine, Plural, "aggiornamenti", "gli aggiornamenti");
        writes("it", Definite, Masculine, Plural, "rollback", "i rollback");
        writes("it", Indefinite, Masculine, Singular, "shard", "uno shard");
        writes("it", Indefinite, Masculine, Singular, "aggiornamento", "un aggiornamento");
        writes("it", Indefinite, Feminine, Singular, "interruzione", "un'interruzione");
        writes("it", Indefinite, Feminine, Singular, "regressione", "una regressione");
    }

    #[test]
    fn spanish_and_portuguese_articles_agree() {
        writes("es", Definite, Feminine, Singular, "interrupción", "la interrupción");
        writes("es", Definite, Feminine, Singular, "área", "el área");
        writes("es", Definite, Feminine, Plural, "áreas", "las áreas");
        writes("es", Definite, Feminine, Singular, "alerta", "la alerta");
        writes("es", Indefinite, Masculine, Singular, "panel", "un panel");
        writes("es", Definite, Masculine, Plural, "paneles", "los paneles");
        writes("pt", Definite, Feminine, Plural, "filas", "as filas");
        writes("pt", Indefinite, Feminine, Singular, "fila", "uma fila");
        writes("pt", Definite, Masculine, Singular, "painel", "o painel");
        writes("es", Negative, Feminine, Singular, "interrupción", "ninguna interrupción");
        writes("it", Negative, Feminine, Singular, "interruzione", "nessun'interruzione");
        writes("it", Negative, Masculine, Singular, "shard", "nessuno shard");
        writes("pt", Negative, Masculine, Singular, "tempo de inatividade", "nenhum tempo de inatividade");
    }

    #[test]
    fn where_there_is_no_article_none_is_written() {
        assert_eq!(article("es", Indefinite, Feminine, Plural, "colas"), None);
        assert_eq!(article("de", Definite, Feminine, Singular, "Latenz"), None);
    }
}
