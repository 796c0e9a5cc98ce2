//! Run f (R3, R4): the same incident from many publishers at once, doubled and out of order.

use std::sync::Arc;
use std::time::Duration;

use rand::seq::SliceRandom;
use tokio::task::JoinSet;

use crate::backend::Backend;
use crate::client::Publication;
use crate::deployment::Deployment;
use crate::history::Answer;
use crate::supervisor::{chance, seed};

const PUBLISHERS: usize = 16;
const INCIDENTS: usize = 4;
const TEXTS: usize = 24;
/// How often each text is sent, by publishers who do not know of each other.
const COPIES: usize = 3;
/// 2026-11-22.
const FIRST_TIME: i64 = 1_795_305_600;
const TIMEOUT: Duration = Duration::from_mins(1);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "half a minute: `make faults`"]
async fn of_many_publishers_the_newest_wins_and_nothing_is_counted_twice() {
    for backend in Backend::each() {
        let seed = seed();
        println!("races: {} with seed {seed}", backend.name());
        let deployment = Arc::new(Deployment::new(backend, 2));
        let mut servers = [deployment.server(0), deployment.server(1)];
        let _workers = [deployment.worker("0"), deployment.worker("1")];
        for server in 0..2 {
            deployment.ready(server).await;
        }
        let mut publications = Vec::new();
        for (incident, text) in (0..INCIDENTS).flat_map(|incident| (0..TEXTS).map(move |text| (incident, text))) {
            // The last incident's publisher gives no times: then the last that arrives is the newest.
            let at = FIRST_TIME + i64::try_from(text).expect("small");
            let revised_at = (incident + 1 < INCIDENTS).then_some(at);
            publications.extend((0..COPIES).map(|_| Publication { revised_at, ..Publication::new(incident, text) }));
        }
        publications.shuffle(&mut chance(seed, 0));
        let mut publishers = JoinSet::new();
        for number in 0..PUBLISHERS {
            let own: Vec<_> = publications.iter().skip(number).step_by(PUBLISHERS).cloned().collect();
            let deployment = Arc::clone(&deployment);
            publishers.spawn(async move {
                let client = deployment.client(number, number % 2);
                for publication in own {
                    client.publish_until_told(&publication, TIMEOUT).await;
                    client.read(&publication.id(), "en").await;
                    client.read(&publication.id(), "es").await;
                }
            });
        }
        publishers.join_all().await;
        deployment.settled(TIMEOUT).await;
        let before = deployment.verify().await;

        // All of it once more, after the servers were killed: nothing changes.
        let revisions = revisions(&deployment).await;
        for (index, server) in servers.iter_mut().enumerate() {
            std::mem::replace(server, deployment.worker("spare")).kill().await;
            *server = deployment.server(index);
            deployment.ready(index).await;
        }
        let client = deployment.client(PUBLISHERS, 0);
        for publication in publications.iter().filter(|publication| publication.revised_at.is_some()) {
            client.publish_until_told(publication, TIMEOUT).await;
        }
        deployment.settled(TIMEOUT).await;
        assert_eq!(self::revisions(&deployment).await, revisions, "what was known before is no news");
        let history = deployment.verify().await;
        let late = |history: &crate::history::History| {
            history.publications().filter(|(.., answer)| **answer == Answer::OutOfOrder).count()
        };
        println!(
            "races: {:8} {INCIDENTS} incidents, {TEXTS} texts each, {COPIES} times, shuffled, by {PUBLISHERS} publishers \
             over 2 servers | {} accepted, {} refused as late, revisions {revisions:?}; sent again after kill -9: {} \
             more refused, nothing changed; 0 violations",
            deployment.backend.name(),
            before.acknowledged(),
            late(&before),
            late(&history) - late(&before),
        );
    }
}

/// Revision and number of Spanish versions of each incident.
async fn revisions(deployment: &Deployment) -> Vec<(u32, usize)> {
    let snapshot = deployment.snapshot().await;
    assert_eq!(snapshot.0.len(), INCIDENTS);
    snapshot.0.values().map(|kept| (kept.revision, kept.rows["es"].versions.len())).collect()
}

/// The same message fifty times at once is one incident, and one message that is told what it was told before.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "seconds: `make faults`"]
async fn a_message_sent_fifty_times_is_one_incident() {
    for backend in Backend::each() {
        let deployment = Arc::new(Deployment::new(backend, 1));
        let server = deployment.server(0);
        deployment.ready(0).await;
        let publication = Publication { revised_at: Some(FIRST_TIME), ..Publication::new(7, 0) };
        let mut senders = JoinSet::new();
        for number in 0..50 {
            let (client, publication) = (deployment.client(number, 0), publication.clone());
            senders.spawn(async move { client.publish(&publication).await });
        }
        let answers = senders.join_all().await;
        assert!(answers.iter().all(|answer| *answer == Answer::Acknowledged { revision: 1 }), "{answers:?}");

        let keyed = Publication::new(8, 0);
        let first = deployment.client(50, 0).publish_with_key(&keyed, "one-message").await;
        assert_eq!(first.0, 201, "{first:?}");
        server.kill().await;
        let _server = deployment.server(0);
        deployment.ready(0).await;
        assert_eq!(deployment.client(51, 0).publish_with_key(&keyed, "one-message").await, first, "after a kill -9");
        let _worker = deployment.worker("0");
        deployment.settled(TIMEOUT).await;
        deployment.verify().await;
        println!(
            "races: {:8} one message 50 times at once | 1 incident, 1 revision, 0 violations",
            deployment.backend.name()
        );
    }
}
