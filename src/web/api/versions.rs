//! `GET /v1/incidents/{id}/versions?locale=`: a page of the versions in a locale, newest first, without their texts, so
//! that a history costs the same however long they are. In the source locale these are the revisions. `limit` (1 to
//! 100, else 20) and `cursor` choose the page, `next_cursor` names the next.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use serde_json::{Value, json};

use super::readable;
use crate::web::App;
use crate::web::answer::Answer;
use crate::web::cache::{Cache, Resource};
use crate::web::freshness::Freshness;
use crate::web::negotiation::{incident_id, named};
use crate::web::problem_document::ProblemDocument;
use crate::web::query::Parameters;
use polypost_core::id::{IncidentId, Revision, VersionNumber};
use polypost_core::locale::Locale;
use polypost_store::Incident;

/// Which page of a history to return.
#[derive(Clone, Copy)]
struct Page {
    limit: u32,
    /// It begins behind this version or revision.
    before: Option<u32>,
}

/// The history of one locale.
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response<Body>, ProblemDocument> {
    let (parts, _) = request.into_parts();
    let parameters = Parameters::of(&parts, &["locale", "limit", "cursor"])?;
    let id = incident_id(&id)?;
    let locale = named(&parameters)?.ok_or_else(|| {
        ProblemDocument::new(StatusCode::BAD_REQUEST, "`locale` is required: /v1/incidents/{id}/versions?locale=es")
    })?;
    let limit = parameters.limit()?;
    let before = parameters.cursor(|cursor| cursor.parse().ok())?;
    let resource = Resource::Versions { id: id.clone(), locale: locale.clone(), limit, before };
    let page = Page { limit, before };
    let make = async move { answer(&app, &id, &locale, page).await.map_err(ProblemDocument::into_response) };
    Ok(cache.answer(resource, &parts.headers, make).await)
}

async fn answer(app: &App, id: &IncidentId, locale: &Locale, page: Page) -> Result<Answer, ProblemDocument> {
    let incident = readable(app, id).await?;
    // One more than shown tells whether there is a next page.
    let limit = page.limit.saturating_add(1);
    let mut versions = if *locale == incident.report.source_locale {
        revisions(app, &incident, page.before.map(Revision), limit).await?
    } else {
        versions(app, id, locale, page.before.map(VersionNumber), limit).await?
    };
    let shown = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let has_more = versions.len() > shown;
    versions.truncate(shown);
    let next = versions.last().filter(|_| has_more).and_then(|last| last["version"].as_u64());
    let next = next.map(|number| number.to_string());
    let document = json!({ "id": id, "locale": locale, "versions": versions, "next_cursor": next });
    Answer::json(&document, Freshness::Awaiting)
}

async fn versions(
    app: &App,
    id: &IncidentId,
    locale: &Locale,
    before: Option<VersionNumber>,
    limit: u32,
) -> Result<Vec<Value>, ProblemDocument> {
    let Some(row) = app.store.translation(id, locale, app.clock.now()).await? else {
        let detail = format!("the incident `{id}` is not published in `{locale}`");
        return Err(ProblemDocument::new(StatusCode::NOT_FOUND, detail));
    };
    let served = row.served.map(|(version, _)| version);
    let versions = app.store.versions(id, locale, before, limit).await?;
    let shown = versions.iter().map(|version| {
        json!({
            "version": version.number,
            "source_revision": version.revision,
            "created_at": version.created_at,
            "title": version.title,
            "engines": version.engines,
            "partial": version.is_partial,
            "served": Some(version.number) == served,
        })
    });
    Ok(shown.collect())
}

/// The source's revisions, each as the version that it is of the text.
async fn revisions(
    app: &App,
    incident: &Incident,
    before: Option<Revision>,
    limit: u32,
) -> Result<Vec<Value>, ProblemDocument> {
    let revisions = app.store.revisions(&incident.report.id, before, limit).await?;
    let shown = revisions.iter().map(|(number, created_at)| {
        let is_served = *number == incident.revision;
        json!({
            "version": number,
            "source_revision": number,
            "created_at": created_at,
            "title": is_served.then_some(&incident.report.title),
            "engines": [],
            "partial": false,
            "served": is_served,
        })
    });
    Ok(shown.collect())
}
