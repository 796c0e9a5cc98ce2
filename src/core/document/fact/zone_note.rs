//! Notes on the zone of a report's times, `All times are in UTC`, which many reports have word for word. Only the
//! zone is read; the sentence is the bundles'.

use super::reading::Tied;
use super::token::Tokens;
use super::zone_label::zone_label;
use super::{Value, ZoneNote};

/// What a note says of its times, before the zone.
const SAID: [&str; 9] = ["given", "shown", "listed", "displayed", "reported", "stated", "expressed", "noted", "below"];

/// `All times are in UTC`, `times in CET/CEST`, `all timestamps are given in Pacific Time (PT)`
pub(super) fn zone_note(tokens: &Tokens<'_>, at: usize) -> Option<Tied> {
    let is = |at: usize, words: &[&str]| {
        tokens.letters(at).is_some_and(|letters| words.iter().any(|word| letters.eq_ignore_ascii_case(word)))
    };
    let mut next = at;
    let all = is(at, &["all"]);
    if all {
        next = tokens.behind_space(at + 1)?;
        if is(next, &["the", "our"]) {
            next = tokens.behind_space(next + 1)?;
        }
    }
    if !is(next, &["times", "timestamps"]) {
        return None;
    }
    next = tokens.behind_space(next + 1)?;
    while is(next, &SAID) {
        next = tokens.behind_space(next + 1)?;
    }
    // "all times in this report are UTC"
    if is(next, &["in", "on"]) && tokens.behind_space(next + 1).is_some_and(|this| is(this, &["this"])) {
        next = tokens.behind_space(tokens.behind_space(next + 1)? + 1)?;
        tokens.letters(next)?;
        next = tokens.behind_space(next + 1)?;
    }
    let sentence = is(next, &["are"]);
    if sentence {
        next = tokens.behind_space(next + 1)?;
    }
    while is(next, &SAID) {
        next = tokens.behind_space(next + 1)?;
    }
    let placed = is(next, &["in"]);
    if placed {
        next = tokens.behind_space(next + 1)?;
        if is(next, &["the"]) {
            next = tokens.behind_space(next + 1)?;
        }
    }
    if !(all || sentence || placed) {
        return None;
    }
    let end = zone(tokens, next)?;
    let zone = tokens.slice(next, end).to_owned();
    let capital = tokens.starts_upper(at);
    let value = Value::ZoneNote(ZoneNote { zone, all, sentence, capital });
    tokens.ends_word(end).then_some(Tied { value, end, doubt: None })
}

/// The position behind a zone, or several: `CET/CEST`, `US Pacific (PT)`.
fn zone(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let area = tokens.letters(at).filter(|word| matches!(*word, "US" | "U"));
    let first = if area.is_some() { tokens.behind_space(at + 1).unwrap_or(at) } else { at };
    let place = tokens.letters(first).filter(|word| matches!(*word, "Pacific" | "Mountain" | "Central" | "Eastern"));
    let label = zone_label(tokens, first, false).map(|zone| zone.end).filter(|end| *end > first);
    let mut end = label.or_else(|| place.map(|_| first + 1))?;
    for mark in ['/', '(', '/'] {
        let open = if mark == '(' { tokens.skip_space(end) } else { end };
        if tokens.is_mark(open, mark) {
            let from = if mark == '(' { open } else { open + 1 };
            end = zone_label(tokens, from, false).map_or(end, |zone| zone.end);
        }
    }
    Some(end)
}
