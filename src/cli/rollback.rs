//! `polypost rollback ID --locale L --version N`: an older version becomes the one that readers get. The other versions
//! stay; a new revision or `polypost retranslate` brings a new one.

use std::process::ExitCode;

use super::Context;
use super::failure::Advised;
use super::history::versions;
use polypost_core::id::{IncidentId, VersionNumber};
use polypost_core::locale::Locale;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The incident
    id: IncidentId,
    /// The locale
    #[arg(long)]
    locale: Locale,
    /// The version that readers shall get
    #[arg(long, value_name = "N")]
    version: u32,
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    let Args { id, locale, version } = args;
    let number = VersionNumber(version);
    let store = context.existing_store().await?;
    let versions = versions(store.as_ref(), &id, &locale).await?;
    let is_withdrawn = store.incident(&id).await?.is_some_and(|incident| incident.withdrawn_at.is_some());
    let before = store.served(&id, &locale).await?.map(|version| version.number);
    if is_withdrawn {
        context.terminal.warn(format_args!("incident `{id}` is withdrawn: readers get no version of it (410)"));
    }
    if before == Some(number) {
        let already = if is_withdrawn {
            format!("version {number} of incident `{id}` in `{locale}` is chosen already")
        } else {
            format!("readers of incident `{id}` in `{locale}` get version {number} already")
        };
        context.terminal.note(already);
        return Ok(ExitCode::SUCCESS);
    }
    if !store.serve_version(&id, &locale, number, context.now()).await? {
        let numbers: Vec<String> = versions.iter().map(|version| version.number.to_string()).collect();
        let message = format!("incident `{id}` has no version {number} in `{locale}`");
        let hint = match numbers.as_slice() {
            [] => "there is none yet".to_owned(),
            numbers => format!("there are {}", numbers.join(", ")),
        };
        return Err(Advised::new(message, hint).into());
    }
    let instead = before.map(|before| format!(" instead of {before}")).unwrap_or_default();
    let what = if is_withdrawn { "chosen is version" } else { "readers get version" };
    context.terminal.data(format_args!("{id} {locale}: {what} {number}{instead}"))?;
    Ok(ExitCode::SUCCESS)
}
