//! `POST /v1/incidents`: publishes a report for a caller with a token or a signature, and answers before any engine is
//! called. What a report must be is decided by [`crate::publish`], not here.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use axum::http::{HeaderMap, Response, StatusCode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{expect_json, json_body, signed_message};
use crate::publish::{self, IdempotentReceipt, IdempotentRequest, PublishReceipt, WriteAnswer};
use crate::reader::Addresses;
use crate::web::App;
use crate::web::admission::Admission;
use crate::web::answer::unserialisable;
use crate::web::authorizer::{Authorizer, Caller};
use crate::web::problem_document::ProblemDocument;
use crate::web::query::Parameters;
use polypost_core::document::hex;
use polypost_core::finding::Finding;
use polypost_core::id::{IncidentId, Revision};
use polypost_core::intake::{self, Defaults, Received};
use polypost_core::locale::Locale;
use polypost_store::Published;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Long enough for any identifier, short enough for a column.
const LONGEST_KEY: usize = 255;

/// What the publisher is told.
#[derive(Serialize)]
struct Accepted<'run> {
    id: &'run IncidentId,
    revision: Option<Revision>,
    locales: &'run [Locale],
    findings: &'run [Finding],
}

/// An answer as it is kept for its idempotency key.
#[derive(Serialize, Deserialize)]
struct KeptAnswer {
    status: u16,
    location: String,
    body: String,
}

/// Publishes a report.
pub(crate) async fn publish(
    State(app): State<Arc<App>>,
    State(admission): State<Arc<Admission>>,
    State(authority): State<Arc<Authorizer>>,
    request: Request,
) -> Result<Response<Body>, ProblemDocument> {
    let (parts, body) = request.into_parts();
    let caller = authority.publisher(&parts).await?;
    Parameters::of(&parts, &[])?;
    expect_json(&parts.headers)?;
    let key = idempotency_key(&parts.headers, &caller)?;
    let is_known = matches!(caller, Caller::Trusted);
    let bytes = admission.incoming_bodies.receive(Request::from_parts(parts, body), is_known).await?;
    if let Caller::Signed(signature) = &caller {
        signature.verify(&app.publish.webhook_secrets, &bytes, app.clock.now())?;
    }
    let _admitted = admission.admit()?;
    let answer = if let Some(key) = key {
        publish_once(&app, &admission, key, &bytes).await?
    } else {
        let received = receive(&app, &admission, &bytes).await?;
        accepted(&app.reader.addresses, &app.publisher.publish(received, app.clock.now()).await?)?
    };
    Ok(answer.into_response())
}

/// The first answer again, where the key was used before.
async fn publish_once(
    app: &App,
    admission: &Admission,
    key: String,
    bytes: &[u8],
) -> Result<KeptAnswer, ProblemDocument> {
    let request_hash = hex(&Sha256::digest(bytes));
    // Who comes again costs little, and is never refused.
    if let Some((kept_hash, kept)) = app.store.idempotent_answer(&key).await? {
        return again(&request_hash, &kept_hash, &kept);
    }
    let received = receive(app, admission, bytes).await?;
    let addresses = app.reader.addresses.clone();
    let answer: WriteAnswer = Arc::new(move |receipt| serde_json::to_string(&KeptAnswer::to(&addresses, receipt)?));
    let request = IdempotentRequest { key, request_hash, answer };
    match app.publisher.publish_once(received, &request, app.clock.now()).await? {
        IdempotentReceipt::Now(receipt) => accepted(&app.reader.addresses, &receipt),
        IdempotentReceipt::Before { request_hash, answer } => again(&request.request_hash, &request_hash, &answer),
    }
}

/// Reads the report, and refuses one that has time while too much waits.
async fn receive(app: &App, admission: &Admission, bytes: &[u8]) -> Result<Received, ProblemDocument> {
    // Malformed JSON is another mistake than wrong fields.
    let text = json_body::object(bytes)?;
    let ending = publish::random_ending();
    let defaults = Defaults { source_locale: &app.source_locale, ending: &ending };
    let received = intake::json::report(text.as_bytes(), defaults).map_err(|mut problems| {
        let locales = intake::json::locales(text.as_bytes());
        problems.extend(app.publisher.locale_problems(&app.source_locale, &locales));
        ProblemDocument::of_fields(&problems)
    })?;
    admission.limit_backlog(app.store.as_ref(), &received.report).await?;
    Ok(received)
}

/// The answer to a publication that was stored.
fn accepted(addresses: &Addresses, receipt: &PublishReceipt) -> Result<KeptAnswer, ProblemDocument> {
    if let Published::OutOfOrder { stored, stored_revised_at } = &receipt.outcome {
        let detail = format!("revision {stored}, revised at {stored_revised_at}, is newer; nothing was changed");
        return Err(ProblemDocument::new(StatusCode::CONFLICT, detail)
            .with("stored_revision", serde_json::json!(stored))
            .with("stored_revised_at", serde_json::json!(stored_revised_at)));
    }
    KeptAnswer::to(addresses, receipt).map_err(|error| unserialisable(&error))
}

/// A signed message's id, which is the same across its retries and signed with it: a key that is not signed would let
/// whoever has the message publish it again. Else the publisher's own key.
fn idempotency_key(headers: &HeaderMap, caller: &Caller) -> Result<Option<String>, ProblemDocument> {
    let wrong = || {
        let detail = format!("`Idempotency-Key` must be given once, with 1 to {LONGEST_KEY} visible characters");
        ProblemDocument::new(StatusCode::BAD_REQUEST, detail)
    };
    if let Caller::Signed(signature) = caller {
        return Ok(Some(signed_message::key(signature)));
    }
    let mut keys = headers.get_all(IDEMPOTENCY_KEY).iter();
    match (keys.next(), keys.next()) {
        (None, _) => Ok(None),
        (Some(_), Some(_)) => Err(wrong()),
        (Some(key), None) => {
            let key = key.to_str().map_err(|_| wrong())?.trim();
            if key.is_empty() || key.len() > LONGEST_KEY { Err(wrong()) } else { Ok(Some(format!("key {key}"))) }
        }
    }
}

fn again(hash: &str, kept_hash: &str, kept: &str) -> Result<KeptAnswer, ProblemDocument> {
    if hash != kept_hash {
        let detail = "this idempotency key was used for another body; use a new key for a new request";
        return Err(ProblemDocument::new(StatusCode::UNPROCESSABLE_ENTITY, detail));
    }
    serde_json::from_str(kept).map_err(|error| {
        tracing::error!(%error, "reading a kept answer failed");
        ProblemDocument::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the answer kept for this idempotency key cannot be read",
        )
    })
}

impl KeptAnswer {
    fn to(addresses: &Addresses, receipt: &PublishReceipt) -> serde_json::Result<Self> {
        let status = match receipt.outcome {
            Published::Created => StatusCode::CREATED,
            Published::Revised(_) => StatusCode::ACCEPTED,
            _ => StatusCode::OK,
        };
        let PublishReceipt { id, locales, findings, .. } = receipt;
        let accepted = Accepted { id, revision: receipt.revision(), locales, findings };
        let body = serde_json::to_string(&accepted)?;
        Ok(Self { status: status.as_u16(), location: addresses.incident(id), body })
    }

    fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Ok(location) = HeaderValue::from_str(&self.location) {
            headers.insert(LOCATION, location);
        }
        response
    }
}
