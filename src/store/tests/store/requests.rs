//! What an operator asks for is meant once, and for the text that there was then.

use polypost_store::{Completion, FailedAttempt, RetranslateOptions, Store};

use polypost_test_support::fixtures::{at, only, publication, rendition, take};

fn with(engine: &str) -> RetranslateOptions {
    RetranslateOptions { engine: Some(engine.to_owned()), force: true }
}

async fn ask(store: &dyn Store, options: &RetranslateOptions, second: i64) {
    assert_eq!(store.retranslate(&only("a"), options, at(second)).await.expect("asks"), 1);
}

async fn revise(store: &dyn Store, text: &str, second: i64) {
    store.publish(&publication("a", text, &["es"]), at(second)).await.expect("publishes");
}

pub(crate) async fn exercise_requests(store: &dyn Store) {
    revise(store, "one", 0).await;
    ask(store, &with("apertium"), 1).await;
    revise(store, "two", 2).await;
    let job = take(store, 3).await.expect("a job");
    assert_eq!((job.revision.0, &job.engine, job.force), (2, &None, false), "the publisher's text takes the route");

    ask(store, &with("apertium"), 4).await;
    let text = rendition("dos");
    assert!(matches!(store.finish(&job, &text, at(5)).await, Ok(Completion::Superseded(_))));
    let job = take(store, 6).await.expect("a job");
    assert_eq!((job.engine.as_deref(), job.force), (Some("apertium"), true), "asked for while another was at work");

    revise(store, "three", 7).await;
    assert!(matches!(store.finish(&job, &text, at(8)).await, Ok(Completion::Superseded(_))));
    let job = take(store, 9).await.expect("a job");
    assert_eq!((job.revision.0, &job.engine, job.force), (3, &None, false), "published while another was at work");
    store.finish(&job, &text, at(10)).await.expect("ends");

    ask(store, &with("apertium"), 11).await;
    ask(store, &RetranslateOptions::default(), 12).await;
    let job = take(store, 13).await.expect("a job");
    assert_eq!((&job.engine, job.force), (&None, false), "what is requested last counts");

    ask(store, &with("pseudo"), 14).await;
    store.fail(&job, &FailedAttempt::new("no", at(60)), at(15)).await.expect("fails");
    let job = take(store, 16).await.expect("a job");
    assert_eq!(job.engine.as_deref(), Some("pseudo"));
    store.fail(&job, &FailedAttempt::new("no", at(17)), at(17)).await.expect("fails");
    let job = take(store, 18).await.expect("a job");
    assert_eq!((job.engine.as_deref(), job.force), (Some("pseudo"), true), "a request that failed stays one");
    store.release(&job, at(19)).await.expect("gives back");
}

/// However often the same is requested, before it is begun or while it is under way, it is done once.
pub(crate) async fn exercise_equal_requests(store: &dyn Store) {
    revise(store, "one", 0).await;
    let job = take(store, 1).await.expect("a job");
    store.finish(&job, &rendition("uno"), at(2)).await.expect("ends");
    for second in 3..153 {
        ask(store, &with("apertium"), second).await;
    }
    let job = take(store, 153).await.expect("a job");
    for second in 154..164 {
        ask(store, &with("apertium"), second).await;
    }
    assert!(matches!(store.finish(&job, &rendition("dos"), at(164)).await, Ok(Completion::Stored(_))));
    assert!(take(store, 165).await.is_none(), "nothing is left");

    ask(store, &with("apertium"), 166).await;
    let job = take(store, 167).await.expect("a job");
    store.fail(&job, &FailedAttempt::new("no", at(500)), at(168)).await.expect("fails");
    assert!(take(store, 169).await.is_none(), "it waits");
    ask(store, &with("apertium"), 170).await;
    let job = take(store, 171).await.expect("what has failed is tried at once");
    ask(store, &RetranslateOptions::default(), 172).await;
    assert!(matches!(store.finish(&job, &rendition("tres"), at(173)).await, Ok(Completion::Superseded(_))));
    assert_eq!(take(store, 174).await.expect("another request").engine, None);
}
