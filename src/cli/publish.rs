//! `polypost publish FILE...`: reports from files or standard input into the store, and on wish until they are
//! translated. A file that fails does not stop the others.

mod input;

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use self::input::InputFormat;
use super::Context;
use super::context::TEXTS_ARE_WRITTEN;
use super::failure::WrongCall;
use super::wait::{self, Outcome, Wanted};
use crate::publish::{self, PublishError, PublishReceipt, Publisher};
use polypost_core::field_error::FieldError;
use polypost_core::finding::{Finding, Severity};
use polypost_core::id::{IncidentId, Naming, Revision};
use polypost_core::intake::Defaults;
use polypost_core::intake::file::{self, Overrides};
use polypost_core::locale::Locale;
use polypost_store::{Published, Store, Translation};

/// What stands for standard input.
const STDIN: &str = "-";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Reports: .md (with YAML front matter), .txt, .html, .json; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The incident's id, if not the file's own; with one file only
    #[arg(long)]
    id: Option<IncidentId>,
    /// The title, if not the file's own; with one file only
    #[arg(long)]
    title: Option<String>,
    /// The report is about the incident that has the file's name as its id, although its title is another one
    #[arg(long)]
    update: bool,
    /// Where the official text stands, if not as the file says; with one file only
    #[arg(long)]
    url: Option<String>,
    /// Translate into this locale instead of the configured ones; may be given several times
    #[arg(long = "locale", value_name = "LOCALE")]
    locales: Vec<Locale>,
    /// The format of standard input; recognised by its beginning if not given
    #[arg(long)]
    format: Option<InputFormat>,
    /// Translate here and now, and wait until every locale is current, partial or failed
    #[arg(long)]
    wait: bool,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// One file's outcome.
#[derive(Debug, Serialize)]
struct Entry {
    file: String,
    id: IncidentId,
    revision: Option<Revision>,
    /// `created`, `unchanged`, `revised`, `out-of-order`
    outcome: &'static str,
    locales: Vec<Locale>,
    /// The findings about the source text.
    findings: Vec<Finding>,
    /// With `--wait`: how its locales stand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    translations: Vec<Translation>,
}

#[derive(Debug, Serialize)]
struct RefusedFile {
    file: String,
    problems: Vec<String>,
    /// What the caller can do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'static str>,
}

impl RefusedFile {
    fn of(file: String, refused: Refused) -> Self {
        let (problems, hint) = match refused {
            Refused::Problems(problems) => (problems, None),
            Refused::Taken(problem) => {
                let hint =
                    "if it is another incident, give it an id with `--id`; if it is the same, say so with `--update`";
                (vec![problem], Some(hint))
            }
            Refused::IsSource(locale) => {
                let problem = format!("`--locale {locale}`: the report is written in `{locale}`; nothing was stored");
                (vec![problem], Some("name the languages that it is to be translated into"))
            }
        };
        Self { file, problems, hint }
    }
}

#[derive(Debug, Default, Serialize)]
struct Answer {
    published: Vec<Entry>,
    refused: Vec<RefusedFile>,
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    check(&args)?;
    check_locales(&args, &context)?;
    let mut answer = Answer::default();
    let mut is_call_wrong = false;
    let mut publisher = None;
    for path in &args.files {
        let file = path.display().to_string();
        let outcome = match input::read(path, args.format, &context) {
            Err(error) => Err(Refused::Problems(vec![format!("{error:#}")])),
            Ok((name, bytes)) => {
                // A store is made for what can be read, and for nothing else.
                let publisher = match &publisher {
                    Some(publisher) => publisher,
                    None => publisher.insert(context.publisher(&context.store().await?)?),
                };
                publish(&args, &name, &bytes, publisher, &context).await
            }
        };
        match outcome {
            Ok(receipt) => answer.published.push(entry(file, receipt)),
            Err(refused) => {
                is_call_wrong |= !matches!(refused, Refused::Problems(_));
                answer.refused.push(RefusedFile::of(file, refused));
            }
        }
    }
    let store = publisher.map(|publisher| publisher.store);
    announce(&answer, &args, &context)?;
    let outcome = match &store {
        Some(store) if args.wait => Some(wait(&mut answer, &context, store).await?),
        Some(store) => {
            if is_anything_open(&answer, store.as_ref(), &context).await? {
                context.terminal.note(
                    "translation is asked for; `polypost serve` or `polypost worker` does it, `--wait` does it here",
                );
            }
            None
        }
        None => None,
    };
    if args.json {
        context.terminal.json(&answer)?;
    }
    if let Some(outcome) = &outcome {
        outcome.report(&context);
    }
    let all_accepted = answer.refused.is_empty() && answer.published.iter().all(|entry| entry.revision.is_some());
    let all_done = outcome.is_none_or(|outcome| outcome.is_success());
    Ok(match (is_call_wrong, all_accepted && all_done) {
        (true, _) => ExitCode::from(super::WRONG),
        (false, true) => ExitCode::SUCCESS,
        (false, false) => ExitCode::FAILURE,
    })
}

fn check(args: &Args) -> Result<(), WrongCall> {
    if args.files.len() > 1 {
        let given = [("--id", args.id.is_some()), ("--title", args.title.is_some()), ("--url", args.url.is_some())];
        if let Some((option, _)) = given.into_iter().find(|(_, is_given)| *is_given) {
            let hint = "call `polypost publish` once per file, or write it into the files";
            return Err(WrongCall::new(format!("`{option}` goes with one file only")).hint(hint));
        }
    }
    let reads_stdin = args.files.iter().filter(|file| file.as_os_str() == STDIN).count();
    if reads_stdin > 1 {
        return Err(WrongCall::new("standard input (`-`) can be read only once"));
    }
    if args.format.is_some() && reads_stdin == 0 {
        return Err(WrongCall::new("`--format` is for standard input (`-`); files are known by their extension"));
    }
    Ok(())
}

