mod routes;
mod secrets;

use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use polypost_core::document::fact::DateOrder;

fn variables(pairs: &[(&str, &str)]) -> impl Iterator<Item = (String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>().into_iter()
}

fn file(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("polypost.toml");
    std::fs::write(&path, text).expect("written");
    (directory, path)
}

fn load_file(text: &str) -> Result<Config, ConfigErrors> {
    let (_directory, path) = file(text);
    Config::load(Some(&path), std::iter::empty())
}

fn keys(error: &ConfigErrors) -> BTreeSet<&str> {
    error.errors.iter().map(|problem| problem.key.as_str()).collect()
}

#[test]
fn the_defaults_load_and_are_in_order() {
    let config = Config::load(None, std::iter::empty()).expect("the defaults are good");
    assert_eq!(config.locales.targets.len(), 2);
    assert_eq!(config.server.listen.port(), 8080);
    assert_eq!(config.store.url.expose(), "sqlite://polypost.db");
}

#[test]
fn every_key_of_the_defaults_is_explained_by_a_comment() {
    let mut explained = false;
    for line in DEFAULT.lines() {
        match line.trim() {
            "" => explained = false,
            line if line.starts_with('#') => explained = true,
            line if line.starts_with('[') => explained = false,
            // One comment may stand over a few keys that belong together.
            line => assert!(explained, "no comment above `{line}`"),
        }
    }
}

#[test]
fn the_environment_goes_over_the_file_and_the_file_over_the_defaults() {
    let (_directory, path) = file("[worker]\nconcurrency = 2\npoll_seconds = 9\n[locales]\ntargets = [\"fr\"]\n");
    let environment = variables(&[
        ("POLYPOST_WORKER__CONCURRENCY", "7"),
        ("POLYPOST_LOCALES__TARGETS", "es, pt-BR,"),
        ("POLYPOST_ENGINES__APERTIUM__URL", "http://apertium.test:2737"),
        ("POLYPOST_ENGINES__NEURAL__FETCH", "false"),
        ("POLYPOST_PUBLISH__DATE_ORDER", "dmy"),
        ("POLYPOST_CONFIG", "ignored"),
        ("POLYPOST_SERVICE_HOST", "10.0.0.1"),
        ("PATH", "/bin"),
    ]);
    let config = Config::load(Some(&path), environment).expect("good");
    assert_eq!(config.worker.concurrency, 7);
    assert_eq!(config.worker.poll_seconds, 9);
    assert_eq!(
        config.locales.targets.iter().map(polypost_core::locale::Locale::as_str).collect::<Vec<_>>(),
        ["es", "pt-BR"]
    );
    assert_eq!(config.engines.apertium.url, "http://apertium.test:2737");
    assert!(!config.engines.neural.fetch);
    assert!(config.publish.token_hashes.is_empty());
    assert_eq!(config.publish.date_order, DateOrder::Dmy);
}

