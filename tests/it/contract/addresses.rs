//! Addresses where no engine is, but where a cloud's machines keep their secrets: nothing that is configured, no
//! redirection and no name leads there. What stands there is never asked, so that no error can repeat it.

use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use polypost_engines::route::RouteError;
use polypost_engines::{CallOutcome, EngineDependencies, ErrorKind, route};

use super::{TEXT, ask};
use polypost_test_service::program::{locale, settings};
use polypost_test_service::stub;
use polypost_test_service::vendors::all::all;
use polypost_test_service::vendors::google::{PROJECT, accounts};

/// Each as the URL standard reads it, too.
const ADDRESSES: [&str; 8] = [
    "http://169.254.169.254",
    "http://169.254.169.254:8080/latest/meta-data",
    "https://key@169.254.170.2/v1",
    "http://0xA9FEA9FE/",
    "http://[::ffff:169.254.169.254]",
    "http://[fd00:ec2::254]",
    "http://[fe80::1]:2737",
    "http://100.100.100.200",
];

const RULE: &str = "a link-local or metadata address: no engine is there";

#[tokio::test]
async fn no_engine_is_made_for_an_address_where_secrets_are() {
    for service in all().await.into_iter().filter(|service| service.can.network) {
        for address in ADDRESSES {
            let settings = service.settings_with(address, |_| {});
            let Err(RouteError::Engine(error)) =
                route::engine(&settings, service.engine_name(), &EngineDependencies::default())
            else {
                panic!("{} asks at {address}", service.name);
            };
            assert_eq!(error.kind, ErrorKind::Broken, "{}: {address}: {error}", service.name);
            let told = error.to_string();
            assert!(told.contains(RULE) && told.contains(&address.replace("key@", "")), "{}: {told}", service.name);
            assert!(!told.contains("key@"), "{}: {told}", service.name);
        }
    }
}

#[tokio::test]
async fn no_engine_is_led_to_an_address_where_secrets_are() {
    for service in all().await.into_iter().filter(|service| service.can.network) {
        for address in ADDRESSES {
            let location = format!("location: {address}\r\n");
            let url =
                stub::serve(move |_| Some(stub::answer("307 Temporary Redirect", &location, "what is there"))).await;
            let error = service.engine_at(&url, &EngineDependencies::default());
            let error = error.check(&locale("en"), &locale("es")).await.expect_err(service.name);
            let told = format!("{error} {error:?}");
            assert!(told.contains("307"), "{}: {told}", service.name);
            assert!(!told.contains(address) && !told.contains("what is there"), "{}: {told}", service.name);
        }
    }
}

/// What stands in front of a service may want a password.
#[tokio::test]
async fn a_password_in_an_address_is_sent_and_not_told() {
    let basic = format!("Basic {}", STANDARD.encode("operator:hunter2"));
    for service in all().await.into_iter().filter(|service| service.can.network) {
        let sent = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&sent);
        let fails = stub::serve(move |asked| {
            log.lock().unwrap().extend(asked.header("authorization").map(str::to_owned));
            Some(stub::answer("500 Internal Server Error", "", ""))
        })
        .await;
        let page = stub::serve(|_| Some(stub::ok("<html>"))).await;
        for url in [fails.as_str(), &page, "http://127.0.0.1:1"] {
            let engine = service.engine_at(&url.replace("://", "://operator:hunter2@"), &EngineDependencies::default());
            let error = ask(&service, engine.as_ref(), &[TEXT.to_owned()]).await.expect_err(service.name);
            let told = format!("{error} {error:?}");
            assert!(!told.contains("hunter2") && !told.contains("operator"), "{}: {told}", service.name);
            // Not where another server is asked before.
            let names_it = told.contains(&format!("`{url}`"));
            assert!(
                names_it || service.name.contains(' ') || error.call == CallOutcome::Paused,
                "{}: {told}",
                service.name
            );
        }
        if ["apertium", "libretranslate"].contains(&service.name) {
            assert!(sent.lock().unwrap().iter().all(|header| *header == basic), "{}", service.name);
            assert!(!sent.lock().unwrap().is_empty(), "{}", service.name);
        }
    }
}

