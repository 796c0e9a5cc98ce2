//! `polypost locales`: the configured locales, direction, fallback chain, and whether their texts are complete.

use std::process::ExitCode;

use serde::Serialize;

use super::Context;
use super::terminal::{lines, table};
use crate::locale::Locale;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Entry {
    locale: Locale,
    /// `source` or `target`
    role: &'static str,
    direction: &'static str,
    /// Where texts are looked for, in order.
    fallback: Vec<Locale>,
    /// Message ids that no bundle of the chain has; readers get them in English.
    missing: Vec<String>,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<ExitCode> {
    let bundles = context.bundles()?;
    let locales = &context.config.locales;
    let entry = |locale: &Locale, role| Entry {
        locale: locale.clone(),
        role,
        direction: locale.direction().as_str(),
        fallback: locale.chain(),
        missing: bundles.missing(locale),
    };
    let mut entries = vec![entry(&locales.source, "source")];
    entries.extend(locales.targets.iter().map(|target| entry(target, "target")));
    if args.json {
        context.terminal.json(&serde_json::json!({ "locales": entries }))?;
    } else {
        context.terminal.data(printed(&entries))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn printed(entries: &[Entry]) -> String {
    let mut table = table(&["locale", "role", "direction", "fallback", "texts"]);
    for entry in entries {
        let chain: Vec<&str> = entry.fallback.iter().map(Locale::as_str).collect();
        let texts = match entry.missing.as_slice() {
            [] => "complete".to_owned(),
            missing => format!("missing {}: {}", missing.len(), missing.join(", ")),
        };
        let direction = entry.direction.to_owned();
        table.add_row([entry.locale.to_string(), entry.role.to_owned(), direction, chain.join(" → "), texts]);
    }
    lines(&table)
}
