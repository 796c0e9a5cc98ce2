//! `demo`.

use crate::sandbox::Sandbox;

#[test]
fn the_demo_publishes_translates_prints_and_sums_up() {
    let sandbox = Sandbox::new();
    let demo = sandbox.run(&["demo", "--dir", "here"]).succeeded();
    assert!(sandbox.path("here/polypost.db").exists());
    assert!(!sandbox.path("polypost.db").exists(), "nothing outside its directory");
    for part in ["· es ────", "· it ────", "INCIDENT", "SEGMENTS", "pseudo"] {
        assert!(demo.stdout.contains(part), "{part} in {}", demo.stdout);
    }
    // A second demo finds a fresh store, too.
    sandbox.run(&["demo", "--dir", "here"]).succeeded();
    assert!(sandbox.path("here/polypost-2.db").exists());
    sandbox.run(&["demo", "--dir", "an odd?name%20#"]).succeeded();
    assert!(sandbox.path("an odd?name%20#/polypost.db").exists());
}

#[test]
fn a_demo_without_any_engine_says_why_by_engine() {
    let sandbox = Sandbox::new()
        .with("POLYPOST_ENGINES__ROUTE", "apertium")
        .with("POLYPOST_ENGINES__APERTIUM__URL", "http://127.0.0.1:9");
    let failed = sandbox.run(&["demo", "--dir", "here"]);
    assert_eq!(failed.code, 1);
    assert!(
        failed.stderr.contains("engine `apertium`, locale `es`") && failed.stderr.contains("hint: "),
        "{}",
        failed.stderr
    );
    assert!(!sandbox.path("here").exists());
}
