//! `polypost migrate`: brings the store's schema up to date, as `serve` and `worker` do when they start.

use std::process::ExitCode;

use super::Context;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only print what would be done
    #[arg(long)]
    dry_run: bool,
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    let pending = match context.store_as_it_is().await {
        Ok(store) => store.pending_migrations().await?,
        // A store that does not exist yet is made.
        Err(_) if !args.dry_run => Vec::new(),
        Err(error) => return Err(error),
    };
    for migration in &pending {
        context.terminal.data(migration)?;
    }
    if args.dry_run {
        let what = if pending.is_empty() { "the schema is up to date" } else { "nothing was changed (--dry-run)" };
        context.terminal.note(what);
        return Ok(ExitCode::SUCCESS);
    }
    context.store().await?;
    context.terminal.note("the schema is up to date");
    Ok(ExitCode::SUCCESS)
}
