//! Run b, second part (R7): a PostgreSQL that lets nobody in, since others have taken every connection that it allows.

use std::time::{Duration, Instant};

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};
use tokio::task::JoinSet;

use crate::backend::Backend;
use crate::client::{Client, Publication};
use crate::deployment::Deployment;
use crate::history::{Answer, Seen};
use polypost_test_support::postgres::Settings;

const TIMEOUT: Duration = Duration::from_mins(1);
/// Connections that the cluster allows. A server, a worker and the test itself take up to fifteen each.
const ALLOWED: usize = 50;
/// Longer than a call waits for a connection.
const OUTAGE: Duration = Duration::from_secs(20);
const PUBLISHERS: usize = 3;
const KNOWN: usize = 10;

/// Cuts the program's connections off and takes whatever is free, until the program has none and nobody gets one.
async fn take_all(url: &str) -> Vec<PgConnection> {
    let options: PgConnectOptions = url.parse().expect("a URL");
    let options = options.application_name("others").disable_statement_logging();
    let mut taken = vec![options.connect().await.expect("a first one")];
    let deadline = Instant::now() + TIMEOUT;
    loop {
        let refused = loop {
            match options.connect().await {
                Ok(connection) => taken.push(connection),
                Err(error) => break error,
            }
        };
        let refused = refused.as_database_error().and_then(|error| error.code().map(std::borrow::Cow::into_owned));
        // `too_many_connections`
        assert_eq!(refused.as_deref(), Some("53300"));
        let cut = "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'polypost'";
        let cut: i64 = sqlx::query_scalar(cut).fetch_one(&mut taken[0]).await.expect("an answer");
        if cut == 0 && taken.len() >= ALLOWED {
            return taken;
        }
        assert!(Instant::now() < deadline, "the program keeps {cut} connections, others have {}", taken.len());
    }
}

/// Publishes until the end of the outage; what was said, one after another.
async fn publish_until(client: Client, first: usize, end: Instant) -> Vec<Answer> {
    let mut answers = Vec::new();
    while Instant::now() < end {
        answers.push(client.publish(&Publication::new(first + answers.len(), 0)).await);
    }
    answers
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "half a minute: `make faults`"]
async fn a_postgres_whose_connections_others_took_refuses_and_recovers() {
    let parameters = [("max_connections", ALLOWED.to_string()), ("superuser_reserved_connections", "0".to_owned())];
    let Some(backend) =
        Backend::postgres_with(Settings { durable: true, parameters: parameters.into(), ..Settings::default() })
    else {
        return;
    };
    let deployment = Deployment::new(backend, 1);
    let (mut server, mut worker) = (deployment.server(0), deployment.worker("0"));
    deployment.ready(0).await;
    let client = deployment.client(1, 0);
    deployment.makes_known(&client, KNOWN, TIMEOUT).await;

    let taken = take_all(&deployment.backend.url()).await;
    let end = Instant::now() + OUTAGE;
    let mut publishers = JoinSet::new();
    for number in 0..PUBLISHERS {
        publishers.spawn(publish_until(deployment.client(2 + number, 0), 1000 * (number + 1), end));
    }
    let probe = client.clone();
    let readiness = tokio::spawn(async move { probe.status("/health/ready").await });
    let (mut reads, mut longest) = (0, Duration::ZERO);
    while Instant::now() < end {
        let asked = Instant::now();
        let seen = client.read(&Publication::new(reads % KNOWN, 0).id(), "es").await;
        assert!(matches!(&seen, Seen::Text(shown) if shown.version.is_some()), "what was read is known: {seen:?}");
        (reads, longest) = (reads + 1, longest.max(asked.elapsed()));
        assert_eq!(client.status("/health/live").await, Some(200));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let connections = taken.len();
    for connection in taken {
        connection.close().await.expect("it goes");
    }
    let released = Instant::now();
    let first = client.publish_until_told(&Publication::new(KNOWN, 0), TIMEOUT).await;
    let recovered = released.elapsed();
    let answers: Vec<Answer> = publishers.join_all().await.into_iter().flatten().collect();
    let refused = answers.iter().filter(|answer| **answer == Answer::Refused(503)).count();
    let settled = deployment.settled(TIMEOUT).await;
    assert!(server.is_running() && worker.is_running(), "{:?}", deployment.logs());
    deployment.verify().await;
    println!(
        "connections: postgres all {connections} taken by others for {OUTAGE:?} | {refused} publications refused with \
         503, {} accepted at the end, {reads} reads answered (longest {longest:.1?}), live throughout and not ready; stored \
         {recovered:.1?} after the release at try {first}, all current {settled:.1?} later, 0 violations",
        answers.len() - refused,
    );
    // Those that wait when the connections are released are answered as usual.
    let usual = |answer: &Answer| matches!(answer, Answer::Refused(503) | Answer::Acknowledged { .. });
    assert!(answers.iter().all(usual), "{answers:?}");
    assert!(refused >= PUBLISHERS, "{answers:?}");
    assert_eq!(readiness.await.expect("no panic"), Some(503));
}
