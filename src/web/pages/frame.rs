//! What every page has around its content: head, title, and the page in other languages.

use super::{naming_publisher, words};
use crate::reader::Offered;
use crate::web::App;
use crate::web::answer::alternates;
use polypost_core::locale::Locale;
use polypost_store::State;

/// What every page has around its content.
pub(super) struct Frame {
    /// The language of the page's own words.
    pub(super) locale: Locale,
    pub(super) direction: &'static str,
    pub(super) title: String,
    pub(super) site_title: String,
    pub(super) organisation: String,
    pub(super) skip_to_content: String,
    pub(super) languages_label: String,
    pub(super) style: String,
    pub(super) icon: String,
    pub(super) home: String,
    /// The absolute address of this page.
    pub(super) canonical: Option<String>,
    pub(super) languages: Vec<Language>,
    /// The absolute address for readers of no listed language.
    pub(super) default: Option<String>,
}

/// The page in another language.
pub(super) struct Language {
    pub(super) locale: Locale,
    pub(super) name: String,
    pub(super) path: String,
    pub(super) url: String,
    pub(super) current: bool,
    /// Whether there is a text in it, which search engines are to know.
    pub(super) has_text: bool,
    /// How far the translation is, where it is not up to date.
    pub(super) state: Option<String>,
}

impl Frame {
    /// `Link` headers for the page in every language.
    pub(super) fn links(&self) -> Vec<String> {
        let Some(default) = &self.default else { return Vec::new() };
        let others = self.languages.iter().filter(|language| language.has_text);
        alternates(others.map(|language| (language.url.clone(), language.locale.clone())), default)
    }

    /// `locale` is what the reader's path names, `served` the language of the text, and `path_in` the path of the same
    /// page in one of the `offered` languages.
    pub(super) fn new(
        app: &App,
        locale: &Locale,
        title: &str,
        offered: Vec<Offered>,
        path_in: impl Fn(&Locale) -> String,
        served: &Locale,
    ) -> Self {
        let words = words(app, locale);
        let organisation = app.reader.organisation.clone();
        let site_title = naming_publisher(app, &words, "site-title");
        let organisation = Some(organisation).filter(|name| !name.is_empty()).unwrap_or_else(|| site_title.clone());
        let addresses = &app.reader.addresses;
        let language = |Offered { locale: language, state, has_text }: Offered| {
            let path = path_in(&language);
            Language {
                name: app.publisher.bundles.own_name(&language),
                url: addresses.absolute(&path),
                current: language == *locale,
                state: state_word(state, has_text).map(|word| app.publisher.bundles.message(&words, word, &[])),
                has_text,
                path,
                locale: language,
            }
        };
        let languages: Vec<Language> = offered.into_iter().map(language).collect();
        let url_of =
            |locale: &Locale| languages.iter().find(|language| language.locale == *locale).map(|it| it.url.clone());
        Self {
            direction: words.direction().as_str(),
            title: if title.is_empty() { site_title.clone() } else { format!("{title} – {organisation}") },
            skip_to_content: app.publisher.bundles.message(&words, "skip-to-content", &[]),
            languages_label: app.publisher.bundles.message(&words, "languages-label", &[]),
            style: addresses.path("/assets/style.css"),
            icon: addresses.path("/assets/icon.svg"),
            home: addresses.list_page(&words),
            canonical: url_of(served),
            default: url_of(&app.reader.source_locale),
            locale: words,
            site_title,
            organisation,
            languages,
        }
    }
}

/// What readers are told of a translation that is not up to date. That one has failed is the publisher's matter: it is
/// tried again.
fn state_word(state: State, has_text: bool) -> Option<&'static str> {
    match (state, has_text) {
        (State::Current | State::Held, true) => None,
        (State::Translating, _) => Some("state-translating"),
        (State::Partial, true) => Some("state-partial"),
        (State::Pending | State::Stale | State::Failed, true) => Some("state-stale"),
        (_, false) => Some("state-pending"),
    }
}
