//! The commands, run as users run them: the built program in an empty directory, with the `pseudo` engine, whose
//! translations need no network. What is tried is the contract: exit codes, stdout for data, stderr for words.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[cfg(unix)]
mod access;
mod asking;
#[cfg(unix)]
mod browser;
mod identity;
mod interim;
mod locales;
mod logs;
mod outputs;
#[cfg(unix)]
mod proxies;
mod pulling;
#[cfg(unix)]
mod readme;
mod refusals;
mod routes;
mod sandbox;
mod secrets;
mod services;
mod slips;
mod stores;
mod telling;

mod configuration {
    use super::sandbox::Sandbox;

    #[test]
    fn the_defaults_are_printed_and_what_is_printed_is_a_good_file() {
        let sandbox = Sandbox::new();
        let printed = sandbox.run(&["config", "default"]).succeeded();
        assert!(printed.stdout.contains("[worker]"), "{}", printed.stdout);
        sandbox.write("polypost.toml", &printed.stdout);
        sandbox.run(&["config", "check"]).succeeded();
    }

    #[test]
    fn every_problem_is_reported_at_once_and_the_call_is_refused() {
        let sandbox = Sandbox::new();
        sandbox.write("polypost.toml", "[worker]\nconcurency = 3\nlease_seconds = 1\n[log]\nformat = \"xml\"\n");
        let sandbox = sandbox.with("POLYPOST_SERVER__LISTEN", "nowhere");
        let refused = sandbox.run(&["list"]);
        assert_eq!(refused.code, 2);
        assert_eq!(refused.stdout, "");
        for part in [
            "polypost.toml:2: `worker.concurency`: unknown key; did you mean `worker.concurrency`?",
            "polypost.toml:3: `worker.lease_seconds` is `1`",
            "polypost.toml:5: `log.format` is `xml`",
            "environment variable `POLYPOST_SERVER__LISTEN`: `server.listen` is `nowhere`",
        ] {
            assert!(refused.stderr.contains(part), "{part} in {}", refused.stderr);
        }
        assert!(!sandbox.path("polypost.db").exists());
    }

    #[test]
    fn a_variable_that_is_no_key_is_told_with_the_nearest_one() {
        let sandbox = Sandbox::new()
            .with("POLYPOST_STORE_URL", "postgres://a:hunter2@h/c")
            .with("POLYPOST_FOO", "hunter2")
            .with("POLYPOST_SERVER__LISTN", "127.0.0.1:0");
        for call in [&["list"][..], &["config", "check"], &["config", "show"], &["serve"]] {
            let refused = sandbox.run(call);
            assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{call:?}: {}", refused.stderr);
            for part in [
                "environment variable `POLYPOST_STORE_URL`: `store_url`: unknown key; did you mean `POLYPOST_STORE__URL`?",
                "environment variable `POLYPOST_FOO`: `foo`: unknown key; variables are `POLYPOST_SECTION__KEY`",
                "environment variable `POLYPOST_SERVER__LISTN`: `server.listn`: unknown key; did you mean \
                 `POLYPOST_SERVER__LISTEN`?",
            ] {
                assert!(refused.stderr.contains(part), "{call:?}: {part} in {}", refused.stderr);
            }
            assert!(!refused.stderr.contains("hunter2"), "{}", refused.stderr);
        }
        let orchestrated = Sandbox::new()
            .with("POLYPOST_SERVICE_HOST", "10.0.0.1")
            .with("POLYPOST_PORT", "tcp://10.0.0.1:8080")
            .with("POLYPOST_PORT_8080_TCP_ADDR", "10.0.0.1");
        orchestrated.run(&["config", "check"]).succeeded();
    }

    #[test]
    fn what_is_in_force_hides_secrets() {
        let secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
        let sandbox = Sandbox::new().with("POLYPOST_PUBLISH__WEBHOOK_SECRETS", secret);
        let shown = sandbox.run(&["config", "show"]).succeeded();
        assert!(shown.stdout.contains("webhook_secrets = [\"[redacted]\"]"), "{}", shown.stdout);
        assert!(!shown.stdout.contains(secret) && !shown.stderr.contains(secret));
    }

