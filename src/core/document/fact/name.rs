//! Weekdays and months that stand without a date: `on Wed.`, `Mon-Fri`, `Thursday the 5th`, `early July`, `July 2024`.
//! Abbreviations are words or names elsewhere (`Sat`, `Sun`, `Mar`), so that engines never see them; whole names of
//! weekdays and months they translate well, and get.

use super::date::month_of_year;
use super::date_part::{day_of_month, year_at};
use super::preposition::preposition;
use super::reading::{Read, Tied};
use super::token::{Kind, Tokens, is_capitalised};
use super::{Month, MonthPart, Name, NameJoint, Names, Preposition, Value, whole_month, word};

/// Most names of a list.
const LISTED: usize = 7;

/// Weekdays or months by abbreviation at `at`, with the preposition that belongs to them.
pub(super) fn names(tokens: &Tokens<'_>, at: usize) -> Option<Tied> {
    if let Some(part) = part_of_month(tokens, at, None, at) {
        return Some(part);
    }
    let tie = preposition(tokens, at);
    if let Some(Read { value, end }) = &tie {
        if let Some(part) = part_of_month(tokens, *end, Some(*value), at) {
            return Some(part);
        }
        if let Some(tied) = list(tokens, *end, Some(*value), at) {
            return Some(tied);
        }
    }
    list(tokens, at, None, at)
}

/// `July 2024`, with the word in front if it can belong to a month.
pub(super) fn month(tokens: &Tokens<'_>, at: usize, tie: Option<Preposition>, capital: bool) -> Option<Tied> {
    // "On March 2024" is what people write, too.
    let tie = if tie == Some(Preposition::On) { Some(Preposition::In) } else { tie };
    let (year, month, end) = month_of_year(tokens, at).filter(|_| tie.is_none_or(ties_a_month))?;
    let value = Value::Month(Month { preposition: tie, part: None, year: Some(year), month, capital });
    tokens.ends_word(end).then_some(Tied { value, end, doubt: None })
}

fn ties_a_month(tie: Preposition) -> bool {
    use Preposition::{
        After, AsOf, Before, By, During, Effective, Following, From, In, Of, PriorTo, Since, Starting, Through,
        Throughout, Until,
    };
    matches!(
        tie,
        In | Since
            | Until
            | By
            | Before
            | After
            | From
            | Of
            | During
            | Throughout
            | Starting
            | AsOf
            | Effective
            | PriorTo
            | Following
            | Through
    )
}

fn ties_a_weekday(tie: Preposition) -> bool {
    tie == Preposition::On || tie != Preposition::In && ties_a_month(tie)
}

/// `early July`, `mid-March 2024`; `from` is where the fact begins, with its preposition.
fn part_of_month(tokens: &Tokens<'_>, at: usize, tie: Option<Preposition>, from: usize) -> Option<Tied> {
    use Preposition::{By, In, Of, Since, Until};
    let part = match tokens.letters(at)?.to_ascii_lowercase().as_str() {
        "early" => MonthPart::Early,
        "mid" => MonthPart::Mid,
        "late" => MonthPart::Late,
        _ => return None,
    };
    let before = from.checked_sub(2).and_then(|before| tokens.letters(before));
    // "the early July incident"
    let described =
        tie.is_none() && before.is_some_and(|word| matches!(word, "the" | "The" | "our" | "this" | "an" | "a"));
    if described || !tie.is_none_or(|tie| matches!(tie, In | Of | Since | Until | By)) {
        return None;
    }
    let name = if tokens.is_mark(at + 1, '-') { at + 2 } else { tokens.behind_space(at + 1)? };
    let (year, month, end) = match month_of_year(tokens, name) {
        Some((year, month, end)) => (Some(year), month, end),
        None => (None, word::month(tokens.letters(name)?)?, name + 1),
    };
    // "early July 5"
    let dated = tokens.kind(tokens.skip_space(end)) == Some(Kind::Digits);
    let capital = tokens.starts_upper(from);
    let value = Value::Month(Month { preposition: tie, part: Some(part), year, month, capital });
    (!dated && tokens.ends_word(end)).then_some(Tied { value, end, doubt: None })
}

/// A name as it stands at a position.
struct Written {
    name: Name,
    /// By an abbreviation, perhaps with its point.
    short: bool,
    pointed: bool,
}

