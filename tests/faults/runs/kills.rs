//! Run a: `kill -9` of workers, servers and the database at random moments, while publishers publish and readers read.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rand::RngExt;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::backend::Backend;
use crate::client::Publication;
use crate::deployment::{Deployment, LEASE};
use crate::process::Process;
use crate::supervisor::{Lives, chance, kill_again_and_again, seed};

const LOCALES: [&str; 2] = ["es", "it"];
const PUBLISHERS: usize = 4;
const READERS: usize = 2;
/// By when the work of who died goes on, beside the lease (R-G2), and how long a row may take on a busy machine.
const RESUMPTION: Duration = Duration::from_secs(8);
const MOST_PER_ROW: Duration = Duration::from_millis(50);

/// How much is done to the deployment.
struct Extent {
    kills: usize,
    incidents: usize,
    workers: usize,
    servers: usize,
    database_kills: usize,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_few_kills_lose_and_double_nothing() {
    for backend in Backend::each() {
        let extent = Extent { kills: 20, incidents: 50, workers: 2, servers: 1, database_kills: 1 };
        kill(backend, extent).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "minutes: `make faults`"]
async fn hundreds_of_kills_lose_and_double_nothing() {
    for backend in Backend::each() {
        let kills = std::env::var("POLYPOST_FAULTS_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(500);
        let extent = Extent { kills, incidents: 2 * kills, workers: 3, servers: 2, database_kills: 20 };
        kill(backend, extent).await;
    }
}

async fn kill(backend: Backend, extent: Extent) {
    let seed = seed();
    println!("kills: {} with seed {seed}", backend.name());
    let deployment = Arc::new(Deployment::new(backend, extent.servers));
    // The schema is there before the first kill, as in every deployment but a new one.
    deployment.backend.open().await.close().await;
    let began = Instant::now();
    let left = Arc::new(AtomicUsize::new(extent.kills));
    let (stop_killing, stop_reading) = (CancellationToken::new(), CancellationToken::new());

    let mut killers = JoinSet::new();
    let mut streams = 0..;
    let mut stream = || chance(seed, streams.next().expect("no end"));
    let lives_of_workers = Lives { short: 5..60, long: 60..400 };
    let lives_of_servers = Lives { short: 5..60, long: 150..1500 };
    for index in 0..extent.workers {
        let start = move |deployment: &Deployment| deployment.worker(&index.to_string());
        let again = (lives_of_workers.clone(), stream(), Arc::clone(&left), stop_killing.clone());
        killers.spawn(kill_again_and_again(Arc::clone(&deployment), start, again.0, again.1, again.2, again.3));
    }
    for index in 0..extent.servers {
        let start = move |deployment: &Deployment| deployment.server(index);
        let again = (lives_of_servers.clone(), stream(), Arc::clone(&left), stop_killing.clone());
        killers.spawn(kill_again_and_again(Arc::clone(&deployment), start, again.0, again.1, again.2, again.3));
    }
    let mut readers = JoinSet::new();
    for number in 0..READERS {
        let deployment = Arc::clone(&deployment);
        readers.spawn(read_until(deployment, number, extent.incidents, stream(), stop_reading.clone()));
    }
    let mut publishers = JoinSet::new();
    for number in 0..PUBLISHERS {
        publishers.spawn(publish(Arc::clone(&deployment), number, extent.incidents, stream()));
    }
    let database_kills = kill_database(&deployment, extent.database_kills, stream()).await;
    let tries: usize = publishers.join_all().await.into_iter().sum();
    let survivors: Vec<Process> = killers.join_all().await;
    let killed = extent.kills - left.load(Ordering::SeqCst);
    let (storm, done) = (began.elapsed(), deployment.backlog().await.current);

    // What the killed held is free after a lease; the rest is work.
    let open =
        u32::try_from(extent.incidents * LOCALES.len()).expect("thousands") - u32::try_from(done).expect("as many");
    let settled = deployment.settled(LEASE + RESUMPTION + MOST_PER_ROW * open).await;
    stop_reading.cancel();
    readers.join_all().await;
    drop(survivors);
    let history = deployment.verify().await;
    let (read, unread) = history.reads();
    println!(
        "kills: {:8} {killed} kill -9 of {} workers and {} servers, {database_kills} of the database, in {storm:.1?} | \
         {} rows, {} acknowledged of {tries} tries, {done} rows done under fire, {} stale writes refused, \
         {read} reads ({} perhaps obsolete) and {unread} without answer | all current {settled:.1?} later, 0 violations",
        deployment.backend.name(),
        extent.workers,
        extent.servers,
        extent.incidents * LOCALES.len(),
        history.acknowledged(),
        history.fenced(),
        history.doubtful_reads(),
    );
    assert_eq!(killed, extent.kills);
    assert!(done > 0, "the kills came too early to mean anything");
}

/// Publishes this publisher's share, every fourth incident a second time with another text; how many tries it took.
async fn publish(
    deployment: Arc<Deployment>,
    number: usize,
    incidents: usize,
    mut chance: rand::rngs::StdRng,
) -> usize {
    let servers: Vec<_> = (0..deployment.servers()).map(|server| deployment.client(number, server)).collect();
    let patience = Duration::from_mins(5);
    let mut tries = 0;
    for incident in (number..incidents).step_by(PUBLISHERS) {
        let texts = if chance.random_bool(0.25) { 2 } else { 1 };
        for text in 0..texts {
            let client = &servers[chance.random_range(0..servers.len())];
            let publication = Publication::new(incident, text);
            tries += client.publish_until_told(&publication, patience).await;
            client.read(&publication.id(), "en").await;
        }
    }
    tries
}

/// Reads incidents at random from one server, in the source and in translation.
async fn read_until(
    deployment: Arc<Deployment>,
    number: usize,
    incidents: usize,
    mut chance: rand::rngs::StdRng,
    stop: CancellationToken,
) {
    let client = deployment.client(100 + number, number % deployment.servers());
    while !stop.is_cancelled() {
        let incident = Publication::new(chance.random_range(0..incidents), 0).id();
        for locale in ["en", "es", "es", "it"] {
            client.read(&incident, locale).await;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Kills the database's processes every now and then; how often.
async fn kill_database(deployment: &Deployment, times: usize, mut chance: rand::rngs::StdRng) -> usize {
    let Some(cluster) = deployment.backend.cluster() else { return 0 };
    for _ in 0..times {
        tokio::time::sleep(Duration::from_millis(chance.random_range(500..2500))).await;
        tokio::task::block_in_place(|| {
            let mut cluster = cluster.lock().expect("no panic");
            cluster.kill();
            cluster.restart();
        });
    }
    times
}
