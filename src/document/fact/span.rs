//! Moments in their sentence: tokens come in, a moment or a span with the preposition that belongs to it goes out.
//! A preposition that may not belong to the moment is left to the sentence.

use super::clock::Clock;
use super::moment::{DateForm, Doubt, Read, Reading, moment};
use super::token::{Kind, Tokens};
use super::{Moment, Preposition, Span, Time, Value, Verbatim, word};

/// What stands at a position, and the doubt that made it verbatim.
#[derive(Debug)]
pub(super) struct Tied {
    pub(super) value: Value,
    pub(super) end: usize,
    pub(super) doubt: Option<Doubt>,
}

/// A moment or span, with its preposition.
pub(super) fn tied(tokens: &Tokens<'_>, at: usize) -> Option<Tied> {
    match tokens.kind(at)? {
        Kind::Digits => bare(tokens, at),
        Kind::Letters => with_preposition(tokens, at).or_else(|| bare(tokens, at)),
        Kind::Space | Kind::Mark => None,
    }
}

fn bare(tokens: &Tokens<'_>, at: usize) -> Option<Tied> {
    let capital = tokens.opens_sentence(at) && starts_upper(tokens, at);
    if let Some(tied) = day_range(tokens, at).and_then(|span| closed(tokens, &span, None, capital)) {
        return Some(tied);
    }
    let start = moment(tokens, at, false)?;
    if let Some(doubt) = start.value.doubt() {
        let value = Value::Verbatim(Verbatim::Uncertain);
        return tokens.ends_word(start.end).then_some(Tied { value, end: start.end, doubt: Some(doubt) });
    }
    match span(tokens, &start, None) {
        Some(span) if tokens.ends_word(span.end) => closed(tokens, &span, None, capital),
        _ => single(tokens, &start, None, capital),
    }
}

fn with_preposition(tokens: &Tokens<'_>, at: usize) -> Option<Tied> {
    let mut preposition = word::preposition(tokens.letters(at)?)?;
    let capital = starts_upper(tokens, at);
    let mut next = tokens.behind_space(at + 1)?;
    let mut hedged = preposition == Preposition::Around;
    // "at around 16:00 UTC"
    if matches!(preposition, Preposition::At | Preposition::On)
        && tokens.letters(next).and_then(word::preposition) == Some(Preposition::Around)
    {
        preposition = Preposition::Around;
        hedged = true;
        next = tokens.behind_space(next + 1)?;
    }
    let mut article = preposition == Preposition::The;
    if !article && tokens.text(next) == "the" {
        article = true;
        next = tokens.behind_space(next + 1)?;
    }
    if let Some(tied) = spanning(tokens, next, preposition, article, capital) {
        return Some(tied);
    }
    // "after 1h30", "by 2h15": as likely how long as when.
    let timed = matches!(
        preposition,
        Preposition::At | Preposition::Since | Preposition::Until | Preposition::From | Preposition::Between
    );
    let start = moment(tokens, next, timed).filter(|start| start.value.doubt().is_none())?;
    if !fits(preposition, article, &start.value, hedged.then(|| tokens.text(at))) {
        return None;
    }
    match span(tokens, &start, Some(preposition)).filter(|span| tokens.ends_word(span.end)) {
        Some(span) => closed(tokens, &span, Some(preposition), capital),
        None if preposition == Preposition::Between => None,
        // "from 1h30 to two hours"
        None if preposition == Preposition::From && start.value.is_loose() => None,
        None => single(tokens, &start, Some(preposition), capital),
    }
}

/// Spans whose start is no moment by itself: `from 2 to 3 pm`, `from 5–7 July`.
fn spanning(tokens: &Tokens<'_>, at: usize, preposition: Preposition, article: bool, capital: bool) -> Option<Tied> {
    if article {
        return None;
    }
    if matches!(preposition, Preposition::From | Preposition::Between)
        && let Some(start) = bare_hour(tokens, at)
        && let Some(span) = span(tokens, &start, Some(preposition))
    {
        return closed(tokens, &span, Some(preposition), capital);
    }
    (preposition == Preposition::On)
        .then(|| day_range(tokens, at).and_then(|span| closed(tokens, &span, Some(preposition), capital)))
        .flatten()
}

