//! Engines as routes name them: `neural`, or `neural>pt>apertium` for two of them in a row.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, de};

use super::ENGINES;
use polypost_core::locale::Locale;
use polypost_core::nearest::nearest;

/// What stands between a pivot's engines and its locale.
const SEPARATOR: char = '>';

/// A name in a route. Its text is canonical: two spellings of a pivot's locale are one engine.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EngineName {
    /// One of [`ENGINES`].
    Single(&'static str),
    /// Into the middle locale by the first engine, on from there by the second; neither is a pivot itself.
    Pivot { first: &'static str, middle: Locale, second: &'static str },
}

/// Why a text names no engine, in words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct UnknownEngine(String);

impl EngineName {
    /// The engines that it is made of, in order.
    #[must_use]
    pub fn engines(&self) -> Vec<&'static str> {
        match self {
            Self::Single(name) => vec![name],
            Self::Pivot { first, second, .. } => vec![first, second],
        }
    }
}

impl FromStr for EngineName {
    type Err = UnknownEngine;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = text.split(SEPARATOR).collect();
        match parts.as_slice() {
            [name] => known(name).map(Self::Single),
            [first, middle, second] => {
                let (first, second) = (known(first)?, known(second)?);
                let middle: Locale = middle.parse().map_err(|error| UnknownEngine(format!("{error}")))?;
                if middle.language() == "und" {
                    return Err(UnknownEngine(format!("`{middle}` names no language to go by way of")));
                }
                Ok(Self::Pivot { first, middle, second })
            }
            _ => Err(UnknownEngine(
                "two engines in a row are written `FIRST>LOCALE>SECOND`, such as `neural>pt>apertium`".to_owned(),
            )),
        }
    }
}

fn known(name: &str) -> Result<&'static str, UnknownEngine> {
    ENGINES.into_iter().find(|known| *known == name).ok_or_else(|| {
        let known = ENGINES.map(|name| format!("`{name}`")).join(", ");
        let name: String = name.chars().take(64).collect();
        UnknownEngine(match nearest(&name, ENGINES.into_iter()) {
            Some(near) => format!("unknown engine `{name}`; did you mean `{near}`? (known: {known})"),
            None => format!("unknown engine `{name}` (known: {known})"),
        })
    })
}

impl<'de> Deserialize<'de> for EngineName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl fmt::Display for EngineName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Single(name) => formatter.write_str(name),
            Self::Pivot { first, middle, second } => {
                write!(formatter, "{first}{SEPARATOR}{middle}{SEPARATOR}{second}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_canonical() {
        for (text, name) in [
            ("deepl", "deepl"),
            ("neural>pt>apertium", "neural>pt>apertium"),
            ("deepl>PT_br>neural", "deepl>pt-BR>neural"),
        ] {
            let parsed: EngineName = text.parse().unwrap();
            assert_eq!(parsed.to_string(), name);
            assert_eq!(parsed.to_string().parse::<EngineName>().unwrap(), parsed);
        }
        assert_eq!("deepl>es>apertium".parse::<EngineName>().unwrap().engines(), ["deepl", "apertium"]);
    }

    #[test]
    fn what_names_no_engine_is_told() {
        for (text, part) in [
            ("parrot", "unknown engine `parrot` (known: `neural`"),
            ("nueral", "did you mean `neural`?"),
            ("Neural", "did you mean `neural`?"),
            ("", "unknown engine ``"),
            ("neural>pt", "FIRST>LOCALE>SECOND"),
            ("neural>pt>", "unknown engine ``"),
            (">>", "unknown engine ``"),
            ("neural>pt>parrot", "unknown engine `parrot`"),
            ("neural>portuguese!>apertium", "is not a locale"),
            ("neural>und>apertium", "`und` names no language"),
            ("neural>pt>apertium>es>apertium", "FIRST>LOCALE>SECOND"),
            (&"x".repeat(10_000), "unknown engine"),
        ] {
            let error = text.parse::<EngineName>().unwrap_err().to_string();
            assert!(error.contains(part) && error.len() < 400, "{text}: {error}");
        }
    }
}
