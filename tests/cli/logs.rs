//! Where the log is JSON, all of stderr is; where it is text, words are as people read them.

use super::sandbox::{REPORT, Sandbox};

/// Every line of what is written to stderr and stdout, which is empty in these calls or one document.
fn lines(sandbox: &Sandbox, call: &[&str]) -> Vec<serde_json::Value> {
    let heard = sandbox.run_and_hear_all(call);
    let read = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{call:?}: {error}: {line}"));
    heard.lines().filter(|line| !line.starts_with("outage: ")).map(read).collect()
}

fn words<'lines>(lines: &'lines [serde_json::Value], kind: &str) -> Vec<&'lines str> {
    let spoken = lines.iter().filter(|line| line["kind"] == kind);
    spoken.map(|line| line["message"].as_str().expect("a text")).collect()
}

#[test]
fn all_of_stderr_is_json_where_the_log_is() {
    let sandbox = Sandbox::new();
    sandbox.write("outage.md", REPORT);
    let published = lines(&sandbox, &["publish", "outage.md", "--wait"]);
    assert!(words(&published, "note").iter().any(|note| note.starts_with("outage es: ")), "{published:?}");
    let stored: Vec<_> = published.iter().filter(|line| line["message"] == "version stored").collect();
    assert!(!stored.is_empty() && stored.iter().all(|line| line["version"] == 1), "numbers are numbers: {stored:?}");

    // A call that fails, one that is wrong, and a configuration that is wrong, in the file as well.
    let failed = lines(&sandbox, &["show", "nobody"]);
    assert_eq!(words(&failed, "error"), ["there is no incident `nobody`"]);
    assert_eq!(words(&failed, "hint"), ["`polypost list` shows what there is"]);
    assert!(failed.iter().all(|line| line["kind"] != "error" || line["level"] == "ERROR"), "{failed:?}");
    let wrong = lines(&sandbox, &["show", "x", "--version", "1"]);
    assert!(words(&wrong, "error").iter().any(|error| error.contains("--locale")), "{wrong:?}");
    let sandbox = sandbox.without("POLYPOST_LOG__FORMAT");
    sandbox.write("polypost.toml", "[log]\nformat = \"json\"\n[worker]\nconcurrency = 0\n");
    let refused = lines(&sandbox, &["list"]);
    assert!(words(&refused, "error").iter().any(|error| error.contains("`worker.concurrency` is `0`")), "{refused:?}");
    assert_eq!(words(&refused, "hint").len(), 1);
    sandbox.write("other.toml", "[log]\nformat = \"json\"\n");
    assert!(!words(&lines(&sandbox, &["nonsense"]), "error").is_empty());
    // The file that the call names counts, also where the call is wrong.
    sandbox.write("polypost.toml", "[log]\nformat = \"text\"\n");
    for call in [
        &["--config", "other.toml", "show", "nobody"][..],
        &["--config", "other.toml", "nonsense"],
        &["show", "--config=other.toml"],
    ] {
        assert!(!words(&lines(&sandbox, call), "error").is_empty(), "{call:?}");
    }
}

#[test]
fn words_are_text_where_the_log_is() {
    let sandbox = Sandbox::new().with("POLYPOST_LOG__FORMAT", "text").with("POLYPOST_LOG__FILTER", "error");
    sandbox.run_as_text(&["migrate"], 0, "the schema is up to date\n");
    sandbox.run_as_text(
        &["show", "nobody"],
        1,
        "error: there is no incident `nobody`\nhint: `polypost list` shows what there is\n",
    );
}
