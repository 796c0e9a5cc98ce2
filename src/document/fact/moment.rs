//! Dates, clock times and moments: tokens come in, what stands at one of them goes out, with the reason where it is
//! no date or time that exists. Only certain readings are given; prepositions and spans are not known here.

use jiff::civil::Weekday;

use super::token::{Kind, Tokens, is_capitalised};
use super::{Date, Moment, Time, word, zone};

/// What was read and the position behind it.
#[derive(Debug)]
pub(super) struct Read<T> {
    pub(super) value: T,
    pub(super) end: usize,
}

/// Why a date or time is not rewritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// It does not exist: `February 30`, `25:61`, a Friday that was a Tuesday.
    Impossible,
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

/// A clock time with its zone, as read.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    pub(super) time: Time,
    pub(super) zone: Option<String>,
    /// `14h30`: a time only where something else says so.
    pub(super) loose: bool,
    pub(super) doubt: Option<Doubt>,
}

/// A date, a clock time, or both, as read.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) day: Option<Day>,
    pub(super) clock: Option<Clock>,
}

impl Reading {
    pub(super) fn doubt(&self) -> Option<Doubt> {
        let day = self.day.and_then(|day| day.doubt);
        day.or_else(|| self.clock.as_ref().and_then(|clock| clock.doubt))
    }

    /// A clock time that only the word in front makes one.
    pub(super) fn is_loose(&self) -> bool {
        self.day.is_none() && self.clock.as_ref().is_some_and(|clock| clock.loose && clock.zone.is_none())
    }

    pub(super) fn moment(&self) -> Moment {
        Moment {
            preposition: None,
            weekday: self.day.and_then(|day| day.weekday),
            date: self.day.map(|day| day.date),
            time: self.clock.as_ref().map(|clock| clock.time),
            zone: self.clock.as_ref().and_then(|clock| clock.zone.clone()),
            capital: false,
        }
    }
}

/// A moment: a date, a time, or the two joined in either order. `expected` is true where a word in front says that a
/// time follows.
pub(super) fn moment(tokens: &Tokens<'_>, at: usize, expected: bool) -> Option<Read<Reading>> {
    if let Some(day) = day(tokens, at) {
        let clock = time_behind_date(tokens, day.end);
        let end = clock.as_ref().map_or(day.end, |clock| clock.end);
        return Some(Read { value: Reading { day: Some(day.value), clock: clock.map(|clock| clock.value) }, end });
    }
    let mut clock = clock(tokens, at, false)?;
    let day = date_behind_time(tokens, clock.end);
    if clock.value.loose && !expected && clock.value.zone.is_none() && day.is_none() {
        return None;
    }
    let mut end = clock.end;
    if let Some(day) = &day {
        end = day.end;
        if clock.value.zone.is_none()
            && let Some(zone) = zone_label(tokens, end, false)
        {
            clock.value.zone = Some(zone.value);
            end = zone.end;
        }
    }
    Some(Read { value: Reading { day: day.map(|day| day.value), clock: Some(clock.value) }, end })
}

fn time_behind_date(tokens: &Tokens<'_>, end: usize) -> Option<Read<Clock>> {
    if tokens.letters(end) == Some("T") {
        return clock(tokens, end + 1, true);
    }
    let at = if tokens.is_mark(end, ',') { end + 1 } else { end };
    let at = tokens.behind_space(at)?;
    if let Some(clock) = clock(tokens, at, false) {
        return Some(clock);
    }
    let joint = tokens.text(at);
    let joins = joint.eq_ignore_ascii_case("at") || matches!(joint, "@" | "-" | "–" | "—");
    joins.then(|| clock(tokens, tokens.behind_space(at + 1)?, false)).flatten()
}

fn date_behind_time(tokens: &Tokens<'_>, end: usize) -> Option<Read<Day>> {
    let at = if tokens.is_mark(end, ',') { end + 1 } else { end };
    let mut at = tokens.behind_space(at)?;
    for article in ["on", "the"] {
        if tokens.text(at) == article {
            at = tokens.behind_space(at + 1)?;
        }
    }
    day(tokens, at)
}

