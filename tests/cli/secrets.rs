//! No command tells a secret, whether what it stands in is right or has a slip in it. Everything is logged meanwhile,
//! and the log is read along.

use super::sandbox::{REPORT, Sandbox};

/// What no output may have, in whatever spelling the setting has it.
const CANARIES: [&str; 5] = ["hunter2", "hun/ter2", "hun?ter2", "hunte%72", "ter2@"];

/// Every command that there is, as it is called most simply.
const CALLS: [&[&str]; 22] = [
    &["config", "show"],
    &["config", "check"],
    &["config", "default"],
    &["doctor"],
    &["doctor", "--json"],
    &["list"],
    &["show", "outage"],
    &["status", "--json"],
    &["history", "outage", "--locale", "es"],
    &["diff", "outage", "--locale", "es"],
    &["usage"],
    &["engines"],
    &["engines", "--json"],
    &["locales"],
    &["glossary", "check", "outage"],
    &["memory", "export", "-"],
    &["export", "-"],
    &["publish", "outage.md"],
    &["retranslate", "--failed"],
    &["rollback", "outage", "--locale", "es", "--version", "1"],
    &["migrate"],
    &["worker"],
];

/// Runs the calls with one setting, as a variable and in a file; what the first one came to.
#[track_caller]
fn assert_told_by_none(key: &str, value: &str, calls: &[&[&str]]) {
    let (section, name) = key.rsplit_once('.').expect("a section");
    let variable = format!("POLYPOST_{}", key.to_uppercase().replace('.', "__"));
    let quoted = if value.parse::<u32>().is_ok() { value.to_owned() } else { format!("'{value}'") };
    for in_file in [false, true] {
        let sandbox = Sandbox::new();
        sandbox.write("outage.md", REPORT);
        let sandbox = if in_file {
            let route = if section == "engines" { "" } else { "[engines]\n" };
            sandbox.write("polypost.toml", &format!("{route}[{section}]\n{name} = {quoted}\n"));
            // As a variable it would go over the file.
            if key == "store.url" { sandbox.without("POLYPOST_STORE__URL") } else { sandbox }
        } else {
            sandbox.with(&variable, value)
        };
        // Where a value was written is a matter of the configuration.
        for call in calls.iter().take(if in_file { 4 } else { usize::MAX }) {
            let said = sandbox.run_and_hear_all(call);
            for canary in CANARIES.iter().chain([&value]) {
                assert!(!said.contains(canary), "{call:?} with `{key} = {value}` tells `{canary}`: {said}");
            }
        }
    }
}

#[test]
fn a_database_address_with_a_slip_in_it_is_told_by_no_command() {
    // Nothing listens on port 9 of this machine.
    for (value, calls) in [
        ("postgres://a:hunter2@127.0.0.1:9/c", &CALLS[..]),
        ("postgres://a:hunter2?x@h/c", &CALLS[..]),
        ("postgres://a:hun/ter2@127.0.0.1/c", &CALLS[..4]),
        ("postgres://127.0.0.1:9/c?PASSWORD=hunter2", &CALLS[..]),
        ("postgres://127.0.0.1:9/c?pass%77ord=hunter2", &CALLS[..4]),
        ("postgres://127.0.0.1:9/c?sslkey=hunter2&sslcert=hunter2", &CALLS[..6]),
        ("postgres://127.0.0.1:9/c?sslmode=require&password=hunter2", &CALLS[..6]),
        ("postgres:a:hunter2@h/c", &CALLS[..6]),
        ("mysql://a:hunter2@h/c", &CALLS[..4]),
        ("host=h password=hunter2", &CALLS[..4]),
        ("sqlite://polypost.db?key=hunter2", &CALLS[..6]),
    ] {
        assert_told_by_none("store.url", value, calls);
    }
}

#[test]
fn keys_and_addresses_of_engines_are_told_by_no_command() {
    for (key, value) in [
        ("engines.proxy", "u:hunter2@proxy:3128"),
        ("engines.proxy", "http://u:hunter2@127.0.0.1:9"),
        ("engines.deepl.url", "https://mt.example/?api_key=hunter2"),
        ("engines.apertium.url", "http://u:hun/ter2@127.0.0.1:9"),
        ("engines.apertium.url", "http://hunter2@127.0.0.1:9"),
        ("engines.neural.records_url", "https://u:hun?ter2@mt.example/"),
        ("server.public_url", "https://u:hunte%72@status.example/#hunter2"),
        ("engines.deepl.key", "52347100"),
        ("engines.openai.key", "hunter2"),
        ("publish.token_hashes", "hunter2"),
        ("publish.webhook_secrets", "whsec_hunter2"),
    ] {
        assert_told_by_none(key, value, &[&CALLS[..4], &CALLS[11..13]].concat());
    }
}

#[test]
fn a_file_that_is_not_toml_is_told_without_its_values() {
    for text in [
        "[store]\nurl = postgres://a:hunter2@h/c\n",
        "[store]\nurl = \"postgres://a:hunter2@h/c\nx\n",
        "[engines.deepl]\nkey = hunter2\n",
        "[engines.deepl]\nkey = \"hunter2\" hunter2\n",
        "[engines.deepl]\nkey = { value = \"hunter2\" }\n",
        "[engines.deepl]\nkey = [\"hunter2\"]\n",
        "[engines.deepl]\nkey = 2024-07-05\n",
        "[engines.deepl]\nkey = \"\\hunter2\"\n",
    ] {
        let sandbox = Sandbox::new();
        sandbox.write("polypost.toml", text);
        for call in [&["config", "check"][..], &["config", "show"], &["list"]] {
            let refused = sandbox.run(call);
            assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{text}: {}", refused.stderr);
            for canary in ["hunter2", "2024-07-05"] {
                assert!(!refused.stderr.contains(canary), "{text}: {}", refused.stderr);
            }
            assert!(refused.stderr.contains("polypost.toml:"), "{text}: {}", refused.stderr);
        }
    }
}

#[test]
fn what_is_in_force_shows_what_is_harmless_of_an_address() {
    let sandbox = Sandbox::new().with("POLYPOST_STORE__URL", "postgres://a:hunter2@db:5432/c?sslmode=require");
    let shown = sandbox.run(&["config", "show"]).succeeded().stdout;
    assert!(shown.contains("url = \"postgres://a:[redacted]@db:5432/c?sslmode=require\""), "{shown}");
    let refused = Sandbox::new().with("POLYPOST_ENGINES__PROXY", "u:hunter2@proxy:3128").run(&["config", "check"]);
    assert!(refused.stderr.contains("`engines.proxy` is `u:[redacted]@proxy:3128`: "), "{}", refused.stderr);
    let unreachable = Sandbox::new().with("POLYPOST_STORE__URL", "postgres://a:hunter2@127.0.0.1:9/c").run(&["list"]);
    assert_eq!(unreachable.code, 1);
    let message = "cannot open the store `postgres://a:[redacted]@127.0.0.1:9/c`: ";
    assert!(unreachable.stderr.contains(message) && unreachable.stderr.contains("refused"), "{}", unreachable.stderr);
}
