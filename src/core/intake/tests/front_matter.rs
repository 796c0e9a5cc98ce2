//! Front matter of Markdown files, ours and that of site generators.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::*;
use crate::intake::values;

#[test]
fn a_markdown_file_with_front_matter_is_a_report() {
    let report = from_file("dir/complete.md", &fixture("complete.md"), &Overrides::default()).expect("right");
    assert_eq!(report.id.as_str(), "2024-07-05-call-recordings");
    assert_eq!(report.title, "Call recordings unavailable");
    assert_eq!(report.body, "Some customers could not reach their recordings.\n", "the heading is the title's");
    assert_eq!(report.updates[0].body, "The changes were rolled back.\n\nThank you.\n");
    assert_eq!(report.locales.len(), 2);
    assert_eq!(report.revised_at.map(|at| at.to_string()).as_deref(), Some("2024-07-05T13:52:00Z"));
}

#[test]
fn front_matter_that_is_wrong_is_named_with_its_line() {
    let wrong = "---\ntitle: x\nstatus: [a]\nrevised_at: soon\ncomponents:\n  - 5\n---\nbody\n";
    assert!(message(read("a.md", wrong), "status").ends_with("(line 3)"));
    assert!(message(read("a.md", wrong), "revised_at").ends_with("(line 4)"));
    assert!(message(read("a.md", wrong), "components[0]").ends_with("(line 5)"));
    assert!(message(read("a.md", "---\ntitle: x\nfoo: [1\n---\nbody\n"), "front matter").contains("line"));
    assert!(message(read("a.md", "---\ntitle: x\n"), "front matter").contains("not closed"));
    assert!(message(read("a.md", "+++\ntitle = 'x'\nurl = [\n+++\n"), "front matter").contains("TOML at line 3"));
    assert!(message(read("a.md", "+++\ntitle = 'x'\nstatus = 5\n+++\ny"), "status").ends_with("(line 3)"));
    assert!(message(read("a.md", "{\n\"title\": \"x\",,\n}\nbody"), "front matter").contains("JSON"));
    assert!(message(read("a.md", "---\ntitel: x\n---\nbody\n"), "titel").contains("did you mean `title`? (line 2)"));
    assert!(message(read("a.md", "---\njust words\n---\nbody"), "front matter").contains("a text"));
    assert!(message(read("a.md", "---\ntitle: a\ntitle: b\n---\nbody"), "title").contains("more than once"));
    assert!(message(read("a.md", "---\ntitle: 404\n---\nbody"), "title").contains("quotation marks"));
}

#[test]
fn a_name_in_other_capitals_is_one_problem() {
    let problems = read("a.md", "---\nTitle: Orders down\n---\nbody\n").expect_err("wrong");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].message.contains("did you mean `title`? (line 2)"), "{problems:?}");
}

#[test]
fn quotation_marks_that_are_missing_or_end_too_early_are_named_with_their_key() {
    for (matter, wanted) in [
        ("---\nid: x\ntitle: 'It's down'\n---\n", "`title: 'It''s down'` (line 3)"),
        ("+++\ntitle = Orders down\n+++\n", "`title = \"Orders down\"` (line 2)"),
        ("+++\nid = 'x'\ntitle = Down: \"again\"\n+++\n", "(line 3)"),
    ] {
        let problems = read("a.md", &format!("{matter}body\n")).expect_err("wrong");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0].field, "title", "{problems:?}");
        assert!(problems[0].message.contains(wanted), "{problems:?}");
    }
}

#[test]
fn a_value_that_wants_quotation_marks_is_one_problem() {
    for (value, line) in [
        ("id: x\ntitle: Update: API errors: \"partial\" outage\ndate: 2024-03-01", 3),
        ("title: Down: again", 2),
        ("title: Now: 'quoted'", 2),
    ] {
        let problems = read("a.md", &format!("---\n{value}\n---\nbody\n")).expect_err("wrong");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0].field, "title");
        assert!(problems[0].message.contains("quotation marks"), "{problems:?}");
        assert!(problems[0].message.ends_with(&format!("(line {line})")), "{problems:?}");
    }
}

#[test]
fn toml_and_json_are_front_matter_too() {
    let toml = "+++\ntitle = \"Schema changes & API outage\"\ndate = 2019-05-10T08:17:31.000Z\nseverity = \"degraded-performance\"\naffectedsystems = [\"WebApp\"]\nresolved = true\n+++\nLooking.\n";
    let report = read("a.md", toml).expect("right");
    assert_eq!((report.title.as_str(), report.body.as_str()), ("Schema changes & API outage", "Looking.\n"));
    assert_eq!((report.status.as_deref(), report.impact.as_deref()), (Some("resolved"), Some("minor")));
    assert_eq!(report.components, ["WebApp"]);
    let json = read("a.md", "{\"title\":\"JSON front matter\",\"status\":\"resolved\"}\n\nIt works.\n").expect("right");
    assert_eq!((json.title.as_str(), json.body.as_str()), ("JSON front matter", "It works.\n"));
    let json = read("a.md", "{\n  \"title\": \"x {y}\",\n  \"components\": [\"a\"]\n}\nBody.\n").expect("right");
    assert_eq!((json.title.as_str(), json.components.len(), json.body.as_str()), ("x {y}", 1, "Body.\n"));
    let shortcode = read("a.md", "{{< alert >}}\n# Down\n").expect("right");
    assert!(shortcode.body.starts_with("{{< alert >}}"));
}

