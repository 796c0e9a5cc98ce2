//! What texts say of when something was, as far as they say it: moments, spans, days, months and weekdays, with the
//! prepositions that tie them into their sentences. How they are read and written is not known here.

use serde::Deserialize;

/// How a moment or span is tied into its sentence; the words for it are the program's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Preposition {
    On,
    At,
    Since,
    Until,
    By,
    Before,
    After,
    Around,
    From,
    Between,
    /// Of months alone.
    In,
    /// No preposition, an article: `the 12th of July`.
    The,
    /// `the night of July 4`
    Of,
    /// `moved to July 5`
    To,
    /// `starting at`, `beginning on`
    Starting,
    AsOf,
    Effective,
    NoLaterThan,
    NoEarlierThan,
    PriorTo,
    Following,
    During,
    Throughout,
    ShortlyBefore,
    ShortlyAfter,
    JustBefore,
    JustAfter,
    Past,
    /// `from 2 PM onwards`
    Onwards,
    OnOrAround,
    /// `right at`, `exactly at`
    Exactly,
    /// `through July 5`, that day included.
    Through,
    /// `into July 6`
    Into,
}

/// A point in time as far as the text gives it. At least one of `date`, `time` and `kept` is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    pub preposition: Option<Preposition>,
    /// Without a date only at the ends of a span: `from Tuesday 10pm to Wednesday 2am`.
    pub weekday: Option<jiff::civil::Weekday>,
    pub date: Option<Date>,
    pub time: Option<Time>,
    /// Stands instead of `date` and `time`.
    pub kept: Option<Kept>,
    /// `~10:54`: the sign stays.
    pub approximate: bool,
    /// The zone label exactly as written: `UTC`, `(PT)`, `+02:00`.
    pub zone: Option<String>,
    /// The same time elsewhere, as the text gives it: `/ 02:54 PT`, `(02:54 PT)`.
    pub elsewhere: Vec<Elsewhere>,
    /// Whether the rendering begins upper case: the source's preposition does, or the moment opens a sentence.
    pub capital: bool,
}

/// A date or time that is written as in the source, since it can be read in two ways (`03/04/2024`) or since the
/// reader's notation would not hold all of it (`10:54:01.5`). Only behind a preposition, which is translated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub text: String,
    /// Whether it is a clock time alone.
    pub is_time: bool,
    /// Whether it stands behind the fact, in inline code: the fact is no more than the words that tie it.
    pub is_apart: bool,
}

/// A calendar date that exists; the year may be left to the reader. Month 1-12, day 1-31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    pub year: Option<i16>,
    pub month: i8,
    pub day: i8,
}

/// A clock time, 24 hours; seconds only where they were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    pub hour: i8,
    pub minute: i8,
    pub second: Option<i8>,
    /// Whether `AM`, `PM`, `noon` or `midnight` was written; if not, an hour up to 12 is only as certain as its text.
    pub halved: bool,
}

/// A time that stands beside another one, in another zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    pub time: Time,
    pub zone: Option<String>,
    /// Whether it stands in brackets, or behind a slash.
    pub bracketed: bool,
}

/// Two moments and what lies between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeSpan {
    /// `From`, `Between`, or `None` for a bare dash.
    pub preposition: Option<Preposition>,
    /// `from approximately 10:54 to 13:36`
    pub hedged: bool,
    pub start: Moment,
    pub end: Moment,
}

/// Several days of one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    /// `On`, or `None`.
    pub preposition: Option<Preposition>,
    pub year: Option<i16>,
    /// 1-12
    pub month: i8,
    /// Two or more days that exist in the month, ascending.
    pub days: Vec<i8>,
    /// Whether `or` stands before the last, not `and`.
    pub any: bool,
    pub capital: bool,
}

/// A month, 1-12, its year perhaps left to the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    pub preposition: Option<Preposition>,
    /// `early July`
    pub part: Option<MonthPart>,
    pub year: Option<i16>,
    pub month: i8,
    pub capital: bool,
}

/// Which part of a month is meant, roughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MonthPart {
    Early,
    Mid,
    Late,
}

/// Weekdays, or months, that stand without a date: one, a list or a range of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    pub preposition: Option<Preposition>,
    /// One or more, in the order written.
    pub names: Vec<Name>,
    /// What stands between them.
    pub joint: NameJoint,
    /// The day of its month that a single weekday has: `Thursday the 5th`.
    pub day: Option<i8>,
    /// The year of months: `Jan-Mar 2024`.
    pub year: Option<i16>,
    pub capital: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    Weekday(jiff::civil::Weekday),
    /// 1-12
    Month(i8),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameJoint {
    And,
    Or,
    /// `Sat/Sun`
    Slash,
    /// `Mon-Fri`
    Range,
}

/// In which zone the times of a text are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ZoneNote {
    /// As written: `UTC`, `CET/CEST`, `Pacific Time (PT)`.
    pub zone: String,
    /// `all times`, or just `times`.
    pub all: bool,
    /// Whether it has a verb (`all times are in UTC`), or is a note (`all times in UTC`).
    pub sentence: bool,
    pub capital: bool,
}

/// In which order a publisher writes the month and day of `03/04/2024`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// Nobody has said: what may be read in two ways is kept as written. Empty in a configuration.
    #[default]
    #[serde(rename = "")]
    Unknown,
    /// Month first, as in the United States.
    Mdy,
    /// Day first, as nearly everywhere else.
    Dmy,
}
