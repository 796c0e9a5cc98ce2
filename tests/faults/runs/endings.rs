//! Run g (R11): `SIGTERM` at full load: what was accepted is answered, what is held is finished or given back, and the
//! process ends in order within its time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::backend::Backend;
use crate::client::Publication;
use crate::deployment::{Deployment, LEASE};
use crate::engine::Engine;
use crate::history::Answer;
use crate::process::Signal;

const IN_FLIGHT: usize = 16;
const TIMEOUT: Duration = Duration::from_mins(1);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "seconds: `make faults`"]
async fn a_server_that_is_asked_to_stop_answers_what_it_accepted() {
    for backend in Backend::each() {
        let deployment = Arc::new(Deployment::new(backend, 1));
        let mut server = deployment.server(0);
        deployment.ready(0).await;
        // Nobody can write for a while, so that all of these are under way when the signal comes.
        let lock = deployment.backend.hold_writers(Duration::from_millis(1500)).await;
        let mut publishers = JoinSet::new();
        for number in 0..IN_FLIGHT {
            let client = deployment.client(number, 0);
            publishers.spawn(async move { client.publish(&Publication::new(number, 0)).await });
        }
        tokio::time::sleep(Duration::from_millis(700)).await;
        let began = Instant::now();
        server.signal(Signal::Terminate);
        let answers = publishers.join_all().await;
        lock.await.expect("the lock was held");
        let status = server.ended(TIMEOUT).await.expect("it ends");
        let took = began.elapsed();
        assert!(status.success(), "{status}: {:?}", deployment.logs());
        assert!(answers.iter().all(|answer| matches!(answer, Answer::Acknowledged { .. })), "{answers:?}");
        let _worker = deployment.worker("0");
        deployment.settled(TIMEOUT).await;
        let history = deployment.verify().await;
        println!(
            "endings: {:8} SIGTERM with {IN_FLIGHT} publications under way | {} acknowledged, exit 0 after {took:.1?}, \
             0 violations",
            deployment.backend.name(),
            history.acknowledged(),
        );
    }
}

const BACKLOG: usize = 30;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "seconds: `make faults`"]
async fn a_worker_that_is_asked_to_stop_leaves_no_lease_behind() {
    for backend in Backend::each() {
        let mut deployment = Deployment::new(backend, 1);
        let engine = Engine::start(&mut deployment, Duration::from_millis(200)).await;
        let _server = deployment.server(0);
        deployment.ready(0).await;
        let client = deployment.client(1, 0);
        for incident in 0..BACKLOG {
            client.publish_until_told(&Publication::new(incident, 0), LEASE).await;
        }

        // In time: what it holds is finished.
        let mut worker = deployment.worker("finishes");
        engine.asked_for(8).await;
        let finished = stop(&mut worker, "it finishes").await;
        assert_eq!(deployment.backlog().await.running, 0, "a lease was left behind");

        // Out of time: what it holds is given back.
        engine.take(Duration::from_mins(1));
        deployment.set("WORKER__DRAIN_SECONDS", 1);
        let asked = engine.calls().len();
        let mut worker = deployment.worker("gives-back");
        engine.asked_for(asked + 1).await;
        let gave_back = stop(&mut worker, "it gives back").await;
        assert!(gave_back < Duration::from_secs(10), "{gave_back:?}");
        assert_eq!(deployment.backlog().await.running, 0, "a lease was left behind");

        // Asked twice: at once, and the leases run out.
        let asked = engine.calls().values().sum::<u32>();
        let mut worker = deployment.worker("leaves");
        while engine.calls().values().sum::<u32>() == asked {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        worker.signal(Signal::Terminate);
        tokio::time::sleep(Duration::from_millis(100)).await;
        worker.signal(Signal::Terminate);
        let status = worker.ended(Duration::from_secs(5)).await.expect("asked twice, it ends at once");
        assert_eq!(status.code(), Some(1), "{status}");

        engine.take(Duration::ZERO);
        let _worker = deployment.worker("last");
        let settled = deployment.settled(TIMEOUT).await;
        client.read("incident-0", "es").await;
        let history = deployment.verify().await;
        println!(
            "endings: {:8} SIGTERM with four rows held | in time: exit 0 after {finished:.1?}, 0 leases left; drain of \
             1 s over: exit 0 after {gave_back:.1?}, 0 leases left; twice: exit 1 at once; all {} rows current \
             {settled:.1?} after, {} written, 0 violations",
            deployment.backend.name(),
            2 * BACKLOG,
            history.logged.len(),
        );
    }
}

async fn stop(worker: &mut crate::process::Process, what: &str) -> Duration {
    let began = Instant::now();
    worker.signal(Signal::Terminate);
    let status = worker.ended(Duration::from_secs(30)).await.expect(what);
    assert!(status.success(), "{what}: {status}");
    began.elapsed()
}
