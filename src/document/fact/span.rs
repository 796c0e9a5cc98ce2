//! Moments in their sentence: tokens come in, a moment or a span with the preposition that belongs to it goes out.
//! A preposition that may not belong to the moment is left to the sentence.

use super::clock::Clock;
use super::date::DateForm;
use super::half::halves_agree;
use super::moment::{Doubt, Read, Reading, instant};
use super::preposition::{behind_a_day, fitting, left_to_sentence, onwards, preposition};
use super::token::{Kind, Tokens};
use super::{Moment, Preposition, Span, Time, Value, Verbatim, name, pair, range, word, zone_note};

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
        Kind::Letters => with_preposition(tokens, at)
            .or_else(|| bare(tokens, at))
            .or_else(|| name::names(tokens, at))
            .or_else(|| zone_note::zone_note(tokens, at)),
        Kind::Space | Kind::Mark => None,
    }
}

fn bare(tokens: &Tokens<'_>, at: usize) -> Option<Tied> {
    let capital = opens(tokens, at);
    // "5–6 PM", "5 to 6 PM"
    let ranges = |at| glued_dash(tokens, at) || connector(tokens, at).is_some_and(|(_, word)| is_to(word));
    let hours = bare_hour(tokens, at).filter(|_| ranges(at + 1)).and_then(|start| span(tokens, &start, None));
    if let Some(tied) =
        hours.or_else(|| range::days(tokens, at, None)).and_then(|span| closed(tokens, &span, None, capital))
    {
        return Some(tied);
    }
    if let Some(days) = range::listed(tokens, at, None, capital) {
        return Some(days);
    }
    let behind_a_day = behind_a_day(tokens, at);
    let Some(start) = instant(tokens, at, behind_a_day) else {
        return name::month(tokens, at, None, capital).or_else(|| pair::unread(tokens, at, true));
    };
    if let Some(doubt) = start.value.doubt() {
        let value = Value::Verbatim(Verbatim::Uncertain);
        let whole = tokens.ends_word(start.end).then_some(Tied { value, end: start.end, doubt: Some(doubt) });
        return pair::unread(tokens, at, false).filter(|pair| pair.end > start.end).or(whole);
    }
    if let Some(span) = span(tokens, &start, None).filter(|span| tokens.ends_word(span.end)) {
        return closed(tokens, &span, None, capital);
    }
    if let Some(pair) = pair::unread(tokens, at, false).filter(|pair| pair.end > start.end) {
        return Some(pair);
    }
    if let Some(end) = onwards(tokens, start.end) {
        return single(tokens, &Read { end, ..start }, Some(Preposition::Onwards), capital);
    }
    let timed_only = start.value.day.is_none() && start.value.clock.is_some();
    let tie = if behind_a_day && timed_only { Some(Preposition::At) } else { left_to_sentence(tokens, at) };
    single(tokens, &start, tie, capital)
}

fn with_preposition(tokens: &Tokens<'_>, at: usize) -> Option<Tied> {
    let Read { value: mut preposition, end: mut next } = preposition(tokens, at)?;
    let capital = starts_upper(tokens, at);
    let mut hedged = preposition == Preposition::Around;
    // "at around 16:00 UTC"
    if matches!(preposition, Preposition::At | Preposition::On)
        && tokens.letters(next).and_then(word::preposition) == Some(Preposition::Around)
    {
        preposition = Preposition::Around;
        hedged = true;
        next = tokens.behind_space(next + 1)?;
    }
    // "from approximately 10:54 to 13:36": nothing less than a span.
    if matches!(preposition, Preposition::From | Preposition::Between)
        && tokens.letters(next).and_then(word::preposition) == Some(Preposition::Around)
    {
        return hedged_span(tokens, tokens.behind_space(next + 1)?, preposition, capital);
    }
    if let Some(month) = name::month(tokens, next, Some(preposition), capital) {
        return Some(month);
    }
    let mut article = preposition == Preposition::The;
    if !article && tokens.text(next) == "the" {
        article = true;
        next = tokens.behind_space(next + 1)?;
    }
    if let Some(tied) = spanning(tokens, next, preposition, article, capital) {
        return Some(tied);
    }
    if preposition == Preposition::On
        && !article
        && let Some(days) = range::listed(tokens, next, Some(preposition), capital)
    {
        return Some(days);
    }
    // "after 1h30", "by 2h15": as likely how long as when; "by noon" is always when.
    let timed = matches!(
        preposition,
        Preposition::At | Preposition::Since | Preposition::Until | Preposition::From | Preposition::Between
    ) || tokens.letters(next).and_then(word::middle_of_day).is_some();
    let mut start = instant(tokens, next, timed).filter(|start| start.value.doubt().is_none())?;
    let tie = fits(tokens, at, preposition, article, &start.value, hedged)?;
    if let Some(span) = span(tokens, &start, Some(preposition)).filter(|span| tokens.ends_word(span.end)) {
        return closed(tokens, &span, Some(tie), capital);
    }
    if pair::unread(tokens, next, false).is_some_and(|pair| pair.end > start.end) {
        return None;
    }
    let tie = match (preposition, onwards(tokens, start.end)) {
        (Preposition::From | Preposition::Since | Preposition::At | Preposition::On, Some(end)) => {
            start.end = end;
            Preposition::Onwards
        }
        (Preposition::Between, _) => return None,
        // "from 1h30 to two hours"
        (Preposition::From, _) if start.value.is_loose() && !start.value.is_bare_word() => return None,
        _ => tie,
    };
    single(tokens, &start, Some(tie), capital)
}

