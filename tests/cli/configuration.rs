//! Configuration files, variables and completions.

use crate::sandbox::Sandbox;

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
