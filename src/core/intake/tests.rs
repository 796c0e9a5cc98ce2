//! What publishers send, right and wrong.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::file::{self, Overrides};
use super::{Defaults, json};
use crate::document::{Format, Report};
use crate::field_error::FieldError;
use crate::locale::Locale;

/// What ids made from titles end with.
const ENDING: &str = "qwerty";

fn english() -> Locale {
    "en".parse().expect("a locale")
}

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/intake").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn read(name: &str, text: &str) -> Result<Report, Vec<FieldError>> {
    from_file(name, text.as_bytes(), &Overrides::default())
}

fn from_file(name: &str, bytes: &[u8], overrides: &Overrides) -> Result<Report, Vec<FieldError>> {
    let defaults = Defaults { source_locale: &english(), ending: ENDING };
    file::report(name, bytes, overrides, defaults).map(|received| received.report)
}

fn post(text: &str) -> Result<Report, Vec<FieldError>> {
    from_json(text.as_bytes())
}

fn from_json(bytes: &[u8]) -> Result<Report, Vec<FieldError>> {
    json::report(bytes, Defaults { source_locale: &english(), ending: ENDING }).map(|received| received.report)
}

#[track_caller]
fn fields(result: Result<Report, Vec<FieldError>>) -> Vec<String> {
    result.expect_err("problems").into_iter().map(|problem| problem.field).collect()
}

#[track_caller]
fn message(result: Result<Report, Vec<FieldError>>, field: &str) -> String {
    let problems = result.expect_err("problems");
    let problem = problems.iter().find(|problem| problem.field == field);
    problem.unwrap_or_else(|| panic!("no `{field}` among {problems:?}")).message.clone()
}

#[test]
fn the_contracts_example_is_read_completely() {
    let report = from_json(&fixture("complete.json")).expect("right");
    assert_eq!(report.id.as_str(), "2024-07-05-call-recordings");
    assert_eq!(report.url.as_deref(), Some("https://status.example.com/incidents/4711"));
    assert_eq!((report.status.as_deref(), report.impact.as_deref()), (Some("resolved"), Some("major")));
    assert_eq!(report.components, ["Talk"]);
    assert_eq!(report.revised_at.map(|at| at.to_string()).as_deref(), Some("2024-07-05T13:52:00Z"));
    assert!(report.body.starts_with("## Summary\n"));
    assert_eq!(report.updates.iter().map(|update| update.id.as_str()).collect::<Vec<_>>(), ["u2", "first"]);
    assert_eq!(report.updates[1].at.map(|at| at.to_string()).as_deref(), Some("2024-07-05T13:31:00.123456789Z"));
    assert_eq!(report.updates[1].status.as_deref(), Some("in_progress"));
    let locales: Vec<&str> = report.locales.iter().map(Locale::as_str).collect();
    assert_eq!(locales, ["es", "it", "pt-BR"], "the source's own and doubles are left out");
}

#[test]
fn everything_wrong_is_named_at_once() {
    let problems = from_json(&fixture("everything-wrong.json")).expect_err("wrong");
    let mut named: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    named.sort_unstable();
    assert_eq!(
        named,
        [
            "body",
            "body",
            "components",
            "format",
            "id",
            "impact",
            "locales[1]",
            "locales[2]",
            "revised_at",
            "source_locale",
            "status",
            "titel",
            "title",
            "updates[1].body",
            "updates[1].id",
            "updates[1].text",
            "updates[2].at",
            "updates[3].body",
            "updates[4]",
            "url",
        ]
    );
    let titel = problems.iter().find(|problem| problem.field == "titel").expect("named");
    assert!(titel.message.contains("`title`"), "{}", titel.message);
}

