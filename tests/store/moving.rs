//! A store that moves: everything in it comes out as a file, and goes from there into another one, whatever its kind;
//! and nothing of a damaged file is taken by half.

use std::sync::Arc;

use polypost::id::VersionNumber;
use polypost::store::archive::{Portion, Position, Restored};
use polypost::store::{self, ClaimFilter, Finished, Migrations, RetranslateFilter, RetranslateOptions, State, Store};
use polypost::transfer::{Fate, Imported, Problem, Tally, export, import};

use crate::fixtures::{LEASE, at, entry, id, locale, only, partial, publication, rendition, revised, state, take};
use crate::server::Server;

async fn memory() -> Arc<dyn Store> {
    store::open("sqlite::memory:", Migrations::Apply).await.expect("opens")
}

async fn work(store: &dyn Store, name: &str, second: i64, whole: bool) {
    let filter = ClaimFilter { incidents: vec![id(name)] };
    while let Some(job) = store.claim(&filter, LEASE, at(second)).await.expect("claims") {
        let text = format!("{} {}", job.report.body, job.locale);
        let text = if whole { rendition(&text) } else { partial(&text) };
        let finished = store.finish(&job, &text, at(second)).await.expect("ends");
        assert!(matches!(finished, Finished::Stored(_)), "{finished:?}");
    }
}

/// Every state that a row can be in, several revisions and versions, a withdrawn incident, a memory with contexts.
async fn fill(store: &dyn Store) {
    for name in ["current", "failed", "held", "partial", "pending", "stale", "translating", "withdrawn"] {
        let text = publication(name, "one\nwith \"quotes\", \\ and ünïcödé \u{2028}", &["es", "it", "pt-BR"]);
        store.publish(&text, at(1)).await.expect("publishes");
    }
    for name in ["current", "held", "stale", "withdrawn"] {
        work(store, name, 2, true).await;
    }
    work(store, "partial", 3, false).await;
    for name in ["held", "stale", "translating"] {
        store.publish(&revised(name, "two", 4), at(4)).await.expect("publishes");
    }
    work(store, "held", 5, true).await;
    let first = VersionNumber(1);
    assert!(store.serve_version(&id("held"), &locale("es"), first, at(6)).await.expect("serves"));
    store.withdraw(&id("withdrawn"), at(7)).await.expect("withdraws");
    let options = RetranslateOptions { engine: Some("pseudo".to_owned()), force: true };
    let filter = RetranslateFilter { locales: vec![locale("it")], ..only("current") };
    assert_eq!(store.retranslate(&filter, &options, at(8)).await.expect("asks"), 1);
    let failing = ClaimFilter { incidents: vec![id("failed")] };
    let job = store.claim(&failing, LEASE, at(9)).await.expect("claims").expect("a row");
    store.fail(&job, "no engine (hint: none)", at(5000), at(9)).await.expect("fails");
    let translating = ClaimFilter { incidents: vec![id("translating")] };
    store.claim(&translating, LEASE, at(9)).await.expect("claims").expect("a row");
    let elsewhere = polypost::store::MemoryEntry { context: Some("between".to_owned()), ..entry("k1", "otro") };
    store.remember(&[entry("k1", "uno"), elsewhere, entry("k2", "dos")], false).await.expect("remembers");
    for number in 0..3 {
        let (key, answer) = (format!("key{number}"), "{\"id\":\"current\"}");
        store.keep_idempotent_answer(&key, "hash", answer, at(10)).await.expect("keeps");
    }
}

async fn exported(store: &dyn Store) -> String {
    let mut damages = Vec::new();
    let (exported, bytes) = export(store, Vec::new(), at(100), |damage| damages.push(damage)).await.expect("exports");
    assert_eq!((damages, exported.damaged), (Vec::new(), 0));
    String::from_utf8(bytes).expect("text")
}

async fn imported(store: &dyn Store, file: &[u8]) -> (Imported, Vec<Problem>) {
    let (mut imported, mut problems) = (Imported::default(), Vec::new());
    import(store, file, &mut imported, |problem| problems.push(problem)).await.expect("imports");
    (imported, problems)
}

fn added(added: u64) -> Tally {
    Tally { added, ..Tally::default() }
}

/// Out of one store, into another, and the same comes out of that.
async fn exercise_moving(from: &dyn Store, to: &dyn Store) {
    fill(from).await;
    let file = exported(from).await;
    let mut changes = to.changes();
    let (outcome, problems) = imported(to, file.as_bytes()).await;
    assert_eq!(problems, []);
    assert_eq!((outcome.incidents, outcome.memory, outcome.answers), (added(8), added(3), added(3)));
    assert!(outcome.complete);
    assert!(changes.try_recv().expect("is told").incident.is_none(), "anything may have moved");
    assert_eq!(exported(to).await, file);
    to.check().await.expect("is in order");
    let (again, problems) = imported(to, file.as_bytes()).await;
    assert_eq!(problems, []);
    assert_eq!((again.incidents.known, again.memory.known, again.answers.known), (8, 3, 3));
    assert_eq!(exported(to).await, file);
}

/// What was under way or waiting is taken up; what was done or held stays as it is.
async fn exercise_going_on(to: &dyn Store) {
    for (name, wanted) in [
        ("current", State::Current),
        ("failed", State::Pending),
        ("held", State::Held),
        ("partial", State::Partial),
        ("pending", State::Pending),
        ("stale", State::Stale),
        ("translating", State::Pending),
    ] {
        assert_eq!(state(to, name, "es", 11).await, if name == "failed" { State::Failed } else { wanted }, "{name}");
    }
    assert!(to.incident(&id("withdrawn")).await.expect("reads").expect("is there").withdrawn_at.is_some());
    let mut taken = Vec::new();
    while let Some(job) = take(to, 11).await {
        to.finish(&job, &rendition("end"), at(11)).await.expect("ends");
        taken.push(format!(
            "{} {} {}{}",
            job.incident,
            job.locale,
            job.revision,
            if job.force { " force" } else { "" }
        ));
    }
    taken.sort();
    let translating = ["translating es 2", "translating it 2", "translating pt-BR 2"];
    let stale = ["stale es 2", "stale it 2", "stale pt-BR 2"];
    let pending = ["pending es 1", "pending it 1", "pending pt-BR 1"];
    let wanted: Vec<&str> = ["current it 1 force", "failed it 1", "failed pt-BR 1"]
        .into_iter()
        .chain(pending)
        .chain(stale)
        .chain(translating)
        .collect();
    assert_eq!(taken, wanted);
}

#[tokio::test]
async fn a_store_moves_from_a_file_to_another() {
    let (from, to) = (memory().await, memory().await);
    exercise_moving(&*from, &*to).await;
    exercise_going_on(&*to).await;
}

#[tokio::test]
async fn a_store_moves_to_a_server_and_back() {
    let Some(server) = Server::new() else { return };
    let (from, shared, back) = (memory().await, server.open().await, memory().await);
    exercise_moving(&*from, &*shared).await;
    let file = exported(&*shared).await;
    assert_eq!(imported(&*back, file.as_bytes()).await.1, []);
    assert_eq!(exported(&*back).await, file);
    exercise_going_on(&*shared).await;
    exercise_going_on(&*back).await;
    shared.close().await;
}
