//! The store under load, SQLite and PostgreSQL side by side, and PostgreSQL beside the same statements in `pgbench`.
//!
//! `cargo bench --bench store -- NAME...` runs some of: `publishes`, `starts`, `claims`, `horizon`, `workers`,
//! `growth`.
//! The cluster is one of its own, with `fsync` on.

#![expect(
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and one that cannot go on has failed"
)]

mod starts;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use polypost_store::{ClaimFilter, Completion, ListFilter, Migrations, Store};
use polypost_test_service::bench::rows;
use tokio::task::JoinSet;

use polypost_test_service::bench::figures::at;
use polypost_test_service::bench::rows::{fill, now, publication, rendition};
use polypost_test_support::postgres::{Cluster, Settings};

const LEASE: SignedDuration = SignedDuration::from_mins(10);

/// Where stores are made: a directory for files, and a cluster where PostgreSQL is installed.
struct Ground {
    directory: tempfile::TempDir,
    cluster: Option<Cluster>,
    made: AtomicU32,
}

impl Ground {
    fn new() -> Self {
        let settings = Settings { durable: true, ..Settings::default() };
        Self {
            directory: tempfile::tempdir().expect("a directory"),
            cluster: Cluster::start(settings),
            made: AtomicU32::new(0),
        }
    }

    /// A new place for a store on each kind of database.
    fn urls(&self) -> Vec<(&'static str, String)> {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        let file = self.directory.path().join(format!("{number}.db"));
        let mut urls = vec![("sqlite", format!("sqlite://{}", file.display()))];
        urls.extend(self.server().map(|url| ("postgresql", url)));
        urls
    }

    fn server(&self) -> Option<String> {
        let cluster = self.cluster.as_ref()?;
        let name = format!("bench{}", self.made.fetch_add(1, Ordering::Relaxed));
        cluster.create_database(&name, None);
        Some(cluster.url(&name))
    }
}

#[tokio::main]
async fn main() {
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let wanted = |name: &str| named.is_empty() || named.iter().any(|one| one == name);
    let ground = Ground::new();
    if wanted("publishes") {
        publishes(&ground).await;
    }
    if wanted("starts") {
        starts::starts(ground.urls()).await;
    }
    if wanted("claims") {
        claims(&ground).await;
    }
    if wanted("horizon") {
        horizon(&ground).await;
    }
    if wanted("workers") {
        rows::workers(&ground.urls()).await;
    }
    if wanted("growth") {
        growth(&ground).await;
    }
}

async fn open(url: &str) -> Arc<dyn Store> {
    polypost_store::open(url, Migrations::Apply).await.expect("opens")
}

/// New incidents of two locales each, every one on the disk before the next.
async fn publishes(ground: &Ground) {
    for publishers in [1_usize, 8] {
        for (database, url) in ground.urls() {
            let store = open(&url).await;
            let started = Instant::now();
            let mut running = JoinSet::new();
            for publisher in 0..publishers {
                let store = Arc::clone(&store);
                running.spawn(async move {
                    let mut times = Vec::new();
                    while started.elapsed() < Duration::from_secs(4) {
                        let began = Instant::now();
                        let text = publication(&format!("p{publisher}-{}", times.len()));
                        store.publish(&text, now()).await.expect("publishes");
                        times.push(began.elapsed());
                    }
                    times
                });
            }
            let mut times = running.join_all().await.concat();
            times.sort();
            println!(
                "publishes: {database}, {publishers} publishers: {:.0}/s, p50 {:.2} ms, p99 {:.2} ms",
                times.len() as f64 / started.elapsed().as_secs_f64(),
                at(&times, 50.0),
                at(&times, 99.0),
            );
            store.close().await;
        }
    }
}

/// Takes rows and finishes them until the time is over; how many in each window.
async fn drain(url: &str, workers: usize, windows: usize, window: Duration) -> Vec<usize> {
    let started = Instant::now();
    let mut running = JoinSet::new();
    for _ in 0..workers {
        // A process of its own would have its own connections.
        let store = open(url).await;
        running.spawn(async move {
            let mut done = vec![0_usize; windows];
            loop {
                let index = usize::try_from(started.elapsed().as_millis() / window.as_millis()).unwrap_or(windows);
                let Some(count) = done.get_mut(index) else { break };
                let job = store.claim(&ClaimFilter::default(), LEASE, now()).await.expect("claims");
                let Some(job) = job else { break };
                let finished = store.finish(&job, &rendition(), now()).await.expect("finishes");
                assert!(matches!(finished, Completion::Stored(_)), "{finished:?}");
                *count += 1;
            }
            store.close().await;
            done
        });
    }
    let mut all = vec![0; windows];
    for done in running.join_all().await {
        for (sum, one) in all.iter_mut().zip(done) {
            *sum += one;
        }
    }
    all
}