/// Locales of the call go instead of the configured ones, which then need not be complete.
fn check_locales(args: &Args, context: &Context) -> anyhow::Result<()> {
    if args.locales.is_empty() {
        return context.check_targets();
    }
    let bundles = context.bundles()?;
    for locale in args.locales.iter().filter(|locale| *locale != context.source()) {
        if let Err(incomplete) = bundles.check_target(context.source(), locale) {
            let refused = WrongCall::new(format!("`--locale {locale}`: {incomplete}"));
            let hint = context.nearest_locale(locale).map_or_else(
                || TEXTS_ARE_WRITTEN.to_owned(),
                |meant| format!("did you mean `{meant}`? {TEXTS_ARE_WRITTEN}"),
            );
            return Err(refused.hint(hint).into());
        }
    }
    Ok(())
}

/// Why a file was not published.
enum Refused {
    /// Every problem, named with its field.
    Problems(Vec<String>),
    /// The id made from its name belongs to an incident of another title.
    Taken(String),
    /// `--locale` names the language that the report is written in.
    IsSource(Locale),
}

/// Publishes what a file holds.
async fn publish(
    args: &Args,
    name: &str,
    bytes: &[u8],
    publisher: &Publisher,
    context: &Context,
) -> Result<PublishReceipt, Refused> {
    let say = |problems: Vec<FieldError>| Refused::Problems(problems.iter().map(ToString::to_string).collect());
    let one = |problem: String| Refused::Problems(vec![problem]);
    let overrides = Overrides {
        id: args.id.as_ref().map(ToString::to_string),
        title: args.title.clone(),
        url: args.url.clone(),
        locales: args.locales.clone(),
    };
    let ending = publish::random_ending();
    let defaults = Defaults { source_locale: context.source(), ending: &ending };
    let mut received = file::report(name, bytes, &overrides, defaults).map_err(say)?;
    input::warn_of_ignored_keys(name, bytes, context);
    if args.locales.contains(&received.report.source_locale) {
        return Err(Refused::IsSource(received.report.source_locale));
    }
    if args.update {
        received.naming = Naming::Given;
    }
    let id = received.report.id.clone();
    publisher.publish(received, context.now()).await.map_err(|error| match error {
        PublishError::Refused(problems) => say(problems),
        PublishError::Taken { .. } => Refused::Taken(error.to_string()),
        PublishError::NoFreeId => one(format!("{error}: give one with `--id`")),
        PublishError::Store(_) => one(format!("incident `{id}`: {error}; nothing was stored")),
    })
}

fn entry(file: String, receipt: PublishReceipt) -> Entry {
    let outcome = match receipt.outcome {
        Published::Created => "created",
        Published::Unchanged(_) => "unchanged",
        Published::Revised(_) => "revised",
        Published::OutOfOrder { .. } => "out-of-order",
        // An error of publishing.
        Published::Taken { .. } => "taken",
    };
    let revision = receipt.revision();
    let PublishReceipt { id, locales, findings, .. } = receipt;
    Entry { file, id, revision, outcome, locales, findings, translations: vec![] }
}

fn announce(answer: &Answer, args: &Args, context: &Context) -> anyhow::Result<()> {
    let terminal = context.terminal;
    for entry in &answer.published {
        let Some(revision) = entry.revision else {
            terminal.error(format_args!(
                "{}: incident `{}`: the stored report was revised later (`revised_at`) than this one; nothing was changed",
                entry.file, entry.id
            ));
            continue;
        };
        if !args.json {
            let locales: Vec<&str> = entry.locales.iter().map(Locale::as_str).collect();
            let change = match entry.outcome {
                "created" => "published",
                "revised" => "updated",
                _ => "already published",
            };
            terminal.data(format_args!(
                "{}: {change}, revision {revision}, locales {}",
                entry.id,
                locales.join(", ")
            ))?;
        }
        for finding in entry.findings.iter().filter(|finding| finding.severity >= Severity::Warn) {
            terminal.warn(format_args!("{}: {}", entry.id, finding.message));
        }
    }
    for refusal in &answer.refused {
        for problem in &refusal.problems {
            terminal.error(format_args!("{}: {problem}", refusal.file));
        }
        if let Some(hint) = refusal.hint {
            terminal.hint(hint);
        }
    }
    Ok(())
}

/// Whether something published here is still to be translated: what was published before may be done.
async fn is_anything_open(answer: &Answer, store: &dyn Store, context: &Context) -> anyhow::Result<bool> {
    for entry in answer.published.iter().filter(|entry| entry.revision.is_some()) {
        let rows = store.translations(&entry.id, context.now()).await?;
        if rows.iter().any(|row| row.next_attempt_at.is_some()) {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn wait(answer: &mut Answer, context: &Context, store: &std::sync::Arc<dyn Store>) -> anyhow::Result<Outcome> {
    let mut wanted = Wanted::default();
    for entry in answer.published.iter().filter(|entry| entry.revision.is_some()) {
        wanted.add(&entry.id, entry.locales.iter().cloned());
    }
    let outcome = wait::until_settled(context, store, &wanted).await?;
    for entry in &mut answer.published {
        let rows = outcome.rows.iter().filter(|row| row.incident == entry.id);
        entry.translations = rows.filter(|row| entry.locales.contains(&row.locale)).cloned().collect();
    }
    Ok(outcome)
}
