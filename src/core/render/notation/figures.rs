//! Dates, clock times, decimals and lists in CLDR's way of writing them, by ICU4X. There are no words of the bundles
//! here, and no figure is ever lost: what CLDR cannot write is written in ISO 8601.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Display;
use std::rc::Rc;

use icu::calendar::Gregorian;
use icu::datetime::fieldsets::{E, M, MD, MDE, T, YMD, YMDE};
use icu::datetime::input;
use icu::datetime::options::Alignment;
use icu::datetime::preferences::HourCycle;
use icu::datetime::{
    DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter as DateFormatter, NoCalendarFormatter as TimeFormatter,
};
use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu::list::ListFormatter;
use icu::list::options::ListFormatterOptions;
use jiff::civil::Weekday;

use super::pattern::Patterns;
use crate::document::fact::{Date, Number, Time};
use crate::locale::Locale;

/// Locales kept per thread; a service has dozens, a reader may ask for any.
const KEPT: usize = 64;

thread_local! {
    // ICU's formatters are neither `Send` nor `Sync` and take about 50 µs each to build.
    static FIGURES: RefCell<HashMap<Locale, Rc<Figures>>> = RefCell::default();
}

/// How a clock time is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// As the locale is used to, 12 or 24 hours.
    Usual,
    /// 24 hours whatever the locale: the source does not say which half of the day it means.
    Whole,
    /// As usual, with two digits for the hour, so that lines stand under each other.
    Column,
}

/// The formatters of one locale. Each is missing where ICU has no data.
pub(super) struct Figures {
    date: Option<DateFormatter<Gregorian, YMD>>,
    weekday_date: Option<DateFormatter<Gregorian, YMDE>>,
    day: Option<DateFormatter<Gregorian, MD>>,
    weekday_day: Option<DateFormatter<Gregorian, MDE>>,
    month: Option<DateFormatter<Gregorian, M>>,
    weekday: Option<DateFormatter<Gregorian, E>>,
    all: Option<ListFormatter>,
    any: Option<ListFormatter>,
    /// In the order of [`Clock`], without and with seconds.
    times: [[Option<TimeFormatter<T>>; 2]; 3],
    grouped: Option<DecimalFormatter>,
    plain: Option<DecimalFormatter>,
    pub(super) patterns: Patterns,
    twelve_hours: bool,
    day_first: bool,
}

impl Figures {
    /// The locale's figures, from this thread's store.
    pub(super) fn of(locale: &Locale) -> Rc<Self> {
        FIGURES.with_borrow_mut(|kept| {
            if let Some(figures) = kept.get(locale) {
                return Rc::clone(figures);
            }
            if kept.len() >= KEPT {
                kept.clear();
            }
            let figures = Rc::new(Self::build(locale));
            kept.insert(locale.clone(), Rc::clone(&figures));
            figures
        })
    }