#[test]
fn alias_bombs_do_not_go_off() {
    let mut bomb = String::from("---\ntitle: x\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(bomb, "a{level}: &a{level} [{aliases}]").expect("written");
    }
    bomb.push_str("---\nbody\n");
    assert_eq!(fields(read("a.md", &bomb))[0], "front matter");
    let deep = format!("---\ntitle: x\na: {}\n---\nbody\n", "[".repeat(10_000));
    assert_eq!(fields(read("a.md", &deep))[0], "front matter");
}

#[test]
fn a_publishers_own_front_matter_is_understood() {
    let text = "---\ntitle: Jira outage\ndate: 2023-12-07T10:00:00-00:00\nresolved: true\nresolvedWhen: 2023-12-07T11:00:00-00:00\nseverity: down\naffected:\n  - issues.jenkins.io\nsection: issue\n---\nGone.\n";
    let report = read("2023-12-07-jira-outage.md", text).expect("right");
    assert_eq!((report.status.as_deref(), report.impact.as_deref()), (Some("resolved"), Some("critical")));
    assert_eq!(report.components, ["issues.jenkins.io"]);
    assert_eq!(report.revised_at, None);
    let open = read("x.md", "---\ntitle: x\nresolved: false\nseverity: notice\n---\ny\n").expect("right");
    assert_eq!((open.status.as_deref(), open.impact.as_deref()), (Some("investigating"), Some("maintenance")));
}

#[test]
fn every_real_cstate_file_is_read() {
    let directory: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/cstate");
    let Ok(entries) = std::fs::read_dir(&directory) else {
        eprintln!("skipped: no corpus here");
        return;
    };
    let mut count = 0;
    for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let name = path.to_string_lossy();
        let bytes = std::fs::read(&path).expect("readable");
        let report =
            from_file(&name, &bytes, &Overrides::default()).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        assert!(report.status.is_some() && report.impact.is_some() && !report.body.contains("resolvedWhen:"), "{name}");
        count += 1;
    }
    assert!(count >= 200, "{count}");
}

#[test]
fn the_times_of_site_generators_are_read() {
    for (text, moment) in [
        ("2020-06-13T10:00:00-05:00", Some("2020-06-13T15:00:00Z")),
        ("2020-06-13T9:30:00-05:00", Some("2020-06-13T14:30:00Z")),
        ("2020-06-13T9:30:00", Some("2020-06-13T09:30:00Z")),
        ("2020-06-13 10:00:00", Some("2020-06-13T10:00:00Z")),
        ("2020-06-13 10:00:00 +0200", Some("2020-06-13T08:00:00Z")),
        ("2020-06-13", Some("2020-06-13T00:00:00Z")),
        ("2020-06-31", None),
        ("yesterday", None),
        ("", None),
        ("2020-06-13T", Some("2020-06-13T00:00:00Z")),
        ("T10:00:00", None),
        ("2020-06-13 25:00:00", None),
    ] {
        let expected: Option<jiff::Timestamp> = moment.map(|moment| moment.parse().expect(moment));
        assert_eq!(values::moment(text), expected, "{text}");
    }
}

#[test]
fn an_incidents_own_times_stand_in_front_matter() {
    let report =
        read("x.md", "---\ntitle: x\ndate: 2024-07-05\npublished_at: 2024-07-06T00:00:00Z\n---\ny").expect("right");
    assert_eq!(
        report.published_at.map(|at| at.to_string()).as_deref(),
        Some("2024-07-06T00:00:00Z"),
        "it says so itself"
    );
    assert_eq!(report.started_at.map(|at| at.to_string()).as_deref(), Some("2024-07-05T00:00:00Z"));
    assert_eq!(report.resolved_at, None);
    assert_eq!(fields(read("x.md", "---\ntitle: x\nstarted_at: yesterday\n---\ny")), ["started_at"]);
    let toml = "+++\ntitle = \"x\"\ndate = 2024-07-05T10:54:00Z\nresolvedWhen = \"2024-07-05 13:52:00\"\n+++\ny";
    let report = read("x.md", toml).expect("right");
    assert_eq!(report.started_at.map(|at| at.to_string()).as_deref(), Some("2024-07-05T10:54:00Z"));
    assert_eq!(report.resolved_at.map(|at| at.to_string()).as_deref(), Some("2024-07-05T13:52:00Z"));
}
