//! `export` and `import` of a whole store.

use crate::sandbox::Sandbox;

#[test]
fn a_store_moves_as_a_file_or_through_a_pipe() {
    let sandbox = Sandbox::published();
    let exported = sandbox.run(&["export", "all.jsonl", "--json"]).succeeded().json();
    assert_eq!((&exported["incidents"], &exported["versions"]), (&1.into(), &2.into()), "{exported}");
    assert!(!sandbox.path("all.jsonl.unfinished").exists());
    let spanish = sandbox.run(&["show", "outage", "--locale", "es"]).succeeded().stdout;

    let other = Sandbox::new();
    let file = std::fs::read_to_string(sandbox.path("all.jsonl")).expect("written");
    let imported = other.run_with_input(&["import", "-", "--json"], &file).succeeded().json();
    assert_eq!(imported["imported"]["incidents"]["added"], 1);
    assert_eq!(imported["imported"]["memory"]["added"], exported["memory"]);
    assert_eq!((&imported["imported"]["complete"], &imported["problems"]), (&true.into(), &serde_json::json!([])));
    assert_eq!(other.run(&["show", "outage", "--locale", "es"]).succeeded().stdout, spanish);
    let again = other.run(&["export", "-"]).succeeded().stdout;
    assert_eq!(again.split_once('\n').expect("lines").1, file.split_once('\n').expect("lines").1);
    other.write("all.jsonl", &file);
    let known = other.run(&["import", "all.jsonl"]).succeeded().stdout;
    assert!(known.starts_with("incidents: 0 added, 1 known, 0 kept, 0 refused\n"), "{known}");
}

#[test]
fn a_damaged_file_fails_with_its_lines_and_what_is_good_of_it_is_there() {
    let sandbox = Sandbox::published();
    let file = sandbox.run(&["export", "-"]).succeeded().stdout;
    let other = Sandbox::new();
    other.write("cut.jsonl", file.trim_end().rsplit_once('\n').expect("lines").0);
    let cut = other.run(&["import", "cut.jsonl"]);
    assert_eq!(cut.code, 1);
    assert!(cut.stdout.starts_with("incidents: 1 added"), "{}", cut.stdout);
    assert!(cut.stderr.contains("its end is missing") && cut.stderr.contains("hint: "), "{}", cut.stderr);

    let other = Sandbox::new();
    other.write("edited.jsonl", &file.replacen("Orders could not be saved", "Orders could be saved", 1));
    let edited = other.run(&["import", "edited.jsonl"]);
    assert_eq!(edited.code, 1);
    assert!(edited.stderr.contains("edited.jsonl:2: incident `outage`: `title` is not that"), "{}", edited.stderr);
    assert_eq!(other.run(&["list"]).succeeded().stdout, "");

    other.write("no.jsonl", "{}\n");
    for (name, part) in [("no.jsonl", "line 1: it is not an export"), ("missing", "cannot be read"), (".", "directory")]
    {
        let refused = other.run(&["import", name]);
        assert_eq!((refused.code, refused.stdout.as_str()), (1, ""), "{name}");
        assert!(refused.stderr.contains(part), "{part} in {}", refused.stderr);
    }
}

#[test]
fn an_export_needs_a_store_and_a_place() {
    let sandbox = Sandbox::new();
    let missing = sandbox.run(&["export", "all.jsonl"]);
    assert_eq!(missing.code, 1);
    assert!(!sandbox.path("polypost.db").exists() && !sandbox.path("all.jsonl").exists(), "nothing is made");
    sandbox.run(&["migrate"]).succeeded();
    assert_eq!(sandbox.run(&["export", "-", "--json"]).code, 2);
    assert_eq!(sandbox.run(&["export", "missing/a.jsonl"]).code, 1);
    sandbox.run_and_hang_up(&["export", "-"]);
}