/// A date, perhaps with its weekday in front.
pub(super) fn day(tokens: &Tokens<'_>, at: usize) -> Option<Read<Day>> {
    let Some(weekday) = tokens.letters(at).and_then(word::weekday) else {
        return date(tokens, at);
    };
    let mut next = at + 1;
    for mark in ['.', ','] {
        next += usize::from(tokens.is_mark(next, mark));
    }
    let mut next = tokens.behind_space(next)?;
    if tokens.text(next).eq_ignore_ascii_case("the") {
        next = tokens.behind_space(next + 1)?;
    }
    let mut day = date(tokens, next)?;
    day.value.weekday = Some(weekday);
    let date = day.value.date;
    if let Some(civil) = date.year.and_then(|year| jiff::civil::Date::new(year, date.month, date.day).ok())
        && civil.weekday() != weekday
    {
        day.value.doubt = Some(Doubt::Impossible);
    }
    Some(day)
}

fn date(tokens: &Tokens<'_>, at: usize) -> Option<Read<Day>> {
    match tokens.kind(at)? {
        Kind::Letters => month_first(tokens, at),
        Kind::Digits => iso_date(tokens, at).or_else(|| day_first(tokens, at)),
        Kind::Space | Kind::Mark => None,
    }
}

/// `July 5th, 2024`, `Jul. 5`
fn month_first(tokens: &Tokens<'_>, at: usize) -> Option<Read<Day>> {
    let month = word::month(tokens.letters(at)?)?;
    let next = at + 1 + usize::from(tokens.is_mark(at + 1, '.'));
    let next = if tokens.is_mark(next, '-') { next + 1 } else { tokens.behind_space(next)? };
    let (day, end, _) = day_of_month(tokens, next)?;
    // "July 13:52", "July 4.5", "July 1,204"
    if [':', '.', ','].iter().any(|&mark| tokens.is_mark(end, mark)) && tokens.kind(end + 1) == Some(Kind::Digits)
        || tokens.is_mark(end, '%')
    {
        return None;
    }
    let comma = end + usize::from(tokens.is_mark(end, ','));
    let year = tokens.behind_space(comma).or_else(|| tokens.is_mark(end, '-').then_some(end + 1));
    if let Some((year, end)) = year.and_then(|at| year_at(tokens, at)) {
        return Some(checked(Some(year), month, day, DateForm::MonthFirst, end));
    }
    // "In May 30 minutes": the figure belongs to what it counts; "May 5 a.m." likewise.
    let counted = tokens.behind_space(end).and_then(|at| tokens.letters(at));
    if counted.is_some_and(|word| word::unit(word).is_some() || word::is_measure(word)) {
        return None;
    }
    Some(checked(None, month, day, DateForm::MonthFirst, end))
}

/// `5 July 2024`, `12th of July`, `05-Jul-2024`
fn day_first(tokens: &Tokens<'_>, at: usize) -> Option<Read<Day>> {
    let (day, next, ordinal) = day_of_month(tokens, at)?;
    let dashed = tokens.is_mark(next, '-');
    let mut next = if dashed { next + 1 } else { tokens.behind_space(next)? };
    let of = tokens.text(next) == "of";
    if of {
        next = tokens.behind_space(next + 1)?;
    }
    let month = tokens.letters(next).filter(|word| of || ordinal || !word.starts_with('m'))?;
    let month = word::month(month)?;
    let mut end = next + 1;
    let form = if of || ordinal { DateForm::Ordinal } else { DateForm::DayFirst };
    // The point of "Jul." belongs to it where the sentence goes on.
    let point = usize::from(tokens.is_mark(end, '.') && tokens.text(next).len() < 5);
    let comma = end + point + usize::from(tokens.is_mark(end + point, ','));
    let year = if dashed && tokens.is_mark(end, '-') { Some(end + 1) } else { tokens.behind_space(comma) };
    let year = year.and_then(|at| year_at(tokens, at));
    if let Some((_, behind)) = year {
        end = behind;
    }
    Some(checked(year.map(|(year, _)| year), month, day, form, end))
}

/// `2024-07-05`, `2024/07/05`
fn iso_date(tokens: &Tokens<'_>, at: usize) -> Option<Read<Day>> {
    let year = year_digits(tokens.digits(at, 4, 4)?)?;
    let mark = tokens.mark(at + 1).filter(|mark| "-/".contains(*mark))?;
    let width = if mark == '-' { 2 } else { 1 };
    let month = tokens.digits(at + 2, width, 2)?.parse().ok()?;
    if !tokens.is_mark(at + 3, mark) {
        return None;
    }
    let day = tokens.digits(at + 4, width, 2)?.parse().ok()?;
    let end = at + 5;
    let glued = tokens.letters(end).is_some_and(|letters| letters != "T") || tokens.kind(end) == Some(Kind::Digits);
    (!glued).then(|| checked(Some(year), month, day, DateForm::Iso, end))
}

