//! `DELETE /v1/incidents/{id}`: withdraws an incident, so that readers get `410`. Nothing is deleted: its versions stay
//! in the store. Whoever names a text with `If-Match` withdraws no other.

use std::sync::Arc;

use axum::extract::{FromRequestParts as _, Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::IF_MATCH;
use axum::http::request::Parts;

use super::incident;
use super::signed_message::Message;
use crate::web::App;
use crate::web::admission::Admission;
use crate::web::authorizer::{Authorizer, Caller};
use crate::web::cache::Cache;
use crate::web::negotiation::{Wanted, incident_id, not_found};
use crate::web::problem_document::ProblemDocument;
use crate::web::query::Parameters;
use polypost_core::id::IncidentId;

/// Withdraws an incident; withdrawing it again changes nothing and is answered alike.
pub(crate) async fn withdraw(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    State(authority): State<Arc<Authorizer>>,
    State(admission): State<Arc<Admission>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<StatusCode, ProblemDocument> {
    let (mut parts, body) = request.into_parts();
    let caller = authority.publisher(&parts).await?;
    let id = incident_id(&id)?;
    let mut message = None;
    if let Caller::Signed(signature) = &caller {
        let bytes = admission.incoming_bodies.receive(Request::from_parts(parts.clone(), body), false).await?;
        message = Some(Message::begin(&app, signature, &parts, &bytes).await?);
    }
    if message.as_ref().is_some_and(|message| message.is_done) {
        return Ok(StatusCode::NO_CONTENT);
    }
    if parts.headers.contains_key(IF_MATCH) {
        expect_match(&app, &id, &mut parts).await?;
    } else {
        Parameters::of(&parts, &[])?;
    }
    let is_withdrawn = withdrawn(Arc::clone(&app), cache, id.clone()).await??;
    if !is_withdrawn && app.store.incident(&id).await?.is_none() {
        return Err(not_found(&id));
    }
    if let Some(message) = message {
        message.settle(&app).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Compares `If-Match` with the `ETag` that the same request gets as a `GET` (RFC 9110 section 13.1.1).
///
/// # Errors
/// `412` where it is another or there is none any more, `404`.
async fn expect_match(app: &App, id: &IncidentId, parts: &mut Parts) -> Result<(), ProblemDocument> {
    let Wanted { locales, .. } = Wanted::from_request_parts(parts, &()).await?;
    let is_matched = match incident::current(app, id, locales).await {
        Ok(answer) => answer.prepare().is_matched(&parts.headers),
        Err(problem) if problem.status() == StatusCode::GONE => false,
        Err(problem) => return Err(problem),
    };
    if is_matched {
        return Ok(());
    }
    let detail = "the incident is not, or no longer, what `If-Match` names; nothing was changed";
    Err(ProblemDocument::new(StatusCode::PRECONDITION_FAILED, detail))
}

/// Withdraws and forgets, even where the caller has gone before the store has answered.
async fn withdrawn(
    app: Arc<App>,
    cache: Arc<Cache>,
    id: IncidentId,
) -> Result<polypost_store::Result<bool>, ProblemDocument> {
    let withdrawing = tokio::spawn(async move {
        let withdrawn = app.store.withdraw(&id, app.clock.now()).await;
        // Even where the store did not say whether it did.
        cache.forget(&id);
        withdrawn
    });
    withdrawing.await.map_err(|error| {
        tracing::error!(%error, "withdrawing panicked");
        ProblemDocument::new(StatusCode::INTERNAL_SERVER_ERROR, "withdrawing ended without an answer; try again")
    })
}
