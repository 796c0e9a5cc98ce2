use proptest::prelude::*;

use super::*;
use crate::document::fact;

/// Blocks of four lines: English, then Spanish, Italian and Portuguese with each fact in brackets.
const GOLDEN: &str = include_str!("../../../../tests/fixtures/notation.txt");

fn bundles() -> Bundles {
    Bundles::built_in().unwrap()
}

fn locale(tag: &str) -> Locale {
    tag.parse().unwrap()
}

/// The text with each of its facts written anew, in brackets.
fn written(notation: &Notation<'_>, text: &str) -> String {
    let mut out = String::new();
    let mut end = 0;
    for found in fact::find(text, &fact::Lexicon::default()) {
        out.push_str(&text[end..found.range.start]);
        out += "[";
        out += &notation.fact(&found.fact);
        out += "]";
        end = found.range.end;
    }
    out + &text[end..]
}

/// The same for figures, and for what looks like words and is none.
const FIGURES: &str = include_str!("../../../../tests/fixtures/notation-figures.txt");

/// Lines of locale, English and the rendering with each fact in brackets.
const REGIONS: &str = include_str!("../../../../tests/fixtures/notation-regions.txt");

#[test]
fn facts_are_written_as_the_golden_tables_have_them() {
    let bundles = bundles();
    let tables = [GOLDEN, FIGURES].map(str::trim).join("\n\n");
    let blocks: Vec<Vec<&str>> = tables.split("\n\n").map(|block| block.lines().collect()).collect();
    assert!(blocks.len() >= 200, "{} phrases", blocks.len());
    let mut wrong = Vec::new();
    for block in blocks {
        let [english, renderings @ ..] = block.as_slice() else { panic!("an empty block") };
        assert_eq!(renderings.len(), 3, "{english}");
        for (tag, expected) in ["es", "it", "pt-BR"].into_iter().zip(renderings) {
            let notation = Notation::new(&locale(tag), &bundles);
            // The table has plain spaces where CLDR has no-break ones.
            let written = written(&notation, english).replace('\u{A0}', " ");
            if written != *expected {
                wrong.push(format!("{tag}: {english}\n{written}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn regions_have_their_own_notation() {
    let bundles = bundles();
    for line in REGIONS.lines().filter(|line| !line.is_empty()) {
        let [tag, english, expected] = line.split(" | ").collect::<Vec<_>>()[..] else { panic!("{line}") };
        let written = written(&Notation::new(&locale(tag), &bundles), english).replace('\u{A0}', " ");
        assert_eq!(written, expected, "{tag}: {english}");
    }
}

#[test]
fn english_comes_back_as_it_was() {
    let bundles = bundles();
    let notation = Notation::new(&locale("en"), &bundles);
    for text in [
        "[On July 5, 2024], [from 10:54 AM UTC to 1:36 PM UTC]",
        "[at 1:52 PM UTC on July 5, 2024]",
        "[between 1:05 PM and 3:15 PM PT]",
        "[since Friday, July 5, 2024]",
        "[99.95%] of [1,204] requests in [1.5 hours], the [2nd] and [113th] and [21st]",
    ] {
        let written = written(&notation, &text.replace(['[', ']'], ""));
        assert_eq!(written.replace('\u{A0}', " "), text);
    }
}

#[test]
fn clocks_of_twelve_hours_never_guess_the_half_of_the_day() {
    let bundles = bundles();
    let notation = Notation::new(&locale("es-MX"), &bundles);
    for (text, expected) in [
        ("at 1:52 PM", "[a la 01:52 p.m.]"),
        ("at 12:00 AM", "[a las 12:00 a.m.]"),
        ("at 13:52", "[a la 01:52 p.m.]"),
        ("at 10:54 UTC", "[a las 10:54 a.m. UTC]"),
        ("at 1:52", "[a la 01:52]"),
        ("14:10 fixed", "[14:10] fixed"),
        ("99.5%", "[99.5%]"),
    ] {
        assert_eq!(written(&notation, text).replace('\u{A0}', " "), expected, "{text}");
    }
}

#[test]
fn a_locale_without_words_has_its_own_figures() {
    let bundles = bundles();
    let written = |tag: &str, text: &str| written(&Notation::new(&locale(tag), &bundles), text);
    assert_eq!(written("fr", "since July 5, 2024"), "[since 5 juillet 2024]");
    assert_eq!(written("de", "1,204.5 GB"), "[1.204,5 GB]");
    assert_eq!(written("ja", "2024-07-05 13:52 UTC"), "[2024年7月5日, 13:52 UTC]");
    assert_eq!(written("pt", "July 5"), "[5 de julho]");
    assert_eq!(written("fa", "July 5, 2024"), "[۵ ژوئیه ۲۰۲۴]");
}

#[test]
fn timestamp_lines_stand_in_one_notation() {
    let bundles = bundles();
    let line = |tag: &str, text: &str| {
        let line = fact::timestamp_line(text).unwrap();
        Notation::new(&locale(tag), &bundles).timestamp_line(&line).replace('\u{A0}', " ")
    };
    let usual = "July 05, 2024 01:52 PM UTC | July 05, 2024 06:52 AM PT";
    assert_eq!(line("es", usual), "5 de julio de 2024, 13:52 UTC | 5 de julio de 2024, 06:52 PT");
    assert_eq!(line("it", usual), "5 luglio 2024, 13:52 UTC | 5 luglio 2024, 06:52 PT");
    assert_eq!(line("pt-BR", usual), "5 de julho de 2024, 13:52 UTC | 5 de julho de 2024, 06:52 PT");
    assert_eq!(line("en", usual), "July 5, 2024, 01:52 PM UTC | July 5, 2024, 06:52 AM PT");
    assert_eq!(line("es", "13:52 UTC (06:52 PT)"), "13:52 UTC | 06:52 PT");
    assert_eq!(line("es", "Jul 5, 13:52 UTC"), "5 de julio, 13:52 UTC");
    for kept in [
        "July 05, 2024 01:52 PM UTC | July 05, 2024 07:52 AM PT",
        "February 30, 2024 01:52 PM UTC",
        "June 31, 13:52 UTC",
    ] {
        assert_eq!(line("es", kept), kept);
    }
}

#[test]
fn instants_and_dates_are_written_for_readers() {
    let bundles = bundles();
    let at: jiff::Timestamp = "2024-07-05T23:05:59Z".parse().unwrap();
    let notation = Notation::new(&locale("es"), &bundles);
    assert_eq!(notation.instant(at), "5 de julio de 2024, 23:05 UTC");
    assert_eq!(notation.date(jiff::civil::date(2024, 11, 8)), "8 de noviembre de 2024");
    assert_eq!(Notation::new(&locale("pt-BR"), &bundles).instant(at), "5 de julho de 2024, 23:05 UTC");
}

#[test]
fn a_notation_may_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Notation<'static>>();
}

#[test]
fn a_weekday_without_its_year_is_the_one_written() {
    let bundles = bundles();
    let notation = Notation::new(&locale("es"), &bundles);
    for (english, spanish) in [
        ("Monday", "lunes"),
        ("Tuesday", "martes"),
        ("Wednesday", "miércoles"),
        ("Thursday", "jueves"),
        ("Friday", "viernes"),
        ("Saturday", "sábado"),
        ("Sunday", "domingo"),
    ] {
        for (day, expected) in [("July 5", "5 de julio"), ("February 29", "29 de febrero")] {
            let text = format!("before {english}, {day}");
            assert_eq!(written(&notation, &text), format!("[antes del {spanish}, {expected}]"));
        }
    }
}

/// Pieces of sentences with figures in them.
const FIGURE_PIECES: &[&str] = &[
    "1.2s",
    "3.2 s",
    "1.5x",
    "4.2M",
    "12.5k",
    "$1.2M",
    "£5.9k",
    "€4.5m",
    "5,000/day",
    "99.9th percentile",
    "1.250 items",
    "1,500K",
    "1.4-2.1%",
    "1.5–2.5 hours",
    "1,000-1,500 users",
    "500 errors and 2,000 timeouts",
    "10 000 €",
    "USD 5 000",
    "₹1,25,000",
    "$1,200.50",
    "0.05%",
    "2.5 million",
    "1,204",
    "No. 4711",
    "3-fold",
    "30 minutes",
    "1,200/user",
];

proptest! {
    #[test]
    fn no_text_has_two_notations(
        pieces in prop::collection::vec(prop::sample::select(FIGURE_PIECES), 1..8),
        tag in prop::sample::select(&["es", "it", "pt-BR"][..]),
    ) {
        let bundles = bundles();
        let text = pieces.join(", then ");
        let written = written(&Notation::new(&locale(tag), &bundles), &text);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        prop_assert_eq!(digits(&text), digits(&written));
        // A point before a fraction, or behind a comma, is English.
        let english = |group: &str| {
            let group = group.trim_matches(['.', ',']);
            let fraction = group.rsplit_once('.').is_some_and(|(_, tail)| tail.len() != 3 && !tail.contains(','));
            fraction || group.find(',').is_some_and(|comma| group[comma..].contains('.'))
        };
        for group in written.split(|mark: char| !mark.is_ascii_digit() && !".,".contains(mark)) {
            prop_assert!(!english(group), "{text}: {written} has {group}");
        }
    }

    #[test]
    fn every_time_and_date_keeps_its_figures(
        year in 1900_i16..2200, month in 1_i8..=12, day in 1_i8..=28, hour in 0_i8..24, minute in 0_i8..60,
        tag in prop::sample::select(&["es", "it", "pt-BR"][..]),
    ) {
        let bundles = bundles();
        let text = format!("since {year}-{month:02}-{day:02} {hour:02}:{minute:02} UTC");
        let written = written(&Notation::new(&locale(tag), &bundles), &text);
        for figure in [year.to_string(), format!("{hour:02}:{minute:02} UTC"), format!(" {day} ").trim().to_owned()] {
            prop_assert!(written.contains(&figure), "{text}: {written} lacks {figure}");
        }
    }

    #[test]
    fn numbers_keep_their_value(number in 0_u64..10_000_000_000, decimals in 0_u32..1000) {
        let bundles = bundles();
        let grouped = number.to_string().as_bytes().rchunks(3).rev().map(|group| String::from_utf8_lossy(group).into_owned()).collect::<Vec<_>>().join(",");
        let text = format!("{grouped}.{decimals:03}%");
        let written = written(&Notation::new(&locale("pt-BR"), &bundles), &text);
        let plain = written.replace('.', "").replace(',', ".");
        prop_assert_eq!(plain, format!("[{number}.{decimals:03}%]"));
    }
}
