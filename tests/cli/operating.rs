//! `retranslate`, `list`, `status`, `history`, `diff`, `rollback` and `show`.

use crate::sandbox::{REPORT, Sandbox};

#[test]
fn lists_and_status_tell_how_things_stand() {
    let sandbox = Sandbox::published();
    let listed = sandbox.run(&["list"]).succeeded().stdout;
    let mut lines = listed.lines();
    assert!(lines.next().is_some_and(|line| line.starts_with("INCIDENT  REVISION  UPDATED")), "{listed}");
    let line = lines.next().expect("an incident");
    assert!(line.starts_with("outage    1         2") && line.contains("es current, it current"), "{listed}");
    assert!(!listed.contains('\u{1b}'), "no colours in a pipe");
    let status = sandbox.run(&["status", "--json"]).succeeded().json();
    assert_eq!(status["work"]["current"], 2);
    assert_eq!(status["engines"][0]["engine"], "pseudo");
    assert_eq!(
        sandbox.run(&["list", "--json", "--state", "failed"]).succeeded().json()["incidents"],
        serde_json::json!([])
    );
}

#[test]
fn a_dry_run_counts_and_changes_nothing() {
    let sandbox = Sandbox::published();
    let counted = sandbox.run(&["retranslate", "--all", "--dry-run"]).succeeded().stdout;
    assert!(counted.contains("by `pseudo`, estimated cost 0"), "{counted}");
    let history = sandbox.run(&["history", "outage", "--locale", "es", "--json"]).succeeded().json();
    assert_eq!(history["versions"].as_array().map(Vec::len), Some(1));
    assert_eq!(sandbox.run(&["status", "--json"]).succeeded().json()["work"]["waiting"], 0);
}

#[test]
fn new_versions_are_made_when_asked_for() {
    let sandbox = Sandbox::published();
    sandbox.run(&["retranslate", "outage", "--locale", "es", "--force", "--wait"]).succeeded();
    let versions = |locale: &str| {
        let history = sandbox.run(&["history", "outage", "--locale", locale, "--json"]).succeeded().json();
        history["versions"].as_array().map(Vec::len)
    };
    assert_eq!((versions("es"), versions("it")), (Some(2), Some(1)));
    assert_eq!(sandbox.run(&["retranslate", "nobody"]).code, 1);
}

#[test]
fn everything_at_once_wants_a_yes_where_nobody_can_be_asked() {
    let sandbox = Sandbox::published();
    sandbox.write("second.md", &REPORT.replace("outage", "second"));
    sandbox.run(&["publish", "second.md", "--wait"]).succeeded();
    let refused = sandbox.run(&["retranslate", "--all"]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains("--yes"), "{}", refused.stderr);
    sandbox.run(&["retranslate", "--all", "--yes"]).succeeded();
}

#[test]
fn what_is_not_there_is_said_by_name() {
    let sandbox = Sandbox::published();
    for (call, part) in [
        (&["show", "nobody"][..], "there is no incident `nobody`"),
        (&["show", "outage", "--locale", "es", "--version", "7"], "incident `outage` has no version 7 in `es`"),
        (&["history", "outage", "--locale", "fr"], "incident `outage` was never asked for in `fr`"),
        (&["diff", "outage", "--locale", "es"], "there is no version before 1"),
    ] {
        let missing = sandbox.run(call);
        assert_eq!(missing.code, 1, "{call:?}");
        assert!(missing.stderr.contains(part) && missing.stderr.contains("hint: "), "{call:?}: {}", missing.stderr);
    }
}

#[test]
fn the_house_looks_after_itself() {
    let sandbox = Sandbox::published();
    sandbox.run(&["doctor"]).succeeded();
    let doctor = sandbox.run(&["doctor", "--json"]).succeeded().json();
    assert!(doctor["checks"].as_array().is_some_and(|checks| checks.iter().all(|check| check["verdict"] != "wrong")));
    sandbox.run(&["migrate"]).succeeded();
    assert_eq!(sandbox.run(&["migrate", "--dry-run"]).succeeded().stdout, "");
    assert!(sandbox.run(&["engines"]).succeeded().stdout.contains("pseudo  es"));
    let locales = sandbox.run(&["locales", "--json"]).succeeded().json();
    assert_eq!(locales["locales"][1]["locale"], "es");
    assert_eq!(locales["locales"][1]["missing"], serde_json::json!([]));
}

