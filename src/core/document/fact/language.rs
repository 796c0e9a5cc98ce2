//! Timestamp lines in other languages than English, read into the same moments. Only whole lines are read so; in
//! running text a date of another language stays as it is written.

use std::borrow::Cow;

use super::{TimestampLine, line};
use crate::locale::Locale;

/// As [`line::timestamp_line`], for a report's own language. Languages without month names here are read as English is,
/// which finds what is written in figures alone.
#[must_use]
pub fn timestamp_line_in(language: &Locale, text: &str) -> Option<TimestampLine> {
    let source = text.trim();
    let Some(months) = months(language.as_str().split('-').next().unwrap_or_default()) else {
        return line::timestamp_line(source);
    };
    let read = line::timestamp_line(&in_english(source, months))?;
    Some(TimestampLine { source: source.to_owned(), ..read })
}

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The line with English month names and without the words that tie a date together (`5 de julio de 2024`).
fn in_english(source: &str, months: &str) -> String {
    // `a. m.` and its no-break spaces are how CLDR writes the Spanish halves of the day.
    let halves = source.replace(['\u{a0}', '\u{202f}'], " ").replace("a. m.", "a.m.").replace("p. m.", "p.m.");
    let words = halves.split(' ').filter_map(|word| match word {
        "de" | "del" | "di" | "do" | "d’" | "d'" => None,
        _ => Some(month(word, months).map_or(Cow::Borrowed(word), Cow::Owned)),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A word that is a month, in English, with the comma it ends in.
fn month(word: &str, months: &str) -> Option<String> {
    let name = word.trim_end_matches(['.', ',']);
    let rest = if word.ends_with(',') { "," } else { "" };
    let lower = name.to_lowercase();
    let at = months.split(' ').position(|names| names.split('/').any(|known| known == lower))?;
    ENGLISH.get(at).map(|english| format!("{english}{rest}"))
}

/// Month names from January on, wide and abbreviated, without points (CLDR 48, `months`, format forms).
fn months(language: &str) -> Option<&'static str> {
    Some(match language {
        "es" => {
            "enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago septiembre/sept \
             octubre/oct noviembre/nov diciembre/dic"
        }
        "it" => {
            "gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug agosto/ago settembre/set \
             ottobre/ott novembre/nov dicembre/dic"
        }
        "pt" => {
            "janeiro/jan fevereiro/fev março/mar abril/abr maio/mai junho/jun julho/jul agosto/ago setembro/set \
             outubro/out novembro/nov dezembro/dez"
        }
        "fr" => {
            "janvier/janv février/févr mars avril/avr mai juin juillet/juil août septembre/sept octobre/oct \
             novembre/nov décembre/déc"
        }
        "de" => {
            "januar/jan februar/feb märz april/apr mai juni juli august/aug september/sept oktober/okt november/nov \
             dezember/dez"
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(language: &str, text: &str) -> Option<TimestampLine> {
        timestamp_line_in(&language.parse().unwrap(), text)
    }

    #[test]
    fn a_line_says_the_same_in_every_language() {
        let english = read("en", "July 5, 2024 01:52 PM UTC | July 5, 2024 06:52 AM PT").unwrap();
        assert_eq!(english.finding, None);
        for (language, text) in [
            ("es", "5 de julio de 2024 13:52 UTC | 5 de julio de 2024 06:52 a.m. PT"),
            ("es-MX", "5 de julio de 2024, 1:52\u{202f}p.\u{a0}m. UTC | 5 de julio de 2024 06:52 PT"),
            ("it", "5 luglio 2024 13:52 UTC | 5 luglio 2024 06:52 PT"),
            ("pt-BR", "5 de julho de 2024 13:52 UTC | 5 de jul. de 2024 06:52 PT"),
            ("fr", "5 juillet 2024 13:52 UTC | 5 juil. 2024 06:52 PT"),
        ] {
            let read = read(language, text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(read.source, text);
            assert_eq!(read.finding, None, "{text}");
            let civil = |line: &TimestampLine| -> Vec<_> {
                line.sides.iter().map(|side| (side.date, side.time.map(|time| (time.hour, time.minute)))).collect()
            };
            assert_eq!(civil(&read), civil(&english), "{text}");
        }
    }

    #[test]
    fn what_is_no_timestamp_stays_prose() {
        for (language, text) in [
            ("es", "Resumen de julio"),
            ("it", "Cronologia"),
            ("es", "de 10:54 a 13:36 UTC, tuvimos"),
            ("xx", "5 de julio"),
        ] {
            assert_eq!(read(language, text), None, "{text}");
        }
        assert!(read("xx", "2024-07-05 13:52 UTC").is_some());
    }
}
