//! What is published under a key is published and answered once.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use polypost_core::id::Revision;
use polypost_store::{Once, Publication, Published, PublishedOnce, Store};

use crate::cancelled_callers::and_go;
use polypost_test_support::fixtures::{at, id, publication, revised};

fn once(key: &str, hash: &str) -> Once {
    let answer = Arc::new(|published: &Published| Ok(format!("{published:?}")));
    Once { key: key.to_owned(), request_hash: hash.to_owned(), answer }
}

async fn publish(store: &dyn Store, publication: &Publication, once: &Once, now: Timestamp) -> PublishedOnce {
    store.publish_once(publication, once, now).await.expect("publishes")
}

fn before(hash: &str, published: &Published) -> PublishedOnce {
    PublishedOnce::Before { request_hash: hash.to_owned(), answer: format!("{published:?}") }
}

/// A late retry of what was published before something newer changes nothing.
pub(crate) async fn exercise_retries(store: &dyn Store) {
    let (old, new) = (publication("a", "old", &["es"]), publication("a", "new", &["es"]));
    assert_eq!(publish(store, &old, &once("k", "h1"), at(0)).await, PublishedOnce::Now(Published::Created));
    store.publish(&new, at(1)).await.expect("publishes");
    assert_eq!(publish(store, &old, &once("k", "h1"), at(2)).await, before("h1", &Published::Created));
    assert_eq!(publish(store, &new, &once("k", "h2"), at(2)).await, before("h1", &Published::Created));
    assert_eq!(store.incident(&id("a")).await.expect("reads").expect("an incident").report.body, "new");
    let kept = store.idempotent_answer("k").await.expect("reads");
    assert_eq!(kept, Some(("h1".to_owned(), format!("{:?}", Published::Created))));

    let late = once("late", "h");
    store.publish(&revised("b", "two", 20), at(3)).await.expect("publishes");
    let refused = publish(store, &revised("b", "one", 10), &late, at(4)).await;
    assert!(matches!(refused, PublishedOnce::Now(Published::OutOfOrder { .. })), "{refused:?}");
    assert_eq!(store.idempotent_answer("late").await.expect("reads"), None, "the key is free");
    let next = PublishedOnce::Now(Published::Revised(Revision(2)));
    assert_eq!(publish(store, &revised("b", "three", 30), &late, at(5)).await, next);
}

/// However many come at once, about one incident or about many.
pub(crate) async fn exercise_crowds(store: &dyn Store) {
    let (same, key) = (publication("a", "text", &["es"]), once("same", "h"));
    let outcomes = join_all((0..20).map(|_| publish(store, &same, &key, at(0)))).await;
    let created = PublishedOnce::Now(Published::Created);
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == created).count(), 1, "{outcomes:?}");
    let again = before("h", &Published::Created);
    assert!(outcomes.iter().all(|outcome| *outcome == created || *outcome == again), "{outcomes:?}");

    let several: Vec<_> = (0..8).map(|number| publication(&format!("b{number}"), "text", &["es"])).collect();
    let keys: Vec<_> = (0..8).map(|number| once("several", &number.to_string())).collect();
    let outcomes = join_all(several.iter().zip(&keys).map(|(text, key)| publish(store, text, key, at(1)))).await;
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == created).count(), 1, "{outcomes:?}");
    let mut stored = 0;
    for text in &several {
        stored += usize::from(store.incident(&text.report.id).await.expect("reads").is_some());
    }
    assert_eq!(stored, 1, "what was not answered was not stored");
}

/// What is published although nobody waits for the answer any more has its answer.
pub(crate) async fn exercise_leaving(store: &dyn Store) {
    let (mut changes, text, key) = (store.changes(), publication("a", "text", &["es"]), once("k", "h"));
    and_go(store.publish_once(&text, &key, at(0))).await;
    let named = async { while changes.recv().await.expect("a change").incident != Some(id("a")) {} };
    tokio::time::timeout(Duration::from_mins(1), named).await.expect("it is told");
    assert_eq!(publish(store, &text, &key, at(1)).await, before("h", &Published::Created));
}

/// Answers are kept for at least 96 hours.
pub(crate) async fn exercise_keeping(store: &dyn Store) {
    let hours = |hours| at(0) + SignedDuration::from_hours(hours);
    let text = publication("a", "text", &["es"]);
    let unchanged = Published::Unchanged(Revision(1));
    assert_eq!(publish(store, &text, &once("k", "h"), at(0)).await, PublishedOnce::Now(Published::Created));
    assert_eq!(publish(store, &text, &once("l", "h"), hours(95)).await, PublishedOnce::Now(unchanged.clone()));
    assert_eq!(publish(store, &text, &once("k", "h"), hours(96)).await, before("h", &Published::Created));
    assert_eq!(publish(store, &text, &once("m", "h"), hours(190)).await, PublishedOnce::Now(unchanged));
    assert_eq!(store.idempotent_answer("k").await.expect("reads"), None, "old ones are forgotten");
    assert!(store.idempotent_answer("l").await.expect("reads").is_some());
}

/// A key that was taken for a request stays with it, and is settled when that is done.
pub(crate) async fn exercise_claims(store: &dyn Store) {
    let claim = async |hash: &str| store.claim_key("webhook-id m1", hash, at(1)).await.expect("claims");
    let kept = |hash: &str, answer: &str| (hash.to_owned(), answer.to_owned());
    assert_eq!(claim("one").await, kept("one", ""));
    assert_eq!(claim("two").await, kept("one", ""), "it is taken");
    assert_eq!(claim("one").await, kept("one", ""), "not done yet");
    store.settle_key("webhook-id m1", "done").await.expect("settles");
    assert_eq!(claim("one").await, kept("one", "done"));
}
