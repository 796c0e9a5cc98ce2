//! What every request passes through: a request id, the log line, limits of size and time, compression, and the
//! headers that keep browsers from guessing. Whatever fails without a word of its own gets a problem document.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::header::{
    CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Extensions, HeaderMap, HeaderName, Response, StatusCode, Version};
use axum::middleware::{Next, from_fn, map_response};
use axum::response::IntoResponse;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::classify::ServerErrorsFailureClass;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate as _};
use tower_http::request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use super::cache::Found;
use super::connection::HeadFault;
use super::finished::{compressed_tag, is_compressed_tag};
use super::problem::Problem;

/// No script, no frame, no form, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

const OUR_FAULT: &str = "this request could not be answered; the fault is ours";

/// What every answer says to browsers.
pub(super) const EVERYWHERE: [(HeaderName, &str); 3] =
    [(X_CONTENT_TYPE_OPTIONS, "nosniff"), (REFERRER_POLICY, "no-referrer"), (CONTENT_SECURITY_POLICY, POLICY)];

pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The routes with everything around them.
pub(super) fn around(routes: Router, body_limit: usize, timeout: Duration) -> Router {
    let [guess, referrer, policy] = EVERYWHERE.map(|(name, value)| header(name, value));
    // What comes from memory is compressed already where that makes it smaller.
    let as_it_is =
        |_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions| extensions.get::<Found>().is_none();
    let compression = CompressionLayer::new().compress_when(DefaultPredicate::new().and(as_it_is));
    let inner = ServiceBuilder::new().layer(compression).layer(DefaultBodyLimit::max(body_limit));
    let bounded = ServiceBuilder::new()
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, timeout));
    let outer = ServiceBuilder::new()
        .map_request(without_strange_id)
        .layer(SetRequestIdLayer::new(REQUEST_ID, RandomId))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_response(answered).on_failure(failed))
        .layer(guess)
        .layer(referrer)
        .layer(policy);
    let routes = routes.layer(inner).layer(map_response(mark_compressed)).layer(bounded).layer(map_response(explain));
    routes.layer(from_fn(refuse_faulty)).layer(outer)
}

fn header(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// Answers requests whose head is not to be trusted.
async fn refuse_faulty(request: Request, next: Next) -> Response<Body> {
    match request.extensions().get::<HeadFault>() {
        Some(fault) => Problem::new(fault.status, fault.detail).into_response(),
        None => next.run(request).await,
    }
}

/// Numbers requests that bring no number of their own.
#[derive(Clone, Copy)]
struct RandomId;

impl MakeRequestId for RandomId {
    fn make_request_id<B>(&mut self, _request: &axum::http::Request<B>) -> Option<RequestId> {
        Some(RequestId::new(random_id()))
    }
}

/// Longer ids are nobody's: two UUIDs with something in front of them are shorter.
const LONGEST_ID: usize = 128;

/// The id that a request brings along: one, of visible ASCII, and bounded, since it stands in logs and is sent back.
pub(super) fn own_id(headers: &HeaderMap) -> Option<&HeaderValue> {
    let mut ids = headers.get_all(REQUEST_ID).iter();
    let id =
        ids.next().filter(|id| (1..=LONGEST_ID).contains(&id.len()) && id.as_bytes().iter().all(u8::is_ascii_graphic));
    id.filter(|_| ids.next().is_none())
}

/// A request whose id is none that we take gets one of ours.
fn without_strange_id(mut request: Request) -> Request {
    if own_id(request.headers()).is_none() {
        request.headers_mut().remove(REQUEST_ID);
    }
    request
}

/// A number for a request that brings none.
pub(super) fn random_id() -> HeaderValue {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or_default();
    let bytes = rand::random::<[u8; 16]>();
    let mut id = [0; 32];
    for (pair, byte) in id.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
    }
    HeaderValue::from_bytes(&id).unwrap_or_else(|_| HeaderValue::from_static("0"))
}

/// Neither query nor headers nor body: they may hold what nobody should find in a log.
fn span(request: &Request) -> tracing::Span {
    let id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), path = ?request.uri().path(), id)
}

/// With times as numbers, which the layer's own lines have as texts with units.
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
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, OUR_FAULT).into_response()
}

/// The strong tag of other bytes is another tag. What was kept compressed has it already.
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
        // The extractors' own words.
        Some(kind) => kind.as_bytes().starts_with(b"text/plain"),
    };
    if !is_bare || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let detail = match status {
        StatusCode::METHOD_NOT_ALLOWED => "this method is not for this address; `Allow` names those that are",
        StatusCode::GATEWAY_TIMEOUT => "this request took longer than a request may take",
        StatusCode::INTERNAL_SERVER_ERROR => OUR_FAULT,
        StatusCode::NOT_FOUND => "there is nothing at this address",
        StatusCode::PAYLOAD_TOO_LARGE => "the body is larger than accepted",
        _ => "the request cannot be read",
    };
    let mut explained = Problem::new(status, detail).into_response();
    for (name, value) in response.headers() {
        if name != CONTENT_TYPE && name != axum::http::header::CONTENT_LENGTH {
            explained.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
    }
    explained
}
