//! Moments in the shapes that people write them in. What readers get of them is in `tests/fixtures/notation.txt`.

use proptest::prelude::*;

use super::*;

/// Whether an `AM`, `pm` or `p.m.` stands in a text.
fn has_half(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let mut words = lower.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| matches!(word, "am" | "pm")) || lower.contains("a.m") || lower.contains("p.m")
}

/// What of a text an engine may see.
fn seen(text: &str) -> String {
    let mut seen = String::new();
    let mut end = 0;
    for found in find(text, &Lexicon::default()) {
        seen.push_str(&text[end..found.range.start]);
        seen.push('¶');
        end = found.range.end;
    }
    seen + &text[end..]
}

const TIMES: &[&str] = &[
    "9", "09", "11", "12", "0", "13", "25", "9:30", "11:59", "9.30", "09h30", "10:54:07", "99", "7.5.1", "1,5", "24:00",
];
const HALVES: &[&str] =
    &["", "AM", "PM", " AM", " PM", "am", " pm", " a.m.", "p.m.", " p.m", " Pm", "\u{a0}AM", "\u{202f}pm"];
const ZONES: &[&str] = &["", " UTC", " PT", " (ET)", " Pacific Time", " +02:00", " Europe/Berlin"];
const JOINTS: &[&str] =
    &["-", "–", " - ", "/", " / ", " to ", " and ", ", ", " (", "; ", " until ", ")", "·", " or ", " & ", "|"];
const LEADS: &[&str] = &[
    "",
    "at ",
    "From ",
    "between ",
    "by ",
    "on July 5 ",
    "(",
    "starting at ",
    "since around ",
    "v",
    "tomorrow ",
    "Fri ",
];
const ENDS: &[&str] = &["", ".", ". We", " on July 5", ", 2024", " calls", ")", "/", "-", ": done", "'s", " (noon)"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn no_half_of_the_day_reaches_an_engine(
        lead in prop::sample::select(LEADS),
        times in prop::collection::vec(
            (
                prop::sample::select(TIMES),
                prop::sample::select(HALVES),
                prop::sample::select(ZONES),
                prop::sample::select(JOINTS),
            ),
            1..4,
        ),
        end in prop::sample::select(ENDS),
    ) {
        let mut text = lead.to_owned();
        let mut joint_before = "";
        for (time, half, zone, joint) in &times {
            text.extend([joint_before, time, half, zone]);
            joint_before = joint;
        }
        text += end;
        holds_the_laws(&text, &[]);
        prop_assert!(!has_half(&seen(&text)), "{text:?} is seen as {:?}", seen(&text));
    }
}

#[test]
fn halves_of_the_day_are_kept_where_no_time_is_read() {
    for text in [
        "the PM shift",
        "AM/PM",
        "5 PM",
        "13:20 PM PST",
        "11-1 PM",
        "at 9 p.m. sharp",
        "(p.m.)",
        "v2 PM",
        "the pm team",
    ] {
        assert!(!has_half(&seen(text)), "{text:?} is seen as {:?}", seen(text));
    }
    for text in ["I am here", "I AM HERE", "We are what I am.", "WE AM NOT"] {
        finds(text, &[]);
    }
}

#[test]
fn words_that_are_no_weekdays_or_months_stay_with_the_sentence() {
    for text in [
        "The sun rose and we sat.",
        "Sun Microsystems",
        "May we march?",
        "SAT scores",
        "Jan fixed it.",
        "Ask Jan. Then go.",
        "Owner: Jan",
        "Sun is shining",
        "Sat down",
        "on Monday and Friday",
        "in March Madness",
        "by April Jones",
        "this May Help",
        "may march in",
        "the early July incident",
        "the mid-July release",
        "THE WEST COAST",
        "US WEST REGION",
        "Asia/Pacific and US/Canada",
        "At times in Paris",
        "Times are hard",
        "half past its best",
        "starting tomorrow",
        "effective immediately",
        "following the fix",
        "Prior to that",
    ] {
        finds(text, &[]);
    }
    for text in ["Sun", "MON", "Sat", "Wed", "Fri."] {
        assert_eq!(find(text, &Lexicon::default()).len(), 1, "{text}");
    }
    finds("in March and May", &["names(2) in March and May"]);
    finds("last May, since June", &["month(-5) May", "month(-6) since June"]);
    finds("between March and May", &["names(2) between March and May"]);
    finds("Next update: Sun", &["names(1) Sun"]);
    finds("It is back on Sun and runs until Sat.", &["names(1) on Sun", "names(1) until Sat"]);
}

