//! Figures: tokens come in, the number, percentage, quantity or ordinal at one of them goes out.
//! A decimal that may be a version is verbatim; so is every figure that can be read in two ways.

use super::token::{Kind, Tokens};
use super::{Number, Value, Verbatim, word};

/// Most digits that are read as one number, and most tokens of a figure that is kept: bounds the work on chains of groups.
const DIGITS: usize = 30;
const PARTS: usize = 64;

/// A figure's value and the position behind it.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) value: Value,
    pub(super) end: usize,
}

/// Digits read as a decimal, and the position behind them.
#[derive(Debug)]
pub(super) struct Figure {
    pub(super) number: Number,
    pub(super) end: usize,
}

/// What the digits at `at`, or the sign in front of them, count.
pub(super) fn number(tokens: &Tokens<'_>, at: usize) -> Option<Counted> {
    let negative = tokens.is_mark(at, '-');
    let first = at + usize::from(negative);
    if tokens.kind(first) != Some(Kind::Digits) {
        return None;
    }
    let Some(mut figure) = figure(tokens, first) else {
        return unclear(tokens, at, first);
    };
    if negative {
        figure.number.decimal.insert(0, '-');
    }
    let decimal = figure.number.decimal.contains('.');
    if let Some(counted) = measured(tokens, &figure) {
        return Some(counted);
    }
    if let Some(counted) = ordinal(tokens, first).filter(|_| !negative) {
        return Some(counted);
    }
    let end = figure.end;
    let plus = tokens.is_mark(end, '+') && !tokens.is_word(end + 1);
    if begins_range(tokens, end) || plus {
        return Some(settled(figure, decimal));
    }
    if !tokens.ends_word(end) {
        return None;
    }
    let scaled = tokens.behind_space(end).and_then(|at| tokens.letters(at)).is_some_and(word::is_measure);
    let uncertain = decimal && !figure.number.grouped && !scaled || listed_codes(tokens, first, &figure);
    Some(settled(figure, uncertain))
}

fn settled(figure: Figure, uncertain: bool) -> Counted {
    let end = figure.end;
    let value = if uncertain { Value::Verbatim(Verbatim::Uncertain) } else { Value::Number(figure.number) };
    Counted { value, end }
}

/// Digits, thousands in groups of three, a point and a fraction. `None` where what follows makes it another thing.
pub(super) fn figure(tokens: &Tokens<'_>, at: usize) -> Option<Figure> {
    let first = tokens.digits(at, 1, usize::MAX)?;
    let mut decimal = first.to_owned();
    let mut end = at + 1;
    let mut grouped = false;
    while first.len() <= 3 && !first.starts_with('0') && decimal.len() < DIGITS && tokens.is_mark(end, ',') {
        let Some(group) = tokens.digits(end + 1, 3, 3) else { break };
        decimal.push_str(group);
        grouped = true;
        end += 2;
    }
    if tokens.is_mark(end, '.') && tokens.kind(end + 1) == Some(Kind::Digits) {
        decimal.push('.');
        decimal.push_str(tokens.text(end + 1));
        end += 2;
    }
    let goes_on = tokens.kind(end + 1) == Some(Kind::Digits);
    let plain = end == at + 1;
    // "8,9,12" is a list; "1.234,56" and "1,204,55" are anyone's guess; "1.2.3" is a version.
    if goes_on && (tokens.is_mark(end, '.') || tokens.is_mark(end, ',') && !plain) {
        return None;
    }
    Some(Figure { number: Number { decimal, grouped }, end })
}

/// `1.234,56`: kept as it stands, with all its digits, points and commas.
fn unclear(tokens: &Tokens<'_>, at: usize, first: usize) -> Option<Counted> {
    let mut end = first + 1;
    let mut commas = false;
    while end < first + PARTS
        && matches!(tokens.mark(end), Some('.' | ','))
        && tokens.kind(end + 1) == Some(Kind::Digits)
    {
        commas |= tokens.is_mark(end, ',');
        end += 2;
    }
    let value = Value::Verbatim(Verbatim::Uncertain);
    (at == first && commas && tokens.ends_word(end)).then_some(Counted { value, end })
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
        let value = Value::Quantity { amount: number(), unit: super::Unit::Symbol(symbol) };
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
    if let super::Unit::Symbol(_) = unit {
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
    let counted = measured(tokens, &figure)?;
    let timed = !matches!(counted.value, Value::Quantity { unit: super::Unit::Symbol(_), .. } | Value::Percentage(_));
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
    sound.then_some(Counted { value: Value::Ordinal(value), end: at + 2 })
}

/// `1-2 min`, `3-5%`: the first figure of a range whose second has a unit.
fn begins_range(tokens: &Tokens<'_>, end: usize) -> bool {
    tokens.is_mark(end, '-')
        && tokens.kind(end + 1) == Some(Kind::Digits)
        && figure(tokens, end + 1).is_some_and(|second| measured(tokens, &second).is_some())
}

/// `HTTP 500,502`, `ports 80,443`: codes in a list without spaces, not a number in groups.
fn listed_codes(tokens: &Tokens<'_>, at: usize, figure: &Figure) -> bool {
    if !figure.number.grouped {
        return false;
    }
    let coded = |word: Option<&str>| {
        word.is_some_and(|word| {
            let word = word.to_ascii_lowercase();
            matches!(
                word.as_str(),
                "http" | "https" | "error" | "errors" | "code" | "codes" | "status" | "port" | "ports"
            )
        })
    };
    (1..=4).any(|back| at.checked_sub(back).is_some_and(|before| coded(tokens.letters(before))))
}
