//! Notation: how facts are spelled for a reader of one locale. Figures are CLDR's, words the Fluent bundles'
//! (`facts.ftl`). What is verbatim stays as it was written; no text is read here and no engine asked.

mod agreement;
mod amount;
mod calendar;
mod figures;
mod moment;
mod pattern;
mod phrase;
mod span;
mod standing;
mod tie;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

use figures::{Clock, Figures};
use jiff::civil::Weekday;
pub(super) use phrase::Phrase;
pub(super) use standing::{Standing, TIED};

use crate::document::fact::{
    self, Date, Fact, Gender, GrammaticalNumber, Moment, Term, Time, TimestampLine, Unit, Value,
};
use crate::l10n::{self, Argument, Bundles};
use crate::language::Language;
use crate::locale::Locale;

/// One locale's way of writing facts. Cheap to build: what is dear is kept per thread.
#[derive(Clone)]
pub struct Notation<'bundles> {
    locale: Locale,
    bundles: &'bundles Bundles,
    /// The genders of names that are kept.
    genders: Option<&'bundles HashMap<String, Gender>>,
}

impl<'bundles> Notation<'bundles> {
    #[must_use]
    pub fn new(locale: &Locale, bundles: &'bundles Bundles) -> Self {
        Self { locale: locale.clone(), bundles, genders: None }
    }

    pub(super) fn locale(&self) -> &Locale {
        &self.locale
    }

    /// The same with the genders of names, by which articles before them agree.
    #[must_use]
    pub fn with_genders(self, genders: &'bundles HashMap<String, Gender>) -> Self {
        Self { genders: Some(genders), ..self }
    }

    /// The fact in the reader's notation, to stand where the source has it; verbatim facts as they were written.
    #[must_use]
    pub fn fact(&self, fact: &Fact) -> String {
        let capital = match &fact.value {
            Value::Moment(moment) => moment.capital,
            Value::Span(span) => span.start.capital,
            Value::Days(days) => days.capital,
            Value::Month(month) => month.capital,
            Value::Names(names) => names.capital,
            Value::ZoneNote(note) => note.capital,
            Value::Numbered(numbered) => numbered.capital,
            _ => false,
        };
        self.fact_with(fact, capital)
    }

    /// As [`fact`](Self::fact); `capital` says whether words of it begin upper case.
    #[must_use]
    pub fn fact_with(&self, fact: &Fact, capital: bool) -> String {
        let formatter = self.formatter();
        // "July 5's release" is turned round for other languages alone.
        if self.locale.language() == "en" && fact::is_owner(fact) {
            return fact.source.clone();
        }
        match &fact.value {
            Value::Moment(moment) => capitalised(formatter.moment(moment), capital),
            Value::Span(span) => capitalised(formatter.span(span), capital),
            Value::Days(days) => capitalised(formatter.days(days), capital),
            Value::Month(month) => capitalised(formatter.month(month), capital),
            Value::Names(names) => capitalised(formatter.names(names), capital),
            Value::ZoneNote(note) => capitalised(formatter.zone_note(note), capital),
            Value::Number(number) => formatter.figures.number(number),
            Value::Percentage(number) => formatter.percentage(number),
            // English has no other way of writing these.
            Value::Quantity { unit: Unit::Percentile | Unit::Fold, .. } if self.locale.language() == "en" => {
                fact.source.clone()
            }
            Value::Quantity { amount, unit } => formatter.quantity(amount, *unit, &fact.source),
            Value::Duration(parts) => formatter.duration(parts),
            Value::Money(money) => formatter.money(money),
            Value::Ordinal(number) => formatter.ordinal(*number),
            Value::Numbered(_) if self.locale.language() == "en" => fact.source.clone(),
            Value::Numbered(numbered) => capitalised(formatter.numbered(numbered), capital),
            Value::Term(term) => {
                let phrase = self.term(term, &mut String::new(), false);
                format!("{}{}", phrase.article, phrase.words)
            }
            Value::Verbatim(_) => fact.source.clone(),
        }
    }

    /// Whether a preposition belongs to the fact.
    pub(super) fn is_tied(fact: &Fact) -> bool {
        match &fact.value {
            Value::Moment(moment) => moment.preposition.is_some(),
            Value::Span(span) => span.preposition.is_some() || span.start.preposition.is_some(),
            Value::Days(days) => days.preposition.is_some(),
            Value::Month(month) => month.preposition.is_some(),
            Value::Names(names) => names.preposition.is_some(),
            _ => false,
        }
    }

    /// A term behind the engine's text `before`, the end of which it may change: articles melt into prepositions and
    /// determiners agree. `opens` says whether it begins a sentence.
    pub(super) fn term(&self, term: &Term, before: &mut String, opens: bool) -> Phrase {
        let Phrase { article, words, is_governed } = phrase::phrase(Language::of(&self.locale), term, before);
        if term.shout {
            let [article, words] = [article, words].map(|text| l10n::shout(&text, &self.locale));
            return Phrase { article, words, is_governed };
        }
        let words = capitalised(words, opens && article.is_empty());
        Phrase { article: capitalised(article, opens), words, is_governed }
    }

