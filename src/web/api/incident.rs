//! `GET /v1/incidents/{id}`: a reader's wishes come in, the incident in the best language that there is goes out.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response};
use axum::response::IntoResponse;

use crate::reader::{Addresses, Opened, Reading, View};
use crate::web::App;
use crate::web::answer::{Answer, Freshness, alternates};
use crate::web::cache::{Cache, Resource};
use crate::web::negotiation::{Wanted, incident_id, not_found, withdrawn};
use crate::web::problem::Problem;
use polypost_core::id::IncidentId;
use polypost_core::locale::Locale;

/// The incident, negotiated by `?locale=` and then `Accept-Language`.
pub(crate) async fn read(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    Path(id): Path<String>,
    wanted: Result<Wanted, Problem>,
    headers: HeaderMap,
) -> Result<Response<Body>, Response<Body>> {
    let id = incident_id(&id).map_err(Problem::into_response)?;
    let Wanted { locales: wanted, is_negotiated } = wanted.map_err(Problem::into_response)?;
    let outline = cache.outline(&id, opening(Arc::clone(&app), id.clone())).await?;
    let best = outline.best(&wanted).unwrap_or_else(|| app.reader.source_locale.clone());
    let requested = wanted.into_iter().next();
    let resource =
        Resource::Incident { id: id.clone(), requested: requested.clone(), best: best.clone(), is_negotiated };
    // What was wished beside these two does not change the answer.
    let wanted: Vec<Locale> = requested.into_iter().flat_map(|requested| [requested, best.clone()]).collect();
    let stamp = outline.stamp();
    let make = async move {
        let opened = outline.opened_or(opening(Arc::clone(&app), id)).await?;
        let answer = answer_of(&app, &opened, &wanted).await.map_err(Problem::into_response)?;
        Ok(Answer { negotiated: is_negotiated, ..answer })
    };
    Ok(cache.answer_among(resource, stamp, &headers, make).await)
}

async fn opening(app: Arc<App>, id: IncidentId) -> Result<Box<Opened>, Response<Body>> {
    open(&app, &id).await.map_err(Problem::into_response)
}

async fn open(app: &App, id: &IncidentId) -> Result<Box<Opened>, Problem> {
    match app.reader.open(id, app.clock.now()).await? {
        Reading::Found(opened) => Ok(opened),
        Reading::NotFound => Err(not_found(id)),
        Reading::Withdrawn => Err(withdrawn(id)),
    }
}

/// What readers who want these locales get now.
///
/// # Errors
/// `404`, `410`, or what the store's failure becomes.
pub(super) async fn current(app: &App, id: &IncidentId, wanted: Vec<Locale>) -> Result<Answer, Problem> {
    answer_of(app, &*open(app, id).await?, &wanted).await
}

async fn answer_of(app: &App, opened: &Opened, wanted: &[Locale]) -> Result<Answer, Problem> {
    let view = app.reader.view_of(opened, wanted, app.clock.now()).await?;
    Ok(answer(&app.reader.addresses, &view))
}

fn answer(addresses: &Addresses, view: &View) -> Answer {
    let alternatives = view.locales().into_iter().map(|locale| (addresses.resource(&view.id, &locale), locale));
    let status = view.status.as_ref().map(|status| status.code.as_str());
    Answer {
        language: Some(view.locale.clone()),
        location: Some(addresses.resource(&view.id, &view.locale)),
        links: alternates(alternatives, &addresses.incident(&view.id)),
        ..Answer::json(&view.answer(), Freshness::of(status, view.awaiting))
    }
}
