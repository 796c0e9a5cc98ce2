//! Letters that a language does not write: `latência` in Spanish is left over from another one.

use icu::normalizer::DecomposingNormalizerBorrowed;

use super::super::Subject;
use super::super::subject::is_mark;
use crate::language::Trait;

/// The first word with a letter that the language does not write. Names keep their letters (`São Paulo`), and what the
/// source has is its own; a word with a capital that the source has not even without its accents is no name.
pub(super) fn foreign<'text>(subject: &'text Subject<'_>) -> Option<&'text str> {
    let own = subject.language().letters?;
    if subject.target.plain || subject.is_disguised() || subject.same_language() {
        return None;
    }
    let is_foreign = |letter: char| {
        letter.is_alphabetic()
            && !letter.is_ascii()
            && letter < '\u{250}'
            && !letter.to_lowercase().all(|small| own.contains(small))
    };
    let is_part = |letter: char| letter.is_alphabetic() || letter == '·';
    let mut words = subject.target.free.split(|letter: char| !is_part(letter));
    words.find(|word| {
        // A middle dot within a word is Catalan, with a capital or without.
        let dotted = !subject.language().is(Trait::MiddleDot) && word.trim_matches('·').contains("l·l");
        let is_small = word.starts_with(char::is_lowercase);
        (dotted || word.contains(is_foreign) && (is_small || !is_name(word, subject)))
            && !subject.source.lower.contains(&word.to_lowercase())
    })
}

/// Whether a word with a capital may be a name of the source, written with its letters: `Zürich` for `Zurich`.
fn is_name(word: &str, subject: &Subject<'_>) -> bool {
    const SAME: usize = 3;
    let bare = bare(word);
    let begins = |known: &&str| {
        let known = self::bare(known);
        known == bare || known.len() > SAME && bare.get(..SAME).is_some_and(|begin| known.starts_with(begin))
    };
    subject.source.capitalised().any(|known| begins(&known))
}

/// A word in lower case without its accents.
fn bare(word: &str) -> String {
    let decomposing = DecomposingNormalizerBorrowed::new_nfd();
    decomposing.normalize(&word.to_lowercase()).chars().filter(|letter| !is_mark(*letter)).collect()
}
