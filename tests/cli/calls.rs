//! Calls that are wrong, help, version and exit codes.

use crate::sandbox::Sandbox;

#[test]
fn wrong_calls_are_answered_with_two() {
    let sandbox = Sandbox::new();
    for call in [
        &["nonsense"][..],
        &["publish"],
        &["publish", "a.md", "b.md", "--id", "x"],
        &["publish", "-", "-"],
        &["publish", "a.md", "--format", "html"],
        &["publish", "a.md", "--locale", "not a locale"],
        &["retranslate"],
        &["retranslate", "--all", "--failed"],
        &["retranslate", "--all", "--engine", "nobody"],
        &["show", "Not An Id"],
        &["show", "x", "--version", "1"],
        &["list", "--state", "done"],
        &["demo", "--listen", "127.0.0.1:0"],
    ] {
        let refused = sandbox.run(call);
        assert_eq!(refused.code, 2, "{call:?}: {}", refused.stderr);
        assert_eq!(refused.stdout, "", "{call:?}");
        assert!(!refused.stderr.is_empty(), "{call:?}");
    }
}

#[test]
fn help_and_version_are_data() {
    let sandbox = Sandbox::new();
    assert!(sandbox.run(&["--version"]).succeeded().stdout.starts_with("polypost "));
    let help = sandbox.run(&["--help"]).succeeded().stdout;
    for command in ["demo", "serve", "worker", "publish", "retranslate", "show", "list", "status", "history", "diff"] {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
    }
}

#[test]
fn a_reader_who_goes_away_is_no_failure() {
    Sandbox::new().run_and_hang_up(&["config", "default"]);
}
