//! Health: whether the process lives, and whether it can answer readers. Neither asks an engine: a process whose
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
use super::problem::Problem;

/// `GET /health/live`: the process answers.
pub(super) async fn live() -> Response {
    answer("alive")
}

/// What asks (a load balancer, Kubernetes) gives up after a second or a few.
const PATIENCE: Duration = Duration::from_millis(800);

/// `GET /health/ready`: the store answers too, and soon, and the process was not asked to stop.
pub(super) async fn ready(
    State(app): State<Arc<App>>,
    State(leaving): State<CancellationToken>,
) -> Result<Response, Problem> {
    if leaving.is_cancelled() {
        return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the server is shutting down"));
    }
    match tokio::time::timeout(PATIENCE, app.store.waits_beyond(0)).await {
        Ok(looked) => looked.map(drop)?,
        Err(_) => return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the store does not answer in time")),
    }
    Ok(answer("ready"))
}

fn answer(status: &str) -> Response {
    ([(CACHE_CONTROL, "no-store")], Json(json!({ "status": status }))).into_response()
}
