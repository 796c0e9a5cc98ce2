//! Parses the call, dispatches it, and answers with its exit code.

use std::process::ExitCode;
use std::time::Duration;

use polypost::cli;

/// How long what cannot be interrupted (a model at work) may hold up the end of the process.
const LAST_WAIT: Duration = Duration::from_millis(500);

fn main() -> ExitCode {
    let cli = match cli::parse() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    // Only the first call takes effect, and this is it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return cli::refuse(&error.into()),
    };
    let code = runtime.block_on(cli::run(cli));
    runtime.shutdown_timeout(LAST_WAIT);
    code
}
