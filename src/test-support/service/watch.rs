//! Everything that a test binary's own process logs, at every level and by every library, is read along: a line that
//! tells what none may ends the run.

use std::io;
use std::sync::{Mutex, Once};

use polypost::{config, telemetry};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt as _;

/// What a line tells that none may.
pub type Told = fn(&str) -> Option<&'static str>;

/// Installs the watch once for the whole run.
pub fn watch(told: Told) {
    static WATCH: Once = Once::new();
    WATCH.call_once(|| {
        let log = config::LogSettings { filter: "trace".to_owned(), format: config::LogFormat::Text };
        let watch = telemetry::subscriber(&log, telemetry::Verbosity::default(), Watch(told), false);
        watch.try_init().expect("nobody else has one");
    });
}

/// Lines that warn, tell of an error, or say that an incident or the text of one is read from the store.
static KEPT: Mutex<Vec<String>> = Mutex::new(Vec::new());
const KEPT_WORDS: [&str; 4] = [" WARN ", "ERROR ", "an incident is read", "a served version is read"];

/// How many of the kept lines have all of this by now.
pub fn lines(parts: &[&str]) -> usize {
    let kept = KEPT.lock().expect("no panic");
    kept.iter().filter(|line| parts.iter().all(|part| line.contains(part))).count()
}

#[derive(Clone, Copy)]
struct Watch(Told);

impl MakeWriter<'_> for Watch {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        *self
    }
}

impl io::Write for Watch {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(line);
        if let Some(told) = (self.0)(&text) {
            eprintln!("a log line tells `{told}`: {text}");
            // A panic would end the task that logs, which need not be the test.
            std::process::exit(101);
        }
        if KEPT_WORDS.iter().any(|word| text.contains(word)) {
            KEPT.lock().expect("no panic").push(text.into_owned());
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
