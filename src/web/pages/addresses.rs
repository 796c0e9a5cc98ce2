//! Addresses beside the pages themselves: those that redirect to a page, however they were typed, the files that pages
//! and crawlers ask for, and the answers where nothing is found.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};

use super::incident_page::load;
use super::redirects::{moved, negotiated};
use super::{PathParameters, error_page, locale_of, missing};
use crate::web::App;
use crate::web::answer::Answer;
use crate::web::cache::Cache;
use crate::web::freshness::Freshness;
use crate::web::negotiation::Wanted;
use polypost_core::id::IncidentId;

const STYLE: &str = include_str!("style.css");
const ICON: &str = include_str!("icon.svg");
/// Crawlers may index pages, but not what programs read (RFC 9309).
const ROBOTS: &str = "User-agent: *\nDisallow: /v1/\nDisallow: /metrics\nDisallow: /health/\n";

/// `GET /`: redirects to the list in the reader's language.
pub(in crate::web) async fn home(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let wanted = Wanted::by_header(&parts).locales;
    negotiated(&app.reader.addresses.list_page(&app.reader.best_published(&wanted)))
}

/// `GET /incidents/{id}`: redirects to the page in the reader's language.
pub(in crate::web) async fn incident(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    PathParameters(id): PathParameters<String>,
    request: Request,
) -> Result<Response<Body>, Response<Body>> {
    let (parts, _) = request.into_parts();
    let wanted = Wanted::by_header(&parts).locales;
    let Ok(id) = id.parse::<IncidentId>() else { return Err(missing(&app, &parts)) };
    let language = app.reader.best_published(&wanted);
    let outline = cache.outline(&id, load(Arc::clone(&app), id.clone(), language)).await?;
    let best = outline.best(&wanted).unwrap_or_else(|| app.reader.source_locale.clone());
    Ok(negotiated(&app.reader.addresses.page(&id, &best)))
}

/// `GET /{locale}`, `GET /{locale}/incidents`: the list has a slash at its end.
pub(in crate::web) async fn list(
    State(app): State<Arc<App>>,
    PathParameters(locale): PathParameters<String>,
    request: Request,
) -> Response<Body> {
    match locale_of(&locale) {
        Some(locale) => moved(&app.reader.addresses.list_page(&locale)),
        None => missing(&app, &request.into_parts().0),
    }
}

/// `GET /{locale}/incidents/{id}/`: the page has no slash at its end.
pub(in crate::web) async fn incident_page(
    State(app): State<Arc<App>>,
    PathParameters((locale, id)): PathParameters<(String, String)>,
    request: Request,
) -> Response<Body> {
    match (locale_of(&locale), id.parse::<IncidentId>()) {
        (Some(locale), Ok(id)) => moved(&app.reader.addresses.page(&id, &locale)),
        _ => missing(&app, &request.into_parts().0),
    }
}

/// `GET /assets/style.css`
pub(in crate::web) async fn style(headers: HeaderMap) -> Response<Body> {
    file("text/css; charset=utf-8", STYLE, &headers)
}

/// `GET /assets/icon.svg`
pub(in crate::web) async fn icon(headers: HeaderMap) -> Response<Body> {
    file("image/svg+xml", ICON, &headers)
}

/// `GET /favicon.ico`, for browsers that ask for it without having read a page.
pub(in crate::web) async fn old_icon(State(app): State<Arc<App>>) -> Response<Body> {
    moved(&app.reader.addresses.path("/assets/icon.svg"))
}

/// `GET /robots.txt`
pub(in crate::web) async fn robots(headers: HeaderMap) -> Response<Body> {
    file("text/plain; charset=utf-8", ROBOTS, &headers)
}

/// Every other address.
pub(in crate::web) async fn not_found(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let (parts, _) = request.into_parts();
    missing(&app, &parts)
}

/// A method that an address does not have; the router adds `Allow`.
pub(in crate::web) async fn method_not_allowed(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let (parts, _) = request.into_parts();
    error_page(&app, &parts, StatusCode::METHOD_NOT_ALLOWED)
}

fn file(content_type: &'static str, text: &str, headers: &HeaderMap) -> Response<Body> {
    let answer = Answer {
        content_type,
        body: text.as_bytes().to_vec(),
        language: None,
        location: None,
        freshness: Freshness::Settled,
        negotiated: false,
        links: Vec::new(),
    };
    answer.respond(headers)
}
