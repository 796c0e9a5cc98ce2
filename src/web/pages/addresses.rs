//! Addresses beside the pages themselves: those that lead on to a page, however somebody has typed them, the files that
//! pages and crawlers ask for, and what is said where there is nothing.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, HeaderMap, HeaderValue, LOCATION, VARY};
use axum::http::{Response, StatusCode, Uri};

use super::{Named, locale_of, missing, refusal};
use crate::web::App;
use crate::web::answer::{Answer, Freshness};
use crate::web::cache::Cache;
use crate::web::negotiation::Wanted;
use crate::web::pages::incident::open;
use polypost_core::id::IncidentId;
use polypost_core::locale::{self, Locale};

const STYLE: &str = include_str!("style.css");
const ICON: &str = include_str!("icon.svg");
/// Pages may be found; what programs read is no page (RFC 9309).
const ROBOTS: &str = "User-agent: *\nDisallow: /v1/\nDisallow: /metrics\nDisallow: /health/\n";

/// `GET /`: on to the list in the reader's language.
pub(in crate::web) async fn home(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let wanted = Wanted::by_header(&parts).locales;
    negotiated(&app.reader.addresses.list_page(&app.reader.best_published(&wanted)))
}

/// `GET /incidents/{id}`: on to the page in the reader's language.
pub(in crate::web) async fn incident(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    Named(id): Named<String>,
    request: Request,
) -> Result<Response<Body>, Response<Body>> {
    let (parts, _) = request.into_parts();
    let wanted = Wanted::by_header(&parts).locales;
    let Ok(id) = id.parse::<IncidentId>() else { return Err(missing(&app, &parts)) };
    let language = app.reader.best_published(&wanted);
    let outline = cache.outline(&id, open(Arc::clone(&app), id.clone(), language)).await?;
    let best = outline.best(&wanted).unwrap_or_else(|| app.reader.source_locale.clone());
    Ok(negotiated(&app.reader.addresses.page(&id, &best)))
}

/// `GET /{locale}`, `GET /{locale}/incidents`: the list has a slash at its end.
pub(in crate::web) async fn list(
    State(app): State<Arc<App>>,
    Named(locale): Named<String>,
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
    Named((locale, id)): Named<(String, String)>,
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

/// `GET /favicon.ico`, for those who ask for it without having read a page.
pub(in crate::web) async fn old_icon(State(app): State<Arc<App>>) -> Response<Body> {
    moved(&app.reader.addresses.path("/assets/icon.svg"))
}

/// `GET /robots.txt`
pub(in crate::web) async fn robots(headers: HeaderMap) -> Response<Body> {
    file("text/plain; charset=utf-8", ROBOTS, &headers)
}

/// Every address that is none.
pub(in crate::web) async fn nothing_here(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let (parts, _) = request.into_parts();
    missing(&app, &parts)
}

/// A method that an address has not; who answers adds those that it has.
pub(in crate::web) async fn other_method(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let (parts, _) = request.into_parts();
    refusal(&app, &parts, StatusCode::METHOD_NOT_ALLOWED)
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

/// Where a page in a language that nothing is published in leads: to the nearest one that is. Strangers can invent as many
/// languages as they like, and pages in them would all be the same.
pub(super) fn nearest_edition(
    offered: &[Locale],
    asked_for: &Locale,
    address: impl Fn(&Locale) -> String,
) -> Option<Response<Body>> {
    if offered.contains(asked_for) {
        return None;
    }
    let nearest = locale::negotiate(offered, std::slice::from_ref(asked_for)).or_else(|| offered.first().cloned())?;
    Some(redirection(StatusCode::TEMPORARY_REDIRECT, &address(&nearest)))
}

/// The query of an address, with its question mark.
pub(super) fn query_of(uri: &Uri) -> String {
    uri.query().map(|query| format!("?{query}")).unwrap_or_default()
}

/// An address that was spelled differently and always leads there.
pub(super) fn moved(path: &str) -> Response<Body> {
    redirection(StatusCode::PERMANENT_REDIRECT, path)
}

/// Where the reader's languages lead.
fn negotiated(path: &str) -> Response<Body> {
    let mut response = redirection(StatusCode::TEMPORARY_REDIRECT, path);
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
