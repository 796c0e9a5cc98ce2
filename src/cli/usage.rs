//! `polypost usage`: characters and cost by engine, locale and month, against the budgets.

use std::process::ExitCode;

use super::Context;
use super::terminal::{lines, table};
use crate::usage::{self, Account, Budget, BudgetState};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// This month and so many before it
    #[arg(long, value_name = "N", default_value = "11", value_parser = clap::value_parser!(u32).range(0..=120))]
    months: u32,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    let store = context.store_to_read().await?;
    let account = usage::account(store.as_ref(), &context.config.engines, context.now(), args.months).await?;
    if args.json {
        context.terminal.json(&account)?;
        return Ok(ExitCode::SUCCESS);
    }
    if account.lines.is_empty() {
        context.terminal.note("no engine has billed anything");
    } else {
        context.terminal.data(billed(&account))?;
    }
    if !account.budgets.is_empty() {
        context.terminal.data(format_args!("\n{}", budgets(&account.budgets)))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn billed(account: &Account) -> String {
    let cost = format!("cost ({})", account.currency);
    let mut table = table(&["month", "engine", "locale", "calls", "characters", &cost]);
    for line in &account.lines {
        table.add_row([
            line.month.clone(),
            line.engine.clone(),
            line.locale.to_string(),
            line.calls.to_string(),
            line.characters.to_string(),
            format!("{:.2}", line.cost),
        ]);
    }
    lines(&table)
}

/// A line per budget.
pub(super) fn budgets(budgets: &[Budget]) -> String {
    let mut table = table(&["budget", "of the", "spent", "of", "now"]);
    for budget in budgets {
        let state = match budget.state {
            BudgetState::Open => "open",
            BudgetState::Warning => "nearly spent",
            BudgetState::Exhausted => "exhausted: the engine is not asked",
        };
        let (spent, most) = (budget.spent.to_string(), budget.most.to_string());
        table.add_row([&budget.engine, budget.period.as_str(), &spent, &most, state]);
    }
    lines(&table)
}
