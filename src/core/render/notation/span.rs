//! How two moments and what lies between them are spelled in the reader's language: `de las 10:54 a las 13:36 UTC`,
//! `entre el 5 y el 7 de julio`, `10:54–13:36 UTC`.

use super::FactFormatter;
use super::figures::Clock;
use super::moment::{clock_for, date_word, weekday_key};
use crate::document::fact::{Moment, Preposition, TimeSpan};
use crate::l10n::Argument;

impl FactFormatter<'_> {
    pub(super) fn span(&self, span: &TimeSpan) -> String {
        let text = self.days_of_one_month(span).unwrap_or_else(|| self.ends(span));
        if !span.hedged {
            return text;
        }
        self.word("fact-approximately", &[("span", Argument::Text(&text))])
    }

    fn ends(&self, span: &TimeSpan) -> String {
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
    fn dashed(&self, span: &TimeSpan, clock: Clock) -> String {
        let (start, end) = (&span.start, &span.end);
        let undated = |moment: &Moment| Moment { date: None, weekday: None, ..moment.clone() };
        let times = || format!("{}–{}", self.bare(&undated(start), clock), self.bare(&undated(end), clock));
        match (start.date, end.date) {
            (None, date) if start.preposition.is_none() && !on_weekday(start) && !on_weekday(end) => {
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
                let is_long = first.or(last).is_some() || on_weekday(start) || on_weekday(end);
                let start = match start.preposition {
                    Some(preposition) => self.with(preposition, |word| self.tied(start, word, clock)),
                    None => self.bare(start, clock),
                };
                let dash = if is_long { " – " } else { "–" };
                format!("{start}{dash}{}", self.bare(end, clock))
            }
        }
    }

    /// `5–7 de julio de 2024`, `del 5 al 7 de julio`: days that can share the month and year of the last; `None` where
    /// they cannot, or where the locale's pattern does not let them.
    fn days_of_one_month(&self, span: &TimeSpan) -> Option<String> {
        let (first, last) = (span.start.date?, span.end.date?);
        let plain = |moment: &Moment| moment.time.is_none() && moment.weekday.is_none() && !moment.approximate;
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

    pub(super) fn joined(&self, id: &str, start: &str, end: &str) -> String {
        self.word(id, &[("start", Argument::Text(start)), ("end", Argument::Text(end))])
    }

    /// Like [`FactFormatter::tied`], with the time always in front of its date: `de las 22:57 UTC del 10 de
    /// septiembre`.
    fn whole(&self, moment: &Moment, word: &str, clock: Clock) -> String {
        match (moment.date, moment.time) {
            (Some(date), Some(time)) => {
                let time = self.time_phrase(time, moment, word, clock);
                self.of_date(&time, date, moment.weekday)
            }
            (None, Some(time)) if let Some(weekday) = moment.weekday => {
                let figure = self.figures.weekday(weekday);
                let day = match word {
                    // Of Portuguese weekdays, the ends of a span have no article.
                    "span-from" | "span-to" => self.word(
                        &format!("fact-{word}-weekday"),
                        &[("date", Argument::Text(&figure)), ("weekday", Argument::Text(weekday_key(Some(weekday))))],
                    ),
                    _ => self.day_phrase(&figure, 0, Some(weekday), word),
                };
                let time = self.time_phrase(time, moment, "at", clock);
                self.word("fact-date-time", &[("date", Argument::Text(&day)), ("time", Argument::Text(&time))])
            }
            _ => self.tied(moment, word, clock),
        }
    }
}

fn on_weekday(moment: &Moment) -> bool {
    moment.weekday.is_some() && moment.date.is_none()
}