fn written(tokens: &Tokens<'_>, at: usize) -> Option<Read<Written>> {
    let letters = tokens.letters(at)?;
    let name = word::weekday(letters).map(Name::Weekday).or_else(|| word::month(letters).map(Name::Month))?;
    let short = match name {
        Name::Weekday(_) => letters.len() < 6,
        Name::Month(_) => {
            letters.len() < 4 && !letters.eq_ignore_ascii_case("may") || letters.eq_ignore_ascii_case("sept")
        }
    };
    // The point ends the sentence, unless that goes on.
    let next = tokens.skip_space(at + 2);
    let goes_on = match tokens.kind(next) {
        Some(Kind::Letters) => tokens.text(next).starts_with(char::is_lowercase) && next > at + 2,
        // "Mon. 10:54", "Mon. 5th"; "Closed on Mon. 4 nodes are left." are two sentences.
        Some(Kind::Digits) => next > at + 2 && (tokens.is_mark(next + 1, ':') || tokens.is_word(next + 1)),
        Some(Kind::Mark) => matches!(tokens.mark(next), Some(',' | ';' | ')' | '-' | '–' | '/' | '&' | ':')),
        _ => false,
    };
    let pointed = short && tokens.is_mark(at + 1, '.') && goes_on;
    Some(Read { value: Written { name, short, pointed }, end: at + 1 + usize::from(pointed) })
}

/// What joins a name to the next, and where that stands.
fn joint(tokens: &Tokens<'_>, end: usize, tie: Option<Preposition>) -> Option<(Option<NameJoint>, usize)> {
    let at = tokens.skip_space(end);
    match tokens.mark(at) {
        Some('-' | '–' | '—' | '‑') => return Some((Some(NameJoint::Range), tokens.skip_space(at + 1))),
        Some('/') => return Some((Some(NameJoint::Slash), tokens.skip_space(at + 1))),
        Some('&') => return Some((Some(NameJoint::And), tokens.skip_space(at + 1))),
        Some(',') => {
            let next = tokens.behind_space(at + 1)?;
            let joint = match tokens.joint(next) {
                "and" => NameJoint::And,
                "or" => NameJoint::Or,
                _ => return Some((None, next)),
            };
            return Some((Some(joint), tokens.behind_space(next + 1)?));
        }
        _ => {}
    }
    let joint = match tokens.joint(at) {
        "and" => NameJoint::And,
        "or" => NameJoint::Or,
        "to" | "through" | "thru" | "until" if tie.is_none_or(|tie| tie == Preposition::From) => NameJoint::Range,
        _ => return None,
    };
    Some((Some(joint), tokens.behind_space(at + 1)?))
}

fn list(tokens: &Tokens<'_>, at: usize, tie: Option<Preposition>, from: usize) -> Option<Tied> {
    let first = written(tokens, at)?;
    let is_weekday = |name: &Name| matches!(name, Name::Weekday(_));
    let weekdays = is_weekday(&first.value.name);
    let between = tie == Some(Preposition::Between) && !weekdays;
    if !between && !tie.is_none_or(if weekdays { ties_a_weekday } else { ties_a_month }) {
        return None;
    }
    let certain = whole_month::is_certain(tokens, at, tie);
    let capital = tokens.opens_with_capital(from);
    let (mut names, mut end, mut found, mut short) = (vec![first.value.name], first.end, None, first.value.short);
    let mut pending = Vec::new();
    while found.is_none() && names.len() + pending.len() < LISTED {
        let Some((joint, next)) = joint(tokens, pending.last().map_or(end, |(_, end)| *end), tie) else { break };
        let Some(other) = written(tokens, next).filter(|other| is_weekday(&other.value.name) == weekdays) else {
            break;
        };
        // "Mon, Tue 5 July": the date is read as one.
        let figure = tokens.skip_space(other.end);
        if tokens.kind(figure) == Some(Kind::Digits) && !weekdays && year_at(tokens, figure).is_none() {
            break;
        }
        // "every Sun, Tue/Thu" is two lists.
        if !pending.is_empty() && matches!(joint, Some(NameJoint::Slash | NameJoint::Range)) {
            break;
        }
        short |= other.value.short;
        pending.push((other.value.name, other.end));
        if let Some(joint) = joint {
            found = Some(joint);
            end = other.end;
            names.extend(pending.drain(..).map(|(name, _)| name));
        }
    }
    if names.len() == 1 {
        return single(tokens, at, &first, tie, capital).filter(|_| !between);
    }
    let year = tokens.behind_space(end).filter(|_| !weekdays).and_then(|at| year_at(tokens, at));
    end = year.map_or(end, |(_, behind)| behind);
    let mut joint = found.unwrap_or(NameJoint::And);
    if between {
        joint = (names.len() == 2 && joint == NameJoint::And).then_some(NameJoint::Range)?;
    }
    let year = year.map(|(year, _)| year);
    let value = Value::Names(Names { preposition: tie, names, joint, day: None, year, capital });
    let sound = short && tokens.ends_word(end) && !tokens.is_mark(end, '\'');
    (sound || certain && whole_month::closes(tokens, end)).then_some(Tied { value, end, doubt: None })
}

