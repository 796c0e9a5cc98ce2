//! `[engines.libretranslate]`

use serde::Deserialize;

use super::{Contract, service};
use polypost_settings::Secret;
use polypost_settings::Violations;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LibreTranslateSettings {
    /// Empty: there is no server.
    pub url: String,
    /// Empty for servers that want none.
    pub key: Secret,
    /// Texts of one call, and the characters of all of them.
    pub batch_texts: usize,
    pub batch_characters: usize,
    pub contract: Contract,
}

impl LibreTranslateSettings {
    pub(super) fn check(&self, violations: &mut Violations) {
        for (key, value, most) in [
            ("engines.libretranslate.batch_texts", self.batch_texts, 1000),
            ("engines.libretranslate.batch_characters", self.batch_characters, 1_000_000),
        ] {
            violations.range(key, u64::try_from(value).unwrap_or(u64::MAX), 1, most);
        }
        service("libretranslate", &self.url, &self.contract, violations);
    }
}
