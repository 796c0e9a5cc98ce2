//! What every store must do with publications, translations and leases: each `exercise_*` takes an empty store.

use polypost_core::id::{Revision, VersionNumber};
use polypost_store::{
    Backlog, ClaimFilter, Completion, FailedAttempt, ListFilter, Published, RetranslateFilter, RetranslateOptions,
    State, Store,
};

use polypost_test_support::fixtures::{
    LEASE, at, id, locale, only, partial, publication, rendition, report, revised, state, take,
};

/// The same text twice is one revision; another text is the next; an older one changes nothing.
pub(crate) async fn exercise_publishing(store: &dyn Store) {
    let first = revised("a", "one", 10);
    assert_eq!(store.publish(&first, at(1)).await.expect("publishes"), Published::Created);
    assert_eq!(store.publish(&first, at(2)).await.expect("publishes"), Published::Unchanged(Revision(1)));
    let second = revised("a", "two", 20);
    assert_eq!(store.publish(&second, at(3)).await.expect("publishes"), Published::Revised(Revision(2)));
    for late in [revised("a", "one", 10), revised("a", "three", 19), revised("a", "two", 19)] {
        let outcome = store.publish(&late, at(4)).await.expect("publishes");
        assert_eq!(outcome, Published::OutOfOrder { stored: Revision(2), stored_revised_at: at(20) });
    }
    let incident = store.incident(&id("a")).await.expect("reads").expect("is there");
    assert_eq!((incident.report, incident.revision), (second.report, Revision(2)));
    assert_eq!(
        (incident.source, incident.times.published_at, incident.times.updated_at),
        (second.source, at(1), at(3))
    );

    let equal = store.publish(&revised("a", "three", 20), at(5)).await.expect("publishes");
    assert_eq!(equal, Published::Revised(Revision(3)), "the same moment is accepted");
    let absent = store.publish(&publication("a", "four", &["es"]), at(6)).await.expect("publishes");
    assert_eq!(absent, Published::Revised(Revision(4)), "none is accepted");
    let older = store.publish(&revised("a", "five", 19), at(7)).await.expect("publishes");
    assert_eq!(older, Published::OutOfOrder { stored: Revision(4), stored_revised_at: at(20) }, "it is remembered");
    let same = store.publish(&revised("a", "four", 30), at(8)).await.expect("publishes");
    assert_eq!(same, Published::Unchanged(Revision(4)));
    let between = store.publish(&revised("a", "five", 29), at(9)).await.expect("publishes");
    assert_eq!(between, Published::OutOfOrder { stored: Revision(4), stored_revised_at: at(30) });
    assert!(store.incident(&id("b")).await.expect("reads").is_none());
}

/// Locales are added and never lost; the source locale has no row.
pub(crate) async fn exercise_locales(store: &dyn Store) {
    store.publish(&publication("a", "one", &["es", "en"]), at(1)).await.expect("publishes");
    let again = store.publish(&publication("a", "one", &["es", "it"]), at(2)).await.expect("publishes");
    assert_eq!(again, Published::Unchanged(Revision(1)));
    store.publish(&publication("a", "two", &["it", "pt-BR"]), at(3)).await.expect("publishes");
    let rows = store.translations(&id("a"), at(3)).await.expect("reads");
    let wanted: Vec<_> = rows.iter().map(|row| (row.locale.as_str(), row.wanted_revision.0)).collect();
    assert_eq!(wanted, [("es", 2), ("it", 2), ("pt-BR", 2)]);
    assert!(rows.iter().all(|row| row.state == State::Pending && row.next_attempt_at.is_some()));

    let mut turned = publication("a", "tres", &["en", "it"]);
    turned.report.source_locale = locale("es");
    store.publish(&turned, at(4)).await.expect("publishes");
    let mut taken = Vec::new();
    while let Some(job) = take(store, 5).await {
        taken.push((job.locale.to_string(), job.revision.0));
    }
    let expected = [("en", 3), ("it", 3), ("pt-BR", 3)].map(|(tag, revision)| (tag.to_owned(), revision));
    assert_eq!(taken, expected, "nothing is translated into its own language");
}

