//! The README's examples, taken out of it as they stand, so that what is tried is what is written.

use std::path::Path;
use std::process::{Command, Stdio};

use polypost_test_support::missing;

const README: &str = include_str!("../../README.md");

/// The one code block of this language.
pub(crate) fn block(language: &str) -> String {
    let blocks = blocks(README, language);
    assert_eq!(blocks.len(), 1, "one block of `{language}`");
    blocks.concat()
}

/// Every code block of a language, in order.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once(&format!("\n```{language}\n")) {
        let (block, behind) = behind.split_once("\n```").expect("it ends");
        blocks.push(format!("{block}\n"));
        rest = behind;
    }
    blocks
}

/// What is done instead of the first line, which builds the program: that is done already, and the directory is there.
const BUILD: &str = r#"cargo build --release && PATH="$PWD/target/release:$PATH" && cd "$(mktemp -d)""#;

/// A shell on a machine of its own, as it were: no network but its own loopback, on which every port is free.
fn alone(script: &str, directory: &Path) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--net", "--map-root-user", "sh", "-euc", &format!("ip link set lo up\n{script}")]);
    command.env_clear().current_dir(directory).stdin(Stdio::null());
    command
}

/// As it stands, in an empty directory and with an empty environment, on a machine without a model and without network.
#[test]
fn the_first_steps_of_the_readme_work() {
    let directory = tempfile::tempdir().expect("a directory");
    if !alone(":", directory.path()).status().is_ok_and(|status| status.success()) {
        missing("a network of its own cannot be had (unshare --net --map-root-user, iproute2)");
        return;
    }
    let steps = README.split_once("\n## Try it\n").expect("a section").1;
    let steps = blocks(steps, "sh").swap_remove(0);
    assert!(steps.lines().count() <= 5, "{steps}");
    let (build, steps) = steps.split_once('\n').expect("several lines");
    assert_eq!(build, BUILD);
    let publish = blocks(README, "sh").into_iter().find(|block| block.contains("cat polypost.token")).expect("a block");
    let programs = Path::new(env!("CARGO_BIN_EXE_polypost")).parent().expect("a directory").display();
    // Whatever fails, the server does not outlive the shell.
    let end = "trap 'kill $! 2> /dev/null || :' EXIT";
    let script = format!("{end}\nPATH=\"{programs}:$PATH\"\n{steps}echo; {publish}echo");
    let output = alone(&script, directory.path()).output().expect("it runs");
    let (said, warned) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{warned}");
    let answers: Vec<serde_json::Value> = said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let [read, published] = answers.as_slice() else { panic!("two answers: {said}\n{warned}") };
    assert_eq!(read["incident"]["locale"], "es", "{read}");
    assert_eq!(read["incident"]["translation"]["state"], "current", "{read}");
    let text = read["incident"]["body"]["text"].as_str().expect("a text");
    assert!(text.contains("desde las 10:54 UTC"), "{text}");
    assert_eq!(published["revision"], 1, "{published}");
}
