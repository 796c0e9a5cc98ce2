//! Pages for people: a path comes in, a plain HTML page goes out, without script, in the language of the path. All text
//! is escaped by the templates; only bodies and disclaimers are HTML already, sanitised where they were made.

pub(super) mod addresses;
pub(super) mod incident;
pub(super) mod list;
mod message;
mod wide;

use askama::Template;
use axum::body::Body;
use axum::extract::{FromRequestParts, Path};
use axum::http::header::{HeaderValue, VARY};
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use serde::de::DeserializeOwned;

use super::answer::{Answer, Freshness, wants_json};
use super::negotiation::Wanted;
use super::{App, Desk};
use crate::reader::Offered;
use message::Failure;
use polypost_core::l10n::Argument;
use polypost_core::locale::Locale;
use polypost_store::State;

/// Languages' subtags have two or three letters (BCP 47); longer first segments of a path are other things.
const LONGEST_LANGUAGE: usize = 3;

/// What every page has around its content.
pub(super) struct Frame {
    /// The language of the page's own words.
    locale: Locale,
    direction: &'static str,
    title: String,
    site_title: String,
    organisation: String,
    skip_to_content: String,
    languages_label: String,
    style: String,
    icon: String,
    home: String,
    /// The absolute address of this page.
    canonical: Option<String>,
    languages: Vec<Language>,
    /// The absolute address for readers of no listed language.
    default: Option<String>,
}

/// The page in another language.
struct Language {
    locale: Locale,
    name: String,
    path: String,
    url: String,
    current: bool,
    /// Whether there is a text in it, which search engines are to know.
    has_text: bool,
    /// How far the translation is, where it is not up to date.
    state: Option<String>,
}

impl Frame {
    /// `locale` is what the reader's path names, `served` the language of the text, and `path_in` the path of the same
    /// page in one of the `offered` languages.
    fn new(
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

/// Words that name the publisher, or those that do without where there is no name.
fn naming_publisher(app: &App, language: &Locale, id: &str) -> String {
    let bundles = &app.publisher.bundles;
    match app.reader.organisation.as_str() {
        "" => bundles.message(language, &format!("{id}-unnamed"), &[]),
        name => bundles.message(language, id, &[("organisation", Argument::Text(name))]),
    }
}

/// The language of a page's own words: the reader's where a bundle has it, else the source language.
fn words(app: &App, locale: &Locale) -> Locale {
    match app.publisher.bundles.find(locale, "incidents-heading", &[]) {
        Some(_) => locale.clone(),
        None => app.reader.source_locale.clone(),
    }
}

/// The locale that a path names.
fn locale_of(text: &str) -> Option<Locale> {
    text.parse::<Locale>().ok().filter(|locale| locale.language().len() <= LONGEST_LANGUAGE)
}

/// A page as an answer.
fn page(app: &App, template: &impl Template, language: Locale, freshness: Freshness) -> Result<Answer, Failure> {
    let body = template.render().map_err(|error| {
        tracing::error!(%error, "a page could not be made");
        Failure::new(app, StatusCode::INTERNAL_SERVER_ERROR, &language)
    })?;
    Ok(Answer {
        content_type: "text/html; charset=utf-8",
        body: body.into_bytes(),
        language: Some(language),
        location: None,
        freshness,
        negotiated: false,
        links: Vec::new(),
    })
}

/// What a page's path names. Where that cannot be read (RFC 3986 section 2.1), people get a page as for any other
/// address that is none.
pub(super) struct Named<T>(pub(super) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Desk> for Named<T> {
    type Rejection = Response<Body>;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Self::Rejection> {
        match Path::<T>::from_request_parts(parts, desk).await {
            Ok(Path(named)) => Ok(Self(named)),
            Err(_) => Err(missing(&desk.app, parts)),
        }
    }
}

/// What is said where nothing is.
fn missing(app: &App, parts: &Parts) -> Response<Body> {
    refusal(app, parts, StatusCode::NOT_FOUND)
}

/// Addresses that no person reads.
fn is_for_programs(path: &str) -> bool {
    path == "/metrics" || path.starts_with("/v1/") || path.starts_with("/health/")
}

/// A page, or the bare status for what is asked of the API, or by a program that wants JSON: `layers` gives every bare
/// status its problem document.
fn refusal(app: &App, parts: &Parts, status: StatusCode) -> Response<Body> {
    if is_for_programs(parts.uri.path()) || wants_json(&parts.headers) {
        return status.into_response();
    }
    let wanted = Wanted::by_header(parts).locales;
    let mut response = Failure::new(app, status, &app.reader.best_published(&wanted)).into_response();
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Language"));
    response
}
