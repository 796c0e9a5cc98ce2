//! The examples of the documents, taken out of them as they stand, so that what is tried is what is written.

use std::path::Path;
use std::process::{Command, Stdio};

use polypost_test_support::missing;

const README: &str = include_str!("../../README.md");
const OPERATIONS: &str = include_str!("../../src/OPERATIONS.md");

/// The one code block of this language in the guide for operators.
pub(crate) fn recipe(language: &str) -> String {
    let blocks = blocks(OPERATIONS, language);
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
const BUILD: &str = r#"cargo build && PATH="$PWD/target/debug:$PATH" && cd "$(mktemp -d)""#;

/// A shell on a machine of its own, as it were: no network but its own loopback, on which every port is free.
fn alone(script: &str, directory: &Path) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--net", "--map-root-user", "sh", "-euc", &format!("ip link set lo up\n{script}")]);
    command.env_clear().current_dir(directory).stdin(Stdio::null());
    command
}

/// The README's commands, each block in order: what is done before (`make`), the first steps, an engine, publishing.
fn commands() -> [String; 4] {
    blocks(README, "sh").try_into().expect("four blocks of commands")
}

#[test]
fn the_readme_is_short_and_its_links_lead_somewhere() {
    assert!(README.len() <= 6 * 1024, "{} bytes", README.len());
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let links: Vec<&str> = README.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(links.len() >= 8, "{links:?}");
    for link in links {
        assert!(root.join(link).is_file(), "`{link}` is not there");
    }
    let [targets, ..] = commands();
    let makefile = std::fs::read_to_string(root.join("Makefile")).expect("a Makefile");
    for line in targets.lines() {
        let target = line.trim_start_matches("make ").split(' ').next().expect("a target");
        assert!(makefile.contains(&format!("\n{target}:")), "the Makefile has no target `{target}`");
    }
}

/// As they stand, in an empty directory and with an empty environment, on a machine without a model and without
/// network.
#[test]
fn the_first_steps_of_the_readme_work() {
    let directory = tempfile::tempdir().expect("a directory");
    if !alone(":", directory.path()).status().is_ok_and(|status| status.success()) {
        missing("a network of its own cannot be had (unshare --net --map-root-user, iproute2)");
        return;
    }
    let [_, steps, _, publish] = commands();
    assert!(steps.lines().count() <= 5, "{steps}");
    let (build, steps) = steps.split_once('\n').expect("several lines");
    assert_eq!(build, BUILD);
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

/// The packages are installed already; the command that starts Apertium is tried as it stands, and translates.
#[test]
fn the_readmes_apertium_translates() {
    let directory = tempfile::tempdir().expect("a directory");
    let [_, _, engine, _] = commands();
    let (packages, start) = engine.trim().split_once(" && ").expect("packages, and a command");
    let packages: Vec<&str> = packages.strip_prefix("apt-get install ").expect("packages").split(' ').collect();
    let known = Command::new("dpkg-query").arg("--show").args(&packages).output();
    if !known.is_ok_and(|known| known.status.success()) {
        missing("Apertium is not there (tests/components/install.sh)");
        return;
    }
    if !alone(":", directory.path()).status().is_ok_and(|status| status.success()) {
        missing("a network of its own cannot be had (unshare --net --map-root-user, iproute2)");
        return;
    }
    let program = env!("CARGO_BIN_EXE_polypost");
    let script = format!(
        "trap 'kill $! 2> /dev/null || :' EXIT\n{start} > /dev/null 2>&1 &\n\
         curl --silent --output /dev/null --retry 30 --retry-connrefused --retry-delay 1 http://127.0.0.1:2737/listPairs\n\
         export POLYPOST_ENGINES__ROUTE=apertium\n\
         printf 'The service is down.\\n' | {program} publish - --id x --title Errors --locale es --wait\n\
         {program} show x --locale es --format text"
    );
    let output = alone(&script, directory.path()).output().expect("it runs");
    let (said, warned) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("servicio"), "{said}\n{warned}");
}
