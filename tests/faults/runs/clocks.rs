//! Run d (R10): processes whose clocks are wrong, by an hour or a day, in either direction, from the start or of a
//! sudden. Nothing may be doubled, and nothing may wait for a wrong clock to become right.

use std::path::Path;
use std::time::Duration;

use crate::backend::{Backend, has_tool};
use crate::client::{Client, Publication};
use crate::deployment::{Deployment, LEASE};
use crate::engine::Engine;

const OFFSETS: [&str; 4] = ["+1h", "+24h", "-1h", "-24h"];
const INCIDENTS: usize = 15;
/// Far below the smallest offset.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where the time of day is wrong, timers still run as they should.
fn faketime(deployment: &mut Deployment) -> bool {
    deployment.settings.insert("FAKETIME_DONT_FAKE_MONOTONIC".to_owned(), "1".to_owned());
    deployment.settings.insert("DONT_FAKE_MONOTONIC".to_owned(), "1".to_owned());
    forget_the_dead();
    has_tool("faketime")
}

/// `faketime` keeps a semaphore and a piece of memory by its process's number, which a killed one leaves behind; the
/// next process of that number would not start.
fn forget_the_dead() {
    for entry in std::fs::read_dir("/dev/shm").into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let id = ["sem.faketime_sem_", "faketime_shm_"].iter().find_map(|start| name.strip_prefix(start));
        if id.is_some_and(|id| !std::path::Path::new("/proc").join(id).exists()) {
            // Somebody else's is not ours to remove.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

async fn publish(client: &Client, first: usize) {
    for incident in first..first + INCIDENTS {
        client.publish_until_told(&Publication::new(incident, 0), LEASE).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a minute: `make faults`"]
async fn workers_with_wrong_clocks_double_nothing() {
    for (backend, offset) in Backend::each_with(&OFFSETS) {
        let mut deployment = Deployment::new(backend, 1);
        if !faketime(&mut deployment) {
            return;
        }
        let engine = Engine::start(&mut deployment, Duration::from_millis(50)).await;
        let _server = deployment.server(0);
        deployment.ready(0).await;
        publish(&deployment.client(1, 0), 0).await;
        let _right = deployment.worker("right");
        let _wrong = deployment.worker_by(&["faketime", "-f", offset], "wrong");
        let settled = deployment.settled(PATIENCE).await;
        let history = deployment.verify().await;
        println!(
            "clocks: {:8} one of two workers {offset} | all {} rows current after {settled:.1?}, {} stale writes \
             refused, {} texts sent {} times, 0 violations",
            deployment.backend.name(),
            2 * INCIDENTS,
            history.fenced(),
            engine.calls().len(),
            engine.calls().values().sum::<u32>(),
        );
        // Machines with clocks of their own share a PostgreSQL, whose clock then counts.
        if deployment.backend.cluster().is_some() {
            assert_eq!(history.fenced(), 0, "a lease was taken before its time");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a minute: `make faults`"]
async fn what_a_worker_with_a_wrong_clock_held_is_taken_over_when_it_dies() {
    for (backend, offset) in Backend::each_with(&OFFSETS[..2]) {
        let mut deployment = Deployment::new(backend, 1);
        if !faketime(&mut deployment) {
            return;
        }
        let engine = Engine::start(&mut deployment, Duration::from_mins(1)).await;
        let _server = deployment.server(0);
        deployment.ready(0).await;
        publish(&deployment.client(1, 0), 0).await;
        let wrong = deployment.worker_by(&["faketime", "-f", offset], "wrong");
        engine.asked_for(1).await;
        wrong.kill().await;
        engine.take(Duration::ZERO);
        let _right = deployment.worker("right");
        let settled = deployment.settled(PATIENCE).await;
        deployment.verify().await;
        println!(
            "clocks: {:8} a worker {offset} dies with leases | all current after {settled:.1?}, 0 violations",
            deployment.backend.name()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a minute: `make faults`"]
async fn what_a_server_with_a_wrong_clock_took_in_is_translated_at_once() {
    for (backend, offset) in Backend::each_with(&OFFSETS) {
        let mut deployment = Deployment::new(backend, 2);
        if !faketime(&mut deployment) {
            return;
        }
        let _wrong = deployment.server_by(&["faketime", "-f", offset], 0);
        let _right = deployment.server(1);
        let _worker = deployment.worker("right");
        deployment.ready(0).await;
        deployment.ready(1).await;
        publish(&deployment.client(1, 0), 0).await;
        // Each server reads and revises what the other has taken in.
        let both = [deployment.client(2, 0), deployment.client(2, 1)];
        for incident in 0..INCIDENTS {
            both[incident % 2].publish_until_told(&Publication::new(incident, 1), LEASE).await;
            both[(incident + 1) % 2].read(&Publication::new(incident, 1).id(), "en").await;
        }
        let settled = deployment.settled(PATIENCE).await;
        deployment.verify().await;
        println!(
            "clocks: {:8} one of two servers {offset} | all {} rows current after {settled:.1?}, 0 violations",
            deployment.backend.name(),
            2 * INCIDENTS,
        );
    }
}

/// The machine's clock is set while a worker holds leases.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a minute: `make faults`"]
async fn a_clock_that_is_set_while_work_is_under_way_stops_nothing() {
    for (backend, offset) in Backend::each_with(&OFFSETS) {
        let mut deployment = Deployment::new(backend, 1);
        if !faketime(&mut deployment) {
            return;
        }
        let directory = tempfile::tempdir().expect("a directory");
        let clock = directory.path().join("clock");
        set(&clock, "+0");
        deployment.settings.insert("FAKETIME_TIMESTAMP_FILE".to_owned(), clock.display().to_string());
        deployment.settings.insert("FAKETIME_NO_CACHE".to_owned(), "1".to_owned());
        deployment.settings.insert("LD_PRELOAD".to_owned(), library().to_owned());
        let _engine = Engine::start(&mut deployment, Duration::from_millis(100)).await;
        let (_server, _worker) = (deployment.server(0), deployment.worker("0"));
        deployment.ready(0).await;
        let client = deployment.client(1, 0);
        publish(&client, 0).await;
        deployment.holding(1).await;
        set(&clock, offset);
        publish(&client, INCIDENTS).await;
        let settled = deployment.settled(PATIENCE).await;
        deployment.verify().await;
        println!(
            "clocks: {:8} the clock is set {offset} under way | all {} rows current after {settled:.1?}, 0 violations",
            deployment.backend.name(),
            4 * INCIDENTS,
        );
    }
}

fn set(clock: &Path, offset: &str) {
    std::fs::write(clock, format!("{offset}\n")).expect("a writable file");
}

/// Where Debian puts it; the loader replaces `$LIB`.
fn library() -> &'static str {
    "/usr/$LIB/faketime/libfaketime.so.1"
}
