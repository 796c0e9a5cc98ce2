//! Notation: facts come in, their spelling for a reader of one locale goes out: figures by CLDR, words from the
//! Fluent bundles (`facts.ftl`). What is verbatim leaves as it came; nothing here reads text or asks an engine.

mod agreement;
mod amount;
mod article;
mod contraction;
mod figures;
mod moment;
mod pattern;
mod phrase;

#[cfg(test)]
mod tests;

use std::fmt;
use std::rc::Rc;

use figures::{Clock, Figures};

use crate::document::fact::{Date, Fact, Moment, Term, Time, TimestampLine, Unit, Value};
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
            Value::Days(days) => capitalised(scribe.days(days), days.capital),
            Value::Month(month) => capitalised(scribe.month(month), month.capital),
            Value::Number(number) => scribe.figures.number(number),
            Value::Percentage(number) => scribe.percentage(number),
            // English has no other way of writing these.
            Value::Quantity { unit: Unit::Percentile | Unit::Fold, .. } if self.locale.language() == "en" => {
                fact.source.clone()
            }
            Value::Quantity { amount, unit } => scribe.quantity(amount, *unit, &fact.source),
            Value::Duration(parts) => scribe.duration(parts),
            Value::Money(money) => scribe.money(money),
            Value::Ordinal(number) => scribe.ordinal(*number),
            Value::Numbered(_) if self.locale.language() == "en" => fact.source.clone(),
            Value::Numbered(numbered) => capitalised(scribe.numbered(numbered), numbered.capital),
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
}

fn capitalised(text: String, capital: bool) -> String {
    let mut characters = text.chars();
    match characters.next().filter(|first| capital && first.is_lowercase()) {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => text,
    }
}
