//! What is written to stderr: events by `tracing`, as text or JSON. Never report texts, keys or bodies.

use std::io::IsTerminal as _;

use tracing_subscriber::filter::{FilterExt as _, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, layer::SubscriberExt as _};

use crate::config::{LogFormat, LogSettings};

/// How much more (`-v`, `-vv`, …) or less (`-q`) than configured is wanted on this call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verbosity {
    pub verbose: u8,
    pub quiet: bool,
    /// The command itself says which jobs have failed and why: the worker need not warn of them as well.
    pub reports_jobs: bool,
}

impl Verbosity {
    /// The filter in force: the flags' where there are any, else the configured one.
    fn filter(self, configured: &str) -> &str {
        match (self.quiet, self.verbose) {
            (true, _) => "error",
            (false, 0) if self.reports_jobs && configured == "warn" => "warn,polypost::worker=error",
            (false, 0) => configured,
            (false, 1) => "warn,polypost=info",
            (false, 2) => "info,polypost=debug",
            (false, _) => "debug,polypost=trace",
        }
    }
}

/// Sends events to stderr from now on. A second call changes nothing.
pub fn install(log: &LogSettings, verbosity: Verbosity) {
    if log.format == LogFormat::Json {
        // A panic's own words may be a report's.
        std::panic::set_hook(Box::new(|panic| {
            let location = panic.location().map(ToString::to_string);
            tracing::error!(location, "the program made a mistake: a thread panicked");
        }));
    }
    let color = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let _ = subscriber(log, verbosity, std::io::stderr, color).try_init();
}

/// Libraries whose lines hold what they work on, and parts of one that warn of what they do not know of a database's
/// address with its value. They are never heard, whatever the filter says.
const TELL_TEXTS: [&str; 3] = ["html5ever", "markup5ever", "sqlx_postgres::options"];

fn tells_texts(target: &str) -> bool {
    let is_of = |part: &&str| target.strip_prefix(*part).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
    TELL_TEXTS.iter().any(is_of)
}

/// What events go to, filtered as configured.
pub fn subscriber<W>(
    log: &LogSettings,
    verbosity: Verbosity,
    writer: W,
    color: bool,
) -> Box<dyn tracing::Subscriber + Send + Sync>
where
    W: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    // The configuration has been checked, and the flags' filters are ours: the fallback is for neither.
    let filter = EnvFilter::try_new(verbosity.filter(&log.filter)).unwrap_or_else(|_| EnvFilter::new("warn"));
    let filter = filter.and(filter_fn(|metadata| !tells_texts(metadata.target())));
    let layer = tracing_subscriber::fmt::layer().with_writer(writer).with_ansi(color);
    match log.format {
        LogFormat::Text => Box::new(tracing_subscriber::registry().with(layer.with_filter(filter))),
        LogFormat::Json => {
            Box::new(tracing_subscriber::registry().with(layer.json().flatten_event(true).with_filter(filter)))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Sink(Arc<Mutex<Vec<u8>>>);

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn written(filter: &str, format: LogFormat, verbosity: Verbosity) -> String {
        let sink = Sink::default();
        let writer = {
            let sink = sink.clone();
            move || sink.clone()
        };
        let log = LogSettings { filter: filter.to_owned(), format };
        tracing::subscriber::with_default(subscriber(&log, verbosity, writer, false), || {
            tracing::warn!(incident = "x", "a warning");
            tracing::debug!("a detail");
            tracing::warn!(target: "polypost::worker::job", "a job failed");
        });
        let bytes = sink.0.lock().unwrap().clone();
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn events_come_as_text_or_as_one_json_document_a_line() {
        let text = written("warn", LogFormat::Text, Verbosity::default());
        assert!(text.contains("a warning") && !text.contains("a detail"), "{text}");
        let json = written("debug", LogFormat::Json, Verbosity::default());
        let lines: Vec<serde_json::Value> =
            json.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[0]["incident"], "x");
    }

    #[test]
    fn a_command_that_reports_its_jobs_is_not_contradicted_by_the_log() {
        let reports_jobs = Verbosity { reports_jobs: true, ..Verbosity::default() };
        let text = written("warn", LogFormat::Text, reports_jobs);
        assert!(text.contains("a warning") && !text.contains("a job failed"), "{text}");
        assert!(written("info", LogFormat::Text, reports_jobs).contains("a job failed"), "as was asked for");
    }

    #[test]
    fn flags_go_over_the_configured_filter() {
        assert!(
            written("error", LogFormat::Text, Verbosity { verbose: 3, ..Verbosity::default() }).contains("a detail")
        );
        assert!(written("trace", LogFormat::Text, Verbosity { quiet: true, ..Verbosity::default() }).is_empty());
    }
}