#[test]
fn a_doctor_without_any_engine_says_what_to_do() {
    let sandbox = Sandbox::new()
        .with("POLYPOST_ENGINES__ROUTE", "apertium")
        .with("POLYPOST_ENGINES__APERTIUM__URL", "http://127.0.0.1:9");
    let sick = sandbox.run(&["doctor"]);
    assert_eq!(sick.code, 1);
    assert!(sick.stdout.contains("engine apertium, es") && sick.stderr.contains("hint: "), "{}", sick.stderr);
    assert!(!sandbox.path("polypost.db").exists(), "a doctor makes nothing");
}

#[test]
fn the_glossary_is_listed_and_checked() {
    let sandbox = Sandbox::published();
    sandbox.write("names.toml", "keep = [\"Back office\"]\n[[term]]\nterm = \"orders\"\nes = \"pedidos\"\n");
    let sandbox = sandbox.with("POLYPOST_GLOSSARY__FILE", "names.toml");
    let listed = sandbox.run(&["glossary", "list"]).succeeded().stdout;
    assert!(listed.starts_with("TERM") && listed.contains("\nAPI "), "{listed}");
    assert!(listed.lines().any(|line| line.starts_with("orders") && line.contains("file")), "{listed}");
    let terms = sandbox.run(&["glossary", "list", "--json"]).succeeded().json();
    let find = |name: &str| {
        let terms = terms["terms"].as_array().expect("a list");
        terms.iter().find(|term| term["term"] == name).unwrap_or_else(|| panic!("no `{name}`")).clone()
    };
    assert_eq!(find("Back office")["keep"], true);
    assert_eq!(find("orders")["renderings"]["es"]["singular"], "pedidos");
    assert_eq!(find("outage")["from"], "built in");
    assert_eq!(find("outage")["renderings"]["es"]["gender"], "f");
    let good = sandbox.run(&["glossary", "check"]).succeeded();
    assert!(good.stderr.contains("the glossary is good: ") && good.stderr.contains("1 terms have no"), "{good:?}");

    let stale = sandbox.run(&["glossary", "check", "outage"]);
    assert_eq!(stale.code, 1);
    assert!(stale.stderr.contains("`orders` in `es`") && stale.stderr.contains("hint: "), "{}", stale.stderr);
    sandbox.run(&["retranslate", "outage", "--force", "--wait"]).succeeded();
    let checked = sandbox.run(&["glossary", "check", "outage"]).succeeded().stdout;
    assert!(checked.contains("Back office  es") && checked.contains("orders       es      pedidos"), "{checked}");
    let checked = sandbox.run(&["glossary", "check", "outage", "--json"]).succeeded().json();
    let rows = checked["terms"].as_array().expect("a list");
    assert!(rows.iter().any(|row| row["term"] == "root cause" || row["source"] == row["translation"]), "{checked}");
}

#[test]
fn a_bad_glossary_is_refused_with_all_its_problems() {
    let sandbox = Sandbox::new();
    sandbox.write("terms.csv", "term,es,xx\noutage,caída,\noutage,corte,\n,nada,\n");
    let sandbox = sandbox.with("POLYPOST_GLOSSARY__FILE", "terms.csv");
    let bad = sandbox.run(&["glossary", "check"]);
    assert_eq!((bad.code, bad.stdout.as_str()), (1, ""));
    for problem in ["terms.csv: line 1: `xx` is", "line 3: `outage` stands in line 2", "line 4: the term is empty"] {
        assert!(bad.stderr.contains(problem), "{}", bad.stderr);
    }
    let json = sandbox.run(&["glossary", "check", "--json"]);
    assert_eq!((json.code, json.json()["problems"].as_array().map(Vec::len)), (1, Some(4)));
    assert_eq!(sandbox.run(&["glossary", "list"]).code, 2);

    let bare = Sandbox::new().with("POLYPOST_GLOSSARY__BUILTIN", "false");
    assert_eq!(bare.run(&["glossary", "list"]).succeeded().stdout, "");
}
