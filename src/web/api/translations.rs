//! `GET /v1/incidents/{id}/translations`: the state of each locale of an incident. Why an attempt failed may name
//! machines of the operator's: only operators see it.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::Response;
use axum::response::IntoResponse;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use super::readable;
use crate::web::App;
use crate::web::answer::Answer;
use crate::web::authorizer::Authorizer;
use crate::web::cache::{Cache, Resource};
use crate::web::freshness::Freshness;
use crate::web::negotiation::incident_id;
use crate::web::problem_document::ProblemDocument;
use crate::web::query::Parameters;
use polypost_core::id::{IncidentId, Revision, VersionNumber};
use polypost_core::locale::Locale;
use polypost_store::{State as TranslationState, Translation};

#[derive(Serialize)]
struct Row<'row> {
    locale: &'row Locale,
    state: TranslationState,
    wanted_revision: Revision,
    /// The version that readers get, and the revision it translates.
    version: Option<VersionNumber>,
    source_revision: Option<Revision>,
    attempts: u32,
    reason: Option<String>,
    next_attempt_at: Option<Timestamp>,
    updated_at: Timestamp,
}

/// The state of every locale.
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    State(authority): State<Arc<Authorizer>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response<Body>, ProblemDocument> {
    let (parts, _) = request.into_parts();
    Parameters::of(&parts, &[])?;
    let id = incident_id(&id)?;
    if authority.is_operator(&parts).await {
        return Ok(answer(&app, &id, true).await?.respond(&parts.headers));
    }
    let resource = Resource::Translations { id: id.clone() };
    let make = async move { answer(&app, &id, false).await.map_err(ProblemDocument::into_response) };
    Ok(cache.answer(resource, &parts.headers, make).await)
}

async fn answer(app: &App, id: &IncidentId, trusted: bool) -> Result<Answer, ProblemDocument> {
    let incident = readable(app, id).await?;
    let rows = app.store.translations(id, app.clock.now()).await?;
    let document = json!({
        "id": id,
        "revision": incident.revision,
        "source_locale": incident.report.source_locale,
        "translations": rows.iter().map(|row| shown(row, trusted)).collect::<Vec<_>>(),
    });
    Answer::json(&document, if trusted { Freshness::Private } else { Freshness::Awaiting })
}

fn shown(row: &Translation, trusted: bool) -> Row<'_> {
    Row {
        locale: &row.locale,
        state: row.state,
        wanted_revision: row.wanted_revision,
        version: row.served.map(|(version, _)| version),
        source_revision: row.served.map(|(_, revision)| revision),
        attempts: row.attempts,
        reason: row.failure.as_ref().filter(|_| trusted).map(ToString::to_string),
        next_attempt_at: row.next_attempt_at,
        updated_at: row.updated_at,
    }
}
