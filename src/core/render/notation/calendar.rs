//! How months and weekdays without a date, and notes on the zone of all times, are spelled in the reader's language,
//! with their prepositions. Names are CLDR's, words the bundles'.

use super::FactFormatter;
use super::moment::weekday_key;
use crate::document::fact::{Month, MonthPart, Name, NameJoint, Names, Preposition, ZoneNote};
use crate::l10n::Argument;

impl FactFormatter<'_> {
    /// `en julio de 2024`, `a principios de julio`
    pub(super) fn month(&self, month: &Month) -> String {
        let name = || self.figures.month(month.month).unwrap_or_else(|| format!("{:02}", month.month));
        let figure = match (month.year.map(|year| year.to_string()), self.figures.month(month.month)) {
            (Some(year), Some(name)) => {
                self.word("fact-month", &[("name", Argument::Text(&name)), ("year", Argument::Text(&year))])
            }
            (Some(year), None) => format!("{year}-{:02}", month.month),
            (None, _) => name(),
        };
        if let Some(part) = month.part {
            return self.part(part, month, &figure);
        }
        match month.preposition {
            Some(preposition) => self.with(preposition, |form| self.month_phrase(&figure, month.month, form)),
            None => figure,
        }
    }

    /// A month with a simple form of its preposition.
    fn month_phrase(&self, figure: &str, number: i8, form: &str) -> String {
        let form = match form {
            "the" => return figure.to_owned(),
            "at" | "on" => "in",
            form => form,
        };
        self.word(
            &format!("fact-{form}-month"),
            &[("month", Argument::Text(figure)), ("number", Argument::Number(f64::from(number)))],
        )
    }

    fn part(&self, part: MonthPart, month: &Month, figure: &str) -> String {
        let (id, key) = match part {
            MonthPart::Early => ("fact-early", "early"),
            MonthPart::Mid => ("fact-mid", "mid"),
            MonthPart::Late => ("fact-late", "late"),
        };
        let form = self.word(&format!("{id}.form"), &[]);
        let phrase = self.month_phrase(figure, month.month, &form);
        let phrase = self.word(id, &[("month", Argument::Text(&phrase))]);
        let id = match month.preposition {
            Some(Preposition::Of) => "fact-of-part",
            Some(Preposition::Since) => "fact-since-part",
            Some(Preposition::Until) => "fact-until-part",
            Some(Preposition::By) => "fact-by-part",
            Some(_) => "fact-in-part",
            None => return phrase,
        };
        self.word(id, &[("month", Argument::Text(&phrase)), ("part", Argument::Text(key))])
    }

    /// `el miércoles`, `de lunes a viernes`, `enero–marzo de 2024`
    pub(super) fn names(&self, names: &Names) -> String {
        let text = match names.names.as_slice() {
            [first, last] if names.joint == NameJoint::Range => self.name_range(names.preposition, *first, *last),
            list => self.name_list(names, list),
        };
        match names.year.map(|year| year.to_string()) {
            Some(year) => self.word("fact-month", &[("name", Argument::Text(&text)), ("year", Argument::Text(&year))]),
            None => text,
        }
    }

    fn name_list(&self, names: &Names, list: &[Name]) -> String {
        let each = |name: &Name| {
            let mut figure = self.name(*name);
            if let Some(day) = names.day.map(|day| day.to_string()) {
                figure = self
                    .word("fact-weekday-day", &[("weekday", Argument::Text(&figure)), ("day", Argument::Text(&day))]);
            }
            match names.preposition {
                Some(preposition) => self.with(preposition, |form| self.name_phrase(*name, &figure, form)),
                None => figure,
            }
        };
        let texts: Vec<String> = list.iter().map(each).collect();
        match names.joint {
            NameJoint::And | NameJoint::Range => self.figures.list(&texts, false),
            NameJoint::Or => self.figures.list(&texts, true),
            NameJoint::Slash => texts.join("/"),
        }
    }

    fn name_range(&self, preposition: Option<Preposition>, first: Name, last: Name) -> String {
        let (start, end) = (self.name(first), self.name(last));
        match (preposition, first) {
            (Some(Preposition::From), Name::Month(_)) => {
                let start = self.name_phrase(first, &start, "span-from");
                let end = self.name_phrase(last, &end, "span-to");
                self.joined("fact-from-to", &start, &end)
            }
            (Some(Preposition::Between), _) => self.joined("fact-between", &start, &end),
            (None | Some(Preposition::From | Preposition::On), Name::Weekday(weekday)) => self.word(
                "fact-weekday-range",
                &[
                    ("start", Argument::Text(&start)),
                    ("end", Argument::Text(&end)),
                    ("weekday", Argument::Text(weekday_key(Some(weekday)))),
                ],
            ),
            (None, Name::Month(_)) => format!("{start}–{end}"),
            (Some(preposition), _) => {
                let start = self.with(preposition, |form| self.name_phrase(first, &start, form));
                format!("{start}–{end}")
            }
        }
    }

    /// Without words: `miércoles`, `julio`.
    fn name(&self, name: Name) -> String {
        match name {
            Name::Weekday(weekday) => self.figures.weekday(weekday),
            Name::Month(month) => self.figures.month(month).unwrap_or_else(|| format!("{month:02}")),
        }
    }

    /// A finished name with a simple form of its preposition.
    fn name_phrase(&self, name: Name, figure: &str, form: &str) -> String {
        match name {
            Name::Weekday(weekday) => self.day_phrase(figure, 0, Some(weekday), if form == "at" { "on" } else { form }),
            Name::Month(month) => self.month_phrase(figure, month, form),
        }
    }

    /// `todas las horas están en UTC`
    pub(super) fn zone_note(&self, note: &ZoneNote) -> String {
        let id = if note.sentence { "fact-times-are-in-zone" } else { "fact-times-in-zone" };
        let all = if note.all { "yes" } else { "no" };
        self.word(id, &[("zone", Argument::Text(&note.zone)), ("all", Argument::Text(all))])
    }
}
