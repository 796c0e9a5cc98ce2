//! What figures count: numbers, percentages, quantities and ordinals. A decimal that may be a version is verbatim; so
//! is every figure that can be read in two ways.

use super::figure::{Figure, Grouping, figure, joined, unclear};
use super::token::{Kind, Tokens};
use super::{Number, Unit, Value, Verbatim, evidence, rate, word};

/// A figure's value and the position behind it.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) value: Value,
    pub(super) end: usize,
}

/// What the digits at `at`, or the sign in front of them, count.
pub(super) fn number(tokens: &Tokens<'_>, at: usize) -> Option<Counted> {
    let negative = tokens.is_mark(at, '-');
    let first = at + usize::from(negative);
    if tokens.kind(first) != Some(Kind::Digits) {
        return None;
    }
    if let Some(end) = ieee_802(tokens, first) {
        return Some(kept(end));
    }
    let Some(mut figure) = figure(tokens, first) else {
        let end = unclear(tokens, first).filter(|_| !negative)?;
        return Some(kept(end));
    };
    if figure.grouping == Grouping::Unsure {
        return Some(kept(figure.end));
    }
    if negative {
        figure.number.decimal.insert(0, '-');
    }
    let counted = percentile(tokens, &figure)
        .or_else(|| measured(tokens, &figure))
        .or_else(|| ordinal(tokens, first).filter(|_| !negative))
        .or_else(|| rated(tokens, &figure))
        .or_else(|| abbreviated(tokens, &figure).filter(|_| !evidence::is_version(tokens, first)))
        .or_else(|| multiple(tokens, &figure));
    if counted.is_some() {
        return counted;
    }
    let end = figure.end;
    if begins_range(tokens, &figure) || joins_measured(tokens, end) {
        return Some(settled(figure, false));
    }
    let plus = tokens.is_mark(end, '+') && !tokens.is_word(end + 1);
    let per = figure.has_notation() && tokens.is_mark(end, '/') && is_plain_word(tokens, end + 1);
    if !plus && !per && !tokens.ends_word(end) {
        return None;
    }
    let scaled = tokens.behind_space(end).and_then(|at| tokens.letters(at)).is_some_and(word::is_measure);
    let version = figure.is_decimal() && !figure.number.grouped && !scaled && !evidence::counts(tokens, first, end);
    let codes = figure.number.grouped && evidence::lists_codes(tokens, first, end);
    Some(settled(figure, version || codes))
}

/// The position behind `802.1x`, `802.11ac`: standards of the IEEE.
fn ieee_802(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let named = tokens.text(at) == "802" && tokens.is_mark(at + 1, '.') && tokens.digits(at + 2, 1, 2).is_some();
    let end = at + 3 + usize::from(tokens.letters(at + 3).is_some());
    (named && tokens.ends_word(end)).then_some(end)
}

/// `.5 seconds`, `.25%`: a fraction without its nought, which CLDR's patterns all write (`#,##0.###`). Without a unit
/// behind it, the point may be anything.
pub(super) fn fraction(tokens: &Tokens<'_>, at: usize) -> Option<Counted> {
    let digits = tokens.digits(at + 1, 1, 9).filter(|_| tokens.is_mark(at, '.') && tokens.starts_word(at))?;
    let number = Number { decimal: format!("0.{digits}"), grouped: false };
    measured(tokens, &Figure { number, end: at + 2, grouping: Grouping::Clear })
}

/// A figure that is not certain enough to be rewritten.
fn kept(end: usize) -> Counted {
    Counted { value: Value::Verbatim(Verbatim::Uncertain), end }
}

fn settled(figure: Figure, uncertain: bool) -> Counted {
    let end = figure.end;
    let value = if uncertain { Value::Verbatim(Verbatim::Uncertain) } else { Value::Number(figure.number) };
    Counted { value, end }
}