fn hedged_span(tokens: &Tokens<'_>, at: usize, preposition: Preposition, capital: bool) -> Option<Tied> {
    let start = instant(tokens, at, true).filter(|start| start.value.doubt().is_none())?;
    let ends = span(tokens, &start, Some(preposition))?;
    let mut tied = closed(tokens, &ends, Some(preposition), capital)?;
    if let Value::Span(span) = &mut tied.value {
        span.hedged = true;
    }
    Some(tied)
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
    let days = range::days(tokens, at, Some(preposition))?;
    closed(tokens, &days, Some(preposition), capital)
}

/// The preposition that ties the moment, if preposition and article can belong to it. `hedged` is whether a word for
/// "around" stands there.
fn fits(
    tokens: &Tokens<'_>,
    at: usize,
    preposition: Preposition,
    article: bool,
    start: &Reading,
    hedged: bool,
) -> Option<Preposition> {
    if article {
        // "the July 5 incident", "the 2024-07-05 advisory": the article belongs to what follows.
        let own = start.day.is_some_and(|day| {
            day.form == DateForm::Ordinal || (day.form == DateForm::DayFirst && day.weekday.is_some())
        });
        if !own {
            return None;
        }
    }
    // "a post about July 5"
    let around = hedged && tokens.text(at).eq_ignore_ascii_case("around");
    if preposition == Preposition::Around && start.clock.is_none() && !around {
        return None;
    }
    fitting(tokens, at, preposition, start)
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
fn span(tokens: &Tokens<'_>, start: &Read<Reading>, preposition: Option<Preposition>) -> Option<Ends> {
    let (next, word) = connector(tokens, start.end)?;
    let own = own(word, preposition).ok()?;
    let end = instant(tokens, next, true).filter(|end| end.value.doubt().is_none())?;
    // Of "10:54 – July 5" or "July 5 to 13:36" nobody knows what it spans.
    if start.value.clock.is_some() != end.value.clock.is_some()
        || (start.value.clock.is_none() && end.value.day.is_none())
    {
        return None;
    }
    let start = halves_agree(&start.value, &end.value)?;
    Some(Ends { preposition: own, start, last: end.value, end: end.end })
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

fn is_to(word: Option<&str>) -> bool {
    word.is_some_and(|word| word != "and")
}

/// Whether a dash stands between two figures without space.
pub(super) fn glued_dash(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.mark(at), Some('-' | '–' | '—' | '‑')) && tokens.kind(at + 1) == Some(Kind::Digits)
}

/// The position of the span's end, and the word between, if it is a word.
pub(super) fn connector<'text>(tokens: &Tokens<'text>, end: usize) -> Option<(usize, Option<&'text str>)> {
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

/// The `2` of `from 2 to 3 pm`: a start only if the end has its `am` or `pm`, which the caller's span makes sure.
fn bare_hour(tokens: &Tokens<'_>, at: usize) -> Option<Read<Reading>> {
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

fn closed(tokens: &Tokens<'_>, ends: &Ends, preposition: Option<Preposition>, capital: bool) -> Option<Tied> {
    if !tokens.ends_word(ends.end) {
        return None;
    }
    // A preposition that is not the span's own ties its start: "on July 5, 10:54–13:36".
    let tied = preposition.filter(|_| ends.preposition.is_none());
    let start = Moment { preposition: tied, capital, ..ends.start.moment() };
    let value = Value::Span(Span { preposition: ends.preposition, hedged: false, start, end: ends.last.moment() });
    Some(Tied { value, end: ends.end, doubt: ends.start.remark().or(ends.last.remark()) })
}

fn single(tokens: &Tokens<'_>, read: &Read<Reading>, preposition: Option<Preposition>, capital: bool) -> Option<Tied> {
    let moment = Moment { preposition, capital, ..read.value.moment() };
    let value = Value::Moment(moment);
    tokens.ends_word(read.end).then_some(Tied { value, end: read.end, doubt: read.value.remark() })
}

/// Whether a sentence begins here. A name behind a label has its capital from English: `Start: Tuesday`.
pub(super) fn opens(tokens: &Tokens<'_>, at: usize) -> bool {
    let before = at.checked_sub(2).filter(|_| tokens.behind_space(at - 1).is_some());
    let labelled = before.is_some_and(|before| tokens.is_mark(before, ':'));
    !labelled && tokens.opens_sentence(at) && starts_upper(tokens, at)
}

pub(super) fn starts_upper(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.text(at).chars().next().is_some_and(char::is_uppercase)
}
