//! Moments, spans, months and days, and the words that tie them into their sentence.

use super::*;

#[test]
fn moments_are_read_as_written() {
    let date = |year, month, day| Some(Date { year, month, day });
    let time = |hour, minute, second, halved| Some(Time { hour, minute, second, halved });
    for (text, expected_date, expected_time, zone) in [
        ("July 05, 2024", date(Some(2024), 7, 5), None, None),
        ("July 5", date(None, 7, 5), None, None),
        ("5 July 2024", date(Some(2024), 7, 5), None, None),
        ("05 Jul 2024", date(Some(2024), 7, 5), None, None),
        ("05-Jul-2024", date(Some(2024), 7, 5), None, None),
        ("Jul. 5", date(None, 7, 5), None, None),
        ("July 5th, 2024", date(Some(2024), 7, 5), None, None),
        ("12st of June", date(None, 6, 12), None, None),
        ("2024-07-05", date(Some(2024), 7, 5), None, None),
        ("2024-07-05T13:52Z", date(Some(2024), 7, 5), time(13, 52, None, false), Some("Z")),
        ("2024-07-05T13:52:07-07:00", date(Some(2024), 7, 5), time(13, 52, Some(7), false), Some("-07:00")),
        ("2021-06-03 - 15:15 UTC", date(Some(2021), 6, 3), time(15, 15, None, false), Some("UTC")),
        ("2023-03-28 21h00 UTC", date(Some(2023), 3, 28), time(21, 0, None, false), Some("UTC")),
        ("01:52 PM", None, time(13, 52, None, true), None),
        ("1:52pm", None, time(13, 52, None, true), None),
        ("1 p.m. UTC", None, time(13, 0, None, true), Some("UTC")),
        ("12:05 AM", None, time(0, 5, None, true), None),
        ("12:00 PM", None, time(12, 0, None, true), None),
        ("08:00am UTC", None, time(8, 0, None, true), Some("UTC")),
        ("13:52:07", None, time(13, 52, Some(7), false), None),
        ("13:52 (PT)", None, time(13, 52, None, false), Some("(PT)")),
        ("13:52 UTC+2", None, time(13, 52, None, false), Some("UTC+2")),
        ("12:30UTC", None, time(12, 30, None, false), Some("UTC")),
        ("Friday, July 5, 2024 at 13:52 UTC", date(Some(2024), 7, 5), time(13, 52, None, false), Some("UTC")),
        ("9:00 PM (UTC) Thursday July 6, 2023", date(Some(2023), 7, 6), time(21, 0, None, true), Some("(UTC)")),
    ] {
        let moment = moment(text);
        assert_eq!((moment.date, moment.time, moment.zone.as_deref()), (expected_date, expected_time, zone), "{text}");
        assert_eq!(found(text), [format!("moment {text}")]);
    }
}

#[test]
fn a_zones_name_in_words_goes_with_its_time() {
    for (text, zone) in [
        ("1:52 PM Pacific Time", "Pacific Time"),
        ("1:52 p.m. Pacific Time", "Pacific Time"),
        ("2:00 p.m. Eastern", "Eastern"),
        ("13:52 (Eastern)", "(Eastern)"),
        ("17:30 Central European Summer Time", "Central European Summer Time"),
        ("9 am Australian Central Western Standard Time", "Australian Central Western Standard Time"),
        ("9 am New Zealand Time", "New Zealand Time"),
        ("9:00 pacific time", "pacific time"),
    ] {
        assert_eq!(moment(text).zone.as_deref(), Some(zone), "{text}");
        assert_eq!(found(&format!("at {text} the API failed.")), [format!("moment at {text}")]);
    }
    // What is no zone is a sentence's.
    finds("It ended at 2 p.m. Eastern customers had waited.", &["moment at 2 p.m"]);
    finds("at 9:00 new time limits", &["moment at 9:00"]);
    finds("17.30 CET", &["Uncertain 17.30 CET"]);
    finds("at 2 p.m. Eastern. It", &["moment at 2 p.m. Eastern"]);
    finds("2024-07-05 13:52:10.123 UTC", &["moment 2024-07-05", "Identifier 13:52:10.123 UTC"]);
    let line =
        timestamp_line("July 5, 2024 1:52 PM Coordinated Universal Time | July 5, 2024 9:52 AM Eastern").unwrap();
    assert_eq!((line.sides.len(), line.finding), (2, None));
}

#[test]
fn only_prepositions_that_belong_to_the_moment_go_with_it() {
    finds("on July 5 at 13:52", &["moment on July 5 at 13:52"]);
    finds("for July 5, in 2024, during 13:52", &["moment July 5", "number(2024) 2024", "moment 13:52"]);
    finds("a post about July 5", &["moment July 5"]);
    finds("at around 16:00 UTC", &["moment at around 16:00 UTC"]);
    finds("between 11:30 UTC and the fix", &["moment 11:30 UTC"]);
    finds("after the July 5 incident", &["moment July 5"]);
    finds("See the 2022-05-17 advisory", &["moment 2022-05-17"]);
    finds("until the 12th of July", &["moment until the 12th of July"]);
    assert_eq!(moment("Since July 5").preposition, Some(Preposition::Since));
    assert!(moment("Since July 5").capital && !moment("It was down since July 5").capital);
    assert!(moment("Friday, July 5").capital && !moment("this Friday, July 5").capital);
}

