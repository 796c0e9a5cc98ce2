//! Health: whether the process lives, and whether it can answer readers. Neither asks an engine: a process whose
//! engines are down still serves.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::App;
use super::problem::Problem;
use crate::store::ClaimFilter;

/// `GET /health/live`: the process answers.
pub(super) async fn live() -> Response {
    answer("alive")
}

/// `GET /health/ready`: the store answers too.
pub(super) async fn ready(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    app.store.next_due(&ClaimFilter::default()).await?;
    Ok(answer("ready"))
}

fn answer(status: &str) -> Response {
    ([(CACHE_CONTROL, "no-store")], Json(json!({ "status": status }))).into_response()
}
