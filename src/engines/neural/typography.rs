//! Models read some signs only in a plainer form, and words in capitals badly. Puts the source's way of writing back
//! into a translation where it can be shown to be right.

use crate::{TranslatedText, placeholder};

/// Letters that a word in capitals must have to be no abbreviation.
const WORD_IN_CAPITALS: usize = 5;

/// Opening and closing double quotation marks.
const QUOTES: [(char, char); 3] = [('“', '”'), ('«', '»'), ('„', '“')];

/// A text in capitals in lower case, its first letter apart, for models read half of a text in capitals as names.
/// `None` where it is not in capitals, or may be an abbreviation.
pub(super) fn lowered(text: &str) -> Option<String> {
    let kept = placeholder::ranges(text);
    let mut kept = kept.iter().peekable();
    let mut lowered = String::with_capacity(text.len());
    let mut letters = 0;
    for (at, letter) in text.char_indices() {
        while kept.next_if(|range| range.end <= at).is_some() {}
        if kept.peek().is_some_and(|range| range.contains(&at)) {
            lowered.push(letter);
            continue;
        }
        if letter.is_lowercase() {
            return None;
        }
        letters += usize::from(letter.is_alphabetic());
        if letters == 1 && letter.is_alphabetic() {
            lowered.push(letter);
        } else {
            lowered.extend(letter.to_lowercase());
        }
    }
    // Places in it must be the text's own.
    (longest(text) >= WORD_IN_CAPITALS && lowered.len() == text.len()).then_some(lowered)
}

/// Letters of the longest word.
fn longest(text: &str) -> usize {
    text.split(|letter: char| !letter.is_alphabetic()).map(|word| word.chars().count()).max().unwrap_or_default()
}

/// The translation in capitals.
pub(super) fn raise(translation: &mut TranslatedText) {
    let kept = placeholder::ranges(&translation.text);
    let mut kept = kept.iter().peekable();
    translation.rewrite(|at, letter, written| {
        while kept.next_if(|range| range.end <= at).is_some() {}
        if kept.peek().is_some_and(|range| range.contains(&at)) {
            written.push(letter);
        } else {
            written.extend(letter.to_uppercase());
        }
    });
}

/// The translation with the source's quotation marks, dashes and ellipses where the model wrote their substitutes.
pub(super) fn restore(source: &str, translation: &mut TranslatedText) {
    restore_quotes(source, translation);
    restore_dashes(source, translation);
    if !source.contains("...") && translation.text.matches("...").count() == source.matches('…').count() {
        let dots: Vec<usize> = translation.text.match_indices("...").map(|(at, _)| at).collect();
        replace(translation, &dots, 3, &vec!['…'; dots.len()]);
    }
}

/// As many straight marks, in turn before and behind words, as the source has curved ones.
fn restore_quotes(source: &str, translation: &mut TranslatedText) {
    let is_quote = |letter: char| letter == '"' || QUOTES.iter().any(|(open, close)| [*open, *close].contains(&letter));
    let wanted: Vec<char> = source.chars().filter(|letter| is_quote(*letter)).collect();
    let is_paired = |(open, close): &(char, char)| {
        !wanted.is_empty() && wanted.len().is_multiple_of(2) && wanted.chunks(2).all(|pair| pair == [*open, *close])
    };
    let written: Vec<(usize, char)> = translation.text.char_indices().filter(|(_, letter)| is_quote(*letter)).collect();
    let text = translation.text.as_str();
    let stands_right = |(number, (at, letter)): (usize, &(usize, char))| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let after = text.get(at + letter.len_utf8()..).and_then(|after| after.chars().next());
        let opens = before.is_none_or(|before| before.is_whitespace() || "([-–—".contains(before));
        let has_words = !if opens { after } else { before }.is_none_or(char::is_whitespace);
        *letter == '"' && has_words && opens == number.is_multiple_of(2)
    };
    if QUOTES.iter().any(is_paired) && written.len() == wanted.len() && written.iter().enumerate().all(stands_right) {
        let places: Vec<usize> = written.into_iter().map(|(at, _)| at).collect();
        replace(translation, &places, 1, &wanted);
    }
}

