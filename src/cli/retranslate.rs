//! `polypost retranslate`: asks for new versions; human segments stay unless `--force`. `--dry-run` says what it would
//! come to and changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use std::sync::Arc;

use super::Context;
use super::failure::{WrongCall, no_incident};
use super::terminal::{lines, table};
use super::wait::{self, Wanted};
use crate::document;
use crate::id::IncidentId;
use crate::locale::Locale;
use crate::segment::{self, Glossary, Spelling, Treatment};
use crate::store::{RetranslateFilter, RetranslateOptions, State, Store, Translation};
use crate::translate::route;

/// Engines that cost nothing by the character.
const LOCAL: [&str; 3] = ["neural", "apertium", "pseudo"];

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
    /// By this engine instead of the route; it need not be in it
    #[arg(long, value_name = "NAME")]
    engine: Option<String>,
    /// Leave nothing as it is: neither human segments nor the translation memory
    #[arg(long)]
    force: bool,
    /// Print what it would come to, and change nothing
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
    let store = context.store().await?;
    if !are_known(&args.ids, store.as_ref(), &context).await? {
        return Ok(ExitCode::FAILURE);
    }
    let filter = args.filter(&context.config.locales.targets);
    let rows = store.matching(&filter, context.now()).await?;
    if args.dry_run {
        return estimate(&args, &rows, store.as_ref(), &context).await;
    }
    if rows.is_empty() {
        context.terminal.note("nothing matches: nothing was asked for");
        return Ok(ExitCode::SUCCESS);
    }
    let incidents = incidents(&rows).len();
    if incidents > 1 && !args.yes && !may_go_on(&args, &rows, incidents, &context)? {
        context.terminal.note("nothing was changed");
        return Ok(ExitCode::FAILURE);
    }
    let options = RetranslateOptions { engine: args.engine.clone(), force: args.force };
    let asked = store.retranslate(&filter, &options, context.now()).await?;
    context.terminal.data(format_args!("asked for {asked} new versions of {incidents} incidents"))?;
    if args.wait { finish(&rows, &store, &context).await } else { Ok(ExitCode::SUCCESS) }
}

fn check_engine(args: &Args) -> Result<(), WrongCall> {
    match &args.engine {
        Some(engine) if !route::NAMES.contains(&engine.as_str()) => {
            let hint = format!("there are `{}`", route::NAMES.join("`, `"));
            Err(WrongCall::new(format!("there is no engine `{engine}`")).hint(hint))
        }
        _ => Ok(()),
    }
}

async fn are_known(ids: &[IncidentId], store: &dyn Store, context: &Context) -> anyhow::Result<bool> {
    let mut all = true;
    for id in ids {
        if store.incident(id).await?.is_none() {
            let unknown = no_incident(id);
            context.terminal.error(&unknown);
            unknown.hints.iter().for_each(|hint| context.terminal.hint(hint));
            all = false;
        }
    }
    Ok(all)
}

/// Asks where somebody can answer; elsewhere `--all` needs `--yes`, and what is named more closely does not.
fn may_go_on(args: &Args, rows: &[Translation], incidents: usize, context: &Context) -> anyhow::Result<bool> {
    if context.terminal.is_interactive() {
        let question = format!("Ask for {} new versions of {incidents} incidents?", rows.len());
        return Ok(context.terminal.confirm(&question)?);
    }
    if args.all {
        let hint = "`--dry-run` says first what it would come to";
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

/// What one incident has for an engine, in one locale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Volume {
    segments: usize,
    /// As an engine sees them, placeholders included.
    characters: usize,
}

/// Prints incidents, segments, characters by engine and cost.
async fn estimate(args: &Args, rows: &[Translation], store: &dyn Store, context: &Context) -> anyhow::Result<ExitCode> {
    let glossary = context.glossary()?;
    let mut volumes: BTreeMap<&IncidentId, Volume> = BTreeMap::new();
    for id in incidents(rows) {
        if let Some(incident) = store.incident(id).await? {
            volumes.insert(id, volume(&incident.report, &glossary)?);
        }
    }
    let mut printed = table(&["incident", "locales", "segments", "characters"]);
    let mut total = Volume::default();
    for (id, volume) in &volumes {
        let locales: Vec<&str> =
            rows.iter().filter(|row| row.incident == **id).map(|row| row.locale.as_str()).collect();
        let (segments, characters) = (volume.segments * locales.len(), volume.characters * locales.len());
        total = Volume { segments: total.segments + segments, characters: total.characters + characters };
        printed.add_row([id.to_string(), locales.join(", "), segments.to_string(), characters.to_string()]);
    }
    if !rows.is_empty() {
        context.terminal.data(lines(&printed))?;
    }
    let engine = args.engine.as_ref().or(context.config.engines.route.first()).map_or("-", String::as_str);
    let cost = if LOCAL.contains(&engine) { "0 (it runs here)" } else { "unknown" };
    let Volume { segments, characters } = total;
    let incidents = volumes.len();
    context.terminal.data(format_args!(
        "{incidents} incidents, {segments} segments, {characters} characters by `{engine}` at most, estimated cost {cost}"
    ))?;
    if args.engine.is_none() && context.config.engines.route.len() > 1 {
        context.terminal.note(format_args!("what `{engine}` cannot serve goes to the next engine of the route"));
    }
    context.terminal.note("nothing was changed (--dry-run)");
    Ok(ExitCode::SUCCESS)
}

fn volume(report: &document::Report, glossary: &Glossary) -> anyhow::Result<Volume> {
    let document = document::read(report).map_err(|errors| {
        let problems: Vec<String> = errors.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("incident `{}` cannot be read: {}", report.id, problems.join("; "))
    })?;
    let segments = segment::segments(&document, glossary);
    let for_engines = segments.iter().filter(|segment| segment.treatment == Treatment::Translate);
    Ok(for_engines.fold(Volume::default(), |sum, segment| Volume {
        segments: sum.segments + 1,
        characters: sum.characters + segment::protect(segment, Spelling::Bracketed).text.chars().count(),
    }))
}
