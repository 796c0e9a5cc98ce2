//! `polypost glossary`: the names that are never translated, and where incidents use them.

use std::process::ExitCode;

use super::Context;
use super::failure::{Advised, no_incident};
use super::terminal::{lines, plain, table};
use crate::id::IncidentId;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List the names, longest first
    List,
    /// Read the glossary, and count its names in an incident's text and its translations
    Check {
        /// The incident
        id: Option<IncidentId>,
    },
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    let glossary = context.glossary()?;
    let names = glossary.names();
    match args.action {
        Action::List => {
            if names.is_empty() {
                context.terminal.note("the glossary is empty (`glossary.file`)");
            }
            for name in names {
                context.terminal.data(plain(name))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Action::Check { id: None } => {
            context.terminal.note(format_args!("the glossary is good: {} names", names.len()));
            Ok(ExitCode::SUCCESS)
        }
        Action::Check { id: Some(id) } => check(&id, names, &context).await,
    }
}

/// Counts each name in the source and in what readers get; fewer in a translation is a failure.
async fn check(id: &IncidentId, names: &[String], context: &Context) -> anyhow::Result<ExitCode> {
    let store = context.store().await?;
    let Some(incident) = store.incident(id).await? else { return Err(no_incident(id).into()) };
    let source = format!("{}\n{}", incident.source.title, incident.source.body.text);
    let mut table = table(&["name", "locale", "source", "translation"]);
    let mut lost = Vec::new();
    for row in store.translations(id, context.now()).await? {
        let Some(version) = store.served(id, &row.locale).await? else { continue };
        // An older version is compared with the text that it does not translate.
        if version.revision != incident.revision {
            context.terminal.note(format_args!("`{}` is of revision {}: passed over", row.locale, version.revision));
            continue;
        }
        let target = format!("{}\n{}", version.rendition.title, version.rendition.body.text);
        for name in names {
            let (wanted, found) = (source.matches(name.as_str()).count(), target.matches(name.as_str()).count());
            if wanted > 0 || found > 0 {
                table.add_row([plain(name), row.locale.to_string(), wanted.to_string(), found.to_string()]);
            }
            if found < wanted {
                lost.push(format!("`{name}` in `{}`", row.locale));
            }
        }
    }
    if !table.is_empty() {
        context.terminal.data(lines(&table))?;
    }
    if lost.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let hint = format!("`polypost retranslate {id}` translates with the glossary as it is now");
    Err(Advised::new(format!("incident `{id}`: names are missing: {}", lost.join(", ")), hint).into())
}
