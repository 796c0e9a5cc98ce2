//! Moments at work: dates, clock times, spans and lists of days come in, with the prepositions that tie them
//! into their sentence; their phrases in the reader's language go out. Figures are CLDR's, words the bundles'.

use jiff::civil::Weekday;

use super::Scribe;
use super::figures::Clock;
use crate::document::fact::{Date, Days, Moment, Preposition, Span, Time};
use crate::l10n::Argument;

impl Scribe<'_> {
    pub(super) fn moment(&self, moment: &Moment) -> String {
        let clock = clock_for(&[moment], false);
        match moment.preposition {
            // "the morning of July 5 at 10:54"
            Some(Preposition::Of) => {
                self.day_and_time(moment, "genitive", clock).unwrap_or_else(|| self.tied(moment, "genitive", clock))
            }
            Some(preposition) => self.with(preposition, |word| self.tied(moment, word, clock)),
            None => self.bare(moment, clock),
        }
    }

    /// Without words: `5 de julio de 2024, 13:52 UTC`.
    pub(super) fn bare(&self, moment: &Moment, clock: Clock) -> String {
        let date = moment.date.map(|date| self.figures.date(date, moment.weekday));
        let time = moment.time.map(|time| self.clock_time(time, moment, clock));
        match (date, time) {
            (Some(date), Some(time)) => {
                self.word("fact-moment", &[("date", Argument::Text(&date)), ("time", Argument::Text(&time))])
            }
            (date, time) => date.or(time).unwrap_or_default(),
        }
    }

    /// With the word that ties it: `desde las 13:52 UTC del 5 de julio de 2024`.
    fn tied(&self, moment: &Moment, word: &str, clock: Clock) -> String {
        match (moment.date, moment.time) {
            (Some(date), None) => self.date_phrase(date, moment.weekday, date_word(word)),
            (None, Some(time)) => self.time_phrase(time, moment, time_word(word), clock),
            (Some(_), Some(_)) if matches!(word, "on" | "the") => {
                self.day_and_time(moment, word, clock).unwrap_or_default()
            }
            (Some(date), Some(time)) => {
                let time = self.time_phrase(time, moment, word, clock);
                self.of_date(&time, date, moment.weekday)
            }
            (None, None) => String::new(),
        }
    }

    /// The date with its word, then the time with its own: `el 5 de julio a las 13:52`; `None` where one is missing.
    fn day_and_time(&self, moment: &Moment, word: &str, clock: Clock) -> Option<String> {
        let date = self.date_phrase(moment.date?, moment.weekday, word);
        let time = self.time_phrase(moment.time?, moment, "at", clock);
        Some(self.word("fact-date-time", &[("date", Argument::Text(&date)), ("time", Argument::Text(&time))]))
    }

    pub(super) fn span(&self, span: &Span) -> String {
        let text = self.days_of_one_month(span).unwrap_or_else(|| self.ends(span));
        if !span.hedged {
            return text;
        }
        self.word("fact-approximately", &[("span", Argument::Text(&text))])
    }

    fn ends(&self, span: &Span) -> String {
        let clock = clock_for(&[&span.start, &span.end], span.preposition.is_some());
        match span.preposition {
            Some(Preposition::Between) => {
                let [start, end] = [&span.start, &span.end].map(|end| self.whole(end, "the", clock));
                self.joined("fact-between", &start, &end)
            }
            Some(_) => {
                let start = self.whole(&span.start, "span-from", clock);
                let end = self.whole(&span.end, "span-to", clock);
                self.joined("fact-from-to", &start, &end)
            }
            None => self.dashed(span, clock),
        }
    }

    /// Without words between: `10:54–13:36 UTC`, `5 de julio de 2024, 10:54–13:36 UTC`.
    fn dashed(&self, span: &Span, clock: Clock) -> String {
        let (start, end) = (&span.start, &span.end);
        let undated = |moment: &Moment| Moment { date: None, ..moment.clone() };
        let times = || format!("{}–{}", self.bare(&undated(start), clock), self.bare(&undated(end), clock));
        match (start.date, end.date) {
            (None, date) if start.preposition.is_none() => {
                // The date of "10:54–13:36 PT on July 5" is that of both.
                date.map_or_else(times, |date| self.of_date(&times(), date, end.weekday))
            }
            (Some(date), None) if matches!(start.preposition, None | Some(Preposition::On | Preposition::The)) => {
                let date = match start.preposition {
                    Some(preposition) => {
                        self.with(preposition, |word| self.date_phrase(date, start.weekday, date_word(word)))
                    }
                    None => self.figures.date(date, start.weekday),
                };
                self.word("fact-moment", &[("date", Argument::Text(&date)), ("time", Argument::Text(&times()))])
            }
            (first, last) => {
                let start = match start.preposition {
                    Some(preposition) => self.with(preposition, |word| self.tied(start, word, clock)),
                    None => self.bare(start, clock),
                };
                let dash = if first.or(last).is_some() { " – " } else { "–" };
                format!("{start}{dash}{}", self.bare(end, clock))
            }
        }
    }

    /// `5–7 de julio de 2024`, `del 5 al 7 de julio`: days that can share the month and year of the last; `None` where
    /// they cannot, or where the locale's pattern does not let them.
    fn days_of_one_month(&self, span: &Span) -> Option<String> {
        let (first, last) = (span.start.date?, span.end.date?);
        let plain = |moment: &Moment| moment.time.is_none() && moment.weekday.is_none();
        let shares = first.month == last.month && (first.year.is_none() || first.year == last.year);
        if !(shares && plain(&span.start) && plain(&span.end)) {
            return None;
        }
        let phrase = |word: &str| self.day_phrase(&first.day.to_string(), first.day, None, word);
        // "on July 5–7" is from the one to the other: no language here has a preposition for a dash.
        let on = span.start.preposition == Some(Preposition::On) && self.figures.is_day_first();
        match span.preposition.or(on.then_some(Preposition::From)) {
            Some(_) if !self.figures.is_day_first() => None,
            Some(Preposition::Between) => {
                Some(self.joined("fact-between", &phrase("the"), &self.date_phrase(last, None, "the")))
            }
            Some(_) => {
                Some(self.joined("fact-from-to", &phrase("span-from"), &self.date_phrase(last, None, "span-to")))
            }
            None => {
                let text = self.figures.shared_month(last, &format!("{}–{}", first.day, last.day))?;
                Some(match span.start.preposition {
                    Some(preposition) => {
                        self.with(preposition, |word| self.day_phrase(&text, first.day, None, date_word(word)))
                    }
                    None => text,
                })
            }
        }
    }

    fn joined(&self, id: &str, start: &str, end: &str) -> String {
        self.word(id, &[("start", Argument::Text(start)), ("end", Argument::Text(end))])
    }

    /// `los días 5 y 7 de julio de 2024`
    pub(super) fn days(&self, days: &Days) -> String {
        let date = |day: i8| Date { year: days.year, month: days.month, day };
        let figures: Vec<String> = days.days.iter().map(ToString::to_string).collect();
        let last = days.days.last().copied().unwrap_or(1);
        let shared = self.figures.shared_month(date(last), &self.figures.list(&figures, days.any));
        let text = shared.unwrap_or_else(|| {
            let dates: Vec<String> = days.days.iter().map(|day| self.figures.date(date(*day), None)).collect();
            self.figures.list(&dates, days.any)
        });
        match days.preposition {
            Some(_) => self.word("fact-on-days", &[("date", Argument::Text(&text))]),
            None => text,
        }
    }

    /// Like [`Scribe::tied`], with the time always in front of its date: `de las 22:57 UTC del 10 de septiembre`.
    fn whole(&self, moment: &Moment, word: &str, clock: Clock) -> String {
        match (moment.date, moment.time) {
            (Some(date), Some(time)) => {
                let time = self.time_phrase(time, moment, word, clock);
                self.of_date(&time, date, moment.weekday)
            }
            _ => self.tied(moment, word, clock),
        }
    }

    fn date_phrase(&self, date: Date, weekday: Option<Weekday>, word: &str) -> String {
        self.day_phrase(&self.figures.date(date, weekday), date.day, weekday, word)
    }

    /// A finished date with its word; `day` and `weekday` are what it begins with, for articles.
    pub(super) fn day_phrase(&self, figure: &str, day: i8, weekday: Option<Weekday>, word: &str) -> String {
        self.word(
            &format!("fact-{word}-date"),
            &[
                ("date", Argument::Text(figure)),
                ("day", Argument::Number(f64::from(day))),
                ("weekday", Argument::Text(weekday_key(weekday))),
            ],
        )
    }

    fn of_date(&self, phrase: &str, date: Date, weekday: Option<Weekday>) -> String {
        let figure = self.figures.date(date, weekday);
        self.word(
            "fact-of-date",
            &[
                ("moment", Argument::Text(phrase)),
                ("date", Argument::Text(&figure)),
                ("day", Argument::Number(f64::from(date.day))),
                ("weekday", Argument::Text(weekday_key(weekday))),
            ],
        )
    }

    fn time_phrase(&self, time: Time, moment: &Moment, word: &str, clock: Clock) -> String {
        let figure = self.clock_time(time, moment, clock);
        let hour = self.figures.hour_shown(time.hour, clock);
        self.word(
            &format!("fact-{word}-time"),
            &[("time", Argument::Text(&figure)), ("hour", Argument::Number(f64::from(hour)))],
        )
    }

    /// The time with its zone and what it is elsewhere: `10:54 UTC (02:54 PT / 05:54 ET)`.
    fn clock_time(&self, time: Time, moment: &Moment, clock: Clock) -> String {
        let one = |time: Time, zone: Option<&str>| {
            let figure = self.figures.time(time, clock);
            zone.map_or_else(|| figure.clone(), |zone| format!("{figure} {zone}"))
        };
        let mut text = one(time, moment.zone.as_deref());
        let joined = |bracketed: bool| {
            let others = moment.elsewhere.iter().filter(|other| other.bracketed == bracketed);
            others.map(|other| one(other.time, other.zone.as_deref())).collect::<Vec<_>>()
        };
        for other in joined(false) {
            text += " / ";
            text += &other;
        }
        let bracketed = joined(true);
        if !bracketed.is_empty() {
            text += " (";
            text += &bracketed.join(" / ");
            text += ")";
        }
        text
    }
}

