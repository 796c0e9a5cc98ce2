//! Problem documents (RFC 9457): every error of the API has this one form. What the store or an engine said is logged,
//! never sent to a client.

use axum::Json;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::signature::SignatureError;
use crate::publish::PublishError;
use polypost_core::field_error::FieldError;
use polypost_store::StoreError;

/// What is said where the program is at fault.
pub(super) const INTERNAL_ERROR: &str = "internal error: this request could not be answered; the fault is ours";

/// Why a request is not answered as it was meant.
#[derive(Debug)]
pub struct ProblemDocument {
    status: StatusCode,
    detail: String,
    /// Extension members (RFC 9457 section 3.2).
    members: Map<String, Value>,
    /// Seconds after which to try again, where the status does not say enough.
    retry_after: Option<HeaderValue>,
}

impl ProblemDocument {
    #[must_use]
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), members: Map::new(), retry_after: None }
    }

    /// Adds an extension member.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.members.insert(name.to_owned(), value);
        self
    }

    /// Says after how many seconds to try again, at least.
    #[must_use]
    pub fn after(mut self, seconds: u16) -> Self {
        self.retry_after = Some(jittered(seconds));
        self
    }

    /// The report's fields at fault, all of them.
    #[must_use]
    pub fn of_fields(problems: &[FieldError]) -> Self {
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

impl From<StoreError> for ProblemDocument {
    fn from(error: StoreError) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "the store failed a request");
        let detail = match status_of(&error) {
            StatusCode::INSUFFICIENT_STORAGE => "there is no space left to store anything; nothing was changed",
            StatusCode::SERVICE_UNAVAILABLE => "the store did not answer; try again in a moment",
            _ => "the store failed; the fault is ours",
        };
        Self::new(status_of(&error), detail)
    }
}

/// What the store's failure is to a client.
pub(super) fn status_of(error: &StoreError) -> StatusCode {
    match error {
        error if error.is_out_of_space() => StatusCode::INSUFFICIENT_STORAGE,
        error if error.is_transient() || error.is_gone() => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Seconds after which it is worth trying again; `None` where that depends on something else than time.
pub(super) fn retry_after(status: StatusCode) -> Option<HeaderValue> {
    match status {
        StatusCode::TOO_MANY_REQUESTS => Some(jittered(1)),
        StatusCode::SERVICE_UNAVAILABLE => Some(jittered(2)),
        // Somebody has to make space.
        StatusCode::INSUFFICIENT_STORAGE => Some(jittered(60)),
        _ => None,
    }
}

/// So many seconds, or up to half as many more (two at least): clients that were refused together are not to come back
/// together.
fn jittered(seconds: u16) -> HeaderValue {
    let most = seconds.saturating_add((seconds / 2).max(2));
    rand::random_range(seconds..=most).into()
}

impl From<PublishError> for ProblemDocument {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::Refused(problems) => Self::of_fields(&problems),
            PublishError::Taken { .. } => Self::new(StatusCode::CONFLICT, error.to_string()),
            PublishError::NoFreeId => Self::new(StatusCode::SERVICE_UNAVAILABLE, format!("{error}: give an `id`")),
            PublishError::Store(error) => error.into(),
        }
    }
}

impl From<SignatureError> for ProblemDocument {
    fn from(error: SignatureError) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, error.to_string())
    }
}

impl IntoResponse for ProblemDocument {
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
        if let Some(seconds) = self.retry_after.or_else(|| retry_after(self.status)) {
            headers.insert(RETRY_AFTER, seconds);
        }
        response
    }
}
