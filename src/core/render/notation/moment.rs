//! How dates, clock times and lists of days are spelled in the reader's language, with the prepositions that tie them
//! into their sentence. Figures are CLDR's, words the bundles'.

use jiff::civil::Weekday;

use super::FactFormatter;
use super::figures::Clock;
use crate::document::fact::{Date, Days, Kept, Moment, Preposition, Time};
use crate::l10n::Argument;

impl FactFormatter<'_> {
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
        let date = moment.date.map(|date| self.date(date, moment));
        let date = date.or_else(|| Some(moment.kept.as_ref()?.text.clone()));
        let date = date.or_else(|| moment.weekday.map(|weekday| self.figures.weekday(weekday)));
        let time = moment.time.map(|time| self.clock_time(time, moment, clock));
        match (date, time) {
            (Some(date), Some(time)) => {
                self.word("fact-moment", &[("date", Argument::Text(&date)), ("time", Argument::Text(&time))])
            }
            (date, time) => date.or(time).unwrap_or_default(),
        }
    }

    /// With the word that ties it: `desde las 13:52 UTC del 5 de julio de 2024`.
    pub(super) fn tied(&self, moment: &Moment, word: &str, clock: Clock) -> String {
        if let Some(kept) = &moment.kept {
            return self.kept(kept, word);
        }
        match (moment.date, moment.time) {
            (Some(date), None) => {
                let figure = self.date(date, moment);
                self.day_phrase(&figure, date.day, moment.weekday, date_word(word))
            }
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

    fn date(&self, date: Date, moment: &Moment) -> String {
        let is_about = moment.approximate && moment.time.is_none();
        format!("{}{}", if is_about { "~" } else { "" }, self.figures.date(date, moment.weekday))
    }

    /// `el 03/04/2024`: what is kept has no articles that melt with its figures, since nobody knows how it is read.
    fn kept(&self, kept: &Kept, word: &str) -> String {
        let phrase = self.kept_phrase(kept, word);
        match phrase.strip_suffix(&kept.text) {
            Some(words) if kept.is_apart => words.to_owned(),
            _ => phrase,
        }
    }

    fn kept_phrase(&self, kept: &Kept, word: &str) -> String {
        if kept.is_time {
            let hour = kept.text.split(':').next().and_then(|hour| hour.parse().ok()).unwrap_or(0.0);
            let arguments = [("time", Argument::Text(&kept.text)), ("hour", Argument::Number(hour))];
            return self.word(&format!("fact-{}-time", time_word(word)), &arguments);
        }
        self.day_phrase(&kept.text, 0, None, date_word(word))
    }

    /// The date with its word, then the time with its own: `el 5 de julio a las 13:52`; `None` where one is missing.
    fn day_and_time(&self, moment: &Moment, word: &str, clock: Clock) -> Option<String> {
        let date = self.date_phrase(moment.date?, moment.weekday, word);
        let time = self.time_phrase(moment.time?, moment, "at", clock);
        Some(self.word("fact-date-time", &[("date", Argument::Text(&date)), ("time", Argument::Text(&time))]))
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

    pub(super) fn date_phrase(&self, date: Date, weekday: Option<Weekday>, word: &str) -> String {
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

    pub(super) fn of_date(&self, phrase: &str, date: Date, weekday: Option<Weekday>) -> String {
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

    pub(super) fn time_phrase(&self, time: Time, moment: &Moment, word: &str, clock: Clock) -> String {
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
        let mut text = if moment.approximate { "~".to_owned() } else { String::new() };
        text += &one(time, moment.zone.as_deref());
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
pub(super) fn clock_for(moments: &[&Moment], tied: bool) -> Clock {
    let settled = |moment: &&Moment| {
        let afternoon = moment.time.is_some_and(|time| !(1..=12).contains(&time.hour));
        let halved = moment.time.is_some_and(|time| time.halved);
        let placed = tied || moment.date.is_some() || moment.preposition.is_some();
        moment.zone.is_some() || halved || (placed && afternoon)
    };
    if moments.iter().any(settled) { Clock::Usual } else { Clock::Whole }
}

/// There is no `at` for a date and no `on` for a clock time.
pub(super) fn date_word(word: &str) -> &str {
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
