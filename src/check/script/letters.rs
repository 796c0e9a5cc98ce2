//! Letters that a language does not write: `latência` in Spanish is left over from another one.

use super::super::Subject;

/// The letters beyond ASCII that a language's own words are written with: CLDR's exemplar characters, main set.
fn own(language: &str) -> Option<&'static str> {
    match language {
        "es" => Some("áéíñóúüªº"),
        "it" => Some("àèéìíîòóùúªº"),
        "pt" => Some("áâãàçéêíóôõúüòªº"),
        "ca" => Some("àçèéíïòóúüªº"),
        "fr" => Some("àâæçéèêëîïôœùûüÿªº"),
        "de" => Some("äöüßéàªº"),
        _ => None,
    }
}

/// The first word in small letters with a letter that the language does not write. Names keep their letters (`São
/// Paulo`), and what the source has is its own.
pub(super) fn foreign<'text>(subject: &'text Subject<'_>) -> Option<&'text str> {
    let own = own(subject.language())?;
    if subject.target.plain || subject.is_disguised() || subject.same_language() {
        return None;
    }
    let is_foreign =
        |letter: char| letter.is_alphabetic() && !letter.is_ascii() && letter < '\u{250}' && !own.contains(letter);
    let is_part = |letter: char| letter.is_alphabetic() || letter == '·';
    let mut words = subject.target.free.split(|letter: char| !is_part(letter));
    words.find(|word| {
        // A middle dot within a word is Catalan, with a capital or without.
        let dotted = subject.language() != "ca" && word.trim_matches('·').contains("l·l");
        let is_small = word.starts_with(char::is_lowercase);
        (dotted || is_small && word.contains(is_foreign)) && !subject.source.lower.contains(&word.to_lowercase())
    })
}
