//! Dates and months with their year, and why one cannot be meant: no such day exists. Clock times are not known here.

use super::date_part::{checked, day_figure, is_day, point, short_year, year_at, year_digits};
use super::reading::{DateForm, Day, Doubt, Read};
use super::token::{Kind, Tokens};
use super::{slash, word};

/// A date, perhaps with its weekday in front.
pub(super) fn day(tokens: &Tokens<'_>, at: usize) -> Option<Read<Day>> {
    let Some(weekday) = tokens.letters(at).and_then(word::weekday) else {
        return date(tokens, at);
    };
    let mut next = at + 1;
    for mark in ['.', ','] {
        next += usize::from(tokens.is_mark(next, mark));
    }
    let mut next = tokens.behind_space(next)?;
    if tokens.joint(next) == "the" {
        next = tokens.behind_space(next + 1)?;
    }
    let mut day = date(tokens, next)?;
    day.value.weekday = Some(weekday);
    Some(day)
}

fn date(tokens: &Tokens<'_>, at: usize) -> Option<Read<Day>> {
    match tokens.kind(at)? {
        Kind::Letters => month_first(tokens, at),
        Kind::Digits => iso_date(tokens, at).or_else(|| slash::date(tokens, at)).or_else(|| day_first(tokens, at)),
        Kind::Space | Kind::Mark => None,
    }
}

/// `July 5th, 2024`, `Jul. 5`
fn month_first(tokens: &Tokens<'_>, at: usize) -> Option<Read<Day>> {
    let month = word::month(tokens.letters(at)?)?;
    let next = at + 1 + point(tokens, at);
    let next = if tokens.is_mark(next, '-') { next + 1 } else { tokens.behind_space(next)? };
    let (day, end, _) = day_figure(tokens, next)?;
    // "July 13:52", "July 4.5", "July 1,204"
    if [':', '.', ','].iter().any(|&mark| tokens.is_mark(end, mark)) && tokens.kind(end + 1) == Some(Kind::Digits)
        || tokens.is_mark(end, '%')
    {
        return None;
    }
    let comma = end + usize::from(tokens.is_mark(end, ','));
    let year = tokens.behind_space(comma).or_else(|| tokens.is_mark(end, '-').then_some(end + 1));
    let year = year.and_then(|at| year_at(tokens, at)).or_else(|| short_year(tokens, end));
    if let Some((year, end)) = year {
        return Some(checked(Some(year), month, day, DateForm::MonthFirst, end));
    }
    is_day(day).then_some(())?;
    // "In May 30 minutes": the figure belongs to what it counts; "May 5 a.m." likewise.
    let counted = tokens.behind_space(end).and_then(|at| tokens.letters(at));
    if counted.is_some_and(|word| word::unit(word).is_some() || word::is_measure(word)) {
        return None;
    }
    let mut read = checked(None, month, day, DateForm::MonthFirst, end);
    if shares_month(tokens, end, day) {
        read.value.doubt = read.value.doubt.or(Some(Doubt::Unclear));
    }
    Some(read)
}

/// `July 2024`, `Jul. 2024`, `July of 2024`, `July, 2024`: the year, the month and the position behind.
pub(super) fn month_of_year(tokens: &Tokens<'_>, at: usize) -> Option<(i16, i8, usize)> {
    let month = word::month(tokens.letters(at)?)?;
    let mut next = at + 1 + point(tokens, at);
    next += usize::from(tokens.is_mark(next, ','));
    if let Some((year, end)) = short_year(tokens, next) {
        return Some((year, month, end));
    }
    let mut next = tokens.behind_space(next)?;
    if tokens.joint(next) == "of" {
        next = tokens.behind_space(next + 1)?;
    }
    let (year, end) = year_at(tokens, next)?;
    // "In May 2000 requests …", "In May, 2000 seconds": a count, not a year.
    let counted = tokens.behind_space(end).and_then(|at| tokens.letters(at));
    let counts = counted.is_some_and(|word| word::unit(word).is_some() || word::is_measure(word));
    (!counts && !tokens.is_mark(tokens.skip_space(end), '%')).then_some((year, month, end))
}

