//! Run b, third part (R13): somebody reads from the SQLite file for as long as he likes, a backup for instance, so that
//! the write-ahead log cannot begin anew and grows. Publishing goes on, and the log shrinks once the reader is gone.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use tokio::task::JoinSet;

use crate::backend::{Backend, file};
use crate::client::Publication;
use crate::deployment::Deployment;

const PATIENCE: Duration = Duration::from_mins(2);
/// Bytes by which the log is to grow, and what is left of it afterwards (`LOG_KEPT_BYTES` in
/// `store::database::sqlite`).
const GROWN: u64 = 64 << 20;
const KEPT: u64 = 16 << 20;
const PUBLISHERS: usize = 4;

/// A transaction that has read, and so sees the file as it now is until it ends.
async fn read_on(path: &PathBuf) -> (SqliteConnection, i64) {
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let mut reader = options.connect().await.expect("the file opens");
    sqlx::query("begin").execute(&mut reader).await.expect("a transaction");
    let seen = count(&mut reader).await;
    (reader, seen)
}

async fn count(reader: &mut SqliteConnection) -> i64 {
    sqlx::query_scalar("select count(*) from incidents").fetch_one(reader).await.expect("an answer")
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "half a minute: `make faults`"]
async fn a_log_that_a_long_reader_makes_grow_shrinks_when_he_is_gone() {
    let Some(backend) = Backend::named("sqlite") else { return };
    let Backend::Sqlite(directory) = &backend else { return };
    let path = file(directory);
    let log = path.with_extension("db-wal");
    let deployment = Arc::new(Deployment::new(backend, 1));
    let (_server, _worker) = (deployment.server(0), deployment.worker("0"));
    deployment.ready(0).await;
    deployment.client(1, 0).publish_until_told(&Publication::new(0, 0), PATIENCE).await;
    deployment.settled(PATIENCE).await;

    let size = move || std::fs::metadata(&log).expect("the log is there").len();
    let (mut reader, seen) = read_on(&path).await;
    let (began, before) = (Instant::now(), size());
    let mut publishers = JoinSet::new();
    for number in 0..PUBLISHERS {
        let (deployment, size) = (Arc::clone(&deployment), size.clone());
        publishers.spawn(async move {
            let client = deployment.client(2 + number, 0);
            let (mut incident, mut tries, mut longest) = (1 + number, 0, Duration::ZERO);
            while size() < GROWN {
                assert!(began.elapsed() < PATIENCE, "the log does not grow");
                let asked = Instant::now();
                tries += client.publish_until_told(&Publication::new(incident, 0), PATIENCE).await;
                longest = longest.max(asked.elapsed());
                client.read(&Publication::new(incident, 0).id(), "en").await;
                incident += PUBLISHERS;
            }
            ((incident - 1 - number) / PUBLISHERS, tries, longest)
        });
    }
    let published = publishers.join_all().await;
    let meanwhile = began.elapsed();
    let accepted: usize = published.iter().map(|(accepted, ..)| accepted).sum();
    let tries: usize = published.iter().map(|(_, tries, _)| tries).sum();
    let longest = published.iter().map(|(.., longest)| *longest).max().unwrap_or_default();
    assert_eq!(tries, accepted, "none is refused");
    assert_eq!(count(&mut reader).await, seen, "he sees what he saw at first");
    let grown = size();
    reader.close().await.expect("he goes");

    // What follows is written into the log from its beginning; the first commit there cuts it back.
    let client = deployment.client(1, 0);
    let deadline = Instant::now() + PATIENCE;
    let mut further = 0;
    while size() > KEPT {
        assert!(Instant::now() < deadline, "the log still has {} bytes after {further} further publications", size());
        further += 1;
        client.publish_until_told(&Publication::new(0, further), PATIENCE).await;
    }
    let settled = deployment.settled(PATIENCE).await;
    assert!(size() <= KEPT, "it has grown again: {}", size());
    deployment.verify().await;
    println!(
        "long reader: sqlite   a transaction open for {meanwhile:.1?} | the log grew from {before} to {grown} bytes over \
         {accepted} publications, none refused, the slowest {longest:.1?}; after its end {} bytes within {further} more; \
         all current {settled:.1?} later, 0 violations",
        size(),
    );
}
