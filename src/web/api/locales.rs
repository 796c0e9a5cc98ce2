//! `GET /v1/locales`: the locales that reports are published in.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use axum::response::IntoResponse;
use serde_json::json;

use crate::web::App;
use crate::web::answer::Answer;
use crate::web::cache::{Cache, Resource};
use crate::web::freshness::Freshness;
use crate::web::problem_document::ProblemDocument;
use crate::web::query::Parameters;

/// The source locale first, then the configured targets.
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    request: Request,
) -> Result<Response<Body>, ProblemDocument> {
    let (parts, _) = request.into_parts();
    Parameters::of(&parts, &[])?;
    let make = async move { answer(&app).map_err(ProblemDocument::into_response) };
    Ok(cache.answer(Resource::Locales, &parts.headers, make).await)
}

fn answer(app: &App) -> Result<Answer, ProblemDocument> {
    let source = &app.reader.source_locale;
    let locales: Vec<_> = app
        .reader
        .published()
        .iter()
        .map(|locale| {
            json!({
                "locale": locale,
                "direction": locale.direction().as_str(),
                "source": locale == source,
                "fallbacks": locale.chain(),
                "bundle_complete": app.publisher.bundles.missing(locale).is_empty(),
            })
        })
        .collect();
    Answer::json(&json!({ "source_locale": source, "locales": locales }), Freshness::Settled)
}
