//! Zone labels: a label as English reports write it comes in, the offsets that it may stand for at a civil time go
//! out. A label that several zones share has several; an unknown one has none, so that nothing is claimed of it.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};

/// What a label stands for.
enum Meaning {
    /// An IANA zone, with its daylight saving.
    Place(&'static str),
    /// Minutes east of Greenwich; several where the label is in use in several parts of the world.
    Offsets(&'static [i32]),
}

/// The label's meaning (IANA tz database, `northamerica`, `europe`, `asia`, `australasia`; abbreviations as English
/// reports use them).
fn meaning(label: &str) -> Option<Meaning> {
    use Meaning::{Offsets, Place};
    Some(match label {
        "UTC" | "GMT" | "Z" | "WET" => Offsets(&[0]),
        "PT" => Place("America/Los_Angeles"),
        "MT" => Place("America/Denver"),
        "CT" => Place("America/Chicago"),
        "ET" => Place("America/New_York"),
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
        (None, Some(Meaning::Place(name))) => place_offsets(civil, name),
        (None, None) => Vec::new(),
    };
    let Ok(as_utc) = TimeZone::UTC.to_timestamp(civil) else { return Vec::new() };
    offsets.into_iter().map(|offset| as_utc.as_second() - i64::from(offset)).collect()
}

fn place_offsets(civil: DateTime, name: &str) -> Vec<i32> {
    let Ok(zone) = TimeZone::get(name) else { return Vec::new() };
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
