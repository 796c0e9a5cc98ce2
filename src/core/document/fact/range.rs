//! Days that share their month: `July 5–7, 2024` and `from 5 to 7 July` are spans of two whole dates, `July 5 and 7,
//! 2024` is a list of days. Where the second figure may count something else, there is no range.

use super::connector::{connector, glued_dash, own};
use super::date_part::{day_of_month, point, year_at};
use super::moment::moment;
use super::reading::{DateForm, Day, Doubt, Ends, Read, Reading, Tied};
use super::token::{Kind, Tokens};
use super::{Days, Preposition, Value, word};

/// Most days of a list; a month has no more.
const LISTED: usize = 31;

/// The days from `at` on, of which the first or the last has the month.
pub(super) fn days(tokens: &Tokens<'_>, at: usize, preposition: Option<Preposition>) -> Option<Ends> {
    match tokens.kind(at)? {
        Kind::Digits => month_behind(tokens, at, preposition),
        Kind::Letters => month_in_front(tokens, at, preposition),
        Kind::Space | Kind::Mark => None,
    }
}

/// `5-7 July 2024`, `from 5 to 7 July`
fn month_behind(tokens: &Tokens<'_>, at: usize, preposition: Option<Preposition>) -> Option<Ends> {
    let (first, end, ordinal) = day_of_month(tokens, at)?;
    let (next, word) = connector(tokens, end)?;
    // "5 to 7 July" alone: five of what?
    let sure = word.is_none() || ordinal || matches!(preposition, Some(Preposition::From | Preposition::Between));
    let own = own(word, preposition).ok()?;
    let last = moment(tokens, next, false).filter(|last| last.value.doubt().is_none())?;
    if !sure && !closes(tokens, last.end) {
        return None;
    }
    let day = last.value.day.filter(|day| {
        (day.form == DateForm::DayFirst || ordinal && day.form == DateForm::Ordinal) && plain(day, &last.value)
    })?;
    (1..day.date.day).contains(&first).then(|| ends(day, (first, day.date.day), own, last.end))
}

/// `July 5–7`, `July 5 – 7, 2024`, `from July 5 to 7, 2024`
fn month_in_front(tokens: &Tokens<'_>, at: usize, preposition: Option<Preposition>) -> Option<Ends> {
    let first: Read<Reading> = moment(tokens, at, false)?;
    let day = first.value.day.filter(|day| day.form == DateForm::MonthFirst && plain(day, &first.value))?;
    if day.date.year.is_some() || day.doubt == Some(Doubt::Impossible) {
        return None;
    }
    let (next, word) = connector(tokens, first.end)?;
    let own = own(word, preposition).ok()?;
    let (last, last_end, _) = day_of_month(tokens, next).filter(|(last, ..)| *last > day.date.day)?;
    let comma = last_end + usize::from(tokens.is_mark(last_end, ','));
    let year = tokens.behind_space(comma).and_then(|at| Some((tokens.digits(at, 4, 4)?.parse().ok()?, at + 1)));
    let year = year.filter(|(year, end)| (1900..=2199).contains(year) && tokens.ends_word(*end));
    let mut day = day;
    day.date.year = year.map(|(year, _)| year);
    jiff::civil::Date::new(day.date.year.unwrap_or(2000), day.date.month, last).ok()?;
    match year {
        Some((_, end)) => Some(ends(day, (day.date.day, last), own, end)),
        None if glued_dash(tokens, first.end) => Some(ends(day, (day.date.day, last), own, last_end)),
        // "from July 5 to 7": both words say that a day follows, unless it is counted.
        None if ties_both(word, preposition) && !counts(tokens, last_end) => {
            Some(ends(day, (day.date.day, last), own, last_end))
        }
        // "July 5 to 7", "Oct 21 - 28": nothing behind them that they could count.
        None if word != Some("and") && (closes(tokens, last_end) || describes(tokens, last_end)) => {
            Some(ends(day, (day.date.day, last), own, last_end))
        }
        None => None,
    }
}

