//! What is particular to a file: several processes on it, damage, places where it cannot be.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use polypost_core::id::{Revision, VersionNumber};
use polypost_store::{Completion, Migrations, Published, Store, StoreError};

use polypost_test_support::fixtures::{at, id, locale, publication, rendition, take};

pub(crate) fn url(directory: &Path) -> String {
    format!("sqlite://{}/polypost.db", directory.display())
}

async fn open(directory: &Path) -> Arc<dyn Store> {
    polypost_store::open(&url(directory), Migrations::Apply).await.expect("opens")
}

async fn refusal(url: &str, migrations: Migrations) -> String {
    match polypost_store::open(url, migrations).await {
        Ok(_) => panic!("`{url}` was opened"),
        Err(error) => error.to_string(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_handles_claim_every_row_exactly_once() {
    let directory = tempfile::tempdir().expect("a directory");
    let stores = [open(directory.path()).await, open(directory.path()).await];
    for number in 0..250 {
        let incident = publication(&format!("i{number}"), "text", &["es", "it"]);
        stores[0].publish(&incident, at(number)).await.expect("publishes");
    }
    let mut workers = tokio::task::JoinSet::new();
    for worker in 0..8 {
        let store = Arc::clone(&stores[worker % 2]);
        workers.spawn(async move {
            let mut done = Vec::new();
            while let Some(job) = take(&*store, 1000).await {
                let finished = store.finish(&job, &rendition("texto"), at(1001)).await.expect("ends");
                assert_eq!(finished, Completion::Stored(VersionNumber(1)));
                done.push((job.incident, job.locale));
            }
            done
        });
    }
    let done: Vec<_> = workers.join_all().await.into_iter().flatten().collect();
    assert_eq!(done.len(), 500, "none twice");
    assert_eq!(done.iter().collect::<HashSet<_>>().len(), 500, "none lost");
    assert_eq!(stores[1].backlog(at(1002)).await.expect("counts").current, 500);
    stores[0].check().await.expect("is in order");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn publishers_of_one_report_make_one_revision() {
    let directory = tempfile::tempdir().expect("a directory");
    let stores = [open(directory.path()).await, open(directory.path()).await];
    let mut publishers = tokio::task::JoinSet::new();
    for number in 0..16 {
        let store = Arc::clone(&stores[number % 2]);
        publishers.spawn(async move { store.publish(&publication("a", "text", &["es"]), at(0)).await });
    }
    let outcomes: Vec<_> = publishers.join_all().await.into_iter().map(|outcome| outcome.expect("publishes")).collect();
    let created = outcomes.iter().filter(|outcome| **outcome == Published::Created).count();
    let unchanged = outcomes.iter().filter(|outcome| **outcome == Published::Unchanged(Revision(1))).count();
    assert_eq!((created, unchanged), (1, 15));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn processes_that_start_together_create_one_store() {
    let directory = tempfile::tempdir().expect("a directory");
    let mut openers = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let url = url(directory.path());
        openers.spawn(async move { polypost_store::open(&url, Migrations::Apply).await });
    }
    for store in openers.join_all().await {
        assert!(store.expect("opens").pending_migrations().await.expect("reads").is_empty());
    }
}

#[tokio::test]
async fn what_was_stored_is_there_after_a_restart() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path()).await;
    store.publish(&publication("a", "text", &["es"]), at(0)).await.expect("publishes");
    let job = take(&*store, 1).await.expect("a job");
    store.close().await;
    let store = open(directory.path()).await;
    assert!(take(&*store, 2).await.is_none(), "the lease still stands");
    assert_eq!(
        store.finish(&job, &rendition("texto"), at(3)).await.expect("ends"),
        Completion::Stored(VersionNumber(1))
    );
    let version = store.served(&id("a"), &locale("es")).await.expect("reads").expect("a version");
    assert_eq!(version.rendition, rendition("texto"));
}

#[tokio::test]
async fn a_look_at_a_store_that_was_never_migrated_changes_nothing() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("polypost.db");
    assert!(refusal(&url(directory.path()), Migrations::None).await.contains("there is no store yet: the file `"));
    assert!(!file.exists());
    std::fs::write(&file, "").expect("writes");
    let store = polypost_store::open(&url(directory.path()), Migrations::None).await.expect("opens");
    assert_eq!(store.pending_migrations().await.expect("reads").first().map(String::as_str), Some("0001 store"));
    store.close().await;
    assert_eq!(std::fs::read(&file).expect("reads"), b"");
    let store = open(directory.path()).await;
    assert!(store.pending_migrations().await.expect("reads").is_empty());
}

#[tokio::test]
async fn a_place_that_cannot_be_a_store_is_refused_with_a_hint() {
    let directory = tempfile::tempdir().expect("a directory");
    let place = |name: &str| format!("sqlite://{}", directory.path().join(name).display());
    std::fs::write(directory.path().join("notes.txt"), "no database. ".repeat(500)).expect("writes");
    std::fs::write(directory.path().join("fixed.db"), "").expect("writes");
    let mut permissions = std::fs::metadata(directory.path().join("fixed.db")).expect("is there").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(directory.path().join("fixed.db"), permissions).expect("sets");
    for (url, expected) in [
        (place("missing/polypost.db"), "mkdir -p"),
        (place(""), "it is a directory"),
        (place("notes.txt"), "not an SQLite database"),
        (place("fixed.db"), "chmod u+w"),
        ("sqlite://".to_owned(), "no file is named"),
        ("mysql://localhost/x".to_owned(), "`sqlite://FILE` or `postgres://"),
        ("polypost.db".to_owned(), "`sqlite://FILE` or `postgres://"),
    ] {
        let message = refusal(&url, Migrations::Apply).await;
        assert!(message.contains(expected) && message.contains(&url), "{message}");
    }
    let postgres = refusal("postgres://user:secret@127.0.0.1:1/db", Migrations::Apply).await;
    assert!(postgres.contains("is the server running") && !postgres.contains("secret"), "{postgres}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_removed_while_open_is_told_and_not_replaced() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path()).await;
    store.publish(&publication("a", "text", &["es"]), at(0)).await.expect("publishes");
    std::fs::remove_file(directory.path().join("polypost.db")).expect("removes");
    let error = store.publish(&publication("a", "two", &["es"]), at(1)).await.expect_err("nobody would find it");
    assert!(matches!(error, StoreError::Gone { .. }) && !error.is_transient(), "{error}");
    assert!(matches!(store.check().await, Err(StoreError::Gone { .. })));
    assert!(!directory.path().join("polypost.db").exists());
    assert!(store.incident(&id("a")).await.expect("reading goes on").is_some());
}

#[tokio::test]
async fn a_flipped_bit_is_never_served() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path()).await;
    store.publish(&publication("a", "text", &["es"]), at(0)).await.expect("publishes");
    let job = take(&*store, 1).await.expect("a job");
    store.finish(&job, &rendition("a text to be damaged"), at(2)).await.expect("ends");
    store.close().await;
    for name in ["polypost.db", "polypost.db-wal"] {
        let file = directory.path().join(name);
        let Ok(mut bytes) = std::fs::read(&file) else { continue };
        let needle = b"a text to be damaged";
        let places: Vec<_> = (0..bytes.len()).filter(|start| bytes[*start..].starts_with(needle)).collect();
        for place in places {
            bytes[place] ^= 1;
        }
        std::fs::write(&file, bytes).expect("writes");
    }
    let store = open(directory.path()).await;
    let error = store.served(&id("a"), &locale("es")).await.expect_err("is damaged");
    assert!(matches!(error, StoreError::Inconsistent { table: "versions", .. }), "{error}");
    assert!(store.check().await.is_err());
}

