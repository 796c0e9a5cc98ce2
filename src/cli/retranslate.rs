//! `polypost retranslate`: asks for new versions; human segments stay unless `--force`. `--dry-run` says what it would
//! come to and changes nothing.

mod estimate;

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::Arc;

use super::Context;
use super::failure::{Advised, WrongCall, no_incident};
use super::terminal::plain;
use super::wait::{self, Wanted};
use polypost_core::id::IncidentId;
use polypost_core::locale::Locale;
use polypost_engines::EngineName;
use polypost_engines::{EngineDependencies, ErrorKind, route};
use polypost_store::{RetranslateFilter, RetranslateOptions, State, Store, Translation};

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("which").required(true).args(["ids", "all", "failed", "stale", "partial"]))]
#[expect(clippy::struct_excessive_bools, reason = "options of a command line")]
pub(super) struct Args {
    /// The incidents
    #[arg(value_name = "ID")]
    ids: Vec<IncidentId>,
    /// Every incident
    #[arg(long)]
    all: bool,
    /// What has failed
    #[arg(long)]
    failed: bool,
    /// What is there in an older revision only
    #[arg(long)]
    stale: bool,
    /// What stands partly in English
    #[arg(long)]
    partial: bool,
    /// Only this locale; may be given several times
    #[arg(long = "locale", value_name = "LOCALE")]
    locales: Vec<Locale>,
    /// By this engine instead of the route, such as `deepl` or 'neural>pt>apertium'; it need not be in it
    #[arg(long, value_name = "NAME")]
    engine: Option<String>,
    /// Also replace human translations; bypass the memory
    #[arg(long)]
    force: bool,
    /// Take back what was asked for again, where the newest revision is translated already
    #[arg(long, conflicts_with_all = ["engine", "force", "dry_run", "wait"])]
    cancel: bool,
    /// Show incidents, characters and cost; change nothing
    #[arg(long)]
    dry_run: bool,
    /// Translate here and now, and wait until it is done
    #[arg(long)]
    wait: bool,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

impl Args {
    /// Configured locales that are named are wanted also of incidents that were published before they were configured.
    fn filter(&self, targets: &[Locale]) -> RetranslateFilter {
        let state = match (self.failed, self.stale, self.partial) {
            (true, _, _) => Some(State::Failed),
            (_, true, _) => Some(State::Stale),
            (_, _, true) => Some(State::Partial),
            _ => None,
        };
        let named = self.locales.iter().filter(|locale| state.is_none() && targets.contains(locale));
        RetranslateFilter {
            incidents: self.ids.clone(),
            locales: self.locales.clone(),
            state,
            missing: named.cloned().collect(),
        }
    }
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    check_engine(&args)?;
    context.check_targets()?;
    let store = if args.dry_run { context.store_to_read().await? } else { context.existing_store().await? };
    if !are_possible(&args, store.as_ref(), &context).await? {
        return Ok(ExitCode::FAILURE);
    }
    if args.cancel {
        return cancel(&args, store.as_ref(), &context).await;
    }
    let (filters, rows) = matching(&args, store.as_ref(), &context).await?;
    check_engine_serves(&args, &rows, &context).await?;
    if args.dry_run && rows.is_empty() {
        context.terminal.note("nothing matches: nothing would be queued");
        return Ok(ExitCode::SUCCESS);
    }
    if args.dry_run {
        return estimate::estimate(&args, &rows, &store, &context).await;
    }
    if rows.is_empty() {
        context.terminal.note("nothing matches: nothing was queued");
        return Ok(ExitCode::SUCCESS);
    }
    let incidents = incidents(&rows).len();
    if incidents > 1 && !args.yes && !may_go_on(&args, &rows, incidents, &context)? {
        context.terminal.note("nothing was changed");
        return Ok(ExitCode::FAILURE);
    }
    let options = RetranslateOptions { engine: args.engine.clone(), force: args.force };
    let mut queued = 0;
    for filter in &filters {
        queued += store.retranslate(filter, &options, context.now()).await?;
    }
    let (translations, incidents) = (counted(queued, "translation"), counted(incidents as u64, "incident"));
    context.terminal.data(format_args!("queued {translations} ({incidents})"))?;
    if args.wait { finish(&rows, &store, &context).await } else { Ok(ExitCode::SUCCESS) }
}

/// `1 incident`, `2 incidents`.
fn counted(number: impl Into<u64>, noun: &str) -> String {
    match number.into() {
        1 => format!("1 {noun}"),
        number => format!("{number} {noun}s"),
    }
}

fn check_engine(args: &Args) -> Result<(), WrongCall> {
    match args.engine.as_deref().map(str::parse::<EngineName>) {
        Some(Err(unknown)) => Err(WrongCall::new(unknown.to_string())),
        _ => Ok(()),
    }
}

/// An engine that is asked for by name is the only one: what it can never serve would be tried for ever. One that does
/// not answer at the moment may do so later.
async fn check_engine_serves(args: &Args, rows: &[Translation], context: &Context) -> anyhow::Result<()> {
    let Some(name) = &args.engine else { return Ok(()) };
    let engine = route::engine(&context.config.engines, name, &EngineDependencies::new(&context.config.engines))?;
    let locales: BTreeSet<&Locale> = rows.iter().map(|row| &row.locale).collect();
    for locale in locales {
        let Err(error) = engine.check(context.source(), locale).await else { continue };
        if matches!(error.kind, ErrorKind::Transient { .. } | ErrorKind::Quota) {
            continue;
        }
        let message = format!("engine `{name}` cannot serve `{locale}`: {}", plain(&error.message));
        let refused = WrongCall::new(message);
        return Err(match &error.hint {
            Some(hint) => refused.hint(plain(hint)),
            None => refused.hint("`polypost engines` shows which engine serves which locale"),
        }
        .into());
    }
    Ok(())
}

async fn cancel(args: &Args, store: &dyn Store, context: &Context) -> anyhow::Result<ExitCode> {
    let filter = RetranslateFilter { missing: Vec::new(), ..args.filter(&[]) };
    let cancelled = store.cancel(&filter, context.now()).await?;
    if cancelled == 0 {
        context.terminal.note("nothing was taken back: nothing is asked for again that matches");
    } else {
        context.terminal.data(format_args!("requests for new versions taken back: {cancelled}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The rows that are meant, and what asks for them: an older version whose newer one has failed is stale as well,
/// though its state is `failed`, as is that of what has no version at all.
async fn matching(
    args: &Args,
    store: &dyn Store,
    context: &Context,
) -> anyhow::Result<(Vec<RetranslateFilter>, Vec<Translation>)> {
    let filter = args.filter(&context.config.locales.targets);
    let mut rows = store.matching(&filter, context.now()).await?;
    let mut filters = vec![filter];
    if args.stale {
        let failed = RetranslateFilter { state: Some(State::Failed), ..args.filter(&[]) };
        for row in store.matching(&failed, context.now()).await? {
            if row.served.is_some() {
                let (incidents, locales) = (vec![row.incident.clone()], vec![row.locale.clone()]);
                filters.push(RetranslateFilter { incidents, locales, ..failed.clone() });
                rows.push(row);
            }
        }
    }
    Ok((filters, rows))
}

/// Whether new versions can be made of every incident and locale that is named; says of each why not.
async fn are_possible(args: &Args, store: &dyn Store, context: &Context) -> anyhow::Result<bool> {
    let mut impossible = Vec::new();
    for id in &args.ids {
        let Some(incident) = store.incident(id).await? else {
            impossible.push(no_incident(id));
            continue;
        };
        if incident.withdrawn_at.is_some() {
            let message = format!("incident `{id}` is withdrawn: it is not translated");
            impossible.push(Advised::new(message, "publishing it again brings it back"));
            continue;
        }
        let rows = store.translations(id, context.now()).await?;
        for locale in &args.locales {
            // A configured one may be newer than the incident.
            let is_target = context.config.locales.targets.contains(locale) && *locale != incident.report.source_locale;
            if !is_target && !rows.iter().any(|row| row.locale == *locale) {
                let message = format!("incident `{id}` is not published in `{locale}`");
                impossible
                    .push(Advised::new(message, "`polypost publish FILE --locale L` publishes it in a further one"));
            }
        }
    }
    for advised in &impossible {
        context.terminal.error(advised);
        advised.hints.iter().for_each(|hint| context.terminal.hint(hint));
    }
    Ok(impossible.is_empty())
}

/// Asks where somebody can answer; elsewhere `--all` needs `--yes`, and what is named more closely does not.
fn may_go_on(args: &Args, rows: &[Translation], incidents: usize, context: &Context) -> anyhow::Result<bool> {
    if context.terminal.is_interactive() {
        let question = format!("Ask for {} new versions of {incidents} incidents?", rows.len());
        return Ok(context.terminal.confirm(&question)?);
    }
    if args.all {
        let hint = "`--dry-run` shows incidents, characters and cost first";
        return Err(WrongCall::new("`--all` wants `--yes` where nobody can be asked").hint(hint).into());
    }
    Ok(true)
}

async fn finish(rows: &[Translation], store: &Arc<dyn Store>, context: &Context) -> anyhow::Result<ExitCode> {
    let mut wanted = Wanted::default();
    for row in rows {
        wanted.add(&row.incident, [row.locale.clone()]);
    }
    let outcome = wait::until_settled(context, store, &wanted).await?;
    outcome.report(context);
    Ok(if outcome.is_success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn incidents(rows: &[Translation]) -> BTreeSet<&IncidentId> {
    rows.iter().map(|row| &row.incident).collect()
}
