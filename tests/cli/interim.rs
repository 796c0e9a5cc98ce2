//! What readers get between a new revision and its translation.

use serde_json::{Value, json};

use crate::sandbox::Sandbox;

fn report(status: &str, entries: &[(&str, &str, &str)], title: &str) -> String {
    let updates: Vec<Value> = entries
        .iter()
        .map(|(id, at, body)| json!({ "id": id, "at": at, "status": "investigating", "body": body }))
        .collect();
    json!({ "id": "outage", "title": title, "status": status, "updates": updates }).to_string()
}

const FIRST: (&str, &str, &str) = ("u1", "2024-07-05T10:54:00Z", "Logins fail for *some* customers.");
const SECOND: (&str, &str, &str) = ("u2", "2024-07-05T11:30:00Z", "A fix is **rolled out** since 11:20 UTC.");

fn with_two_revisions() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("outage.json", &report("investigating", &[FIRST], "Logins fail"));
    sandbox.run(&["publish", "outage.json", "--wait"]).succeeded();
    sandbox.write("outage.json", &report("monitoring", &[SECOND, FIRST], "Logins fail"));
    sandbox.run(&["publish", "outage.json"]).succeeded();
    sandbox
}

fn shown(sandbox: &Sandbox) -> Value {
    sandbox.run(&["show", "outage", "--locale", "es", "--format", "json"]).succeeded().json()["incident"].clone()
}

#[test]
fn a_new_entry_is_shown_in_its_place_with_the_status_that_goes_with_it() {
    let sandbox = with_two_revisions();
    let incident = shown(&sandbox);
    let translation = &incident["translation"];
    assert_eq!((&translation["state"], &translation["interim"]), (&json!("stale"), &json!(true)), "{translation}");
    assert_eq!((&incident["revision"], &translation["source_revision"]), (&json!(2), &json!(2)), "{translation}");
    assert_eq!(incident["status"]["code"], "monitoring");
    let text = incident["body"]["text"].as_str().expect("a text");
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    // The pseudo engine writes letters with accents; what is not translated has none.
    assert!(place("A fix is rolled out") < place("[en→es"), "{text}");
    let passages = incident["segments"].as_array().expect("segments");
    let languages: Vec<(&Value, &Value)> =
        passages.iter().map(|passage| (&passage["place"], &passage["lang"])).collect();
    let (es, en) = (json!("es"), json!("en"));
    assert_eq!(languages, [(&json!("title"), &es), (&json!("update:u2"), &en), (&json!("update:u1"), &es)]);
    let html = incident["body"]["html"].as_str().expect("HTML");
    let marked =
        "<span dir=\"ltr\" lang=\"en\" title=\"Este pasaje no se ha traducido.\">A fix is <strong>rolled out</strong>";
    assert!(html.contains(marked), "{html}");
    assert_eq!(html.matches("<span dir=").count(), 1, "{html}");
    let notice = incident["disclaimer"]["text"].as_str().expect("a text");
    assert!(
        notice.starts_with("Traducción en curso: ") && notice.contains("los pasajes nuevos o modificados todavía no"),
        "{notice}"
    );
    assert!(!notice.contains("ha cambiado") && !notice.contains("fiable"), "{notice}");
    assert_eq!(incident["version"], json!(null), "no version is like it");
}

#[test]
fn readers_are_never_taken_back_to_an_older_revision() {
    let sandbox = with_two_revisions();
    sandbox.write("outage.json", &report("resolved", &[("u9", "2024-07-05T12:00:00Z", "All is well.")], "It is over"));
    sandbox.run(&["publish", "outage.json"]).succeeded();
    let incident = shown(&sandbox);
    assert_eq!(incident["translation"]["source_revision"], 3, "though nothing of it is translated: {incident}");
    assert_eq!(incident["status"]["code"], "resolved");
    assert!(incident["body"]["html"].as_str().expect("HTML").contains("lang=\"en\""), "{incident}");
}

#[test]
fn the_translation_takes_the_place_of_what_was_shown_before() {
    let sandbox = with_two_revisions();
    sandbox.run(&["retranslate", "outage", "--wait", "--yes"]).succeeded();
    let incident = shown(&sandbox);
    assert_eq!(incident["translation"]["state"], "current");
    assert_eq!(incident["translation"]["interim"], false);
    assert!(!incident["body"]["html"].as_str().expect("HTML").contains("<span dir="), "{incident}");
}

#[test]
fn a_version_that_an_operator_went_back_to_has_the_status_of_its_own_revision() {
    let sandbox = with_two_revisions();
    sandbox.run(&["retranslate", "outage", "--wait", "--yes"]).succeeded();
    sandbox.run(&["rollback", "outage", "--locale", "es", "--version", "1"]).succeeded();
    let incident = shown(&sandbox);
    assert_eq!(incident["translation"]["state"], "held", "{incident}");
    assert_eq!((&incident["translation"]["source_revision"], &incident["revision"]), (&json!(1), &json!(2)));
    assert_eq!(incident["status"]["code"], "investigating");
    assert!(!incident["body"]["text"].as_str().expect("a text").contains("rolled"), "{incident}");
}

#[test]
fn a_changed_title_stands_in_the_source_language_until_it_is_translated() {
    let sandbox = with_two_revisions();
    sandbox.write("outage.json", &report("monitoring", &[SECOND, FIRST], "Logins failed"));
    sandbox.run(&["publish", "outage.json"]).succeeded();
    let incident = shown(&sandbox);
    assert_eq!((&incident["title"], &incident["title_locale"]), (&json!("Logins failed"), &json!("en")), "{incident}");
    let page = sandbox.run(&["show", "outage", "--locale", "es", "--format", "html"]).succeeded();
    assert!(page.stdout.contains("<h1 lang=\"en\" dir=\"ltr\">Logins failed</h1>"), "{}", page.stdout);
}