/// Withdrawn incidents are not listed nor worked on, keep their versions, and come back when published again.
pub(crate) async fn exercise_withdrawing(store: &dyn Store) {
    assert!(!store.withdraw(&id("a"), at(1)).await.expect("withdraws"));
    let incident = publication("a", "one", &["es", "it"]);
    store.publish(&incident, at(1)).await.expect("publishes");
    let job = take(store, 2).await.expect("a job");
    assert!(store.withdraw(&id("a"), at(3)).await.expect("withdraws"));
    assert!(!store.withdraw(&id("a"), at(4)).await.expect("withdraws"));
    assert_eq!(store.finish(&job, &rendition("uno"), at(5)).await.expect("ends"), Completion::Stored(VersionNumber(1)));
    assert!(take(store, 6).await.is_none());
    assert_eq!(store.next_due(&ClaimFilter::default()).await.expect("reads"), None);
    assert_eq!(store.backlog(at(6)).await.expect("counts"), Backlog::default());
    let everything = ListFilter { limit: 10, ..ListFilter::default() };
    assert!(store.list(&everything, at(6)).await.expect("lists").is_empty());
    assert!(store.matching(&RetranslateFilter::default(), at(6)).await.expect("lists").is_empty());
    let withdrawn = store.incident(&id("a")).await.expect("reads").expect("is there");
    assert_eq!(withdrawn.withdrawn_at, Some(at(3)));

    let back = store.publish(&incident, at(7)).await.expect("publishes");
    assert_eq!(back, Published::Revised(Revision(1)), "the same text is the same revision");
    let incident = store.incident(&id("a")).await.expect("reads").expect("is there");
    assert_eq!((incident.withdrawn_at, incident.times.published_at, incident.times.updated_at), (None, at(1), at(1)));
    assert_eq!(take(store, 8).await.expect("the other locale").locale, locale("it"));
    store.withdraw(&id("a"), at(9)).await.expect("withdraws");
    let back = store.publish(&publication("a", "two", &["es"]), at(10)).await.expect("publishes");
    assert_eq!(back, Published::Revised(Revision(2)));
    assert_eq!(store.history(&id("a"), &locale("es")).await.expect("reads").len(), 1);
}

/// From the request to what readers get, and every state on the way.
pub(crate) async fn exercise_states(store: &dyn Store) {
    store.publish(&publication("a", "one", &["es"]), at(0)).await.expect("publishes");
    assert_eq!(state(store, "a", "es", 0).await, State::Pending);
    let job = take(store, 1).await.expect("a job");
    assert_eq!((job.revision, job.attempts, job.force), (Revision(1), 0, false));
    assert_eq!(job.report, report("a", "one"));
    assert_eq!(state(store, "a", "es", 2).await, State::Translating);
    assert_eq!(state(store, "a", "es", 16).await, State::Pending, "the lease ran out");
    assert!(store.fail(&job, &FailedAttempt::new("no engine", at(60)), at(3)).await.expect("fails"));
    assert_eq!(state(store, "a", "es", 4).await, State::Failed);
    let row = store.translation(&id("a"), &locale("es"), at(4)).await.expect("reads").expect("a row");
    assert_eq!((row.attempts, row.failure, row.next_attempt_at), (1, Some("no engine".into()), Some(at(60))));
    assert!(take(store, 59).await.is_none());
    assert_eq!(store.next_due(&ClaimFilter::default()).await.expect("reads"), Some(at(60)));

    let job = take(store, 60).await.expect("a job");
    assert_eq!(job.attempts, 1);
    assert_eq!(store.next_due(&ClaimFilter::default()).await.expect("reads"), Some(at(75)));
    store.finish(&job, &partial("uno"), at(61)).await.expect("ends");
    assert_eq!(state(store, "a", "es", 62).await, State::Partial);
    assert_eq!(store.next_due(&ClaimFilter::default()).await.expect("reads"), None);

    let asked = store.retranslate(&only("a"), &RetranslateOptions::default(), at(63)).await.expect("asks");
    assert_eq!((asked, state(store, "a", "es", 63).await), (1, State::Partial));
    let job = take(store, 64).await.expect("a job");
    assert_eq!(state(store, "a", "es", 65).await, State::Partial, "readers have the newest revision");
    store.finish(&job, &rendition("uno!"), at(66)).await.expect("ends");
    let row = store.translation(&id("a"), &locale("es"), at(67)).await.expect("reads").expect("a row");
    assert_eq!((row.state, row.next_attempt_at), (State::Current, None));
    assert_eq!(row.served, Some((VersionNumber(2), Revision(1))));
    assert_eq!(row.title.as_deref(), Some("Title: uno!"));

    store.publish(&publication("a", "two", &["es"]), at(70)).await.expect("publishes");
    assert_eq!(state(store, "a", "es", 70).await, State::Stale);
    let job = take(store, 71).await.expect("a job");
    assert_eq!(state(store, "a", "es", 72).await, State::Stale);
    store.fail(&job, &FailedAttempt::new("no engine", at(99)), at(73)).await.expect("fails");
    assert_eq!(state(store, "a", "es", 74).await, State::Failed, "the newest request counts");
    store.publish(&publication("a", "three", &["es"]), at(75)).await.expect("publishes");
    let row = store.translation(&id("a"), &locale("es"), at(75)).await.expect("reads").expect("a row");
    assert_eq!((row.state, row.attempts, row.failure), (State::Stale, 0, None), "a fixed report is tried at once");
    assert_eq!(take(store, 75).await.expect("a job").revision, Revision(3));
}

