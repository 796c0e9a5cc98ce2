//! How publishers are let in: the token that `serve` makes, those of `polypost token`, and what `doctor` says of both.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use super::sandbox::{LISTENING, SERVE, Sandbox, address, ask};

const FILE: &str = "polypost.token";

fn token(file: &Path) -> String {
    fs::read_to_string(file).expect("there").trim().to_owned()
}

fn mode(file: &Path) -> u32 {
    fs::symlink_metadata(file).expect("there").permissions().mode() & 0o777
}

/// The status of a request with this token, or without one.
fn status(address: &str, request: &str, token: Option<&str>) -> u16 {
    let bearer = token.map(|token| format!("authorization: Bearer {token}\r\n")).unwrap_or_default();
    let answer = ask(address, &format!("{request} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{bearer}\r\n"));
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("a status: {answer}"))
}

const DELETE: &str = "DELETE /v1/incidents/none";

/// What `serve` says until it listens, while which something is done.
fn serve(sandbox: &Sandbox, act: impl FnOnce(&str)) -> String {
    let mut heard = String::new();
    let code = sandbox.serve_while(&SERVE, LISTENING, |said| {
        said.clone_into(&mut heard);
        act(address(said, LISTENING));
    });
    assert_eq!(code, Some(0), "{heard}");
    heard
}

#[test]
fn the_first_start_makes_a_token_that_its_owner_alone_can_read() {
    let sandbox = Sandbox::new();
    let file = sandbox.path(FILE);
    let mut made = String::new();
    let said = serve(&sandbox, |address| {
        made = token(&file);
        assert_eq!(status(address, DELETE, None), 401);
        assert_eq!(status(address, DELETE, Some(&made[1..])), 401);
        assert_eq!(status(address, DELETE, Some(&made)), 404, "allowed, and not there");
        assert_eq!([None, Some(made.as_str())].map(|token| status(address, "GET /metrics", token)), [401, 200]);
    });
    let secret = made.strip_prefix("polypost_").expect("what scanners know it by");
    assert!(secret.len() == 64 && secret.bytes().all(|byte| byte.is_ascii_hexdigit()), "{made}");
    assert_eq!(mode(&file), 0o600);
    assert!(said.contains("the token for publishing over HTTP is in `polypost.token`"), "{said}");
    assert!(!said.contains(secret), "neither words nor log tell the token: {said}");
    let left = fs::read_dir(sandbox.path("")).expect("readable").map(|entry| entry.expect("there").file_name());
    let drafts: Vec<_> = left.filter(|name| name.to_string_lossy().starts_with(".polypost")).collect();
    assert!(drafts.is_empty(), "{drafts:?}");

    let again = serve(&sandbox, |address| assert_eq!(status(address, DELETE, Some(&made)), 404));
    assert!(token(&file) == made && again.contains("is in `polypost.token`"), "{again}");
    let listed = sandbox.run(&["token", "list"]).succeeded().stdout;
    assert!(listed.contains("serve  operate") && listed.contains("valid") && !listed.contains(secret), "{listed}");

    // Lost: the service goes on, and says what to do.
    fs::remove_file(&file).expect("removed");
    let lost = serve(&sandbox, |address| assert_eq!(status(address, DELETE, Some(&made)), 404));
    assert!(lost.contains("`polypost.token` has none of them"), "{lost}");
    assert!(lost.contains("`polypost token new --name NAME --scope operate`"), "{lost}");
    assert!(!file.exists());
}