#[test]
fn a_dates_order_is_the_publishers() {
    let read = |order: DateOrder, text: &str| {
        let lexicon = Lexicon::default().with_date_order(order);
        let found = find(text, &lexicon).into_iter().next();
        found.map(|found| match found.fact.value {
            Value::Moment(Moment { date: Some(Date { year, month, day }), .. }) => (year, month, day),
            _ => (None, 0, 0),
        })
    };
    for (text, unknown, mdy, dmy) in [
        ("03/04/2024", (None, 0, 0), (Some(2024), 3, 4), (Some(2024), 4, 3)),
        ("7/5/2024", (None, 0, 0), (Some(2024), 7, 5), (Some(2024), 5, 7)),
        ("04-03-2024", (None, 0, 0), (Some(2024), 4, 3), (Some(2024), 3, 4)),
        ("12/31/2024", (Some(2024), 12, 31), (Some(2024), 12, 31), (Some(2024), 12, 31)),
        ("13/7/2024", (Some(2024), 7, 13), (Some(2024), 7, 13), (Some(2024), 7, 13)),
        ("5/5/2024", (Some(2024), 5, 5), (Some(2024), 5, 5), (Some(2024), 5, 5)),
        ("7/5/24", (None, 0, 0), (None, 0, 0), (None, 0, 0)),
        ("24/7", (None, 0, 0), (None, 0, 0), (None, 0, 0)),
        ("13/14/2024", (None, 0, 0), (None, 0, 0), (None, 0, 0)),
    ] {
        assert_eq!(read(DateOrder::Unknown, text), Some(unknown), "{text}");
        assert_eq!(read(DateOrder::Mdy, text), Some(mdy), "{text}");
        assert_eq!(read(DateOrder::Dmy, text), Some(dmy), "{text}");
    }
    finds("on 03/04/2024", &["kept on 03/04/2024 !"]);
    finds("31/02/2024", &["Uncertain 31/02/2024 !"]);
    finds("24/7, 3/4 and 12/25", &["Uncertain 24/7", "Uncertain 3/4", "Uncertain 12/25"]);
}

#[test]
fn prepositions_go_with_their_moment_alone() {
    for (text, preposition) in [
        ("starting at 2 PM", Preposition::Starting),
        ("beginning July 5", Preposition::Starting),
        ("as of 2 PM UTC", Preposition::AsOf),
        ("effective on July 5", Preposition::Effective),
        ("no later than 2 PM", Preposition::NoLaterThan),
        ("prior to July 5", Preposition::PriorTo),
        ("shortly after 2 PM", Preposition::ShortlyAfter),
        ("on or around July 5", Preposition::OnOrAround),
        ("from 2 PM onwards", Preposition::Onwards),
        ("through July 5", Preposition::Through),
        ("through 2 PM", Preposition::Until),
        ("up until 2 PM", Preposition::Until),
    ] {
        assert_eq!(moment(text).preposition, Some(preposition), "{text}");
        assert_eq!(found(text), [format!("moment {text}")]);
    }
    finds("because of July 5, the following July 5 window", &["moment July 5", "moment July 5"]);
    finds("looking into July 5, upgrade to July 5", &["moment July 5", "moment July 5"]);
    finds("the past July, during 13:52", &["moment 13:52"]);
}
