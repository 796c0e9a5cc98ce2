//! Single values of a report, read from text: ids, addresses, times, locales, words; or what is wrong with one.

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

use crate::characters::{is_blank, is_direction_control};
use crate::document::Format;
use crate::id::IncidentId;
use crate::locale::Locale;
use crate::quoting::excerpt;

/// The longest title, in characters.
pub(super) const TITLE_LONGEST: usize = 500;
/// The longest status, impact, component or update id, in characters.
pub(super) const NAME_LONGEST: usize = 200;
/// The longest address, in bytes; browsers and caches take no longer ones.
const URL_LONGEST: usize = 2048;

/// INTERFACE section 4.
const STATUSES: [&str; 9] = [
    "investigating",
    "identified",
    "monitoring",
    "resolved",
    "postmortem",
    "scheduled",
    "in_progress",
    "verifying",
    "completed",
];

/// INTERFACE section 4.
const IMPACTS: [&str; 5] = ["none", "minor", "major", "critical", "maintenance"];

/// One line that says something: trimmed, not empty, no control characters, at most `longest` characters.
pub(super) fn line(text: &str, longest: usize) -> Result<String, String> {
    let text = text.trim();
    let length = text.chars().count();
    if text.is_empty() {
        Err("is empty".to_owned())
    } else if text.chars().all(is_blank) {
        Err("has no character that can be seen".to_owned())
    } else if text.contains(['\n', '\r']) {
        Err("has a line break: one line is wanted".to_owned())
    } else if let Some(control) = text.chars().find(|character| character.is_control()) {
        Err(format!("has the control character `U+{:04X}`", u32::from(control)))
    } else if let Some(reason) = direction(text) {
        Err(reason)
    } else if length > longest {
        Err(format!("has {length} characters: at most {longest} are allowed"))
    } else {
        Ok(text.to_owned())
    }
}

/// Why a line is not to be shown: a character that turns the order of what stands round it.
#[must_use]
pub fn direction(line: &str) -> Option<String> {
    let control = line.chars().find(|character| is_direction_control(*character))?;
    Some(format!("has the direction control `U+{:04X}`", u32::from(control)))
}

/// Text of any length; control characters that no store or page can hold are named.
pub(super) fn prose(text: &str) -> Result<String, String> {
    match text.find('\0') {
        Some(offset) => Err(format!("has a NUL character at byte {offset}")),
        None => Ok(text.to_owned()),
    }
}

pub(super) fn id(text: &str) -> Result<IncidentId, String> {
    text.parse().map_err(|error: crate::id::InvalidIncidentId| error.to_string())
}

pub(super) fn locale(text: &str) -> Result<Locale, String> {
    text.parse().map_err(|error: crate::locale::InvalidLocale| error.to_string())
}

/// RFC 3339 with an offset or `Z`; fractions to the nanosecond.
pub(super) fn timestamp(text: &str) -> Result<Timestamp, String> {
    text.trim().parse().map_err(|_| {
        format!("`{}` is not an RFC 3339 timestamp with an offset, such as `2024-07-05T13:52:00Z`", excerpt(text))
    })
}

/// A moment as site generators take it (Hugo: <https://gohugo.io/functions/time/astime/>): RFC 3339, a space instead of
/// the `T`, an hour of one digit, without an offset (then UTC), or a day alone. `None` where it is none of these.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(moment) = text.parse() {
        return Some(moment);
    }
    let (day, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, ""));
    let time = time.trim_start();
    let is_short = time.as_bytes().get(1) == Some(&b':');
    let padded = format!("{day}T{}{time}", if is_short { "0" } else { "" });
    let padded = padded.replace(" +", "+").replace(" -", "-").replace(' ', "");
    let utc = || padded.parse::<civil::DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    let midnight = || day.parse::<civil::Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    match padded.parse() {
        Ok(moment) => Some(moment),
        Err(_) if time.is_empty() => midnight(),
        Err(_) => utc(),
    }
}

/// An absolute `http` or `https` address without credentials, as it was written.
pub(super) fn url(text: &str) -> Result<String, String> {
    let text = text.trim();
    let wanted = || format!("`{}` is not an address: an absolute `http` or `https` URL is wanted", excerpt(text));
    if text.len() > URL_LONGEST {
        return Err(format!("has {} bytes: at most {URL_LONGEST} are allowed", text.len()));
    }
    if text.contains(|character: char| character.is_whitespace() || character.is_control()) {
        return Err(wanted());
    }
    if let Some(reason) = direction(text) {
        return Err(reason);
    }
    let url = url::Url::parse(text).map_err(|_| wanted())?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return Err(wanted());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("holds a user name or password: readers would see it".to_owned());
    }
    Ok(text.to_owned())
}

pub(super) fn format(text: &str) -> Result<Format, String> {
    match text {
        "markdown" => Ok(Format::Markdown),
        "html" => Ok(Format::Html),
        "text" => Ok(Format::Text),
        other => Err(format!("`{}` is not a format: `markdown`, `html` or `text` is wanted", excerpt(other))),
    }
}

/// A known status in its canonical spelling (`In Progress` is `in_progress`); any other as it is.
pub(super) fn status(text: &str) -> Result<String, String> {
    word(text, &STATUSES)
}

/// A known impact in its canonical spelling; any other as it is.
pub(super) fn impact(text: &str) -> Result<String, String> {
    word(text, &IMPACTS)
}

fn word(text: &str, known: &[&str]) -> Result<String, String> {
    let text = line(text, NAME_LONGEST)?;
    let plain = text.to_ascii_lowercase().replace([' ', '-'], "_");
    Ok(if known.contains(&plain.as_str()) { plain } else { text })
}

/// The known word that a text is most likely a slip of; case and `-` for `_` are no difference. Of words of
/// two letters there are too many to tell.
#[must_use]
pub fn nearest_key<'known>(text: &str, known: &[&'known str]) -> Option<&'known str> {
    crate::nearest::nearest(&text.to_lowercase().replace('-', "_"), known.iter().copied().filter(|word| word.len() > 2))
}