    #[test]
    fn a_file_that_is_named_must_be_there_and_an_empty_name_names_none() {
        let sandbox = Sandbox::new();
        assert_eq!(sandbox.run(&["--config", "missing.toml", "config", "check"]).code, 2);
        sandbox.with("POLYPOST_CONFIG", "").run(&["config", "check"]).succeeded();
    }

    #[test]
    fn completions_are_written_for_shells_even_where_the_configuration_is_wrong() {
        let sandbox = Sandbox::new().with("POLYPOST_LOG__FORMAT", "xml");
        for shell in ["bash", "zsh", "fish"] {
            assert!(sandbox.run(&["completions", shell]).succeeded().stdout.contains("polypost"));
        }
    }
}

mod calls {
    use super::sandbox::Sandbox;

    #[test]
    fn wrong_calls_are_answered_with_two() {
        let sandbox = Sandbox::new();
        for call in [
            &["nonsense"][..],
            &["publish"],
            &["publish", "a.md", "b.md", "--id", "x"],
            &["publish", "-", "-"],
            &["publish", "a.md", "--format", "html"],
            &["publish", "a.md", "--locale", "not a locale"],
            &["retranslate"],
            &["retranslate", "--all", "--failed"],
            &["retranslate", "--all", "--engine", "nobody"],
            &["show", "Not An Id"],
            &["show", "x", "--version", "1"],
            &["list", "--state", "done"],
            &["demo", "--listen", "127.0.0.1:0"],
        ] {
            let refused = sandbox.run(call);
            assert_eq!(refused.code, 2, "{call:?}: {}", refused.stderr);
            assert_eq!(refused.stdout, "", "{call:?}");
            assert!(!refused.stderr.is_empty(), "{call:?}");
        }
    }

    #[test]
    fn help_and_version_are_data() {
        let sandbox = Sandbox::new();
        assert!(sandbox.run(&["--version"]).succeeded().stdout.starts_with("polypost "));
        let help = sandbox.run(&["--help"]).succeeded().stdout;
        for command in
            ["demo", "serve", "worker", "publish", "retranslate", "show", "list", "status", "history", "diff"]
        {
            assert!(help.contains(&format!("\n  {command} ")), "{command}");
        }
    }

    #[test]
    fn a_reader_who_goes_away_is_no_failure() {
        Sandbox::new().run_and_hang_up(&["config", "default"]);
    }
}

mod publishing {
    use super::sandbox::{REPORT, Sandbox};

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
        let published =
            sandbox.run_with_input(&["publish", "-", "--format", "html", "--id", "as-html"], html).succeeded();
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
}

mod operating {
    use super::sandbox::{REPORT, Sandbox};

    #[test]
    fn lists_and_status_tell_how_things_stand() {
        let sandbox = Sandbox::published();
        let listed = sandbox.run(&["list"]).succeeded().stdout;
        let mut lines = listed.lines();
        assert!(lines.next().is_some_and(|line| line.starts_with("INCIDENT  REVISION  UPDATED")), "{listed}");
        let line = lines.next().expect("an incident");
        assert!(line.starts_with("outage    1         2") && line.contains("es current, it current"), "{listed}");
        assert!(!listed.contains('\u{1b}'), "no colours in a pipe");
        let status = sandbox.run(&["status", "--json"]).succeeded().json();
        assert_eq!(status["work"]["current"], 2);
        assert_eq!(status["engines"][0]["engine"], "pseudo");
        assert_eq!(
            sandbox.run(&["list", "--json", "--state", "failed"]).succeeded().json()["incidents"],
            serde_json::json!([])
        );
    }

    #[test]
    fn a_dry_run_counts_and_changes_nothing() {
        let sandbox = Sandbox::published();
        let counted = sandbox.run(&["retranslate", "--all", "--dry-run"]).succeeded().stdout;
        assert!(counted.contains("by `pseudo`, estimated cost 0"), "{counted}");
        let history = sandbox.run(&["history", "outage", "--locale", "es", "--json"]).succeeded().json();
        assert_eq!(history["versions"].as_array().map(Vec::len), Some(1));
        assert_eq!(sandbox.run(&["status", "--json"]).succeeded().json()["work"]["waiting"], 0);
    }

