//! A directory with nothing in it, in which the program is run.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use polypost_test_support::StoreLocation;

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
pub(crate) struct Sandbox {
    directory: tempfile::TempDir,
    /// Where the store is, unless it is a file here; it goes with the sandbox.
    _location: Option<StoreLocation>,
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

impl Sandbox {
    /// With the store that the tests are run for; a file is not spoken of, but is where the defaults put it.
    pub(crate) fn new() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let location = Some(StoreLocation::new(directory.path())).filter(|location| !location.is_file());
        let url = location.as_ref().map(|location| ("POLYPOST_STORE__URL".to_owned(), location.url.clone()));
        let sandbox = Self { directory, _location: location, variables: url.into_iter().collect() };
        // Everything is logged, in a form that is told from what the program says.
        let sandbox = sandbox.with("POLYPOST_LOG__FILTER", "trace").with("POLYPOST_LOG__FORMAT", "json");
        sandbox.with("POLYPOST_ENGINES__ROUTE", "pseudo")
    }

    /// With the report, published and translated.
    pub(crate) fn published() -> Self {
        let sandbox = Self::new();
        sandbox.write("outage.md", REPORT);
        sandbox.run(&["publish", "outage.md", "--wait"]).succeeded();
        sandbox
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
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

    /// With words as people read them: the exit code, and all of stderr.
    #[track_caller]
    pub(crate) fn run_as_text(&self, call: &[&str], code: i32, words: &str) {
        let output = self.command(call).stdin(Stdio::null()).output().expect("runs");
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(code), words));
    }

    /// Everything that a call writes, the log too.
    pub(crate) fn run_and_hear_all(&self, call: &[&str]) -> String {
        let output = self.command(call).stdin(Stdio::null()).output().expect("runs");
        [output.stdout, output.stderr].map(|written| String::from_utf8(written).expect("text")).concat()
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
    pub(crate) fn serve_while(&self, call: &[&str], ready: &str, act: impl FnOnce(&str)) -> Option<i32> {
        let mut child = self.command(call).stdin(Stdio::null()).spawn().expect("started");
        let mut stderr = BufReader::new(child.stderr.take().expect("piped"));
        let mut said = String::new();
        while !said.contains(ready) {
            let read = stderr.read_line(&mut said).expect("text");
            assert_ne!(read, 0, "ended early: {said}");
        }
        // Read on, so that it never waits for a reader of its log.
        let reading = std::thread::spawn(move || stderr.read_to_string(&mut String::new()));
        act(&said);
        let id = child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill runs").success());
        reading.join().expect("no panic").expect("text");
        child.wait().expect("ended").code()
    }

    /// Withdraws an incident, for which there is a request and no command.
    #[cfg(unix)]
    pub(crate) fn withdraw(&self, id: &str) {
        let code = self.serve_while(&SERVE, LISTENING, |said| {
            let address = address(said, LISTENING);
            let token = std::fs::read_to_string(self.path("polypost.token")).expect("`serve` has made it");
            let head = format!("DELETE /v1/incidents/{id} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
            let answer = ask(address, &format!("{head}authorization: Bearer {}\r\n\r\n", token.trim()));
            assert!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
        });
        assert_eq!(code, Some(0));
    }

    pub(crate) fn command(&self, call: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_polypost"));
        command.args(call).current_dir(self.directory.path()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", self.directory.path());
        command.envs(self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

/// A call that serves and does not translate, and what it says when it listens.
pub(crate) const SERVE: [&str; 4] = ["serve", "--no-worker", "--listen", "127.0.0.1:0"];
pub(crate) const LISTENING: &str = "listening on http://";

/// The address behind some words of what was said.
pub(crate) fn address<'said>(said: &'said str, words: &str) -> &'said str {
    let rest = said.split_once(words).expect("an address").1;
    rest.split([';', '/', '\n']).next().expect("an address")
}

/// What is answered to a request that asks for the connection to be closed.
pub(crate) fn ask(address: &str, request: &str) -> String {
    let mut connection = TcpStream::connect(address).expect("it listens");
    connection.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    connection.read_to_string(&mut answer).expect("text");
    answer
}

/// The first line and the body of an HTTP message whose head says how long that is, on a connection that stays open.
pub(crate) fn message(stream: &mut impl std::io::BufRead) -> std::io::Result<(String, String)> {
    let (mut first, mut length) = (String::new(), 0);
    stream.read_line(&mut first)?;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        match line.trim().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().map_err(std::io::Error::other)?;
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    String::from_utf8(body).map(|body| (first, body)).map_err(std::io::Error::other)
}

/// Takes the log out of what a program wrote to stderr, and reads it: every line is a JSON document, the words too, and
/// none of the log's may tell a report's text or a key.
fn spoken_and_logged(stderr: Vec<u8>) -> (String, usize) {
    let written = String::from_utf8(stderr).expect("text");
    let mut spoken = String::new();
    let mut logged = 0;
    for line in written.lines() {
        let document: serde_json::Value =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("not JSON ({error}): {line}"));
        let text = |key: &str| document[key].as_str().map(str::to_owned);
        assert!(text("timestamp").is_some() && text("level").is_some() && text("target").is_some(), "{line}");
        match (text("kind"), text("message")) {
            (Some(kind), Some(message)) if document["target"] == "polypost::cli" => {
                let beginning = if kind == "note" { String::new() } else { format!("{kind}: ") };
                spoken.extend([beginning.as_str(), message.as_str(), "\n"]);
            }
            _ => {
                logged += 1;
                for told in ["could not be saved", "No orders were lost", "was replaced", "Bearer ", "Key "] {
                    assert!(!line.contains(told), "a log line tells `{told}`: {line}");
                }
            }
        }
    }
    (spoken, logged)
}

#[test]
fn what_is_logged_is_told_from_what_is_said() {
    let said = r#"{"timestamp":"1","level":"INFO","target":"polypost::cli","kind":"hint","message":"a hint"}"#;
    let logged = r#"{"timestamp":"1","level":"INFO","target":"polypost::worker","message":"x"}"#;
    let (said, lines) = spoken_and_logged(format!("{said}\n{logged}\n").into_bytes());
    assert_eq!((said.as_str(), lines), ("hint: a hint\n", 1));
    let sandbox = Sandbox::new();
    sandbox.write("outage.md", REPORT);
    let output = sandbox.command(&["publish", "outage.md", "--wait"]).output().expect("runs");
    let (_, lines) = spoken_and_logged(output.stderr);
    assert!(lines > 5, "everything is logged: {lines} lines");
}
