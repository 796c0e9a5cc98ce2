//! Digits read as one decimal: thousands in groups, a point, a fraction. English notation is read, and what is written
//! the same way in every language: groups parted by spaces (ISO 80000-1), those of India and of Switzerland. What the
//! figure counts is not known here.

use super::Number;
use super::token::{Kind, Tokens};

/// Most digits that are read as one number, and most groups looked at: bounds the work on chains of groups.
const DIGITS: usize = 30;
const GROUPS: usize = 64;

/// Digits read as a decimal, and the position behind them.
#[derive(Debug)]
pub(super) struct Figure {
    pub(super) number: Number,
    pub(super) end: usize,
    pub(super) grouping: Grouping,
}

/// How certain the groups make the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grouping {
    /// No groups, or some that can be nothing else.
    Clear,
    /// Two figures beside each other may look the same: `4 200`, `12,34,567`. A currency settles it.
    Unsure,
}

impl Figure {
    pub(super) fn is_decimal(&self) -> bool {
        self.number.decimal.contains('.')
    }

    /// Whether its notation is another one in other languages.
    pub(super) fn has_notation(&self) -> bool {
        self.number.grouped || self.is_decimal()
    }
}

/// The figure at `at`, however its thousands are parted. `None` where what follows makes it another thing.
pub(super) fn figure(tokens: &Tokens<'_>, at: usize) -> Option<Figure> {
    spaced(tokens, at).or_else(|| apostrophed(tokens, at)).or_else(|| joined(tokens, at))
}

/// Adds a point and the digits behind it, if they are there: the position behind the figure.
fn with_fraction(tokens: &Tokens<'_>, decimal: &mut String, end: usize) -> usize {
    if !tokens.is_mark(end, '.') || tokens.kind(end + 1) != Some(Kind::Digits) {
        return end;
    }
    decimal.push('.');
    decimal.push_str(tokens.text(end + 1));
    end + 2
}

/// `1'234'567.50`: groups of three parted by apostrophes, as in Switzerland.
fn apostrophed(tokens: &Tokens<'_>, at: usize) -> Option<Figure> {
    let mut decimal = tokens.digits(at, 1, 3).filter(|first| !first.starts_with('0'))?.to_owned();
    let mut end = at + 1;
    while decimal.len() < DIGITS
        && matches!(tokens.mark(end), Some('\'' | '’'))
        && let Some(group) = tokens.digits(end + 1, 3, 3)
    {
        decimal.push_str(group);
        end += 2;
    }
    if end == at + 1 {
        return None;
    }
    end = with_fraction(tokens, &mut decimal, end);
    let goes_on =
        matches!(tokens.mark(end), Some('\'' | '’' | '.' | ',')) && tokens.kind(end + 1) == Some(Kind::Digits);
    let number = Number { decimal, grouped: true };
    (!goes_on).then_some(Figure { number, end, grouping: Grouping::Clear })
}

/// Digits, groups behind commas, a point and a fraction.
pub(super) fn joined(tokens: &Tokens<'_>, at: usize) -> Option<Figure> {
    let first = tokens.digits(at, 1, usize::MAX)?;
    let mut decimal = first.to_owned();
    let mut end = at + 1;
    let mut grouping = Grouping::Clear;
    match chain(tokens, at) {
        Chain::None => {}
        Chain::Thousands(last) => end = last,
        Chain::Indian(last) => (end, grouping) = (last, Grouping::Unsure),
        Chain::Mixed => return None,
    }
    let grouped = end > at + 1;
    for group in (at + 2..end).step_by(2) {
        decimal.push_str(tokens.text(group));
    }
    end = with_fraction(tokens, &mut decimal, end);
    let goes_on = tokens.kind(end + 1) == Some(Kind::Digits);
    let plain = end == at + 1;
    // "1'23": neither groups nor one number.
    if goes_on && matches!(tokens.mark(end), Some('\'' | '’')) {
        return None;
    }
    // "8,9,12" is a list; "1.234,56" is anyone's guess; "1.2.3" is a version.
    if goes_on && (tokens.is_mark(end, '.') || tokens.is_mark(end, ',') && !plain) {
        return None;
    }
    Some(Figure { number: Number { decimal, grouped }, end, grouping })
}