    #[test]
    fn new_versions_are_made_when_asked_for() {
        let sandbox = Sandbox::published();
        sandbox.run(&["retranslate", "outage", "--locale", "es", "--force", "--wait"]).succeeded();
        let versions = |locale: &str| {
            let history = sandbox.run(&["history", "outage", "--locale", locale, "--json"]).succeeded().json();
            history["versions"].as_array().map(Vec::len)
        };
        assert_eq!((versions("es"), versions("it")), (Some(2), Some(1)));
        assert_eq!(sandbox.run(&["retranslate", "nobody"]).code, 1);
    }

    #[test]
    fn everything_at_once_wants_a_yes_where_nobody_can_be_asked() {
        let sandbox = Sandbox::published();
        sandbox.write("second.md", &REPORT.replace("outage", "second"));
        sandbox.run(&["publish", "second.md", "--wait"]).succeeded();
        let refused = sandbox.run(&["retranslate", "--all"]);
        assert_eq!(refused.code, 2, "{}", refused.stderr);
        assert!(refused.stderr.contains("--yes"), "{}", refused.stderr);
        sandbox.run(&["retranslate", "--all", "--yes"]).succeeded();
    }

    #[test]
    fn what_is_not_there_is_said_by_name() {
        let sandbox = Sandbox::published();
        for (call, part) in [
            (&["show", "nobody"][..], "there is no incident `nobody`"),
            (&["show", "outage", "--locale", "es", "--version", "7"], "incident `outage` has no version 7 in `es`"),
            (&["history", "outage", "--locale", "fr"], "incident `outage` was never asked for in `fr`"),
            (&["diff", "outage", "--locale", "es"], "there is no version before 1"),
        ] {
            let missing = sandbox.run(call);
            assert_eq!(missing.code, 1, "{call:?}");
            assert!(missing.stderr.contains(part) && missing.stderr.contains("hint: "), "{call:?}: {}", missing.stderr);
        }
    }

    #[test]
    fn the_house_looks_after_itself() {
        let sandbox = Sandbox::published();
        sandbox.run(&["doctor"]).succeeded();
        let doctor = sandbox.run(&["doctor", "--json"]).succeeded().json();
        assert!(
            doctor["checks"].as_array().is_some_and(|checks| checks.iter().all(|check| check["verdict"] != "wrong"))
        );
        sandbox.run(&["migrate"]).succeeded();
        assert_eq!(sandbox.run(&["migrate", "--dry-run"]).succeeded().stdout, "");
        assert!(sandbox.run(&["engines"]).succeeded().stdout.contains("pseudo  es"));
        let locales = sandbox.run(&["locales", "--json"]).succeeded().json();
        assert_eq!(locales["locales"][1]["locale"], "es");
        assert_eq!(locales["locales"][1]["missing"], serde_json::json!([]));
    }

    #[test]
    fn a_doctor_without_any_engine_says_what_to_do() {
        let sandbox = Sandbox::new()
            .with("POLYPOST_ENGINES__ROUTE", "apertium")
            .with("POLYPOST_ENGINES__APERTIUM__URL", "http://127.0.0.1:9");
        let sick = sandbox.run(&["doctor"]);
        assert_eq!(sick.code, 1);
        assert!(sick.stdout.contains("engine apertium, es") && sick.stderr.contains("hint: "), "{}", sick.stderr);
        assert!(!sandbox.path("polypost.db").exists(), "a doctor makes nothing");
    }