/// One name: an abbreviation, or a weekday with the day of its month.
fn single(
    tokens: &Tokens<'_>,
    at: usize,
    first: &Read<Written>,
    tie: Option<Preposition>,
    capital: bool,
) -> Option<Tied> {
    let Written { name, short, .. } = first.value;
    let made = |day, end| {
        let names = Names { preposition: tie, names: vec![name], joint: NameJoint::And, day, year: None, capital };
        let value = match name {
            Name::Month(month) => Value::Month(Month { preposition: tie, part: None, year: None, month, capital }),
            Name::Weekday(_) => Value::Names(names),
        };
        Some(Tied { value, end, doubt: None })
    };
    if let (Name::Weekday(_), Some((day, end))) = (name, day_behind(tokens, first)) {
        return made(Some(day), end);
    }
    let end = first.end;
    let whole = tokens.ends_word(end) && !matches!(tokens.mark(end), Some('\'' | '’'));
    let sound = short && whole && is_certain(tokens, at, first, tie);
    (sound || whole_month::is_certain(tokens, at, tie) && whole_month::closes(tokens, end))
        .then(|| made(None, end))
        .flatten()
}

/// The day of the month behind a weekday: `Thursday the 5th`, `Thu 5`, where nothing can be what it counts.
fn day_behind(tokens: &Tokens<'_>, first: &Read<Written>) -> Option<(i8, usize)> {
    let mut next = tokens.behind_space(first.end + usize::from(tokens.is_mark(first.end, ',')))?;
    let article = tokens.text(next) == "the";
    if article {
        next = tokens.behind_space(next + 1)?;
    }
    let (day, end, ordinal) = day_of_month(tokens, next)?;
    let at = tokens.skip_space(end);
    let closes = match tokens.kind(at) {
        None | Some(Kind::Space) => true,
        Some(Kind::Mark) => {
            matches!(tokens.mark(at), Some(',' | '.' | ';' | ')' | '!' | '?'))
                && tokens.kind(at + 1) != Some(Kind::Digits)
        }
        Some(Kind::Letters) => matches!(
            tokens.text(at),
            "at" | "from"
                | "until"
                | "between"
                | "and"
                | "by"
                | "we"
                | "starting"
                | "beginning"
                | "around"
                | "before"
                | "after"
        ),
        Some(Kind::Digits) => false,
    };
    (closes && (ordinal || first.value.short) && (ordinal || !article)).then_some((day, end))
}

/// Whether the abbreviation can be no other word: `Sun` and `Sat` are words, `Jan` and `Mar` names, and in capitals all
/// of them may be.
fn is_certain(tokens: &Tokens<'_>, at: usize, first: &Read<Written>, tie: Option<Preposition>) -> bool {
    let word = tokens.text(at);
    if is_capitalised(word) && !matches!(word, "Sun" | "Sat" | "Jan" | "Mar" | "Jun" | "Mon") {
        return true;
    }
    let next = tokens.skip_space(first.end);
    let closes = match tokens.kind(next) {
        None | Some(Kind::Space) => true,
        Some(Kind::Mark) => !matches!(tokens.mark(next), Some('-' | '/' | '&' | '(')),
        Some(Kind::Digits) => tokens.is_mark(next + 1, ':') || tokens.letters(tokens.skip_space(next + 1)).is_some(),
        Some(Kind::Letters) => {
            matches!(tokens.text(next), "at" | "night" | "morning" | "afternoon" | "evening" | "noon")
        }
    };
    let goes_on = matches!(
        tokens.text(next),
        "a" | "all"
            | "an"
            | "and"
            | "from"
            | "is"
            | "it"
            | "or"
            | "our"
            | "some"
            | "the"
            | "there"
            | "to"
            | "until"
            | "we"
    );
    let before = at.checked_sub(2).and_then(|before| tokens.letters(before)).unwrap_or_default();
    let led = matches!(
        before.to_ascii_lowercase().as_str(),
        "every" | "each" | "this" | "next" | "last" | "late" | "early" | "until" | "and"
    );
    // A cell, or what a label names: `Next update: Sun`. `Owner: Jan` is somebody.
    let is_weekday = matches!(first.value.name, Name::Weekday(_));
    let alone = (1..=2).all(|back| at.checked_sub(back).is_none_or(|before| !tokens.is_word(before)));
    let is_all = at == 0 && next + 1 >= tokens.len();
    let stands_alone = alone && is_weekday && (is_all || is_capitalised(word));
    // "The Sat batch", but "The Sun" may be the star.
    let described = matches!(word, "Sat" | "Mon")
        && matches!(before.to_ascii_lowercase().as_str(), "the" | "our" | "a" | "their")
        && tokens.letters(next).is_some_and(|noun| noun.starts_with(char::is_lowercase));
    first.value.pointed && (alone || tie.is_some())
        || described
        || (closes || goes_on) && (tie.is_some() || led)
        || closes && stands_alone
}
