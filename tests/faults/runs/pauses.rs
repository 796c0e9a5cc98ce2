//! Run c (R2): workers that stand still for longer than their lease while another takes over, and then go on as if
//! nothing had happened. With a clock in the hand and no processes the same is held in `tests/store/contract.rs`
//! (`exercise_leases`).

use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::RngExt;
use tokio::task::JoinSet;

use crate::backend::Backend;
use crate::check::overcharged;
use crate::client::Publication;
use crate::deployment::{Deployment, LEASE};
use crate::engine::Engine;
use crate::process::Signal;
use crate::snapshot::logged;
use crate::supervisor::{chance, seed};

/// What a worker takes at a time: two incidents in two locales.
const HELD: usize = 4;
const INCIDENTS: usize = 2;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "seconds: `make faults`"]
async fn a_worker_that_slept_over_its_lease_writes_nothing() {
    for backend in Backend::each() {
        let mut deployment = Deployment::new(backend, 1);
        let engine = Engine::start(&mut deployment, Duration::from_secs(1)).await;
        let _server = deployment.server(0);
        deployment.ready(0).await;
        let client = deployment.client(1, 0);
        for incident in 0..INCIDENTS {
            client.publish_until_told(&Publication::new(incident, 0), Duration::from_mins(1)).await;
        }
        let sleeper = deployment.worker("sleeper");
        deployment.holding(HELD as u64).await;
        sleeper.signal(Signal::Stop);
        engine.take(Duration::ZERO);

        let began = Instant::now();
        let _thief = deployment.worker("thief");
        deployment.settled(Duration::from_secs(30)).await;
        let taken_over = began.elapsed();
        for incident in 0..INCIDENTS {
            client.read(&Publication::new(incident, 0).id(), "es").await;
        }
        sleeper.signal(Signal::Continue);
        let refused = fenced(&deployment, HELD).await;
        for incident in 0..INCIDENTS {
            client.read(&Publication::new(incident, 0).id(), "es").await;
        }
        let history = deployment.verify().await;
        let charged = overcharged(&engine.calls(), 2);
        assert_eq!(charged, [], "one for the sleeper, one for who took over");
        println!(
            "pauses: {:8} a worker asleep with {HELD} leases of {LEASE:?} | all current after {taken_over:.1?}, \
             {refused} stale writes refused, {} versions written, 0 violations",
            deployment.backend.name(),
            history.logged.len() - refused,
        );
        assert_eq!(refused, HELD);
    }
}

/// Waits until so many writes were refused.
async fn fenced(deployment: &Deployment, wanted: usize) -> usize {
    let deadline = Instant::now() + Duration::from_secs(15);
    loop {
        let logs = deployment.logs();
        let found = crate::history::History { logged: logged(&logs), ..Default::default() }.fenced();
        if found >= wanted || Instant::now() > deadline {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

const WORKERS: usize = 3;
const PAUSES: usize = 8;
const BACKLOG: usize = 150;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "half a minute: `make faults`"]
async fn workers_that_fall_asleep_at_any_moment_double_nothing() {
    for backend in Backend::each() {
        let seed = seed();
        println!("pauses: {} with seed {seed}", backend.name());
        let mut deployment = Deployment::new(backend, 1);
        let engine = Engine::start(&mut deployment, Duration::from_millis(100)).await;
        let deployment = Arc::new(deployment);
        let _server = deployment.server(0);
        deployment.ready(0).await;
        let client = deployment.client(1, 0);
        for incident in 0..BACKLOG {
            client.publish_until_told(&Publication::new(incident, 0), Duration::from_mins(1)).await;
        }
        let mut sleepers = JoinSet::new();
        for index in 0..WORKERS {
            let (deployment, mut chance) = (Arc::clone(&deployment), chance(seed, index as u64));
            sleepers.spawn(async move {
                let worker = deployment.worker(&index.to_string());
                for _ in 0..PAUSES {
                    tokio::time::sleep(Duration::from_millis(chance.random_range(100..700))).await;
                    worker.signal(Signal::Stop);
                    tokio::time::sleep(LEASE + Duration::from_millis(chance.random_range(50..1000))).await;
                    worker.signal(Signal::Continue);
                }
                worker
            });
        }
        let _workers = sleepers.join_all().await;
        let settled = deployment.settled(Duration::from_mins(2)).await;
        let history = deployment.verify().await;
        let calls = engine.calls();
        println!(
            "pauses: {:8} {} pauses of {WORKERS} workers longer than a lease, over {} rows | {} stale writes refused, \
             {} texts sent {} times, all current {settled:.1?} later, 0 violations",
            deployment.backend.name(),
            WORKERS * PAUSES,
            2 * BACKLOG,
            history.fenced(),
            calls.len(),
            calls.values().sum::<u32>(),
        );
        // A text is sent again only where a worker that was sent it lost its lease.
        let again: u32 = calls.values().map(|times| times - 1).sum();
        let texts_per_row = 3;
        assert!(again as usize <= texts_per_row * history.fenced(), "I9: {again} texts were sent again");
        assert!(history.fenced() > 0, "no pause hit a worker at work");
    }
}
