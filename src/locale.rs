//! Locales: BCP 47 tags come in; canonical tags, fallback chains by CLDR and the best match for a reader go out.
//! Nothing here knows which locales are configured.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use icu::locale::LocaleCanonicalizer;
use serde::{Deserialize, Serialize};

/// A BCP 47 tag in canonical form (`es`, `pt-BR`, `zh-Hant`, `es-419`); cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Locale(Arc<str>);

/// Why a text is not a locale.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a locale: a BCP 47 tag such as `es`, `pt-BR` or `zh-Hant` is wanted")]
pub struct InvalidLocale(String);

impl Locale {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
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