/// An older version served again is held, until something newer is published or requested.
pub(crate) async fn exercise_rolling_back(store: &dyn Store) {
    for (second, text) in [(0, "one"), (10, "two")] {
        store.publish(&publication("a", text, &["es"]), at(second)).await.expect("publishes");
        let job = take(store, second + 1).await.expect("a job");
        store.finish(&job, &rendition(text), at(second + 2)).await.expect("ends");
    }
    let (name, spanish) = (id("a"), locale("es"));
    assert!(!store.serve_version(&name, &spanish, VersionNumber(3), at(20)).await.expect("serves"));
    assert!(store.serve_version(&name, &spanish, VersionNumber(1), at(20)).await.expect("serves"));
    assert_eq!(state(store, "a", "es", 20).await, State::Held);
    assert!(take(store, 20).await.is_none());
    let served = store.served(&name, &spanish).await.expect("reads").expect("a version");
    assert_eq!((served.number, served.revision, served.created_at), (VersionNumber(1), Revision(1), at(2)));
    assert_eq!(served.rendition, rendition("one"));
    assert!(store.serve_version(&name, &spanish, VersionNumber(2), at(21)).await.expect("serves"));
    assert_eq!(state(store, "a", "es", 21).await, State::Current);

    store.serve_version(&name, &spanish, VersionNumber(1), at(22)).await.expect("serves");
    store.retranslate(&only("a"), &RetranslateOptions::default(), at(23)).await.expect("asks");
    assert_eq!(state(store, "a", "es", 23).await, State::Stale);
    let job = take(store, 24).await.expect("a job");
    assert_eq!(store.finish(&job, &rendition("2b"), at(25)).await.expect("ends"), Completion::Stored(VersionNumber(3)));
    let history = store.history(&name, &spanish).await.expect("reads");
    let numbers: Vec<_> = history.iter().map(|version| (version.number.0, version.revision.0)).collect();
    assert_eq!(numbers, [(3, 2), (2, 2), (1, 1)]);
    let second = store.version(&name, &spanish, VersionNumber(2)).await.expect("reads").expect("a version");
    assert_eq!(second.rendition, rendition("two"));
}