#[tokio::test]
async fn a_call_given_up_halfway_leaves_all_or_nothing() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = open(directory.path()).await;
    for polls in 0..24_u32 {
        let name = format!("i{polls}");
        let incident = publication(&name, "text", &["es"]);
        let mut publishing = store.publish(&incident, at(0));
        for _ in 0..polls {
            if let std::task::Poll::Ready(outcome) = poll_once(&mut publishing).await {
                outcome.expect("publishes");
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(publishing);
        let again = store.publish(&incident, at(1)).await.expect("the connection is in order");
        assert!(matches!(again, Published::Created | Published::Unchanged(Revision(1))), "{again:?}");
        assert_eq!(store.translations(&id(&name), at(1)).await.expect("reads").len(), 1);
    }
}

/// Polls once.
pub(crate) async fn poll_once<F: Future + Unpin>(future: &mut F) -> std::task::Poll<F::Output> {
    std::future::poll_fn(|context| std::task::Poll::Ready(std::pin::Pin::new(&mut *future).poll(context))).await
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_a_new_file() {
    use std::os::unix::fs::PermissionsExt as _;

    let directory = tempfile::tempdir().expect("a directory");
    let path = |name: &str| directory.path().join(name);
    let mode = |name: &str| std::fs::metadata(path(name)).expect("it is there").permissions().mode() & 0o777;
    let store = open(directory.path()).await;
    store.publish(&publication("calls", "text", &["es"]), at(0)).await.expect("publishes");
    for name in ["polypost.db", "polypost.db-wal", "polypost.db-shm"] {
        assert_eq!(mode(name), 0o600, "{name}");
    }
    store.close().await;
    std::fs::set_permissions(path("polypost.db"), std::fs::Permissions::from_mode(0o640)).expect("ours");
    open(directory.path()).await.close().await;
    assert_eq!(mode("polypost.db"), 0o640, "what its owner chose stays");
}