#[test]
fn every_problem_is_reported_at_once_with_file_and_line() {
    let text = r#"
[locales]
source = "english!"
targets = ["es", "es", "spanish", "not a locale", "en", 3]

[worker]
concurrency = 0
lease_seconds = 2
pol_seconds = 3
retry_first_seconds = -1

[server]
listen = "localhost"
public_url = "status.example.com"

[store]
url = "mysql://x"

[publish]
token_hashes = ["my-token-in-plain"]
date_order = "ymd"
webhook_secrets = ["whsec_c2hvcnQ=", "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]

[engines]
route = ["nueral", "pseudo"]

[engines.apertium]
url = 7

[log]
filter = "polypost=loud"
format = "xml"

[nonsense]
x = 1
"#;
    let error = load_file(text).expect_err("bad");
    let expected = [
        "engines.apertium.url",
        "engines.route[0]",
        "locales.source",
        "locales.targets[1]",
        "locales.targets[2]",
        "locales.targets[3]",
        "locales.targets[4]",
        "locales.targets[5]",
        "log.filter",
        "log.format",
        "nonsense.x",
        "publish.date_order",
        "publish.token_hashes[0]",
        "publish.webhook_secrets[0]",
        "server.listen",
        "server.public_url",
        "store.url",
        "worker.concurrency",
        "worker.lease_seconds",
        "worker.pol_seconds",
        "worker.retry_first_seconds",
    ];
    assert_eq!(keys(&error), expected.into_iter().collect::<BTreeSet<_>>(), "{error}");
    let text = error.to_string();
    assert!(text.contains("polypost.toml:7: `worker.concurrency` is `0`"), "{text}");
    assert!(text.contains("did you mean `worker.poll_seconds`?"), "{text}");
    assert!(text.contains("did you mean `neural`?"), "{text}");
    assert!(!text.contains("my-token") && !text.contains("c2hvcnQ"), "{text}");
}

#[test]
fn locales_are_checked_against_each_other() {
    let error = load_file("[locales]\ntargets = [\"es\", \"ES\", \"und\", \"en\"]\n").expect_err("bad");
    let expected = ["locales.targets[1]", "locales.targets[2]", "locales.targets[3]"];
    assert_eq!(keys(&error), expected.into_iter().collect::<BTreeSet<_>>(), "{error}");
    assert!(load_file("[locales]\ntargets = []\n").is_err());
}

#[test]
fn of_two_values_that_contradict_each_other_the_one_that_was_set_is_blamed() {
    let error = load_file("[worker]\nheartbeat_seconds = 20\n").expect_err("bad");
    let [problem] = error.errors.as_slice() else { panic!("one problem: {error}") };
    assert_eq!(problem.key, "worker.heartbeat_seconds");
    assert!(matches!(&problem.origin, ValueOrigin::File { line: Some(2), .. }));
}

#[test]
fn an_engines_settings_are_checked_against_each_other() {
    let text = r#"
[engines.google]
location = ""
model = "nmt?key=x"
token_file = "token"
credentials_file = "key.json"

[engines.azure]
api_version = "2026-06-06"
category = "1fed"
tone = "formal"
"#;
    let error = load_file(text).expect_err("bad");
    let expected = [
        "engines.azure.category",
        "engines.azure.tone",
        "engines.google.credentials_file",
        "engines.google.location",
        "engines.google.model",
        "engines.google.token_file",
    ];
    assert_eq!(keys(&error), expected.into_iter().collect::<BTreeSet<_>>(), "{error}");
    let error = load_file("[engines.azure]\ndeployment = \"gpt\"\ntone = \"rude\"\n").expect_err("bad");
    assert_eq!(keys(&error), BTreeSet::from(["engines.azure.deployment", "engines.azure.tone"]), "{error}");
    let good = "[engines.google]\nproject = \"example.com:p-1\"\ntoken_file = \"/run/token\"\n\
                [engines.azure]\napi_version = \"2026-06-06\"\ndeployment = \"gpt\"\ntone = \"formal\"\n";
    load_file(good).expect("good");
}

#[test]
fn an_empty_variable_for_who_may_publish_is_a_wrong_setting() {
    for name in ["POLYPOST_PUBLISH__TOKEN_HASHES", "POLYPOST_PUBLISH__WEBHOOK_SECRETS"] {
        for text in ["", " ", ","] {
            let error = Config::load(None, variables(&[(name, text)])).expect_err("bad");
            assert!(error.to_string().contains(&format!("environment variable `{name}`: `publish.")), "{error}");
            assert!(error.to_string().contains("this is empty"), "{error}");
        }
    }
}

#[test]
fn metrics_have_a_port_of_this_machine_or_an_address() {
    let listen = |text: &str| load_file(&format!("[server]\nmetrics_listen = \"{text}\"\n"));
    let read = |text: &str| listen(text).expect("good").server.metrics_listen.map(|address| address.to_string());
    assert_eq!(read(""), None);
    assert_eq!(read("9464").as_deref(), Some("127.0.0.1:9464"));
    assert_eq!(read("[::]:9464").as_deref(), Some("[::]:9464"));
    for wrong in ["localhost", "99999", "127.0.0.1", "127.0.0.1:8080"] {
        assert_eq!(keys(&listen(wrong).expect_err("bad")), BTreeSet::from(["server.metrics_listen"]), "{wrong}");
    }
}

#[test]
fn a_wrong_variable_is_named() {
    let environment = [("POLYPOST_WORKER__CONCURRENCY", "many"), ("POLYPOST_STROE__URL", "sqlite://x.db")];
    let error = Config::load(None, variables(&environment)).expect_err("bad");
    let text = error.to_string();
    assert!(
        text.contains("`POLYPOST_WORKER__CONCURRENCY`: `worker.concurrency` is `many`: expected a whole number"),
        "{text}"
    );
    assert!(
        text.contains("`POLYPOST_STROE__URL`: `stroe.url`: unknown key; did you mean `POLYPOST_STORE__URL`?"),
        "{text}"
    );
}

#[test]
fn a_file_that_is_missing_or_is_not_toml_is_reported_beside_the_variables() {
    let environment = || variables(&[("POLYPOST_WORKER__CONCURRENCY", "0")]);
    let error = Config::load(Some(Path::new("/nowhere/polypost.toml")), environment()).expect_err("missing");
    assert_eq!(error.errors.len(), 2, "{error}");
    let (_directory, path) = file("[worker\nconcurrency = 3\n");
    let error = Config::load(Some(&path), environment()).expect_err("not TOML");
    assert!(error.to_string().contains("polypost.toml:1: "), "{error}");
    assert!(keys(&error).contains("worker.concurrency"), "{error}");
}

#[test]
fn a_section_must_be_a_section_and_may_be_empty() {
    let error = load_file("worker = 3\n").expect_err("bad");
    assert!(error.to_string().contains("this is a section, written `[worker]`"), "{error}");
    assert!(load_file("[worker]\n[engines.neural]\n").is_ok());
}

#[test]
fn what_the_engines_cannot_use_is_said() {
    let error = load_file(
        "[engines.amazon]\nregion = \"eu-west-1.example\"\nformality = \"formal\"\nurl = \"amazonaws.com\"\n\
         [engines.libretranslate]\nbatch_texts = 0\n[engines.modernmt]\npriority = \"high\"\n\
         [engines.openai]\nkey_header = \"cookie\"\nlimit_field = \"most\"\ntemperature = 2.5\nformality = \"rude\"\n\
         batch_texts = 0\nthinking_tokens = 9000000\n",
    )
    .expect_err("bad");
    for said in ["`engines.amazon.region`", "`FORMAL`", "`engines.amazon.url`", "from 1 to 1000", "`background`"] {
        assert!(error.to_string().contains(said), "{said}: {error}");
    }
    for said in ["`api-key`", "`max_tokens`", "a number up to 2", "`informal`", "`engines.openai.thinking_tokens`"] {
        assert!(error.to_string().contains(said), "{said}: {error}");
    }
    assert_eq!(error.errors.len(), 11, "{error}");
}

#[test]
fn a_name_for_glossaries_is_one_that_every_vendor_takes() {
    for name in ["Polypost", "polypost_production", "4711", "-x", "status pages", "a/b", &"x".repeat(41)] {
        let error = load_file(&format!("[engines.deepl]\nglossary = \"{name}\"\n")).expect_err(name).to_string();
        assert!(error.contains(&format!("`engines.deepl.glossary` is `{name}`: lower-case letters")), "{error}");
    }
    load_file("[engines.deepl]\nglossary = \"polypost-2\"\n[engines.amazon]\nglossary = \"status\"\n").expect("good");
}

#[test]
fn googles_glossaries_want_a_project_a_location_and_a_bucket() {
    let load = |rest: &str| load_file(&format!("[engines.google]\nglossary = \"polypost\"\n{rest}"));
    let error = load("").expect_err("bad").to_string();
    for said in ["`engines.google.project` is wanted", "`engines.google.glossary_bucket` is wanted", "`us-central1`"] {
        assert!(
            error.contains(said) && error.matches("`engines.google.glossary` is `polypost`").count() == 3,
            "{error}"
        );
    }
    let good = "project = \"p-1\"\nlocation = \"us-central1\"\ntoken_file = \"/run/token\"\n";
    let error = load(&format!("{good}glossary_bucket = \"gs://b\"\nstorage_url = \"b\"\n")).expect_err("bad");
    assert_eq!(
        keys(&error),
        BTreeSet::from(["engines.google.glossary_bucket", "engines.google.storage_url"]),
        "{error}"
    );
    let error = load(&format!("{}glossary_bucket = \"b\"\n", good.replace("us-central1", "global"))).expect_err("bad");
    assert!(error.to_string().contains("a location other than `global`"), "{error}");
    load(&format!("{good}glossary_bucket = \"my-bucket_1.example\"\n")).expect("good");
}
