//! Pages for people: plain HTML without scripts, in the language of the path. The templates escape all text; only
//! bodies and disclaimers are HTML already, sanitised where they were made.

pub(super) mod addresses;
mod frame;
pub(super) mod incident_page;
pub(super) mod list_page;
mod message_page;
mod redirects;
mod scrollable;

use askama::Template;
use axum::body::Body;
use axum::extract::{FromRequestParts, Path};
use axum::http::header::{HeaderValue, VARY};
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use serde::de::DeserializeOwned;

use super::answer::{Answer, wants_json};
use super::freshness::Freshness;
use super::negotiation::Wanted;
use super::{App, RouterState};
use message_page::ErrorPage;
use polypost_core::l10n::Argument;
use polypost_core::locale::Locale;

/// Languages' subtags have two or three letters (BCP 47); longer first segments of a path are other things.
const LONGEST_LANGUAGE: usize = 3;

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
fn page(app: &App, template: &impl Template, language: Locale, freshness: Freshness) -> Result<Answer, ErrorPage> {
    let body = template.render().map_err(|error| {
        tracing::error!(%error, "rendering a page failed");
        ErrorPage::new(app, StatusCode::INTERNAL_SERVER_ERROR, &language)
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

/// The parameters of a page's path. Where they cannot be read (RFC 3986 section 2.1), people get a page as for any
/// other address that does not exist.
pub(super) struct PathParameters<T>(pub(super) T);

impl<T: DeserializeOwned + Send> FromRequestParts<RouterState> for PathParameters<T> {
    type Rejection = Response<Body>;

    async fn from_request_parts(parts: &mut Parts, state: &RouterState) -> Result<Self, Self::Rejection> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(named)) => Ok(Self(named)),
            Err(_) => Err(missing(&state.app, parts)),
        }
    }
}

/// The answer where nothing is found.
fn missing(app: &App, parts: &Parts) -> Response<Body> {
    error_page(app, parts, StatusCode::NOT_FOUND)
}

/// Addresses that no person reads.
fn is_for_programs(path: &str) -> bool {
    path == "/metrics" || path.starts_with("/v1/") || path.starts_with("/health/")
}

/// A page, or the bare status for what is asked of the API, or by a program that wants JSON: `layers` gives every bare
/// status its problem document.
fn error_page(app: &App, parts: &Parts, status: StatusCode) -> Response<Body> {
    if is_for_programs(parts.uri.path()) || wants_json(&parts.headers) {
        return status.into_response();
    }
    let wanted = Wanted::by_header(parts).locales;
    let mut response = ErrorPage::new(app, status, &app.reader.best_published(&wanted)).into_response();
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Language"));
    response
}