    #[test]
    fn the_glossary_is_listed_and_checked() {
        let sandbox = Sandbox::published();
        sandbox.write("names.toml", "keep = [\"Back office\"]\n[[term]]\nterm = \"orders\"\nes = \"pedidos\"\n");
        let sandbox = sandbox.with("POLYPOST_GLOSSARY__FILE", "names.toml");
        let listed = sandbox.run(&["glossary", "list"]).succeeded().stdout;
        assert!(listed.starts_with("TERM") && listed.contains("\nAPI "), "{listed}");
        assert!(listed.lines().any(|line| line.starts_with("orders") && line.contains("file")), "{listed}");
        let terms = sandbox.run(&["glossary", "list", "--json"]).succeeded().json();
        let find = |name: &str| {
            let terms = terms["terms"].as_array().expect("a list");
            terms.iter().find(|term| term["term"] == name).unwrap_or_else(|| panic!("no `{name}`")).clone()
        };
        assert_eq!(find("Back office")["keep"], true);
        assert_eq!(find("orders")["renderings"]["es"]["singular"], "pedidos");
        assert_eq!(find("outage")["from"], "built in");
        assert_eq!(find("outage")["renderings"]["es"]["gender"], "f");
        let good = sandbox.run(&["glossary", "check"]).succeeded();
        assert!(good.stderr.contains("the glossary is good: ") && good.stderr.contains("1 terms have no"), "{good:?}");

        let stale = sandbox.run(&["glossary", "check", "outage"]);
        assert_eq!(stale.code, 1);
        assert!(stale.stderr.contains("`orders` in `es`") && stale.stderr.contains("hint: "), "{}", stale.stderr);
        sandbox.run(&["retranslate", "outage", "--force", "--wait"]).succeeded();
        let checked = sandbox.run(&["glossary", "check", "outage"]).succeeded().stdout;
        assert!(checked.contains("Back office  es") && checked.contains("orders       es      pedidos"), "{checked}");
        let checked = sandbox.run(&["glossary", "check", "outage", "--json"]).succeeded().json();
        let rows = checked["terms"].as_array().expect("a list");
        assert!(rows.iter().any(|row| row["term"] == "root cause" || row["source"] == row["translation"]), "{checked}");
    }

    #[test]
    fn a_bad_glossary_is_refused_with_all_its_problems() {
        let sandbox = Sandbox::new();
        sandbox.write("terms.csv", "term,es,xx\noutage,caída,\noutage,corte,\n,nada,\n");
        let sandbox = sandbox.with("POLYPOST_GLOSSARY__FILE", "terms.csv");
        let bad = sandbox.run(&["glossary", "check"]);
        assert_eq!((bad.code, bad.stdout.as_str()), (1, ""));
        for problem in ["terms.csv: line 1: `xx` is", "line 3: `outage` stands in line 2", "line 4: the term is empty"]
        {
            assert!(bad.stderr.contains(problem), "{}", bad.stderr);
        }
        let json = sandbox.run(&["glossary", "check", "--json"]);
        assert_eq!((json.code, json.json()["problems"].as_array().map(Vec::len)), (1, Some(4)));
        assert_eq!(sandbox.run(&["glossary", "list"]).code, 2);

        let bare = Sandbox::new().with("POLYPOST_GLOSSARY__BUILTIN", "false");
        assert_eq!(bare.run(&["glossary", "list"]).succeeded().stdout, "");
    }
}

mod demonstration {
    use super::sandbox::Sandbox;

    #[test]
    fn the_demo_publishes_translates_prints_and_sums_up() {
        let sandbox = Sandbox::new();
        let demo = sandbox.run(&["demo", "--dir", "here"]).succeeded();
        assert!(sandbox.path("here/polypost.db").exists());
        assert!(!sandbox.path("polypost.db").exists(), "nothing outside its directory");
        for part in ["· es ────", "· it ────", "INCIDENT", "SEGMENTS", "pseudo"] {
            assert!(demo.stdout.contains(part), "{part} in {}", demo.stdout);
        }
        // A second demo finds a fresh store, too.
        sandbox.run(&["demo", "--dir", "here"]).succeeded();
        assert!(sandbox.path("here/polypost-2.db").exists());
        sandbox.run(&["demo", "--dir", "an odd?name%20#"]).succeeded();
        assert!(sandbox.path("an odd?name%20#/polypost.db").exists());
    }

    #[test]
    fn a_demo_without_any_engine_says_why_by_engine() {
        let sandbox = Sandbox::new()
            .with("POLYPOST_ENGINES__ROUTE", "apertium")
            .with("POLYPOST_ENGINES__APERTIUM__URL", "http://127.0.0.1:9");
        let failed = sandbox.run(&["demo", "--dir", "here"]);
        assert_eq!(failed.code, 1);
        assert!(
            failed.stderr.contains("engine `apertium`, locale `es`") && failed.stderr.contains("hint: "),
            "{}",
            failed.stderr
        );
        assert!(!sandbox.path("here").exists());
    }
}

