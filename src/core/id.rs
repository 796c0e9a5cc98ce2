//! The program's identifiers as types of their own, so that none can be taken for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest incident id, in bytes.
const INCIDENT_ID_LONGEST: usize = 128;
/// What of a title stands in an id that is made from it, in bytes: enough to tell incidents apart in a list.
const SLUG_LONGEST: usize = 60;
/// What of a text is looked at, in characters.
const LONGEST_READ: usize = 1024;

/// The publisher's name for an incident: `[a-z0-9][a-z0-9._-]{0,127}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IncidentId(String);

/// How an incident came by its id, which decides what it means that there is an incident of that id already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// Its publisher gave the id: the report is the incident's next revision.
    Given,
    /// It has its file's name: under another title it is another incident.
    File,
    /// It was made from the title, with a random ending: it is another incident, and wants another ending.
    Made,
}

/// Why a text is not an incident id.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not an incident id: 1 to 128 of `a-z`, `0-9`, `.`, `_`, `-`, beginning with a letter or a digit")]
pub struct InvalidIncidentId(String);

impl IncidentId {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id nearest to a free text, such as a file's name: letters of other scripts in Latin ones, in lower case,
    /// other characters as single hyphens. `None` where nothing usable is left.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        slug(text, INCIDENT_ID_LONGEST).parse().ok()
    }

    /// An id that no other incident of the title has: the title as [`IncidentId::from_text`] writes it, cut at a hyphen
    /// where it is long, and a random `ending` of letters.
    #[must_use]
    pub fn unique(title: &str, ending: &str) -> Self {
        let mut slug = slug(title, SLUG_LONGEST + 1);
        if slug.len() > SLUG_LONGEST {
            let whole_words = slug.rfind('-').unwrap_or(SLUG_LONGEST);
            slug.truncate(whole_words);
        }
        let name = if slug.is_empty() { "incident" } else { &slug };
        Self(format!("{name}-{}", ending.to_ascii_lowercase()))
    }
}

/// Letters and digits of a text, at most `longest` bytes of them, with hyphens, points and underscores between them.
fn slug(text: &str, longest: usize) -> String {
    let mut slug = String::new();
    let latin = text.chars().map(|character| deunicode::deunicode_char(character).unwrap_or("-"));
    for character in latin.flat_map(str::chars).take(LONGEST_READ) {
        match character.to_ascii_lowercase() {
            letter @ ('a'..='z' | '0'..='9') => slug.push(letter),
            mark @ ('.' | '_') if !slug.is_empty() => slug.push(mark),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.truncate(longest);
    slug.truncate(slug.trim_end_matches(['-', '.', '_']).len());
    slug
}

impl FromStr for IncidentId {
    type Err = InvalidIncidentId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = text.as_bytes();
        let first_is_plain = bytes.first().is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        let all_allowed =
            bytes.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(byte));
        if first_is_plain && all_allowed && bytes.len() <= INCIDENT_ID_LONGEST {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidIncidentId(text.chars().take(INCIDENT_ID_LONGEST).collect()))
        }
    }
}

impl TryFrom<String> for IncidentId {
    type Error = InvalidIncidentId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<IncidentId> for String {
    fn from(id: IncidentId) -> Self {
        id.0
    }
}

impl fmt::Display for IncidentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// One state of an incident's source text, numbered from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub u32);

/// One stored translation, numbered from 1 per incident and locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VersionNumber(pub u32);

/// The fencing token of one lease: a worker whose token no longer stands in the row may not write.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LeaseToken(pub String);

macro_rules! display_inner {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }
    )*};
}
display_inner!(Revision, VersionNumber, LeaseToken);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_the_contract() {
        for good in ["x", "2024-07-05-call-recordings", "a.b_c-d", "9"] {
            assert!(good.parse::<IncidentId>().is_ok(), "{good}");
        }
        for bad in ["", "-x", ".x", "X", "a b", "a/b", "ä", &"x".repeat(129)] {
            assert!(bad.parse::<IncidentId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_free_text_becomes_an_id() {
        let id = IncidentId::from_text("Call recordings: DOWN!").expect("usable");
        assert_eq!(id.as_str(), "call-recordings-down");
        assert!(IncidentId::from_text("¡¡!!").is_none());
        for (text, id) in [
            ("Störung in Köln", "storung-in-koln"),
            ("Сбой входа", "sboi-vkhoda"),
            ("障害報告", "zhang-hai-bao-gao"),
            ("Café — l’été", "cafe-l-ete"),
            ("2024_07.5 report", "2024_07.5-report"),
        ] {
            assert_eq!(IncidentId::from_text(text).expect(text).as_str(), id);
        }
    }

    #[test]
    fn a_title_and_a_random_ending_become_an_id() {
        let long = "An outage of everything that we have, too, ".repeat(9);
        for (title, id) in [
            ("Login errors (EU)", "login-errors-eu-qwerty"),
            ("¡¡!!", "incident-qwerty"),
            ("Сбой", "sboi-qwerty"),
            (&long, "an-outage-of-everything-that-we-have-too-an-outage-of-qwerty"),
            (&"x".repeat(999), &format!("{}-qwerty", "x".repeat(60))),
        ] {
            let made = IncidentId::unique(title, "qwerty");
            assert_eq!(made.as_str(), id);
            assert!(made.as_str().parse::<IncidentId>().is_ok(), "{made}");
        }
    }
}
