//! Health: whether the process is alive, and whether it can answer readers. Neither calls an engine: a process whose
//! engines are down still serves.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::App;
use super::problem_document::ProblemDocument;

/// `GET /health/live`: the process answers.
pub(super) async fn live() -> Response {
    answer("alive")
}

/// Load balancers and Kubernetes give up after one to a few seconds.
const READY_TIMEOUT: Duration = Duration::from_millis(800);

/// `GET /health/ready`: the store answers, and soon, and the process is not shutting down.
pub(super) async fn ready(
    State(app): State<Arc<App>>,
    State(shutdown): State<CancellationToken>,
) -> Result<Response, ProblemDocument> {
    if shutdown.is_cancelled() {
        return Err(ProblemDocument::new(StatusCode::SERVICE_UNAVAILABLE, "the server is shutting down"));
    }
    match tokio::time::timeout(READY_TIMEOUT, app.store.waits_beyond(0)).await {
        Ok(looked) => looked.map(drop)?,
        Err(_) => {
            return Err(ProblemDocument::new(StatusCode::SERVICE_UNAVAILABLE, "the store does not answer in time"));
        }
    }
    Ok(answer("ready"))
}

fn answer(status: &str) -> Response {
    ([(CACHE_CONTROL, "no-store")], Json(json!({ "status": status }))).into_response()
}