#[cfg(unix)]
mod serving {
    use super::sandbox::{REPORT, Sandbox};

    #[test]
    fn a_server_that_is_asked_to_stop_ends_well() {
        let sandbox = Sandbox::new();
        sandbox.write("outage.md", REPORT);
        sandbox.run(&["publish", "outage.md"]).succeeded();
        let code = sandbox.serve_and_stop(&["serve", "--listen", "127.0.0.1:0"], "listening on http://");
        assert_eq!(code, Some(0));
        let code = sandbox.serve_and_stop(&["worker"], "working, ");
        assert_eq!(code, Some(0));
    }
}

mod memory {
    use super::sandbox::{REPORT, Sandbox};

    #[test]
    fn what_one_house_translated_no_other_asks_an_engine_for() {
        let sandbox = Sandbox::new();
        sandbox.write("outage.md", REPORT);
        sandbox.run(&["publish", "outage.md", "--wait"]).succeeded();
        let exported = sandbox.run(&["memory", "export", "memory.tmx", "--json"]).succeeded().json();
        assert_eq!(exported["locales"]["es"], exported["locales"]["it"]);
        let texts = exported["entries"].as_u64().expect("a count");
        assert!(texts >= 6 && !sandbox.path("memory.tmx.unfinished").exists(), "{exported}");
        let spanish = sandbox.run(&["show", "outage", "--locale", "es"]).succeeded().stdout;

        let other = Sandbox::new();
        let file = std::fs::read_to_string(sandbox.path("memory.tmx")).expect("written");
        let imported = other.run_with_input(&["memory", "import", "-", "--json"], &file).succeeded().json();
        assert_eq!(imported["imported"]["added"], texts);
        assert_eq!(imported["problems"], serde_json::json!([]));
        other.write("outage.md", REPORT);
        other.run(&["publish", "outage.md", "--wait"]).succeeded();
        let history = other.run(&["history", "outage", "--locale", "es", "--json"]).succeeded().json();
        assert_eq!(history["versions"][0]["segments"]["machine"], serde_json::Value::Null, "{history}");
        assert_eq!(history["versions"][0]["segments"]["memory"], texts / 2, "{history}");
        assert_eq!(history["versions"][0]["engines"], serde_json::json!(["pseudo"]));
        assert_eq!(other.run(&["show", "outage", "--locale", "es"]).succeeded().stdout, spanish);
        assert_eq!(other.run(&["memory", "export", "-"]).succeeded().stdout, file);

        other.write("memory.tmx", &file);
        let again = other.run(&["memory", "import", "memory.tmx"]).succeeded().stdout;
        assert_eq!(again, format!("{texts} units: 0 entries added, {texts} known, 0 kept, 0 replaced, 0 skipped\n"));
    }

    const FOREIGN: &str = "<?xml version='1.0'?>\n<tmx version='1.4'><header srclang='en-US'/><body>\n\
        <tu><tuv xml:lang='en-US'><seg>No orders were lost.</seg></tuv>\n\
        <tuv xml:lang='es-ES'><seg>No se perdió ningún pedido.</seg></tuv>\n\
        <tuv xml:lang='de'><seg>Es gingen keine Bestellungen verloren.</seg></tuv></tu>\n\
        <tu><tuv xml:lang='en-US'><seg>It took 5 minutes.</seg></tuv>\n\
        <tuv xml:lang='es-ES'><seg>Tardó 6 minutos.</seg></tuv></tu>\n</body></tmx>\n";

