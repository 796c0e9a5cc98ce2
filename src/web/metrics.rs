//! `GET /metrics`: the state of work and money as Prometheus reads it (text exposition format 0.0.4), read from the
//! store at each request, so that all processes on one store report the same. For operators: what a company spends is
//! confidential.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use prometheus::{Gauge, GaugeVec, Opts, Registry, TEXT_FORMAT, TextEncoder};

use super::App;
use super::authorizer::Authorizer;
use super::problem_document::ProblemDocument;
use crate::usage::{self, Account, BudgetState};
use polypost_store::Backlog;

/// On the listener that readers use: for operators only.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    State(authority): State<Arc<Authorizer>>,
    parts: Parts,
) -> Result<Response, ProblemDocument> {
    authority.operator(&parts).await?;
    answer(&app).await
}

/// On a listener of their own (`server.metrics_listen`): for whoever reaches it.
pub(super) async fn show_to_all(State(app): State<Arc<App>>) -> Result<Response, ProblemDocument> {
    answer(&app).await
}

async fn answer(app: &App) -> Result<Response, ProblemDocument> {
    let now = app.clock.now();
    let backlog = app.store.backlog(now).await?;
    let oldest = backlog.oldest_waiting_since.map_or(0.0, |since| now.duration_since(since).as_secs_f64());
    let account = usage::account(app.store.as_ref(), &app.engines, now, 0).await?;
    let text = written(&backlog, oldest, &account).map_err(|error| {
        tracing::error!(%error, "writing the metrics failed");
        ProblemDocument::new(StatusCode::INTERNAL_SERVER_ERROR, "the metrics could not be written; the fault is ours")
    })?;
    Ok(([(CONTENT_TYPE, TEXT_FORMAT), (CACHE_CONTROL, "no-store")], text).into_response())
}

fn written(backlog: &Backlog, oldest: f64, account: &Account) -> prometheus::Result<String> {
    let registry = Registry::new();
    work(&registry, backlog, oldest)?;
    money(&registry, account)?;
    TextEncoder::new().encode_to_string(&registry.gather())
}

fn work(registry: &Registry, backlog: &Backlog, oldest: f64) -> prometheus::Result<()> {
    let translations = family(registry, "translations", "Translations, one per incident and locale", &["state"])?;
    for (state, count) in backlog.counts() {
        translations.with_label_values(&[state]).set(number(count));
    }
    single(registry, "oldest_waiting_seconds", "Since the oldest request that is not done was made", oldest)?;
    let help = "Incidents with findings in their source text";
    single(registry, "sources_to_look_at", help, number(backlog.remarked))
}

fn money(registry: &Registry, account: &Account) -> prometheus::Result<()> {
    let by = ["engine", "locale"];
    let calls = family(registry, "usage_calls", "Calls of engines this month (UTC)", &by)?;
    let units = "Characters (of language models: tokens) that engines bill this month (UTC)";
    let characters = family(registry, "usage_characters", units, &by)?;
    let cost = format!("What that costs, in {}, by the configured prices", account.currency);
    let cost = family(registry, "usage_cost", &cost, &by)?;
    for line in &account.lines {
        let labels = [line.engine.as_str(), line.locale.as_str()];
        calls.with_label_values(&labels).set(number(line.calls));
        characters.with_label_values(&labels).set(number(line.characters));
        cost.with_label_values(&labels).set(line.cost);
    }
    let by = ["engine", "period"];
    let most = family(registry, "budget_characters", "What a budget allows", &by)?;
    let spent = family(registry, "budget_spent_characters", "What of it is spent", &by)?;
    let state = "1 for the state that a budget is in; an engine with an exhausted one is not asked";
    let state = family(registry, "budget_state", state, &["engine", "period", "state"])?;
    for budget in &account.budgets {
        let labels = [budget.engine.as_str(), budget.period.as_str()];
        most.with_label_values(&labels).set(number(budget.most));
        spent.with_label_values(&labels).set(number(budget.spent));
        for one in BudgetState::ALL {
            let labels = [labels[0], labels[1], one.as_str()];
            state.with_label_values(&labels).set(f64::from(u8::from(budget.state == one)));
        }
    }
    Ok(())
}

fn family(registry: &Registry, name: &str, help: &str, labels: &[&str]) -> prometheus::Result<GaugeVec> {
    let family = GaugeVec::new(Opts::new(format!("polypost_{name}"), help), labels)?;
    registry.register(Box::new(family.clone()))?;
    Ok(family)
}

fn single(registry: &Registry, name: &str, help: &str, value: f64) -> prometheus::Result<()> {
    let gauge = Gauge::new(format!("polypost_{name}"), help)?;
    gauge.set(value);
    registry.register(Box::new(gauge))
}

#[expect(clippy::cast_precision_loss, reason = "the format has no other numbers (exact up to 2^53)")]
fn number(count: u64) -> f64 {
    count as f64
}
