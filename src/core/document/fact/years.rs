//! Slips of the year: among the timestamp lines of one report, in its order, the one line whose year is out of step
//! with its neighbours is marked, to be kept as written. Lines out of order are no slip: reports are often written
//! newest first, and correct themselves.

use std::collections::HashMap;

use jiff::civil;

use super::TimestampLine;
use crate::finding::{Finding, Severity};

/// Days by which a line may lie outside its neighbours, once its year is theirs, and still fit between them.
const SLACK: i64 = 2;

/// Marks the line whose year differs from both its neighbours' while its month and day fit between theirs; the first
/// and the last line are held against the nearest two. A year that stands in more than one line is no slip.
///
/// Lines that already have a finding, or no date with a year, are passed over.
pub fn mark_slips<'lines>(lines: impl IntoIterator<Item = &'lines mut TimestampLine>) {
    let mut dated: Vec<(&mut TimestampLine, civil::Date)> = lines
        .into_iter()
        .filter(|line| line.finding.is_none())
        .filter_map(|line| date(line).map(|date| (line, date)))
        .collect();
    let order: Vec<civil::Date> = dated.iter().map(|(_, date)| *date).collect();
    let mut of_year: HashMap<i16, usize> = HashMap::new();
    for date in &order {
        *of_year.entry(date.year()).or_default() += 1;
    }
    for (index, (line, date)) in dated.iter_mut().enumerate() {
        if of_year.get(&date.year()) == Some(&1)
            && let Some(year) = neighbours(&order, index).and_then(|pair| expected(*date, pair))
        {
            line.finding = Some(differs(&line.source, date.year(), year));
        }
    }
}

/// The date of the first side that has one with its year.
fn date(line: &TimestampLine) -> Option<civil::Date> {
    let date = line.sides.iter().find_map(|side| side.date.filter(|date| date.year.is_some()))?;
    civil::Date::new(date.year?, date.month, date.day).ok()
}

/// The two dates that a line is held against.
fn neighbours(dates: &[civil::Date], index: usize) -> Option<[civil::Date; 2]> {
    let before = index.checked_sub(1).and_then(|before| dates.get(before));
    let (first, second) = match (before, dates.get(index + 1)) {
        (Some(before), Some(after)) => (before, after),
        (None, Some(after)) => (after, dates.get(index + 2)?),
        (Some(before), None) => (before, dates.get(index.checked_sub(2)?)?),
        (None, None) => return None,
    };
    Some([*first, *second])
}

/// The neighbours' year, if they share it, it is not the date's own, and the date would fit into it.
fn expected(date: civil::Date, [first, second]: [civil::Date; 2]) -> Option<i16> {
    let year = first.year();
    if second.year() != year || date.year() == year {
        return None;
    }
    let moved = civil::Date::new(year, date.month(), date.day()).ok()?;
    let days = |date: civil::Date| i64::from(civil::date(1970, 1, 1).until(date).map_or(0, |span| span.get_days()));
    let (low, high) = (days(first.min(second)) - SLACK, days(first.max(second)) + SLACK);
    (low..=high).contains(&days(moved)).then_some(year)
}

fn differs(source: &str, written: i16, year: i16) -> Finding {
    let message = format!(
        "the year {written} of `{source}` differs from {year} in the timestamps beside it; the line is kept as written"
    );
    Finding::new("year-differs", Severity::Warn, message)
}
