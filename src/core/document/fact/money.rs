//! Amounts of money. One that may be read in two ways (`€1.200`) or that has a scale of its own (`₹2.5 lakh`) is kept
//! as it stands; nothing is ever converted.

use super::figure::{Figure, Grouping, figure, joined};
use super::number::Counted;
use super::token::{Kind, Tokens};
use super::{Money, Scale, Value, Verbatim, rate, word};

/// Codes of ISO 4217 that reports name amounts in and that are no English word or abbreviation.
const CODES: &[&str] = &[
    "USD", "EUR", "GBP", "JPY", "CHF", "AUD", "NZD", "BRL", "MXN", "INR", "CNY", "SEK", "NOK", "DKK", "PLN", "CZK",
    "HUF", "ARS", "CLP", "COP", "ZAR", "KRW", "SGD", "HKD", "ILS", "AED",
];

/// What stands before `$` to say whose dollar or real it is.
const OWNERS: &[&str] = &["US", "A", "AU", "C", "CA", "NZ", "HK", "S", "R", "MX", "NT"];

/// Most tokens of an amount that is kept as it stands.
const REACH: usize = 64;

/// `$1,200.50`, `€300`, `US$ 5`, `USD 5 000`, `Rs. 1,25,000`, `$1.2M`: `at` is the first token of the currency.
/// `paired` says that an amount in the reader's notation and a dash stand in front.
pub(super) fn leading(tokens: &Tokens<'_>, at: usize, paired: bool) -> Option<Counted> {
    let behind = currency(tokens, at)?;
    let mut first = behind;
    if tokens.kind(first) != Some(Kind::Digits) {
        // "$ 5" is as likely a prompt, "$ 5,000" is none.
        let alone = behind == at + 1 && tokens.is_mark(at, '$');
        let is_amount = |at: usize| figure(tokens, at).is_some_and(|figure| figure.number.grouped);
        first = tokens.behind_space(behind).filter(|first| !alone || is_amount(*first))?;
    }
    let is_word = behind == at + 1 && tokens.letters(at).is_some();
    if tokens.kind(first) != Some(Kind::Digits) || (first == behind && is_word) {
        return None;
    }
    // "$300–$500": two notations in one range would be worse than none.
    let ranged = at.checked_sub(1).is_some_and(|before| matches!(tokens.mark(before), Some('-' | '–' | '—')));
    if (!ranged || paired)
        && let Some(figure) =
            figure(tokens, first).filter(|figure| is_certain(figure) && is_whole(tokens, first, figure, is_word))
        && let Some((scale, end)) = closed(tokens, figure.end).or_else(|| first_of_two(tokens, &figure))
    {
        let currency = tokens.slice(at, behind).trim_end_matches('.').to_owned();
        let (per, end) = per(tokens, end);
        return Some(Counted { value: Value::Money(Money { currency, amount: figure.number, scale, per }), end });
    }
    Some(Counted { value: Value::Verbatim(Verbatim::Uncertain), end: whole(tokens, first) })
}

/// Whether the figure is all of the amount. Behind a sign, a space parts the groups only where it can be nothing else;
/// and where a group may follow, less than all would be another amount.
fn is_whole(tokens: &Tokens<'_>, first: usize, figure: &Figure, is_word: bool) -> bool {
    let spaced = tokens.kind(first + 1) == Some(Kind::Space) && figure.end > first + 1;
    let goes_on = tokens.behind_space(figure.end).is_some_and(|next| tokens.digits(next, 3, 3).is_some());
    !goes_on && (!spaced || is_word || figure.grouping == Grouping::Clear)
}

/// `$1.2M–$1.5M`: the scale and end of the first of two amounts that both have a notation of their own.
fn first_of_two(tokens: &Tokens<'_>, first: &Figure) -> Option<(Option<Scale>, usize)> {
    let scale = tokens.letters(first.end).and_then(word::scale_letters);
    let end = first.end + usize::from(scale.is_some());
    let second = currency(tokens, end + 1).filter(|_| matches!(tokens.mark(end), Some('-' | '–' | '—')))?;
    let second = joined(tokens, second).filter(is_certain)?;
    let sound = closed(tokens, second.end).is_some() && (first.has_notation() || second.has_notation());
    sound.then_some((scale, end))
}

/// The position behind an amount that is kept as it stands.
fn whole(tokens: &Tokens<'_>, first: usize) -> usize {
    let mut end = first;
    while tokens.is_word(end) && end < first + REACH {
        end += 1;
        if matches!(tokens.mark(end), Some('.' | ',' | '\'' | '’')) && tokens.kind(end + 1) == Some(Kind::Digits) {
            end += 1;
        }
    }
    // "€6 900,50"
    let mut groups = 0;
    while groups < 8
        && let Some(next) = tokens.behind_space(end).filter(|next| tokens.digits(*next, 3, 3).is_some())
        && tokens.letters(next + 1).is_none()
    {
        let decimals = matches!(tokens.mark(next + 1), Some('.' | ',')) && tokens.kind(next + 2) == Some(Kind::Digits);
        end = next + if decimals { 3 } else { 1 };
        groups += 1;
    }
    // "$1.2–1.5M": one amount in one notation.
    if matches!(tokens.mark(end), Some('-' | '–')) && tokens.kind(end + 1) == Some(Kind::Digits) {
        end += 2;
        while end < first + REACH
            && (tokens.is_word(end)
                || tokens.mark(end).is_some_and(|mark| ".,".contains(mark)) && tokens.is_word(end + 1))
        {
            end += 1;
        }
    }
    // "$300 thousand": the amount is nothing without its word.
    match tokens.behind_space(end) {
        Some(next) if tokens.letters(next).is_some_and(word::is_measure) => next + 1,
        _ => end,
    }
}

