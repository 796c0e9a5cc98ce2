//! The JSON API, one file per resource. Reading it calls no engine, and publishing through it waits for none.

pub(super) mod incident;
pub(super) mod incidents;
mod json_body;
pub(super) mod locales;
pub(super) mod publish;
pub(super) mod retranslate;
mod signed_message;
pub(super) mod translations;
pub(super) mod versions;
pub(super) mod withdraw;

use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};

use super::App;
use super::negotiation::{not_found, withdrawn};
use super::problem_document::ProblemDocument;
use polypost_core::id::IncidentId;
use polypost_store::Incident;

/// The incident, where readers may see it.
///
/// # Errors
/// `404`, `410`, or what the store's failure becomes.
async fn readable(app: &App, id: &IncidentId) -> Result<Incident, ProblemDocument> {
    match app.store.incident(id).await? {
        None => Err(not_found(id)),
        Some(incident) if incident.withdrawn_at.is_some() => Err(withdrawn(id)),
        Some(incident) => Ok(incident),
    }
}

/// A body that claims to be something else than JSON, or to be compressed, is not read.
///
/// # Errors
/// `415`.
fn expect_json(headers: &HeaderMap) -> Result<(), ProblemDocument> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let media_type = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_json =
        media_type == "application/json" || (media_type.starts_with("application/") && media_type.ends_with("+json"));
    if !is_json {
        let detail = format!("expected a body of the type `application/json`, found `{media_type}`");
        return Err(ProblemDocument::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    match headers.get(CONTENT_ENCODING).map(HeaderValue::as_bytes) {
        None | Some(b"identity") => Ok(()),
        Some(_) => Err(ProblemDocument::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "compressed bodies are not accepted")),
    }
}
