//! Dates, clock times and spans as patterns.

use regex::escape;

use super::words::Words;
use polypost_core::document::fact::{Date, Moment, Month, Preposition, Time, TimeSpan};

/// How a moment is put together.
struct Shape<'run> {
    words: &'run Words,
    /// Whether the source says, as far as the program reads it, which half of the day is meant.
    is_settled: bool,
    month_first: bool,
}

impl Words {
    /// `a las 13:52 UTC del 5 de julio de 2024`, `el 5/7/2024 a las 13h52 (UTC)`, `al mediodía`
    pub(super) fn moment(&self, moment: &Moment, month_first: bool) -> Option<String> {
        let shape = Shape::of(self, &[moment], false, month_first);
        let before = |is_date| self.tie(moment.preposition, is_date);
        let pattern = match (moment.date, moment.time) {
            (Some(date), None) => format!("{}{}", before(true)?, shape.date(date, moment)),
            (None, Some(time)) => format!("{}{}", before(false)?, shape.time(time, moment)),
            (Some(date), Some(time)) => {
                let (date, time) = (shape.date(date, moment), shape.time(time, moment));
                let date_first = format!("{}{date}{}{time}", before(true)?, shape.to_time());
                format!("(?:{date_first}|{}{time}{}{date})", before(false)?, self.of_date)
            }
            (None, None) => return None,
        };
        Some(format!("(?i){pattern}"))
    }

    /// `de 10:54 a 11:30`, `desde las 10:54 UTC hasta las 11:30 UTC`, `10:54–11:30`, `entre el 5 y el 7 de julio`
    pub(super) fn span(&self, span: &TimeSpan, month_first: bool) -> Option<String> {
        if span.hedged || !matches!(span.start.preposition, None | Some(Preposition::On | Preposition::The)) {
            return None;
        }
        let (start, end) = (&span.start, &span.end);
        let shape = Shape::of(self, &[start, end], span.preposition.is_some(), month_first);
        let mut ways = vec![shape.range(&shape.whole(start, end.zone.as_deref())?, &shape.whole(end, None)?)];
        let shares_month = |first: Date, last: Date| {
            first.month == last.month && first.year.is_none_or(|year| last.year == Some(year))
        };
        match (start.date, end.date) {
            (Some(first), Some(last)) if start.time.or(end.time).is_none() && shares_month(first, last) => {
                ways.push(shape.range(&shape.day(first.day), &shape.whole(end, None)?));
            }
            (Some(date), None) | (None, Some(date)) => ways.extend(shape.within_day(date, start, end)),
            (Some(first), Some(last)) if first == last => ways.extend(shape.within_day(first, start, end)),
            _ => {}
        }
        Some(format!("(?i)(?:{})", ways.join("|")))
    }

    /// `en julio de 2024`, `en julio del 2024`
    pub(super) fn month(&self, month: &Month) -> Option<String> {
        let before = match month.preposition {
            None => "",
            Some(Preposition::In) => self.within,
            Some(_) => return None,
        };
        let name = self.months.get(usize::try_from(month.month).ok()?.checked_sub(1)?)?;
        let year = month.year.map(|year| format!("{}{year}", self.of_year)).unwrap_or_default();
        Some(format!("(?i){before}(?:{name}){year}"))
    }
}

impl<'run> Shape<'run> {
    /// As `render::notation` decides which clock is meant.
    fn of(words: &'run Words, moments: &[&Moment], tied: bool, month_first: bool) -> Self {
        let is_settled = moments.iter().any(|moment| {
            let afternoon = moment.time.is_some_and(|time| !(1..=12).contains(&time.hour));
            let placed = tied || moment.date.is_some() || moment.preposition.is_some();
            moment.zone.is_some() || moment.time.is_some_and(|time| time.halved) || (placed && afternoon)
        });
        Self { words, is_settled, month_first }
    }

    fn range(&self, start: &str, end: &str) -> String {
        let Words { from, to, between, and, .. } = self.words;
        let article = self.words.the;
        format!("(?:{between}{start} {and} {article}?{end}|(?:{from})?{start} {to}{end}|{start} ?[-–] ?{end})")
    }

    /// A moment without the words that tie it. Its zone may be left to the end of the span if that is `shared`.
    fn whole(&self, moment: &Moment, shared: Option<&str>) -> Option<String> {
        let time = moment.time.map(|time| self.time_with(time, moment.zone.as_deref(), shared));
        match (moment.date.map(|date| self.date(date, moment)), time) {
            (Some(date), Some(time)) => {
                Some(format!("(?:{date}{}{time}|{time}{}{date})", self.to_time(), self.words.of_date))
            }
            (date, time) => date.or(time),
        }
    }