/// As many hyphens between spaces as the source has dashes, all of one kind.
fn restore_dashes(source: &str, translation: &mut TranslatedText) {
    let dashes: Vec<char> = source.chars().filter(|letter| matches!(letter, '–' | '—' | '―')).collect();
    let Some(&dash) = dashes.first() else { return };
    let spaced = source.matches(&format!(" {dash} ")).count();
    let is_of_a_kind = dashes.iter().all(|other| *other == dash) && (spaced == dashes.len() || spaced == 0);
    let places: Vec<usize> = translation.text.match_indices(" - ").map(|(at, _)| at).collect();
    if !is_of_a_kind || source.contains(" - ") || places.len() != dashes.len() {
        return;
    }
    if spaced > 0 {
        let places: Vec<usize> = places.into_iter().map(|at| at + 1).collect();
        replace(translation, &places, 1, &dashes);
    } else if dash != '–' {
        replace(translation, &places, 3, &dashes);
    }
}

/// Writes `letters` at `places` instead of the `length` bytes there.
fn replace(translation: &mut TranslatedText, places: &[usize], length: usize, letters: &[char]) {
    if places.is_empty() {
        return;
    }
    let mut next = places.iter().zip(letters).peekable();
    let mut until = 0;
    translation.rewrite(|at, letter, written| {
        if let Some((place, other)) = next.next_if(|(place, _)| **place == at) {
            written.push(*other);
            until = place + length;
        } else if at >= until {
            written.push(letter);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn restored(source: &str, translation: &str) -> String {
        let mut translation = TranslatedText::from(translation.to_owned());
        restore(source, &mut translation);
        translation.text
    }

    #[test]
    fn signs_come_back_where_each_has_its_counterpart() {
        for (source, translation, expected) in [
            (
                "The “main” server — it’s “slow”…",
                "O \"servidor\" principal - é \"lento\"...",
                "O “servidor” principal — é “lento”…",
            ),
            ("“A” – b", "(\"A\") - b", "(“A”) – b"),
            ("slow—we restarted", "lento - nós reiniciamos", "lento—nós reiniciamos"),
        ] {
            assert_eq!(restored(source, translation), expected);
        }
    }

    #[test]
    fn what_is_not_certain_stays() {
        for (source, translation) in [
            ("The “main” server", "O servidor principal\""),
            ("The “main” server", "O \"servidor\" \"principal\""),
            ("The “main” server", "O servidor \" principal\""),
            ("The \"main\" “server”", "O \"main\" \"servidor\""),
            ("a — b - c", "a - b - c"),
            ("a — b – c", "a - b - c"),
            ("range 1–2", "intervalo - de"),
            ("one… two...", "um... dois..."),
            ("plain", "\"plano\" - ..."),
        ] {
            assert_eq!(restored(source, translation), translation, "{source}");
        }
    }

    #[test]
    fn words_in_capitals_are_lowered_and_abbreviations_are_not() {
        assert_eq!(lowered("ALL SYSTEMS [PH1] OPERATIONAL.").as_deref(), Some("All systems [PH1] operational."));
        assert_eq!(lowered("INVESTIGATING").as_deref(), Some("Investigating"));
        for text in
            ["DNS", "API [PH1]", "Investigating", "UPDATE: it works", "[PH1]", "", "12:30", "A.B.C.D.E", "API SLA"]
        {
            assert_eq!(lowered(text), None, "{text}");
        }
    }

    #[test]
    fn capitals_spare_placeholders() {
        let mut translation = TranslatedText::from("todos os [PH1] são grandes".to_owned());
        raise(&mut translation);
        assert_eq!(translation.text, "TODOS OS [PH1] SÃO GRANDES");
    }
}
