//! `publish`: files, standard input, revisions and what is refused.

use crate::sandbox::{REPORT, Sandbox};

#[test]
fn a_report_is_published_translated_and_shown_with_its_disclaimer() {
    let sandbox = Sandbox::new();
    sandbox.write("outage.md", REPORT);
    let published = sandbox.run(&["publish", "outage.md", "--wait"]).succeeded();
    assert!(published.stdout.contains("outage: published, revision 1, locales es, it"), "{}", published.stdout);
    assert!(published.stderr.contains("outage es: "), "{}", published.stderr);

    let spanish = sandbox.run(&["show", "outage", "--locale", "es"]).succeeded().stdout;
    let source = sandbox.run(&["show", "outage"]).succeeded().stdout;
    assert_ne!(spanish, source);
    for fact in ["db-7.internal", "https://status.example.com/incidents/outage"] {
        assert!(spanish.contains(fact), "{fact} in {spanish}");
    }
    let json = sandbox.run(&["show", "outage", "--locale", "it", "--format", "json"]).succeeded().json();
    assert_eq!(json["incident"]["locale"], "it");
    assert_eq!(json["incident"]["version"], 1);
    assert_ne!(json["incident"]["disclaimer"]["text"], "");
}

#[test]
fn a_file_that_fails_does_not_stop_the_others() {
    let sandbox = Sandbox::new();
    sandbox.write("good.md", REPORT);
    sandbox.write("bad.json", r#"{"id": "NOT AN ID", "body": 3}"#);
    let mixed = sandbox.run(&["publish", "bad.json", "missing.md", "good.md", "--json"]);
    assert_eq!(mixed.code, 1);
    let answer = mixed.json();
    assert_eq!(answer["published"][0]["id"], "outage");
    assert_eq!(answer["refused"].as_array().map(Vec::len), Some(2));
    for part in ["bad.json: `id`", "bad.json: `title`", "missing.md: cannot be read"] {
        assert!(mixed.stderr.contains(part), "{part} in {}", mixed.stderr);
    }
}

#[test]
fn standard_input_is_a_file_like_others() {
    let sandbox = Sandbox::new();
    let json = r#"{"id": "from-stdin", "title": "Logins failed", "body": "Logins failed for an hour."}"#;
    let published = sandbox.run_with_input(&["publish", "-"], json).succeeded();
    assert!(published.stdout.starts_with("from-stdin: published"), "{}", published.stdout);
    let html = "<h1>Logins failed</h1><p>Logins failed for an hour.</p>";
    let published = sandbox.run_with_input(&["publish", "-", "--format", "html", "--id", "as-html"], html).succeeded();
    assert!(published.stdout.starts_with("as-html: published"), "{}", published.stdout);
}

#[test]
fn the_same_text_again_is_nothing_new_and_another_text_is_a_revision() {
    let sandbox = Sandbox::new();
    sandbox.write("outage.md", REPORT);
    sandbox.run(&["publish", "outage.md", "--wait"]).succeeded();
    let again = sandbox.run(&["publish", "outage.md", "--json"]).succeeded().json();
    assert_eq!(again["published"][0]["outcome"], "unchanged");
    sandbox.write("outage.md", &REPORT.replace("No orders were lost.", "No orders and no mails were lost."));
    let revised = sandbox.run(&["publish", "outage.md", "--wait", "--json"]).succeeded().json();
    assert_eq!(revised["published"][0]["outcome"], "revised");
    assert_eq!(revised["published"][0]["revision"], 2);

    let history = sandbox.run(&["history", "outage", "--locale", "es", "--json"]).succeeded().json();
    assert_eq!(history["versions"][0]["version"], 2);
    assert_eq!(history["versions"][0]["served"], true);
    let difference = sandbox.run(&["diff", "outage", "--locale", "es"]).succeeded().stdout;
    assert!(difference.starts_with("--- outage es version 1\n+++ outage es version 2\n"), "{difference}");
    let changed = difference.lines().filter(|line| line.starts_with(['+', '-'])).count();
    assert_eq!(changed, 4, "{difference}");
}

#[test]
fn an_older_version_can_be_given_to_readers_again() {
    let sandbox = Sandbox::new();
    sandbox.write("outage.md", REPORT);
    sandbox.run(&["publish", "outage.md", "--wait"]).succeeded();
    sandbox.write("outage.md", &REPORT.replace("No orders were lost.", "Nothing was lost."));
    sandbox.run(&["publish", "outage.md", "--wait"]).succeeded();
    sandbox.run(&["rollback", "outage", "--locale", "es", "--version", "1"]).succeeded();
    let json = sandbox.run(&["show", "outage", "--locale", "es", "--format", "json"]).succeeded().json();
    assert_eq!(json["incident"]["version"], 1);
    let missing = sandbox.run(&["rollback", "outage", "--locale", "es", "--version", "9"]);
    assert_eq!(missing.code, 1);
    assert!(missing.stderr.contains("hint: there are 2, 1"), "{}", missing.stderr);
}

/// Every way in which a report can contradict itself about time.
const CONTRADICTIONS: &str = "\
---
id: slips
title: Orders could not be saved
---

July 05, 2024 01:52 PM UTC | July 05, 2024 07:52 AM PT

July 05, 2024 02:00 PM UTC

July 05, 2023 02:10 PM UTC

July 05, 2024 02:20 PM UTC

The cause was found on Tuesday, July 5, 2024 by the team. Nothing happened on February 30, 2024 at all.
";

#[test]
fn a_source_that_contradicts_itself_stands_as_it_is_and_is_reported() {
    let sandbox = Sandbox::new();
    sandbox.write("slips.md", CONTRADICTIONS);
    let checks = |findings: &serde_json::Value| {
        let findings = findings.as_array().expect("findings");
        let mut checks: Vec<String> =
            findings.iter().map(|finding| finding["check"].as_str().unwrap_or_default().to_owned()).collect();
        checks.sort();
        checks
    };
    let every = ["impossible-date", "timestamp-disagrees", "weekday-disagrees", "year-differs"];
    let published = sandbox.run(&["publish", "slips.md", "--locale", "es", "--wait", "--json"]).succeeded();
    assert_eq!(checks(&published.json()["published"][0]["findings"]), every);
    // What each finding names, and what readers of Spanish get.
    let texts = [
        (
            "July 05, 2024 01:52 PM UTC | July 05, 2024 07:52 AM PT",
            "July 05, 2024 01:52 PM UTC | July 05, 2024 07:52 AM PT",
        ),
        ("July 05, 2023 02:10 PM UTC", "July 05, 2023 02:10 PM UTC"),
        ("on Tuesday, July 5, 2024", "el martes, 5 de julio de 2024"),
        ("February 30, 2024", "February 30, 2024"),
    ];
    let again = sandbox.run(&["publish", "slips.md", "--locale", "es"]).succeeded();
    let shows = |call: &[&str]| sandbox.run(&[&["show", "slips"], call].concat()).succeeded();
    let (source, spanish) = (shows(&[]), shows(&["--locale", "es"]));
    for (text, shown) in texts {
        for words in [&published.stderr, &again.stderr, &source.stderr, &spanish.stderr] {
            assert!(words.contains(&format!("`{text}`")), "{text}: {words}");
        }
        assert!(source.stdout.contains(text) && spanish.stdout.contains(shown), "{text}: {}", spanish.stdout);
        for format in ["markdown", "html"] {
            let printed = shows(&["--locale", "es", "--format", format]);
            assert!(printed.stderr.contains(&format!("`{text}`")), "{format}: {}", printed.stderr);
        }
    }
    // The lines that agree are in the reader's notation.
    assert!(spanish.stdout.contains("5 de julio de 2024, 14:20 UTC"), "{}", spanish.stdout);
    for call in [&["--format", "json"][..], &["--format", "json", "--locale", "es"]] {
        let document = shows(call);
        assert_eq!(checks(&document.json()["incident"]["translation"]["findings"]), every);
        assert!(!document.stderr.contains("February 30"), "{}", document.stderr);
    }
}

#[test]
fn what_no_engine_can_translate_fails_by_name_and_says_when_it_is_tried_again() {
    // Nothing listens on port 9 of this machine.
    let sandbox = Sandbox::new()
        .with("POLYPOST_ENGINES__ROUTE", "apertium")
        .with("POLYPOST_ENGINES__APERTIUM__URL", "http://127.0.0.1:9");
    sandbox.write("outage.md", REPORT);
    let failed = sandbox.run(&["publish", "outage.md", "--wait", "--locale", "es"]);
    assert_eq!(failed.code, 1);
    for part in ["incident `outage`, locale `es`", "engine `apertium`", "tried again in"] {
        assert!(failed.stderr.contains(part), "{part} in {}", failed.stderr);
    }
    assert_eq!(sandbox.run(&["status"]).code, 1);
    let listed = sandbox.run(&["list", "--state", "failed", "--json"]).succeeded().json();
    assert_eq!(listed["incidents"][0]["translations"][0]["state"], "failed");
}
