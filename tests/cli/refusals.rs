//! What cannot be done is refused by name: wrong files that the configuration names, and translations of what is not
//! published.

use super::sandbox::{REPORT, Sandbox};

#[test]
fn files_that_the_configuration_names_are_part_of_it() {
    let sandbox = Sandbox::new();
    sandbox.write("polypost.toml", "[glossary]\nfile = \"terms.toml\"\n[locales]\ndirectory = \"texts\"\n");
    let missing = [
        "polypost.toml:2: `glossary.file` is `terms.toml`: it cannot be read (No such file",
        "polypost.toml:4: `locales.directory` is `texts`: cannot read `texts`",
    ];
    let checked = sandbox.run(&["config", "check"]);
    assert_eq!(checked.code, 2, "{checked:?}");
    assert!(missing.iter().all(|part| checked.stderr.contains(part)), "{}", checked.stderr);
    let open = sandbox.with("POLYPOST_SERVER__LISTEN", "0.0.0.0:8080");
    let checked = open.run(&["config", "check"]);
    let all = [missing[0], missing[1], "`server.public_url` is empty"];
    assert!(checked.code == 2 && all.iter().all(|part| checked.stderr.contains(part)), "{}", checked.stderr);
    let sandbox = open.without("POLYPOST_SERVER__LISTEN");
    sandbox.write("outage.md", REPORT);
    let refused = sandbox.run(&["publish", "outage.md"]);
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(refused.stderr.contains("`locales.directory` is `texts`"), "{}", refused.stderr);

    std::fs::create_dir_all(sandbox.path("texts/es")).expect("made");
    sandbox.write("texts/es/mine.ftl", "no-such-message = Texto\n");
    sandbox.write("terms.toml", "[[term]]\nterm = \"outage\"\nbogus = 1\n");
    let checked = sandbox.run(&["config", "check"]);
    assert_eq!(checked.code, 2, "{checked:?}");
    for part in ["`glossary.file` is `terms.toml`: line 3: `bogus` is neither", "mine.ftl`, line 1: "] {
        assert!(checked.stderr.contains(part), "{part} in {}", checked.stderr);
    }
    assert!(!checked.stderr.contains("untagged"), "{}", checked.stderr);
    let diagnosed = sandbox.run(&["doctor"]);
    assert_eq!(diagnosed.code, 1);
    assert!(diagnosed.stdout.contains("`glossary.file`"), "{}", diagnosed.stdout);

    let sandbox = sandbox.with("POLYPOST_GLOSSARY__FILE", "").with("POLYPOST_LOCALES__DIRECTORY", "nowhere");
    let checked = sandbox.run(&["config", "check"]);
    assert!(checked.stderr.contains("environment variable `POLYPOST_LOCALES__DIRECTORY`"), "{}", checked.stderr);
    sandbox.with("POLYPOST_LOCALES__DIRECTORY", "").run(&["config", "check"]).succeeded();
}

#[cfg(unix)]
#[test]
fn what_cannot_be_translated_anew_is_told_by_incident_and_locale() {
    let sandbox = Sandbox::published();
    sandbox.write("second.md", &REPORT.replace("outage", "second"));
    sandbox.run(&["publish", "second.md", "--wait"]).succeeded();
    sandbox.withdraw("second");
    let versions = || {
        let history = sandbox.run(&["history", "outage", "--locale", "es", "--json"]).succeeded().json();
        history["versions"].as_array().map(Vec::len)
    };
    for (call, part) in [
        (&["second"][..], "incident `second` is withdrawn"),
        (&["second", "outage", "--wait", "--force", "--yes"], "incident `second` is withdrawn"),
        (&["outage", "--locale", "fr"], "incident `outage` is not published in `fr`"),
        (&["outage", "--locale", "en"], "incident `outage` is not published in `en`"),
        (&["outage", "--locale", "es", "--locale", "fr", "--dry-run"], "incident `outage` is not published in `fr`"),
    ] {
        let refused = sandbox.run(&[&["retranslate"], call].concat());
        assert_eq!((refused.code, refused.stdout.as_str()), (1, ""), "{call:?}: {}", refused.stderr);
        assert!(refused.stderr.contains(part) && refused.stderr.contains("hint: "), "{call:?}: {}", refused.stderr);
    }
    assert_eq!(versions(), Some(1), "nothing is done of what is refused");
    for call in [&["retranslate", "--failed"][..], &["retranslate", "--all", "--locale", "fr", "--yes"]] {
        assert!(sandbox.run(call).succeeded().stderr.contains("nothing matches"), "{call:?}");
    }

    let chosen = sandbox.run(&["rollback", "second", "--locale", "es", "--version", "1"]).succeeded();
    assert!(chosen.stderr.contains("incident `second` is withdrawn: readers get no version"), "{}", chosen.stderr);
    assert!(!chosen.stderr.contains("get version") && !chosen.stdout.contains("get version"), "{chosen:?}");
}
