//! What is particular to a server that many processes share: each `Arc<dyn Store>` here stands for a process.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use polypost_core::id::Revision;
use polypost_store::{Change, ClaimFilter, Completion, Migrations, Published, Remembered, State, Store};
use tokio::task::JoinSet;

use crate::file::poll_once;
use polypost_test_support::Server;
use polypost_test_support::fixtures::{LEASE, at, entry, id, locale, publication, rendition, take};

/// How long a change may take to get about, with time to spare.
const TIMEOUT: Duration = Duration::from_secs(10);

#[tokio::test]
async fn processes_that_start_together_migrate_once() {
    let Some(server) = Server::new() else { return };
    let opening = |url: String| async move { polypost_store::open(&url, Migrations::Apply).await };
    let openings: JoinSet<_> = (0..8).map(|_| opening(server.url.clone())).collect();
    for opened in openings.join_all().await {
        let store = opened.expect("opens");
        assert!(store.pending_migrations().await.expect("reads").is_empty());
        store.close().await;
    }
}

#[tokio::test]
async fn a_schema_is_left_alone_where_that_is_asked_for() {
    let Some(server) = Server::new() else { return };
    let store = polypost_store::open(&server.url, Migrations::None).await.expect("opens");
    let pending = store.pending_migrations().await.expect("reads");
    assert_eq!(pending.first().map(String::as_str), Some("0001 store"));
    assert!(store.check().await.is_err(), "there is nothing yet");
}

#[tokio::test]
async fn no_two_processes_take_the_same_row() {
    let Some(server) = Server::new() else { return };
    let publisher = open(&server).await;
    for number in 0..40 {
        let text = publication(&format!("i{number}"), "one", &["es", "it"]);
        publisher.publish(&text, at(number)).await.expect("publishes");
    }
    let work = |url: String| async move {
        let worker = polypost_store::open(&url, Migrations::Apply).await.expect("opens");
        let mut taken = Vec::new();
        while let Some(job) = take(&*worker, 100).await {
            let finished = worker.finish(&job, &rendition("uno"), at(101)).await.expect("ends");
            assert!(matches!(finished, Completion::Stored(_)), "{finished:?}");
            taken.push((job.incident.to_string(), job.locale.to_string()));
        }
        worker.close().await;
        taken
    };
    let workers: JoinSet<_> = (0..4).map(|_| work(server.url.clone())).collect();
    let taken: Vec<_> = workers.join_all().await.into_iter().flatten().collect();
    assert_eq!(taken.len(), 80);
    assert_eq!(taken.iter().collect::<HashSet<_>>().len(), 80, "each once");
}