/// `99.95%`, `4.5 percent`, `30 minutes`, `30-minute`, `1.5GB`
fn measured(tokens: &Tokens<'_>, figure: &Figure) -> Option<Counted> {
    let number = || figure.number.clone();
    let end = figure.end;
    let spaced = tokens.skip_space(end);
    if tokens.is_mark(spaced, '%') && !tokens.is_word(spaced + 1) {
        return Some(Counted { value: Value::Percentage(number()), end: spaced + 1 });
    }
    let hyphen = tokens.is_mark(end, '-');
    let at = if hyphen { end + 1 } else { spaced };
    // "35 °C" and "35°C"
    if tokens.is_mark(spaced, '°')
        && let Some(symbol) = tokens.letters(spaced + 1).and_then(word::degree)
    {
        let value = Value::Quantity { amount: number(), unit: Unit::Symbol(symbol) };
        return tokens.ends_word(spaced + 2).then_some(Counted { value, end: spaced + 2 });
    }
    let letters = tokens.letters(at)?;
    if spaced > end && letters == "percent" && tokens.ends_word(at + 1) {
        return Some(Counted { value: Value::Percentage(number()), end: at + 1 });
    }
    if spaced > end && letters == "per" && tokens.behind_space(at + 1).is_some_and(|cent| tokens.text(cent) == "cent") {
        return Some(Counted { value: Value::Percentage(number()), end: at + 3 });
    }
    let mut behind = at + 1;
    let rated = tokens.is_mark(behind, '/') && tokens.is_word(behind + 1);
    let unit = if rated { word::rate(tokens.slice(at, behind + 2))? } else { word::unit(letters)? };
    if let Unit::Symbol(_) = unit {
        if hyphen {
            return None;
        }
        behind += if rated { 2 } else { 0 };
    } else if tokens.is_mark(behind, '.') && abbreviated_within_sentence(tokens, behind) {
        behind += 1;
    }
    tokens.ends_word(behind).then(|| Counted { value: Value::Quantity { amount: number(), unit }, end: behind })
}

/// `15 minutes`: what is counted in a unit of time, with a word and not a sign.
pub(super) fn counted_time(tokens: &Tokens<'_>, at: usize) -> Option<Counted> {
    let figure = figure(tokens, at).filter(|figure| tokens.kind(figure.end) == Some(Kind::Space))?;
    if figure.grouping == Grouping::Unsure {
        return None;
    }
    let counted = measured(tokens, &figure)?;
    let timed = !matches!(counted.value, Value::Quantity { unit: Unit::Symbol(_), .. } | Value::Percentage(_));
    timed.then_some(counted)
}

/// The point of `30 min. later`; at a sentence's end it stays with the sentence.
fn abbreviated_within_sentence(tokens: &Tokens<'_>, point: usize) -> bool {
    let letters = tokens.text(point - 1);
    let short = matches!(letters, "min" | "mins" | "sec" | "secs" | "hr" | "hrs" | "yr" | "yrs");
    let next = tokens.behind_space(point + 1).and_then(|at| tokens.letters(at));
    short && next.is_some_and(|next| next.chars().all(char::is_lowercase))
}