/// `5 July 2024`, `12th of July`, `05-Jul-2024`
fn day_first(tokens: &Tokens<'_>, at: usize) -> Option<Read<Day>> {
    let (day, next, ordinal) = day_figure(tokens, at)?;
    let dashed = tokens.is_mark(next, '-');
    // "20. January 2020"
    let dotted = tokens.is_mark(next, '.') && tokens.kind(next + 1) == Some(Kind::Space) && !ordinal;
    let mut next = if dashed { next + 1 } else { tokens.behind_space(next + usize::from(dotted))? };
    let of = tokens.joint(next) == "of";
    if of {
        next = tokens.behind_space(next + 1)?;
    }
    let month = tokens.letters(next).filter(|word| of || ordinal || !word.starts_with('m'))?;
    let month = word::month(month).or_else(|| word::lower_month(month))?;
    let mut end = next + 1;
    let form = if of || ordinal { DateForm::Ordinal } else { DateForm::DayFirst };
    // The point of "Jul." belongs to it where the sentence goes on.
    let point = point(tokens, next);
    let comma = end + point + usize::from(tokens.is_mark(end + point, ','));
    let year = if dashed && tokens.is_mark(end, '-') { Some(end + 1) } else { tokens.behind_space(comma) };
    let year = year.and_then(|at| year_at(tokens, at)).or_else(|| short_year(tokens, end));
    // "Version 5. May we …", "45 March tickets"
    if (dotted || !is_day(day)) && year.is_none() {
        return None;
    }
    if let Some((_, behind)) = year {
        end = behind;
    } else if let Some(behind) = bare_short_year(tokens, end) {
        let mut read = checked(None, month, day, form, behind);
        read.value.doubt = read.value.doubt.or(Some(Doubt::Unclear));
        return Some(read);
    } else if point == 1
        && (matches!(tokens.mark(end + 1), Some(',' | ';' | ')'))
            || tokens.behind_space(end + 1).is_some_and(|next| goes_on(tokens.text(next))))
    {
        end += 1;
    }
    Some(checked(year.map(|(year, _)| year), month, day, form, end))
}

/// `2024-07-05`, `2024/07/05`
fn iso_date(tokens: &Tokens<'_>, at: usize) -> Option<Read<Day>> {
    let year = year_digits(tokens.digits(at, 4, 4)?)?;
    let mark = tokens.mark(at + 1).filter(|mark| "-/".contains(*mark))?;
    let width = if mark == '-' { 2 } else { 1 };
    let month = tokens.digits(at + 2, width, 2)?.parse().ok()?;
    if !tokens.is_mark(at + 3, mark) {
        return None;
    }
    let day = tokens.digits(at + 4, width, 2)?.parse().ok()?;
    let end = at + 5;
    let glued = tokens.letters(end).is_some_and(|letters| letters != "T") || tokens.kind(end) == Some(Kind::Digits);
    (!glued).then(|| checked(Some(year), month, day, DateForm::Iso, end))
}

/// Whether a sentence goes on with this word.
fn goes_on(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_lowercase() || letter.is_ascii_digit())
}

/// The `24` of `04 Mar 24`, which may be a year, and may count what follows: the position behind.
fn bare_short_year(tokens: &Tokens<'_>, end: usize) -> Option<usize> {
    let at = tokens.behind_space(end)?;
    tokens.digits(at, 2, 2)?;
    let goes_on = [':', '.', ',', '%', 'h'].iter().any(|&mark| tokens.is_mark(at + 1, mark) && tokens.is_word(at + 2));
    let behind = tokens.letters(tokens.skip_space(at + 1)).is_some_and(|word| {
        word::unit(word).is_some() || matches!(word.to_ascii_lowercase().as_str(), "am" | "pm" | "a" | "p" | "h")
    });
    (!goes_on && !behind && !tokens.is_mark(at + 1, '%') && tokens.ends_word(at + 1)).then_some(at + 1)
}

/// Whether another day of the same month follows: `July 5 and 7`, `July 5 – 7`. Written day first, the month would
/// stand behind the wrong one.
fn shares_month(tokens: &Tokens<'_>, end: usize, day: i8) -> bool {
    let at = tokens.skip_space(end);
    let joins = matches!(tokens.mark(at), Some('-' | '–' | '—' | '&'))
        || matches!(tokens.joint(at), "to" | "and" | "or" | "through" | "until");
    let next = tokens.skip_space(at + 1);
    let later = tokens
        .digits(next, 1, 2)
        .and_then(|digits| digits.parse::<i8>().ok())
        .is_some_and(|last| (day + 1..=31).contains(&last));
    let counts = tokens.letters(tokens.skip_space(next + 1)).is_some_and(|word| {
        word::unit(word).is_some() || word::month(word).is_some() || matches!(word, "of" | "am" | "pm" | "AM" | "PM")
    });
    joins && later && !counts && tokens.ends_word(next + 1) && !tokens.is_mark(next + 1, '%')
}
