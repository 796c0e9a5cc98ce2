//! `polypost history ID --locale L`: every version, newest first.

use std::collections::BTreeMap;
use std::process::ExitCode;

use serde::Serialize;

use super::Context;
use super::failure::{Advised, no_incident};
use super::terminal::{lines, plain, table};
use polypost_core::check::Origin;
use polypost_core::id::{IncidentId, Revision, VersionNumber};
use polypost_core::locale::Locale;
use polypost_store::{Store, Version};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The incident
    id: IncidentId,
    /// The locale
    #[arg(long)]
    locale: Locale,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Entry {
    version: VersionNumber,
    revision: Revision,
    created_at: jiff::Timestamp,
    /// Whether it is the one that readers get.
    served: bool,
    partial: bool,
    title: String,
    engines: Vec<String>,
    /// Segments by where their text comes from.
    segments: BTreeMap<&'static str, usize>,
    findings: usize,
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    let store = context.store_to_read().await?;
    let versions = versions(store.as_ref(), &args.id, &args.locale).await?;
    let served = store.served(&args.id, &args.locale).await?.map(|version| version.number);
    let entries: Vec<Entry> = versions.into_iter().map(|version| entry(version, served)).collect();
    if args.json {
        let document = serde_json::json!({ "id": args.id, "locale": args.locale, "versions": entries });
        context.terminal.json(&document)?;
    } else if entries.is_empty() {
        context.terminal.note(format_args!("incident `{}` has no version in `{}` yet", args.id, args.locale));
    } else {
        context.terminal.data(printed(&entries))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The versions of an incident that exists and was asked for in this locale.
pub(super) async fn versions(store: &dyn Store, id: &IncidentId, locale: &Locale) -> anyhow::Result<Vec<Version>> {
    let Some(incident) = store.incident(id).await? else { return Err(no_incident(id).into()) };
    if *locale == incident.report.source_locale {
        let message =
            format!("`{locale}` is the language that incident `{id}` is written in: it has revisions, not versions");
        return Err(Advised::new(message, format!("`polypost show {id}` prints the newest revision")).into());
    }
    let versions = store.history(id, locale).await?;
    if versions.is_empty() {
        let rows = store.translations(id, jiff::Timestamp::MAX).await?;
        if !rows.iter().any(|row| row.locale == *locale) {
            let asked: Vec<String> = rows.iter().map(|row| format!("`{}`", row.locale)).collect();
            let message = format!("incident `{id}` was never asked for in `{locale}`");
            return Err(Advised::new(message, format!("its locales are {}", asked.join(", "))).into());
        }
    }
    Ok(versions)
}

fn entry(version: Version, served: Option<VersionNumber>) -> Entry {
    let rendition = version.rendition;
    let mut segments = BTreeMap::new();
    for segment in &rendition.segments {
        *segments.entry(origin_word(&segment.origin)).or_default() += 1;
    }
    Entry {
        version: version.number,
        revision: version.revision,
        created_at: version.created_at,
        served: served == Some(version.number),
        partial: rendition.is_partial(),
        engines: rendition.engines(),
        findings: rendition.findings.len()
            + rendition.segments.iter().map(|segment| segment.findings.len()).sum::<usize>(),
        title: rendition.title,
        segments,
    }
}

/// As INTERFACE section 1 writes it.
fn origin_word(origin: &Origin) -> &'static str {
    match origin {
        Origin::Machine { .. } => "machine",
        Origin::Memory { .. } => "memory",
        Origin::Vocabulary => "vocabulary",
        Origin::Invariant => "invariant",
        Origin::Human => "human",
        Origin::Source => "source",
    }
}

fn printed(entries: &[Entry]) -> String {
    let mut table = table(&["version", "revision", "made", "readers", "segments", "findings", "title"]);
    for entry in entries {
        let segments: Vec<String> = entry.segments.iter().map(|(origin, count)| format!("{count} {origin}")).collect();
        table.add_row([
            entry.version.to_string(),
            entry.revision.to_string(),
            format!("{:.0}", entry.created_at),
            if entry.served { "get it".to_owned() } else { "-".to_owned() },
            segments.join(", "),
            entry.findings.to_string(),
            plain(&entry.title),
        ]);
    }
    lines(&table)
}
