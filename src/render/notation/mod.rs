//! Notation: facts come in, their spelling for a reader of one locale goes out: figures by CLDR, words from the
//! Fluent bundles (`facts.ftl`). What is verbatim leaves as it came; nothing here reads text or asks an engine.

mod agreement;
mod article;
mod contraction;
mod figures;
mod phrase;

#[cfg(test)]
mod tests;

use std::fmt;
use std::rc::Rc;

use figures::{Clock, Figures};
use jiff::civil::Weekday;

use crate::document::fact::{Date, Fact, Moment, Number, Preposition, Span, Term, Time, TimestampLine, Unit, Value};
use crate::l10n::{self, Argument, Bundles};
use crate::locale::Locale;

/// One locale's way of writing facts. Cheap to build: what is dear is kept per thread.
#[derive(Clone)]
pub struct Notation<'bundles> {
    locale: Locale,
    bundles: &'bundles Bundles,
}

impl<'bundles> Notation<'bundles> {
    #[must_use]
    pub fn new(locale: &Locale, bundles: &'bundles Bundles) -> Self {
        Self { locale: locale.clone(), bundles }
    }

    /// The fact in the reader's notation, to stand where the source has it; verbatim facts as they were written.
    #[must_use]
    pub fn fact(&self, fact: &Fact) -> String {
        let scribe = self.scribe();
        match &fact.value {
            Value::Moment(moment) => capitalised(scribe.moment(moment), moment.capital),
            Value::Span(span) => capitalised(scribe.span(span), span.start.capital),
            Value::Number(number) => scribe.figures.number(number),
            Value::Percentage(number) => {
                scribe.word("fact-percent", &[("amount", Argument::Text(&scribe.figures.number(number)))])
            }
            Value::Quantity { amount, unit } => scribe.quantity(amount, *unit, &fact.source),
            Value::Ordinal(number) => scribe.ordinal(*number),
            Value::Term(term) => self.term(term, &mut String::new(), false),
            Value::Verbatim(_) => fact.source.clone(),
        }
    }

    /// A term behind the engine's text `before`, the end of which it may change: articles melt into prepositions and
    /// determiners agree. `opens` says whether it begins a sentence.
    #[must_use]
    pub fn term(&self, term: &Term, before: &mut String, opens: bool) -> String {
        let phrase = phrase::phrase(self.locale.language(), term, before);
        if term.shout { l10n::shout(&phrase, &self.locale) } else { capitalised(phrase, opens) }
    }

    /// The preposition that ties to a term what stands before it in English: `interrupción de 3 minutos`.
    #[must_use]
    pub fn belonging(&self, term: &Term) -> Option<&'static str> {
        let ours = term.gender.is_some() && !term.attributive;
        contraction::belonging(self.locale.language()).filter(|_| ours)
    }

    /// Puts the engine's text behind a term into the term's gender, as far as that is certain.
    pub fn follow(&self, term: &Term, text: &mut String) {
        if let Some(gender) = term.gender.filter(|_| !term.attributive) {
            agreement::follow(self.locale.language(), gender, text);
        }
    }

    /// The line in one notation, its sides joined by ` | `, zone labels as written. A line with a finding is not
    /// rewritten: it leaves as it came.
    #[must_use]
    pub fn timestamp_line(&self, line: &TimestampLine) -> String {
        if line.finding.is_some() {
            return line.source.clone();
        }
        let scribe = self.scribe();
        let sides: Vec<String> = line.sides.iter().map(|side| scribe.bare(side, Clock::Column)).collect();
        sides.join(" | ")
    }

    /// An instant with date and time in UTC: `5 de julio de 2024, 13:52 UTC`.
    #[must_use]
    pub fn instant(&self, at: jiff::Timestamp) -> String {
        let civil = at.to_zoned(jiff::tz::TimeZone::UTC).datetime();
        let moment = Moment {
            preposition: None,
            weekday: None,
            date: Some(Date { year: Some(civil.year()), month: civil.month(), day: civil.day() }),
            time: Some(Time { hour: civil.hour(), minute: civil.minute(), second: None, halved: false }),
            zone: Some("UTC".to_owned()),
            capital: false,
        };
        self.scribe().bare(&moment, Clock::Usual)
    }

    /// A date without words: `5 de julio de 2024`.
    #[must_use]
    pub fn date(&self, date: jiff::civil::Date) -> String {
        let date = Date { year: Some(date.year()), month: date.month(), day: date.day() };
        self.scribe().figures.date(date, None)
    }

    fn scribe(&self) -> Scribe<'_> {
        Scribe { locale: &self.locale, bundles: self.bundles, figures: Figures::of(&self.locale) }
    }
}

impl fmt::Debug for Notation<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Notation").field("locale", &self.locale).finish_non_exhaustive()
    }
}

/// A notation at work, with this thread's formatters in hand.
struct Scribe<'work> {
    locale: &'work Locale,
    bundles: &'work Bundles,
    figures: Rc<Figures>,
}