/// `1st`, `22nd`, `113th`, spelt rightly.
fn ordinal(tokens: &Tokens<'_>, at: usize) -> Option<Counted> {
    let value: u32 = tokens.digits(at, 1, 6)?.parse().ok()?;
    let right = match (value % 10, value % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    let sound = tokens.letters(at + 1) == Some(right) && tokens.ends_word(at + 2) && !tokens.text(at).starts_with('0');
    // "3rd party" is no party: where the glossary has no term for it, it stays.
    let party = tokens.skip_space(at + 2 + usize::from(tokens.is_mark(at + 2, '-')));
    if sound_party(tokens, at, party) {
        return Some(Counted { value: Value::Verbatim(Verbatim::Name), end: party + 1 });
    }
    sound.then_some(Counted { value: Value::Ordinal(value), end: at + 2 })
}

/// `3rd party`, `3rd-parties`
fn sound_party(tokens: &Tokens<'_>, at: usize, party: usize) -> bool {
    tokens.slice(at, at + 2) == "3rd"
        && party > at + 2
        && matches!(tokens.text(party), "party" | "parties" | "Party")
        && !tokens.is_word(party + 1)
}

/// Letters that abbreviate what a figure counts or is multiplied by, alike in every language: `1.2s`, `1.5x`, `4.2M`.
/// Behind a plain integer they need nothing from us: `10k` is the same everywhere.
const ABBREVIATIONS: &[&str] =
    &["s", "h", "d", "m", "min", "x", "X", "k", "K", "M", "B", "G", "T", "mn", "bn", "pp", "V", "A", "W"];

/// Of these, the ones that may stand behind a space.
const APART: &[&str] = &["s", "h"];

/// `1.2s`, `3.2 s`, `4.2M`, `1,500K`
fn abbreviated(tokens: &Tokens<'_>, figure: &Figure) -> Option<Counted> {
    let letters = tokens.letters(figure.end).filter(|_| figure.has_notation());
    let at = if letters.is_some() { figure.end } else { tokens.behind_space(figure.end)? };
    let known = if letters.is_some() { ABBREVIATIONS } else { APART };
    let symbol = known.iter().find(|known| **known == tokens.text(at))?;
    let end = at + 1;
    let goes_on = matches!(tokens.mark(end), Some('-' | '/')) && tokens.is_word(end + 1);
    let value = Value::Quantity { amount: figure.number.clone(), unit: Unit::Symbol(symbol) };
    (goes_on || tokens.ends_word(end)).then_some(Counted { value, end })
}

/// `95th percentile`, `99.9th-percentile`, `99.9th`: there are no other ordinals with decimals.
fn percentile(tokens: &Tokens<'_>, figure: &Figure) -> Option<Counted> {
    let end = figure.end + 1;
    let is_ordinal = matches!(tokens.text(figure.end), "th" | "st" | "nd" | "rd");
    if !is_ordinal || !tokens.ends_word(end) && !tokens.is_mark(end, '-') {
        return None;
    }
    let next = tokens.behind_space(end).unwrap_or(end + usize::from(tokens.is_mark(end, '-')));
    let named = tokens.text(next) == "percentile" && tokens.ends_word(next + 1);
    // "21st percentile" is an ordinal like others: the bundle of English knows `th` alone.
    let is_named = named && tokens.text(figure.end) == "th";
    if !is_named && !figure.is_decimal() {
        return None;
    }
    let value = Value::Quantity { amount: figure.number.clone(), unit: Unit::Percentile };
    Some(Counted { value, end: if named { next + 1 } else { end } })
}

/// `3-fold`, `2.5-fold`
fn multiple(tokens: &Tokens<'_>, figure: &Figure) -> Option<Counted> {
    let end = figure.end + 2;
    let sound = tokens.is_mark(figure.end, '-') && tokens.text(figure.end + 1) == "fold" && tokens.ends_word(end);
    let value = Value::Quantity { amount: figure.number.clone(), unit: Unit::Fold };
    sound.then_some(Counted { value, end })
}

/// `5,000/day`, `12/min`, `2.5 errors/s`: so many in each unit of time.
fn rated(tokens: &Tokens<'_>, figure: &Figure) -> Option<Counted> {
    let (unit, end) = rate::unit(tokens, figure.end)?;
    Some(Counted { value: Value::Quantity { amount: figure.number.clone(), unit }, end })
}

/// `/user`, not `/user/x` or `/user.txt`
fn is_plain_word(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.letters(at).is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()))
        && tokens.ends_word(at + 1)
}

/// `1-2 min`, `1.4–2.1%`, `1,000-1,500`: the first figure of a range whose second has a unit, or that only a figure's
/// notation makes one.
fn begins_range(tokens: &Tokens<'_>, first: &Figure) -> bool {
    let at = first.end + 1;
    let dash = matches!(tokens.mark(first.end), Some('-' | '‑' | '–' | '—')) && tokens.kind(at) == Some(Kind::Digits);
    if !dash {
        return false;
    }
    let Some(second) = joined(tokens, at).filter(|second| second.grouping == Grouping::Clear) else { return false };
    let grouped = (first.number.grouped || second.number.grouped) && tokens.ends_word(second.end);
    grouped || is_measured(tokens, &second)
}

/// `1.4 to 2.1%`, `1.2 → 3.4 s`, `1.2/3.4/5.6 ms`: what is counted stands behind the last figure.
fn joins_measured(tokens: &Tokens<'_>, end: usize) -> bool {
    /// Most figures of a list.
    const LISTED: usize = 8;
    let mut end = end;
    for count in 0..LISTED {
        let Some(second) = evidence::behind_joint(tokens, end).and_then(|next| joined(tokens, next)) else {
            return false;
        };
        if second.grouping != Grouping::Clear || count > 0 && !second.is_decimal() {
            return false;
        }
        if is_measured(tokens, &second) {
            return true;
        }
        if !second.is_decimal() {
            return false;
        }
        end = second.end;
    }
    false
}

fn is_measured(tokens: &Tokens<'_>, figure: &Figure) -> bool {
    measured(tokens, figure).is_some() || abbreviated(tokens, figure).is_some()
}
