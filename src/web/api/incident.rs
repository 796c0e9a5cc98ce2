//! `GET /v1/incidents/{id}`: a reader's wishes come in, the incident in the best language that there is goes out.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response};

use crate::reader::{Addresses, Reading, View};
use crate::web::App;
use crate::web::answer::{Answer, Freshness, alternates};
use crate::web::negotiation::{Wanted, incident_id, not_found, withdrawn};
use crate::web::problem::Problem;

/// The incident, negotiated by `?locale=` and then `Accept-Language`.
pub(crate) async fn read(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    wanted: Result<Wanted, Problem>,
    headers: HeaderMap,
) -> Result<Response<Body>, Problem> {
    let id = incident_id(&id)?;
    let Wanted(wanted) = wanted?;
    match app.reader.read(&id, &wanted, app.clock.now()).await? {
        Reading::NotFound => Err(not_found(&id)),
        Reading::Withdrawn => Err(withdrawn(&id)),
        Reading::Found(view) => Ok(answer(&app.reader.addresses, &view).respond(&headers)),
    }
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
