//! Reading makes no store and changes none.

use std::fs;

use sqlx::Connection as _;

use super::sandbox::{REPORT, Sandbox};

/// Every command that only reads the store, and those that would come to nothing in an empty one.
const CALLS: [&[&str]; 14] = [
    &["list"],
    &["list", "--json"],
    &["show", "outage"],
    &["status"],
    &["status", "--json"],
    &["history", "outage", "--locale", "es"],
    &["diff", "outage", "--locale", "es"],
    &["usage"],
    &["export", "all.jsonl"],
    &["memory", "export", "memory.tmx"],
    &["glossary", "check", "outage"],
    &["retranslate", "--all", "--dry-run"],
    &["retranslate", "--failed"],
    &["rollback", "outage", "--locale", "es", "--version", "1"],
];

fn entries(sandbox: &Sandbox) -> Vec<String> {
    let entries = fs::read_dir(sandbox.path(".")).expect("the directory");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// On a file, whatever the tests are run for: a server's database is made by whoever runs the server.
fn on_a_file(sandbox: Sandbox) -> Sandbox {
    sandbox.with("POLYPOST_STORE__URL", "sqlite://polypost.db")
}

#[test]
fn reading_where_there_is_no_store_says_so_and_writes_nothing() {
    let sandbox = on_a_file(Sandbox::new());
    for call in CALLS {
        let missing = sandbox.run(call);
        assert_eq!((missing.code, missing.stdout.as_str()), (1, ""), "{call:?}: {}", missing.stderr);
        let file = sandbox.path("polypost.db");
        let message = format!("error: there is no store yet: the file `{}` does not exist\n", file.display());
        assert!(missing.stderr.contains(&message), "{call:?}: {}", missing.stderr);
        assert!(missing.stderr.contains("hint: `polypost publish FILE` and"), "{call:?}: {}", missing.stderr);
        assert_eq!(entries(&sandbox), [""; 0], "{call:?}");
    }
    let elsewhere = sandbox.with("POLYPOST_STORE__URL", "sqlite://no/such/directory/p.db?mode=rwc");
    let missing = elsewhere.run(&["list"]);
    assert!(missing.stderr.contains("no/such/directory/p.db` does not exist"), "{}", missing.stderr);
    assert_eq!(entries(&elsewhere), [""; 0]);
}

#[test]
fn files_that_cannot_be_read_make_no_store() {
    let sandbox = on_a_file(Sandbox::new());
    for call in [&["publish", "nofile.md", "."][..], &["publish", "nofile.md", "--wait"]] {
        let refused = sandbox.run(call);
        assert_eq!((refused.code, refused.stdout.as_str()), (1, ""), "{call:?}: {}", refused.stderr);
        assert!(refused.stderr.contains("error: nofile.md: cannot be read: No such file"), "{}", refused.stderr);
        assert_eq!(entries(&sandbox), [""; 0], "{call:?}");
    }
    assert!(sandbox.run(&["publish", "."]).stderr.contains("error: .: cannot be read: Is a directory"));
    let told = sandbox.run(&["publish", "nofile.md", "--json"]);
    assert!(told.stdout.contains("\"refused\""), "{}", told.stdout);
    sandbox.write("outage.md", REPORT);
    assert_eq!(sandbox.run(&["publish", "nofile.md", "outage.md"]).code, 1);
    assert_eq!(sandbox.run(&["show", "outage"]).code, 0, "the other file was published");
}

#[test]
fn reading_leaves_a_store_as_it_is() {
    let sandbox = on_a_file(Sandbox::new());
    sandbox.write("outage.md", REPORT);
    sandbox.run(&["publish", "outage.md", "--wait"]).succeeded();
    let (before, names) = (fs::read(sandbox.path("polypost.db")).expect("the store"), entries(&sandbox));
    for call in CALLS.iter().filter(|call| !["diff", "export", "memory", "retranslate", "rollback"].contains(&call[0]))
    {
        sandbox.run(call).succeeded();
    }
    assert_eq!(sandbox.run(&["diff", "outage", "--locale", "es"]).code, 1, "there is one version alone");
    sandbox.run(&["retranslate", "--all", "--dry-run"]).succeeded();
    sandbox.run(&["export", "-"]).succeeded();
    sandbox.run(&["memory", "export", "-"]).succeeded();
    assert!(fs::read(sandbox.path("polypost.db")).expect("the store") == before, "not a byte has changed");
    assert_eq!(entries(&sandbox), names);
}

#[test]
fn an_older_schema_is_not_brought_up_to_date_by_reading() {
    let sandbox = on_a_file(Sandbox::new());
    sandbox.write("outage.md", REPORT);
    sandbox.run(&["publish", "outage.md"]).succeeded();
    let url = format!("sqlite://{}", sandbox.path("polypost.db").display());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let mut store = sqlx::SqliteConnection::connect(&url).await.expect("opened");
        let forget = "delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)";
        sqlx::query(forget).execute(&mut store).await.expect("as before the last migration");
        store.close().await.expect("closed");
    });
    let before = fs::read(sandbox.path("polypost.db")).expect("the store");
    for call in &CALLS[..12] {
        let refused = sandbox.run(call);
        assert_eq!((refused.code, refused.stdout.as_str()), (1, ""), "{call:?}: {}", refused.stderr);
        for part in [
            "error: the store's schema is not up to date (pending: `00",
            "hint: `polypost migrate` brings it up to date",
        ] {
            assert!(refused.stderr.contains(part), "{call:?}: {part} in {}", refused.stderr);
        }
    }
    assert!(fs::read(sandbox.path("polypost.db")).expect("the store") == before, "not a byte has changed");
    assert!(!sandbox.path("all.jsonl").exists() && !sandbox.path("memory.tmx").exists());
}
