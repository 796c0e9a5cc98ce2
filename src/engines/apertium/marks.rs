//! Apertium marks words that it did not know with `*`: takes these marks out of its answers and lists the words. The
//! source's own signs are never taken for marks.

use std::collections::BTreeSet;

use crate::placeholder;

/// What Apertium puts before a word that it could not analyse, transfer or generate (its stream format).
const MARKS: [char; 3] = ['*', '@', '#'];

/// Private use: no dictionary has it, and Apertium hands it through in its place.
const STAND_INS: std::ops::RangeInclusive<char> = '\u{e000}'..='\u{f8ff}';

/// An answer without marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reading {
    pub text: String,
    /// The words that were marked, in lower case.
    pub unknown: BTreeSet<String>,
    /// Those of them that an earlier leg put there: words of a pivot's language that the reader has never seen.
    pub strays: BTreeSet<String>,
    /// Those of the unknown that are not of the target's language: what it could not inflect is.
    pub foreign: BTreeSet<String>,
}

/// The text as it is sent: its own signs, which would look like marks in the answer, are others for the way.
pub(super) fn shielded(text: &str) -> String {
    let stand_ins = stand_ins(text);
    let shield = |letter| stand_ins.iter().find_map(|(mark, other)| (*mark == letter).then_some(*other));
    text.chars().map(|letter| shield(letter).unwrap_or(letter)).collect()
}

/// The answer to `source` without marks and doubled spaces, and with the source's own signs again.
pub(super) fn read(source: &str, answer: &str) -> Reading {
    let stand_ins = stand_ins(source);
    let has_doubled = source.contains("  ");
    let mut reading = Reading::default();
    for (at, letter) in answer.char_indices() {
        if MARKS.contains(&letter) {
            let word = answer.get(at + letter.len_utf8()..).and_then(word);
            reading.foreign.extend(word.clone().filter(|_| letter != '#'));
            reading.unknown.extend(word);
        } else if let Some((mark, _)) = stand_ins.iter().find(|(_, other)| *other == letter) {
            reading.text.push(*mark);
        } else if letter != ' ' || has_doubled || !reading.text.ends_with(' ') {
            reading.text.push(letter);
        }
    }
    reading
}

/// The marks that `text` has itself, each with a character that it does not have.
fn stand_ins(text: &str) -> Vec<(char, char)> {
    let own = MARKS.into_iter().filter(|mark| text.contains(*mark));
    own.zip(STAND_INS.filter(|other| !text.contains(*other))).collect()
}

/// The word at the beginning of `text`, in lower case; `None` for a placeholder, which nobody need know.
pub(super) fn word(text: &str) -> Option<String> {
    let is_inside = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '\'' | '’' | '·' | '_');
    let end = text.find(|letter| !is_inside(letter)).unwrap_or(text.len());
    let word = text.get(..end)?.trim_matches(['-', '\'', '’', '_']);
    (!word.is_empty() && placeholder::has_words(word)).then(|| word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(reading: &Reading) -> Vec<&str> {
        reading.unknown.iter().map(String::as_str).collect()
    }

    #[test]
    fn marks_go_and_marked_words_are_told() {
        let reading =
            read("No data was lost.", "#Nessuno dato  è *outage @perdere, *Sol·licituds *re-enabled *outage.");
        assert_eq!(reading.text, "Nessuno dato è outage perdere, Sol·licituds re-enabled outage.");
        assert_eq!(unknown(&reading), ["nessuno", "outage", "perdere", "re-enabled", "sol·licituds"]);
        assert_eq!(read("Two  spaces", "Dos  espacios").text, "Dos  espacios");
    }

    #[test]
    fn placeholders_are_no_unknown_words() {
        let reading = read("[PH1] _PH2_ PH3 ok", "[*PH1] _*PH2_ *PH3 *ok");
        assert_eq!(reading.text, "[PH1] _PH2_ PH3 ok");
        assert_eq!(unknown(&reading), ["ok"]);
    }

    #[test]
    fn the_sources_own_signs_come_back_and_are_no_marks() {
        for source in
            ["Channel #general, a * b, 5*3, *bold*, a@b.com #5", "\u{e000}*\u{e001}#\u{f8ff}@", "**", "no sign"]
        {
            let sent = shielded(source);
            assert!(!sent.contains(MARKS), "{sent}");
            assert_eq!(sent.chars().count(), source.chars().count());
            let reading = read(source, &sent);
            assert_eq!((reading.text.as_str(), reading.unknown.len()), (source, 0));
            let marked = read(source, &format!("*webhook {sent}"));
            assert_eq!(marked.text, format!("webhook {source}"));
            assert_eq!(unknown(&marked), ["webhook"]);
        }
    }
}