/// Claim and finish, beside the same statements as bare SQL.
async fn claims(ground: &Ground) {
    const ROWS: u32 = 40_000;
    let window = Duration::from_secs(5);
    for workers in [1_usize, 2, 4] {
        for (database, url) in ground.urls() {
            open(&url).await.close().await;
            fill(&url, ROWS).await;
            let done: usize = drain(&url, workers, 1, window).await.iter().sum();
            println!("claims: {database}, {workers} workers: {:.0} claimed and finished/s", done as f64 / 5.0);
        }
        if let Some(url) = ground.server() {
            open(&url).await.close().await;
            fill(&url, ROWS).await;
            match pgbench(ground, &url, workers, window) {
                Some(rate) => println!("claims: the same in pgbench, {workers} clients: {rate:.0}/s"),
                None => println!("claims: pgbench is missing or failed; nothing to compare with"),
            }
        }
    }
}

/// Transactions a second of the bare statements, prepared, one thread for all clients; `None` where `pgbench` is
/// missing or fails.
fn pgbench(ground: &Ground, url: &str, clients: usize, time: Duration) -> Option<f64> {
    let file = ground.directory.path().join("claim.sql");
    std::fs::write(&file, rows::BARE_CLAIM).expect("writes");
    let mut command = std::process::Command::new("pgbench");
    command.args(["--no-vacuum", "--protocol=prepared", "--client", &clients.to_string()]);
    command.args(["--time", &time.as_secs().to_string(), "--file"]).arg(file).arg(url);
    let output = command.output().ok()?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let rate = told.lines().find_map(|line| line.strip_prefix("tps = "))?;
    rate.split_whitespace().next()?.parse().ok()
}

/// What one forgotten reading transaction costs: without the horizon of what it may still see moving, PostgreSQL cannot
/// tidy up.
async fn horizon(ground: &Ground) {
    let Some(cluster) = &ground.cluster else { return };
    for pinned in [false, true] {
        let Some(url) = ground.server() else { return };
        open(&url).await.close().await;
        fill(&url, 120_000).await;
        let reader = pinned.then(|| {
            let name = url.rsplit('/').next().unwrap_or_default();
            cluster.asking(
                name,
                "begin isolation level repeatable read; select count(*) from incidents; select pg_sleep(40)",
            )
        });
        tokio::time::sleep(Duration::from_millis(500)).await;
        let windows = drain(&url, 4, 6, Duration::from_secs(4)).await;
        let rates: Vec<String> = windows.iter().map(|done| format!("{:.0}", *done as f64 / 4.0)).collect();
        let state = if pinned { "pinned by one idle reader" } else { "free" };
        println!("horizon: {state}: {} jobs/s in windows of 4 s", rates.join(", "));
        if let Some(mut reader) = reader {
            let _ = reader.kill();
            let _ = reader.wait();
        }
    }
}

/// How long a page of the list and a claim take as the store grows.
async fn growth(ground: &Ground) {
    for (database, url) in ground.urls() {
        let store = open(&url).await;
        let mut there = 0;
        for size in [1_000, 10_000, 100_000, 1_000_000] {
            rows::fill_from(&url, there, size).await;
            there = size;
            let (mut lists, mut claims) = (Vec::new(), Vec::new());
            for _ in 0..50 {
                let began = Instant::now();
                let filter = ListFilter { limit: 20, ..ListFilter::default() };
                store.list(&filter, now()).await.expect("lists");
                lists.push(began.elapsed());
                let began = Instant::now();
                let job = store.claim(&ClaimFilter::default(), LEASE, now()).await.expect("claims").expect("a row");
                claims.push(began.elapsed());
                store.release(&job, now()).await.expect("releases");
            }
            let began = Instant::now();
            store.backlog(now()).await.expect("counts");
            let counted = began.elapsed();
            lists.sort();
            claims.sort();
            println!(
                "growth: {database}, {size} rows: list p50 {:.2} ms, claim p50 {:.2} ms p99 {:.2} ms, status {:.0} ms",
                at(&lists, 50.0),
                at(&claims, 50.0),
                at(&claims, 98.0),
                counted.as_secs_f64() * 1000.0
            );
        }
        store.close().await;
    }
}