/// Models come from wherever their publisher says, so that these redirections are followed.
#[tokio::test]
async fn models_are_fetched_by_way_of_others_and_not_from_where_secrets_are() {
    let directory = tempfile::tempdir().expect("a directory");
    let engine = |records: &str| {
        let mut settings = settings().engines;
        settings.neural.directory = directory.path().to_owned();
        settings.neural.fetch = true;
        records.clone_into(&mut settings.neural.records_url);
        records.clone_into(&mut settings.neural.files_url);
        route::engine(&settings, "neural", &EngineDependencies::default()).expect("usable settings")
    };
    for address in ADDRESSES {
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&asked);
        let location = format!("location: {address}\r\n");
        let astray = stub::serve(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
            Some(stub::answer("302 Found", &location, ""))
        })
        .await;
        let location = format!("location: {astray}/records\r\n");
        let url = stub::serve(move |_| Some(stub::answer("301 Moved Permanently", &location, ""))).await;
        for url in [url.as_str(), address] {
            let error = engine(url).prepare(&locale("en"), &locale("es")).await.expect_err("no models there");
            assert_eq!(error.kind, ErrorKind::Broken, "{error}");
            assert!(error.to_string().contains(RULE), "{address}: {error}");
        }
        assert_eq!(asked.load(Ordering::Relaxed), 1, "{address}");
    }
}

/// A key file names the server that gives out tokens.
#[tokio::test]
async fn no_token_is_fetched_where_secrets_are() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("key.json");
    for address in ADDRESSES {
        accounts::write_key(&file, address);
        let mut settings = settings().engines;
        PROJECT.clone_into(&mut settings.google.project);
        settings.google.credentials_file = file.to_string_lossy().into_owned();
        let engine = route::engine(&settings, "google", &EngineDependencies::default()).expect("usable settings");
        let error = engine.check(&locale("en"), &locale("es")).await.expect_err("no tokens there");
        assert!(error.kind == ErrorKind::Broken && error.to_string().contains(RULE), "{error}");
    }
}

/// The process gets a table of names of its own, where the system lets it have one.
#[test]
fn a_name_that_stands_for_such_an_address_is_refused_when_it_is_asked() {
    const WITH_NAMES: &str = "mount --bind \"$0\" /etc/hosts && exec \"$@\"";
    const ENGINES: [&str; 8] =
        ["apertium", "amazon", "azure", "deepl", "google", "libretranslate", "modernmt", "openai"];
    let directory = tempfile::tempdir().expect("a directory");
    let names = directory.path().join("hosts");
    std::fs::write(&names, "127.0.0.1 localhost\n169.254.169.254 mt.example\nfd00:ec2::254 mt.example\n")
        .expect("written");
    let with_names = |program: &str| {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-c", WITH_NAMES]).arg(&names).arg(program);
        command.current_dir(directory.path()).env_remove("POLYPOST_TEST_STORE");
        command
    };
    if !with_names("true").output().is_ok_and(|done| done.status.success()) {
        eprintln!("skipped: this system has no `unshare --map-root-user --mount`");
        return;
    }
    let mut command = with_names(env!("CARGO_BIN_EXE_polypost"));
    command
        .args(["engines", "--json"])
        .env("POLYPOST_LOCALES__TARGETS", "es")
        .env("POLYPOST_ENGINES__ROUTE", ENGINES.join(","));
    for engine in ENGINES {
        let name = format!("POLYPOST_ENGINES__{}", engine.to_uppercase());
        command.env(format!("{name}__URL"), "http://mt.example:1");
        if !["apertium", "amazon"].contains(&engine) {
            command.env(format!("{name}__KEY"), "a-key");
        }
    }
    let amazon = [("REGION", "eu-west-1"), ("ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), ("SECRET_ACCESS_KEY", "a-key")];
    command.envs(amazon.map(|(name, value)| (format!("POLYPOST_ENGINES__AMAZON__{name}"), value)));
    command.env("POLYPOST_ENGINES__OPENAI__MODEL", "parrot-4");
    let done = command.output().expect("it runs");
    let told = String::from_utf8_lossy(&done.stdout);
    let refused = told.matches("`mt.example` stands for a link-local or metadata address: no engine is there").count();
    assert!(refused >= ENGINES.len(), "{told}\n{}", String::from_utf8_lossy(&done.stderr));
}
