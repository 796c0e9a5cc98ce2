//! `polypost demo`: the bundled sample incidents are published into a fresh store, translated into the configured
//! locales by the engines there are, and printed as readers get them. Nothing outside the demo's directory is touched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use rust_embed::RustEmbed;

use super::Context;
use super::engines::{self, Health, Service};
use super::failure::Advised;
use super::serve;
use super::show::{OutputFormat, printed};
use super::terminal::{lines, shown, state_cell, table};
use super::wait::{self, Outcome, Wanted};
use crate::config::listening_address;
use crate::reader::{IncidentReader, ReadOutcome};
use polypost_core::intake::Defaults;
use polypost_core::intake::file::{self, Overrides};
use polypost_store::Store;

/// Whatever files lie in the directory.
#[derive(RustEmbed)]
#[folder = "src/cli/demo/"]
struct Samples;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where the store is made and kept; else in a temporary directory, which is removed at the end unless it is served
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Go on to serve the pages
    #[arg(long)]
    pub(super) serve: bool,
    /// Where to listen with `--serve`, instead of as configured
    #[arg(long, value_name = "ADDR", requires = "serve", value_parser = listening_address)]
    listen: Option<std::net::SocketAddr>,
}

pub(super) async fn run(args: Args, mut context: Context) -> anyhow::Result<ExitCode> {
    if args.serve {
        context.config.server.listen = args.listen.unwrap_or(context.config.server.listen);
        serve::expect_address(&context.config)?;
    }
    context.check_targets()?;
    prepare_engines(&context).await?;
    let file = fresh_file(args.dir.as_deref(), &context)?;
    // Made for this call alone, unless somebody named the place or it is to be served.
    let temporary = (args.dir.is_none() && !args.serve).then(|| file.parent().map(Path::to_owned)).flatten();
    let outcome = demonstrate(args, &file, context.clone()).await;
    if let Some(directory) = temporary {
        context.close().await;
        fs::remove_dir_all(&directory).with_context(|| format!("cannot remove `{}`", directory.display()))?;
    }
    outcome
}

