//! `POST /v1/incidents`: a report comes in, is stored together with the wish for its translations, and the receipt
//! goes out before any engine is asked.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use axum::http::{HeaderMap, Response, StatusCode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{expect_json, json_body, signed_message};
use crate::publish::{self, Prepared};
use crate::web::App;
use crate::web::admission::Admission;
use crate::web::authorizer::{Authorizer, Caller};
use crate::web::problem_document::ProblemDocument;
use crate::web::query::Parameters;
use polypost_core::document::hex;
use polypost_core::finding::Finding;
use polypost_core::id::{IncidentId, Revision};
use polypost_core::intake::{self, Defaults, Received};
use polypost_core::locale::Locale;
use polypost_store::{Once, Publication, Published, PublishedOnce};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Long enough for any identifier, short enough for a column.
const LONGEST_KEY: usize = 255;

/// What the publisher is told.
#[derive(Serialize)]
struct Accepted<'run> {
    id: &'run IncidentId,
    revision: Revision,
    locales: &'run [Locale],
    findings: &'run [Finding],
}

/// An answer as it is kept for its idempotency key.
#[derive(Serialize, Deserialize)]
struct Kept {
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
    for _ in 0..publish::MOST_ENDINGS {
        let stored = match &key {
            Some(key) => store_once(&app, &admission, key, &bytes).await?,
            None => store(&app, &admission, &bytes).await?,
        };
        if let Some(response) = stored {
            return Ok(response);
        }
    }
    Err(no_id())
}

/// `None` where the id that was made belongs to another incident.
async fn store(app: &App, admission: &Admission, bytes: &[u8]) -> Result<Option<Response<Body>>, ProblemDocument> {
    let prepared = prepare(app, admission, bytes).await?;
    match app.store.publish(&prepared.publication, app.clock.now()).await? {
        Published::Taken { .. } => Ok(None),
        published => Ok(Some(accepted(&prepared, &location(app, &prepared), &published)?.into_response())),
    }
}

fn no_id() -> ProblemDocument {
    let detail = "no id could be found that no other incident has; nothing was changed: give an `id`";
    ProblemDocument::new(StatusCode::SERVICE_UNAVAILABLE, detail)
}

/// As [`store`], and the first answer again, where the key was used before.
async fn store_once(
    app: &App,
    admission: &Admission,
    key: &str,
    bytes: &[u8],
) -> Result<Option<Response<Body>>, ProblemDocument> {
    let hash = hex(&Sha256::digest(bytes));
    // Who comes again costs little, and is not put off.
    if let Some((kept_hash, kept)) = app.store.idempotent_answer(key).await? {
        return again(&hash, &kept_hash, &kept).map(Some);
    }
    let prepared = Arc::new(prepare(app, admission, bytes).await?);
    let location = location(app, &prepared);
    let (own, place) = (Arc::clone(&prepared), location.clone());
    let answer = move |published: &Published| {
        let kept = accepted(&own, &place, published).ok();
        kept.and_then(|kept| serde_json::to_string(&kept).ok()).unwrap_or_default()
    };
    let once = Once { key: key.to_owned(), request_hash: hash.clone(), answer: Arc::new(answer) };
    match app.store.publish_once(&prepared.publication, &once, app.clock.now()).await? {
        PublishedOnce::Now(Published::Taken { .. }) => Ok(None),
        PublishedOnce::Now(published) => Ok(Some(accepted(&prepared, &location, &published)?.into_response())),
        PublishedOnce::Before { request_hash, answer } => again(&hash, &request_hash, &answer).map(Some),
    }
}

async fn prepare(app: &App, admission: &Admission, bytes: &[u8]) -> Result<Prepared, ProblemDocument> {
    // Malformed JSON is another mistake than wrong fields.
    let text = json_body::object(bytes)?;
    let ending = publish::random_ending();
    let defaults = Defaults { source_locale: &app.source_locale, ending: &ending };
    let Received { report, naming } = intake::json::report(text.as_bytes(), defaults).map_err(|mut problems| {
        let locales = intake::json::locales(text.as_bytes());
        problems.extend(app.publisher.locale_problems(&app.source_locale, &locales));
        ProblemDocument::of_fields(&problems)
    })?;
    admission.put_off(app.store.as_ref(), &report).await?;
    Ok(app.publisher.prepare(report, naming, app.clock.now())?)
}

fn location(app: &App, prepared: &Prepared) -> String {
    app.reader.addresses.incident(&prepared.publication.report.id)
}

/// The answer to a publication that was stored.
fn accepted(prepared: &Prepared, location: &str, published: &Published) -> Result<Kept, ProblemDocument> {
    let (status, revision) = outcome(published)?;
    let Publication { report, locales, .. } = &prepared.publication;
    let accepted = Accepted { id: &report.id, revision, locales, findings: &prepared.findings };
    Ok(Kept {
        status: status.as_u16(),
        location: location.to_owned(),
        body: serde_json::to_string(&accepted).unwrap_or_default(),
    })
}

fn outcome(published: &Published) -> Result<(StatusCode, Revision), ProblemDocument> {
    match published {
        Published::Created => Ok((StatusCode::CREATED, Revision(1))),
        Published::Unchanged(revision) => Ok((StatusCode::OK, *revision)),
        Published::Revised(revision) => Ok((StatusCode::ACCEPTED, *revision)),
        Published::Taken { .. } => Err(no_id()),
        Published::OutOfOrder { stored, stored_revised_at } => Err(ProblemDocument::new(
            StatusCode::CONFLICT,
            format!("revision {stored}, revised at {stored_revised_at}, is newer; nothing was changed"),
        )
        .with("stored_revision", serde_json::json!(stored))
        .with("stored_revised_at", serde_json::json!(stored_revised_at))),
    }
}

/// A signed message's id, which is the same across its retries and signed with it: a key that is not signed would let
/// whoever has the message publish it again. Else the publisher's own key.
fn idempotency_key(headers: &HeaderMap, caller: &Caller) -> Result<Option<String>, ProblemDocument> {
    let wrong = || {
        let detail = format!("`Idempotency-Key` is to be 1 to {LONGEST_KEY} visible characters, and named once");
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

fn again(hash: &str, kept_hash: &str, kept: &str) -> Result<Response<Body>, ProblemDocument> {
    if hash != kept_hash {
        let detail = "this idempotency key was used for another body; use a new key for a new request";
        return Err(ProblemDocument::new(StatusCode::UNPROCESSABLE_ENTITY, detail));
    }
    serde_json::from_str::<Kept>(kept).map(Kept::into_response).map_err(|error| {
        tracing::error!(%error, "a kept answer cannot be read");
        ProblemDocument::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the answer kept for this idempotency key cannot be read",
        )
    })
}

impl Kept {
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
