//! Which engines are asked for which locale, and what `polypost engines` says of them.

use super::sandbox::{REPORT, Sandbox};

const TWICE: &str = "pseudo>pt>pseudo";

/// Spanish by way of Portuguese, Italian at once.
fn sandbox() -> Sandbox {
    Sandbox::new().with("POLYPOST_ENGINES__ROUTES__ES", &format!("{TWICE},pseudo"))
}

#[test]
fn every_locale_is_translated_along_its_own_route() {
    let sandbox = sandbox();
    sandbox.write("outage.md", REPORT);
    sandbox.run(&["publish", "outage.md", "--wait"]).succeeded();
    for (locale, engine) in [("es", TWICE), ("it", "pseudo")] {
        let history = sandbox.run(&["history", "outage", "--locale", locale, "--json"]).succeeded().json();
        let engines = history["versions"][0]["engines"].as_array().cloned().unwrap_or_default();
        // What is disguised twice may not pass the checks: then the route's next engine has it.
        assert!(engines.contains(&engine.into()), "{locale}: {engines:?}");
    }
    let spanish = sandbox.run(&["show", "outage", "--locale", "es"]).succeeded().stdout;
    assert!(spanish.contains("[pt→es]") && spanish.contains("db-7.internal"), "{spanish}");
}

#[test]
fn the_engines_are_shown_by_locale_in_their_order() {
    let sandbox = sandbox();
    let table = sandbox.run(&["engines", "check"]).succeeded().stdout;
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().take(6).collect()).collect();
    assert_eq!(
        rows,
        [
            vec!["ENGINE", "LOCALE", "CODE", "MARKUP", "FORMALITY", "GLOSSARY"],
            vec![TWICE, "es", "pt>es", "no", "no", "no"],
            vec!["pseudo", "es", "es", "no", "no", "no"],
            vec!["pseudo", "it", "it", "no", "no", "no"],
        ],
        "{table}"
    );
    let json = sandbox.run(&["engines", "--json"]).succeeded().json();
    assert_eq!(
        json["routes"],
        serde_json::json!([
            {"locale": "es", "engines": [TWICE, "pseudo"]},
            {"locale": "it", "engines": ["pseudo"]},
        ])
    );
    let spanish = &json["engines"][0]["locales"][0];
    assert_eq!(json["engines"][0]["engine"], TWICE);
    assert_eq!((&spanish["serves"], &spanish["code"]), (&true.into(), &"pt>es".into()));
    assert_eq!(spanish["markup"], false);
    let shown = sandbox.run(&["config", "show"]).succeeded().stdout;
    assert!(shown.contains("[engines.routes]\nes = [\"pseudo>pt>pseudo\", \"pseudo\"]  # environment"), "{shown}");
}

#[test]
fn an_engine_that_cannot_serve_has_no_code_and_one_of_anything_reads_well() {
    let sandbox = Sandbox::new()
        .with("POLYPOST_ENGINES__ROUTE", "neural,neural>pt>apertium")
        .with("POLYPOST_ENGINES__NEURAL__FETCH", "false")
        .with("POLYPOST_ENGINES__NEURAL__THREADS", "1")
        .with("POLYPOST_LOCALES__TARGETS", "es");
    let table = sandbox.run(&["engines"]).succeeded().stdout;
    assert!(table.contains("1 thread, 12 sentences at a time each  "), "{table}");
    let pivot = table.lines().find(|line| line.starts_with("neural>pt>apertium")).expect("its line");
    assert!(pivot.contains("  es      -     -       -          -         "), "{table}");
    assert!(pivot.contains("cannot serve: the first leg, `neural` into `pt`: no model"), "{table}");
    assert_eq!(sandbox.run(&["engines", "check"]).code, 1);
}

#[test]
fn an_operator_may_ask_for_two_engines_in_a_row() {
    let sandbox = Sandbox::published();
    let counted = sandbox.run(&["retranslate", "--all", "--locale", "es", "--engine", TWICE, "--dry-run", "--force"]);
    let counted = counted.succeeded().stdout;
    assert!(counted.contains("by `pseudo`, a leg of `pseudo>pt>pseudo`, estimated cost 0"), "{counted}");
    sandbox.run(&["retranslate", "outage", "--locale", "es", "--engine", "pseudo>PT>pseudo", "--wait"]).succeeded();
    let history = sandbox.run(&["history", "outage", "--locale", "es", "--json"]).succeeded().json();
    let versions = history["versions"].as_array().expect("a list");
    assert!(versions.iter().any(|version| version["engines"] == serde_json::json!([TWICE])), "{history}");
    for (name, part) in [
        ("pseudo>pt", "FIRST>LOCALE>SECOND"),
        ("pseudo>pt>parrot", "unknown engine `parrot`"),
        ("pseudo>x!>pseudo", "`x!` is not a locale"),
    ] {
        let refused = sandbox.run(&["retranslate", "--all", "--engine", name]);
        assert_eq!(refused.code, 2);
        assert!(refused.stderr.contains(part), "{}", refused.stderr);
    }
}

#[test]
fn a_wrong_route_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("polypost.toml", "[engines.routes]\nes = [\"pseudo>pt>nobody\"]\nnowhere! = [\"pseudo\"]\n");
    assert_eq!(sandbox.run(&["config", "check"]).code, 2);
    sandbox.write("polypost.toml", "[engines.routes]\nes = [\"pseudo>pt>nobody\"]\n\"nowhere!\" = [\"pseudo\"]\n");
    let refused = sandbox.run(&["config", "check"]);
    assert_eq!(refused.code, 2);
    for part in ["polypost.toml:2: `engines.routes.es[0]` is `pseudo>pt>nobody`", "`nowhere!` is not a locale"] {
        assert!(refused.stderr.contains(part), "{part} in {}", refused.stderr);
    }
}