#[test]
fn little_is_required() {
    let report = post(r#"{"title": " Calls fail ", "updates": [{"body": "x"}, {"status": "Resolved", "body": null}]}"#)
        .expect("enough");
    assert_eq!((report.id.as_str(), report.title.as_str()), ("calls-fail-qwerty", "Calls fail"));
    assert_eq!(report.updates.iter().map(|update| update.id.as_str()).collect::<Vec<_>>(), ["u1", "u2"]);
    assert_eq!((report.format, report.source_locale.as_str()), (Format::Markdown, "en"));
    assert!(report.locales.is_empty() && report.body.is_empty());
    assert_eq!(fields(post("{}")), ["title", "body"]);
    assert_eq!(fields(post(r#"{"title": "", "body": "x"}"#)), ["title"]);
    assert_eq!(fields(post(r#"{"title": "x", "body": " \n"}"#)), ["body"]);
}

#[test]
fn unknown_words_are_kept() {
    let report = post(r#"{"title": "x", "body": "y", "status": "Partly Sunny", "impact": "Critical"}"#).expect("right");
    assert_eq!((report.status.as_deref(), report.impact.as_deref()), (Some("Partly Sunny"), Some("critical")));
}

#[test]
fn what_is_no_object_is_said_to_be_none() {
    for text in ["", "nonsense", "{", "[]", "\"x\"", "{\"title\": \"\\ud800\"}", "{} {}"] {
        assert_eq!(fields(post(text)), ["report"], "{text}");
    }
    assert!(message(post("{\n  \"title\" 5}"), "report").contains("line 2"));
    assert!(message(post(&"[".repeat(5000)), "report").contains("recursion"));
    let zeros = format!("{{\"x\": [{}0]}}", "0,".repeat(30_000));
    assert!(message(post(&zeros), "report").contains("20000"));
}

#[test]
fn addresses_are_absolute_and_hold_no_secret() {
    for bad in [
        "ftp://example.com",
        "/incidents/1",
        "example.com",
        "https://",
        "https://user:pass@example.com/",
        "https://exa mple.com",
        "data:text/html,x",
    ] {
        let body = serde_json::json!({"title": "x", "body": "y", "url": bad}).to_string();
        assert_eq!(fields(post(&body)), ["url"], "{bad}");
    }
}

#[test]
fn times_need_an_offset() {
    for (text, right) in [
        ("2024-07-05T13:52:00Z", true),
        ("2024-07-05T13:52:00.123456789+02:00", true),
        ("2024-07-05T13:52:00-00:00", true),
        ("2024-07-05T13:52:00", false),
        ("2024-07-05", false),
        ("2024-13-05T13:52:00Z", false),
        ("13:52", false),
    ] {
        let body = serde_json::json!({"title": "x", "body": "y", "revised_at": text}).to_string();
        assert_eq!(post(&body).is_ok(), right, "{text}");
    }
}

#[test]
fn titles_have_one_line_of_bounded_length() {
    let of = |title: &str| post(&serde_json::json!({"id": "x", "title": title, "body": "y"}).to_string());
    assert!(of(&"é".repeat(500)).is_ok());
    assert!(message(of(&"é".repeat(501)), "title").contains("501"));
    assert!(message(of("a\nb"), "title").contains("line break"));
    assert!(message(of("a \u{202e}cod.exe"), "title").contains("direction control `U+202E`"));
    for unseen in ["\u{200b}", "\u{3164}\u{115f}", "\u{2800} \u{2060}", "\u{feff}\u{ad}"] {
        assert!(message(of(unseen), "title").contains("no character that can be seen"), "{unseen:?}");
    }
    assert!(message(of("a\u{1B}[31mb"), "title").contains("U+001B"));
}

#[test]
fn a_keys_second_value_is_a_problem() {
    assert_eq!(fields(post(r#"{"title": "x", "body": "y", "title": "z"}"#)), ["title"]);
}

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
    assert!(message(read("a.md", "---\ntitel: x\n---\nbody\n"), "titel").contains("`title` is perhaps meant (line 2)"));
    assert!(message(read("a.md", "---\njust words\n---\nbody"), "front matter").contains("a text"));
    assert!(message(read("a.md", "---\ntitle: a\ntitle: b\n---\nbody"), "title").contains("more than once"));
    assert!(message(read("a.md", "---\ntitle: 404\n---\nbody"), "title").contains("quotation marks"));
}

#[test]
fn a_name_in_other_capitals_is_one_problem() {
    let problems = read("a.md", "---\nTitle: Orders down\n---\nbody\n").expect_err("wrong");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].message.contains("`title` is perhaps meant (line 2)"), "{problems:?}");
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
fn a_headings_id_is_not_the_titles() {
    assert_eq!(read("a.md", "# Search is down {#search}\n\nText\n").expect("right").title, "Search is down");
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
fn titles_come_from_headings_where_nothing_better_is_there() {
    let report = read("2024-07 Outage.md", "\u{FEFF}Intro\n\n# The `API` is *down*\n\nText\n").expect("right");
    assert_eq!((report.title.as_str(), report.id.as_str()), ("The API is down", "2024-07-outage"));
    assert!(report.body.contains("# The `API`"), "a heading further down stays");
    let report = read("x.md", "Calls fail\n==========\n\nText\n").expect("right");
    assert_eq!((report.title.as_str(), report.body.as_str()), ("Calls fail", "Text\n"));
    let report = read("x.md", "---\r\ntitle: Other\r\n---\r\n# Calls fail\r\n\r\nText\r\n").expect("right");
    assert_eq!((report.title.as_str(), report.body.as_str()), ("Other", "# Calls fail\r\n\r\nText\r\n"));
    assert!(message(read("x.md", "Text only\n"), "title").contains("--title"));
    assert!(message(read("x.txt", "Text only\n"), "title").contains("--title"));
}

#[test]
fn an_html_page_is_a_report() {
    let report = from_file("complete.html", &fixture("complete.html"), &Overrides::default()).expect("right");
    assert_eq!(report.title, "Call recordings unavailable & more");
    assert_eq!(report.body, "<p>Some customers &lt;could&gt; not reach them.</p>");
    assert_eq!((report.format, report.id.as_str()), (Format::Html, "complete"));
    let fragment = read("x.htm", "<p>a</p><h1>Down <em>again</em></h1><p>b</p>").expect("right");
    assert_eq!(fragment.title, "Down again");
    assert_eq!(fragment.body, "<p>a</p><h1>Down <em>again</em></h1><p>b</p>");
}

#[test]
fn the_command_line_has_the_last_word() {
    let overrides = Overrides {
        id: Some("mine".to_owned()),
        title: Some("Mine".to_owned()),
        url: Some("https://example.com/".to_owned()),
        locales: vec!["fr".parse().expect("a locale")],
    };
    for (name, text) in [
        ("x.txt", "words"),
        ("x.json", r#"{"id": "BAD", "title": 5, "body": "words", "locales": ["???"], "url": "nowhere"}"#),
        ("x.md", "---\nid: BAD\ntitle: theirs\n---\nwords"),
    ] {
        let report = from_file(name, text.as_bytes(), &overrides).expect("right");
        assert_eq!(
            (report.id.as_str(), report.title.as_str(), report.body.trim()),
            ("mine", "Mine", "words"),
            "{name}"
        );
        assert_eq!((report.url.as_deref(), report.locales.len()), (Some("https://example.com/"), 1));
    }
    let bad = Overrides { id: Some("Not One".to_owned()), ..Overrides::default() };
    assert_eq!(fields(from_file("x.md", b"# a\nb", &bad)), ["id"]);
}

#[test]
fn standard_input_is_looked_at() {
    assert_eq!(read("-", "{\"title\": \"x\", \"body\": \"y\"}").expect("JSON").title, "x");
    assert_eq!(read("-", "---\ntitle: x\n---\ny").expect("Markdown").format, Format::Markdown);
    assert_eq!(read("-", "# Calls fail\ny").expect("Markdown").id.as_str(), "calls-fail-qwerty");
    assert_eq!(read("-", "<h1>x</h1><p>y</p>").expect("HTML").format, Format::Html);
    let titled = Overrides { title: Some("x".to_owned()), ..Overrides::default() };
    assert_eq!(from_file("-", b"< 5 words", &titled).expect("text").format, Format::Text);
}

#[test]
fn files_that_are_no_text_are_refused() {
    let of = |bytes: &[u8]| from_file("x.txt", bytes, &Overrides::default());
    assert!(message(of(b"abc\xFFdef"), "file").contains("byte 3"));
    assert!(message(of(b"abc\0def"), "file").contains("NUL"));
    assert!(message(of(b"\xFF\xFEa\0"), "file").contains("UTF-16"));
    for empty in [b"".as_slice(), b" \n", b"\xEF\xBB\xBF"] {
        assert!(message(of(empty), "file").contains("empty"));
    }
    assert!(message(of(&vec![b'a'; 10_000_000]), "file").contains("10000000"));
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

proptest! {
    #[test]
    fn no_bytes_make_intake_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for name in ["a.md", "a.html", "a.json", "a.txt", "-", "", "/", ".."] {
            let _ = from_file(name, &bytes, &Overrides::default());
        }
        let _ = from_json(&bytes);
    }

    #[test]
    fn no_text_makes_intake_panic(text in "(---\n)?[a-z:\\[\\]{}&*!|>'\"#<>/ \n\t-]{0,120}(\n---\n)?.{0,40}") {
        for name in ["a.md", "a.html", "a.json", "-"] {
            let _ = from_file(name, text.as_bytes(), &Overrides::default());
        }
    }

    #[test]
    fn what_is_accepted_keeps_its_body(body in "[^\0]*[a-z][^\0]*") {
        let report = post(&serde_json::json!({"title": "x", "body": body}).to_string()).expect("right");
        prop_assert_eq!(report.body, body);
    }
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
        assert_eq!(super::values::moment(text), expected, "{text}");
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

#[test]
fn the_newest_entry_says_how_things_stand_where_the_report_does_not() {
    let entry = |at: &str, status: &str| serde_json::json!({"at": at, "status": status, "body": "x"});
    let (first, last) = (entry("2024-07-05T10:54:00Z", "investigating"), entry("2024-07-05T13:52:00Z", "resolved"));
    let without_status = serde_json::json!({"at": "2024-07-05T14:00:00Z", "body": "x"});
    for updates in [[&first, &last, &without_status], [&without_status, &last, &first]] {
        let report = serde_json::json!({"title": "x", "updates": updates});
        let report = post(&report.to_string()).expect("right");
        assert_eq!(report.status.as_deref(), Some("resolved"));
        let now = "2026-11-30T00:00:00Z".parse().expect("a time");
        let resolved_at = report.times(now, now).resolved_at.expect("it is over");
        assert_eq!(resolved_at.to_string(), "2024-07-05T13:52:00Z");
    }
    let (sent, ahead) = ("2024-07-06T00:00:00Z".parse().expect("a time"), entry("2099-01-01T00:00:00Z", "resolved"));
    let report = serde_json::json!({"title": "x", "updates": [&first, &ahead]});
    assert_eq!(
        post(&report.to_string()).expect("right").times(sent, sent).resolved_at,
        Some(sent),
        "not in the future"
    );
    let given = serde_json::json!({"title": "x", "status": "monitoring", "updates": [&first, &last]});
    assert_eq!(post(&given.to_string()).expect("right").status.as_deref(), Some("monitoring"));
    let undated = serde_json::json!({"title": "x", "updates": [{"status": "resolved", "body": "x"}]});
    assert_eq!(post(&undated.to_string()).expect("right").status, None, "the order may be either");
}