async fn demonstrate(args: Args, file: &Path, mut context: Context) -> anyhow::Result<ExitCode> {
    context.config.store.url = store_url(file).into();
    let store = context.store().await?;
    context.terminal.note(format_args!("a fresh store: `{}`", file.display()));
    let wanted = publish(&store, &context).await?;
    let outcome = wait::until_settled(&context, &store, &wanted).await?;
    print_versions(&outcome, &context.reader(&store)?, &context).await?;
    context.terminal.data(summary(&outcome, store.as_ref()).await?)?;
    outcome.report(&context);
    if args.serve && !outcome.interrupted {
        return serve::serve(context, store, true).await;
    }
    if outcome.is_success() && args.dir.is_some() {
        context.terminal.hint(format_args!("POLYPOST_STORE__URL={} polypost serve", context.config.store.url));
    } else if outcome.is_success() {
        context.terminal.hint("`polypost demo --serve` shows the pages; `--dir DIR` keeps the store");
    }
    Ok(if outcome.is_success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Makes ready, for every locale, the first engine of the route that can serve it; nothing works without any.
async fn prepare_engines(context: &Context) -> anyhow::Result<()> {
    let targets = &context.config.locales.targets;
    let routes = context.routes()?;
    let mut health: Vec<Health> = Vec::new();
    for target in targets {
        for engine in routes.of(target) {
            let prepared = engine.prepare(context.source(), target).await;
            match &prepared {
                Ok(()) => context.terminal.note(format_args!("`{target}` is served by `{}`", engine.name())),
                Err(error) => context.terminal.note(format_args!("`{target}` by the next engine: {error}")),
            }
            let service = Service::of(target, prepared);
            let serves = service.serves;
            Health::add(&mut health, engine.as_ref(), service);
            if serves {
                break;
            }
        }
    }
    let unserved = engines::unserved(&health, targets);
    if unserved.len() == targets.len() {
        return Err(engines::nobody_serves(&health, &unserved).into());
    }
    for locale in unserved {
        context.terminal.warn(format_args!("no engine can serve `{locale}`; its readers will get the English text"));
    }
    Ok(())
}

/// The path of a database that does not exist yet.
fn fresh_file(directory: Option<&Path>, context: &Context) -> anyhow::Result<PathBuf> {
    let temporary = || {
        let name = format!("polypost-demo-{}-{}", context.now().as_millisecond(), std::process::id());
        std::env::temp_dir().join(name)
    };
    let directory = directory.map_or_else(temporary, Path::to_owned);
    fs::create_dir_all(&directory).with_context(|| format!("cannot make the directory `{}`", directory.display()))?;
    let numbered = |number: u32| directory.join(format!("polypost-{number}.db"));
    let mut candidates = std::iter::once(directory.join("polypost.db")).chain((2..).map(numbered));
    candidates.find(|file| !file.exists()).context("there is no free name for the store")
}

/// The URL of a database file; what means something in a URL is escaped.
fn store_url(file: &Path) -> String {
    let path = file.display().to_string().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("sqlite://{path}")
}

async fn publish(store: &Arc<dyn Store>, context: &Context) -> anyhow::Result<Wanted> {
    let publisher = context.publisher(store)?;
    let mut wanted = Wanted::default();
    for name in Samples::iter() {
        let Some(sample) = Samples::get(&name) else { continue };
        let defaults = Defaults { source_locale: context.source(), ending: "" };
        let received = file::report(&name, &sample.data, &Overrides::default(), defaults).map_err(|problems| {
            let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
            Advised::new(format!("the sample `{name}` cannot be read: {}", problems.join("; ")), "please report this")
        })?;
        let receipt = publisher.publish(received, context.now()).await?;
        wanted.add(&receipt.id, receipt.locales);
        context.terminal.note(format_args!("published `{}`", receipt.id));
    }
    Ok(wanted)
}

/// The versions that readers get, locale by locale in the order configured.
async fn print_versions(outcome: &Outcome, reader: &IncidentReader, context: &Context) -> anyhow::Result<()> {
    for locale in &context.config.locales.targets {
        for row in outcome.rows.iter().filter(|row| row.locale == *locale && row.served.is_some()) {
            let reading = reader.read(&row.incident, std::slice::from_ref(locale), context.now()).await?;
            let ReadOutcome::Found(view) = reading else { continue };
            let text = printed(&view, OutputFormat::Text)?;
            context.terminal.data(format_args!("──── {} · {locale} ────\n", row.incident))?;
            context.terminal.data(format_args!("{}\n", shown(text.trim_end())))?;
        }
    }
    Ok(())
}

async fn summary(outcome: &Outcome, store: &dyn Store) -> anyhow::Result<String> {
    let mut table = table(&["incident", "locale", "state", "engine", "segments", "findings"]);
    for row in &outcome.rows {
        let version = store.served(&row.incident, &row.locale).await?;
        let mut cells = vec![row.incident.to_string().into(), row.locale.to_string().into(), state_cell(row.state)];
        let figures = version.map_or_else(
            || ["-".to_owned(), "-".to_owned(), "-".to_owned()],
            |version| {
                let rendition = version.rendition;
                let findings: usize = rendition.segments.iter().map(|segment| segment.findings.len()).sum();
                [
                    rendition.engines().join(", "),
                    rendition.segments.len().to_string(),
                    (findings + rendition.findings.len()).to_string(),
                ]
            },
        );
        cells.extend(figures.map(comfy_table::Cell::new));
        table.add_row(cells);
    }
    Ok(lines(&table))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_of_any_name_makes_a_url() {
        assert_eq!(store_url(Path::new("/tmp/a b?c%20#d/p.db")), "sqlite:///tmp/a b%3Fc%2520%23d/p.db");
    }
}