    /// As [`term`](Self::term) for a name, which keeps its own capitals and gets no article but the engine's.
    pub(super) fn kept(&self, name: &Term, before: &mut String, opens: bool) -> Phrase {
        let phrase = phrase::agreeing(Language::of(&self.locale), name, before);
        Phrase { article: capitalised(phrase.article, opens), ..phrase }
    }

    /// A name of the glossary whose gender is known, as a noun.
    pub(super) fn name(&self, name: &str) -> Option<Term> {
        let gender = self.genders.and_then(|genders| genders.get(name)).copied()?;
        let stem = name.strip_suffix('s').filter(|stem| stem.ends_with(char::is_uppercase));
        Some(Term {
            name: name.to_owned(),
            rendering: name.to_owned(),
            gender: Some(gender),
            number: if stem.is_some() { GrammaticalNumber::Plural } else { GrammaticalNumber::Singular },
            article: None,
            attributive: false,
            shout: false,
        })
    }

    /// How a term stands behind `before`, the sentence as written up to it. `changed`: the engine had another
    /// determiner than the term's, or none.
    pub(super) fn standing(&self, before: &str, is_melted: bool, changed: bool) -> Standing {
        Standing::of(Language::of(&self.locale), before, is_melted, changed)
    }

    /// The preposition that ties to a term what stands before it in English: `interrupción de 3 minutos`.
    #[must_use]
    pub fn belonging(&self, term: &Term) -> Option<&'static str> {
        let ours = term.gender.is_some() && !term.attributive;
        Language::of(&self.locale).articles.filter(|_| ours).map(|articles| articles.belonging)
    }

    /// Puts the engine's text behind a term into the term's gender and number, as far as that is certain.
    pub(super) fn follow(&self, term: &Term, standing: Standing, text: &mut String) {
        let gender = term.gender.filter(|_| !term.attributive);
        if let Some((gender, words)) = gender.zip(Language::of(&self.locale).agreement) {
            agreement::follow(words, (gender, term.number), standing, text);
        }
    }

    /// The line in one notation, its sides parted as in the source, zone labels as written. A line with a finding is
    /// not rewritten: it leaves as it came.
    #[must_use]
    pub fn timestamp_line(&self, line: &TimestampLine) -> String {
        if line.finding.is_some() {
            return line.source.clone();
        }
        let formatter = self.formatter();
        let clock = if has_aligned_hours(&line.source) { Clock::Column } else { Clock::Usual };
        let mut text = String::new();
        for (index, side) in line.sides.iter().enumerate() {
            if let Some(separator) = index.checked_sub(1).and_then(|before| line.separators.get(before)) {
                text += separator;
            }
            text += &formatter.bare(side, clock);
        }
        text
    }

    /// Whether a word is the name of a weekday or month in this language, which writes it in lower case.
    pub(super) fn is_lower_name(&self, word: &str) -> bool {
        let figures = Figures::of(&self.locale);
        let days = Weekday::Monday.cycle_forward().take(7).map(|weekday| figures.weekday(weekday));
        let months = (1..=12).filter_map(|month| figures.month(month));
        // Portuguese says `terça`, too.
        days.chain(months).any(|name| name == word || name.strip_suffix("-feira") == Some(word))
    }

    /// An instant with date and time in UTC: `5 de julio de 2024, 13:52 UTC`.
    #[must_use]
    pub fn instant(&self, at: jiff::Timestamp) -> String {
        let civil = at.to_zoned(jiff::tz::TimeZone::UTC).datetime();
        let moment = Moment {
            date: Some(Date { year: Some(civil.year()), month: civil.month(), day: civil.day() }),
            time: Some(Time { hour: civil.hour(), minute: civil.minute(), second: None, halved: false }),
            zone: Some("UTC".to_owned()),
            ..Moment::default()
        };
        self.formatter().bare(&moment, Clock::Usual)
    }

    /// A date without words: `5 de julio de 2024`.
    #[must_use]
    pub fn date(&self, date: jiff::civil::Date) -> String {
        let date = Date { year: Some(date.year()), month: date.month(), day: date.day() };
        self.formatter().figures.date(date, None)
    }

    fn formatter(&self) -> FactFormatter<'_> {
        FactFormatter { locale: &self.locale, bundles: self.bundles, figures: Figures::of(&self.locale) }
    }
}

impl fmt::Debug for Notation<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Notation").field("locale", &self.locale).finish_non_exhaustive()
    }
}

/// A notation at work, with this thread's formatters in hand.
struct FactFormatter<'work> {
    locale: &'work Locale,
    bundles: &'work Bundles,
    figures: Rc<Figures>,
}

impl FactFormatter<'_> {
    fn word(&self, id: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        self.bundles.message(self.locale, id, arguments)
    }
}

/// Whether hours of twelve are written with two digits: `01:52 PM`.
fn has_aligned_hours(line: &str) -> bool {
    let has_halves = ["AM", "PM", "am", "pm", "a.m", "p.m"].iter().any(|half| line.contains(half));
    let hours = line.split(|character: char| !character.is_ascii_digit() && character != ':');
    has_halves && hours.into_iter().any(|hour| hour.starts_with('0') && hour.find(':') == Some(2))
}

pub(super) fn capitalised(text: String, capital: bool) -> String {
    let mut characters = text.chars();
    match characters.next().filter(|first| capital && first.is_lowercase()) {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => text,
    }
}
