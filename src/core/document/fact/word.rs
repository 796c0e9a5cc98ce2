//! Words of English time: which month, weekday, unit or preposition a word names. Ordinary words (`may`, `march`,
//! `sun`, `second`) name nothing unless they are written as a name is.

use jiff::civil::Weekday;

use super::{Preposition, Scale, Unit};

/// 1 to 12 for the name of a month or its abbreviation, written as a name.
pub(super) fn month(word: &str) -> Option<i8> {
    if word.len() < 3 || word.len() > 9 || !word.is_ascii() {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let number = match lower.as_str() {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    };
    // In lower case only whole names that are no other word.
    let certain = is_name(word) || (word == lower && word.len() > 3 && !matches!(word, "march" | "august" | "sept"));
    certain.then_some(number)
}

/// Whether the word is a month's abbreviation, behind which a point may belong to it.
pub(super) fn is_short_month(word: &str) -> bool {
    month(word).or_else(|| lower_month(word)).is_some()
        && (word.len() == 3 && !word.eq_ignore_ascii_case("may") || word.eq_ignore_ascii_case("sept"))
}

/// The month of an abbreviation in lower case, where a day in front of it says that it is one: `29 nov.`
pub(super) fn lower_month(word: &str) -> Option<i8> {
    const LOWER: [&str; 11] = ["jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];
    const MONTHS: [i8; 11] = [1, 2, 4, 6, 7, 8, 9, 9, 10, 11, 12];
    LOWER.iter().zip(MONTHS).find(|(known, _)| **known == word).map(|(_, month)| month)
}

/// The weekday for its name or abbreviation, written as a name.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    if word.len() < 3 || word.len() > 9 || !word.is_ascii() {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let weekday = match lower.as_str() {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wed" | "weds" => Weekday::Wednesday,
        "thursday" | "thu" | "thur" | "thurs" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" | "sat" => Weekday::Saturday,
        "sunday" | "sun" => Weekday::Sunday,
        _ => return None,
    };
    (is_name(word) || (word == lower && word.ends_with("day"))).then_some(weekday)
}

fn is_name(word: &str) -> bool {
    super::token::is_capitalised(word) || word.chars().all(|character| character.is_ascii_uppercase())
}

/// Whether the word is the name of a weekday or month, or its abbreviation, and begins with a capital.
#[must_use]
pub fn is_day_or_month(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && (weekday(word).is_some() || month(word).is_some())
}

/// The unit that a word behind a number names.
pub(super) fn unit(word: &str) -> Option<Unit> {
    if word.len() > 12 {
        return None;
    }
    Some(match word.to_ascii_lowercase().as_str() {
        "millisecond" | "milliseconds" | "msec" | "msecs" => Unit::Millisecond,
        "second" | "seconds" | "sec" | "secs" => Unit::Second,
        "minute" | "minutes" | "min" | "mins" => Unit::Minute,
        "hour" | "hours" | "hr" | "hrs" => Unit::Hour,
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" | "yr" | "yrs" => Unit::Year,
        _ => return symbol(word).map(Unit::Symbol),
    })
}

/// Symbols that are written alike in every language that uses Latin letters (SI brochure, IEC 80000-13).
const SYMBOLS: &[&str] = &[
    "kB", "KB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB", "PiB", "kb", "Kb", "Mb", "Gb", "Tb", "bps", "kbps",
    "Kbps", "Mbps", "Gbps", "Tbps", "kbit", "Mbit", "Gbit", "MBps", "GBps", "ms", "µs", "μs", "us", "ns", "Hz", "kHz",
    "MHz", "GHz", "rps", "RPS", "qps", "QPS", "tps", "TPS", "IOPS", "rpm", "RPM", "kW", "MW", "kWh", "mm", "cm", "km",
    "px",
];

fn symbol(word: &str) -> Option<&'static str> {
    // "us" is a pronoun far more often than a microsecond.
    SYMBOLS.iter().copied().find(|symbol| *symbol == word && *symbol != "us")
}

/// The rate that a symbol with its slash names.
pub(super) fn rate(word: &str) -> Option<Unit> {
    const RATES: &[&str] = &[
        "B/s", "kB/s", "KB/s", "MB/s", "GB/s", "TB/s", "KiB/s", "MiB/s", "GiB/s", "kbit/s", "Mbit/s", "Gbit/s", "kb/s",
        "Mb/s", "Gb/s", "km/h", "req/s", "ops/s", "msg/s",
    ];
    RATES.iter().copied().find(|rate| *rate == word).map(Unit::Symbol)
}

/// The symbol of a temperature, by the letter behind its `°`.
pub(super) fn degree(letter: &str) -> Option<&'static str> {
    match letter {
        "C" => Some("°C"),
        "F" => Some("°F"),
        _ => None,
    }
}

/// Whether a decimal in front of this word is a figure and not a version: `4.5 million`, `1.5 times`.
pub(super) fn is_measure(word: &str) -> bool {
    word.len() <= 10
        && matches!(
            word.to_ascii_lowercase().as_str(),
            "hundred"
                | "thousand"
                | "million"
                | "millions"
                | "billion"
                | "billions"
                | "trillion"
                | "lakh"
                | "lakhs"
                | "crore"
                | "crores"
                | "times"
                | "points"
                | "percentage"
                | "degrees"
        )
}

/// The word that multiplies an amount of money.
pub(super) fn scale(word: &str) -> Option<Scale> {
    match word {
        "million" => Some(Scale::Million),
        "billion" => Some(Scale::Billion),
        _ => None,
    }
}

/// The letters that multiply the amount to which they are glued.
pub(super) fn scale_letters(letters: &str) -> Option<Scale> {
    const LETTERS: &[&str] = &["k", "K", "m", "M", "mn", "MM", "mm", "b", "B", "bn", "BN", "T", "tn"];
    LETTERS.iter().find(|known| **known == letters).map(|letters| Scale::Letters(letters))
}

/// The hour that `noon` or `midnight` stands for.
pub(super) fn middle_of_day(word: &str) -> Option<i8> {
    match word {
        "noon" | "Noon" => Some(12),
        "midnight" | "Midnight" => Some(0),
        _ => None,
    }
}

/// The preposition of time that a word may be.
pub(super) fn preposition(word: &str) -> Option<Preposition> {
    if word.len() > 13 {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    if word != lower && !is_name(word) {
        return None;
    }
    Some(match lower.as_str() {
        "on" => Preposition::On,
        "at" => Preposition::At,
        "since" => Preposition::Since,
        "until" | "till" => Preposition::Until,
        "by" => Preposition::By,
        "before" => Preposition::Before,
        "after" => Preposition::After,
        "around" | "about" | "approximately" | "approx" | "roughly" | "circa" | "ca" => Preposition::Around,
        "from" => Preposition::From,
        "between" => Preposition::Between,
        "in" => Preposition::In,
        "the" => Preposition::The,
        _ => return None,
    })
}
