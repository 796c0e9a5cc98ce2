//! A real Apertium APy on a free loopback port, one per test process. It ends with the process, whose end closes its
//! standard input.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, OnceLock};

use polypost_engines::{Engine, EngineDependencies, route};

struct Running {
    url: String,
    /// Holds the other end of APy's standard input.
    _child: Child,
}

static RUNNING: OnceLock<Result<Running, String>> = OnceLock::new();

/// Its address; `None` where it is not installed, which has been said then.
pub fn url() -> Option<&'static str> {
    match RUNNING.get_or_init(start) {
        Ok(running) => Some(&running.url),
        Err(reason) => {
            crate::missing(reason);
            None
        }
    }
}

fn start() -> Result<Running, String> {
    let script = polypost_test_support::repository().join("tests/components/apertium_loopback.py");
    let mut child = Command::new("/usr/bin/python3")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // Not the tests' own: whoever reads that to its end would wait for APy as well.
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("no /usr/bin/python3 for Apertium APy: {error}"))?;
    let mut line = String::new();
    if let Some(output) = child.stdout.take() {
        BufReader::new(output).read_line(&mut line).map_err(|error| error.to_string())?;
    }
    let port: u16 = line.trim().parse().map_err(|_| "Apertium APy did not start (tests/components/install.sh)")?;
    Ok(Running { url: format!("http://127.0.0.1:{port}"), _child: child })
}

/// The engine on it, with the default settings.
pub fn engine() -> Option<Arc<dyn Engine>> {
    let mut settings = crate::program::settings().engines;
    url()?.clone_into(&mut settings.apertium.url);
    Some(route::engine(&settings, "apertium", &EngineDependencies::default()).expect("good settings"))
}