#[tokio::test]
async fn sixteen_publishers_of_one_incident_make_revisions_without_gap() {
    let Some(server) = Server::new() else { return };
    let publishers = (0..16).map(|number| {
        let url = server.url.clone();
        async move {
            let store = polypost_store::open(&url, Migrations::Apply).await.expect("opens");
            let outcome = store.publish(&publication("a", &format!("text {number}"), &["es"]), at(1)).await;
            store.close().await;
            outcome.expect("publishes")
        }
    });
    let outcomes = publishers.collect::<JoinSet<_>>().join_all().await;
    let revisions: HashSet<u32> = outcomes
        .iter()
        .map(|outcome| match outcome {
            Published::Created => 1,
            Published::Revised(Revision(number)) => *number,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(revisions, (1..=16).collect());
    let store = open(&server).await;
    assert_eq!(store.incident(&id("a")).await.expect("reads").expect("is there").revision, Revision(16));
    let rows = store.translations(&id("a"), at(2)).await.expect("reads");
    assert!(rows.iter().all(|row| row.wanted_revision == Revision(16)));
}

/// The row may change at any moment of being claimed.
#[tokio::test]
async fn who_claims_while_somebody_publishes_gets_the_text_that_is_wanted() {
    const TEXTS: u32 = 400;
    let Some(server) = Server::new() else { return };
    let claimers: JoinSet<_> = (0..3)
        .map(|_| {
            let url = server.url.clone();
            async move {
                let store = polypost_store::open(&url, Migrations::Apply).await.expect("opens");
                let mut newest = 0;
                while newest < TEXTS {
                    let Some(job) = take(&*store, 10).await else {
                        let rows = store.translations(&id("a"), at(10)).await.expect("reads");
                        assert!(rows.iter().all(|row| row.failure.is_none()), "{rows:?}");
                        continue;
                    };
                    newest = job.revision.0;
                    assert_eq!(job.report, publication("a", &format!("text {newest}"), &["es"]).report);
                    assert!(store.release(&job, at(10)).await.expect("releases"));
                }
                store.close().await;
            }
        })
        .collect();
    let publisher = open(&server).await;
    for number in 1..=TEXTS {
        publisher.publish(&publication("a", &format!("text {number}"), &["es"]), at(1)).await.expect("publishes");
    }
    claimers.join_all().await;
}

/// Whatever is given up halfway, at whatever moment: what is done next is done, and everybody sees it.
#[tokio::test]
async fn what_is_done_after_a_call_that_was_given_up_is_done() {
    let Some(server) = Server::new() else { return };
    let (here, there) = (open(&server).await, open(&server).await);
    let mut given_up = 0;
    for number in 0..300_u32 {
        let text = publication(&format!("i{number}"), "one", &["es"]);
        // Given up after so many steps: while the transaction begins, in its midst, or at its end.
        let mut publishing = here.publish(&text, at(1));
        let mut outcome = poll_once(&mut publishing).await;
        for _ in 0..number % 12 {
            if outcome.is_pending() {
                tokio::time::sleep(Duration::from_micros(1)).await;
                outcome = poll_once(&mut publishing).await;
            }
        }
        given_up += u32::from(outcome.is_pending());
        drop(publishing);
        if let Some(job) = take(&*here, 2).await {
            let seen = there.translation(&job.incident, &job.locale, at(2)).await.expect("reads").expect("the row");
            assert_eq!(seen.state, State::Translating, "after {given_up} calls given up: {seen:?}");
        }
    }
    assert!(given_up > 50, "{given_up}");
    assert!(there.backlog(at(2)).await.expect("counts").running > 50);
}

#[tokio::test]
async fn another_process_hears_of_work_and_of_what_readers_get() {
    let Some(server) = Server::new() else { return };
    let (here, there) = (open(&server).await, open(&server).await);
    let mut heard = there.changes();
    here.publish(&publication("a", "one", &["es"]), at(0)).await.expect("publishes");
    let about = |work| {
        move |change: &Change| change.incident.as_ref().is_none_or(|name| *name == id("a")) && change.work >= work
    };
    wait_for(&mut heard, about(true)).await;
    let job = take(&*there, 1).await.expect("the row");
    let mut heard = here.changes();
    there.finish(&job, &rendition("uno"), at(2)).await.expect("ends");
    wait_for(&mut heard, about(false)).await;
    let version = here.served(&id("a"), &locale("es")).await.expect("reads").expect("a version");
    assert_eq!(version.rendition, rendition("uno"));
}

#[tokio::test]
async fn all_processes_go_by_the_servers_clock() {
    let Some(server) = Server::new() else { return };
    let (here, there) = (open(&server).await, open(&server).await);
    let apart = here.clock().now().duration_since(there.clock().now()).abs();
    assert!(apart < SignedDuration::from_secs(5), "{apart}");
}

#[tokio::test]
async fn many_may_remember_the_same_texts_at_once() {
    let Some(server) = Server::new() else { return };
    let remember = |url: String, number: usize| async move {
        let store = polypost_store::open(&url, Migrations::Apply).await.expect("opens");
        let mut entries: Vec<_> = (0..30).map(|key| entry(&format!("k{key}"), "texto")).collect();
        entries.rotate_left(number * 7 % 30);
        let outcomes = store.remember(&entries, false).await.expect("remembers");
        store.close().await;
        outcomes
    };
    let remembering: JoinSet<_> = (0..8).map(|number| remember(server.url.clone(), number)).collect();
    let outcomes = remembering.join_all().await.concat();
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Remembered::Added).count(), 30, "each once");
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Remembered::Added | Remembered::Known)));
}

/// A search that goes on behind the last row found must not lose those that come in before it.
#[tokio::test]
async fn a_newer_incident_is_taken_before_the_rest_of_a_backlog() {
    let Some(server) = Server::new() else { return };
    let (here, there) = (open(&server).await, open(&server).await);
    for number in 0..10 {
        here.publish(&publication(&format!("i{number}"), "one", &["es"]), at(number)).await.expect("publishes");
    }
    assert_eq!(take(&*there, 20).await.expect("a row").incident, id("i9"));
    assert_eq!(take(&*there, 20).await.expect("a row").incident, id("i8"));
    let mut heard = there.changes();
    here.publish(&publication("new", "one", &["es"]), at(21)).await.expect("publishes");
    wait_for(&mut heard, |change| change.work).await;
    assert_eq!(take(&*there, 22).await.expect("a row").incident, id("new"));
    assert_eq!(take(&*there, 22).await.expect("a row").incident, id("i7"));
    // The first leases have run out.
    let second = 20 + LEASE.as_secs() + 1;
    let mut names = Vec::new();
    while let Some(job) = there.claim(&ClaimFilter::default(), LEASE, at(second)).await.expect("claims") {
        names.push(job.incident.to_string());
    }
    names.sort();
    assert_eq!(names, ["i0", "i1", "i2", "i3", "i4", "i5", "i6", "i8", "i9"]);
}

/// One process more.
pub(crate) async fn open(server: &Server) -> Arc<dyn Store> {
    polypost_store::open(&server.url, Migrations::Apply).await.expect("opens")
}

async fn wait_for(heard: &mut tokio::sync::broadcast::Receiver<Change>, is_it: impl Fn(&Change) -> bool) {
    let wait = async {
        loop {
            match heard.recv().await {
                Ok(change) if !is_it(&change) => {}
                _ => return,
            }
        }
    };
    tokio::time::timeout(TIMEOUT, wait).await.expect("the change gets about");
}
