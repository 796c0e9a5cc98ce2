//! `polypost config`: the documented defaults, what is in force (secrets redacted), whether it is good.

use std::path::Path;
use std::process::ExitCode;

use super::terminal::Terminal;
use super::{Context, WRONG, environment, explain, serve};
use crate::config::{self, Config};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Print every key with its meaning and its default
    Default,
    /// Print what is in force as TOML, secrets redacted, and where each value comes from
    Show,
    /// Say whether the configuration is good, and everything that is wrong with it
    Check,
}

pub(super) fn run(args: &Args, file: Option<&Path>, terminal: Terminal) -> anyhow::Result<ExitCode> {
    match args.action {
        Action::Default => terminal.data(config::DEFAULT.trim_end())?,
        Action::Show => terminal.data(config::in_force(file, environment())?.trim_end())?,
        Action::Check => {
            let config = Config::load(file, environment())?;
            let address = serve::expect_address(&config).err().map(anyhow::Error::from);
            let files = Context::new(config, file.map(Path::to_owned), terminal).check_files();
            let faults: Vec<anyhow::Error> = address.into_iter().chain(files.err().map(Into::into)).collect();
            if !faults.is_empty() {
                for fault in &faults {
                    explain(terminal, fault);
                }
                return Ok(ExitCode::from(WRONG));
            }
            let source = file.map_or_else(|| "no file".to_owned(), |file| format!("`{}`", file.display()));
            terminal.note(format_args!("the configuration is good ({source} and the environment over the defaults)"));
        }
    }
    Ok(ExitCode::SUCCESS)
}
