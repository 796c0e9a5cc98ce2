//! `POST /v1/incidents/{id}/retranslate`: queues new versions for an operator. Nothing is translated here; the worker
//! claims what is queued.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::signed_message::Message;
use super::{expect_json, readable};
use crate::web::App;
use crate::web::admission::Admission;
use crate::web::authorizer::{Authorizer, Caller};
use crate::web::negotiation::incident_id;
use crate::web::problem_document::ProblemDocument;
use crate::web::query::Parameters;
use polypost_core::field_error::FieldError;
use polypost_core::locale::Locale;
use polypost_engines::EngineName;
use polypost_store::{RetranslateFilter, RetranslateOptions, Translation};

/// Everything may be left out: then every locale is queued, for the configured route.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RetranslateRequest {
    locales: Vec<String>,
    engine: Option<String>,
    force: bool,
}

/// Queues new versions.
pub(crate) async fn retranslate(
    State(app): State<Arc<App>>,
    State(authority): State<Arc<Authorizer>>,
    State(admission): State<Arc<Admission>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<(StatusCode, Json<Value>), ProblemDocument> {
    let (parts, body) = request.into_parts();
    let caller = authority.publisher(&parts).await?;
    let id = incident_id(&id)?;
    Parameters::of(&parts, &[])?;
    let is_known = matches!(caller, Caller::Trusted);
    let bytes = admission.incoming_bodies.receive(Request::from_parts(parts.clone(), body), is_known).await?;
    let message = match &caller {
        Caller::Signed(signature) => Some(Message::begin(&app, signature, &parts, &bytes).await?),
        Caller::Trusted => None,
    };
    let _admitted = (!is_known).then(|| admission.admit()).transpose()?;
    let wanted: RetranslateRequest = if bytes.is_empty() {
        RetranslateRequest::default()
    } else {
        expect_json(&parts.headers)?;
        serde_json::from_str(super::json_body::object(&bytes)?).map_err(|error| unreadable(&error))?
    };
    readable(&app, &id).await?;
    let now = app.clock.now();
    let rows = app.store.translations(&id, now).await?;
    let locales = understood(&wanted, &rows, &app).map_err(|problems| ProblemDocument::of_fields(&problems))?;
    let filter = RetranslateFilter {
        incidents: vec![id.clone()],
        missing: locales.clone(),
        locales: locales.clone(),
        state: None,
    };
    let options = RetranslateOptions { engine: wanted.engine, force: wanted.force };
    let is_done = message.as_ref().is_some_and(|message| message.is_done);
    let queued = if is_done { 0 } else { app.store.retranslate(&filter, &options, now).await? };
    if let Some(message) = message {
        message.settle(&app).await?;
    }
    Ok((StatusCode::ACCEPTED, Json(json!({ "id": id, "locales": locales, "asked_for": queued }))))
}

fn unreadable(error: &serde_json::Error) -> ProblemDocument {
    let status = match error.classify() {
        serde_json::error::Category::Data => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::BAD_REQUEST,
    };
    ProblemDocument::new(status, format!("the body cannot be read: {error}"))
}

/// The locales meant: all that the incident has where none is named; or everything that is wrong with the request.
fn understood(wanted: &RetranslateRequest, rows: &[Translation], app: &App) -> Result<Vec<Locale>, Vec<FieldError>> {
    let mut problems = Vec::new();
    let mut locales: Vec<Locale> = Vec::new();
    for (index, text) in wanted.locales.iter().enumerate() {
        let problem = |message: String| FieldError { field: format!("locales[{index}]"), message };
        match text.parse::<Locale>() {
            Err(error) => problems.push(problem(error.to_string())),
            // A configured one may be newer than the incident.
            Ok(locale) if !rows.iter().any(|row| row.locale == locale) && !app.publisher.targets.contains(&locale) => {
                problems.push(problem(format!("the incident is not published in `{locale}`")));
            }
            Ok(locale) if locales.contains(&locale) => {}
            Ok(locale) => locales.push(locale),
        }
    }
    let useless = match wanted.engine.as_deref().map(str::parse::<EngineName>) {
        Some(Err(unknown)) => Some(unknown.to_string()),
        // Every attempt would fail.
        Some(Ok(engine)) => {
            app.engines.lacks(&engine).map(|setting| format!("`{engine}` cannot serve: `{setting}` is empty"))
        }
        None => None,
    };
    problems.extend(useless.map(|message| FieldError { field: "engine".to_owned(), message }));
    match problems {
        problems if !problems.is_empty() => Err(problems),
        _ if wanted.locales.is_empty() => Ok(rows.iter().map(|row| row.locale.clone()).collect()),
        _ => Ok(locales),
    }
}
