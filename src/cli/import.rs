//! `polypost import`: takes what another store exported into this one, which is created where there is none.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use super::Context;
use super::failure::Advised;
use super::file::{self, is_dash, name_of_input};
use super::terminal::plain;
use crate::transfer::{self, Fate, StoreImport, StoreImportError, StoreImportProblem, Tally};

/// Problems told one by one; of the others there is a count.
const TOLD: usize = 20;

/// Characters of a problem's line on the terminal.
const EXCERPT: usize = 300;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file; `-` is stdin
    #[arg(value_name = "FILE.jsonl")]
    file: PathBuf,
    /// Print one JSON document with counts and problems
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: Args, context: Context) -> anyhow::Result<ExitCode> {
    let Args { file, json } = args;
    let name = name_of_input(&file);
    let bytes = open(&file).with_context(|| format!("`{name}` cannot be read"))?;
    let store = context.store().await?;
    let mut imported = StoreImport::default();
    let mut problems: Vec<StoreImportProblem> = Vec::new();
    let mut untold = 0_u64;
    let tell = |problem: StoreImportProblem| {
        if problems.len() < TOLD {
            problems.push(problem);
        } else {
            untold += 1;
        }
    };
    let outcome = transfer::import(store.as_ref(), bytes, &mut imported, tell).await;
    report(&name, &problems, untold, &context);
    if let Err(error) = outcome {
        let hint = match error {
            StoreImportError::Store(_) => "import it again: what is there is passed over",
            StoreImportError::File(_) => "name a file that `polypost export` wrote, whole and as it was written",
        };
        let stored = imported.incidents.added;
        let message = format!("`{name}`: {error} ({stored} incidents were stored before)");
        return Err(Advised::new(plain(&message), hint).into());
    }
    if json {
        context.terminal.json(&serde_json::json!({ "imported": imported, "problems": problems }))?;
    } else {
        let StoreImport { incidents, memory, answers, .. } = imported;
        for (what, tally) in [("incidents", incidents), ("texts of the memory", memory), ("answers", answers)] {
            let Tally { added, known, kept, refused } = tally;
            let line = format!("{what}: {added} added, {known} known, {kept} kept, {refused} refused");
            context.terminal.data(line)?;
        }
    }
    if imported.problems == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    context.terminal.hint("everything else was stored: repair the file or export it again, and import it again");
    Ok(ExitCode::FAILURE)
}

fn open(file: &Path) -> io::Result<Box<dyn Read>> {
    if is_dash(file) {
        return Ok(Box::new(io::stdin().lock()));
    }
    Ok(Box::new(file::open(file)?))
}

fn report(name: &str, problems: &[StoreImportProblem], untold: u64, context: &Context) {
    let name = plain(name);
    for StoreImportProblem { line, fate, message } in problems {
        let message: String = plain(message).chars().take(EXCERPT).collect();
        let message = format!("{name}:{line}: {message}");
        match fate {
            Fate::Refused => context.terminal.error(message),
            Fate::Kept => context.terminal.warn(message),
        }
    }
    if untold > 0 {
        context.terminal.warn(format_args!("{name}: {untold} more"));
    }
}
