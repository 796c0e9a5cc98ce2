//! `polypost list`: incidents with their state per locale, the one changed last first.

use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};

use super::Context;
use super::terminal::{lines, plain, state_word, table};
use polypost_core::locale::Locale;
use polypost_store::{ListFilter, State, Summary, Translation};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only incidents with a locale in this state
    #[arg(long, value_parser = PossibleValuesParser::new(STATES.map(state_word)).try_map(|word| state(&word)))]
    state: Option<State>,
    /// Only this locale
    #[arg(long)]
    locale: Option<Locale>,
    /// At most so many incidents
    #[arg(long, value_name = "N", default_value = "50", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

const STATES: [State; 7] =
    [State::Pending, State::Translating, State::Current, State::Stale, State::Partial, State::Failed, State::Held];

fn state(word: &str) -> Result<State, String> {
    STATES.into_iter().find(|state| state_word(*state) == word).ok_or_else(|| format!("`{word}` is not a state"))
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    let store = context.store_to_read().await?;
    // One more than shown tells whether there are more.
    let filter = ListFilter {
        state: args.state,
        locale: args.locale.clone(),
        limit: args.limit.saturating_add(1),
        ..ListFilter::default()
    };
    let mut incidents = store.list(&filter, context.now()).await?;
    let shown = usize::try_from(args.limit).unwrap_or(usize::MAX);
    let has_more = incidents.len() > shown;
    incidents.truncate(shown);
    if let Some(locale) = &args.locale {
        for incident in &mut incidents {
            incident.translations.retain(|row| row.locale == *locale);
        }
    }
    if args.json {
        context.terminal.json(&serde_json::json!({ "incidents": incidents, "more": has_more }))?;
        return Ok(ExitCode::SUCCESS);
    }
    if incidents.is_empty() {
        context.terminal.note("no incident");
        if let Some(meant) = args.locale.as_ref().and_then(|locale| context.nearest_locale(locale)) {
            context.terminal.hint(format_args!("did you mean `--locale {meant}`?"));
        }
        return Ok(ExitCode::SUCCESS);
    }
    context.terminal.data(printed(&incidents))?;
    if has_more {
        context.terminal.note(format_args!("there are more than {}: `--limit`", args.limit));
    }
    Ok(ExitCode::SUCCESS)
}

fn printed(incidents: &[Summary]) -> String {
    let mut table = table(&["incident", "revision", "updated", "locales", "title"]);
    for incident in incidents {
        let states: Vec<String> = incident.translations.iter().map(state_of).collect();
        table.add_row([
            incident.id.to_string(),
            incident.revision.to_string(),
            format!("{:.0}", incident.times.updated_at),
            states.join(", "),
            plain(&incident.title),
        ]);
    }
    lines(&table)
}

fn state_of(row: &Translation) -> String {
    format!("{} {}", row.locale, state_word(row.state))
}
