//! Timestamp lines, and slips of the year among them.

use super::*;

/// Which of the lines are marked as slips.
fn slips(lines: &[&str]) -> Vec<usize> {
    let mut lines: Vec<TimestampLine> = lines.iter().map(|line| timestamp_line(line).unwrap()).collect();
    mark_slips(&mut lines);
    let check = |line: &TimestampLine| line.finding.as_ref().map(|finding| finding.check.clone());
    let marked = lines.iter().enumerate().filter(|(_, line)| check(line).as_deref() == Some("year-differs"));
    marked.map(|(index, _)| index).collect()
}

#[test]
fn a_year_out_of_step_with_its_neighbours_is_found_out() {
    let at = |year: i16, month: i8, day: i8| format!("{year}-{month:02}-{day:02} 13:52 UTC");
    let marked = |dates: &[(i16, i8, i8)]| -> Vec<usize> {
        let lines: Vec<String> = dates.iter().map(|&(year, month, day)| at(year, month, day)).collect();
        slips(&lines.iter().map(String::as_str).collect::<Vec<_>>())
    };
    assert_eq!(marked(&[(2024, 7, 5), (2023, 7, 5), (2024, 7, 5)]), [1]);
    assert_eq!(marked(&[(2024, 7, 5), (2042, 7, 6), (2024, 7, 8), (2024, 7, 9)]), [1]);
    // Newest first; the first and the last line.
    assert_eq!(marked(&[(2023, 7, 8), (2024, 7, 7), (2024, 7, 5)]), [0]);
    assert_eq!(marked(&[(2024, 7, 5), (2024, 7, 5), (2025, 7, 6)]), [2]);
    for sound in [
        // A new year, and one that is written newest first.
        &[(2023, 12, 30), (2023, 12, 31), (2024, 1, 1)][..],
        &[(2024, 1, 2), (2024, 1, 1), (2023, 12, 31)],
        &[(2023, 12, 31), (2024, 1, 1), (2024, 1, 1)],
        // Another month: an earlier incident is told of.
        &[(2024, 7, 5), (2023, 3, 1), (2024, 7, 6)],
        // Out of order is no slip.
        &[(2024, 7, 9), (2024, 7, 5), (2024, 7, 8)],
        // Nobody knows which is right.
        &[(2024, 7, 5), (2023, 7, 5)],
        &[(2024, 7, 5), (2023, 7, 5), (2024, 7, 5), (2023, 7, 5), (2024, 7, 5)],
        &[(2024, 7, 5), (2023, 7, 5), (2022, 7, 5)],
    ] {
        assert_eq!(marked(sound), Vec::<usize>::new(), "{sound:?}");
    }
    let sides = |year: i16, hour: i8| format!("July 5, {year} {hour}:10 UTC | July 5, {year} {}:10 PT", hour - 7);
    // Lines without a date stand between neighbours without parting them.
    assert_eq!(slips(&[&sides(2024, 13), &sides(2023, 14), "14:20 UTC", &sides(2024, 15)]), [1]);
}

#[test]
fn timestamp_lines_are_nothing_but_moments() {
    for (line, sides) in [
        ("July 05, 2024 01:52 PM UTC | July 05, 2024 06:52 AM PT", 2),
        ("  2024-07-05 13:52 UTC ", 1),
        ("13:52 UTC (06:52 PT)", 2),
        ("Jul 5, 13:52 UTC · Jul 5, 06:52 PDT", 2),
        ("13:52 UTC / 15:52 CEST", 2),
        ("July 5, 2024, 1 p.m.", 1),
    ] {
        let read = timestamp_line(line).unwrap_or_else(|| panic!("{line:?}"));
        assert_eq!((read.sides.len(), read.source.as_str()), (sides, line.trim()));
        assert_eq!(read.finding, None, "{line:?}");
    }
    for line in
        ["", "13:52 UTC:", "13:52 UTC - we look into it", "07/05/2024", "at 13:52 UTC", "12", "July 2024", "Noon"]
    {
        assert_eq!(timestamp_line(line), None, "{line:?}");
    }
}

#[test]
fn sides_of_different_instants_are_found_out() {
    let check = |line: &str| timestamp_line(line).unwrap().finding.map(|finding| finding.check);
    let disagrees = Some("timestamp-disagrees".to_owned());
    assert_eq!(check("July 05, 2024 01:52 PM UTC | July 05, 2024 07:52 AM PT"), disagrees);
    assert_eq!(check("January 05, 2024 01:52 PM UTC | January 05, 2024 06:52 AM PT"), disagrees);
    assert_eq!(check("January 05, 2024 01:52 PM UTC | January 05, 2024 05:52 AM PT"), None);
    assert_eq!(check("September 11, 2024 01:20 UTC | September 10, 2024 18:20 PT"), None);
    // Either India or Ireland: both are meant by IST.
    assert_eq!(check("2024-07-05 12:00 UTC | 2024-07-05 17:30 IST"), None);
    assert_eq!(check("2024-07-05 12:00 UTC | 2024-07-05 13:00 IST"), None);
    assert_eq!(check("2024-07-05 12:00 UTC | 2024-07-05 14:30 UTC+02:30"), None);
    // The hour that comes twice.
    assert_eq!(check("2024-11-03 08:30 UTC | 2024-11-03 01:30 PT"), None);
    assert_eq!(check("2024-11-03 09:30 UTC | 2024-11-03 01:30 PT"), None);
    assert_eq!(check("February 30, 2024 01:52 PM UTC"), Some("impossible-date".to_owned()));
}
