//! Publications at a fixed rate beside a worker that takes what they ask for: how long until one is stored, and from
//! then until its first translation is claimed. On PostgreSQL the worker has connections of its own, as another process
//! has.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use polypost_store::{ClaimFilter, Store};
use tokio::task::JoinSet;

use super::{LEASE, open};
use polypost_test_service::bench::figures::at;
use polypost_test_service::bench::rows::{now, publication, rendition};

/// A second.
const RATE: u32 = 200;
const TIME: Duration = Duration::from_secs(5);

/// When each incident was claimed first.
type Claimed = Arc<Mutex<HashMap<String, Instant>>>;

pub(crate) async fn starts(urls: Vec<(&'static str, String)>) {
    for (database, url) in urls {
        let store = open(&url).await;
        let worker = if database == "sqlite" { Arc::clone(&store) } else { open(&url).await };
        let claimed = Claimed::default();
        let working = tokio::spawn(work(Arc::clone(&worker), Arc::clone(&claimed)));
        let (mut acknowledged, mut publishing) = (Vec::new(), JoinSet::new());
        let count = RATE * u32::try_from(TIME.as_secs()).expect("seconds");
        let first = Instant::now();
        for number in 0..count {
            let (store, due) = (Arc::clone(&store), first + Duration::from_secs(1) / RATE * number);
            tokio::time::sleep_until(due.into()).await;
            publishing.spawn(async move {
                let name = format!("s{number}");
                let began = Instant::now();
                store.publish(&publication(&name), now()).await.expect("publishes");
                (name, began.elapsed(), Instant::now())
            });
        }
        while let Some(published) = publishing.join_next().await {
            acknowledged.push(published.expect("published"));
        }
        while claimed.lock().unwrap_or_else(PoisonError::into_inner).len() < acknowledged.len() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        working.abort();
        let claimed = claimed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut publishes: Vec<Duration> = acknowledged.iter().map(|(_, took, _)| *took).collect();
        let mut starts: Vec<Duration> =
            acknowledged.iter().map(|(name, _, since)| claimed[name].saturating_duration_since(*since)).collect();
        publishes.sort();
        starts.sort();
        println!(
            "starts: {database}, {RATE} publications/s: stored p50 {:.2} ms, p99 {:.2} ms; from then until work on it \
             starts p50 {:.2} ms, p99 {:.2} ms",
            at(&publishes, 50.0),
            at(&publishes, 99.0),
            at(&starts, 50.0),
            at(&starts, 99.0),
        );
        if database != "sqlite" {
            worker.close().await;
        }
        store.close().await;
    }
}

/// Takes whatever is there and finishes it, and waits for more.
async fn work(store: Arc<dyn Store>, claimed: Claimed) {
    let mut changes = store.changes();
    let mut finishing = JoinSet::new();
    loop {
        while let Some(job) = store.claim(&ClaimFilter::default(), LEASE, now()).await.expect("claims") {
            let mut claimed = claimed.lock().unwrap_or_else(PoisonError::into_inner);
            claimed.entry(job.incident.to_string()).or_insert_with(Instant::now);
            drop(claimed);
            let store = Arc::clone(&store);
            finishing.spawn(async move { store.finish(&job, &rendition(), now()).await.expect("finishes") });
            while finishing.try_join_next().is_some() {}
        }
        // Whoever missed some has something to look for, too.
        let _ = changes.recv().await;
    }
}
