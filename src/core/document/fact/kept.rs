//! Dates and times that are kept as written though a preposition stands in front: nobody can say what they mean, or no
//! notation of ours holds all of them. The preposition is the moment's all the same: no engine knows that a figure in a
//! placeholder is a date, and so which of its words for `on` it takes.

use std::sync::LazyLock;

use regex::Regex;

use super::moment::instant;
use super::reading::{DateForm, Day, Doubt, Read, Reading};
use super::token::{Kind, Tokens};
use super::zone_label::zone_label;
use super::{Kept, Preposition, pair};

/// Bytes of the longest such figures: `2024-03-05T10:00:00.123456789+01:00`.
const LONGEST: usize = 48;

/// Dates in figures, and instants as programs write them: ISO 8601, and the Common Log Format's.
static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let clock = r"\d\d:?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?";
    Regex::new(&format!(
        r"^(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:19|20|21)\d\d|\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d[.,]\d{{1,9}}|(?:19|20|21)\d\d[./-]\d{{1,2}}[./-]\d{{1,2}}(?:T{clock})?|\d{{8}}T{clock}|\d{{1,2}}/[A-Z][a-z]{{2}}/\d{{4}}(?::\d\d:\d\d:\d\d(?: [+-]\d{{4}})?)?)"
    ))
    .ok()
});
/// Times with a part of a second, and with minutes or seconds of one digit.
static TIME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\d{1,2}:\d\d?(?::\d\d?(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?").ok());
static MONTH_AND_DAY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(\d{1,2})/(\d{1,2})").ok());

/// What is kept at a position behind this preposition.
pub(super) fn kept(tokens: &Tokens<'_>, at: usize, preposition: Preposition) -> Option<Read<Reading>> {
    let doubtful = instant(tokens, at, false).filter(|read| read.value.doubt().is_some());
    if let Some(read) = doubtful {
        // Of a pair the halves belong together.
        let is_single = pair::unread(tokens, at, false).is_none();
        // "on July 5 to 7": the month stands for more than one day.
        let shares = |day: Day| day.form == DateForm::MonthFirst && day.doubt == Some(Doubt::Unclear);
        let is_single = is_single && !read.value.day.is_some_and(shares);
        let doubt = read.value.doubt();
        let mut kept = is_single.then(|| whole(tokens, at, read.end, read.value.day.is_none())).flatten()?;
        kept.value.doubtful = doubt;
        return Some(kept);
    }
    tokens.digits(at, 1, 8)?;
    let end = |pattern: &Regex| behind(tokens, at, pattern.find(tokens.ahead(at, LONGEST))?.end());
    if let Some(end) = DATE.as_ref().and_then(end) {
        return whole(tokens, at, zone_label(tokens, end, false).map_or(end, |zone| zone.end), false);
    }
    if preposition != Preposition::Of
        && let Some(end) = TIME.as_ref().and_then(end)
    {
        return whole(tokens, at, zone_label(tokens, end, false).map_or(end, |zone| zone.end), true);
    }
    month_and_day(tokens, at, preposition)
}

fn whole(tokens: &Tokens<'_>, at: usize, end: usize, is_time: bool) -> Option<Read<Reading>> {
    let kept = Kept { text: tokens.slice(at, end).to_owned(), is_time, is_apart: false };
    tokens.ends_word(end).then_some(Read { value: Reading { kept: Some(kept), ..Reading::default() }, end })
}

/// The position of the token that begins so many bytes behind another; `None` within one.
fn behind(tokens: &Tokens<'_>, at: usize, bytes: usize) -> Option<usize> {
    let end = tokens.start(at) + bytes;
    (at..=at + LONGEST).find(|next| tokens.start(*next) >= end).filter(|next| tokens.start(*next) == end)
}

/// `on 3/4 the second`: not `on 3/4 of the nodes`, `by 1/3`, `24/7`.
fn month_and_day(tokens: &Tokens<'_>, at: usize, preposition: Preposition) -> Option<Read<Reading>> {
    use Preposition::{Before, By, On, Since, Until};
    let captures = MONTH_AND_DAY.as_ref()?.captures(tokens.slice(at, at + 3))?;
    let part = |index: usize| captures.get(index)?.as_str().parse::<u8>().ok().filter(|part| (1..=31).contains(part));
    let (first, second) = (part(1)?, part(2)?);
    let is_date = first.min(second) <= 12 && (first, second) != (24, 7);
    let next = tokens.skip_space(at + 3);
    let closes = match tokens.kind(next) {
        None | Some(Kind::Space) => true,
        Some(Kind::Mark) => matches!(tokens.mark(next), Some(',' | '.' | ';' | ':' | ')' | '!' | '?')),
        Some(Kind::Letters) => {
            matches!(
                tokens.text(next),
                "the" | "a" | "an" | "and" | "at" | "we" | "it" | "our" | "all" | "this" | "until" | "from" | "when"
            ) && tokens.text(tokens.skip_space(next + 1)) != "of"
        }
        Some(Kind::Digits) => false,
    };
    let is_tied = matches!(preposition, On | Since | Until | Before) || preposition == By && opens(tokens, at);
    (is_date && closes && is_tied).then(|| whole(tokens, at, at + 3, false)).flatten()
}

/// Whether the preposition in front begins a sentence: `By 3/4 we move`, not `reduced by 3/4`.
fn opens(tokens: &Tokens<'_>, at: usize) -> bool {
    at.checked_sub(2).is_some_and(|word| tokens.text(word).starts_with(char::is_uppercase))
}
