//! Runs wrk, the HTTP load generator, and reads what it measured.

use std::path::Path;
use std::process::Command;

/// Where a program is.
pub fn find(places: [&'static str; 2]) -> Option<&'static str> {
    places.into_iter().find(|place| Path::new(place).exists())
}

pub fn installed() -> Option<&'static str> {
    find(["/usr/bin/wrk", "/usr/local/bin/wrk"])
}

/// One run of wrk.
pub struct Run {
    pub requests: f64,
    pub rate: f64,
    /// The slowest of a hundred, in milliseconds.
    pub slow: f64,
    /// Everything that it said.
    pub text: String,
}

/// Runs the command, which asks wrk for `--latency`.
pub fn run(command: &mut Command) -> Run {
    let output = command.output().expect("wrk runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let found = |start: &str| text.lines().find_map(|line| line.trim().strip_prefix(start)).expect("wrk tells");
    Run {
        requests: number(&text, " requests in ").expect("wrk counts"),
        rate: found("Requests/sec:").trim().parse().expect("a number"),
        slow: milliseconds(found("99%")),
        text,
    }
}

/// The number in front of some words.
fn number(text: &str, words: &str) -> Option<f64> {
    text.lines().find_map(|line| line.split_once(words)?.0.trim().parse().ok())
}

/// `2.43ms` or `870.00us`.
fn milliseconds(text: &str) -> f64 {
    let text = text.trim();
    let units = [("us", 1e-3), ("ms", 1.0), ("s", 1e3)];
    let read = |(unit, worth): (&str, f64)| text.strip_suffix(unit)?.parse::<f64>().ok().map(|number| number * worth);
    units.into_iter().find_map(read).expect("a time")
}
