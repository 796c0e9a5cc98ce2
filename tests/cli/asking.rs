//! What is asked for again: of an engine that can do it, taken back where it is not wanted after all, and counted where
//! it fails again and again.

use super::sandbox::{REPORT, Sandbox};

/// Nothing listens on port 9 of this machine.
fn with_silent_engine(sandbox: Sandbox) -> Sandbox {
    sandbox.with("POLYPOST_ENGINES__ROUTE", "apertium").with("POLYPOST_ENGINES__APERTIUM__URL", "http://127.0.0.1:9")
}

fn work(sandbox: &Sandbox) -> serde_json::Value {
    sandbox.run(&["status", "--json"]).json()["work"].clone()
}

#[test]
fn an_engine_that_can_never_serve_is_refused_at_once() {
    let sandbox = Sandbox::published();
    for call in [&["--engine", "deepl"][..], &["--engine", "deepl", "--dry-run"], &["--engine", "openai", "--wait"]] {
        let refused = sandbox.run(&[&["retranslate", "outage", "--yes"], call].concat());
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{call:?}: {}", refused.stderr);
        let part = format!("error: engine `{}` cannot serve `es`: ", call[1]);
        assert!(refused.stderr.contains(&part) && refused.stderr.contains("\nhint: "), "{call:?}: {}", refused.stderr);
    }
    assert_eq!(work(&sandbox)["waiting"], 0, "nothing was asked for");
}

#[test]
fn what_fails_beside_a_current_version_is_counted_and_can_be_taken_back() {
    let sandbox = with_silent_engine(Sandbox::published());
    let failed = sandbox.run(&["retranslate", "outage", "--locale", "es", "--force", "--wait"]);
    assert_eq!(failed.code, 1, "{}", failed.stderr);
    let status = sandbox.run(&["status"]);
    assert_eq!(status.code, 1);
    assert!(status.stdout.contains("further versions that fail  1"), "{}", status.stdout);
    assert!(status.stderr.contains("incident `outage`, locale `es`: ") && status.stderr.contains("--cancel"));
    let counted = work(&sandbox);
    assert_eq!((&counted["failing"], &counted["failed"], &counted["current"]), (&1.into(), &0.into(), &2.into()));

    let cancelled = sandbox.run(&["retranslate", "outage", "--cancel"]).succeeded();
    assert_eq!(cancelled.stdout, "requests for new versions taken back: 1\n");
    let counted = work(&sandbox);
    assert_eq!((&counted["failing"], &counted["waiting"], &counted["current"]), (&0.into(), &0.into(), &2.into()));
    sandbox.run(&["status"]).succeeded();
    assert!(sandbox.run(&["retranslate", "--all", "--cancel"]).succeeded().stderr.contains("nothing was taken back"));
    assert_eq!(sandbox.run(&["retranslate", "--all", "--cancel", "--wait"]).code, 2);

    // A new revision is no wish of an operator's, and stays asked for.
    sandbox.write("outage.md", &REPORT.replace("No orders were lost.", "Nothing was lost."));
    sandbox.run(&["publish", "outage.md"]).succeeded();
    sandbox.run(&["retranslate", "outage", "--cancel"]).succeeded();
    assert_eq!(work(&sandbox)["waiting"], 2);
    assert!(
        sandbox.run(&["retranslate", "--partial", "--dry-run"]).succeeded().stderr.contains("nothing would be queued")
    );
}
