//! The models' language codes: a locale comes in, the codes that serve it go out, the closest first. A model for another
//! script than the reader's is none for that reader.

use icu::locale::{LanguageIdentifier, LocaleExpander};

use crate::locale::Locale;

/// Languages whose models go by the other's code as well (CLDR: `no` is `nb`).
const ALIASES: [(&str, &str); 2] = [("nb", "no"), ("no", "nb")];

/// The codes for a locale, the closest first: the tag, language and script, the language alone where its usual script is
/// the reader's.
pub(super) fn candidates(locale: &Locale) -> Vec<String> {
    let Ok(tag) = locale.as_str().parse::<LanguageIdentifier>() else { return vec![locale.to_string()] };
    let expander = LocaleExpander::new_extended();
    let mut full = tag.clone();
    expander.maximize(&mut full);
    let language = tag.language.as_str().to_owned();
    let mut codes = vec![locale.to_string()];
    if let Some(script) = full.script {
        codes.push(format!("{language}-{script}"));
        let mut usual = LanguageIdentifier { language: tag.language, ..LanguageIdentifier::UNKNOWN };
        expander.maximize(&mut usual);
        if usual.script != Some(script) {
            return unique(codes);
        }
    }
    let alias = ALIASES.iter().find_map(|(code, alias)| (*code == language).then(|| (*alias).to_owned()));
    codes.push(language);
    codes.extend(alias);
    unique(codes)
}

fn unique(codes: Vec<String>) -> Vec<String> {
    let mut unique: Vec<String> = Vec::with_capacity(codes.len());
    for code in codes {
        if !unique.contains(&code) {
            unique.push(code);
        }
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_have_the_models_codes_closest_first() {
        for (locale, expected) in [
            ("es", vec!["es", "es-Latn"]),
            ("pt-BR", vec!["pt-BR", "pt-Latn", "pt"]),
            ("es-419", vec!["es-419", "es-Latn", "es"]),
            ("zh-Hans", vec!["zh-Hans", "zh"]),
            ("zh", vec!["zh", "zh-Hans"]),
            ("nb", vec!["nb", "nb-Latn", "no"]),
        ] {
            assert_eq!(candidates(&locale.parse().unwrap()), expected, "{locale}");
        }
    }

    #[test]
    fn another_script_is_another_reader() {
        assert_eq!(candidates(&"zh-Hant".parse().unwrap()), ["zh-Hant"]);
        assert_eq!(candidates(&"zh-TW".parse().unwrap()), ["zh-TW", "zh-Hant"]);
        assert_eq!(candidates(&"sr-Latn".parse().unwrap()), ["sr-Latn"]);
    }
}