/// Whether the preposition and article can belong to the moment. `hedge` is the word for "around" as written.
fn fits(preposition: Preposition, article: bool, start: &Reading, hedge: Option<&str>) -> bool {
    let dated = start.day.is_some();
    let timed = start.clock.is_some();
    if article {
        // "the July 5 incident", "the 2024-07-05 advisory": the article belongs to what follows.
        let own = start.day.is_some_and(|day| {
            day.form == DateForm::Ordinal || (day.form == DateForm::DayFirst && day.weekday.is_some())
        });
        if !own {
            return false;
        }
    }
    match preposition {
        Preposition::On => dated,
        Preposition::At => timed,
        // "a post about July 5"
        Preposition::Around => timed || hedge.is_some_and(|hedge| hedge.eq_ignore_ascii_case("around")),
        _ => true,
    }
}

/// A start and end, with the span's own preposition.
struct Ends {
    preposition: Option<Preposition>,
    start: Reading,
    end_reading: Reading,
    end: usize,
}

/// The span that begins with `start`, where one does.
fn span(tokens: &Tokens<'_>, start: &Read<Reading>, preposition: Option<Preposition>) -> Option<Ends> {
    let (next, word) = connector(tokens, start.end)?;
    let own = match (word, preposition) {
        (Some("and") | None, Some(Preposition::Between)) => Some(Preposition::Between),
        (Some("and"), _) => return None,
        // "until July 5 to …" is no span; "10:54 to 13:36" is one without its "from".
        (Some(_), None | Some(Preposition::From)) | (None, Some(Preposition::From)) => Some(Preposition::From),
        (None, None) | (_, Some(Preposition::On | Preposition::At | Preposition::Around)) => None,
        _ => return None,
    };
    let end = moment(tokens, next, true).filter(|end| end.value.doubt().is_none())?;
    // Of "10:54 – July 5" or "July 5 to 13:36" nobody knows what it spans.
    if start.value.clock.is_some() != end.value.clock.is_some()
        || (start.value.clock.is_none() && end.value.day.is_none())
    {
        return None;
    }
    let start = halves_agree(&start.value, &end.value)?;
    Some(Ends { preposition: own, start, end_reading: end.value, end: end.end })
}

/// The position of the span's end, and the word between, if it is a word.
fn connector<'text>(tokens: &Tokens<'text>, end: usize) -> Option<(usize, Option<&'text str>)> {
    let at = tokens.skip_space(end);
    if matches!(tokens.mark(at), Some('-' | '–' | '—' | '‑' | '−')) {
        let next = tokens.skip_space(at + 1);
        // Either both sides have a space or neither.
        return ((at == end) == (next == at + 1)).then_some((next, None));
    }
    let word = tokens.letters(at).filter(|_| at > end)?;
    matches!(word, "to" | "until" | "till" | "through" | "thru" | "and").then_some(())?;
    let mut next = tokens.behind_space(at + 1)?;
    if tokens.text(next) == "the" {
        next = tokens.behind_space(next + 1)?;
    }
    Some((next, Some(word)))
}

/// `2:30–3:15 pm`: the start takes the half that the end has (Chicago Manual of Style 9.38); where that would end
/// before it starts, nothing is certain.
fn halves_agree(start: &Reading, end: &Reading) -> Option<Reading> {
    let mut reading = start.clone();
    let (Some(first), Some(last)) = (&mut reading.clock, &end.clock) else { return Some(reading) };
    if first.time.halved == last.time.halved {
        return Some(reading);
    }
    if first.time.halved {
        // "1 pm to 2:30": only a later half-less time is certain.
        return (last.time.hour > 12).then_some(reading);
    }
    if !(1..=12).contains(&first.time.hour) {
        return None;
    }
    let hour = first.time.hour % 12 + if last.time.hour >= 12 { 12 } else { 0 };
    let time = Time { hour, halved: true, ..first.time };
    if (time.hour, time.minute) >= (last.time.hour, last.time.minute) {
        return None;
    }
    first.time = time;
    Some(reading)
}

