//! `GET /v1/locales`: the locales that reports are published in.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use serde_json::json;

use crate::web::App;
use crate::web::answer::{Answer, Freshness};
use crate::web::cache::{Cache, Resource};
use crate::web::problem::Problem;
use crate::web::query::Parameters;

/// The source locale first, then the configured targets.
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    State(cache): State<Arc<Cache>>,
    request: Request,
) -> Result<Response<Body>, Problem> {
    let (parts, _) = request.into_parts();
    Parameters::of(&parts, &[])?;
    Ok(cache.answer(Resource::Locales, &parts.headers, async move { Ok(answer(&app)) }).await)
}

fn answer(app: &App) -> Answer {
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
