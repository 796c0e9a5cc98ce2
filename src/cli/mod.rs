//! The command line: one command per file; here alone, in `context.rs`, concrete types are chosen.
//!
//! A command gets its arguments and the `Context` and answers with an exit code: 0 done, 1 it failed or something it
//! waited for failed, 2 the call or the configuration is wrong. Data goes to stdout, words to stderr.

mod access;
mod completions;
mod config;
mod context;
mod demo;
mod diff;
mod doctor;
mod engines;
mod export;
mod failure;
mod file;
mod glossary;
mod history;
mod import;
mod list;
mod locales;
mod memory;
mod migrate;
mod publish;
mod retranslate;
mod rollback;
mod serve;
mod show;
mod status;
mod stop;
mod terminal;
mod token;
mod usage;
mod wait;
mod worker;

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{OsStringValueParser, TypedValueParser as _};
use clap::{ArgAction, CommandFactory as _, Parser, Subcommand};

use context::Context;

use crate::config::{Config, ConfigErrors};
use crate::telemetry::{self, Verbosity};
use failure::{Advised, WrongCall};
use terminal::Terminal;

/// Exit code for a wrong call or a wrong configuration, as clap uses it too.
const WRONG: u8 = 2;

/// Looked for in the working directory where no file is named.
const CONFIG_FILE: &str = "polypost.toml";

/// The heading of the options that every command has.
const GLOBAL: &str = "Options of every command";

/// Publishes incident reports in every customer's language, checked fact by fact.
#[derive(Debug, Parser)]
#[command(name = "polypost", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 done; 1 the operation, or something that it waited for, failed; 2 the call or \
                        the configuration is wrong.")]
pub struct Cli {
    /// Configuration file [default: polypost.toml, if there is one]
    #[arg(long, global = true, env = "POLYPOST_CONFIG", value_name = "FILE", hide_env_values = true)]
    #[arg(value_parser = OsStringValueParser::new().map(PathBuf::from), help_heading = GLOBAL)]
    config: Option<PathBuf>,
    /// Say more on stderr; twice or three times for even more
    #[arg(short, long, global = true, action = ArgAction::Count, help_heading = GLOBAL)]
    verbose: u8,
    /// Say only errors on stderr
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = GLOBAL)]
    quiet: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Publish the sample incidents into a fresh store, translate them, and print what readers get
    Demo(demo::Args),
    /// Serve the API and the pages, and translate
    Serve(serve::Args),
    /// Translate, beside other processes on the same store
    Worker(worker::Args),
    /// Publish reports from files
    Publish(publish::Args),
    /// Ask for new translations
    Retranslate(retranslate::Args),
    /// Print one version, disclaimer included
    Show(show::Args),
    /// List incidents with the state of each locale
    List(list::Args),
    /// Show queue, failures and engine health
    Status(status::Args),
    /// What engines were billed, by month and locale, beside their budgets
    Usage(usage::Args),
    /// List the versions of an incident in one locale
    History(history::Args),
    /// What changed between two versions
    Diff(diff::Args),
    /// Make an older version the one that readers get
    Rollback(rollback::Args),
    /// The engines, and which locales each can serve now
    Engines(engines::Args),
    /// The configured locales
    Locales(locales::Args),
    /// Names that are never translated
    Glossary(glossary::Args),
    /// Export or import the translation memory (TMX)
    Memory(memory::Args),
    /// Write everything in the store to one file
    Export(export::Args),
    /// Take in what another store exported
    Import(import::Args),
    /// Who may publish over HTTP: make, list and revoke tokens
    Token(token::Args),
    /// Check store, engines, texts, clock and disk, and say what to do
    Doctor(doctor::Args),
    /// Bring the store's schema up to date
    Migrate(migrate::Args),
    /// The configuration: its documentation, what is in force, whether it is good
    Config(config::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
}

impl Command {
    /// Whether the command itself says at its end which jobs have failed and why.
    fn reports_jobs(&self) -> bool {
        match self {
            Self::Demo(args) => !args.serve,
            Self::Publish(_) | Self::Retranslate(_) => true,
            _ => false,
        }
    }
}

/// Runs the call; whatever goes wrong is said on stderr and is in the exit code.
pub async fn run(cli: Cli) -> ExitCode {
    let terminal = Terminal { quiet: cli.quiet, as_json: is_log_json(config_file(cli.config.clone()).as_deref()) };
    match dispatch(cli, terminal).await {
        Ok(code) => code,
        Err(error) => explain(terminal, &error),
    }
}

/// Says why nothing could be done at all.
#[must_use]
pub fn refuse(error: &anyhow::Error) -> ExitCode {
    explain(Terminal { as_json: is_log_json(config_file(None).as_deref()), ..Terminal::default() }, error)
}

/// The call, or the exit code where there is none to run: help and versions are data, and what is wrong is said.
///
/// # Errors
/// The exit code.
pub fn parse() -> Result<Cli, ExitCode> {
    let refused = match Cli::try_parse() {
        Ok(cli) => return Ok(cli),
        Err(refused) => refused,
    };
    if refused.use_stderr() && is_log_json(config_file(named_in_wrong_call()).as_deref()) {
        let words = refused.render().to_string();
        Terminal { as_json: true, ..Terminal::default() }.error(words.trim_start_matches("error: "));
    } else {
        // Nobody minds if it is not heard.
        let _ = refused.print();
    }
    Err(if refused.use_stderr() { ExitCode::from(WRONG) } else { ExitCode::SUCCESS })
}

