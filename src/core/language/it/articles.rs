//! Italian articles, which follow the sound of the word behind them.

use crate::document::fact::{Article, Gender, GrammaticalNumber};

use Article::{Definite, Indefinite, Negative};
use Gender::{Feminine, Masculine};
use GrammaticalNumber::{Plural, Singular};

/// What an Italian word begins with.
#[derive(PartialEq, Eq)]
enum Onset {
    Vowel,
    /// `s` and a consonant, `z`, `gn`, `ps`, `pn`, `x`, `y`, `i` and a vowel: `lo`, `gli`, `uno`.
    Impure,
    Other,
}

/// The article before a word, with its space or apostrophe.
pub(super) fn article(article: Article, gender: Gender, number: GrammaticalNumber, word: &str) -> Option<&'static str> {
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
