//! Redirects to pages.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, HeaderValue, LOCATION, VARY};
use axum::http::{Response, StatusCode, Uri};

use polypost_core::locale::{self, Locale};

/// A page in a language that nothing is published in redirects to the nearest one that is: clients can invent languages
/// without end, and pages in them would all be the same.
pub(super) fn nearest_edition(
    offered: &[Locale],
    requested: &Locale,
    address: impl Fn(&Locale) -> String,
) -> Option<Response<Body>> {
    if offered.contains(requested) {
        return None;
    }
    let nearest = locale::negotiate(offered, std::slice::from_ref(requested)).or_else(|| offered.first().cloned())?;
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

/// The address that the reader's languages lead to.
pub(super) fn negotiated(path: &str) -> Response<Body> {
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