#[test]
fn spans_are_one_fact() {
    for span in [
        "from 10:54 UTC to 13:36 UTC",
        "From 08:08 UTC until 08:13 UTC",
        "between 11:30am UTC and 13:30 UTC",
        "10:54–13:36 UTC",
        "10:54 - 13:36 UTC",
        "from 4pm to 10pm ET",
        "from 2 to 3 pm",
        "2:30–3:15 pm",
        "July 5–7, 2024",
        "5-7 July 2024",
        "July 5 – 7, 2024",
        "July 5 to 7, 2024",
        "from July 5 through 7, 2024",
        "between 5 and 7 July",
        "5 pm – 6 pm PT",
        "10:54 AM–1:36 PM PT on July 5, 2024",
        "from 22:57 UTC on September 10, 2024 to 04:09 UTC on September 11, 2024",
        "from 2021-05-25 11:30 UTC until 2021-05-26 07:51 UTC",
        "July 5, 2024 10:54 - 13:36 UTC",
    ] {
        finds(span, &[&format!("span {span}")]);
    }
    let spans = find("2:30–3:15 pm", &Lexicon::default());
    let Value::Span(span) = &spans[0].fact.value else { panic!("{spans:?}") };
    assert_eq!(span.start.time.map(|time| time.hour), Some(14));
    finds("from 1 pm to 2:30", &["moment from 1 pm", "moment 2:30"]);
    finds("11:30–1:15 PM", &["Uncertain 11:30–1:15 PM"]);
}

#[test]
fn what_does_not_exist_is_kept_with_a_finding() {
    finds("on February 30, 2024 at 13:52 UTC", &["kept on February 30, 2024 at 13:52 UTC !"]);
    finds("at 25:61", &["kept at 25:61 !"]);
    finds("2024-13-01", &["Uncertain 2024-13-01 !"]);
    finds("July 45 and February 29", &["number(45) 45", "moment February 29"]);
    assert_eq!(
        find("25:61", &Lexicon::default())[0].finding.as_ref().map(|finding| finding.check.as_str()),
        Some("impossible-date")
    );
}

#[test]
fn a_weekday_that_is_not_its_dates_is_read_with_a_finding() {
    for text in [
        "Tuesday, July 5, 2024",
        "Tuesday, 6th of May 2022",
        "Tue 5 Jul 2024 at 13:52 UTC",
        "9:00 PM UTC Tuesday, July 5, 2024",
    ] {
        let text = format!("It began on {text}, as planned.");
        let found = find(&text, &Lexicon::default());
        assert_eq!(found.len(), 1, "{text:?}: {found:?}");
        let Value::Moment(moment) = &found[0].fact.value else { panic!("{text:?}: {found:?}") };
        assert_eq!(moment.weekday, Some(jiff::civil::Weekday::Tuesday), "{text:?}");
        assert_eq!(found[0].finding.as_ref().map(|finding| finding.check.as_str()), Some("weekday-disagrees"));
    }
    for text in ["Friday, July 5, 2024", "Tuesday, July 5", "Fri 5 Jul 2024"] {
        assert!(find(text, &Lexicon::default()).iter().all(|found| found.finding.is_none()), "{text:?}");
    }
    let line = timestamp_line("Tuesday, July 5, 2024 13:52 UTC | Friday, July 5, 2024 06:52 PT").unwrap();
    assert_eq!(line.finding.map(|finding| finding.check).as_deref(), Some("weekday-disagrees"));
}

#[test]
fn noon_and_midnight_are_times_where_the_sentence_says_so() {
    finds(
        "at noon UTC, by noon, since midnight PT",
        &["moment at noon UTC", "moment by noon", "moment since midnight PT"],
    );
    finds("12 noon, 12:00 midnight", &["moment 12 noon", "moment 12:00 midnight"]);
    finds(
        "from noon to 3 PM, from 10 PM to midnight UTC",
        &["span from noon to 3 PM", "span from 10 PM to midnight UTC"],
    );
    finds("at noon on July 5", &["moment at noon on July 5"]);
    finds("the noon report, a midnight run, afternoon", &[]);
    assert_eq!(moment("12:00 midnight").time.map(|time| time.hour), Some(0));
    // The midnight that begins the day, or the one that ends it?
    finds("at midnight UTC on July 5, 2024", &["Identifier UTC", "moment on July 5, 2024"]);
    finds("July 5, 2024 at midnight UTC", &["moment July 5, 2024", "Identifier UTC"]);
    finds("by midnight on Friday, until midnight Friday", &[]);
}

#[test]
fn months_and_lists_of_days_are_one_fact() {
    finds("in July 2024, the July 2024 release", &["month(2024-7) in July 2024", "month(2024-7) July 2024"]);
    finds("Since Sept. 2023", &["month(2023-9) Since Sept. 2023"]);
    finds("at July 2024, in May 2000 seconds", &["month(2024-7) July 2024", "2000(Second) 2000 seconds"]);
    finds("we may 2024", &["number(2024) 2024"]);
    finds("on July 5, 6 and 7, 2024 we", &["days[5, 6, 7] on July 5, 6 and 7, 2024"]);
    finds("July 5 or 7.", &["days[5, 7] July 5 or 7"]);
    finds("July 7 and 5, 2024", &["moment July 7", "number(5) 5", "number(2024) 2024"]);
    finds("February 28 and 30, 2024", &["Uncertain February 28", "number(30) 30", "number(2024) 2024"]);
}

#[test]
fn hedges_stay_with_their_span() {
    finds("from approximately 10:54 UTC to 13:36 UTC", &["span from approximately 10:54 UTC to 13:36 UTC"]);
    finds("from about 10:54 UTC on", &["moment about 10:54 UTC"]);
}
