//! Apertium's language codes: those that a server may list for a locale, the closest first. What is installed is not
//! known here.

use polypost_core::locale::Locale;

/// ISO 639-1 to 639-3 for the languages that Apertium's released and trunk pairs have (apertium.org's list of pairs).
const LANGUAGES: [(&str, &str); 58] = [
    ("af", "afr"),
    ("an", "arg"),
    ("ar", "ara"),
    ("ast", "ast"),
    ("be", "bel"),
    ("bg", "bul"),
    ("br", "bre"),
    ("bs", "hbs_BS"),
    ("ca", "cat"),
    ("cs", "ces"),
    ("cy", "cym"),
    ("da", "dan"),
    ("de", "deu"),
    ("el", "ell"),
    ("en", "eng"),
    ("eo", "epo"),
    ("es", "spa"),
    ("et", "est"),
    ("eu", "eus"),
    ("fa", "pes"),
    ("fi", "fin"),
    ("fo", "fao"),
    ("fr", "fra"),
    ("ga", "gle"),
    ("gd", "gla"),
    ("gl", "glg"),
    ("hi", "hin"),
    ("hr", "hbs_HR"),
    ("hu", "hun"),
    ("hy", "hye"),
    ("id", "ind"),
    ("is", "isl"),
    ("it", "ita"),
    ("kk", "kaz"),
    ("ky", "kir"),
    ("lt", "lit"),
    ("lv", "lav"),
    ("mk", "mkd"),
    ("ms", "msa"),
    ("mt", "mlt"),
    ("nb", "nob"),
    ("nl", "nld"),
    ("nn", "nno"),
    ("no", "nob"),
    ("oc", "oci"),
    ("pl", "pol"),
    ("pt", "por"),
    ("ro", "ron"),
    ("ru", "rus"),
    ("sc", "srd"),
    ("se", "sme"),
    ("sk", "slk"),
    ("sl", "slv"),
    ("sr", "hbs_SR"),
    ("sv", "swe"),
    ("tr", "tur"),
    ("uk", "ukr"),
    ("ur", "urd"),
];

/// The codes for a locale, the closest first: its variant or region, then the language, both also with two letters.
pub(super) fn candidates(locale: &Locale) -> Vec<String> {
    let mut subtags = locale.as_str().split('-');
    let language = subtags.next().unwrap_or_default();
    let long = LANGUAGES.iter().find_map(|(short, long)| (*short == language).then_some(*long));
    let bases: Vec<&str> = long.into_iter().chain([language]).collect();
    let mut codes = Vec::new();
    for detail in subtags {
        codes.extend(bases.iter().map(|base| format!("{base}_{detail}")));
    }
    for base in bases {
        codes.push(base.to_owned());
        // `hbs_HR` is a variety of a language that some pairs list without one.
        codes.extend(base.split_once('_').map(|(family, _)| family.to_owned()));
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_have_apertiums_codes_closest_first() {
        for (locale, expected) in [
            ("es", vec!["spa", "es"]),
            ("pt-BR", vec!["por_BR", "pt_BR", "por", "pt"]),
            ("ca-valencia", vec!["cat_valencia", "ca_valencia", "cat", "ca"]),
            ("hr", vec!["hbs_HR", "hbs", "hr"]),
            ("ast", vec!["ast", "ast"]),
            ("ja", vec!["ja"]),
        ] {
            assert_eq!(candidates(&locale.parse().unwrap()), expected, "{locale}");
        }
        assert_eq!(candidates(&"es-419".parse().unwrap())[2..], ["spa", "es"]);
    }

    #[test]
    fn the_table_is_sorted_and_has_no_language_twice() {
        assert!(LANGUAGES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