#[test]
fn tokens_are_made_listed_and_revoked() {
    let empty = Sandbox::new().with("POLYPOST_STORE__URL", "sqlite://polypost.db");
    for call in [&["token", "list"][..], &["token", "revoke", "ci"]] {
        let refused = empty.run(call);
        assert!(refused.code == 1 && refused.stderr.contains("there is no store yet: the file"), "{refused:?}");
    }
    assert!(!empty.path("polypost.db").exists());
    let sandbox = Sandbox::new();
    let made = sandbox.run(&["token", "new", "--name", "ci", "--expires", "2999-12-31"]).succeeded();
    let publisher = made.stdout.trim().to_owned();
    assert!(publisher.starts_with("polypost_") && !made.stderr.contains(&publisher), "{made:?}");
    let operator = sandbox.run(&["token", "new", "--name", "me", "--scope", "operate"]).succeeded().stdout;
    let twice = sandbox.run(&["token", "new", "--name", "ci"]);
    assert_eq!((twice.code, twice.stdout.as_str()), (1, ""), "{}", twice.stderr);
    for wrong in [
        &["new", "--name", "A B"][..],
        &["new", "--name", "x", "--scope", "all"],
        &["new", "--name", "x", "--expires", "2020-01-01"],
        &["new", "--name", "x", "--expires", "soon"],
        &["new"],
    ] {
        assert_eq!(sandbox.run(&[&["token"], wrong].concat()).code, 2, "{wrong:?}");
    }
    let said = serve(&sandbox, |address| {
        for (token, metrics) in [(publisher.as_str(), 403), (operator.trim(), 200)] {
            assert_eq!(status(address, DELETE, Some(token)), 404);
            assert_eq!(status(address, "GET /metrics", Some(token)), metrics);
        }
    });
    assert!(said.contains("publishing over HTTP needs a token of the store"), "{said}");
    assert!(!sandbox.path(FILE).exists(), "where there are tokens, none is made");

    sandbox.run(&["token", "revoke", "ci"]).succeeded();
    assert_eq!(sandbox.run(&["token", "revoke", "ci"]).code, 1);
    let listed = sandbox.run(&["token", "list", "--json"]).succeeded().json();
    let valid: Vec<_> = listed["tokens"].as_array().expect("tokens").iter().map(|token| &token["valid"]).collect();
    assert_eq!(valid, [false, true]);
    sandbox.run(&["token", "revoke", "me"]).succeeded();
    let ended = serve(&sandbox, |address| assert_eq!(status(address, DELETE, Some(&publisher)), 401));
    assert!(ended.contains("every token is expired or revoked"), "{ended}");
}

/// What stands there, and what is said of it.
type Planted<'case> = (&'case dyn Fn(&Sandbox), &'case str);

#[test]
fn what_stands_in_the_tokens_place_is_neither_followed_nor_believed() {
    let planted = format!("polypost_{}\n", "0".repeat(64));
    let link = |sandbox: &Sandbox| {
        fs::write(sandbox.path("elsewhere"), "kept").expect("written");
        symlink("elsewhere", sandbox.path(FILE)).expect("linked");
    };
    let open_to_all = |sandbox: &Sandbox| {
        sandbox.write(FILE, &planted);
        fs::set_permissions(sandbox.path(FILE), Permissions::from_mode(0o644)).expect("set");
    };
    let something_else = |sandbox: &Sandbox| {
        sandbox.write(FILE, "hunter2\n");
        fs::set_permissions(sandbox.path(FILE), Permissions::from_mode(0o600)).expect("set");
    };
    let cases: [Planted<'_>; 3] = [
        (&link, "is no file of its own"),
        (&open_to_all, "others than its owner may read it"),
        (&something_else, "has no token of Polypost's"),
    ];
    for (plant, why) in cases {
        let sandbox = Sandbox::new();
        plant(&sandbox);
        let said = serve(&sandbox, |address| {
            assert_eq!(status(address, DELETE, Some(planted.trim())), 401, "{why}");
            assert_eq!(status(address, "GET /health/ready", None), 200, "readers do not suffer from it");
        });
        assert!(said.contains(why) && said.contains("mend that and restart"), "{why}: {said}");
        assert!(!said.contains("hunter2"), "{said}");
        if sandbox.path("elsewhere").exists() {
            assert_eq!(fs::read_to_string(sandbox.path("elsewhere")).expect("there"), "kept");
        }
        fs::remove_file(sandbox.path(FILE)).expect("removed");
        serve(&sandbox, |address| assert_eq!(status(address, DELETE, Some(&token(&sandbox.path(FILE)))), 404));
    }
}