impl Scribe<'_> {
    fn word(&self, id: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        self.bundles.message(self.locale, id, arguments)
    }

    fn moment(&self, moment: &Moment) -> String {
        let clock = clock_for(&[moment], false);
        match moment.preposition {
            Some(preposition) => self.tied(moment, word_of(preposition), clock),
            None => self.bare(moment, clock),
        }
    }

    /// Without words: `5 de julio de 2024, 13:52 UTC`.
    fn bare(&self, moment: &Moment, clock: Clock) -> String {
        let date = moment.date.map(|date| self.figures.date(date, moment.weekday));
        let time = moment.time.map(|time| self.clock_time(time, moment.zone.as_deref(), clock));
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
            (None, Some(time)) => self.time_phrase(time, moment.zone.as_deref(), time_word(word), clock),
            (Some(date), Some(time)) if matches!(word, "on" | "the") => {
                let date = self.date_phrase(date, moment.weekday, word);
                let time = self.time_phrase(time, moment.zone.as_deref(), "at", clock);
                self.word("fact-date-time", &[("date", Argument::Text(&date)), ("time", Argument::Text(&time))])
            }
            (Some(date), Some(time)) => {
                let time = self.time_phrase(time, moment.zone.as_deref(), word, clock);
                self.of_date(&time, date, moment.weekday)
            }
            (None, None) => String::new(),
        }
    }

    fn span(&self, span: &Span) -> String {
        let clock = clock_for(&[&span.start, &span.end], span.preposition.is_some());
        let joined = |id, start: &str, end: &str| {
            self.word(id, &[("start", Argument::Text(start)), ("end", Argument::Text(end))])
        };
        match span.preposition {
            Some(Preposition::Between) => {
                let [start, end] = [&span.start, &span.end].map(|end| self.whole(end, "the", clock));
                joined("fact-between", &start, &end)
            }
            Some(_) => {
                let start = self.whole(&span.start, "span-from", clock);
                let end = self.whole(&span.end, "span-to", clock);
                joined("fact-from-to", &start, &end)
            }
            None if span.start.date.is_none() && span.start.preposition.is_none() => {
                let inner =
                    [&span.start, &Moment { date: None, ..span.end.clone() }].map(|side| self.bare(side, clock));
                let [start, end] = inner;
                let times = format!("{start}–{end}");
                // The date of "10:54–13:36 PT on July 5" is that of both.
                span.end.date.map_or(times.clone(), |date| self.of_date(&times, date, span.end.weekday))
            }
            None => {
                let start = match span.start.preposition {
                    Some(preposition) => self.tied(&span.start, word_of(preposition), clock),
                    None => self.bare(&span.start, clock),
                };
                let end = self.bare(&span.end, clock);
                let dated = span.start.date.is_some() || span.end.date.is_some();
                if dated { format!("{start} – {end}") } else { format!("{start}–{end}") }
            }
        }
    }

    /// Like [`Scribe::tied`], with the time always in front of its date: `de las 22:57 UTC del 10 de septiembre`.
    fn whole(&self, moment: &Moment, word: &str, clock: Clock) -> String {
        match (moment.date, moment.time) {
            (Some(date), Some(time)) => {
                let time = self.time_phrase(time, moment.zone.as_deref(), word, clock);
                self.of_date(&time, date, moment.weekday)
            }
            _ => self.tied(moment, word, clock),
        }
    }

    fn date_phrase(&self, date: Date, weekday: Option<Weekday>, word: &str) -> String {
        let figure = self.figures.date(date, weekday);
        self.word(
            &format!("fact-{word}-date"),
            &[
                ("date", Argument::Text(&figure)),
                ("day", Argument::Number(f64::from(date.day))),
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

    fn time_phrase(&self, time: Time, zone: Option<&str>, word: &str, clock: Clock) -> String {
        let figure = self.clock_time(time, zone, clock);
        let hour = self.figures.hour_shown(time.hour, clock);
        self.word(
            &format!("fact-{word}-time"),
            &[("time", Argument::Text(&figure)), ("hour", Argument::Number(f64::from(hour)))],
        )
    }

    fn clock_time(&self, time: Time, zone: Option<&str>, clock: Clock) -> String {
        let figure = self.figures.time(time, clock);
        match zone {
            Some(zone) => format!("{figure} {zone}"),
            None => figure,
        }
    }

    fn quantity(&self, amount: &Number, unit: Unit, source: &str) -> String {
        let figure = self.figures.number(amount);
        let key = match unit {
            Unit::Millisecond => "millisecond",
            Unit::Second => "second",
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
            Unit::Symbol(symbol) => {
                let before = source.strip_suffix(symbol).unwrap_or_default();
                let glued = before.ends_with(|character: char| character.is_ascii_digit());
                return if glued { format!("{figure}{symbol}") } else { format!("{figure} {symbol}") };
            }
        };
        // The sign does not change the noun; what is no number selects the general form.
        let count = amount.decimal.trim_start_matches('-').parse().unwrap_or(f64::MAX);
        let arguments = [("amount", Argument::Text(&figure)), ("count", Argument::Number(count))];
        self.word(&format!("fact-unit-{key}"), &arguments)
    }

    fn ordinal(&self, number: u32) -> String {
        let ending = match (number % 10, number % 100) {
            (_, 11..=13) => 0,
            (last @ 1..=3, _) => last,
            _ => 0,
        };
        let figure = number.to_string();
        let arguments = [("number", Argument::Text(&figure)), ("ending", Argument::Number(f64::from(ending)))];
        self.word("fact-ordinal", &arguments)
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

/// The middle of the message ids for a preposition.
fn word_of(preposition: Preposition) -> &'static str {
    match preposition {
        Preposition::On => "on",
        Preposition::At => "at",
        Preposition::Since => "since",
        Preposition::Until => "until",
        Preposition::By => "by",
        Preposition::Before => "before",
        Preposition::After => "after",
        Preposition::Around => "around",
        Preposition::From => "from",
        // "between" without its second half says no more than its article.
        Preposition::Between | Preposition::The => "the",
    }
}

/// There is no `at` for a date and no `on` for a clock time.
fn date_word(word: &str) -> &str {
    if word == "at" { "on" } else { word }
}

fn time_word(word: &str) -> &str {
    if word == "on" { "at" } else { word }
}

fn weekday_key(weekday: Option<Weekday>) -> &'static str {
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

fn capitalised(text: String, capital: bool) -> String {
    let mut characters = text.chars();
    match characters.next().filter(|first| capital && first.is_lowercase()) {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => text,
    }
}