/// Day, position behind it and behind its `st`, `nd`, `rd`, `th` (right or wrong), and whether that was there.
fn day_of_month(tokens: &Tokens<'_>, at: usize) -> Option<(i8, usize, bool)> {
    let day: i8 = tokens.digits(at, 1, 2)?.parse().ok()?;
    if !(1..=31).contains(&day) {
        return None;
    }
    match tokens.letters(at + 1) {
        None => Some((day, at + 1, false)),
        Some("st" | "nd" | "rd" | "th" | "d" | "ST" | "ND" | "RD" | "TH")
            if tokens.kind(at + 2) != Some(Kind::Digits) =>
        {
            Some((day, at + 2, true))
        }
        Some(_) => None,
    }
}

/// A year that stands alone.
fn year_at(tokens: &Tokens<'_>, at: usize) -> Option<(i16, usize)> {
    let year = year_digits(tokens.digits(at, 4, 4)?)?;
    let grouped =
        [',', '.'].iter().any(|&mark| tokens.is_mark(at + 1, mark)) && tokens.kind(at + 2) == Some(Kind::Digits);
    (tokens.ends_word(at + 1) && !grouped || tokens.is_mark(at + 1, '-')).then_some((year, at + 1))
}

fn year_digits(digits: &str) -> Option<i16> {
    digits.parse().ok().filter(|year| (1900..=2199).contains(year))
}

fn checked(year: Option<i16>, month: i8, day: i8, form: DateForm, end: usize) -> Read<Day> {
    // Without its year the 29th of February may exist.
    let exists = jiff::civil::Date::new(year.unwrap_or(2000), month, day).is_ok();
    let doubt = (!exists).then_some(Doubt::Impossible);
    Read { value: Day { weekday: None, date: Date { year, month, day }, form, doubt }, end }
}

/// A clock time: `13:52`, `1:52:07 pm`, `1 p.m.`, `14h30`, each perhaps with a zone.
fn clock(tokens: &Tokens<'_>, at: usize, iso: bool) -> Option<Read<Clock>> {
    let hour: i8 = tokens.digits(at, 1, 2)?.parse().ok()?;
    let (mut minute, mut second, mut end, mut loose) = (0, None, at + 1, false);
    let mut bare = true;
    if tokens.is_mark(end, ':') {
        minute = tokens.digits(end + 1, 2, 2)?.parse().ok()?;
        end += 2;
        bare = false;
        if tokens.is_mark(end, ':')
            && let Some(digits) = tokens.digits(end + 1, 2, 2)
        {
            second = Some(digits.parse().ok()?);
            end += 2;
        }
    } else if tokens.letters(end) == Some("h") && tokens.digits(end + 1, 2, 2).is_some() {
        minute = tokens.digits(end + 1, 2, 2)?.parse().ok()?;
        end += 2;
        (bare, loose) = (false, true);
    }
    if [':', '.', ','].iter().any(|&mark| tokens.is_mark(end, mark)) && tokens.kind(end + 1) == Some(Kind::Digits) {
        return None;
    }
    let half = if loose { None } else { half_of_day(tokens, end) };
    if bare && half.is_none() {
        return None;
    }
    let (time, doubt) = settle(hour, minute, second, half.as_ref().map(|half| half.value));
    end = half.as_ref().map_or(end, |half| half.end);
    let doubt = doubt.or_else(|| contradicted(tokens, end, time));
    let zone = zone_label(tokens, end, iso || second.is_some());
    // Letters or digits that were not understood: an identifier.
    if zone.is_none() && tokens.is_word(end) {
        return None;
    }
    end = zone.as_ref().map_or(end, |zone| zone.end);
    let clock = Clock { time, zone: zone.map(|zone| zone.value), loose, doubt };
    Some(Read { value: clock, end })
}

/// The 24-hour time, and what is doubtful about it.
fn settle(hour: i8, minute: i8, second: Option<i8>, afternoon: Option<bool>) -> (Time, Option<Doubt>) {
    let exists = hour <= 24 && minute < 60 && second.is_none_or(|second| second < 60);
    let (hour, doubt) = match afternoon {
        _ if !exists => (hour, Some(Doubt::Impossible)),
        None => (hour, (hour == 24).then_some(Doubt::Unclear)),
        Some(afternoon) if (1..=12).contains(&hour) => (hour % 12 + if afternoon { 12 } else { 0 }, None),
        Some(false) if hour == 0 => (0, None),
        Some(_) => (hour, Some(Doubt::Unclear)),
    };
    (Time { hour, minute, second, halved: afternoon.is_some() }, doubt)
}

