//! `polypost show ID`: one version as readers get it, disclaimer included; without `--locale` the source.

use std::process::ExitCode;

use super::Context;
use super::failure::{Advised, no_incident};
use super::terminal::{plain, shown};
use crate::reader::{ReadOutcome, View};
use polypost_core::finding::Severity;
use polypost_core::id::{IncidentId, VersionNumber};
use polypost_core::locale::Locale;
use polypost_core::quoting::excerpt;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The incident
    id: IncidentId,
    /// The locale to read it in; the source text if not given
    #[arg(long)]
    locale: Option<Locale>,
    /// A certain version instead of the one that readers get
    #[arg(long, value_name = "N", requires = "locale")]
    version: Option<u32>,
    /// How to print it
    #[arg(long, default_value = "text")]
    format: OutputFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum OutputFormat {
    Text,
    Markdown,
    Html,
    Json,
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    let store = context.store_to_read().await?;
    let reader = context.reader(&store)?;
    let reading = match (&args.locale, args.version) {
        (Some(locale), Some(version)) => {
            reader.read_version(&args.id, locale, VersionNumber(version), context.now()).await?
        }
        (locale, _) => reader.read(&args.id, locale.as_slice(), context.now()).await?,
    };
    let view = match reading {
        ReadOutcome::Found(view) => view,
        ReadOutcome::Withdrawn => {
            let hint = "publishing it again brings it back; `polypost history` lists its versions";
            return Err(Advised::new(format!("incident `{}` is withdrawn", args.id), hint).into());
        }
        ReadOutcome::NotFound => return Err(not_found(&args, store.as_ref()).await?.into()),
    };
    if let Some(locale) = args.locale.filter(|locale| *locale != view.locale) {
        context
            .terminal
            .note(format_args!("there is no version in `{locale}`; this is what its readers get: `{}`", view.locale));
        if let Some(meant) = context.nearest_locale(&locale) {
            context.terminal.hint(format_args!("did you mean `--locale {meant}`?"));
        }
    }
    warn_of_findings(&view, args.format, &context);
    context.terminal.data(shown(printed(&view, args.format)?.trim_end()))?;
    Ok(ExitCode::SUCCESS)
}

/// The findings about the text, on stderr; JSON has them in `translation.findings`. Each is printed once,
/// with the passages that it is about.
fn warn_of_findings(view: &View, format: OutputFormat, context: &Context) {
    if format == OutputFormat::Json {
        return;
    }
    let mut remarks: Vec<(&str, Vec<&str>)> = Vec::new();
    for finding in view.translation.findings.iter().filter(|finding| finding.severity >= Severity::Warn) {
        let segment = finding.segment.as_deref().and_then(|id| view.records.iter().find(|segment| segment.id == id));
        let passage = segment.map(|segment| segment.source.as_str());
        match remarks.iter_mut().find(|(message, _)| *message == finding.message) {
            Some((_, passages)) => passages.extend(passage),
            None => remarks.push((&finding.message, passage.into_iter().collect())),
        }
    }
    for (message, passages) in remarks {
        let count = passages.len();
        let named = passages.first().map(|passage| format!(", `{}`", excerpt(&plain(passage)))).unwrap_or_default();
        let more = if count > 1 { format!(" and {} more passages", count - 1) } else { String::new() };
        context.terminal.warn(format_args!("{} {}{named}{more}: {}", view.id, view.locale, plain(message)));
    }
}

async fn not_found(args: &Args, store: &dyn polypost_store::Store) -> anyhow::Result<Advised> {
    let (Some(locale), Some(version)) = (&args.locale, args.version) else { return Ok(no_incident(&args.id)) };
    if store.incident(&args.id).await?.is_none() {
        return Ok(no_incident(&args.id));
    }
    let message = format!("incident `{}` has no version {version} in `{locale}`", args.id);
    Ok(Advised::new(message, format!("`polypost history {} --locale {locale}` lists those there are", args.id)))
}

/// The view in one of its forms, with its title and its disclaimer.
pub(super) fn printed(view: &View, format: OutputFormat) -> anyhow::Result<String> {
    let View { title, body, disclaimer, .. } = view;
    Ok(match format {
        OutputFormat::Json => {
            let mut document = serde_json::to_value(view.document())?;
            document["segments"] = segments(view)?;
            serde_json::to_string_pretty(&document)?
        }
        OutputFormat::Text => format!("{title}\n\n{}\n\n{}", disclaimer.text, body.text),
        OutputFormat::Markdown => {
            let quoted = disclaimer.text.replace('\n', "\n> ");
            format!("# {title}\n\n> {quoted}\n\n{}", body.markdown)
        }
        OutputFormat::Html => format!(
            "<article lang=\"{}\" dir=\"{}\">\n<h1 lang=\"{}\" dir=\"{}\">{}</h1>\n<aside lang=\"{}\">{}</aside>\n{}\n</article>",
            view.locale,
            view.direction.as_str(),
            view.title_locale,
            view.title_locale.direction().as_str(),
            escaped(title),
            view.disclaimer_locale,
            disclaimer.html,
            body.html.trim_end()
        ),
    })
}

/// What became of each segment, and the language that it stands in.
fn segments(view: &View) -> serde_json::Result<serde_json::Value> {
    let mut records = serde_json::to_value(&view.records)?;
    for (record, passage) in records.as_array_mut().into_iter().flatten().zip(&view.passages) {
        record["lang"] = passage.lang.as_str().into();
        record["dir"] = passage.dir.as_str().into();
    }
    Ok(records)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
