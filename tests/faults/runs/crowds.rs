//! Run h: a crowd of incidents and an urgent one (R16), two servers and two workers on one store (R18), and an engine
//! that fails for a while.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::backend::Backend;
use crate::check::overcharged;
use crate::client::{Client, Publication};
use crate::deployment::{Deployment, LEASE};
use crate::engine::Engine;
use crate::history::Seen;

const CROWD: usize = 10_000;
const URGENT: usize = 9;
/// That a worker does at a time, by default.
const JOBS: u64 = 4;
const PATIENCE: Duration = Duration::from_mins(20);
/// Of a process, however many wait: it holds what it works on. In MiB.
const MEMORY: u64 = 256;

/// From being told that it is stored to reading it in Spanish.
async fn latency(client: &Client, publication: &Publication) -> Duration {
    client.publish_until_told(publication, PATIENCE).await;
    let began = Instant::now();
    loop {
        if let Seen::Text(shown) = client.read(&publication.id(), "es").await
            && shown.version.is_some()
        {
            return began.elapsed();
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// The middle one of several, one after another. Processes that share a file look every so often whether another one
/// has written: without the pauses, each publication would follow such a look at the same distance, and what is
/// measured would be a whole number of looks.
async fn median(client: &Client, first: usize) -> Duration {
    let mut all = Vec::new();
    for incident in first..first + URGENT {
        tokio::time::sleep(Duration::from_millis(rand::random_range(0..500))).await;
        all.push(latency(client, &Publication::new(incident, 0)).await);
    }
    all.sort();
    all[URGENT / 2]
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "minutes: `make faults`"]
async fn an_urgent_incident_does_not_wait_behind_ten_thousand() {
    for backend in Backend::each() {
        let mut deployment = Deployment::new(backend, 1);
        // One row takes this long at least, so that neighbours on the machine do not decide.
        let engine = Engine::start(&mut deployment, Duration::from_millis(150)).await;
        deployment.set("LOCALES__TARGETS", "es");
        let server = deployment.server(0);
        deployment.ready(0).await;
        let client = deployment.client(1, 0);
        let idle_worker = deployment.worker("idle");
        client.publish_until_told(&Publication::new(0, 0), PATIENCE).await;
        deployment.settled(PATIENCE).await;
        let idle = median(&client, CROWD + 1000).await;
        idle_worker.kill().await;

        let began = Instant::now();
        publish_crowd(&deployment).await;
        let published = began.elapsed();
        let worker = deployment.worker("busy");
        deployment.holding(JOBS).await;
        let urgent = median(&client, CROWD + 2000).await;
        let waiting = deployment.backlog().await.waiting;
        assert!(waiting > 9 * CROWD as u64 / 10, "the crowd was gone too soon to mean anything: {waiting}");
        engine.take(Duration::ZERO);
        let settled = deployment.settled(PATIENCE).await;
        let history = deployment.verify().await;
        let peaks = [server.peak_mebibytes(), worker.peak_mebibytes()];
        println!(
            "crowds: {:8} {CROWD} incidents at once, published in {published:.1?} | urgent one current after \
             {urgent:.0?} (median of {URGENT}), idle {idle:.0?}, {waiting} still waiting; all {} current \
             {settled:.1?} later; server and worker had at most {peaks:?} MiB, 0 violations",
            deployment.backend.name(),
            history.logged.len(),
        );
        assert!(urgent <= 2 * idle, "{urgent:?} with a crowd, {idle:?} without");
        assert!(peaks.into_iter().all(|peak| peak < MEMORY), "{peaks:?} MiB");
    }
}

/// Incidents that are over, as when a history is taken in.
async fn publish_crowd(deployment: &Deployment) {
    let mut publishers = JoinSet::new();
    for number in 0..8 {
        let client = deployment.client(2 + number, 0);
        publishers.spawn(async move {
            for incident in (number..CROWD).step_by(8) {
                let publication = Publication { status: Some("resolved"), ..Publication::new(incident, 0) };
                client.publish_until_told(&publication, PATIENCE).await;
            }
        });
    }
    publishers.join_all().await;
}

/// Two of each on one store, all at once from the first moment, while the schema is not there yet.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "seconds: `make faults`"]
async fn two_servers_and_two_workers_share_one_new_store() {
    for backend in Backend::each() {
        let deployment = Deployment::new(backend, 2);
        let mut processes =
            [deployment.server(0), deployment.worker("0"), deployment.server(1), deployment.worker("1")];
        deployment.ready(0).await;
        deployment.ready(1).await;
        let mut publishers = JoinSet::new();
        for number in 0..4 {
            let clients = [deployment.client(number, 0), deployment.client(number, 1)];
            publishers.spawn(async move {
                for incident in (number..100).step_by(4) {
                    let publication = Publication::new(incident, 0);
                    clients[0].publish_until_told(&publication, PATIENCE).await;
                    // What one server has acknowledged, the other knows.
                    clients[1].read(&publication.id(), "en").await;
                }
            });
        }
        publishers.join_all().await;
        let settled = deployment.settled(PATIENCE).await;
        assert!(processes.iter_mut().all(crate::process::Process::is_running), "{:?}", deployment.logs());
        let history = deployment.verify().await;
        println!(
            "crowds: {:8} 2 servers and 2 workers start at once on a new store | {} acknowledged, {} versions, all \
             current {settled:.1?} later, 0 violations",
            deployment.backend.name(),
            history.acknowledged(),
            history.logged.len(),
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "seconds: `make faults`"]
async fn an_engine_that_fails_for_a_while_is_asked_no_more_than_allowed() {
    for backend in Backend::each() {
        let mut deployment = Deployment::new(backend, 1);
        let engine = Engine::start(&mut deployment, Duration::from_millis(10)).await;
        engine.fail(true);
        let (_server, _worker) = (deployment.server(0), deployment.worker("0"));
        deployment.ready(0).await;
        let client = deployment.client(1, 0);
        let incidents = 20;
        for incident in 0..incidents {
            client.publish_until_told(&Publication::new(incident, 0), LEASE).await;
        }
        let outage = Duration::from_secs(8);
        let began = Instant::now();
        let mut reads = 0;
        while began.elapsed() < outage {
            let seen = client.read("incident-0", "es").await;
            assert!(matches!(seen, Seen::Text(_)), "readers get the source meanwhile: {seen:?}");
            reads += 1;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let calls = engine.calls();
        engine.fail(false);
        let settled = deployment.settled(Duration::from_secs(30)).await;
        deployment.verify().await;
        // The first pause is a second with half of it chance, each later one is two.
        let attempts = 2 + u32::try_from(outage.as_secs()).expect("small");
        assert_eq!(overcharged(&calls, attempts), [], "retries within the pauses that are configured");
        assert_eq!(overcharged(&engine.calls(), attempts + 2), []);
        println!(
            "crowds: {:8} the engine fails for {outage:?} | {reads} reads of the source meanwhile, each text sent at \
             most {} times, all current {settled:.1?} later, 0 violations",
            deployment.backend.name(),
            calls.values().max().expect("it was asked"),
        );
    }
}
