//! No secret of a configuration is shown: not as in force, not in an error, not by `Debug`.

use super::*;

#[test]
fn what_is_in_force_is_toml_that_says_where_it_comes_from_and_hides_secrets() {
    let hash = "ab".repeat(32);
    let secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    let environment = [
        ("POLYPOST_PUBLISH__TOKEN_HASHES", hash.as_str()),
        ("POLYPOST_PUBLISH__WEBHOOK_SECRETS", secret),
        ("POLYPOST_ENGINES__APERTIUM__URL", "http://user:hunter2@apertium.test/base"),
        ("POLYPOST_ENGINES__GOOGLE__KEY", "AIzaSy-c0ffee"),
        ("POLYPOST_ENGINES__GOOGLE__PROJECT", "status-pages"),
        // The key itself, by mistake.
        ("POLYPOST_ENGINES__GOOGLE__CREDENTIALS_FILE", "{\"private_key\": \"c0ffee\"}"),
    ];
    let text = in_force(None, variables(&environment)).expect("good");
    assert!(!text.contains(&hash) && !text.contains(secret) && !text.contains("hunter2"), "{text}");
    assert!(!text.contains("c0ffee"), "{text}");
    assert!(text.contains("url = \"http://user:[redacted]@apertium.test/base\"  # environment variable"), "{text}");
    assert!(text.contains("concurrency = 4\n"), "{text}");
    let shown: toml::Table = toml::from_str(&text).expect("what is shown is TOML");
    let default: toml::Table = toml::from_str(DEFAULT).expect("the defaults are TOML");
    assert_eq!(shown.keys().collect::<Vec<_>>(), default.keys().collect::<Vec<_>>());
}

#[test]
fn the_engines_keys_show_nowhere() {
    let secret = "c0ffee5e4f8a4bb2";
    let keys = [
        "DEEPL__KEY",
        "AZURE__KEY",
        "AMAZON__SECRET_ACCESS_KEY",
        "AMAZON__SESSION_TOKEN",
        "LIBRETRANSLATE__KEY",
        "MODERNMT__KEY",
        "OPENAI__KEY",
    ];
    let names = keys.map(|key| format!("POLYPOST_ENGINES__{key}"));
    let environment: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), secret)).collect();
    let text = in_force(None, variables(&environment)).expect("good");
    assert!(!text.contains(secret) && text.matches("\"[redacted]\"").count() == keys.len(), "{text}");
    let config = Config::load(None, variables(&environment)).expect("good");
    assert!(!format!("{config:?}").contains(secret));
}

/// Addresses with slips in them, each with a password. How such an address falls apart differs from parser to parser.
const MALFORMED: [&str; 12] = [
    "postgres://a:hunter2?x@b/c",
    "postgres://a:hun/ter2@b/c",
    "postgres://b/c?PASSWORD=hunter2",
    "postgres://b/c?pass%77ord=hunter2",
    "postgres://b/c?sslkey=hunter2",
    "postgres:a:hunter2@b/c",
    "host=b password=hunter2",
    "u:hunter2@proxy:3128",
    "https://mt.example/?api_key=hunter2",
    "https://u:hun?ter2@mt.example/",
    "https://hunter2@mt.example/v1#hunter2",
    "ht!tp://u:hunt%65r2@mt.example/",
];

/// Every key, whatever its type: what is said against the value, and what is shown as in force.
#[test]
fn no_key_shows_the_password_of_an_address_with_a_slip() {
    let defaults: toml::Table = DEFAULT.parse().expect("the defaults");
    let mut keys = Vec::new();
    leaf_keys("", &defaults, &mut keys);
    assert!(keys.len() > 100, "{keys:?}");
    let variable = |key: &String| format!("POLYPOST_{}", key.to_uppercase().replace('.', "__"));
    let shows_nothing = |said: &str| {
        for part in ["hunter2", "hun/ter2", "hun?ter2", "ter2@", "hunt%65r2"] {
            assert!(!said.contains(part), "{said}");
        }
    };
    for address in MALFORMED {
        // All that is wrong is told at once.
        let lines: Vec<String> = keys.iter().map(|key| format!("{key} = \"{address}\"")).collect();
        let refused = load_file(&lines.join("\n")).expect_err("numbers are wanted, too");
        shows_nothing(&format!("{refused} {refused:?}"));
        // What is accepted is shown as in force.
        let mut left: Vec<&String> = keys.iter().collect();
        let shown = loop {
            let environment: Vec<_> = left.iter().map(|key| (variable(key), address.to_owned())).collect();
            let refused = match in_force(None, environment.into_iter()) {
                Ok(shown) => break shown,
                Err(refused) => refused,
            };
            shows_nothing(&format!("{refused} {refused:?}"));
            let before = left.len();
            left.retain(|key| !refused.errors.iter().any(|error| is_of(key, &error.key)));
            assert!(left.len() < before, "{refused}");
        };
        shows_nothing(&shown);
        assert!(left.len() > 10, "{left:?}");
    }
}

/// Whether a problem's key is this one, or an element of its list.
fn is_of(key: &str, problem: &str) -> bool {
    problem.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
}

fn leaf_keys(prefix: &str, table: &toml::Table, keys: &mut Vec<String>) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            toml::Value::Table(inner) => leaf_keys(&key, inner, keys),
            _ => keys.push(key),
        }
    }
}

/// Whatever is shown as a secret is known to whoever takes secrets out of messages.
#[test]
fn all_that_is_secret_in_the_engines_settings_is_known() {
    let mut number = 0;
    let mut canaries = Vec::new();
    let mut settings: toml::Table = DEFAULT.parse().expect("the defaults");
    let engines = settings.get_mut("engines").and_then(toml::Value::as_table_mut).expect("a section");
    let mut sections: Vec<&mut toml::Table> =
        engines.iter_mut().filter_map(|(_, value)| value.as_table_mut()).collect();
    for section in &mut sections {
        for (key, value) in section.iter_mut() {
            let toml::Value::String(text) = value else { continue };
            number += 1;
            let canary = format!("canary{number:04}");
            let is_secret =
                redaction::redacted(key, &toml::Value::String(canary.clone())).as_str() == Some("[redacted]");
            if is_secret && !key.ends_with("_file") {
                text.clone_from(&canary);
                canaries.push(canary);
            } else if key.ends_with("url") {
                *text = format!("https://user:{canary}@mt.example/?key=q{canary}");
                canaries.extend([canary.clone(), format!("q{canary}")]);
            }
        }
    }
    let engines: EngineSettings = settings["engines"].clone().try_into().expect("settings");
    let known = engines.secrets();
    assert!(canaries.len() > 20, "{canaries:?}");
    for canary in canaries {
        assert!(known.contains(&canary), "{canary} of {known:?}");
    }
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    let environment = [("POLYPOST_PUBLISH__WEBHOOK_SECRETS", secret)];
    let config = Config::load(None, variables(&environment)).expect("good");
    assert!(!format!("{config:?}").contains(secret));
}