    fn build(locale: &Locale) -> Self {
        let identifier = locale.identifier();
        let usual = DateTimeFormatterPreferences::from(&identifier);
        let mut whole = usual;
        whole.hour_cycle = Some(HourCycle::H23);
        let times = |preferences: DateTimeFormatterPreferences, alignment: Alignment| {
            [T::hm(), T::hms()].map(|fields| TimeFormatter::try_new(preferences, fields.with_alignment(alignment)).ok())
        };
        let decimal = |grouping| {
            let mut options = DecimalFormatterOptions::default();
            options.grouping_strategy = Some(grouping);
            DecimalFormatter::try_new((&identifier).into(), options).ok()
        };
        let mut figures = Self {
            date: DateFormatter::try_new(usual, YMD::long()).ok(),
            weekday_date: DateFormatter::try_new(usual, YMDE::long()).ok(),
            day: DateFormatter::try_new(usual, MD::long()).ok(),
            weekday_day: DateFormatter::try_new(usual, MDE::long()).ok(),
            month: DateFormatter::try_new(usual, M::long()).ok(),
            weekday: DateFormatter::try_new(usual, E::long()).ok(),
            all: ListFormatter::try_new_and((&identifier).into(), ListFormatterOptions::default()).ok(),
            any: ListFormatter::try_new_or((&identifier).into(), ListFormatterOptions::default()).ok(),
            times: [times(usual, Alignment::Auto), times(whole, Alignment::Auto), times(usual, Alignment::Column)],
            grouped: decimal(GroupingStrategy::Auto),
            plain: decimal(GroupingStrategy::Never),
            patterns: Patterns::of(locale),
            twelve_hours: false,
            day_first: false,
        };
        // One o'clock and thirteen hundred hours differ in more than a mark for the half of the day.
        let digits = |hour| -> String {
            let time = figures.time(Time { hour, minute: 0, second: None, halved: false }, Clock::Usual);
            time.chars().filter(|character| character.is_numeric()).collect()
        };
        figures.twelve_hours = digits(1) == digits(13);
        let example = Date { year: Some(2001), month: 11, day: 23 };
        figures.day_first = figures.date(example, None).starts_with("23");
        figures
    }

    /// `5 de julio de 2024`, `viernes, 5 de julio`. A weekday that is not the date's is written as the source has it.
    pub(super) fn date(&self, date: Date, weekday: Option<Weekday>) -> String {
        if let Some(weekday) = weekday
            && let Some(true_one) = true_weekday(date).filter(|true_one| *true_one != weekday)
        {
            let text = self.date_on(date, Some(true_one));
            let [written, known] = [weekday, true_one].map(|weekday| self.weekday(weekday));
            return if text.contains(&known) {
                text.replacen(&known, &written, 1)
            } else {
                format!("{written}, {}", self.date_on(date, None))
            };
        }
        self.date_on(date, weekday)
    }

    /// The weekday's name: `miércoles`.
    pub(super) fn weekday(&self, weekday: Weekday) -> String {
        // The 1st of January 2001 was a Monday.
        let day = u8::try_from(weekday.to_monday_one_offset()).unwrap_or(1);
        let civil = input::Date::try_new_gregorian(2001, 1, day).ok();
        let name = civil.and_then(|civil| self.weekday.as_ref().map(|formatter| text(&formatter.format(&civil))));
        name.unwrap_or_else(|| format!("{weekday:?}"))
    }

    fn date_on(&self, date: Date, weekday: Option<Weekday>) -> String {
        let year = date.year.or_else(|| year_with(date, weekday)).unwrap_or(2000);
        let iso = || match date.year {
            Some(year) => format!("{year:04}-{:02}-{:02}", date.month, date.day),
            None => format!("{:02}-{:02}", date.month, date.day),
        };
        let (Ok(month), Ok(day)) = (u8::try_from(date.month), u8::try_from(date.day)) else { return iso() };
        let Ok(civil) = input::Date::try_new_gregorian(i32::from(year), month, day) else { return iso() };
        match (date.year.is_some(), weekday.is_some()) {
            (true, false) => self.date.as_ref().map(|formatter| text(&formatter.format(&civil))),
            (true, true) => self.weekday_date.as_ref().map(|formatter| text(&formatter.format(&civil))),
            (false, false) => self.day.as_ref().map(|formatter| text(&formatter.format(&civil))),
            (false, true) => self.weekday_day.as_ref().map(|formatter| text(&formatter.format(&civil))),
        }
        .unwrap_or_else(iso)
    }

    /// The date with `days` in the place of its day: `5–7 de julio de 2024`. `None` where CLDR's pattern does not show
    /// which of its figures is the day.
    pub(super) fn shared_month(&self, date: Date, days: &str) -> Option<String> {
        let text = self.date(date, None);
        let day = date.day.to_string();
        let is_digit = u8::is_ascii_digit;
        let mut found = text.match_indices(&day).map(|(start, _)| start..start + day.len()).filter(|range| {
            let before = range.start.checked_sub(1).and_then(|at| text.as_bytes().get(at));
            !before.is_some_and(is_digit) && !text.as_bytes().get(range.end).is_some_and(is_digit)
        });
        let (range, other) = (found.next()?, found.next());
        if other.is_some() {
            return None;
        }
        Some(format!("{}{days}{}", text.get(..range.start)?, text.get(range.end..)?))
    }

