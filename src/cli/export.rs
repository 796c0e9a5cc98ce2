//! `polypost export`: everything in the store as one file, from which another store is made.

use std::io::{self, BufWriter};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use super::Context;
use super::file::{Unfinished, check_output, is_dash};
use super::terminal::plain;
use crate::transfer::{self, StoreExport};

/// Damages told one by one; of the others there is a count.
const TOLD: u64 = 20;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file; `-` is stdout
    #[arg(value_name = "FILE.jsonl")]
    file: PathBuf,
    /// Print one JSON document with counts
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    let Args { file, json } = args;
    check_output(&file, json)?;
    let store = context.store_to_read().await?;
    let mut damages = 0;
    let terminal = context.terminal;
    let tell = |damage: String| {
        damages += 1;
        if damages <= TOLD {
            terminal.error(plain(&damage));
        }
    };
    let exported = if is_dash(&file) {
        let to = BufWriter::new(io::stdout().lock());
        transfer::export(store.as_ref(), to, context.now(), tell).await?.0
    } else {
        let cannot = || format!("`{}` cannot be written", file.display());
        let (unfinished, to) = Unfinished::create(&file).with_context(cannot)?;
        let (exported, to) = transfer::export(store.as_ref(), to, context.now(), tell).await.with_context(cannot)?;
        unfinished.finish(to).with_context(cannot)?;
        if json {
            terminal.json(&exported)?;
        } else {
            terminal.data(summary(&exported, &file))?;
        }
        exported
    };
    if exported.damaged == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    if exported.damaged > TOLD {
        terminal.error(format_args!("{} more are damaged", exported.damaged - TOLD));
    }
    terminal.hint("what is damaged was left out: restore the store from a backup, and export it again");
    Ok(ExitCode::FAILURE)
}

fn summary(exported: &StoreExport, file: &std::path::Path) -> String {
    let rows = exported.rows;
    format!(
        "exported {} incidents, {} revisions, {} translations, {} versions, {} texts of the memory and {} answers to {}",
        rows.incidents,
        rows.revisions,
        rows.translations,
        rows.versions,
        rows.memory,
        rows.answers,
        file.display()
    )
}
