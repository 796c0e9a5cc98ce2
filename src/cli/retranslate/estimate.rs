//! `polypost retranslate --dry-run`: what new versions would come to, without queueing any.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;

use super::Args;
use crate::cli::Context;
use crate::cli::terminal::{lines, plain, table};
use crate::pipeline::Estimate;
use polypost_core::id::IncidentId;
use polypost_engines::{BillableUnits, EngineError};
use polypost_store::{Incident, Job, Store, Translation};

/// What an engine would have to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Volume {
    segments: usize,
    /// As the engine bills them.
    characters: u64,
}

impl Volume {
    fn add(&mut self, segments: usize, charges: &[BillableUnits]) {
        self.segments += segments;
        self.characters += charges.iter().map(|charge| charge.units).sum::<u64>();
    }
}

/// Prints incidents, segments, characters by engine and cost.
pub(super) async fn estimate(
    args: &Args,
    rows: &[Translation],
    store: &Arc<dyn Store>,
    context: &Context,
) -> anyhow::Result<ExitCode> {
    let pipeline = context.worker(store)?.pipeline;
    let mut incidents: BTreeMap<&IncidentId, (Vec<&str>, Volume)> = BTreeMap::new();
    // By the engine that is asked and the one that bills: a pivot's legs do for it.
    let mut engines: BTreeMap<(String, String), Volume> = BTreeMap::new();
    let mut silent: BTreeMap<String, EngineError> = BTreeMap::new();
    let mut all_served = true;
    for row in rows {
        let Some(incident) = store.incident(&row.incident).await? else { continue };
        let (locales, volume) = incidents.entry(&row.incident).or_default();
        locales.push(row.locale.as_str());
        match pipeline.estimate(&job(args, row, incident)).await {
            Ok(Estimate { engine, segments, charges, unasked }) => {
                if let Some(error) = unasked {
                    silent.entry(engine.clone()).or_insert(error);
                }
                volume.add(segments, &charges);
                for charge in charges {
                    let bill = engines.entry((engine.clone(), charge.engine.clone())).or_default();
                    bill.add(segments, &[charge]);
                }
            }
            Err(error) => {
                context.terminal.error(format_args!("incident `{}`, locale `{}`: {error}", row.incident, row.locale));
                all_served = false;
            }
        }
    }
    let mut printed = table(&["incident", "locales", "segments", "characters"]);
    for (id, (locales, volume)) in &incidents {
        let (segments, characters) = (volume.segments.to_string(), volume.characters.to_string());
        printed.add_row([id.to_string(), locales.join(", "), segments, characters]);
    }
    if !incidents.is_empty() {
        context.terminal.data(lines(&printed))?;
    }
    for ((asked, engine), Volume { segments, characters }) in &engines {
        let cost = cost(engine, *characters, context);
        let whole = if asked == engine { String::new() } else { format!(", a leg of `{asked}`") };
        context.terminal.data(format_args!(
            "{} incidents, {segments} segments, {characters} characters by `{engine}`{whole}, estimated cost {cost}",
            incidents.len()
        ))?;
    }
    for (engine, error) in &silent {
        context.terminal.warn(format_args!(
            "engine `{engine}` does not say what it serves ({}): it is taken that it serves everything",
            plain(&error.message)
        ));
    }
    context.terminal.note("what an engine fails at, or what fails the checks, is offered again and may cost more");
    context.terminal.note("nothing was changed (--dry-run)");
    Ok(if all_served { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn cost(engine: &str, characters: u64, context: &Context) -> String {
    let engines = &context.config.engines;
    match engines.contract(engine) {
        None => "0 (it runs here)".to_owned(),
        Some(contract) if contract.price_per_million > 0.0 => {
            format!("{:.2} {}", contract.cost(characters), engines.currency)
        }
        Some(_) => format!("unknown (engines.{engine}.contract.price_per_million is 0)"),
    }
}

/// The job that a worker would get of the row; nobody holds its lease.
fn job(args: &Args, row: &Translation, incident: Incident) -> Job {
    let is_done = row.served.is_some_and(|(_, revision)| revision == row.wanted_revision);
    Job {
        engine: args.engine.clone(),
        force: args.force,
        again: is_done,
        ..Job::unclaimed(incident.report, row.wanted_revision, row.locale.clone())
    }
}