    /// Whether a date begins with its day.
    pub(super) fn is_day_first(&self) -> bool {
        self.day_first
    }

    /// The month's name, 1-12: `julio`. Not with its year, which ICU4X 2.4 cannot format in Portuguese (its debug
    /// assertion fails: the pattern's figures are not loaded).
    pub(super) fn month(&self, month: i8) -> Option<String> {
        let civil = input::Date::try_new_gregorian(2000, u8::try_from(month).ok()?, 1).ok()?;
        self.month.as_ref().map(|formatter| text(&formatter.format(&civil)))
    }

    /// `5, 6 y 7`; with `any`, `5, 6 o 7`.
    pub(super) fn list(&self, items: &[String], any: bool) -> String {
        let formatter = if any { &self.any } else { &self.all };
        formatter.as_ref().map_or_else(|| items.join(", "), |formatter| formatter.format_to_string(items.iter()))
    }

    /// `13:52`, `01:52:07 p.m.`
    pub(super) fn time(&self, time: Time, clock: Clock) -> String {
        let iso = || match time.second {
            Some(second) => format!("{:02}:{:02}:{second:02}", time.hour, time.minute),
            None => format!("{:02}:{:02}", time.hour, time.minute),
        };
        let parts = [time.hour, time.minute, time.second.unwrap_or(0)].map(u8::try_from);
        let [Ok(hour), Ok(minute), Ok(second)] = parts else { return iso() };
        let Ok(civil) = input::Time::try_new(hour, minute, second, 0) else { return iso() };
        let [usual, whole, column] = &self.times;
        let [without, with] = match clock {
            Clock::Usual => usual,
            Clock::Whole => whole,
            Clock::Column => column,
        };
        let formatter = if time.second.is_some() { with } else { without };
        formatter.as_ref().map_or_else(iso, |formatter| text(&formatter.format(&civil)))
    }

    /// The hour as [`Figures::time`] shows it: 1 for 13 where the clock has twelve hours.
    pub(super) fn hour_shown(&self, hour: i8, clock: Clock) -> i8 {
        if self.twelve_hours && clock != Clock::Whole { (hour + 11) % 12 + 1 } else { hour }
    }

    /// `1.204`, `99,95`; a plain integer as it stands, with its leading zeros.
    pub(super) fn number(&self, number: &Number) -> String {
        if !number.grouped && !number.decimal.contains('.') {
            return number.decimal.clone();
        }
        let formatter = if number.grouped { &self.grouped } else { &self.plain };
        match (formatter, number.decimal.parse::<Decimal>()) {
            (Some(formatter), Ok(decimal)) => formatter.format_to_string(&decimal),
            _ => number.decimal.clone(),
        }
    }
}

/// The weekday of a date whose year is given.
fn true_weekday(date: Date) -> Option<Weekday> {
    jiff::civil::Date::new(date.year?, date.month, date.day).ok().map(jiff::civil::Date::weekday)
}

/// A year in which the date falls on the weekday. Weekdays come round in 28 years.
fn year_with(date: Date, weekday: Option<Weekday>) -> Option<i16> {
    let weekday = weekday?;
    (2000..2028)
        .find(|&year| jiff::civil::Date::new(year, date.month, date.day).is_ok_and(|civil| civil.weekday() == weekday))
}

/// CLDR sets a narrow no-break space before the half of the day in some locales; a plain no-break space is in more
/// fonts.
fn text(figure: &impl Display) -> String {
    figure.to_string().replace('\u{202F}', "\u{A0}")
}
