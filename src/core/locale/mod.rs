//! Locales: BCP 47 tags, canonical, with CLDR's fallback chains and the best match for a reader. Nothing here knows
//! which locales are configured, and nothing here fails on what a reader's browser sends.

mod accept;
mod name;
mod negotiation;
mod weighted;

pub use accept::accept_language;
pub use negotiation::{negotiate, rank};
pub use weighted::{FULL_WEIGHT, Weighted, weighted};

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use icu::locale::fallback::{LocaleFallbackConfig, LocaleFallbacker};
use icu::locale::{LanguageIdentifier, LocaleCanonicalizer, LocaleDirectionality};
use serde::{Deserialize, Serialize};

/// A BCP 47 tag in canonical form (`es`, `pt-BR`, `zh-Hant`, `es-419`); cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Locale(Arc<str>);

/// Why a text is not a locale.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a locale: a BCP 47 tag such as `es`, `pt-BR` or `zh-Hant` is wanted")]
pub struct InvalidLocale(String);

/// The way a locale's main script runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Locale {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language subtag: `zh` of `zh-Hant-HK`.
    #[must_use]
    pub fn language(&self) -> &str {
        self.0.split_once('-').map_or(&*self.0, |(language, _)| language)
    }

    /// The locale itself, then its parents by CLDR's inheritance (UTS 35, 4.1): `es-MX`, `es-419`, `es`. The root
    /// (`und`) is left out, so that the last member is still of the reader's own language and script.
    #[must_use]
    pub fn chain(&self) -> Vec<Self> {
        let mut chain = vec![self.clone()];
        let fallbacker = LocaleFallbacker::new().for_config(LocaleFallbackConfig::default());
        let mut parents = fallbacker.fallback_for((&self.identifier()).into());
        while !parents.get().is_unknown() {
            let parent = parents.get().to_string();
            if !chain.iter().any(|known| known.as_str() == parent) {
                chain.push(Self(parent.into()));
            }
            parents.step();
        }
        chain
    }

    /// The way the text runs. A script that CLDR does not know runs left to right.
    #[must_use]
    pub fn direction(&self) -> Direction {
        // The common data does not know every right-to-left language: Yiddish, for one.
        const DIRECTIONS: LocaleDirectionality = LocaleDirectionality::new_extended();
        if DIRECTIONS.is_right_to_left(&self.identifier()) { Direction::RightToLeft } else { Direction::LeftToRight }
    }

    /// The tag as ICU knows it, for ICU's own services.
    #[must_use]
    pub fn identifier(&self) -> LanguageIdentifier {
        // A tag that has been made canonical parses again.
        self.0.parse().unwrap_or(LanguageIdentifier::UNKNOWN)
    }
}

impl FromStr for Locale {
    type Err = InvalidLocale;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidLocale(text.chars().take(64).collect());
        if text.len() > 64 {
            return Err(invalid());
        }
        let mut locale: icu::locale::Locale = text.replace('_', "-").parse().map_err(|_| invalid())?;
        LocaleCanonicalizer::new_common().canonicalize(&mut locale);
        Ok(Self(locale.id.to_string().into()))
    }
}

// Sound because the derived comparisons and hash are the text's own.
impl Borrow<str> for Locale {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Locale {
    type Error = InvalidLocale;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Locale> for String {
    fn from(locale: Locale) -> Self {
        locale.0.to_string()
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(tag: &str) -> Locale {
        tag.parse().unwrap()
    }

    #[test]
    fn tags_become_canonical() {
        for (text, tag) in [
            ("iw", "he"),
            ("pt_br", "pt-BR"),
            ("ZH-hant-tw", "zh-Hant-TW"),
            ("es-ES-u-co-trad", "es-ES"),
            ("in", "id"),
            ("es-419", "es-419"),
        ] {
            assert_eq!(locale(text).as_str(), tag, "{text}");
        }
    }

    #[test]
    fn what_is_no_tag_is_refused_with_a_short_message() {
        for text in ["", "-", "español", "../../x", "i-klingon", "zh-cmn-hans-cn", "a", "\0", &"e".repeat(10_000)] {
            let refusal = text.parse::<Locale>().unwrap_err().to_string();
            assert!(refusal.len() < 400, "{refusal}");
        }
    }

    #[test]
    fn chains_follow_cldr() {
        for (tag, chain) in [
            ("es-MX", "es-MX es-419 es"),
            ("es-ES", "es-ES es"),
            ("es", "es"),
            ("zh-TW", "zh-TW zh-Hant"),
            ("zh-HK", "zh-HK zh-Hant"),
            ("zh-Hant-HK", "zh-Hant-HK zh-HK zh-Hant"),
            ("zh-SG", "zh-SG zh"),
            ("pt-AO", "pt-AO pt-PT pt"),
            ("pt-BR", "pt-BR pt"),
            ("nb-NO", "nb-NO nb no"),
            ("nn", "nn no"),
            ("en-AU", "en-AU en-001 en"),
            ("sr-Latn-RS", "sr-Latn-RS sr-Latn"),
            ("fr-CA", "fr-CA fr"),
            ("und", "und"),
        ] {
            let found: Vec<String> = locale(tag).chain().iter().map(ToString::to_string).collect();
            assert_eq!(found.join(" "), chain, "{tag}");
        }
    }

    #[test]
    fn direction_is_the_scripts() {
        for tag in ["ar", "ar-EG", "he", "iw", "fa", "ur", "ps", "yi", "az-Arab"] {
            assert_eq!(locale(tag).direction().as_str(), "rtl", "{tag}");
        }
        for tag in ["en", "es-419", "az", "ja", "zh-Hant", "und", "xx"] {
            assert_eq!(locale(tag).direction().as_str(), "ltr", "{tag}");
        }
    }

    #[test]
    fn language_is_the_first_subtag() {
        assert_eq!(locale("zh-Hant-HK").language(), "zh");
        assert_eq!(locale("es").language(), "es");
    }
}
