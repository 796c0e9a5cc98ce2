//! Spans: tokens come in, two moments and what joins them go out: `from 10:54 to 13:36 UTC`, `July 5–7`. Of two figures of
//! which nobody knows what they span, there is none.

use super::clock::Clock;
use super::half::halves_agree;
use super::moment::{Read, Reading, instant};
use super::preposition::hedge;
use super::tied::Tied;
use super::token::{Kind, Tokens};
use super::{Moment, Preposition, Span, Time, Value, kept, range, weekday};

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

/// A start and end, with the span's own preposition.
pub(super) struct Ends {
    pub(super) preposition: Option<Preposition>,
    pub(super) start: Reading,
    pub(super) last: Reading,
    /// The position behind the span.
    pub(super) end: usize,
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

/// The word between makes no span with the preposition in front.
#[derive(Debug)]
pub(super) struct NoSpan;

/// The preposition that is the span's own: `None` for a bare dash.
pub(super) fn own(word: Option<&str>, preposition: Option<Preposition>) -> Result<Option<Preposition>, NoSpan> {
    match (word, preposition) {
        // "Between 06:59 UTC to 13:18 UTC" is what people write, too.
        (_, Some(Preposition::Between)) => Ok(Some(Preposition::Between)),
        (Some("and"), _) => Err(NoSpan),
        // "10:54 to 13:36" is a span without its "from".
        (Some(_), None | Some(Preposition::From)) | (None, Some(Preposition::From)) => Ok(Some(Preposition::From)),
        (None, None) | (_, Some(Preposition::On | Preposition::At | Preposition::Around)) => Ok(None),
        // "until July 5 to …"
        _ => Err(NoSpan),
    }
}

pub(super) fn is_to(word: Option<&str>) -> bool {
    word.is_some_and(|word| word != "and")
}

/// Whether a dash stands between two figures without space.
pub(super) fn glued_dash(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.mark(at), Some('-' | '–' | '—' | '‑')) && tokens.kind(at + 1) == Some(Kind::Digits)
}

/// The position of the span's end, and the word between, if it is a word.
pub(super) fn connector(tokens: &Tokens<'_>, end: usize) -> Option<(usize, Option<&'static str>)> {
    let at = tokens.skip_space(end);
    if matches!(tokens.mark(at), Some('-' | '–' | '—' | '‑' | '−')) {
        let next = tokens.skip_space(at + 1);
        // Either both sides have a space or neither.
        return ((at == end) == (next == at + 1)).then_some((next, None));
    }
    let word = Some(tokens.joint(at)).filter(|_| at > end)?;
    matches!(word, "to" | "until" | "till" | "through" | "thru" | "and").then_some(())?;
    let mut next = tokens.behind_space(at + 1)?;
    if tokens.joint(next) == "the" {
        next = tokens.behind_space(next + 1)?;
    }
    Some((next, Some(word)))
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
    let value = Value::Span(Span { preposition: ends.preposition, hedged: false, start, end: ends.last.moment() });
    Some(Tied { value, end: ends.end, doubt: ends.start.remark().or(ends.last.remark()) })
}
