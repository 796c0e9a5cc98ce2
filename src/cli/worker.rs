//! `polypost worker`: translates what is asked for, until it is asked to stop.

use std::process::ExitCode;

use super::Context;
use super::stop;
use polypost_store::ClaimFilter;

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) async fn run(_args: Args, context: Context) -> anyhow::Result<ExitCode> {
    context.check_targets()?;
    let store = context.store().await?;
    let worker = context.worker(&store)?;
    let stop = stop::token(context.terminal);
    context.terminal.note(format_args!("working, {} jobs at a time; Ctrl-C stops", context.config.worker.concurrency));
    worker.run(ClaimFilter::default(), stop).await;
    Ok(ExitCode::SUCCESS)
}
