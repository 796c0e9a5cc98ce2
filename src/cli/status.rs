//! `polypost status`: what is waiting, running and failed, and whether the engines answer. Exit code 1 if anything has
//! failed.

use std::process::ExitCode;

use super::Context;
use super::engines::{self, Health};
use super::failure::{self, span};
use super::terminal::{lines, table};
use crate::store::{Backlog, ListFilter, State};
use crate::usage;

/// Failed rows that are explained one by one.
const EXPLAINED: u32 = 10;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    let store = context.store_to_read().await?;
    let now = context.now();
    let backlog = store.backlog(now).await?;
    let failed_only = ListFilter { state: Some(State::Failed), limit: EXPLAINED, ..ListFilter::default() };
    let incidents = if backlog.failed > 0 { store.list(&failed_only, now).await? } else { Vec::new() };
    let rows = incidents.into_iter().flat_map(|incident| incident.translations);
    let failed: Vec<_> = rows.filter(|row| row.state == State::Failed).collect();
    let health = engines::health(&context).await?;
    let budgets = usage::account(store.as_ref(), &context.config.engines, now, 0).await?.budgets;
    if args.json {
        let document = serde_json::json!({ "work": backlog, "failed": failed, "engines": health, "budgets": budgets });
        context.terminal.json(&document)?;
    } else {
        context.terminal.data(work(&backlog, &context))?;
        context.terminal.data(format_args!("\n{}", engines::printed(&health, &context)))?;
        if !budgets.is_empty() {
            context.terminal.data(format_args!("\n{}", super::usage::budgets(&budgets)))?;
        }
        for row in failed.iter().take(usize::try_from(EXPLAINED).unwrap_or(usize::MAX)) {
            failure::report(context.terminal, row, now);
        }
        if backlog.failed > u64::from(EXPLAINED) {
            context.terminal.hint("`polypost list --state failed` shows all that have failed");
        }
        if !health.iter().any(Health::serves) {
            context.terminal.warn("no engine can serve any locale now: nothing will be translated");
        }
    }
    Ok(if backlog.failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn work(backlog: &Backlog, context: &Context) -> String {
    let oldest = backlog.oldest_waiting_since.map_or_else(
        || "-".to_owned(),
        |since| format!("{} (since {since:.0})", span(context.now().duration_since(since))),
    );
    let mut table = table(&["work", "locales"]);
    for (what, count) in backlog.counts() {
        table.add_row([what.to_owned(), count.to_string()]);
    }
    if backlog.remarked > 0 {
        // Of incidents, whose `show --format json` names what contradicts itself.
        table.add_row(["sources to look at".to_owned(), backlog.remarked.to_string()]);
    }
    table.add_row(["oldest waiting".to_owned(), oldest]);
    lines(&table)
}