/// What the groups behind commas make of the digits in front of them, with the position behind the last.
enum Chain {
    None,
    /// `1,204,000`
    Thousands(usize),
    /// `12,34,567`: pairs, and three digits at last.
    Indian(usize),
    /// `1,204,55`, `8,9,120`: a part of it would be read as another figure.
    Mixed,
}

fn chain(tokens: &Tokens<'_>, at: usize) -> Chain {
    let first = tokens.text(at);
    let is_head = |most: usize| first.len() <= most && !first.starts_with('0');
    let mut lengths: Vec<usize> = Vec::new();
    let mut end = at + 1;
    while lengths.len() < GROUPS
        && tokens.is_mark(end, ',')
        && let Some(group) = tokens.digits(end + 1, 1, usize::MAX)
    {
        lengths.push(group.len());
        end += 2;
    }
    let Some((last, pairs)) = lengths.split_last() else { return Chain::None };
    let digits = first.len() + lengths.iter().sum::<usize>();
    if is_head(3) && digits <= DIGITS && lengths.iter().all(|length| *length == 3) {
        return Chain::Thousands(end);
    }
    if is_head(2) && digits <= DIGITS && *last == 3 && pairs.iter().all(|length| *length == 2) {
        return Chain::Indian(end);
    }
    // "8,9,12", "0,500": figures beside each other, each of which stands for itself.
    if !is_head(3) || !lengths.contains(&3) { Chain::None } else { Chain::Mixed }
}

/// `10 000`, `1 204 500.75`: groups of three parted by one space each, all of one kind.
fn spaced(tokens: &Tokens<'_>, at: usize) -> Option<Figure> {
    let first = tokens.digits(at, 1, 3).filter(|first| !first.starts_with('0'))?;
    let space = tokens.text(at + 1);
    // A space, or one of the three that keep a line together: no-break, narrow no-break, thin.
    if !matches!(space, " " | "\u{A0}" | "\u{202F}" | "\u{2009}") {
        return None;
    }
    let mut decimal = first.to_owned();
    let mut end = at + 1;
    // A figure that begins with a nought stands nowhere but behind another.
    let mut is_clear = space != " ";
    while decimal.len() < DIGITS
        && tokens.text(end) == space
        && let Some(group) = tokens.digits(end + 1, 3, 3)
        && !tokens.letters(end + 2).is_some_and(|letters| letters.contains('_'))
    {
        decimal.push_str(group);
        is_clear |= group.starts_with('0');
        end += 2;
    }
    if end == at + 1 {
        return None;
    }
    end = with_fraction(tokens, &mut decimal, end);
    // "5 200s", "10 000-series", "1 100:20": no groups.
    let joins =
        matches!(tokens.mark(end), Some(':' | '.' | ',' | '/' | '-' | '_' | '@' | '#')) && tokens.is_word(end + 1);
    if tokens.is_word(end) || joins {
        return None;
    }
    let grouping = if is_clear { Grouping::Clear } else { Grouping::Unsure };
    Some(Figure { number: Number { decimal, grouped: true }, end, grouping })
}

/// A figure that is not certain, or more than one: `1.234,56`, `1'23`, kept as it stands with all its digits and what
/// parts them. The position behind it.
pub(super) fn unclear(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let mut end = at + 1;
    let mut commas = false;
    while end < at + 2 * GROUPS
        && matches!(tokens.mark(end), Some('.' | ',' | '\'' | '’'))
        && tokens.kind(end + 1) == Some(Kind::Digits)
    {
        commas |= !tokens.is_mark(end, '.');
        end += 2;
    }
    (commas && tokens.ends_word(end)).then_some(end)
}
