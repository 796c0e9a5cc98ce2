//! What readers are given: an incident in one call, and the history of a locale page by page.

use polypost_core::id::{Revision, VersionNumber};
use polypost_core::locale::Locale;
use polypost_store::{Completion, Reading, State, Store, VersionSummary};

use polypost_test_support::fixtures::{at, id, locale, partial, publication, rendition, take};

async fn reading(store: &dyn Store, texts: &[&str]) -> Reading {
    let texts: Vec<Locale> = texts.iter().map(|tag| locale(tag)).collect();
    store.reading(&id("a"), &texts, at(50)).await.expect("reads").expect("is there")
}

fn versions(reading: &Reading) -> Vec<(&str, u32, &str)> {
    let versions = reading.versions.iter();
    versions
        .map(|(locale, version)| (locale.as_str(), version.number.0, version.rendition.body.text.as_str()))
        .collect()
}

/// An incident, its rows and the texts asked for are what the single calls give.
pub(crate) async fn exercise_reading(store: &dyn Store) {
    assert!(store.reading(&id("a"), &[locale("es")], at(1)).await.expect("reads").is_none());
    store.publish(&publication("a", "one", &[]), at(1)).await.expect("publishes");
    let alone = reading(store, &["es", "en"]).await;
    assert_eq!((alone.incident.revision, alone.translations.len(), alone.versions.len()), (Revision(1), 0, 0));
    assert_eq!(alone.incident.source, publication("a", "one", &[]).source);

    store.publish(&publication("b", "other", &["es"]), at(2)).await.expect("publishes");
    store.publish(&publication("a", "one", &["zh-Hant", "es", "it"]), at(3)).await.expect("publishes");
    while let Some(job) = take(store, 4).await {
        if job.locale == locale("it") {
            continue;
        }
        let text = rendition(&format!("{} in {}", job.incident, job.locale));
        assert!(matches!(store.finish(&job, &text, at(5)).await.expect("finishes"), Completion::Stored(_)));
    }
    store.publish(&publication("a", "two", &[]), at(6)).await.expect("publishes");
    let read = reading(store, &["zh-Hant", "it", "fr"]).await;
    let incident = store.incident(&id("a")).await.expect("reads").expect("is there");
    assert_eq!((&read.incident.report, read.incident.revision), (&incident.report, Revision(2)));
    assert_eq!((&read.incident.source, read.incident.times), (&incident.source, incident.times));
    let rows = store.translations(&id("a"), at(50)).await.expect("reads");
    assert_eq!(format!("{:?}", read.translations), format!("{rows:?}"));
    assert_eq!(rows.iter().filter(|row| row.state == State::Stale).count(), 2);
    assert_eq!(versions(&read), [("zh-Hant", 1, "a in zh-Hant")], "it has no version, and fr no row");
    assert_eq!(read.versions.first().map(|(_, version)| version.revision), Some(Revision(1)));
    assert_eq!(versions(&reading(store, &[]).await), []);
    assert_eq!(versions(&reading(store, &["es", "es", "zh-Hant"]).await).len(), 2);

    store.withdraw(&id("a"), at(7)).await.expect("withdraws");
    assert_eq!(reading(store, &[]).await.incident.withdrawn_at, Some(at(7)));
}

/// Pages of a history, without texts, newest first.
pub(crate) async fn exercise_history(store: &dyn Store) {
    let page = async |before: Option<u32>, limit| {
        store.versions(&id("a"), &locale("es"), before.map(VersionNumber), limit).await.expect("reads")
    };
    let numbers = |page: &[VersionSummary]| page.iter().map(|version| version.number.0).collect::<Vec<_>>();
    for revision in 1..=4 {
        store.publish(&publication("a", &format!("text {revision}"), &["es"]), at(revision)).await.expect("publishes");
        let job = take(store, revision).await.expect("a job");
        let text = if revision == 2 { partial("dos") } else { rendition(&format!("texto {revision}")) };
        store.finish(&job, &text, at(10 * revision)).await.expect("finishes");
    }
    assert_eq!(numbers(&page(None, 100).await), [4, 3, 2, 1]);
    assert_eq!(numbers(&page(None, 2).await), [4, 3]);
    assert_eq!(numbers(&page(Some(3), 2).await), [2, 1]);
    assert!(page(Some(1), 2).await.is_empty());
    let [oldest] = page(Some(2), 2).await.try_into().expect("one version");
    let wanted = VersionSummary {
        number: VersionNumber(1),
        revision: Revision(1),
        created_at: at(10),
        title: "Title: texto 1".to_owned(),
        engines: vec!["pseudo".to_owned()],
        is_partial: false,
    };
    assert_eq!(oldest, wanted);
    let second = page(Some(3), 1).await;
    assert!(second.iter().all(|version| version.is_partial && version.engines.is_empty()), "{second:?}");
    assert_eq!(store.versions(&id("a"), &locale("it"), None, 9).await.expect("reads"), []);
}
