//! Stores that earlier releases made (`tests/fixtures/stores`) open, migrate and read as they did there: what each call
//! printed then is beside them; what is printed now has all of it.

use std::path::Path;
use std::process::Command;

use polypost_test_support::{Server, missing, repository};
use serde::Deserialize;
use serde_json::Value;

use crate::sandbox::Sandbox;

/// What a call of the earlier release came to. Of an export the first line is left out, which names its time.
#[derive(Deserialize)]
struct Expected {
    call: String,
    code: i32,
    stdout: Vec<String>,
}

fn fixture(name: &str) -> std::path::PathBuf {
    repository().join("tests/fixtures/stores").join(name)
}

fn sandbox(url: &str) -> Sandbox {
    let sandbox = Sandbox::new().without("POLYPOST_STORE__URL").with("POLYPOST_STORE__URL", url);
    let sandbox =
        sandbox.with("POLYPOST_LOCALES__TARGETS", "es,it,pt-BR").with("POLYPOST_ORGANISATION__NAME", "Example");
    sandbox.with("POLYPOST_SERVER__PUBLIC_URL", "https://status.example.com")
}

fn reads_as_before(sandbox: &Sandbox, expected: &Path) {
    let expected = std::fs::read_to_string(expected).expect("a file of calls");
    let expected: Vec<Expected> = serde_json::from_str(&expected).expect("calls and what they came to");
    assert!(expected.len() > 40);
    sandbox.run(&["migrate"]).succeeded();
    for Expected { call, code, stdout } in expected {
        let words: Vec<&str> = call.split(' ').collect();
        let outcome = sandbox.run(&words);
        let of_export = words[0] == "export";
        let now = if of_export { outcome.stdout.split_once('\n').expect("lines").1 } else { &outcome.stdout };
        let then = stdout.join("\n");
        assert_eq!(outcome.code, code, "`{call}`: {}", outcome.stderr);
        match (serde_json::from_str(now), serde_json::from_str(&then)) {
            (Ok(now), Ok(then)) => assert!(has(&now, &then), "`{call}`: {now}\nbut then {then}"),
            _ => assert_eq!(now, then, "`{call}`"),
        }
    }
}

/// Whether all of `then` is in `now`, which may have further fields.
fn has(now: &Value, then: &Value) -> bool {
    match (now, then) {
        (Value::Object(now), Value::Object(then)) => {
            then.iter().all(|(key, value)| now.get(key).is_some_and(|now| has(now, value)))
        }
        (Value::Array(now), Value::Array(then)) => {
            now.len() == then.len() && now.iter().zip(then).all(|(now, then)| has(now, then))
        }
        _ => now == then,
    }
}

/// What failed or was waiting in the earlier release is translated by this one.
fn is_worked_on(sandbox: &Sandbox) {
    sandbox.run(&["retranslate", "refused", "waiting", "--wait", "--yes"]).succeeded();
    for incident in ["refused", "waiting"] {
        for locale in ["es", "it", "pt-BR"] {
            let shown = sandbox.run(&["show", incident, "--locale", locale, "--format", "json"]).succeeded().json();
            assert_eq!(shown["incident"]["translation"]["state"], "current", "{incident} {locale}");
        }
    }
    sandbox.run(&["publish", "outage.txt", "--id", "outage", "--title", "Calls fail", "--wait"]).succeeded();
    let history = sandbox.run(&["history", "outage", "--locale", "es", "--json"]).succeeded().json();
    assert_eq!(history["versions"].as_array().map(Vec::len), Some(4), "{history}");
}

#[test]
fn a_file_of_the_release_before_reads_as_it_did() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("polypost.db");
    std::fs::copy(fixture("0.1.0.db"), &file).expect("copied");
    let sandbox = sandbox(&format!("sqlite://{}", file.display()));
    sandbox.write("outage.txt", "All calls work again since 4:10 PM UTC.\n");
    reads_as_before(&sandbox, &fixture("0.1.0.db.json"));
    is_worked_on(&sandbox);
}

#[test]
fn a_database_of_the_release_before_reads_as_it_did() {
    let Some(server) = Server::new() else { return };
    let mut load = Command::new("psql");
    load.args(["--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", "--file"]).arg(fixture("0.1.0.sql"));
    let Ok(status) = load.arg(&server.url).status() else { return missing("psql") };
    assert!(status.success(), "the dump is loaded");
    let sandbox = sandbox(&server.url);
    sandbox.write("outage.txt", "All calls work again since 4:10 PM UTC.\n");
    reads_as_before(&sandbox, &fixture("0.1.0.sql.json"));
    is_worked_on(&sandbox);
}
