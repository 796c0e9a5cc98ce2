//! Pages for people: a path comes in, a plain HTML page goes out, without script, in the language of the path. All text
//! is escaped by the templates; only bodies and disclaimers are HTML already, sanitised where they were made.

pub(super) mod incident;
pub(super) mod list;
mod message;

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, HeaderMap, HeaderValue, LOCATION, VARY};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;

use super::App;
use super::answer::{Answer, Freshness, wants_page};
use super::negotiation::Wanted;
use super::problem::Problem;
use crate::l10n::Argument;
use crate::locale::Locale;
use message::Failure;

const STYLE: &str = include_str!("style.css");
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
}

impl Frame {
    /// `locale` is what the reader's path names; `languages` are the locales and paths of the same page.
    fn new(app: &App, locale: &Locale, title: &str, languages: Vec<(Locale, String)>, served: &Locale) -> Self {
        let words = words(app, locale);
        let organisation = app.reader.organisation.clone();
        let site_title = naming_publisher(app, &words, "site-title");
        let organisation = Some(organisation).filter(|name| !name.is_empty()).unwrap_or_else(|| site_title.clone());
        let addresses = &app.reader.addresses;
        let languages: Vec<Language> = languages
            .into_iter()
            .map(|(locale, path)| Language {
                name: app.publisher.bundles.find(&locale, "locale-name", &[]).unwrap_or_else(|| locale.to_string()),
                url: addresses.absolute(&path),
                current: locale == *served,
                path,
                locale,
            })
            .collect();
        let url_of =
            |locale: &Locale| languages.iter().find(|language| language.locale == *locale).map(|it| it.url.clone());
        Self {
            direction: words.direction().as_str(),
            title: if title.is_empty() { site_title.clone() } else { format!("{title} – {organisation}") },
            skip_to_content: app.publisher.bundles.message(&words, "skip-to-content", &[]),
            languages_label: app.publisher.bundles.message(&words, "languages-label", &[]),
            style: addresses.path("/assets/style.css"),
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

/// `GET /`: on to the list in the reader's language.
pub(super) async fn home(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let wanted = Wanted::by_header(&parts).locales;
    let mut response = redirection(
        StatusCode::TEMPORARY_REDIRECT,
        &app.reader.addresses.list_page(&app.reader.best_published(&wanted)),
    );
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Language"));
    response
}

/// `GET /{locale}`: the list has a slash at its end.
pub(super) async fn without_slash(
    State(app): State<Arc<App>>,
    Path(locale): Path<String>,
    request: Request,
) -> Response<Body> {
    match locale_of(&locale) {
        Some(locale) => redirection(StatusCode::PERMANENT_REDIRECT, &app.reader.addresses.list_page(&locale)),
        None => missing(&app, &request.into_parts().0),
    }
}

/// `GET /assets/style.css`
pub(super) async fn style(headers: HeaderMap) -> Response<Body> {
    let answer = Answer {
        content_type: "text/css; charset=utf-8",
        body: STYLE.as_bytes().to_vec(),
        language: None,
        location: None,
        freshness: Freshness::Settled,
        negotiated: false,
        links: Vec::new(),
    };
    answer.respond(&headers)
}

/// Every address that is none.
pub(super) async fn nothing_here(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let (parts, _) = request.into_parts();
    missing(&app, &parts)
}

/// A page for browsers, a problem document for programs.
fn missing(app: &App, parts: &axum::http::request::Parts) -> Response<Body> {
    if parts.uri.path().starts_with("/v1/") || !wants_page(&parts.headers) {
        return Problem::new(StatusCode::NOT_FOUND, "there is nothing at this address").into_response();
    }
    let wanted = Wanted::by_header(parts).locales;
    let mut response = Failure::new(app, StatusCode::NOT_FOUND, &app.reader.best_published(&wanted)).into_response();
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Language"));
    response
}

fn redirection(status: StatusCode, path: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    if let Ok(path) = HeaderValue::from_str(path) {
        headers.insert(LOCATION, path);
    }
    response
}