/// Whoever lost the lease writes nothing; who is late for a newer request is told so.
pub(crate) async fn exercise_leases(store: &dyn Store) {
    store.publish(&publication("a", "one", &["es"]), at(0)).await.expect("publishes");
    let zombie = take(store, 0).await.expect("a job");
    assert!(take(store, 14).await.is_none());
    assert!(store.renew(&zombie, LEASE, at(10)).await.expect("renews"));
    assert!(take(store, 24).await.is_none(), "it was prolonged");
    let thief = take(store, 25).await.expect("the lease ran out");
    assert_ne!(zombie.lease, thief.lease);
    assert!(!store.renew(&zombie, LEASE, at(26)).await.expect("renews"));
    assert!(!store.release(&zombie, at(26)).await.expect("releases"));
    assert!(!store.fail(&zombie, &FailedAttempt::new("late", at(90)), at(26)).await.expect("fails"));
    assert_eq!(store.finish(&zombie, &rendition("z"), at(26)).await.expect("ends"), Completion::Fenced);
    assert!(store.history(&id("a"), &locale("es")).await.expect("reads").is_empty());

    assert!(store.release(&thief, at(27)).await.expect("releases"));
    let job = take(store, 27).await.expect("given back");
    assert_eq!(job.attempts, 0);
    store.publish(&publication("a", "two", &["es"]), at(28)).await.expect("publishes");
    assert!(take(store, 28).await.is_none(), "one at a time");
    let ended = store.finish(&job, &rendition("one"), at(29)).await.expect("ends");
    assert_eq!(ended, Completion::Superseded(VersionNumber(1)));
    assert_eq!(store.finish(&job, &rendition("one"), at(29)).await.expect("ends"), Completion::Fenced, "only once");
    assert_eq!(state(store, "a", "es", 29).await, State::Stale);

    let job = take(store, 30).await.expect("the newer request");
    store.publish(&publication("a", "three", &["es"]), at(31)).await.expect("publishes");
    assert!(store.fail(&job, &FailedAttempt::new("of the older", at(900)), at(32)).await.expect("fails"));
    let row = store.translation(&id("a"), &locale("es"), at(32)).await.expect("reads").expect("a row");
    assert_eq!((row.state, row.failure, row.attempts), (State::Stale, None, 0));
    let job = take(store, 32).await.expect("tried at once");
    assert_eq!(job.revision, Revision(3));
    let asked = store
        .retranslate(&only("a"), &RetranslateOptions { force: true, ..RetranslateOptions::default() }, at(33))
        .await
        .expect("asks");
    let ended = store.finish(&job, &rendition("three"), at(34)).await.expect("ends");
    assert_eq!((asked, ended), (1, Completion::Superseded(VersionNumber(2))));
    assert_eq!(state(store, "a", "es", 34).await, State::Current);
}

/// What an operator asks for reaches the worker once; filters mean what they say.
pub(crate) async fn exercise_retranslating(store: &dyn Store) {
    for name in ["a", "b"] {
        store.publish(&publication(name, "one", &["es", "it"]), at(0)).await.expect("publishes");
    }
    while let Some(job) = take(store, 1).await {
        let text = if job.locale == locale("it") { partial("x") } else { rendition("x") };
        store.finish(&job, &text, at(2)).await.expect("ends");
    }
    let partials = RetranslateFilter { state: Some(State::Partial), ..RetranslateFilter::default() };
    let spanish = RetranslateFilter { locales: vec![locale("es")], ..only("b") };
    for (filter, expected) in [
        (&partials, vec!["a it", "b it"]),
        (&spanish, vec!["b es"]),
        (&RetranslateFilter::default(), vec!["a es", "a it", "b es", "b it"]),
    ] {
        let rows = store.matching(filter, at(3)).await.expect("lists");
        let names: Vec<_> = rows.iter().map(|row| format!("{} {}", row.incident, row.locale)).collect();
        assert_eq!(names, expected);
    }
    let options = RetranslateOptions { engine: Some("apertium".to_owned()), force: true };
    assert_eq!(store.retranslate(&spanish, &options, at(3)).await.expect("asks"), 1);
    let job = take(store, 4).await.expect("a job");
    assert_eq!((job.engine.as_deref(), job.force, job.incident.as_str()), (Some("apertium"), true, "b"));
    store.finish(&job, &rendition("y"), at(5)).await.expect("ends");
    store.retranslate(&spanish, &RetranslateOptions::default(), at(6)).await.expect("asks");
    let job = take(store, 7).await.expect("a job");
    assert_eq!((job.engine, job.force), (None, false), "the request was granted before");
    assert_eq!(store.retranslate(&partials, &RetranslateOptions::default(), at(8)).await.expect("asks"), 2);
    assert_eq!(
        store.backlog(at(8)).await.expect("counts"),
        Backlog {
            waiting: 2,
            running: 1,
            partial: 2,
            current: 2,
            oldest_waiting_since: Some(at(6)),
            ..Backlog::default()
        }
    );
}
