//! Units of time behind a slash: `5,000/day`, `1.2M/day`, `2.5 errors/s`. What is counted has to be known here, since a
//! rate that is half in the reader's notation and half in English would be worse than none.

use super::Unit;
use super::token::Tokens;

/// A unit of time that something is counted per.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RatePeriod {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// What reports count per unit of time: the bundles' key, and the English singular and plural.
const THINGS: &[(&str, &str, &str)] = &[
    ("alert", "alert", "alerts"),
    ("call", "call", "calls"),
    ("connection", "connection", "connections"),
    ("email", "email", "emails"),
    ("error", "error", "errors"),
    ("event", "event", "events"),
    ("failure", "failure", "failures"),
    ("file", "file", "files"),
    ("job", "job", "jobs"),
    ("login", "login", "logins"),
    ("message", "message", "messages"),
    ("operation", "operation", "operations"),
    ("order", "order", "orders"),
    ("packet", "packet", "packets"),
    ("query", "query", "queries"),
    ("read", "read", "reads"),
    ("record", "record", "records"),
    ("request", "request", "requests"),
    ("row", "row", "rows"),
    ("session", "session", "sessions"),
    ("transaction", "transaction", "transactions"),
    ("user", "user", "users"),
    ("write", "write", "writes"),
];

/// Letters that multiply a figure and are the same in every language.
const SCALES: &[&str] = &["k", "K", "M", "B", "G"];

/// The unit of a rate whose figure ends at `at`, and the position behind it.
pub(super) fn unit(tokens: &Tokens<'_>, at: usize) -> Option<(Unit, usize)> {
    if let Some((period, end)) = behind_slash(tokens, at) {
        return Some((Unit::Per(period), end));
    }
    if let Some(scale) = tokens.letters(at).and_then(|letters| SCALES.iter().find(|scale| **scale == letters)) {
        return behind_slash(tokens, at + 1).map(|(period, end)| (Unit::ScaledPer(scale, period), end));
    }
    let next = tokens.behind_space(at)?;
    let word = tokens.letters(next)?;
    let (thing, ..) = THINGS.iter().find(|(_, one, many)| *one == word || *many == word)?;
    behind_slash(tokens, next + 1).map(|(period, end)| (Unit::ThingsPer(thing, period), end))
}

/// A slash with a unit of time behind it, and the position behind both.
pub(super) fn behind_slash(tokens: &Tokens<'_>, at: usize) -> Option<(RatePeriod, usize)> {
    let period = tokens.letters(at + 1).filter(|_| tokens.is_mark(at, '/')).and_then(period)?;
    tokens.ends_word(at + 2).then_some((period, at + 2))
}

/// The unit of time behind a slash: `/day`, `/s`.
fn period(word: &str) -> Option<RatePeriod> {
    Some(match word {
        "s" | "sec" | "second" => RatePeriod::Second,
        "min" | "minute" => RatePeriod::Minute,
        "h" | "hr" | "hour" => RatePeriod::Hour,
        "d" | "day" => RatePeriod::Day,
        "wk" | "week" => RatePeriod::Week,
        "mo" | "month" => RatePeriod::Month,
        "y" | "yr" | "year" => RatePeriod::Year,
        _ => return None,
    })
}