    /// A span of one day, with the day before or behind it.
    fn within_day(&self, date: Date, start: &Moment, end: &Moment) -> Vec<String> {
        let (Some(first), Some(last)) = (start.time, end.time) else { return Vec::new() };
        let first = self.time_with(first, start.zone.as_deref(), end.zone.as_deref());
        let range = self.range(&first, &self.time(last, end));
        let named = if start.weekday.is_some() { start } else { end };
        let date = self.date(date, named);
        vec![format!("(?:{})?{date},? {range}", self.words.on), format!("{range}{}{date}", self.words.of_date)]
    }

    /// Between a date and its clock time.
    fn to_time(&self) -> String {
        format!("(?:,? {}|, | | [-–] )", self.words.at)
    }

    /// `5 de julio de 2024`, `julio 5, 2024`, `05/07/2024`, `2024-07-05`
    fn date(&self, date: Date, moment: &Moment) -> String {
        let Words { months, weekdays, of_month, of_year, .. } = self.words;
        let Date { year, month, day } = date;
        let name = usize::try_from(month - 1).ok().and_then(|index| months.get(index)).copied().unwrap_or(r"\b\B");
        let weekday = moment.weekday.map(|weekday| {
            let index = usize::try_from(weekday.to_monday_zero_offset()).unwrap_or_default();
            format!("(?:(?:{}),? )?", weekdays.get(index).copied().unwrap_or_default())
        });
        let weekday = weekday.unwrap_or_default();
        let number = self.day(day);
        let behind = year.map(|year| format!("{of_year}{year}")).unwrap_or_default();
        let mut ways = vec![
            format!("{weekday}{number}{of_month}(?:{name}){behind}"),
            format!("{weekday}(?:{name}) {number}{behind}"),
        ];
        let [first, second] = if self.month_first { [month, day] } else { [day, month] };
        match year {
            Some(year) => {
                let short = year.rem_euclid(100);
                ways.push(format!("{weekday}0?{first}[/.-]0?{second}[/.-](?:{year}|{short:02})"));
                ways.push(format!("{weekday}{year:04}-{month:02}-{day:02}"));
            }
            None => ways.push(format!("{weekday}0?{first}/0?{second}")),
        }
        format!("(?:{})", ways.join("|"))
    }

    fn day(&self, day: i8) -> String {
        if day == 1 { format!("(?:{})", self.words.first) } else { format!("0?{day}") }
    }

    fn time(&self, time: Time, moment: &Moment) -> String {
        self.time_with(time, moment.zone.as_deref(), None)
    }

    fn time_with(&self, time: Time, zone: Option<&str>, shared: Option<&str>) -> String {
        let label = |zone: &str| format!(r",? \(?{}\)?", escape(zone.trim_matches(['(', ')'])));
        let zone = match (zone, shared) {
            (Some(zone), Some(shared)) if zone != shared => label(zone),
            (_, Some(zone)) => format!("(?:{})?", label(zone)),
            (Some(zone), None) => label(zone),
            (None, None) => String::new(),
        };
        format!("{}{zone}", self.clock(time))
    }

    /// `13:52`, `13h52`, `13.52 h`, `1:52 p. m.`, `mediodía`
    fn clock(&self, time: Time) -> String {
        let Words { hours, morning, afternoon, noon, midnight, .. } = self.words;
        let Time { hour, minute, second, .. } = time;
        let seconds = second.map(|second| format!("[:.]{second:02}")).unwrap_or_default();
        let mut ways = Vec::new();
        if self.is_settled {
            let half = if hour < 12 { morning } else { afternoon };
            let shown = (hour + 11).rem_euclid(12) + 1;
            let minutes = format!("[:.h]{minute:02}{seconds}");
            let minutes = if minute == 0 && second.is_none() { format!("(?:{minutes})?") } else { minutes };
            ways.push(format!("0?{shown}{minutes} ?(?:{half})"));
            match (hour, minute, second) {
                (12, 0, None | Some(0)) => ways.push((*noon).to_owned()),
                (0, 0, None | Some(0)) => ways.push((*midnight).to_owned()),
                _ => {}
            }
        }
        ways.push(format!("0?{hour}(?:[:.]| ?h ?){minute:02}{seconds}(?: ?min| ?m)?{hours}?"));
        if minute == 0 && second.is_none() {
            ways.push(format!("0?{hour}{hours}"));
        }
        format!("(?:{})", ways.join("|"))
    }
}
