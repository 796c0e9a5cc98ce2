//! Moments and spans with the preposition that belongs to them, since the notation writes both. A preposition that
//! may not belong to the moment is left to the sentence.

use super::connector::{connector, glued_dash, is_to};
use super::moment::instant;
use super::preposition::{behind_a_day, fitting, hedge, left_to_sentence, onwards, preposition};
use super::reading::{DateForm, Read, Reading, Tied};
use super::span::{bare_hour, closed, span, spanning};
use super::token::{Kind, Tokens};
use super::{Moment, Preposition, Value, Verbatim, kept, name, owner, pair, range, weekday, word, zone_note};

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
    let capital = tokens.opens_with_capital(at);
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
    if let Some(ends) = weekday::timed(tokens, at)
        .and_then(|start| span(tokens, &start, None))
        .filter(|ends| ends.last.weekday.is_some())
    {
        return closed(tokens, &ends, None, capital);
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
    let tie = preposition(tokens, at)?;
    let capital = tokens.starts_upper(at);
    let (Read { value: preposition, end: mut next }, hedge_sign) = hedged(tokens, tie);
    let hedged = preposition == Preposition::Around;
    // "from approximately 10:54 to 13:36": nothing less than a span.
    if matches!(preposition, Preposition::From | Preposition::Between)
        && let Some(behind) = hedge(tokens, next)
    {
        return hedged_span(tokens, behind, preposition, capital);
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
    let mut start =
        read_or_kept(tokens, next, preposition, timed).filter(|start| !article || start.value.kept.is_none())?;
    start.value.approximate |= hedge_sign;
    if owner::owns(tokens, start.end) {
        return None;
    }
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

/// The preposition with a word for `about` behind it: `at around 16:00` is around it; of `by about 5 PM` the
/// preposition stays, and a sign says the rest.
fn hedged(tokens: &Tokens<'_>, tie: Read<Preposition>) -> (Read<Preposition>, bool) {
    use Preposition::{
        After, Around, AsOf, At, Before, By, Effective, NoEarlierThan, NoLaterThan, On, PriorTo, Since, Starting, Until,
    };
    let is_around = matches!(tie.value, At | On);
    let has_sign = matches!(
        tie.value,
        By | Since | Until | Before | After | Starting | AsOf | Effective | NoEarlierThan | NoLaterThan | PriorTo
    );
    match hedge(tokens, tie.end) {
        Some(end) if is_around => (Read { value: Around, end }, false),
        Some(end) if has_sign => (Read { end, ..tie }, true),
        _ => (tie, false),
    }
}

/// The moment at `at`, or as much as is kept there behind its preposition: `since 2024-07-05 10:54:01.5` is more than
/// could be read.
fn read_or_kept(tokens: &Tokens<'_>, at: usize, preposition: Preposition, timed: bool) -> Option<Read<Reading>> {
    let read = instant(tokens, at, timed).filter(|start| start.value.doubt().is_none());
    let kept = kept::kept(tokens, at, preposition);
    match (read, kept) {
        (Some(read), Some(kept)) => Some(if kept.end > read.end { kept } else { read }),
        (read, kept) => read.or(kept),
    }
}

fn hedged_span(tokens: &Tokens<'_>, at: usize, preposition: Preposition, capital: bool) -> Option<Tied> {
    let start = instant(tokens, at, true).filter(|start| start.value.doubt().is_none())?;
    let ends = span(tokens, &start, Some(preposition))?;
    let mut tied = closed(tokens, &ends, Some(preposition), capital)?;
    if let Value::Span(span) = &mut tied.value {
        span.hedged = true;
        span.end.approximate = false;
    }
    Some(tied)
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

fn single(tokens: &Tokens<'_>, read: &Read<Reading>, preposition: Option<Preposition>, capital: bool) -> Option<Tied> {
    let moment = Moment { preposition, capital, ..read.value.moment() };
    let value = Value::Moment(moment);
    tokens.ends_word(read.end).then_some(Tied { value, end: read.end, doubt: read.value.remark() })
}