    #[test]
    fn a_translators_memory_goes_before_the_engines() {
        let sandbox = Sandbox::new();
        sandbox.write("theirs.tmx", FOREIGN);
        let imported = sandbox.run(&["memory", "import", "theirs.tmx"]).succeeded();
        assert_eq!(imported.stdout, "2 units: 1 entries added, 0 known, 0 kept, 0 replaced, 1 skipped\n");
        for part in [
            "theirs.tmx:6: unit 2: `es-ES`: `5 minutes` is not found in the translation",
            "`es-ES` was taken for `es`: 2 texts",
            "`de` is no configured locale: 1 texts passed over",
        ] {
            assert!(imported.stderr.contains(part), "{part} in {}", imported.stderr);
        }
        sandbox.write("outage.md", &REPORT.replace("For 2 hours, orders in Back office could not be saved. ", ""));
        sandbox.run(&["publish", "outage.md", "--wait"]).succeeded();
        let spanish = sandbox.run(&["show", "outage", "--locale", "es"]).succeeded().stdout;
        assert!(spanish.contains("No se perdió ningún pedido."), "{spanish}");
        let json = sandbox.run(&["history", "outage", "--locale", "es", "--json"]).succeeded().json();
        assert_eq!(json["versions"][0]["segments"]["memory"], 1);

        let corrected = FOREIGN.replace("No se perdió ningún pedido.", "Ningún pedido se perdió.");
        sandbox.write("theirs.tmx", &corrected);
        let kept = sandbox.run(&["memory", "import", "theirs.tmx"]).succeeded();
        assert!(kept.stdout.contains("1 kept") && kept.stderr.contains("--replace"), "{kept:?}");
        let replaced = sandbox.run(&["memory", "import", "theirs.tmx", "--replace"]).succeeded();
        assert!(replaced.stdout.contains("1 replaced"), "{replaced:?}");
    }

    #[test]
    fn a_broken_file_is_refused_with_its_place_and_changes_nothing() {
        let sandbox = Sandbox::new();
        sandbox.write("broken.tmx", FOREIGN.trim_end().strip_suffix("</body></tmx>").expect("its end"));
        sandbox.write("bomb.tmx", "<!DOCTYPE tmx [<!ENTITY a 'b'>]><tmx/>");
        for (file, part) in [
            ("broken.tmx", "`broken.tmx`: line 8, byte"),
            ("bomb.tmx", "`bomb.tmx`: line 1, byte 32: the DOCTYPE defines entities"),
            ("missing.tmx", "`missing.tmx` cannot be read"),
            (".", "it is a directory"),
        ] {
            let refused = sandbox.run(&["memory", "import", file]);
            assert_eq!((refused.code, refused.stdout.as_str()), (1, ""), "{file}");
            assert!(refused.stderr.contains(part), "{part} in {}", refused.stderr);
        }
        assert!(sandbox.run(&["memory", "import", "broken.tmx"]).stderr.contains("hint: nothing was imported"));
        sandbox.run(&["migrate"]).succeeded();
        assert!(!sandbox.run(&["memory", "export", "-"]).succeeded().stdout.contains("<tu"));
    }

    #[test]
    fn only_so_many_problems_are_told_one_by_one() {
        let sandbox = Sandbox::new();
        let unit = "<tu><tuv xml:lang='en'><seg>It took 5 minutes.</seg></tuv>\
            <tuv xml:lang='es'><seg>Tardó.</seg></tuv></tu>\n";
        sandbox.write("many.tmx", &format!("<tmx version='1.4'><body>\n{}</body></tmx>", unit.repeat(30)));
        let imported = sandbox.run(&["memory", "import", "many.tmx"]).succeeded();
        assert_eq!(imported.stderr.matches("many.tmx:").count(), 21, "{}", imported.stderr);
        assert!(imported.stderr.contains("many.tmx: 10 more were skipped"), "{}", imported.stderr);
    }

    #[test]
    fn stdout_takes_one_thing() {
        let sandbox = Sandbox::new();
        assert_eq!(sandbox.run(&["memory", "export", "-", "--json"]).code, 2);
        assert_eq!(sandbox.run(&["memory"]).code, 2);
        sandbox.run(&["migrate"]).succeeded();
        assert_eq!(sandbox.run(&["memory", "export", "missing/a.tmx"]).code, 1);
        sandbox.run_and_hang_up(&["memory", "export", "-"]);
    }
}

mod moving {
    use super::sandbox::Sandbox;

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
        for (name, part) in
            [("no.jsonl", "line 1: it is not an export"), ("missing", "cannot be read"), (".", "directory")]
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
}
