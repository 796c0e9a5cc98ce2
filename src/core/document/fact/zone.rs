//! Which offsets a zone label of an English report may stand for at a civil time. A label that several zones share
//! has several; an unknown one has none, so that nothing is claimed of it, nor of a zone's name in words.

use std::sync::LazyLock;

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

use super::token::Tokens;

/// The database that the program brings along, so that no text makes it look into files.
static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// What a label stands for.
enum Meaning {
    /// An IANA zone, with its daylight saving.
    Region(&'static str),
    /// Minutes east of Greenwich; several where the label is in use in several parts of the world.
    Offsets(&'static [i32]),
}

/// The label's meaning (IANA tz database, `northamerica`, `europe`, `asia`, `australasia`; abbreviations as English
/// reports use them).
fn meaning(label: &str) -> Option<Meaning> {
    use Meaning::{Offsets, Region};
    Some(match label {
        "UTC" | "GMT" | "Z" | "WET" => Offsets(&[0]),
        "PT" => Region("America/Los_Angeles"),
        "MT" => Region("America/Denver"),
        "CT" => Region("America/Chicago"),
        "ET" => Region("America/New_York"),
        "PST" => Offsets(&[-480, 480]),
        "PDT" => Offsets(&[-420]),
        "MST" => Offsets(&[-420, 480, 390]),
        "MDT" => Offsets(&[-360]),
        "CST" => Offsets(&[-360, 480, -300]),
        "CDT" => Offsets(&[-300, -240]),
        "EST" => Offsets(&[-300, 600]),
        "EDT" => Offsets(&[-240, 660]),
        "AKST" => Offsets(&[-540]),
        "AKDT" => Offsets(&[-480]),
        "HST" => Offsets(&[-600]),
        "BRT" => Offsets(&[-180]),
        "BST" => Offsets(&[60, 360]),
        "WEST" | "CET" => Offsets(&[60]),
        "CEST" | "EET" | "SAST" => Offsets(&[120]),
        "EEST" | "MSK" => Offsets(&[180]),
        "IST" => Offsets(&[330, 60, 120]),
        "PKT" => Offsets(&[300]),
        "SGT" | "HKT" | "AWST" => Offsets(&[480]),
        "JST" | "KST" => Offsets(&[540]),
        "ACST" => Offsets(&[570]),
        "ACDT" => Offsets(&[630]),
        "AEST" => Offsets(&[600]),
        "AEDT" => Offsets(&[660]),
        "NZST" => Offsets(&[720]),
        "NZDT" => Offsets(&[780]),
        _ => return None,
    })
}

/// The first words of zones' names (CLDR, `metazones`, as English reports write them).
const PLACES: &[&str] = &[
    "Pacific",
    "Mountain",
    "Central",
    "Eastern",
    "Atlantic",
    "Alaska",
    "Hawaii",
    "Newfoundland",
    "Greenwich",
    "Coordinated",
    "Universal",
    "British",
    "Irish",
    "Western",
    "Moscow",
    "Israel",
    "Gulf",
    "Indian",
    "India",
    "Pakistan",
    "China",
    "Singapore",
    "Japan",
    "Korea",
    "Korean",
    "Australian",
    "Brasilia",
    "Argentina",
];

/// First words that say nothing without the next one: `New Zealand Time`.
const HALVES: &[&str] = &["New", "Hong", "South"];

/// What may stand between the first word of a zone's name and `Time`.
const BETWEEN: &[&str] = &[
    "Standard",
    "Daylight",
    "Summer",
    "Mean",
    "Universal",
    "European",
    "African",
    "Africa",
    "Indonesian",
    "Western",
    "Central",
    "Eastern",
    "Zealand",
    "Kong",
];

/// The most words between the two: `Australian Central Western Standard Time`.
const BETWEEN_MOST: usize = 3;

/// Words that go on with the sentence behind a zone named by its place alone: `2:00 p.m. Eastern on July 5`.
const GOING_ON: &[&str] = &[
    "on",
    "to",
    "until",
    "and",
    "or",
    "the",
    "we",
    "when",
    "through",
    "for",
    "in",
    "that",
    "after",
    "before",
    "our",
    "a",
    "an",
    "by",
    "with",
    "as",
    "while",
    "but",
    "today",
    "yesterday",
    "tomorrow",
];

/// The position behind a zone's name in words, such as `Pacific Time`, `Central European Summer Time`, or the place
/// alone where no noun can follow that it describes: `Eastern`, but not `Eastern customers`.
pub(super) fn named(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let is_one_of = |words: &[&str], word: &str| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    let place = tokens.letters(at).filter(|word| is_one_of(PLACES, word) || HALVES.contains(word))?;
    let mut end = at + 1;
    for _ in 0..=BETWEEN_MOST {
        let Some(next) = tokens.behind_space(end) else { break };
        match tokens.letters(next) {
            Some("Time" | "time") if end > at + 1 || !HALVES.contains(&place) => {
                return tokens.ends_word(next + 1).then_some(next + 1);
            }
            Some(word) if is_one_of(BETWEEN, word) => end = next + 1,
            _ => break,
        }
    }
    let behind = tokens.behind_space(at + 1).filter(|next| tokens.mark(*next).is_none());
    let behind = behind.map(|next| tokens.letters(next).unwrap_or_default());
    let is_alone = matches!(place, "Pacific" | "Mountain" | "Central" | "Eastern")
        && behind.is_none_or(|word| GOING_ON.contains(&word))
        && tokens.ends_word(at + 1);
    is_alone.then_some(at + 1)
}

/// The areas by which zones are named (IANA tz database).
const AREAS: [&str; 16] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Brazil",
    "Canada",
    "Chile",
    "Etc",
    "Europe",
    "Indian",
    "Mexico",
    "Pacific",
    "US",
];

/// The longest such name has three parts of at most five tokens: `America/Port-au-Prince`.
const PARTS_MOST: usize = 12;

/// The position behind a zone's name in the IANA tz database: `US/Pacific`, `Europe/Berlin`, `Etc/GMT+5`.
pub(super) fn database_name(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    tokens.letters(at).filter(|area| AREAS.contains(area))?;
    if !tokens.is_mark(at + 1, '/') {
        return None;
    }
    let mut end = at + 1;
    while end < at + PARTS_MOST && matches!(tokens.mark(end), Some('/' | '-' | '+')) && tokens.is_word(end + 1) {
        end += 2;
    }
    DATABASE.get(tokens.slice(at, end)).is_ok().then_some(end)
}

/// The position behind a zone that stands without a time: `ET`, `WEST`, `Etc/UTC`. Some are words where all is written
/// in capitals: `THE WEST COAST`.
pub(super) fn alone(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if let Some(end) = database_name(tokens, at) {
        return tokens.ends_word(end).then_some(end);
    }
    let label = tokens.letters(at).filter(|label| label.len() > 1 && meaning(label).is_some())?;
    let is_word = matches!(label, "WEST" | "WET" | "EAT" | "CAT");
    let shouts = |near: Option<usize>| {
        near.and_then(|near| tokens.letters(near))
            .is_some_and(|word| word.len() > 1 && word.chars().all(char::is_uppercase) && meaning(word).is_none())
    };
    let loud = is_word && (shouts(at.checked_sub(2)) || shouts(Some(at + 2)));
    // "PST/PDT"
    let paired = tokens.is_mark(at + 1, '/') && tokens.letters(at + 2).is_some_and(is_label);
    (!loud && (paired || tokens.ends_word(at + 1))).then_some(at + 1)
}

/// Whether a word behind a clock time is a zone label. Only `utc` and `gmt` may be in lower case.
pub(super) fn is_label(word: &str) -> bool {
    word != "Z" && meaning(word).is_some() || word.eq_ignore_ascii_case("utc") || word.eq_ignore_ascii_case("gmt")
}

/// The instants, in seconds since 1970 (UTC), that a civil time under this label may be; empty where the label is
/// unknown or the time is skipped there.
pub(super) fn instants(civil: DateTime, label: &str) -> Vec<i64> {
    let label = label.trim_matches(['(', ')']).to_ascii_uppercase();
    let offsets: Vec<i32> = match (offset(&label), meaning(&label)) {
        (Some(minutes), _) => vec![minutes * 60],
        (None, Some(Meaning::Offsets(minutes))) => minutes.iter().map(|minutes| minutes * 60).collect(),
        (None, Some(Meaning::Region(name))) => place_offsets(civil, name),
        (None, None) => place_offsets(civil, &label),
    };
    let Ok(as_utc) = TimeZone::UTC.to_timestamp(civil) else { return Vec::new() };
    offsets.into_iter().map(|offset| as_utc.as_second() - i64::from(offset)).collect()
}

fn place_offsets(civil: DateTime, name: &str) -> Vec<i32> {
    let Ok(zone) = DATABASE.get(name) else { return Vec::new() };
    match zone.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => vec![offset.seconds()],
        AmbiguousOffset::Fold { before, after } => vec![before.seconds(), after.seconds()],
        AmbiguousOffset::Gap { .. } => Vec::new(),
    }
}

/// Minutes east for `UTC+2`, `GMT-03:30`, `+02:00`, `-0700`.
fn offset(label: &str) -> Option<i32> {
    let figures = label.strip_prefix("UTC").or_else(|| label.strip_prefix("GMT")).unwrap_or(label);
    let (sign, figures) = match figures.strip_prefix('+') {
        Some(figures) => (1, figures),
        None => (-1, figures.strip_prefix(['-', '−'])?),
    };
    let (hours, minutes) = match figures.split_once(':') {
        Some(pair) => pair,
        None if figures.len() == 4 => figures.split_at_checked(2)?,
        None => (figures, "0"),
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}
