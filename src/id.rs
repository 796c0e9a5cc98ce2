//! Identifiers of the house: strings and numbers come in, values that cannot be confused go out.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest incident id, in bytes.
const INCIDENT_ID_LONGEST: usize = 128;

/// The publisher's name for an incident: `[a-z0-9][a-z0-9._-]{0,127}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IncidentId(String);

/// Why a text is not an incident id.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not an incident id: 1 to 128 of `a-z`, `0-9`, `.`, `_`, `-`, beginning with a letter or a digit")]
pub struct InvalidIncidentId(String);

impl IncidentId {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id nearest to a free text (a file name, a title): lower case, other characters as single hyphens.
    /// `None` where nothing usable is left.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut id = String::new();
        for character in text.chars().flat_map(char::to_lowercase) {
            match character {
                'a'..='z' | '0'..='9' => id.push(character),
                '.' | '_' if !id.is_empty() => id.push(character),
                _ if !id.is_empty() && !id.ends_with('-') => id.push('-'),
                _ => {}
            }
        }
        id.truncate(INCIDENT_ID_LONGEST);
        id.trim_end_matches(['-', '.', '_']).parse().ok()
    }
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
    }
}
