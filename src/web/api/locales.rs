//! `GET /v1/locales`: the locales that reports are published in.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response};
use serde_json::json;

use crate::web::App;
use crate::web::answer::{Answer, Freshness};

/// The source locale first, then the configured targets.
pub(crate) async fn list(State(app): State<Arc<App>>, headers: HeaderMap) -> Response<Body> {
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
    let document = json!({ "source_locale": source, "locales": locales });
    Answer::json(&document, Freshness::Settled).respond(&headers)
}
