//! What every request passes through: a request id, the log line, limits of size and time, compression, and the
//! headers that keep browsers from guessing. A failure without a body of its own gets a problem document.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderValue};
use axum::http::{Extensions, HeaderMap, HeaderName, Response, StatusCode, Version};
use axum::middleware::{Next, from_fn, map_response};
use axum::response::IntoResponse;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::classify::ServerErrorsFailureClass;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate as _};
use tower_http::request_id::{PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use super::encoding::{CodingChosen, normalise_accepted};
use super::etag::{compressed_tag, is_compressed_tag};
use super::problem_document::{INTERNAL_ERROR, ProblemDocument};
use super::request_head::HeadFault;
use super::request_id::{REQUEST_ID, RandomId, without_unusable_id};
use super::security_headers::SECURITY_HEADERS;

/// The routes with all layers around them.
pub(super) fn wrap(routes: Router, body_limit: usize, timeout: Duration) -> Router {
    let [guess, referrer, policy] = SECURITY_HEADERS.map(|(name, value)| header(name, value));
    // What comes from the cache is compressed already where that makes it smaller.
    let is_open =
        |_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions| extensions.get::<CodingChosen>().is_none();
    let compression = CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_open));
    let inner = ServiceBuilder::new()
        .map_request(normalise_accepted)
        .layer(compression)
        .layer(DefaultBodyLimit::max(body_limit));
    let bounded = ServiceBuilder::new()
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, timeout));
    let outer = ServiceBuilder::new()
        .map_request(without_unusable_id)
        .layer(SetRequestIdLayer::new(REQUEST_ID, RandomId))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_response(answered).on_failure(failed))
        .layer(guess)
        .layer(referrer)
        .layer(policy);
    let routes = routes.layer(inner).layer(map_response(mark_compressed)).layer(bounded).layer(map_response(explain));
    routes.layer(from_fn(refuse_head_faults)).layer(outer)
}

fn header(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// Answers requests whose head is ambiguous or wrong.
async fn refuse_head_faults(request: Request, next: Next) -> Response<Body> {
    match request.extensions().get::<HeadFault>() {
        Some(fault) => ProblemDocument::new(fault.status, fault.detail).into_response(),
        None => next.run(request).await,
    }
}

/// Neither query nor headers nor body: they may hold what nobody should find in a log.
fn span(request: &Request) -> tracing::Span {
    let id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), path = ?request.uri().path(), id)
}

/// With times as numbers, where the layer's own events have texts with units.
fn answered(response: &Response<Body>, latency: Duration, _: &tracing::Span) {
    tracing::debug!(latency_ms = milliseconds(latency), status = response.status().as_u16(), "request answered");
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn failed(class: ServerErrorsFailureClass, latency: Duration, _: &tracing::Span) {
    tracing::error!(latency_ms = milliseconds(latency), %class, "request failed");
}

fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn after_panic(panic: Box<dyn Any + Send>) -> Response<Body> {
    let message = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(panic = message, "a handler panicked");
    ProblemDocument::new(StatusCode::INTERNAL_SERVER_ERROR, INTERNAL_ERROR).into_response()
}

/// Other bytes have another strong tag. What was kept compressed has its own already.
async fn mark_compressed(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    if headers.contains_key(CONTENT_ENCODING)
        && let Some(tag) = headers.get(ETAG).and_then(|tag| tag.to_str().ok()).filter(|tag| !is_compressed_tag(tag))
        && let tag = compressed_tag(tag)
        && let Ok(tag) = HeaderValue::from_str(&tag)
    {
        headers.insert(ETAG, tag);
    }
    response
}

/// Gives a problem document to failures that came without a body of their own.
async fn explain(response: Response<Body>) -> Response<Body> {
    let status = response.status();
    let is_bare = match response.headers().get(CONTENT_TYPE) {
        None => true,
        // Written by axum's extractors.
        Some(kind) => kind.as_bytes().starts_with(b"text/plain"),
    };
    if !is_bare || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let detail = match status {
        StatusCode::METHOD_NOT_ALLOWED => "method not allowed here; `Allow` names those that are",
        StatusCode::GATEWAY_TIMEOUT => "the request timed out",
        StatusCode::INTERNAL_SERVER_ERROR => INTERNAL_ERROR,
        StatusCode::NOT_FOUND => "nothing found at this address",
        StatusCode::PAYLOAD_TOO_LARGE => "the body is larger than accepted",
        _ => "the request cannot be read",
    };
    let mut explained = ProblemDocument::new(status, detail).into_response();
    for (name, value) in response.headers() {
        if name != CONTENT_TYPE && name != CONTENT_LENGTH {
            explained.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
    }
    explained
}