/// Where the source leaves open which half of the day it means, or whether the figures are a time of day at all, so
/// does the rendering: on a clock of 24 hours they stay the same.
fn clock_for(moments: &[&Moment], tied: bool) -> Clock {
    let settled = |moment: &&Moment| {
        let afternoon = moment.time.is_some_and(|time| !(1..=12).contains(&time.hour));
        let halved = moment.time.is_some_and(|time| time.halved);
        let placed = tied || moment.date.is_some() || moment.preposition.is_some();
        moment.zone.is_some() || halved || (placed && afternoon)
    };
    if moments.iter().any(settled) { Clock::Usual } else { Clock::Whole }
}

/// There is no `at` for a date and no `on` for a clock time.
fn date_word(word: &str) -> &str {
    if word == "at" { "on" } else { word }
}

fn time_word(word: &str) -> &str {
    if word == "on" { "at" } else { word }
}

pub(super) fn weekday_key(weekday: Option<Weekday>) -> &'static str {
    match weekday {
        None => "none",
        Some(Weekday::Monday) => "monday",
        Some(Weekday::Tuesday) => "tuesday",
        Some(Weekday::Wednesday) => "wednesday",
        Some(Weekday::Thursday) => "thursday",
        Some(Weekday::Friday) => "friday",
        Some(Weekday::Saturday) => "saturday",
        Some(Weekday::Sunday) => "sunday",
    }
}
