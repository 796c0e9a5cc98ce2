//! What is said where there is no answer: a response comes in and is held ready for everybody who asked at the same
//! time. It is never kept longer than that.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Response, StatusCode};

/// A response that is not kept.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Refusal {
    /// Problem documents and pages have their whole body in memory: reading it does not wait.
    pub(super) async fn of(response: Response<Body>) -> Arc<Self> {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
        Arc::new(Self { status: parts.status, headers: parts.headers, body })
    }

    /// Whoever was at it did not come to an end.
    pub(super) fn interrupted() -> Arc<Self> {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Arc::new(Self { status, headers: HeaderMap::new(), body: Bytes::new() })
    }

    /// Whether an older answer is better than this one (RFC 5861 section 4): the fault is ours.
    pub(super) fn is_failure(&self) -> bool {
        self.status.is_server_error()
    }

    /// Whether there is nothing to read any more.
    pub(super) fn is_final(&self) -> bool {
        matches!(self.status, StatusCode::GONE | StatusCode::NOT_FOUND)
    }

    /// Whether there was something to read and is not to be read any more.
    pub(super) fn is_withdrawal(&self) -> bool {
        self.status == StatusCode::GONE
    }

    pub(super) fn respond(&self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        response
    }
}
