//! Problem documents (RFC 9457): what went wrong comes in, `application/problem+json` goes out. What the store or an
//! engine said goes to the log, never to the client.

use axum::Json;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::publish::{self, PublishError};
use crate::store::StoreError;

/// Why a request is not answered as it was meant.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    detail: String,
    /// Extension members (RFC 9457 section 3.2).
    members: Map<String, Value>,
}

impl Problem {
    #[must_use]
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), members: Map::new() }
    }

    /// Adds an extension member.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.members.insert(name.to_owned(), value);
        self
    }

    /// The report's fields at fault, all of them.
    #[must_use]
    pub fn of_fields(problems: &[publish::Problem]) -> Self {
        let fields: Vec<Value> =
            problems.iter().map(|problem| json!({ "field": problem.field, "message": problem.message })).collect();
        let named: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, named.join("; ")).with("errors", Value::Array(fields))
    }

    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "the store failed a request");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "the store did not answer; try again in a moment")
    }
}

impl From<PublishError> for Problem {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::Refused(problems) => Self::of_fields(&problems),
            PublishError::Store(error) => error.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut document = self.members;
        document.insert("type".to_owned(), json!("about:blank"));
        document.insert("title".to_owned(), json!(self.status.canonical_reason().unwrap_or("Error")));
        document.insert("status".to_owned(), json!(self.status.as_u16()));
        document.insert("detail".to_owned(), json!(self.detail));
        let mut response = (self.status, Json(Value::Object(document))).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static("en"));
        // A mistake that sticks in a cache outlives its cause.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"polypost\""));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}