/// `300 €`, `10 000 €`, `1.2 million USD`, `5.5k €`: `at` is the first digit.
pub(super) fn trailing(tokens: &Tokens<'_>, at: usize) -> Option<Counted> {
    if let Some(end) = foreign(tokens, at) {
        return Some(Counted { value: Value::Verbatim(Verbatim::Uncertain), end });
    }
    let figure = figure(tokens, at)?;
    let glued = tokens.letters(figure.end).and_then(word::scale_letters);
    let behind = figure.end + usize::from(glued.is_some());
    let (scale, end) =
        match tokens.behind_space(behind).and_then(|next| Some((word::scale(tokens.letters(next)?)?, next))) {
            Some((scale, next)) if glued.is_none() => (Some(scale), next + 1),
            _ => (glued, behind),
        };
    let sign = currency_behind(tokens, end)?;
    let (per, end) = per(tokens, sign + 1);
    let value = if is_certain(&figure) {
        Value::Money(Money { currency: tokens.text(sign).to_owned(), amount: figure.number, scale, per })
    } else {
        Value::Verbatim(Verbatim::Uncertain)
    };
    Some(Counted { value, end })
}

/// The unit of time behind an amount's slash, and the position behind both: `$5/month`.
fn per(tokens: &Tokens<'_>, end: usize) -> (Option<rate::RatePeriod>, usize) {
    rate::behind_slash(tokens, end).map_or((None, end), |(period, end)| (Some(period), end))
}

/// Where the currency's sign or code stands behind an amount that ends before `end`.
fn currency_behind(tokens: &Tokens<'_>, end: usize) -> Option<usize> {
    let sign = tokens.skip_space(end);
    let coded = sign > end && tokens.letters(sign).is_some_and(is_code) && tokens.ends_word(sign + 1);
    let signed = tokens.mark(sign).is_some_and(|mark| is_sign(mark) && mark != '$') && !tokens.is_word(sign + 1);
    (coded || signed).then_some(sign)
}

/// `1,5 €`, `1 200,50 €`, `5–10 USD`: figures in front of a currency that are one amount, or a range, in a notation
/// that English has not. The position behind the currency.
fn foreign(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let mut end = at;
    let mut is_foreign = false;
    while end < at + REACH {
        let own = figure(tokens, end);
        end = own.as_ref().map_or(end, |own| own.end - 1);
        tokens.digits(end, 1, usize::MAX)?;
        end += 1;
        let ranges = matches!(tokens.mark(end), Some('-' | '–' | '—'));
        if (ranges || matches!(tokens.mark(end), Some('.' | ',' | '\'' | '’')))
            && tokens.kind(end + 1) == Some(Kind::Digits)
        {
            is_foreign = true;
            end += 1;
        } else if let Some(next) = tokens
            .behind_space(end)
            .filter(|next| tokens.digits(*next, 3, 3).is_some() && tokens.digits(end - 1, 1, 3).is_some())
        {
            is_foreign = true;
            end = next;
        } else {
            break;
        }
    }
    Some(currency_behind(tokens, end).filter(|_| is_foreign)? + 1)
}

/// The position behind a currency's sign or code.
fn currency(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if tokens.mark(at).is_some_and(is_sign) {
        return Some(at + 1);
    }
    let letters = tokens.letters(at)?;
    if OWNERS.contains(&letters) && tokens.is_mark(at + 1, '$') {
        return Some(at + 2);
    }
    // "Rs. 500", "Rs 1,25,000"
    if letters == "Rs" {
        return Some(at + 1 + usize::from(tokens.is_mark(at + 1, '.')));
    }
    is_code(letters).then_some(at + 1)
}

/// The scale behind an amount and the position behind both; `None` where the amount goes on in a way not understood.
fn closed(tokens: &Tokens<'_>, end: usize) -> Option<(Option<Scale>, usize)> {
    if let Some(scale) = tokens.letters(end).and_then(word::scale_letters) {
        return stands_alone(tokens, end + 1).then_some((Some(scale), end + 1));
    }
    if !stands_alone(tokens, end) {
        return None;
    }
    let Some(next) = tokens.behind_space(end) else { return Some((None, end)) };
    match tokens.letters(next) {
        Some(letters) if word::scale(letters).is_some() => Some((word::scale(letters), next + 1)),
        Some(letters) if word::is_measure(letters) => None,
        _ => Some((None, end)),
    }
}

/// Whether the amount ends here, and is the first of no range: `$5/month` is an amount, `$5/6` none.
fn stands_alone(tokens: &Tokens<'_>, end: usize) -> bool {
    let per = tokens.is_mark(end, '/') && tokens.kind(end + 1) == Some(Kind::Letters);
    // "€1,50", "$1'00": one amount, in another notation.
    let goes_on = matches!(tokens.mark(end), Some(',' | '\'' | '’')) && tokens.kind(end + 1) == Some(Kind::Digits);
    let ranges = goes_on || matches!(tokens.mark(end), Some('-' | '–' | '—' | '+' | '/' | '%'));
    per || (tokens.ends_word(end) && !ranges)
}

/// Whether English alone explains the figure: `1.200` is one and a fifth, or twelve hundred.
fn is_certain(figure: &Figure) -> bool {
    let number = &figure.number;
    number.grouped || number.decimal.split_once('.').is_none_or(|(_, fraction)| fraction.len() != 3)
}

fn is_code(letters: &str) -> bool {
    CODES.contains(&letters)
}

fn is_sign(mark: char) -> bool {
    mark == '$' || matches!(mark, '¢'..='¥' | '₠'..='⃀')
}
