//! A directory with nothing in it, in which the program is run.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::server::Place;

/// A short report with a code, an address and a figure.
pub(crate) const REPORT: &str = "\
---
id: outage
url: https://status.example.com/incidents/outage
title: Orders could not be saved
status: resolved
impact: major
---

## Summary

For 2 hours, orders in Back office could not be saved. No orders were lost.

## Root cause

The host `db-7.internal` was replaced, see https://status.example.com/incidents/outage for more.
";

/// The directory, and what is set in the program's environment beside the `pseudo` engine.
pub(crate) struct House {
    directory: tempfile::TempDir,
    /// Where the store is, unless it is a file here; it goes with the house.
    _place: Option<Place>,
    variables: Vec<(String, String)>,
}

/// What a call came to.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        assert_eq!(self.code, 0, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("one JSON document: {error}\n{}", self.stdout))
    }
}

impl House {
    /// With the store that the tests are run for; a file is not spoken of, but is where the defaults put it.
    pub(crate) fn new() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let place = Some(Place::new(directory.path())).filter(|place| !place.is_file());
        let url = place.as_ref().map(|place| ("POLYPOST_STORE__URL".to_owned(), place.url.clone()));
        let house = Self { directory, _place: place, variables: url.into_iter().collect() };
        house.with("POLYPOST_ENGINES__ROUTE", "pseudo")
    }

    /// With the report, published and translated.
    pub(crate) fn published() -> Self {
        let house = Self::new();
        house.write("outage.md", REPORT);
        house.run(&["publish", "outage.md", "--wait"]).succeeded();
        house
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("written");
    }

    pub(crate) fn run(&self, call: &[&str]) -> Outcome {
        self.run_with_input(call, "")
    }

    pub(crate) fn run_with_input(&self, call: &[&str], input: &str) -> Outcome {
        let mut child = self.command(call).stdin(Stdio::piped()).spawn().expect("started");
        let mut stdin = child.stdin.take().expect("piped");
        // A program that does not read its input closes the pipe, which is its right.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("ended");
        let (stderr, _) = spoken_and_logged(output.stderr);
        Outcome {
            code: output.status.code().expect("no signal"),
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr,
        }
    }

    /// Closes stdout before the program has written to it, as `| head` does.
    #[track_caller]
    pub(crate) fn run_and_hang_up(&self, call: &[&str]) {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = self.command(call).stdout(writer).spawn().expect("started").wait_with_output().expect("ended");
        let (stderr, _) = spoken_and_logged(output.stderr);
        assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""));
    }

    /// Starts a call that goes on, waits until it has said so, asks it to stop, and gives its exit code.
    #[cfg(unix)]
    pub(crate) fn serve_and_stop(&self, call: &[&str], ready: &str) -> Option<i32> {
        self.serve_while(call, ready, |_| ())
    }

    /// As before; while it goes on, something is done that needs it and what it has said.
    #[cfg(unix)]
    fn serve_while(&self, call: &[&str], ready: &str, act: impl FnOnce(&str)) -> Option<i32> {
        let mut child = self.command(call).stdin(Stdio::null()).spawn().expect("started");
        let mut stderr = BufReader::new(child.stderr.take().expect("piped"));
        let mut said = String::new();
        while !said.contains(ready) {
            let read = stderr.read_line(&mut said).expect("text");
            assert_ne!(read, 0, "ended early: {said}");
        }
        act(&said);
        let id = child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill runs").success());
        let mut rest = String::new();
        stderr.read_to_string(&mut rest).expect("text");
        child.wait().expect("ended").code()
    }

    /// Withdraws an incident, for which there is a request and no command.
    #[cfg(unix)]
    pub(crate) fn withdraw(&self, id: &str) {
        const LISTENING: &str = "listening on http://";
        let code = self.serve_while(&["serve", "--no-worker", "--listen", "127.0.0.1:0"], LISTENING, |said| {
            let address = said.split_once(LISTENING).and_then(|(_, rest)| rest.split_once(';')).expect("an address").0;
            let mut connection = TcpStream::connect(address).expect("it listens");
            let request = format!("DELETE /v1/incidents/{id} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
            connection.write_all(request.as_bytes()).expect("sent");
            let mut answer = String::new();
            connection.read_to_string(&mut answer).expect("text");
            assert!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
        });
        assert_eq!(code, Some(0));
    }

    pub(crate) fn command(&self, call: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_polypost"));
        command.args(call).current_dir(self.directory.path()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", self.directory.path());
        // Everything is logged, in a form that is told from what the program says.
        command.env("POLYPOST_LOG__FILTER", "trace").env("POLYPOST_LOG__FORMAT", "json");
        command.envs(self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

/// Takes the log out of what a program wrote to stderr, and reads it: no line of it may tell a report's text or a key.
fn spoken_and_logged(stderr: Vec<u8>) -> (String, usize) {
    let written = String::from_utf8(stderr).expect("text");
    let is_logged = |line: &&str| line.starts_with("{\"timestamp\":");
    let (logged, spoken): (Vec<&str>, Vec<&str>) = written.split_inclusive('\n').partition(is_logged);
    for line in &logged {
        for told in ["could not be saved", "No orders were lost", "was replaced", "Bearer ", "Key "] {
            assert!(!line.contains(told), "a log line tells `{told}`: {line}");
        }
    }
    (spoken.concat(), logged.len())
}

#[test]
fn what_is_logged_is_told_from_what_is_said() {
    let (said, lines) = spoken_and_logged(b"a hint\n{\"timestamp\":\"1\",\"level\":\"INFO\"}\nmore".to_vec());
    assert_eq!((said.as_str(), lines), ("a hint\nmore", 1));
    let house = House::new();
    house.write("outage.md", REPORT);
    let output = house.command(&["publish", "outage.md", "--wait"]).output().expect("runs");
    let (_, lines) = spoken_and_logged(output.stderr);
    assert!(lines > 5, "everything is logged: {lines} lines");
}
