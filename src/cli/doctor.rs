//! `polypost doctor`: checks store, migrations, texts, glossary, who can publish, engines, clock and disk, and says
//! what to do. Exit code 1 if something is wrong. Nothing is changed but a file that is written and removed again.

mod publishing;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use comfy_table::{Cell, Color};
use jiff::Timestamp;
use serde::Serialize;

use super::Context;
use super::context::TEXTS_ARE_WRITTEN;
use super::engines;
use super::terminal::{lines, plain, table};
use polypost_store::{ListFilter, Store};

/// What is written to see whether the disk takes it.
const PROBE_BYTES: usize = 1024 * 1024;

/// This program was not there before, so that a clock that says so is wrong.
const EARLIEST: Timestamp = Timestamp::constant(1_767_225_600, 0);

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Good,
    /// Worth knowing; the service works.
    Warning,
    Wrong,
}

/// One thing looked at.
#[derive(Debug, Serialize)]
struct Diagnosis {
    what: String,
    verdict: Verdict,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

impl Diagnosis {
    fn new(what: &str, verdict: Verdict, message: impl Into<String>) -> Self {
        Self { what: what.to_owned(), verdict, message: plain(&message.into()), hint: None }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    let mut found = vec![Diagnosis::new("configuration", Verdict::Good, "good")];
    let store = store(&context, &mut found).await;
    found.push(clock(store.as_ref(), &context).await);
    found.extend(disk(&context));
    texts(&context, &mut found);
    found.push(glossary(&context));
    found.push(publishing::tokens(&context, store.as_ref()).await);
    found.extend(publishing::public_address(&context).await);
    engines(&context, &mut found).await;
    if args.json {
        context.terminal.json(&serde_json::json!({ "checks": found }))?;
    } else {
        context.terminal.data(printed(&found))?;
    }
    let hints: BTreeSet<&String> = found.iter().filter_map(|diagnosis| diagnosis.hint.as_ref()).collect();
    for hint in hints {
        context.terminal.hint(hint);
    }
    let is_wrong = found.iter().any(|diagnosis| diagnosis.verdict == Verdict::Wrong);
    Ok(if is_wrong { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn store(context: &Context, found: &mut Vec<Diagnosis>) -> Option<Arc<dyn Store>> {
    let url = &context.config.store.url;
    if database_file(url.expose()).is_some_and(|file| !file.exists()) {
        let message = "there is none yet";
        let hint = "`polypost migrate` makes the store; so do `serve`, `worker` and `publish`";
        found.push(Diagnosis::new("store", Verdict::Warning, message).hint(hint));
        return None;
    }
    let store = match context.store_as_it_is().await {
        Ok(store) => store,
        Err(error) => {
            let hint = "check `store.url` and the rights of its directory (`polypost config show`)";
            found.push(Diagnosis::new("store", Verdict::Wrong, format!("{error:#}")).hint(hint));
            return None;
        }
    };
    match store.pending_migrations().await {
        Ok(pending) if pending.is_empty() => {
            found.push(Diagnosis::new("migrations", Verdict::Good, "the schema is up to date"));
        }
        Ok(pending) => {
            let message = format!("pending: {}", pending.join(", "));
            found.push(Diagnosis::new("migrations", Verdict::Wrong, message).hint("run `polypost migrate`"));
            return None;
        }
        Err(error) => found.push(Diagnosis::new("migrations", Verdict::Wrong, error.to_string())),
    }
    found.push(match store.check().await {
        Ok(()) => Diagnosis::new("store", Verdict::Good, "reads, writes and is intact"),
        Err(error) => Diagnosis::new("store", Verdict::Wrong, error.to_string())
            .hint("if the file is damaged, restore it from a backup (`sqlite3 FILE .recover` saves what can be read)"),
    });
    Some(store)
}

/// Newest incidents whose changes are compared with the clock.
const LOOKED_AT: u32 = 100;

/// Leases and retries go by the clock: one that is behind what is stored would hold them up.
async fn clock(store: Option<&Arc<dyn Store>>, context: &Context) -> Diagnosis {
    let now = context.now();
    let wrong =
        |message: String| Diagnosis::new("clock", Verdict::Wrong, message).hint("set the machine's clock (NTP)");
    if now < EARLIEST {
        return wrong(format!("it is {now:.0} by the clock of this machine, which cannot be"));
    }
    if let Some(store) = store
        && let Ok(newest) = store.list(&ListFilter { limit: LOOKED_AT, ..ListFilter::default() }, now).await
        && let Some(incident) = newest.iter().find(|incident| incident.changed_at > now)
    {
        let id = &incident.id;
        return wrong(format!("incident `{id}` was changed at {:.0}, after now ({now:.0})", incident.changed_at));
    }
    Diagnosis::new("clock", Verdict::Good, format!("{now:.0}"))
}

/// Whether a MiB can be written beside the store and where models are kept.
fn disk(context: &Context) -> Vec<Diagnosis> {
    let beside_store = database_file(context.config.store.url.expose()).map(|file| match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    });
    let models = &context.config.engines.neural.directory;
    let models = (!models.as_os_str().is_empty() && models.exists()).then(|| models.clone());
    let directories = [("disk, store", beside_store), ("disk, models", models)];
    let tried = directories.into_iter().filter_map(|(what, directory)| Some((what, directory?)));
    tried.map(|(what, directory)| writable(what, &directory)).collect()
}

fn writable(what: &str, directory: &Path) -> Diagnosis {
    let probe = directory.join(format!(".polypost-doctor-{}", std::process::id()));
    let written = fs::write(&probe, vec![0; PROBE_BYTES]);
    let removed = fs::remove_file(&probe);
    match written.and(removed) {
        Ok(()) => Diagnosis::new(what, Verdict::Good, format!("`{}` can be written", directory.display())),
        Err(error) => {
            let message = format!("`{}` cannot be written: {error}", directory.display());
            Diagnosis::new(what, Verdict::Wrong, message)
                .hint(format!("make room or set rights in `{}`", directory.display()))
        }
    }
}

/// The file behind `sqlite://FILE`; none for a store in memory, or where the name is escaped: then opening tells.
fn database_file(url: &str) -> Option<PathBuf> {
    let file = url.strip_prefix("sqlite:")?;
    let file = file.strip_prefix("//").unwrap_or(file).split('?').next()?;
    (!file.is_empty() && !file.starts_with(":memory:") && !file.contains('%')).then(|| PathBuf::from(file))
}

fn texts(context: &Context, found: &mut Vec<Diagnosis>) {
    let bundles = match context.bundles() {
        Ok(bundles) => bundles,
        Err(error) => {
            found.push(Diagnosis::new("texts", Verdict::Wrong, error.to_string()));
            return;
        }
    };
    for locale in &context.config.locales.targets {
        let what = format!("texts, {locale}");
        found.push(match bundles.check_target(context.source(), locale) {
            Ok(()) => Diagnosis::new(&what, Verdict::Good, "complete"),
            Err(incomplete) => Diagnosis::new(&what, Verdict::Wrong, incomplete.to_string()).hint(TEXTS_ARE_WRITTEN),
        });
    }
}

fn glossary(context: &Context) -> Diagnosis {
    match context.glossary() {
        Ok(glossary) => {
            Diagnosis::new("glossary", Verdict::Good, format!("{} names and terms", glossary.definitions().len()))
        }
        Err(error) => Diagnosis::new("glossary", Verdict::Wrong, error.to_string()),
    }
}

/// A locale that no engine serves is wrong; an engine that does not serve one that another serves is worth knowing.
async fn engines(context: &Context, found: &mut Vec<Diagnosis>) {
    let health = match engines::health(context).await {
        Ok(health) => health,
        Err(error) => {
            found.push(Diagnosis::new("engines", Verdict::Wrong, format!("{error:#}")));
            return;
        }
    };
    let unserved = engines::unserved(&health, &context.config.locales.targets);
    for engine in &health {
        for service in &engine.locales {
            let what = format!("engine {}, {}", engine.engine, service.locale);
            let verdict = match () {
                () if service.serves => Verdict::Good,
                () if unserved.contains(&service.locale) => Verdict::Wrong,
                () => Verdict::Warning,
            };
            let mut diagnosis = Diagnosis::new(&what, verdict, service.reason.as_deref().unwrap_or("answers"));
            diagnosis.hint.clone_from(&service.hint);
            found.push(diagnosis);
        }
    }
}

fn printed(found: &[Diagnosis]) -> String {
    let mut table = table(&["check", "verdict", "what"]);
    for diagnosis in found {
        let (word, color) = match diagnosis.verdict {
            Verdict::Good => ("good", Color::Green),
            Verdict::Warning => ("warning", Color::Yellow),
            Verdict::Wrong => ("wrong", Color::Red),
        };
        table.add_row([Cell::new(&diagnosis.what), Cell::new(word).fg(color), Cell::new(&diagnosis.message)]);
    }
    lines(&table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_behind_a_store_is_found() {
        assert_eq!(database_file("sqlite://polypost.db"), Some(PathBuf::from("polypost.db")));
        assert_eq!(database_file("sqlite:///var/lib/p.db?mode=rwc"), Some(PathBuf::from("/var/lib/p.db")));
        assert_eq!(database_file("sqlite::memory:"), None);
    }
}