/// `July 5 and 7, 2024`, `July 5, 6 or 7.`: days of one month, where nothing behind them can be what the last figure
/// counts.
pub(super) fn listed(tokens: &Tokens<'_>, at: usize, preposition: Option<Preposition>, capital: bool) -> Option<Tied> {
    let month = word::month(tokens.letters(at)?)?;
    let mut next = tokens.behind_space(at + 1 + point(tokens, at))?;
    let mut days: Vec<i8> = Vec::new();
    let mut word = None;
    let mut end = next;
    while days.len() < LISTED {
        let day = tokens.digits(next, 1, 2)?.parse().ok().filter(|day| *day > days.last().copied().unwrap_or(0))?;
        days.push(day);
        end = next + 1 + usize::from(matches!(tokens.letters(next + 1), Some("st" | "nd" | "rd" | "th")));
        if word.is_some() {
            break;
        }
        let comma = end + usize::from(tokens.is_mark(end, ','));
        next = tokens.behind_space(comma)?;
        if matches!(tokens.joint(next), "and" | "or" | "&") {
            word = Some(tokens.joint(next));
            next = tokens.behind_space(next + 1)?;
        } else if comma == end {
            return None;
        }
    }
    let comma = end + usize::from(tokens.is_mark(end, ','));
    let year = tokens.behind_space(comma).and_then(|at| year_at(tokens, at));
    let year = year.filter(|(_, behind)| tokens.ends_word(*behind));
    if year.is_none() && !closes(tokens, end) {
        return None;
    }
    let last = days.last().copied()?;
    jiff::civil::Date::new(year.map_or(2000, |(year, _)| year), month, last).ok()?;
    let (year, end) = year.map_or((None, end), |(year, end)| (Some(year), end));
    let value = Value::Days(Days { preposition, year, month, days, any: word == Some("or"), capital });
    Some(Tied { value, end, doubt: None })
}

/// Whether the words round the first day ask for a second one.
fn ties_both(word: Option<&str>, preposition: Option<Preposition>) -> bool {
    match (preposition, word) {
        (Some(Preposition::Between), _) | (Some(Preposition::From), Some(_)) => true,
        (_, Some(word)) => matches!(word, "through" | "thru"),
        _ => false,
    }
}

/// Whether the figure that ends at `end` is an amount, a time or part of something longer.
fn counts(tokens: &Tokens<'_>, end: usize) -> bool {
    let next = tokens.skip_space(end);
    let word = tokens.letters(next).is_some_and(|word| {
        word::unit(word).is_some()
            || word::is_measure(word)
            || word::month(word).is_some()
            || matches!(word.to_ascii_lowercase().as_str(), "of" | "am" | "pm" | "a" | "p" | "percent" | "o")
    });
    word || tokens.is_mark(next, '%') || !tokens.ends_word(end)
}

fn plain(day: &Day, reading: &Reading) -> bool {
    day.weekday.is_none() && reading.clock.is_none()
}

fn ends(day: Day, (first, last): (i8, i8), preposition: Option<Preposition>, end: usize) -> Ends {
    let reading = |number: i8, year: Option<i16>| {
        let mut day = Day { doubt: None, ..day };
        day.date.day = number;
        day.date.year = year;
        Reading::of(Some(day), None)
    };
    Ends { preposition, start: reading(first, None), last: reading(last, day.date.year), end }
}

/// Whether nothing goes on behind a figure: a sign, the end of the line.
fn closes(tokens: &Tokens<'_>, end: usize) -> bool {
    match tokens.mark(end) {
        Some(',' | '.' | ';' | ':' | ')' | ']' | '!' | '?') => tokens.kind(end + 1) != Some(Kind::Digits),
        Some(_) => false,
        None => tokens.kind(end).is_none() || tokens.text(end).contains('\n'),
    }
}

/// Whether the days describe what lasts as long: `the July 5 to 7 window`.
fn describes(tokens: &Tokens<'_>, end: usize) -> bool {
    let noun = tokens.behind_space(end).and_then(|noun| tokens.letters(noun));
    matches!(noun, Some("event" | "events" | "incident" | "maintenance" | "outage" | "period" | "weekend" | "window"))
}
