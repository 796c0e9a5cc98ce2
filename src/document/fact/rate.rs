//! Units of time behind a slash: `5,000/day`.

/// A unit of time that something is counted per.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// The unit of time behind a slash: `/day`, `/s`.
pub(super) fn period(word: &str) -> Option<Period> {
    Some(match word {
        "s" | "sec" | "second" => Period::Second,
        "min" | "minute" => Period::Minute,
        "h" | "hr" | "hour" => Period::Hour,
        "d" | "day" => Period::Day,
        "wk" | "week" => Period::Week,
        "mo" | "month" => Period::Month,
        "y" | "yr" | "year" => Period::Year,
        _ => return None,
    })
}
