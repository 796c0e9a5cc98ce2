//! `polypost locales`: the configured locales, direction, fallback chain, whether their texts are complete, and what
//! the program knows of their languages.

use std::collections::BTreeMap;
use std::process::ExitCode;

use serde::Serialize;

use super::Context;
use super::terminal::{lines, table};
use polypost_core::language::Language;
use polypost_core::locale::Locale;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// Missing texts that are named in the table.
const NAMED: usize = 5;

#[derive(Debug, Serialize)]
struct Entry {
    locale: Locale,
    /// `source` or `target`
    role: &'static str,
    direction: &'static str,
    /// Where texts are looked for, in order.
    fallback: Vec<Locale>,
    /// Whether reports may be translated into it.
    complete: bool,
    /// Message ids that no bundle of the chain has beside the source language's own.
    missing: Vec<String>,
    /// What the language's pack has, by the names of [`Language::has`]: what it lacks is not checked, or is left to the
    /// engine.
    language_pack: BTreeMap<&'static str, bool>,
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<ExitCode> {
    let bundles = context.bundles()?;
    let locales = &context.config.locales;
    let entry = |locale: &Locale, role, missing: Vec<String>| Entry {
        locale: locale.clone(),
        role,
        direction: locale.direction().as_str(),
        fallback: locale.chain(),
        complete: missing.is_empty(),
        missing,
        language_pack: Language::of(locale).has().into(),
    };
    let mut entries = vec![entry(&locales.source, "source", bundles.missing(&locales.source))];
    entries.extend(locales.targets.iter().map(|target| {
        let refused = bundles.check_target(&locales.source, target).err();
        entry(target, "target", refused.map(|incomplete| incomplete.missing).unwrap_or_default())
    }));
    if args.json {
        context.terminal.json(&serde_json::json!({ "locales": entries }))?;
    } else {
        context.terminal.data(printed(&entries))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn printed(entries: &[Entry]) -> String {
    let mut table = table(&["locale", "role", "direction", "fallback", "texts", "language pack"]);
    for entry in entries {
        let chain: Vec<&str> = entry.fallback.iter().map(Locale::as_str).collect();
        let texts = match entry.missing.as_slice() {
            [] => "complete".to_owned(),
            missing => {
                let named: Vec<&str> = missing.iter().take(NAMED).map(String::as_str).collect();
                let more = if missing.len() > NAMED { ", … (`--json` has all)" } else { "" };
                format!("missing {}: {}{more}", missing.len(), named.join(", "))
            }
        };
        let direction = entry.direction.to_owned();
        let known = entry.language_pack.values().filter(|has| **has).count();
        let pack = format!("{known} of {}", entry.language_pack.len());
        table.add_row([entry.locale.to_string(), entry.role.to_owned(), direction, chain.join(" → "), texts, pack]);
    }
    lines(&table)
}
