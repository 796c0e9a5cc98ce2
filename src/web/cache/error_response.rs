//! A response that says why there is no answer, shared by all requests that waited for one load. It is never kept
//! longer than that.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Response, StatusCode};

/// A response that is not kept.
#[derive(Clone, Debug)]
pub(super) struct ErrorResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl ErrorResponse {
    /// Problem documents and pages have their whole body in memory: reading it does not wait. Where it cannot be read,
    /// the load counts as interrupted.
    pub(super) async fn of(response: Response<Body>) -> Arc<Self> {
        let (parts, body) = response.into_parts();
        match to_bytes(body, usize::MAX).await {
            Ok(body) => Arc::new(Self { status: parts.status, headers: parts.headers, body }),
            Err(error) => {
                tracing::error!(%error, "reading the body of an error response failed");
                Self::interrupted()
            }
        }
    }

    /// The load did not come to an end. The layers add the problem document.
    pub(super) fn interrupted() -> Arc<Self> {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Arc::new(Self { status, headers: HeaderMap::new(), body: Bytes::new() })
    }

    /// Whether an older answer is better than this one (RFC 5861 section 4).
    pub(super) fn is_server_error(&self) -> bool {
        self.status.is_server_error()
    }

    /// Whether there is nothing to read, or not any more.
    pub(super) fn is_not_found_or_gone(&self) -> bool {
        matches!(self.status, StatusCode::GONE | StatusCode::NOT_FOUND)
    }

    /// Whether the incident was withdrawn.
    pub(super) fn is_gone(&self) -> bool {
        self.status == StatusCode::GONE
    }

    pub(super) fn respond(&self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        response
    }
}
