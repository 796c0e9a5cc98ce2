//! Which incident a file belongs to.

use crate::sandbox::Sandbox;

fn published(sandbox: &Sandbox) -> Vec<(String, String)> {
    let list = sandbox.run(&["list", "--json"]).succeeded().json();
    let incidents = list["incidents"].as_array().expect("a list");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let mut all: Vec<(String, String)> =
        incidents.iter().map(|incident| (text(&incident["id"]), text(&incident["title"]))).collect();
    all.sort();
    all
}

#[test]
fn a_file_of_another_incident_takes_nothing_away() {
    let sandbox = Sandbox::new();
    for (name, title) in [("march", "Outage of March 3, 2026"), ("june", "Outage of June 9, 2026")] {
        std::fs::create_dir(sandbox.path(name)).expect("a directory");
        sandbox.write(&format!("{name}/report.md"), &format!("# {title}\n\nLogins failed.\n"));
    }
    sandbox.run(&["publish", "march/report.md"]).succeeded();
    let refused = sandbox.run(&["publish", "june/report.md"]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    for part in ["`report`", "`Outage of March 3, 2026`", "`Outage of June 9, 2026`", "--id", "--update"] {
        assert!(refused.stderr.contains(part), "{part} in {}", refused.stderr);
    }
    let json = sandbox.run(&["publish", "june/report.md", "--json"]);
    assert_eq!(json.code, 2);
    assert!(json.json()["refused"][0]["hint"].as_str().is_some_and(|hint| hint.contains("--update")));
    let march = ("report".to_owned(), "Outage of March 3, 2026".to_owned());
    assert_eq!(published(&sandbox), std::slice::from_ref(&march));
    sandbox.run(&["publish", "june/report.md", "--id", "june"]).succeeded();
    let june = ("june".to_owned(), "Outage of June 9, 2026".to_owned());
    assert_eq!(published(&sandbox), [june.clone(), march]);
    let update = sandbox.run(&["publish", "june/report.md", "--update"]).succeeded();
    assert!(update.stdout.contains("report: updated, revision 2"), "{}", update.stdout);
    assert_eq!(published(&sandbox), [june, ("report".to_owned(), "Outage of June 9, 2026".to_owned())]);
}

#[test]
fn two_files_of_one_name_in_one_call_are_told_apart() {
    let sandbox = Sandbox::new();
    for name in ["a", "b"] {
        std::fs::create_dir(sandbox.path(name)).expect("a directory");
        sandbox.write(&format!("{name}/report.md"), &format!("# Outage {name}\n\nLogins failed.\n"));
    }
    let call = sandbox.run(&["publish", "a/report.md", "b/report.md"]);
    assert_eq!(call.code, 2, "{}", call.stderr);
    assert!(call.stdout.contains("report: published, revision 1"), "{}", call.stdout);
    assert_eq!(published(&sandbox), [("report".to_owned(), "Outage a".to_owned())]);
}

#[test]
fn the_same_file_edited_is_the_same_incident() {
    let sandbox = Sandbox::new();
    sandbox.write("Störung.md", "# Logins fail\n\nLogins fail.\n");
    sandbox.run(&["publish", "Störung.md"]).succeeded();
    sandbox.write("Störung.md", "# Logins fail\n\nLogins work again.\n");
    let edited = sandbox.run(&["publish", "Störung.md"]).succeeded();
    assert!(edited.stdout.contains("storung: updated, revision 2"), "{}", edited.stdout);
}

#[test]
fn what_comes_from_standard_input_is_an_incident_of_its_own() {
    let sandbox = Sandbox::new();
    for body in ["Outage of March 3, 2026.", "Outage of June 9, 2026."] {
        let call = sandbox.run_with_input(&["publish", "-", "--title", "Delays"], body).succeeded();
        assert!(call.stdout.starts_with("delays-"), "{}", call.stdout);
    }
    let all = published(&sandbox);
    assert_eq!(all.len(), 2, "{all:?}");
}

#[test]
fn a_file_says_when_its_incident_was() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "outage.md",
        "---\ntitle: Logins failed\ndate: 2024-07-05 10:54:00\nresolved: true\nresolvedWhen: 2024-07-05T15:52:00+02:00\n\
         ---\n\nLogins failed.\n",
    );
    sandbox.run(&["publish", "outage.md"]).succeeded();
    let shown = sandbox.run(&["show", "outage", "--format", "json"]).succeeded().json();
    let incident = &shown["incident"];
    for (key, at) in [
        ("published_at", "2024-07-05T10:54:00Z"),
        ("started_at", "2024-07-05T10:54:00Z"),
        ("resolved_at", "2024-07-05T13:52:00Z"),
    ] {
        assert_eq!(incident[key], at, "{incident}");
    }
}
