//! Spans of two moments: `from 10:54 to 13:36 UTC`, `July 5–7`. Of two figures of which nobody knows what they span,
//! there is none.

use super::connector::{connector, own};
use super::half::halves_agree;
use super::moment::instant;
use super::preposition::hedge;
use super::reading::{Clock, Ends, Read, Reading, Tied};
use super::token::Tokens;
use super::{Moment, Preposition, Time, TimeSpan, Value, kept, range, weekday};

/// Spans whose start is no moment by itself: `from 2 to 3 pm`, `from 5–7 July`.
pub(super) fn spanning(
    tokens: &Tokens<'_>,
    at: usize,
    preposition: Preposition,
    article: bool,
    capital: bool,
) -> Option<Tied> {
    if article {
        return None;
    }
    if matches!(preposition, Preposition::From | Preposition::Between)
        && let Some(start) = bare_hour(tokens, at).or_else(|| weekday::timed(tokens, at))
        && let Some(span) = span(tokens, &start, Some(preposition))
    {
        return closed(tokens, &span, Some(preposition), capital);
    }
    let days = range::days(tokens, at, Some(preposition))?;
    closed(tokens, &days, Some(preposition), capital)
}

/// The span that begins with `start`, where one does.
pub(super) fn span(tokens: &Tokens<'_>, start: &Read<Reading>, preposition: Option<Preposition>) -> Option<Ends> {
    let (next, word) = connector(tokens, start.end)?;
    let own = own(word, preposition).ok()?;
    let hedged = hedge(tokens, next);
    let end = end(tokens, hedged.unwrap_or(next), preposition)?;
    let last = Reading { approximate: end.value.approximate || hedged.is_some(), ..end.value };
    // Of "10:54 – July 5" or "July 5 to 13:36" nobody knows what it spans.
    if start.value.is_timed() != last.is_timed() || !(start.value.is_timed() || last.is_dated()) {
        return None;
    }
    let start = halves_agree(&start.value, &last)?;
    Some(Ends { preposition: own, start, last, end: end.end })
}

/// The moment that ends a span.
fn end(tokens: &Tokens<'_>, at: usize, preposition: Option<Preposition>) -> Option<Read<Reading>> {
    let read = instant(tokens, at, true).filter(|end| end.value.doubt().is_none());
    read.or_else(|| weekday::timed(tokens, at)).or_else(|| kept::kept(tokens, at, preposition?))
}

/// The `2` of `from 2 to 3 pm`: a start only if the end has its `am` or `pm`, which the caller's span makes sure.
pub(super) fn bare_hour(tokens: &Tokens<'_>, at: usize) -> Option<Read<Reading>> {
    let hour: i8 = tokens.digits(at, 1, 2)?.parse().ok().filter(|hour| (1..=12).contains(hour))?;
    let (next, _) = connector(tokens, at + 1)?;
    instant(tokens, next, false)?.value.clock.filter(|clock| clock.time.halved)?;
    let clock = Clock {
        time: Time { hour, minute: 0, second: None, halved: false },
        zone: None,
        loose: false,
        named: None,
        doubt: None,
    };
    Some(Read { value: Reading::of(None, Some(clock)), end: at + 1 })
}

pub(super) fn closed(
    tokens: &Tokens<'_>,
    ends: &Ends,
    preposition: Option<Preposition>,
    capital: bool,
) -> Option<Tied> {
    if !tokens.ends_word(ends.end) {
        return None;
    }
    // A preposition that is not the span's own ties its start: "on July 5, 10:54–13:36".
    let tied = preposition.filter(|_| ends.preposition.is_none());
    let start = Moment { preposition: tied, capital, ..ends.start.moment() };
    let value = Value::Span(TimeSpan { preposition: ends.preposition, hedged: false, start, end: ends.last.moment() });
    Some(Tied { value, end: ends.end, doubt: ends.start.remark().or(ends.last.remark()) })
}