/// Killed after the file was written and before the store had its hash: the next start goes on from there.
#[test]
fn an_interrupted_first_start_is_taken_up() {
    let sandbox = Sandbox::new();
    let written = format!("polypost_{}\n", "4f".repeat(32));
    sandbox.write(FILE, &written);
    fs::set_permissions(sandbox.path(FILE), Permissions::from_mode(0o600)).expect("set");
    let said = serve(&sandbox, |address| assert_eq!(status(address, DELETE, Some(written.trim())), 404));
    assert!(said.contains("is in `polypost.token`") && token(&sandbox.path(FILE)) == written.trim(), "{said}");
}

#[test]
fn of_servers_that_start_together_on_one_store_one_makes_the_token() {
    let sandbox = Sandbox::new();
    sandbox.run(&["migrate"]).succeeded();
    let files = ["one.token", "two.token", "three.token"];
    std::thread::scope(|scope| {
        for file in files {
            let configured = format!("[server]\ntoken_file = \"{file}\"\n");
            sandbox.write(&format!("{file}.toml"), &configured);
            let sandbox = &sandbox;
            scope.spawn(move || {
                let configuration = format!("{file}.toml");
                let call = [&["--config", configuration.as_str()][..], &SERVE].concat();
                assert_eq!(sandbox.serve_while(&call, LISTENING, |_| ()), Some(0));
            });
        }
    });
    let made: Vec<_> = files.into_iter().filter(|file| sandbox.path(file).exists()).collect();
    assert_eq!(made.len(), 1, "{made:?}");
    serve(&sandbox, |address| assert_eq!(status(address, DELETE, Some(&token(&sandbox.path(made[0])))), 404));
}

#[test]
fn configured_tokens_stand_alone_and_an_empty_variable_is_none() {
    let hash = polypost_store::token_hash("mine");
    let sandbox = Sandbox::new().with("POLYPOST_PUBLISH__TOKEN_HASHES", &hash);
    serve(&sandbox, |address| assert_eq!(status(address, DELETE, Some("mine")), 404));
    assert!(!sandbox.path(FILE).exists());
    let sandbox = sandbox.with("POLYPOST_PUBLISH__TOKEN_HASHES", "");
    for call in [&SERVE[..], &["config", "check"], &["doctor"]] {
        let refused = sandbox.run(call);
        assert_eq!(refused.code, 2, "{call:?}");
        let why = "environment variable `POLYPOST_PUBLISH__TOKEN_HASHES`: `publish.token_hashes` is ``: this is empty";
        assert!(refused.stderr.contains(why), "{}", refused.stderr);
    }
}

#[test]
fn metrics_have_a_listener_of_their_own_where_that_is_wanted() {
    let sandbox = Sandbox::new().with("POLYPOST_SERVER__METRICS_LISTEN", "0");
    let mut own = String::new();
    let code = sandbox.serve_while(&SERVE, LISTENING, |said| {
        address(said, "metrics on http://").clone_into(&mut own);
        assert!(own.starts_with("127.0.0.1:"), "{own}");
        for (path, expected) in [("/metrics", 200), ("/health/ready", 200), ("/v1/incidents", 404), ("/en/", 404)] {
            assert_eq!(status(&own, &format!("GET {path}"), None), expected, "{path}");
        }
        assert_eq!(status(&own, DELETE, None), 404, "nothing but reading");
        assert_eq!(status(address(said, LISTENING), "GET /metrics", None), 401, "readers' listener wants the token");
    });
    assert_eq!(code, Some(0));
    assert!(std::net::TcpStream::connect(own).is_err(), "it ends with the service");
}

/// What `doctor` says of a check: verdict and message.
fn diagnosed(sandbox: &Sandbox, check: &str) -> (String, String) {
    let checks = sandbox.run(&["doctor", "--json"]).json();
    let checks = checks["checks"].as_array().expect("checks").clone();
    let found = checks.into_iter().find(|found| found["what"] == check).unwrap_or_else(|| panic!("no `{check}`"));
    let text = |field: &str| found[field].as_str().unwrap_or_default().to_owned();
    (text("verdict"), format!("{} {}", text("message"), text("hint")))
}

