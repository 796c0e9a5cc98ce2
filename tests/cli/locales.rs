//! A locale whose texts are not complete is no target: its readers would get English under the name of their language.

use std::fs;
use std::path::Path;

use super::sandbox::{REPORT, Sandbox};

/// A complete bundle for a locale, made of the English words.
fn write_texts(sandbox: &Sandbox, locale: &str) {
    let own = sandbox.path("texts").join(locale);
    fs::create_dir_all(&own).expect("made");
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/en")).expect("the English texts") {
        let file = file.expect("a file").path();
        fs::copy(&file, own.join(file.file_name().expect("a name"))).expect("copied");
    }
}

#[test]
fn a_configured_locale_without_texts_is_refused_before_anything_is_made() {
    let sandbox = Sandbox::new();
    sandbox.write("polypost.toml", "[locales]\ntargets = [\"es\", \"de\", \"en-GB\", \"ar\"]\n");
    sandbox.write("outage.md", REPORT);
    for call in [
        &["config", "check"][..],
        &["serve", "--listen", "127.0.0.1:0"],
        &["worker"],
        &["publish", "outage.md"],
        &["retranslate", "--failed"],
        &["demo", "--dir", "here"],
    ] {
        let refused = sandbox.run(call);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{call:?}: {}", refused.stderr);
        for part in [
            "polypost.toml:2: `locales.targets[1]` is `de`: no target yet: there are no texts in `de` (",
            "`locales.targets[2]` is `en-GB`: no target yet: there are no texts in `en-GB` beside those of the source",
            "`locales.targets[3]` is `ar`: no target yet: there are no texts in `ar` (",
            "`polypost locales --json` lists them",
        ] {
            assert!(refused.stderr.contains(part), "{call:?}: {part} in {}", refused.stderr);
        }
        assert!(!refused.stderr.contains("`es`"), "{}", refused.stderr);
    }
    assert!(!sandbox.path("polypost.db").exists() && !sandbox.path("here").exists());
    let listed = sandbox.run(&["locales", "--json"]).succeeded().json();
    let of = |index: usize| (listed["locales"][index]["complete"].clone(), listed["locales"][index]["missing"].clone());
    assert_eq!(of(1), (true.into(), serde_json::json!([])));
    let german = of(2).1.as_array().map(Vec::len).expect("a list");
    assert!(german > 200 && of(2).0 == false && of(3).1.as_array().map(Vec::len) == Some(german), "{german}");
    assert!(sandbox.run(&["locales"]).succeeded().stdout.contains("`--json` has all"));
    let diagnosed = sandbox.run(&["doctor"]);
    assert_eq!(diagnosed.code, 1);
    let line = diagnosed.stdout.lines().find(|line| line.starts_with("texts, de")).expect("its line");
    assert!(line.contains("wrong") && line.contains("there are no texts in `de`"), "{line}");
}

#[test]
fn a_locale_of_the_call_or_the_file_is_refused_too() {
    let sandbox = Sandbox::new();
    sandbox.write("outage.md", REPORT);
    for tag in ["de", "en-GB"] {
        let refused = sandbox.run(&["publish", "outage.md", "--locale", "es", "--locale", tag]);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{}", refused.stderr);
        let part = format!("error: `--locale {tag}`: no target yet: there are no texts in `{tag}`");
        assert!(refused.stderr.contains(&part) && refused.stderr.contains("\nhint: "), "{}", refused.stderr);
    }
    assert!(!sandbox.path("polypost.db").exists());
    sandbox.write("own.md", &REPORT.replace("id: outage", "id: own\nlocales: [es, de]"));
    let refused = sandbox.run(&["publish", "own.md"]);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("own.md: `locales`: `de` is no target yet"), "{}", refused.stderr);
    assert!(sandbox.run(&["list"]).succeeded().stdout.is_empty(), "nothing was stored");
}

#[test]
fn the_regions_of_a_complete_locale_and_an_operators_own_bundle_are_targets() {
    let sandbox = Sandbox::new().with("POLYPOST_LOCALES__TARGETS", "es,es-MX,it-CH,pt-BR,pt");
    sandbox.run(&["config", "check"]).succeeded();
    Sandbox::new()
        .with("POLYPOST_LOCALES__SOURCE", "es")
        .with("POLYPOST_LOCALES__TARGETS", "en,en-GB,it")
        .run(&["config", "check"])
        .succeeded();

    let sandbox = Sandbox::new().with("POLYPOST_LOCALES__TARGETS", "de").with("POLYPOST_LOCALES__DIRECTORY", "texts");
    write_texts(&sandbox, "de");
    sandbox.run(&["config", "check"]).succeeded();
    sandbox.write("outage.md", REPORT);
    sandbox.run(&["publish", "outage.md", "--wait"]).succeeded();
    assert!(sandbox.run(&["show", "outage", "--locale", "de"]).succeeded().stdout.contains("[en→de]"));

    // A text that cannot be formatted is as good as none.
    sandbox.write("texts/de/zz.ftl", "languages-label = { no-such-message }\n");
    let incident = fs::read_to_string(sandbox.path("texts/de/incident.ftl")).expect("written");
    let without: Vec<&str> = incident.lines().filter(|line| !line.starts_with("status-resolved =")).collect();
    sandbox.write("texts/de/incident.ftl", &without.join("\n"));
    let refused = sandbox.run(&["config", "check"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("texts in `de` are missing: "), "{}", refused.stderr);
    assert!(refused.stderr.contains("`status-resolved`"), "{}", refused.stderr);

    // What is in the store stays readable, and no further version is made.
    let shown = sandbox.run(&["show", "outage", "--locale", "de"]).succeeded();
    assert!(shown.stdout.contains("[en→de]"), "{}", shown.stdout);
    let sandbox = sandbox.with("POLYPOST_LOCALES__TARGETS", "es");
    let failed = sandbox.run(&["retranslate", "outage", "--locale", "de", "--force", "--wait"]);
    assert_eq!(failed.code, 1);
    assert!(failed.stderr.contains("incident `outage`, locale `de`: 2 texts in `de` are missing"), "{}", failed.stderr);
    let history = sandbox.run(&["history", "outage", "--locale", "de", "--json"]).succeeded().json();
    assert_eq!(history["versions"].as_array().map(Vec::len), Some(1));
}