/// The `2` of `from 2 to 3 pm`: a start only if the end has its `am` or `pm`, which the caller's span makes sure.
fn bare_hour(tokens: &Tokens<'_>, at: usize) -> Option<Read<Reading>> {
    let hour: i8 = tokens.digits(at, 1, 2)?.parse().ok().filter(|hour| (1..=12).contains(hour))?;
    let (next, _) = connector(tokens, at + 1)?;
    moment(tokens, next, false)?.value.clock.filter(|clock| clock.time.halved)?;
    let clock =
        Clock { time: Time { hour, minute: 0, second: None, halved: false }, zone: None, loose: false, doubt: None };
    Some(Read { value: Reading { day: None, clock: Some(clock) }, end: at + 1 })
}

/// `July 5–7, 2024`, `5-7 July 2024`, `2-3 pm`: the figures stand together.
fn day_range(tokens: &Tokens<'_>, at: usize) -> Option<Ends> {
    let dash = |at: usize| matches!(tokens.mark(at), Some('-' | '–' | '—' | '‑'));
    if tokens.kind(at) == Some(Kind::Digits) {
        if !dash(at + 1) || tokens.kind(at + 2) != Some(Kind::Digits) {
            return None;
        }
        if let Some(start) = bare_hour(tokens, at) {
            return span(tokens, &start, None);
        }
        let first: i8 = tokens.digits(at, 1, 2)?.parse().ok()?;
        let end = moment(tokens, at + 2, false).filter(|end| end.value.doubt().is_none())?;
        let day = end.value.day.filter(|day| day.form == DateForm::DayFirst && day.weekday.is_none())?;
        return (1..day.date.day).contains(&first).then(|| ends_of_days(&end, first, day.date.day));
    }
    let first =
        moment(tokens, at, false).filter(|start| start.value.clock.is_none() && start.value.doubt().is_none())?;
    let day = first.value.day.filter(|day| day.form == DateForm::MonthFirst && day.date.year.is_none())?;
    if !dash(first.end) {
        return None;
    }
    let last: i8 =
        tokens.digits(first.end + 1, 1, 2)?.parse().ok().filter(|last| (day.date.day + 1..=31).contains(last))?;
    let mut end = first.end + 2;
    let comma = end + usize::from(tokens.is_mark(end, ','));
    let mut year = None;
    if let Some(at) = tokens.behind_space(comma)
        && let Some(digits) = tokens.digits(at, 4, 4)
        && tokens.ends_word(at + 1)
    {
        year = digits.parse().ok().filter(|year| (1900..=2199).contains(year));
        end = if year.is_some() { at + 1 } else { end };
    }
    if !tokens.ends_word(end) {
        return None;
    }
    jiff::civil::Date::new(year.unwrap_or(2000), day.date.month, last).ok()?;
    let mut value = first.value;
    if let Some(day) = &mut value.day {
        day.date.year = year;
    }
    Some(ends_of_days(&Read { value, end }, day.date.day, last))
}

fn ends_of_days(read: &Read<Reading>, first: i8, last: i8) -> Ends {
    let (mut start, mut end_reading) = (read.value.clone(), read.value.clone());
    start.clock = None;
    if let Some(day) = &mut start.day {
        day.date.day = first;
        day.date.year = None;
        day.weekday = None;
    }
    if let Some(day) = &mut end_reading.day {
        day.date.day = last;
    }
    Ends { preposition: None, start, end_reading, end: read.end }
}

fn closed(tokens: &Tokens<'_>, ends: &Ends, preposition: Option<Preposition>, capital: bool) -> Option<Tied> {
    if !tokens.ends_word(ends.end) {
        return None;
    }
    // A preposition that is not the span's own ties its start: "on July 5, 10:54–13:36".
    let tied = preposition.filter(|_| ends.preposition.is_none());
    let start = Moment { preposition: tied, capital, ..ends.start.moment() };
    let value = Value::Span(Span { preposition: ends.preposition, start, end: ends.end_reading.moment() });
    Some(Tied { value, end: ends.end, doubt: None })
}

fn single(tokens: &Tokens<'_>, read: &Read<Reading>, preposition: Option<Preposition>, capital: bool) -> Option<Tied> {
    let moment = Moment { preposition, capital, ..read.value.moment() };
    let value = Value::Moment(moment);
    tokens.ends_word(read.end).then_some(Tied { value, end: read.end, doubt: None })
}

fn starts_upper(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.text(at).chars().next().is_some_and(char::is_uppercase)
}