/// The configuration file that a call names although it is wrong otherwise.
fn named_in_wrong_call() -> Option<PathBuf> {
    let read = Cli::command().ignore_errors(true).try_get_matches();
    read.ok().and_then(|call| call.try_get_one::<PathBuf>("config").ok().flatten().cloned())
}

/// Whether words are to be JSON as the log is, as far as that can be told of a configuration that may be wrong.
fn is_log_json(file: Option<&Path>) -> bool {
    crate::config::is_log_json(file, environment())
}

async fn dispatch(cli: Cli, terminal: Terminal) -> anyhow::Result<ExitCode> {
    let file = config_file(cli.config);
    // What needs no configuration works with a wrong one, too.
    let command = match cli.command {
        Command::Completions(args) => return completions::run(&args, terminal),
        Command::Config(args) => return config::run(&args, file.as_deref(), terminal),
        command => command,
    };
    let config = Config::load(file.as_deref(), environment())?;
    let reports_jobs = command.reports_jobs();
    telemetry::install(&config.log, Verbosity { verbose: cli.verbose, quiet: cli.quiet, reports_jobs });
    let context = Context::new(config, file, terminal);
    let outcome = Box::pin(execute(command, context.clone())).await;
    context.close().await;
    outcome
}

async fn execute(command: Command, context: Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::Demo(args) => Box::pin(demo::run(args, context)).await,
        Command::Serve(args) => serve::run(args, context).await,
        Command::Worker(args) => worker::run(args, context).await,
        Command::Publish(args) => publish::run(args, context).await,
        Command::Retranslate(args) => retranslate::run(args, context).await,
        Command::Show(args) => show::run(args, context).await,
        Command::List(args) => list::run(args, context).await,
        Command::Status(args) => status::run(args, context).await,
        Command::Usage(args) => usage::run(args, context).await,
        Command::History(args) => history::run(args, context).await,
        Command::Diff(args) => diff::run(args, context).await,
        Command::Rollback(args) => rollback::run(args, context).await,
        Command::Engines(args) => engines::run(args, context).await,
        Command::Locales(args) => locales::run(&args, &context),
        Command::Glossary(args) => glossary::run(args, context).await,
        Command::Memory(args) => memory::run(args, context).await,
        Command::Export(args) => export::run(args, context).await,
        Command::Import(args) => import::run(args, context).await,
        Command::Token(args) => token::run(args, context).await,
        Command::Doctor(args) => doctor::run(args, context).await,
        Command::Migrate(args) => migrate::run(args, context).await,
        // Dispatched above.
        Command::Config(_) | Command::Completions(_) => Ok(ExitCode::SUCCESS),
    }
}

/// The file named by option or environment (an empty name names none), else the one in the working directory if it is
/// there.
fn config_file(named: Option<PathBuf>) -> Option<PathBuf> {
    named
        .filter(|path| !path.as_os_str().is_empty())
        .or_else(|| Path::new(CONFIG_FILE).is_file().then(|| PathBuf::from(CONFIG_FILE)))
}

/// The environment as text. A value that is not text is made one, so that it is reported and not passed over.
fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
}

fn explain(terminal: Terminal, error: &anyhow::Error) -> ExitCode {
    let is_broken_pipe = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    };
    if error.chain().any(is_broken_pipe) {
        // Whoever read our output has seen enough.
        return ExitCode::SUCCESS;
    }
    if let Some(wrong) = error.downcast_ref::<ConfigErrors>() {
        for problem in &wrong.errors {
            terminal.error(problem);
        }
        terminal.hint("`polypost config default` prints every key with its meaning");
        return ExitCode::from(WRONG);
    }
    terminal.error(without_repetition(error));
    if let Some(wrong) = error.downcast_ref::<WrongCall>() {
        if let Some(hint) = &wrong.hint {
            terminal.hint(hint);
        }
        return ExitCode::from(WRONG);
    }
    for hint in error.downcast_ref::<Advised>().into_iter().flat_map(|advised| &advised.hints) {
        terminal.hint(hint);
    }
    ExitCode::FAILURE
}

/// The error and its causes; a cause whose words the error above it already has is left out.
fn without_repetition(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |said, cause| {
        if said.is_empty() {
            cause
        } else if said.contains(&cause) {
            said
        } else {
            format!("{said}\n  cause: {cause}")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_option_says_what_it_does() {
        for command in Cli::command().get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for argument in command.get_arguments().filter(|argument| argument.get_id() != "help") {
                assert!(argument.get_help().is_some(), "{} {}", command.get_name(), argument.get_id());
            }
        }
    }

    #[test]
    fn an_error_is_not_said_twice() {
        let error = anyhow::anyhow!("disk full").context("cannot write: disk full").context("publishing failed");
        assert_eq!(without_repetition(&error), "publishing failed\n  cause: cannot write: disk full");
    }
}
