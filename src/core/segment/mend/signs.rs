//! Points and commas of a flat text, in which a hole stands for every fact, code and formatting mark.

use super::HOLE;

/// Marks that are not written twice in a row, unless the source does.
const SINGLE: [char; 6] = ['?', ',', ';', ':', '¿', '¡'];

/// Takes a mark away that stands there twice in a row, where the source has none twice.
pub(super) fn undouble(text: &str, source: &str) -> String {
    let twice = |mark: char, text: &str| text.contains(&*String::from_iter([mark, mark]));
    let mut mended = text.to_owned();
    for mark in SINGLE.into_iter().chain(['!']) {
        if twice(mark, text) && !twice(mark, source) {
            mended.clear();
            let mut before = None;
            for character in text.chars() {
                if character != mark || before != Some(mark) {
                    mended.push(character);
                }
                before = Some(character);
            }
            return undouble(&mended, source);
        }
    }
    mended
}

/// Puts a space behind a mark that a word follows at once, and takes one away before a comma or point: `momento.Vaya`,
/// `luego , hoy`. Where the source writes anything so, nothing is touched.
pub(super) fn space(text: &str, source: &str) -> String {
    let (joins, strands) = (joined(source).next().is_none(), !is_stranded(source));
    let ends: Vec<usize> = if joins { joined(text).collect() } else { Vec::new() };
    let mut ends = ends.into_iter().peekable();
    let mut mended = String::with_capacity(text.len() + 8);
    for (at, character) in text.char_indices() {
        let rest = text.get(at + character.len_utf8()..).unwrap_or_default();
        let is_loose = strands && character == ' ' && stands_behind_space(rest) && !mended.ends_with(' ');
        if !is_loose || mended.is_empty() {
            mended.push(character);
        }
        if ends.next_if_eq(&at).is_some() {
            mended.push(' ');
        }
    }
    mended
}

/// The places of marks between two words without a space: a small letter before, and behind a point a capital word.
fn joined(text: &str) -> impl Iterator<Item = usize> {
    let mut window = [' '; 2];
    text.char_indices().filter_map(move |(at, character)| {
        let [first, before] = window;
        window = [before, character];
        let rest = text.get(at + character.len_utf8()..).unwrap_or_default();
        let mut next = rest.chars();
        let (next, second) = (next.next()?, next.next());
        let begins = next.is_uppercase() && second.is_some_and(char::is_lowercase);
        let opens = matches!(next, '¿' | '¡');
        let is_word = before.is_lowercase() && first.is_alphabetic();
        let joined = match character {
            '.' | '!' | '?' => (is_word || before == HOLE) && (begins || opens),
            ',' | ';' => before.is_alphabetic() && next.is_alphabetic(),
            _ => false,
        };
        joined.then_some(at)
    })
}

fn is_stranded(text: &str) -> bool {
    text.match_indices(' ').any(|(at, _)| stands_behind_space(text.get(at + 1..).unwrap_or_default()))
}

/// Whether a comma or point begins the text and no word does with it: `.NET` is a name.
fn stands_behind_space(rest: &str) -> bool {
    let mut characters = rest.chars();
    matches!(characters.next(), Some(',' | '.')) && characters.next().is_none_or(char::is_whitespace)
}

/// Gives a text the full stop that the source ends with, where it ends with a word or a fact.
pub(super) fn stop(text: &mut String, source: &str) {
    /// Letters of the Latin scripts stand before this one.
    const LATIN: char = '\u{250}';
    let source = source.trim_end();
    let is_stop = source.ends_with('.') && !source.ends_with("..");
    let end = text.trim_end().len();
    let is_latin = text.chars().find(|letter| letter.is_alphabetic()).is_some_and(|letter| letter < LATIN);
    let ends = text.get(..end).and_then(|text| text.chars().next_back());
    if is_stop && is_latin && ends.is_some_and(|last| last == HOLE || (last.is_alphanumeric() && last < LATIN)) {
        text.insert(end, '.');
    }
}
