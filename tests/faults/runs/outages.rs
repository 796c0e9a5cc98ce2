//! Run b (R7, R13): the database is there and does not answer: connections cut, statements timed out, restarted,
//! paused, locked. All clears by itself when the outage ends.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::backend::Backend;
use crate::client::Publication;
use crate::deployment::Deployment;
use crate::history::{Answer, Seen};

const PATIENCE: Duration = Duration::from_mins(2);
const OUTAGE: Duration = Duration::from_secs(5);
/// How long a reader waits.
const READ: Duration = Duration::from_secs(1);
/// Kept answers: published, translated and read before the outage.
const KNOWN: usize = 10;
/// By when everything works again after an outage.
const RECOVERY: Duration = Duration::from_secs(10);

/// What is done to a PostgreSQL.
#[derive(Clone, Copy, Debug)]
enum Outage {
    ConnectionsCut,
    StatementsTimedOut,
    RestartedImmediately,
    Paused,
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a minute: `make faults`"]
async fn a_postgres_that_fails_for_a_while_loses_nothing() {
    use Outage::{ConnectionsCut, Paused, RestartedImmediately, StatementsTimedOut};
    for outage in [ConnectionsCut, StatementsTimedOut, RestartedImmediately, Paused] {
        let Some(backend) = Backend::postgres() else { return };
        let deployment = Arc::new(Deployment::new(backend, 1));
        let (_server, _worker) = (deployment.server(0), deployment.worker("0"));
        deployment.ready(0).await;
        let client = deployment.client(1, 0);
        deployment.makes_known(&client, KNOWN, PATIENCE).await;
        let stop = CancellationToken::new();
        let mut publishers = JoinSet::new();
        for number in 0..2 {
            let (deployment, stop) = (Arc::clone(&deployment), stop.clone());
            publishers.spawn(async move {
                let client = deployment.client(2 + number, 0);
                let mut incident = KNOWN + number;
                while !stop.is_cancelled() {
                    client.publish_until_told(&Publication::new(incident, 0), PATIENCE).await;
                    incident += 2;
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            });
        }
        let reader = deployment.client(9, 0);
        let reading = async {
            let mut answered = 0;
            // What is read within the first second may precede the outage, and within the last one outlast it.
            let began = Instant::now();
            tokio::time::sleep(READ).await;
            while began.elapsed() + 2 * READ < OUTAGE {
                let seen = tokio::time::timeout(READ, reader.read("incident-3", "es")).await;
                answered += usize::from(matches!(seen, Ok(Seen::Text(_))));
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            answered
        };
        let (answered, done) = tokio::join!(reading, inflict(&deployment, outage));
        let ended = Instant::now();
        client.publish_until_told(&Publication::new(1_000_000, 0), PATIENCE).await;
        let recovered = ended.elapsed();
        stop.cancel();
        publishers.join_all().await;
        let settled = deployment.settled(PATIENCE).await;
        let history = deployment.verify().await;
        println!(
            "outages: postgres {outage:?} for {OUTAGE:?} ({done}) | {} acknowledged, {answered} reads answered \
             meanwhile, first publication {recovered:.1?} after, all current {settled:.1?} later, 0 violations",
            history.acknowledged(),
        );
        assert!(recovered < RECOVERY, "{recovered:?}");
        assert!(answered > 0, "kept answers are read whatever becomes of the database");
    }
}

/// Lasts as long as the outage; what was done.
async fn inflict(deployment: &Arc<Deployment>, outage: Outage) -> String {
    let deployment = Arc::clone(deployment);
    let inflict = move || {
        let cluster = deployment.backend.cluster().expect("PostgreSQL");
        let mut cluster = cluster.lock().expect("no panic");
        let ended = Instant::now() + OUTAGE;
        let mut count = 0;
        match outage {
            Outage::ConnectionsCut => {
                while Instant::now() < ended {
                    count += cluster.terminate_backends();
                    std::thread::sleep(Duration::from_millis(100));
                }
                format!("{count} cut")
            }
            Outage::StatementsTimedOut => {
                cluster.ask("postgres", "alter database polypost set statement_timeout = '1ms'").expect("a setting");
                cluster.terminate_backends();
                std::thread::sleep(OUTAGE);
                cluster.ask("postgres", "alter database polypost reset statement_timeout").expect("a setting");
                cluster.terminate_backends();
                "1 ms each".to_owned()
            }
            Outage::RestartedImmediately => {
                while Instant::now() < ended {
                    cluster.stop_immediately();
                    cluster.restart();
                    count += 1;
                    std::thread::sleep(Duration::from_millis(500));
                }
                format!("{count} times")
            }
            Outage::Paused => {
                cluster.pause();
                std::thread::sleep(OUTAGE);
                cluster.resume();
                "all its processes".to_owned()
            }
        }
    };
    tokio::task::spawn_blocking(inflict).await.expect("no panic")
}

/// Somebody holds the write lock for longer than anybody waits.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "seconds: `make faults`"]
async fn a_store_that_another_process_keeps_locked_refuses_in_time_and_is_read() {
    for backend in Backend::each() {
        let deployment = Deployment::new(backend, 1);
        let (_server, _worker) = (deployment.server(0), deployment.worker("0"));
        deployment.ready(0).await;
        let client = deployment.client(1, 0);
        for incident in 0..KNOWN {
            client.publish_until_told(&Publication::new(incident, 0), PATIENCE).await;
        }
        deployment.settled(PATIENCE).await;
        let lock = deployment.backend.hold_writers(Duration::from_secs(15)).await;
        let publisher = deployment.client(2, 0);
        let publishing = async {
            let began = Instant::now();
            (publisher.publish(&Publication::new(KNOWN, 0)).await, began.elapsed())
        };
        let reading = async {
            let mut longest = Duration::ZERO;
            for incident in 0..100 {
                let began = Instant::now();
                let seen = client.read(&Publication::new(incident % KNOWN, 0).id(), "es").await;
                assert!(matches!(seen, Seen::Text(_)), "{seen:?}");
                longest = longest.max(began.elapsed());
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            longest
        };
        let ((answer, took), longest) = tokio::join!(publishing, reading);
        assert_eq!(answer, Answer::Refused(503), "after {took:?}");
        assert!(took < Duration::from_secs(10), "{took:?}");
        lock.await.expect("the lock was held");
        let tries = client.publish_until_told(&Publication::new(KNOWN, 0), PATIENCE).await;
        let settled = deployment.settled(PATIENCE).await;
        deployment.verify().await;
        println!(
            "outages: {:8} locked by another for 15 s | refused with 503 after {took:.1?}, 100 reads answered (longest \
             {longest:.0?}), stored at try {tries} afterwards, all current {settled:.1?} later, 0 violations",
            deployment.backend.name(),
        );
    }
}
