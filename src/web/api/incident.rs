//! `GET /v1/incidents/{id}`: the incident in the best language that there is for the reader.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response};
use axum::response::IntoResponse;

use crate::reader::{Addresses, LoadedIncident, ReadOutcome, View};
use crate::web::App;
use crate::web::answer::{Answer, alternates};
use crate::web::cache::{Cache, Resource};
use crate::web::freshness::Freshness;
use crate::web::negotiation::{Wanted, incident_id, not_found, withdrawn};
use crate::web::problem_document::ProblemDocument;
use polypost_core::id::IncidentId;
use polypost_core::locale::Locale;

/// The incident, negotiated by `?locale=` and then `Accept-Language`.
pub(crate) async fn read(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    Path(id): Path<String>,
    wanted: Result<Wanted, ProblemDocument>,
    headers: HeaderMap,
) -> Result<Response<Body>, Response<Body>> {
    let id = incident_id(&id).map_err(ProblemDocument::into_response)?;
    let Wanted { locales: wanted, is_negotiated } = wanted.map_err(ProblemDocument::into_response)?;
    let outline = cache.outline(&id, load(Arc::clone(&app), id.clone(), wanted.clone())).await?;
    let best = outline.best(&wanted).unwrap_or_else(|| app.reader.source_locale.clone());
    let requested = wanted.into_iter().next();
    let resource =
        Resource::Incident { id: id.clone(), requested: requested.clone(), best: best.clone(), is_negotiated };
    // Other languages asked for do not change the answer.
    let wanted: Vec<Locale> = requested.into_iter().flat_map(|requested| [requested, best.clone()]).collect();
    let generation = outline.generation();
    let make = async move {
        let incident = outline.incident_or(load(Arc::clone(&app), id, wanted.clone())).await?;
        let answer = answer_of(&app, &incident, &wanted).await.map_err(ProblemDocument::into_response)?;
        Ok(Answer { negotiated: is_negotiated, ..answer })
    };
    Ok(cache.answer_chosen_at(generation, resource, &headers, make).await)
}

async fn load(app: Arc<App>, id: IncidentId, wanted: Vec<Locale>) -> Result<Box<LoadedIncident>, Response<Body>> {
    open(&app, &id, &wanted).await.map_err(ProblemDocument::into_response)
}

async fn open(app: &App, id: &IncidentId, wanted: &[Locale]) -> Result<Box<LoadedIncident>, ProblemDocument> {
    match app.reader.open(id, wanted, app.clock.now()).await? {
        ReadOutcome::Found(incident) => Ok(incident),
        ReadOutcome::NotFound => Err(not_found(id)),
        ReadOutcome::Withdrawn => Err(withdrawn(id)),
    }
}

/// What readers who want these locales get now.
///
/// # Errors
/// `404`, `410`, or what the store's failure becomes.
pub(super) async fn current(app: &App, id: &IncidentId, wanted: Vec<Locale>) -> Result<Answer, ProblemDocument> {
    answer_of(app, &*open(app, id, &wanted).await?, &wanted).await
}

async fn answer_of(app: &App, incident: &LoadedIncident, wanted: &[Locale]) -> Result<Answer, ProblemDocument> {
    let view = app.reader.view_of(incident, wanted, app.clock.now()).await?;
    answer(&app.reader.addresses, &view)
}

fn answer(addresses: &Addresses, view: &View) -> Result<Answer, ProblemDocument> {
    let alternatives = view.locales().into_iter().map(|locale| (addresses.resource(&view.id, &locale), locale));
    let status = view.status.as_ref().map(|status| status.code.as_str());
    Ok(Answer {
        language: Some(view.locale.clone()),
        location: Some(addresses.resource(&view.id, &view.locale)),
        links: alternates(alternatives, &addresses.incident(&view.id)),
        ..Answer::json(&view.document(), Freshness::of(status, view.awaiting))?
    })
}
