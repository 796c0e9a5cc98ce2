//! `DELETE /v1/incidents/{id}`: an incident's id comes in; from then on readers get `410`. Its versions stay.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;

use super::body_of;
use super::signed::Message;
use crate::id::IncidentId;
use crate::store;
use crate::web::App;
use crate::web::admission::Admission;
use crate::web::authority::{Authority, Caller};
use crate::web::cache::Cache;
use crate::web::negotiation::{incident_id, not_found};
use crate::web::problem::Problem;

/// Withdraws an incident; withdrawing it again changes nothing and is answered alike.
pub(crate) async fn withdraw(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    State(authority): State<Arc<Authority>>,
    State(admission): State<Arc<Admission>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<StatusCode, Problem> {
    let (parts, body) = request.into_parts();
    let caller = authority.publisher(&parts).await?;
    let id = incident_id(&id)?;
    let mut message = None;
    if let Caller::Signed(signature) = &caller {
        let _admitted = admission.admit(&caller)?;
        let bytes = body_of(Request::from_parts(parts.clone(), body), &app.server).await?;
        message = Some(Message::begin(&app, signature, &parts, &bytes).await?);
    }
    if message.as_ref().is_some_and(|message| message.is_done) {
        return Ok(StatusCode::NO_CONTENT);
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

/// Withdraws and forgets, even where the caller has gone before the store has answered.
async fn withdrawn(app: Arc<App>, cache: Arc<Cache>, id: IncidentId) -> Result<store::Result<bool>, Problem> {
    let withdrawing = tokio::spawn(async move {
        let withdrawn = app.store.withdraw(&id, app.clock.now()).await;
        // Even where the store did not say whether it did.
        cache.forget(&id);
        withdrawn
    });
    withdrawing.await.map_err(|error| {
        tracing::error!(%error, "withdrawing ended without an answer");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "withdrawing ended without an answer; try again")
    })
}
