//! Small slips are told once, with what is perhaps meant.

use super::sandbox::{REPORT, Sandbox};

#[test]
fn the_source_language_and_unknown_locales_are_told() {
    let sandbox = Sandbox::published();
    let source = sandbox.run(&["publish", "outage.md", "--locale", "en"]);
    assert_eq!((source.code, source.stdout.as_str()), (2, ""));
    assert!(source.stderr.contains("`--locale en`: the report is written in `en`"), "{}", source.stderr);
    for (call, code, part) in [
        (&["publish", "outage.md", "--locale", "ess"][..], 2, "did you mean `es`?"),
        (&["list", "--locale", "ess"], 0, "hint: did you mean `--locale es`?"),
        (&["show", "outage", "--locale", "ess"], 0, "hint: did you mean `--locale es`?"),
    ] {
        let told = sandbox.run(call);
        assert_eq!(told.code, code, "{call:?}: {}", told.stderr);
        assert_eq!(told.stderr.matches(part).count(), 1, "{call:?}: {}", told.stderr);
    }
    assert!(!sandbox.run(&["show", "outage", "--locale", "it"]).succeeded().stderr.contains("did you mean"));
}

#[test]
fn an_address_to_listen_at_is_told_or_understood() {
    let sandbox = Sandbox::new();
    for (listen, part) in [
        ("8080", "did you mean `127.0.0.1:8080`?"),
        (":8080", "did you mean `127.0.0.1:8080`?"),
        ("0.0.0.0", "did you mean `0.0.0.0:8080`?"),
        ("status.example.com:80", "expected an IP address and a port"),
    ] {
        let refused = sandbox.run(&["serve", "--listen", listen]);
        assert_eq!(refused.code, 2);
        assert!(refused.stderr.contains(part), "{listen}: {}", refused.stderr);
        let set = Sandbox::new().with("POLYPOST_SERVER__LISTEN", listen).run(&["config", "check"]);
        assert!(set.code == 2 && set.stderr.contains(part), "{listen}: {}", set.stderr);
    }
    Sandbox::new().with("POLYPOST_SERVER__LISTEN", "localhost:8080").run(&["config", "check"]).succeeded();
    #[cfg(unix)]
    assert_eq!(
        sandbox.serve_and_stop(&["serve", "--listen", "localhost:0"], "listening on http://127.0.0.1:"),
        Some(0)
    );
}

#[test]
fn a_remark_comes_once_with_its_passage_and_locale() {
    let sandbox = Sandbox::new();
    let line = "July 05, 2024 01:52 PM UTC | July 05, 2024 07:52 AM PT";
    sandbox.write("slips.md", &format!("---\nid: slips\ntitle: Orders\n---\n\n{line}\n\nText.\n\n{line}\n"));
    sandbox.run(&["publish", "slips.md", "--locale", "es", "--wait"]).succeeded();
    let shown = sandbox.run(&["show", "slips", "--locale", "es"]).succeeded();
    let warnings: Vec<&str> = shown.stderr.lines().filter(|line| line.contains("warning: ")).collect();
    assert_eq!(warnings.len(), 1, "{}", shown.stderr);
    assert!(warnings[0].starts_with(&format!("warning: slips es, `{line}`")), "{}", shown.stderr);
    assert!(warnings[0].contains("1 more passages: "), "{}", shown.stderr);
}

#[test]
fn keys_of_the_front_matter_that_are_ignored_are_told() {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", &REPORT.replace("id: outage", "id: a\ndate: 2024-07-05\nlayout: post\ntags: [x]"));
    let published = sandbox.run(&["publish", "a.md"]).succeeded();
    let told = "warning: a.md: front matter: not known, and ignored: `layout`, `tags`\n";
    assert_eq!(published.stderr.matches(told).count(), 1, "{}", published.stderr);
    sandbox.write("b.md", &REPORT.replace("impact: major", "imapct: major"));
    let refused = sandbox.run(&["publish", "b.md"]);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("did you mean `impact`?"), "{}", refused.stderr);
}

#[test]
fn what_it_would_cost_is_told_without_a_network() {
    let sandbox = Sandbox::new().with("POLYPOST_ENGINES__ROUTE", "deepl").with("POLYPOST_ENGINES__DEEPL__KEY", "k:fx");
    let sandbox = sandbox.with("POLYPOST_ENGINES__DEEPL__URL", "http://127.0.0.1:9");
    sandbox.write("outage.md", REPORT);
    sandbox.run(&["publish", "outage.md"]).succeeded();
    let estimate = sandbox.run(&["retranslate", "--all", "--dry-run"]).succeeded();
    assert!(estimate.stdout.contains(" characters by `deepl`, estimated cost "), "{}", estimate.stdout);
    assert_eq!(estimate.stderr.matches("warning: engine `deepl` does not say what it serves").count(), 1);
    // What can never serve is no estimate.
    let keyless = sandbox.without("POLYPOST_ENGINES__DEEPL__KEY");
    assert_eq!(keyless.run(&["retranslate", "--all", "--dry-run"]).code, 1);
}

#[test]
fn a_demos_temporary_store_is_removed() {
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.path("temporary")).expect("made");
    let place = sandbox.path("temporary").display().to_string();
    let sandbox = sandbox.with("TMPDIR", &place);
    let demo = sandbox.run(&["demo"]).succeeded();
    assert!(demo.stderr.contains("polypost demo --serve"), "{}", demo.stderr);
    assert_eq!(std::fs::read_dir(sandbox.path("temporary")).expect("there").count(), 0, "{}", demo.stderr);
    sandbox.run(&["demo", "--dir", "here"]).succeeded();
    assert!(sandbox.path("here/polypost.db").exists());
}
