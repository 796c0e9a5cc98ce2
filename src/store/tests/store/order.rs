//! The order in which rows are claimed and incidents are listed.

use polypost_store::{ClaimFilter, ListFilter, ListPage, RetranslateFilter, RetranslateOptions, State, Store};

use polypost_test_support::fixtures::{LEASE, at, id, locale, publication, rendition, take};

/// The newest incident is worked on first; a filter takes only its own.
pub(crate) async fn exercise_order(store: &dyn Store) {
    for (second, name) in [(1, "old"), (2, "new"), (3, "older-text")] {
        store.publish(&publication(name, "one", &["es"]), at(second)).await.expect("publishes");
    }
    store.publish(&publication("old", "two", &["es"]), at(4)).await.expect("publishes");
    let mine = ClaimFilter { incidents: vec![id("new"), id("none")], ..ClaimFilter::default() };
    assert_eq!(store.next_due(&mine).await.expect("reads"), Some(at(2)));
    let job = store.claim(&mine, LEASE, at(5)).await.expect("claims").expect("a job");
    assert_eq!(job.incident, id("new"));
    assert!(store.claim(&mine, LEASE, at(5)).await.expect("claims").is_none());
    assert_eq!(take(store, 5).await.expect("a job").incident, id("old"));
    assert_eq!(take(store, 5).await.expect("a job").incident, id("older-text"));
    assert!(take(store, 5).await.is_none());
}

/// Open incidents before settled ones before repeated requests, however much that is; and nothing twice.
pub(crate) async fn exercise_priority(store: &dyn Store) {
    let with_status = |name: &str, status: &str| {
        let mut text = publication(name, "one", &["es"]);
        text.report.status = Some(status.to_owned());
        text
    };
    let settled = |name: &str| with_status(name, "resolved");
    let open = |name: &str| with_status(name, "monitoring");
    for (second, name) in [(0, "old1"), (1, "old2"), (2, "old3")] {
        store.publish(&settled(name), at(second)).await.expect("publishes");
    }
    while let Some(job) = take(store, 3).await {
        store.finish(&job, &rendition("uno"), at(3)).await.expect("ends");
    }
    let all = RetranslateFilter::default();
    assert_eq!(store.retranslate(&all, &RetranslateOptions::default(), at(4)).await.expect("asks"), 3);
    let job = take(store, 5).await.expect("the newest of them");
    assert_eq!((job.incident, job.is_urgent), (id("old3"), false));
    let only_urgent = ClaimFilter { only_urgent: true, ..ClaimFilter::default() };
    assert!(store.claim(&only_urgent, LEASE, at(5)).await.expect("claims").is_none());
    store.publish(&open("open0"), at(5)).await.expect("publishes");
    store.publish(&settled("settled"), at(5)).await.expect("publishes");
    let job = store.claim(&only_urgent, LEASE, at(5)).await.expect("claims").expect("at once");
    assert_eq!((job.incident, job.is_urgent), (id("open0"), true));
    assert!(store.claim(&only_urgent, LEASE, at(5)).await.expect("claims").is_none());
    assert_eq!(take(store, 5).await.expect("a job").incident, id("settled"));
    store.publish(&open("open1"), at(5)).await.expect("publishes");
    store.publish(&open("open2"), at(6)).await.expect("publishes");
    store.publish(&settled("imported"), at(7)).await.expect("publishes");
    // What is held counts; repeated requests do not.
    assert!(store.waits_beyond(4).await.expect("looks"));
    assert!(!store.waits_beyond(5).await.expect("looks"));
    let mut order = Vec::new();
    while let Some(job) = take(store, 8).await {
        order.push(job.incident.to_string());
    }
    assert_eq!(order, ["open2", "open1", "imported", "old2", "old1"]);
}

/// Pages follow each other without gap or repetition, and carry every locale's state.
pub(crate) async fn exercise_listing(store: &dyn Store) {
    for (second, name) in [(1, "a"), (2, "b"), (2, "c"), (3, "d")] {
        let locales: &[&str] = if name == "b" { &["it"] } else { &["es", "it"] };
        store.publish(&publication(name, name, locales), at(second)).await.expect("publishes");
    }
    let job = take(store, 4).await.expect("a job");
    store.finish(&job, &rendition("dd"), at(5)).await.expect("ends");
    let mut seen = Vec::new();
    let mut filter = ListFilter { limit: 3, ..ListFilter::default() };
    loop {
        let page = store.list(&filter, at(6)).await.expect("lists");
        let Some(last) = page.last() else { break };
        filter.page = ListPage::After((last.times.published_at, last.id.clone()));
        seen.extend(page.into_iter().map(|summary| summary.id.to_string()));
    }
    assert_eq!(seen, ["d", "c", "b", "a"]);
    // Backwards: the nearest, in the order of the list.
    let ListPage::After(oldest) = filter.page else { panic!("there was more than one page") };
    let nearest = ListFilter { limit: 2, page: ListPage::Before(oldest), ..ListFilter::default() };
    let nearest = store.list(&nearest, at(6)).await;
    let nearest: Vec<String> = nearest.expect("lists").iter().map(|summary| summary.id.to_string()).collect();
    assert_eq!(nearest, ["c", "b"]);
    let list = async |state, tag: Option<&str>| {
        let filter = ListFilter { state, locale: tag.map(locale), limit: 10, ..ListFilter::default() };
        let page = store.list(&filter, at(6)).await.expect("lists");
        page.iter().map(|summary| summary.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(list(None, Some("es")).await, ["d", "c", "a"]);
    assert_eq!(list(Some(State::Current), None).await, ["d"]);
    assert_eq!(list(Some(State::Current), Some("it")).await, Vec::<String>::new());
    assert_eq!(list(Some(State::Pending), Some("it")).await, ["d", "c", "b", "a"]);
    let filter = ListFilter { limit: 1, ..ListFilter::default() };
    let first = store.list(&filter, at(6)).await.expect("lists").remove(0);
    assert_eq!((first.title.as_str(), first.components), ("Title of d", vec!["Talk".to_owned()]));
    let rows: Vec<_> = first.translations.iter().map(|row| (row.locale.as_str(), row.title.as_deref())).collect();
    assert_eq!(rows, [("es", Some("Title: dd")), ("it", None)]);
}
