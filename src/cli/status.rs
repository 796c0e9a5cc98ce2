//! `polypost status`: what is waiting, running and failed, and whether the engines answer. Exit code 1 if anything has
//! failed.

use std::process::ExitCode;

use jiff::Timestamp;

use super::Context;
use super::engines::{self, Health};
use super::failure::{self, span};
use super::terminal::{lines, table};
use crate::usage;
use polypost_store::{Backlog, ListFilter, State, Store, Translation};

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
    let failed = failed(store.as_ref(), &backlog, now).await?;
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
        if backlog.failing > 0 {
            let hint = "`polypost retranslate ID --cancel` takes back what was asked for again";
            context.terminal.hint(hint);
        }
        if backlog.failed > u64::from(EXPLAINED) {
            context.terminal.hint("`polypost list --state failed` shows all that have failed");
        }
        if !health.iter().any(Health::serves) {
            context.terminal.warn("no engine can serve any locale now: nothing will be translated");
        }
    }
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The first rows that have failed or were given up, and those of which a further version fails again and again.
async fn failed(store: &dyn Store, backlog: &Backlog, now: Timestamp) -> anyhow::Result<Vec<Translation>> {
    let mut failed = Vec::new();
    for (state, count) in [(State::Failed, backlog.failed), (State::Held, backlog.held)] {
        if count > 0 {
            let filter = ListFilter { state: Some(state), limit: EXPLAINED, ..ListFilter::default() };
            let rows = store.list(&filter, now).await?.into_iter().flat_map(|incident| incident.translations);
            failed.extend(rows.filter(|row| row.state == state && failure::has_failed(row)));
        }
    }
    failed.extend(store.failing(EXPLAINED, now).await?);
    Ok(failed)
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
    if backlog.failing > 0 {
        table.add_row(["further versions that fail".to_owned(), backlog.failing.to_string()]);
    }
    if backlog.remarked > 0 {
        // Of incidents, whose `show --format json` names what contradicts itself.
        table.add_row(["sources with findings".to_owned(), backlog.remarked.to_string()]);
    }
    table.add_row(["oldest waiting".to_owned(), oldest]);
    lines(&table)
}
