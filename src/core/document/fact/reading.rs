//! The types in which the modules of dates and clock times give each other what they read. Nothing is read here.

use jiff::civil::Weekday;

use super::{Date, Elsewhere, Kept, Moment, Preposition, Time, Value};

/// What was read and the position behind it.
#[derive(Debug)]
pub(super) struct Read<T> {
    pub(super) value: T,
    pub(super) end: usize,
}

/// What gives cause to remark on a date or time; all but the weekday's keep it from being rewritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// It does not exist: `February 30`, `25:61`.
    Impossible,
    /// The date exists and falls on another weekday than is written. Both are rewritten, as they are.
    Weekday,
    /// Month and day may be either: `03/04/2024`.
    Ambiguous,
    /// It may mean two things: `12:00am (noon)`, `13:30 pm`.
    Unclear,
}

/// How a date was written, as far as a preposition or article in front depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateForm {
    /// `July 5, 2024`
    MonthFirst,
    /// `5 July 2024`
    DayFirst,
    /// `5th July`, `5 of July`: takes an article of its own.
    Ordinal,
    /// `2024-07-05`
    Iso,
}

/// A date with its weekday, as read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day {
    pub(super) weekday: Option<Weekday>,
    pub(super) date: Date,
    pub(super) form: DateForm,
    pub(super) doubt: Option<Doubt>,
}

impl Day {
    /// Whether the date exists and falls on another weekday than is written.
    pub(super) fn disagrees(&self) -> bool {
        let Date { year, month, day } = self.date;
        let civil = year.and_then(|year| jiff::civil::Date::new(year, month, day).ok());
        civil.zip(self.weekday).is_some_and(|(civil, weekday)| civil.weekday() != weekday)
    }
}

/// A clock time with its zone, as read.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    pub(super) time: Time,
    pub(super) zone: Option<String>,
    /// `14h30`, `noon`: a time only where something else says so.
    pub(super) loose: bool,
    /// The hour that a word gave: 12 for `noon`, 0 for `midnight`.
    pub(super) named: Option<i8>,
    pub(super) doubt: Option<Doubt>,
}

/// A date, a clock time, or both, as read.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// Of a time without a date.
    pub(super) weekday: Option<Weekday>,
    pub(super) day: Option<Day>,
    pub(super) clock: Option<Clock>,
    pub(super) elsewhere: Vec<Elsewhere>,
    pub(super) kept: Option<Kept>,
    pub(super) approximate: bool,
    /// Why it is kept.
    pub(super) doubtful: Option<Doubt>,
}

impl Reading {
    pub(super) fn of(day: Option<Day>, clock: Option<Clock>) -> Self {
        Self { day, clock, ..Self::default() }
    }

    /// Whether it says which day is meant.
    pub(super) fn is_dated(&self) -> bool {
        self.day.is_some() || self.kept.as_ref().is_some_and(|kept| !kept.is_time)
    }

    /// Whether it says the time of day.
    pub(super) fn is_timed(&self) -> bool {
        self.clock.is_some() || self.kept.as_ref().is_some_and(|kept| kept.is_time)
    }

    /// Why it cannot be rewritten.
    pub(super) fn doubt(&self) -> Option<Doubt> {
        let day = self.day.and_then(|day| day.doubt);
        day.or_else(|| self.clock.as_ref().and_then(|clock| clock.doubt))
    }

    /// What is to be remarked though it is rewritten, or kept behind its preposition.
    pub(super) fn remark(&self) -> Option<Doubt> {
        self.doubtful.or_else(|| self.day.filter(Day::disagrees).map(|_| Doubt::Weekday))
    }

    /// A clock time that only the word in front makes one.
    pub(super) fn is_loose(&self) -> bool {
        self.day.is_none() && self.clock.as_ref().is_some_and(|clock| clock.loose && clock.zone.is_none())
    }

    /// `noon` and nothing else, which may be a name.
    pub(super) fn is_bare_word(&self) -> bool {
        self.is_loose() && self.clock.as_ref().is_some_and(|clock| clock.named.is_some())
    }

    pub(super) fn moment(&self) -> Moment {
        Moment {
            preposition: None,
            weekday: self.day.and_then(|day| day.weekday).or(self.weekday),
            date: self.day.map(|day| day.date),
            time: self.clock.as_ref().map(|clock| clock.time),
            zone: self.clock.as_ref().and_then(|clock| clock.zone.clone()),
            elsewhere: self.elsewhere.clone(),
            kept: self.kept.clone(),
            approximate: self.approximate,
            capital: false,
        }
    }
}

/// What stands at a position, and the doubt that made it verbatim.
#[derive(Debug)]
pub(super) struct Tied {
    pub(super) value: Value,
    pub(super) end: usize,
    pub(super) doubt: Option<Doubt>,
}

/// A start and end, with the span's own preposition.
pub(super) struct Ends {
    pub(super) preposition: Option<Preposition>,
    pub(super) start: Reading,
    pub(super) last: Reading,
    /// The position behind the span.
    pub(super) end: usize,
}
