//! Replays the fuzzers' seeds, among them every input that once was a finding: `make fuzz` looks for more.

#![expect(clippy::expect_used, reason = "these are tests: what goes wrong is said and ends them")]

use std::path::PathBuf;

use polypost_core::document::Format;
use polypost_test_support::{properties, repository};

fn replay(target: &str, property: impl Fn(&str)) {
    let folder = repository().join("tests/fuzz/seeds").join(target);
    let seeds: Vec<PathBuf> =
        std::fs::read_dir(&folder).expect("the seeds").map(|entry| entry.expect("a seed").path()).collect();
    assert!(!seeds.is_empty(), "no seeds in `{}`", folder.display());
    for seed in seeds {
        let bytes = std::fs::read(&seed).expect("a readable seed");
        if let Ok(text) = std::str::from_utf8(&bytes) {
            property(text);
        }
    }
}

#[test]
fn plain_texts_are_read_and_written_back() {
    replay("text", |body| properties::read(Format::Text, body));
}

#[test]
fn markdown_is_read_and_written_back() {
    replay("markdown", |body| properties::read(Format::Markdown, body));
}

#[test]
fn html_is_read_and_written_back() {
    replay("html", |body| properties::read(Format::Html, body));
}

#[test]
fn what_is_protected_is_restored() {
    replay("protect", properties::protect);
}
