//! Reports as the API's JSON, and the rules that hold for the fields of every report.

use super::*;

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
