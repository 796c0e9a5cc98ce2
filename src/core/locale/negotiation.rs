//! Which of the available locales a reader gets: RFC 4647 lookup on top of CLDR's inheritance. A script is never
//! exchanged for another.

use icu::locale::{LanguageIdentifier, LocaleExpander};

use super::Locale;

/// The best available locale for the first wanted one that has any; see [`rank`].
#[must_use]
pub fn negotiate(available: &[Locale], wanted: &[Locale]) -> Option<Locale> {
    let available: Vec<Candidate> = available.iter().map(Candidate::of).collect();
    wanted.iter().find_map(|wanted| order(&available, wanted).first().copied()).cloned()
}

/// The available locales that serve a reader of the wanted one, best first.
///
/// First the locale itself and its parents ([`Locale::chain`]), where a shorter tag stands for the region and script
/// that it most likely means (`pt` finds `pt-BR`, `zh-CN` finds `zh-Hans`); then its siblings in the same language and
/// script (`es-ES` finds `es-419`), since that still is the reader's language.
#[must_use]
pub fn rank<'a>(available: &'a [Locale], wanted: &Locale) -> Vec<&'a Locale> {
    let available: Vec<Candidate> = available.iter().map(Candidate::of).collect();
    order(&available, wanted)
}

struct Candidate<'a> {
    locale: &'a Locale,
    /// Without what goes without saying: `pt-BR` is `pt`, `zh-Hans` is `zh`, `zh-Hant` stays.
    shortest: LanguageIdentifier,
    /// With everything that goes without saying: `pt` is `pt-Latn-BR`.
    longest: LanguageIdentifier,
}

impl<'a> Candidate<'a> {
    fn of(locale: &'a Locale) -> Self {
        let longest = longest(locale);
        Self { locale, shortest: shortest(longest.clone()), longest }
    }
}

fn order<'a>(available: &[Candidate<'a>], wanted: &Locale) -> Vec<&'a Locale> {
    let whole = longest(wanted);
    if whole.language.is_unknown() {
        return Vec::new();
    }
    let mut ordered: Vec<&Locale> = Vec::new();
    let mut take = |serves: &dyn Fn(&Candidate<'_>) -> bool| {
        for candidate in available {
            if serves(candidate) && !ordered.contains(&candidate.locale) {
                ordered.push(candidate.locale);
            }
        }
    };
    for step in wanted.chain() {
        let key = shortest(longest(&step));
        take(&|candidate| *candidate.locale == step);
        take(&|candidate| candidate.shortest == key);
    }
    take(&|candidate| candidate.longest.language == whole.language && candidate.longest.script == whole.script);
    ordered
}

fn longest(locale: &Locale) -> LanguageIdentifier {
    let mut identifier = locale.identifier();
    // CLDR's parent of Bokmål is the macrolanguage, and browsers send either: for a reader they are one. Nynorsk
    // reaches both by its chain.
    if identifier.language.as_str() == "no" {
        identifier.language = icu::locale::subtags::language!("nb");
    }
    // The common data does not expand all of CLDR's languages, `nb-NO` for one.
    LocaleExpander::new_extended().maximize(&mut identifier);
    identifier
}

fn shortest(mut identifier: LanguageIdentifier) -> LanguageIdentifier {
    LocaleExpander::new_extended().minimize_favor_script(&mut identifier);
    identifier
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locales(tags: &str) -> Vec<Locale> {
        tags.split_whitespace().map(|tag| tag.parse().unwrap()).collect()
    }

    #[track_caller]
    fn expect(available: &str, wanted: &str, best: Option<&str>) {
        let found = negotiate(&locales(available), &locales(wanted));
        assert_eq!(found.as_ref().map(Locale::as_str), best, "of {available} for {wanted}");
    }

    #[test]
    fn parents_by_cldr_come_before_the_bare_language() {
        expect("en es es-419", "es-MX", Some("es-419"));
        expect("en es", "es-MX", Some("es"));
        expect("en es es-419", "es-ES", Some("es"));
        expect("en es-419 es", "es", Some("es"));
        expect("en pt-PT pt-BR", "pt-AO", Some("pt-PT"));
        expect("en de fr", "fr-CA", Some("fr"));
        expect("en de fr", "de-AT", Some("de"));
        expect("en", "en-AU", Some("en"));
    }

    #[test]
    fn a_bare_language_means_its_likely_region_and_script() {
        expect("en pt-BR", "pt", Some("pt-BR"));
        expect("en pt-BR", "pt-PT", Some("pt-BR"));
        expect("en pt", "pt-BR", Some("pt"));
        expect("en zh-Hans zh-Hant", "zh", Some("zh-Hans"));
        expect("en zh-Hant zh-Hans", "zh-CN", Some("zh-Hans"));
        expect("en zh-Hans zh-Hant", "zh-SG", Some("zh-Hans"));
        expect("en zh-Hans zh-Hant", "zh-TW", Some("zh-Hant"));
        expect("en zh-Hans zh-Hant", "zh-HK", Some("zh-Hant"));
        expect("en zh-TW", "zh-Hant", Some("zh-TW"));
    }

    #[test]
    fn a_script_is_never_exchanged() {
        expect("en zh-Hans", "zh-TW", None);
        expect("en zh", "zh-Hant", None);
        expect("en zh-Hant", "zh-CN", None);
        expect("en sr", "sr-Latn-RS", None);
        expect("en zh-Hans", "zh-TW en", Some("en"));
    }

    #[test]
    fn old_and_kindred_tags_are_understood() {
        expect("en he", "iw", Some("he"));
        expect("en nb", "no", Some("nb"));
        expect("en no", "nb-NO", Some("no"));
        expect("en nb", "nn", Some("nb"));
        expect("en no", "nn-NO", Some("no"));
        expect("en pt-BR", "pt_br", Some("pt-BR"));
    }

    #[test]
    fn a_sibling_is_better_than_a_foreign_language() {
        expect("en es-419", "es-ES en", Some("es-419"));
        expect("en pt-PT", "pt-BR", Some("pt-PT"));
    }

    #[test]
    fn ranking_goes_from_the_reader_outwards() {
        let available = locales("en es-AR es es-419 es-ES zh");
        let ranked: Vec<&str> = rank(&available, &"es-MX".parse().unwrap()).into_iter().map(Locale::as_str).collect();
        assert_eq!(ranked, ["es-419", "es", "es-ES", "es-AR"]);
    }

    #[test]
    fn the_readers_order_decides() {
        expect("en es it", "it es", Some("it"));
        expect("en es it", "fr it es", Some("it"));
        expect("en es it", "fr", None);
        expect("en es it", "", None);
        expect("", "es", None);
        expect("en es it", "und", None);
    }
}