/// `12:00am (noon)`: the word behind says otherwise.
fn contradicted(tokens: &Tokens<'_>, end: usize, time: Time) -> Option<Doubt> {
    let at = tokens.skip_space(end);
    let at = at + usize::from(tokens.is_mark(at, '('));
    let agrees = match tokens.letters(at)? {
        "noon" => time.hour == 12,
        "midnight" => time.hour == 0,
        _ => return None,
    };
    (time.halved && !agrees).then_some(Doubt::Unclear)
}

/// `true` for `PM`, `p.m.`; `false` for `am`.
fn half_of_day(tokens: &Tokens<'_>, end: usize) -> Option<Read<bool>> {
    let at = tokens.skip_space(end);
    let letters = tokens.letters(at)?;
    let whole = |word: &str| match word.to_ascii_lowercase().as_str() {
        "am" => Some(false),
        "pm" => Some(true),
        _ => None,
    };
    if letters.len() == 2 {
        return whole(letters)
            .filter(|_| tokens.kind(at + 1) != Some(Kind::Digits))
            .map(|value| Read { value, end: at + 1 });
    }
    let dotted = letters.len() == 1
        && tokens.is_mark(at + 1, '.')
        && tokens.letters(at + 2).is_some_and(|letters| letters.eq_ignore_ascii_case("m"));
    let value = whole(&format!("{letters}m")).filter(|_| dotted)?;
    // The last point of "p.m." also ends a sentence; then it stays there.
    let ends_sentence = match (tokens.kind(at + 4), tokens.letters(at + 5)) {
        (None, _) => true,
        (Some(Kind::Space), Some(next)) => {
            is_capitalised(next) && word::month(next).is_none() && word::weekday(next).is_none()
        }
        (Some(Kind::Space), None) => tokens.kind(at + 5).is_none() || tokens.text(at + 4).contains('\n'),
        _ => false,
    };
    let point = usize::from(tokens.is_mark(at + 3, '.') && !ends_sentence);
    Some(Read { value, end: at + 3 + point })
}

/// `UTC`, `(PT)`, `UTC+2`, `Z`, `+02:00`. `offsets` is whether a bare `-07:00` can be nothing but an offset here.
fn zone_label(tokens: &Tokens<'_>, end: usize, offsets: bool) -> Option<Read<String>> {
    if tokens.letters(end) == Some("Z") && tokens.ends_word(end + 1) {
        return Some(Read { value: "Z".to_owned(), end: end + 1 });
    }
    let at = tokens.skip_space(end);
    if tokens.is_mark(at, '+') || (offsets && at == end && tokens.is_mark(at, '-')) {
        let behind = offset(tokens, at, true)?;
        return Some(Read { value: tokens.slice(at, behind).to_owned(), end: behind });
    }
    let open = tokens.is_mark(at, '(');
    let label = at + usize::from(open);
    let mut behind = label + 1;
    let letters = tokens.letters(label).filter(|letters| zone::is_label(letters))?;
    if letters.eq_ignore_ascii_case("utc") || letters.eq_ignore_ascii_case("gmt") {
        behind = offset(tokens, behind, false).unwrap_or(behind);
    }
    if open {
        behind = tokens.is_mark(behind, ')').then_some(behind + 1)?;
    } else if tokens.is_word(behind) {
        return None;
    }
    Some(Read { value: tokens.slice(at, behind).to_owned(), end: behind })
}

/// The position behind `+2`, `-03:30`, `+0200`. Offsets reach to 14 hours in quarters (IANA tz database, `backward`).
fn offset(tokens: &Tokens<'_>, at: usize, whole: bool) -> Option<usize> {
    tokens.mark(at).filter(|mark| "+-".contains(*mark))?;
    if tokens.digits(at + 1, 4, 4).is_some() {
        return Some(at + 2);
    }
    tokens.digits(at + 1, 1, 2).filter(|digits| digits.parse::<u8>().is_ok_and(|hours| hours <= 14))?;
    if tokens.is_mark(at + 2, ':') {
        tokens.digits(at + 3, 2, 2).filter(|minutes| matches!(*minutes, "00" | "15" | "30" | "45"))?;
        // "10:54 UTC-11:00 UTC" is a span.
        let zone = tokens.letters(tokens.skip_space(at + 4)).is_some_and(zone::is_label);
        return (!zone).then_some(at + 4);
    }
    (!whole).then_some(at + 2)
}
