//! `DELETE /v1/incidents/{id}`: an incident's id comes in; from then on readers get `410`. Its versions stay.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;

use crate::id::IncidentId;
use crate::store;
use crate::web::App;
use crate::web::authority::Authority;
use crate::web::cache::Cache;
use crate::web::negotiation::{incident_id, not_found};
use crate::web::problem::Problem;

/// Withdraws an incident; withdrawing it again changes nothing and is answered alike.
pub(crate) async fn withdraw(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    State(authority): State<Arc<Authority>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<StatusCode, Problem> {
    let (parts, _) = request.into_parts();
    authority.token(&parts).await?;
    let id = incident_id(&id)?;
    if !withdrawn(Arc::clone(&app), cache, id.clone()).await?? && app.store.incident(&id).await?.is_none() {
        return Err(not_found(&id));
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
