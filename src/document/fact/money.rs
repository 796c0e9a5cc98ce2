//! Amounts of money: tokens come in, the currency and amount at one of them go out. An amount that may be read in two
//! ways (`€1.200`) or that is abbreviated (`$1.5M`) is kept as it stands; nothing is ever converted.

use super::number::{Counted, Figure, figure};
use super::token::{Kind, Tokens};
use super::{Money, Scale, Value, Verbatim, word};

/// Codes of ISO 4217 that reports name amounts in and that are no English word or abbreviation.
const CODES: &[&str] = &[
    "USD", "EUR", "GBP", "JPY", "CHF", "AUD", "NZD", "BRL", "MXN", "INR", "CNY", "SEK", "NOK", "DKK", "PLN", "CZK",
    "HUF", "ARS", "CLP", "COP", "ZAR", "KRW", "SGD", "HKD", "ILS", "AED",
];

/// What stands before `$` to say whose dollar or real it is.
const OWNERS: &[&str] = &["US", "A", "AU", "C", "CA", "NZ", "HK", "S", "R", "MX", "NT"];

/// `$1,200.50`, `€300`, `US$ 5`, `USD 1.2 million`: `at` is the first token of the currency.
pub(super) fn leading(tokens: &Tokens<'_>, at: usize) -> Option<Counted> {
    let behind = currency(tokens, at)?;
    let mut first = behind;
    if tokens.kind(first) != Some(Kind::Digits) {
        // "$ 5" is as likely a prompt.
        let alone = behind == at + 1 && tokens.is_mark(at, '$');
        first = tokens.behind_space(behind).filter(|_| !alone)?;
    }
    if tokens.kind(first) != Some(Kind::Digits) || (first == behind && tokens.letters(at).is_some_and(is_code)) {
        return None;
    }
    // "$300–$500": two notations in one range would be worse than none.
    let ranged = at.checked_sub(1).is_some_and(|before| matches!(tokens.mark(before), Some('-' | '–' | '—')));
    if !ranged
        && let Some(figure) = figure(tokens, first).filter(is_certain)
        && let Some((scale, end)) = closed(tokens, figure.end)
    {
        let currency = tokens.slice(at, behind).to_owned();
        return Some(Counted { value: Value::Money(Money { currency, amount: figure.number, scale }), end });
    }
    let mut end = first;
    while tokens.is_word(end) {
        end += 1;
        if matches!(tokens.mark(end), Some('.' | ',')) && tokens.kind(end + 1) == Some(Kind::Digits) {
            end += 1;
        }
    }
    // "$300 thousand": the amount is nothing without its word.
    if let Some(next) = tokens.behind_space(end)
        && tokens.letters(next).is_some_and(word::is_measure)
    {
        end = next + 1;
    }
    Some(Counted { value: Value::Verbatim(Verbatim::Uncertain), end })
}

/// `300 €`, `1.2 million USD`: `at` is the first digit.
pub(super) fn trailing(tokens: &Tokens<'_>, at: usize) -> Option<Counted> {
    let figure = figure(tokens, at)?;
    let (scale, end) =
        match tokens.behind_space(figure.end).and_then(|next| Some((word::scale(tokens.letters(next)?)?, next))) {
            Some((scale, next)) => (Some(scale), next + 1),
            None => (None, figure.end),
        };
    let sign = tokens.skip_space(end);
    let coded = sign > end && tokens.letters(sign).is_some_and(is_code) && tokens.ends_word(sign + 1);
    let signed = tokens.mark(sign).is_some_and(|mark| is_sign(mark) && mark != '$') && !tokens.is_word(sign + 1);
    if !coded && !signed {
        return None;
    }
    let value = if is_certain(&figure) {
        Value::Money(Money { currency: tokens.text(sign).to_owned(), amount: figure.number, scale })
    } else {
        Value::Verbatim(Verbatim::Uncertain)
    };
    Some(Counted { value, end: sign + 1 })
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
    is_code(letters).then_some(at + 1)
}

/// The scale behind an amount and the position behind both; `None` where the amount goes on in a way not understood.
fn closed(tokens: &Tokens<'_>, end: usize) -> Option<(Option<Scale>, usize)> {
    let ranges = matches!(tokens.mark(end), Some('-' | '–' | '—' | '+' | '/' | '%'));
    if !tokens.ends_word(end) || ranges {
        return None;
    }
    let Some(next) = tokens.behind_space(end) else { return Some((None, end)) };
    match tokens.letters(next) {
        Some(letters) if word::scale(letters).is_some() => Some((word::scale(letters), next + 1)),
        Some(letters) if word::is_measure(letters) => None,
        _ => Some((None, end)),
    }
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
