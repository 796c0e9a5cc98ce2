//! `polypost diff ID --locale L`: what changed between two versions, line by line.

use std::process::ExitCode;

use owo_colors::OwoColorize as _;
use similar::{ChangeTag, TextDiff};

use super::Context;
use super::failure::Advised;
use super::history::versions;
use super::terminal::shown;
use polypost_core::id::{IncidentId, VersionNumber};
use polypost_core::locale::Locale;
use polypost_store::Version;

/// Unchanged lines shown around a change.
const AROUND: usize = 2;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The incident
    id: IncidentId,
    /// The locale
    #[arg(long)]
    locale: Locale,
    /// The older version; the one before the newer, if not given
    #[arg(long, value_name = "N")]
    from: Option<u32>,
    /// The newer version; the newest there is, if not given
    #[arg(long, value_name = "N")]
    to: Option<u32>,
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    let store = context.store_to_read().await?;
    let versions = versions(store.as_ref(), &args.id, &args.locale).await?;
    let (from, to) = pair(&args, &versions)?;
    let (old, new) = (text(from), text(to));
    if old == new {
        context.terminal.note(format_args!("versions {} and {} have the same text", from.number, to.number));
        return Ok(ExitCode::SUCCESS);
    }
    context.terminal.data(difference(&args, from, to))?;
    Ok(ExitCode::SUCCESS)
}

fn pair<'list>(args: &Args, versions: &'list [Version]) -> anyhow::Result<(&'list Version, &'list Version)> {
    let missing = |what: String| {
        let message = format!("incident `{}`, locale `{}`: {what}", args.id, args.locale);
        Advised::new(message, format!("`polypost history {} --locale {}` lists them", args.id, args.locale))
    };
    let numbered = |number: u32| {
        let found = versions.iter().find(|version| version.number == VersionNumber(number));
        found.ok_or_else(|| missing(format!("there is no version {number}")))
    };
    // Newest first.
    let to = match args.to {
        Some(number) => numbered(number)?,
        None => versions.first().ok_or_else(|| missing("there is no version yet".to_owned()))?,
    };
    let from = match args.from {
        Some(number) => numbered(number)?,
        None => versions
            .iter()
            .find(|version| version.number < to.number)
            .ok_or_else(|| missing(format!("there is no version before {}", to.number)))?,
    };
    Ok((from, to))
}

fn text(version: &Version) -> String {
    format!("{}\n\n{}\n", version.rendition.title, version.rendition.body.text.trim_end())
}

/// A unified diff; its marks are coloured where stdout shows colours.
fn difference(args: &Args, from: &Version, to: &Version) -> String {
    use std::fmt::Write as _;
    let (old, new) = (shown(&text(from)), shown(&text(to)));
    let diff = TextDiff::from_lines(&old, &new);
    let name = |version: &Version| format!("{} {} version {}", args.id, args.locale, version.number);
    let mut printed =
        format!("{}\n{}\n", format_args!("--- {}", name(from)).red(), format_args!("+++ {}", name(to)).green());
    for hunk in diff.unified_diff().context_radius(AROUND).iter_hunks() {
        let _ = writeln!(printed, "{}", hunk.header().cyan());
        for change in hunk.iter_changes() {
            let line = change.value().trim_end_matches(['\n', '\r']);
            let _ = match change.tag() {
                ChangeTag::Delete => writeln!(printed, "{}", format_args!("-{line}").red()),
                ChangeTag::Insert => writeln!(printed, "{}", format_args!("+{line}").green()),
                ChangeTag::Equal => writeln!(printed, " {line}"),
            };
        }
    }
    printed.trim_end().to_owned()
}
