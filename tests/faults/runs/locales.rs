//! Run h, second part (R20): a locale that is added to the configuration, and new versions that are asked for. What is
//! there is not sent to an engine again.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::backend::Backend;
use crate::client::{Client, Publication};
use crate::deployment::{Deployment, LEASE};
use crate::engine::Engine;
use crate::process::Process;

const INCIDENTS: usize = 20;
const TIMEOUT: Duration = Duration::from_secs(30);

type Calls = BTreeMap<(String, String), u32>;

/// A deployment that has everything in Spanish and Italian, and is then started anew with Portuguese beside them.
async fn with_portuguese(backend: Backend) -> (Deployment, Arc<Engine>, Client, [Process; 2], Calls) {
    let mut deployment = Deployment::new(backend, 1);
    let engine = Engine::start(&mut deployment, Duration::ZERO).await;
    let (server, worker) = (deployment.server(0), deployment.worker("0"));
    deployment.ready(0).await;
    let client = deployment.client(1, 0);
    publish_all(&client).await;
    deployment.settled(TIMEOUT).await;
    let before = engine.calls();
    server.kill().await;
    worker.kill().await;
    deployment.set("LOCALES__TARGETS", "es,it,pt");
    let processes = [deployment.server(0), deployment.worker("0")];
    deployment.ready(0).await;
    (deployment, engine, client, processes, before)
}

async fn publish_all(client: &Client) {
    for incident in 0..INCIDENTS {
        client.publish_until_told(&Publication::new(incident, 0), LEASE).await;
    }
}

/// Everything is there in three locales, and only Portuguese was paid for.
async fn verify(deployment: &Deployment, engine: &Engine, before: &Calls, how: &str) {
    let settled = deployment.settled(TIMEOUT).await;
    deployment.verify().await;
    let snapshot = deployment.snapshot().await;
    let portuguese = snapshot.0.values().filter(|kept| kept.rows.contains_key("pt")).count();
    assert_eq!(portuguese, INCIDENTS, "R20: incidents with Portuguese, {how}");
    assert!(snapshot.0.values().all(|kept| kept.revision == 1 && kept.rows.len() == 3));
    let after = engine.calls();
    let again = before.iter().filter(|(text, times)| after[*text] != **times).count();
    assert_eq!(again, 0, "what is there is not sent again");
    assert!(after.keys().filter(|key| !before.contains_key(*key)).all(|(pair, _)| pair == "eng|por"));
    println!(
        "locales: {:8} Portuguese added for {INCIDENTS} incidents, {how} | {} texts sent, none of Spanish and Italian \
         again; all current {settled:.1?} later, 0 violations",
        deployment.backend.name(),
        after.len() - before.len(),
    );
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "seconds: `make faults`"]
async fn a_locale_that_is_added_comes_with_the_next_publication_of_the_same() {
    for backend in Backend::each() {
        let (deployment, engine, client, _processes, before) = with_portuguese(backend).await;
        publish_all(&client).await;
        verify(&deployment, &engine, &before, "each published again").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "seconds: `make faults`"]
async fn a_locale_that_is_added_comes_by_retranslating() {
    for backend in Backend::each() {
        let (deployment, engine, _client, _processes, before) = with_portuguese(backend).await;
        let asked = deployment.command(&[], &["retranslate", "--all", "--locale", "pt", "--yes"]).output().await;
        let asked = asked.expect("it runs");
        assert!(asked.status.success(), "{asked:?}");
        verify(&deployment, &engine, &before, "`retranslate --all --locale pt`").await;
    }
}

/// New versions on demand: one more of each, and no more.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "seconds: `make faults`"]
async fn versions_that_are_asked_for_come_once_whoever_dies() {
    for backend in Backend::each() {
        let deployment = Deployment::new(backend, 1);
        let _server = deployment.server(0);
        let mut worker = deployment.worker("0");
        deployment.ready(0).await;
        let client = deployment.client(1, 0);
        publish_all(&client).await;
        deployment.settled(TIMEOUT).await;
        for incident in 0..INCIDENTS {
            assert!(client.ask_again(&Publication::new(incident, 0).id(), &["es"]).await);
            if incident % 4 == 0 {
                std::mem::replace(&mut worker, deployment.worker("0")).kill().await;
            }
        }
        let settled = deployment.settled(TIMEOUT).await;
        deployment.verify().await;
        let snapshot = deployment.snapshot().await;
        assert!(
            snapshot.0.values().all(|kept| kept.rows["es"].versions.len() == 2 && kept.rows["it"].versions.len() == 1)
        );
        println!(
            "locales: {:8} new Spanish versions of {INCIDENTS} asked for, the worker killed {} times | one more of \
             each, all current {settled:.1?} later, 0 violations",
            deployment.backend.name(),
            INCIDENTS.div_ceil(4),
        );
    }
}
