//! Engines' language codes: those that serve a locale, the closest first. A code for another script than the locale's
//! never serves it.

use icu::locale::{LanguageIdentifier, LocaleExpander};

use polypost_core::locale::Locale;

/// Languages whose models go by the other's code as well (CLDR: `no` is `nb`), or by a former one.
const ALIASES: [(&str, &str); 5] = [("nb", "no"), ("no", "nb"), ("he", "iw"), ("jv", "jw"), ("fil", "tl")];

/// The codes for a locale, the closest first: the tag, language and script, the language alone where its usual script
/// is the reader's.
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

/// Spanish of Latin America: what CLDR's `parentLocales` puts under `es-419`.
const LATIN_AMERICA: &str = "AR BO BR BZ CL CO CR CU DO EC GT HN MX NI PA PE PR PY SV US UY VE";

/// Chinese by the region that stands for its script, where a vendor names no scripts.
const CHINESE: [(&str, &str); 2] = [("Hans", "zh-CN"), ("Hant", "zh-TW")];

/// The position of the code among those offered that serves a locale best; upper and lower case are the same.
pub(super) fn closest(locale: &Locale, offered: &[&str]) -> Option<usize> {
    let mut wanted = candidates(locale);
    if let Ok(tag) = locale.as_str().parse::<LanguageIdentifier>() {
        let mut full = tag.clone();
        LocaleExpander::new_extended().maximize(&mut full);
        let region = full.region.map(|region| region.as_str().to_owned()).unwrap_or_default();
        if tag.language.as_str() == "es" && LATIN_AMERICA.split(' ').any(|code| code == region) && tag.region.is_some()
        {
            wanted.insert(1, "es-419".to_owned());
        }
        let script = full.script.map(|script| script.as_str().to_owned()).unwrap_or_default();
        if tag.language.as_str() == "zh" {
            wanted.extend(CHINESE.iter().filter(|(name, _)| *name == script).map(|(_, code)| (*code).to_owned()));
        }
        // A language alone is the one of most of its readers, where there is none for all.
        if tag.region.is_none() {
            wanted.push(format!("{}-{region}", tag.language));
        }
    }
    wanted.iter().find_map(|code| offered.iter().position(|one| one.eq_ignore_ascii_case(code)))
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
    fn the_closest_code_that_is_offered_is_taken() {
        let offered = ["EN-US", "ES", "ES-419", "PT-BR", "PT-PT", "ZH-HANS", "ZH-HANT", "NB", "FR"];
        for (locale, expected) in [
            ("es", Some("ES")),
            ("es-ES", Some("ES")),
            ("es-MX", Some("ES-419")),
            ("es-419", Some("ES-419")),
            ("pt-BR", Some("PT-BR")),
            ("pt-PT", Some("PT-PT")),
            ("pt", Some("PT-BR")),
            ("zh", Some("ZH-HANS")),
            ("zh-TW", Some("ZH-HANT")),
            ("no", Some("NB")),
            ("fr-CA", Some("FR")),
            ("ca", None),
        ] {
            let found = closest(&locale.parse().unwrap(), &offered);
            assert_eq!(found.map(|index| offered[index]), expected, "{locale}");
        }
    }

    #[test]
    fn codes_without_scripts_and_former_codes_are_found() {
        let offered = ["zh-CN", "zh-TW", "iw", "pt", "es", "no"];
        for (locale, expected) in [
            ("zh", Some("zh-CN")),
            ("zh-Hans", Some("zh-CN")),
            ("zh-SG", Some("zh-CN")),
            ("zh-Hant", Some("zh-TW")),
            ("zh-HK", Some("zh-TW")),
            ("he", Some("iw")),
            ("pt-BR", Some("pt")),
            ("es-419", Some("es")),
            ("nb", Some("no")),
            ("sr", None),
        ] {
            let found = closest(&locale.parse().unwrap(), &offered);
            assert_eq!(found.map(|index| offered[index]), expected, "{locale}");
        }
        let only_traditional = closest(&"zh-CN".parse().unwrap(), &["zh-TW"]);
        assert_eq!(only_traditional, None);
    }

    #[test]
    fn another_script_is_another_reader() {
        assert_eq!(candidates(&"zh-Hant".parse().unwrap()), ["zh-Hant"]);
        assert_eq!(candidates(&"zh-TW".parse().unwrap()), ["zh-TW", "zh-Hant"]);
        assert_eq!(candidates(&"sr-Latn".parse().unwrap()), ["sr-Latn"]);
    }
}
