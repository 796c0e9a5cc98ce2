//! Whoever asked for something to be stored may go before the answer is there: it is stored and told all the same.

use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use polypost_store::{Change, FailedAttempt, RetranslateOptions, Store};
use tokio::sync::broadcast::Receiver;

use polypost_test_support::fixtures::{at, id, locale, only, publication, rendition, take};

/// Asks once, and goes.
pub(crate) async fn and_go(call: impl Future) {
    let mut call = pin!(call);
    std::future::poll_fn(|context| Poll::Ready(call.as_mut().poll(context).is_ready())).await;
}

/// Waits until the incident has been named.
async fn told(changes: &mut Receiver<Change>) {
    let named = async { while changes.recv().await.expect("a change").incident != Some(id("a")) {} };
    tokio::time::timeout(Duration::from_mins(1), named).await.expect("it is told");
}

pub(crate) async fn exercise_leaving(store: &dyn Store) {
    let mut changes = store.changes();
    let (first, second) = (publication("a", "one", &["es"]), publication("a", "two", &["es"]));
    and_go(store.publish(&first, at(0))).await;
    told(&mut changes).await;
    let job = take(store, 1).await.expect("a job");
    and_go(store.finish(&job, &rendition("uno"), at(2))).await;
    told(&mut changes).await;
    let served = store.served(&id("a"), &locale("es")).await.expect("reads").expect("a version");
    store.publish(&second, at(3)).await.expect("publishes");
    told(&mut changes).await;
    let job = take(store, 4).await.expect("a job");
    and_go(store.fail(&job, &FailedAttempt::new("no", at(5)), at(5))).await;
    told(&mut changes).await;
    let job = take(store, 6).await.expect("a job");
    and_go(store.release(&job, at(7))).await;
    told(&mut changes).await;
    and_go(store.serve_version(&id("a"), &locale("es"), served.number, at(8))).await;
    told(&mut changes).await;
    and_go(store.withdraw(&id("a"), at(9))).await;
    told(&mut changes).await;
    assert!(store.incident(&id("a")).await.expect("reads").expect("an incident").withdrawn_at.is_some());

    store.publish(&first, at(10)).await.expect("publishes");
    told(&mut changes).await;
    and_go(store.retranslate(&only("a"), &RetranslateOptions::default(), at(11))).await;
    let anything = async { while changes.recv().await.expect("a change").incident.is_some() {} };
    tokio::time::timeout(Duration::from_mins(1), anything).await.expect("it is told");
}