#[test]
fn doctor_says_who_can_publish() {
    let sandbox = Sandbox::new();
    let is = |verdict: &str, part: &str| {
        let (found, message) = diagnosed(&sandbox, "publishing");
        assert!(found == verdict && message.contains(part), "{found}: {message}");
    };
    is("good", "`polypost serve` will write a token to `polypost.token`");
    serve(&sandbox, |_| ());
    is("good", "the token is in `polypost.token`");
    fs::set_permissions(sandbox.path(FILE), Permissions::from_mode(0o640)).expect("set");
    is("warning", "chmod 600 polypost.token");
    fs::remove_file(sandbox.path(FILE)).expect("removed");
    is("warning", "polypost token new");
    sandbox.run(&["token", "revoke", "serve"]).succeeded();
    is("warning", "every token is expired or revoked");
}

#[test]
fn doctor_tries_the_public_address() {
    let sandbox = Sandbox::new();
    let check = |address: &str| {
        let configuration = format!("[server]\npublic_url = \"{address}\"\n");
        sandbox.write("polypost.toml", &configuration);
        let found = diagnosed(&sandbox, "public address");
        fs::remove_file(sandbox.path("polypost.toml")).expect("removed");
        found
    };
    let (verdict, message) = check("http://127.0.0.1:9");
    assert!(verdict == "warning" && message.contains("`http://127.0.0.1:9` cannot be reached from here"), "{message}");
    let served = Sandbox::new().with("POLYPOST_SERVER__METRICS_LISTEN", "0");
    let code = served.serve_while(&SERVE, LISTENING, |said| {
        let (verdict, message) = check(&format!("http://{}", address(said, LISTENING)));
        assert!(verdict == "good" && message.contains("refuses strangers"), "{verdict}: {message}");
        // The listener that asks nobody is what an address of readers must not lead to.
        let (verdict, message) = check(&format!("http://{}", address(said, "metrics on http://")));
        assert!(verdict == "wrong" && message.contains("lets strangers read metrics"), "{verdict}: {message}");
    });
    assert_eq!(code, Some(0));
}

#[test]
fn the_demo_has_its_token_beside_its_store() {
    let sandbox = Sandbox::new();
    let call = ["demo", "--dir", "shown", "--serve", "--listen", "127.0.0.1:0"];
    let code = sandbox.serve_while(&call, LISTENING, |said| {
        assert!(said.contains("is in `shown/polypost.token`"), "{said}");
        assert_eq!(status(address(said, LISTENING), DELETE, Some(&token(&sandbox.path("shown/polypost.token")))), 404);
    });
    assert_eq!(code, Some(0));
}

#[test]
fn other_machines_are_served_only_under_a_public_address() {
    let sandbox = Sandbox::new();
    for call in [
        &["serve", "--listen", "0.0.0.0:0"][..],
        &["serve", "--listen", "[::]:0"],
        &["serve", "--listen", "192.0.2.1:8080", "--no-worker"],
        &["demo", "--serve", "--listen", "0.0.0.0:0"],
    ] {
        let refused = sandbox.run(call);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{call:?}: {}", refused.stderr);
        for part in ["`server.listen` is `", "`server.public_url` is empty", "hint: set `server.public_url`"] {
            assert!(refused.stderr.contains(part), "{part}: {}", refused.stderr);
        }
    }
    assert!(!sandbox.path(FILE).exists() && !sandbox.path("polypost.db").exists());
    let checked = Sandbox::new().with("POLYPOST_SERVER__LISTEN", "0.0.0.0:8080").run(&["config", "check"]);
    assert!(checked.code == 2 && checked.stderr.contains("`server.public_url` is empty"), "{}", checked.stderr);
    for (address, part) in [
        ("http://0.0.0.0:8093", "that readers can open"),
        ("http://[::]:8093", "that readers can open"),
        ("https://u:hunter2@status.example.com", "without user and password"),
        ("https://status.example.com/pa th", "without white space"),
    ] {
        let checked = Sandbox::new().with("POLYPOST_SERVER__PUBLIC_URL", address).run(&["config", "check"]);
        assert!(checked.code == 2 && checked.stderr.contains(part), "{address}: {}", checked.stderr);
        assert!(!checked.stderr.contains("hunter2"));
    }
    let sandbox = sandbox.with("POLYPOST_SERVER__PUBLIC_URL", "https://status.example.com");
    let call = ["serve", "--no-worker", "--listen", "0.0.0.0:0"];
    assert_eq!(sandbox.serve_and_stop(&call, LISTENING), Some(0));
}
