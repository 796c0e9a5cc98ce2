//! What a language is called in itself, as menus of languages have it.

use icu::casemap::TitlecaseMapper;
use icu::casemap::options::{TitlecaseOptions, TrailingCase};
use icu_experimental::displaynames::multi::LocaleDisplayNamesFormatter;
use icu_experimental::displaynames::{DisplayNamesOptions, DisplayNamesPreferences};

use super::Locale;

impl Locale {
    /// The locale's name in its own language, by CLDR (UTS 35, part 2, "Locale Display Names"), with a capital as in a
    /// menu: `Español`, `Português (Brasil)`, `繁體中文`. The tag where CLDR has no name.
    #[must_use]
    pub fn own_name(&self) -> String {
        let identifier = self.identifier();
        let preferences = DisplayNamesPreferences::from(&identifier);
        let Ok(names) = LocaleDisplayNamesFormatter::try_new(preferences, DisplayNamesOptions::default()) else {
            return self.to_string();
        };
        let name = names.of(&identifier.clone().into()).into_owned();
        if name == identifier.language.to_string() {
            return self.to_string();
        }
        let mut options = TitlecaseOptions::default();
        options.trailing_case = Some(TrailingCase::Unchanged);
        TitlecaseMapper::new().titlecase_segment_to_string(&name, &identifier, options).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_called_as_their_speakers_call_them() {
        for (tag, name) in [
            ("en", "English"),
            ("es", "Español"),
            ("it", "Italiano"),
            ("pt-BR", "Português (Brasil)"),
            ("pt-PT", "Português europeu"),
            ("es-419", "Español latinoamericano"),
            ("es-MX", "Español de México"),
            ("de", "Deutsch"),
            ("fr-CA", "Français canadien"),
            ("ru", "Русский"),
            ("el", "Ελληνικά"),
            ("ar", "العربية"),
            ("he", "עברית"),
            ("ja", "日本語"),
            ("zh-Hant", "繁體中文"),
            ("zh-Hans", "简体中文"),
            ("qaa", "qaa"),
        ] {
            assert_eq!(tag.parse::<Locale>().unwrap().own_name(), name, "{tag}");
        }
    }
}
