//! `GET /v1/incidents/{id}/versions?locale=`: an incident and a locale come in, every stored version goes out, newest
//! first, without its text.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use serde_json::json;

use super::readable;
use crate::id::IncidentId;
use crate::locale::Locale;
use crate::web::App;
use crate::web::answer::{Answer, Freshness};
use crate::web::cache::{Cache, Resource};
use crate::web::negotiation::{incident_id, named};
use crate::web::problem::Problem;

/// The history of one locale.
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response<Body>, Problem> {
    let (mut parts, _) = request.into_parts();
    let id = incident_id(&id)?;
    let locale = named(&mut parts, &()).await?.ok_or_else(|| {
        Problem::new(StatusCode::BAD_REQUEST, "`locale` is wanted: /v1/incidents/{id}/versions?locale=es")
    })?;
    let resource = Resource::Versions { id: id.clone(), locale: locale.clone() };
    let make = async move { answer(&app, &id, &locale).await.map_err(Problem::into_response) };
    Ok(cache.answer(resource, &parts.headers, make).await)
}

async fn answer(app: &App, id: &IncidentId, locale: &Locale) -> Result<Answer, Problem> {
    readable(app, id).await?;
    let Some(row) = app.store.translation(id, locale, app.clock.now()).await? else {
        let detail = format!("the incident `{id}` is not published in `{locale}`");
        return Err(Problem::new(StatusCode::NOT_FOUND, detail));
    };
    let served = row.served.map(|(version, _)| version);
    let history = app.store.history(id, locale).await?;
    let versions: Vec<_> = history
        .iter()
        .map(|version| {
            json!({
                "version": version.number,
                "source_revision": version.revision,
                "created_at": version.created_at,
                "title": version.rendition.title,
                "engines": version.rendition.engines(),
                "partial": version.rendition.is_partial(),
                "served": Some(version.number) == served,
            })
        })
        .collect();
    Ok(Answer::json(&json!({ "id": id, "locale": locale, "versions": versions }), Freshness::Awaiting))
}
