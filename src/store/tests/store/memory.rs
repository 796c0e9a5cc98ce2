//! What every store must do with the translation memory.

use polypost_store::{MemoryEntry, Remembered, Store};

use polypost_test_support::fixtures::{at, entry, locale};

/// The first text under a key stays unless it is to be replaced; any number of keys may be asked for.
pub(crate) async fn exercise_memory(store: &dyn Store) {
    let (first, other) = (entry("k1", "[PH1] no funciona"), entry("k2", "[PH1] cayó"));
    let told = store.remember(&[first.clone(), other.clone()], false).await.expect("remembers");
    assert_eq!(told, [Remembered::Added, Remembered::Added]);
    let told = store.remember(&[entry("k1", "otra cosa"), first.clone()], false).await.expect("remembers");
    assert_eq!(told, [Remembered::Kept, Remembered::Known]);
    assert_eq!(store.remember(&[], false).await.expect("nothing to do"), []);
    let mut keys: Vec<String> = (0..40_000).map(|number| format!("none-{number}")).collect();
    keys.extend(["k1".to_owned(), "k2".to_owned(), "k1".to_owned()]);
    let mut found = store.recall(&locale("es"), &keys, &[]).await.expect("recalls");
    found.sort_by(|left, right| left.key.cmp(&right.key));
    assert_eq!(found, [first.clone(), other]);
    assert!(store.recall(&locale("it"), &keys, &[]).await.expect("recalls").is_empty());
    let better = MemoryEntry { model: Some("2".to_owned()), changed_at: at(3), ..entry("k1", "[PH1] está caído") };
    let told = store.remember(std::slice::from_ref(&better), true).await.expect("replaces");
    assert_eq!(told, [Remembered::Replaced]);
    assert_eq!(better.created_at, first.created_at);
    assert_eq!(store.recall(&locale("es"), &["k1".to_owned()], &[]).await.expect("recalls"), [better]);
    assert!(store.recall(&locale("es"), &[], &["c".to_owned()]).await.expect("recalls").is_empty());
}

/// The first text under a key is used everywhere; a later one of another context is kept beside it.
pub(crate) async fn exercise_contexts(store: &dyn Store) {
    let made = |context: &str, target: &str| MemoryEntry { context: Some(context.to_owned()), ..entry("k", target) };
    let texts = async |contexts: &[&str]| {
        let contexts: Vec<String> = contexts.iter().map(|&context| context.to_owned()).collect();
        let found = store.recall(&locale("es"), &["k".to_owned()], &contexts).await.expect("recalls");
        let mut texts: Vec<_> = found.into_iter().map(|entry| (entry.context, entry.target)).collect();
        texts.sort();
        texts
    };
    let (anywhere, in_c2) = ((None, "uno".to_owned()), (Some("c2".to_owned()), "dos".to_owned()));
    let told = store.remember(&[made("c1", "uno"), made("c2", "dos"), made("c3", "uno")], false).await;
    assert_eq!(told.expect("remembers"), [Remembered::Added, Remembered::Added, Remembered::Known]);
    assert_eq!(texts(&["c1", "c3"]).await, std::slice::from_ref(&anywhere));
    assert_eq!(texts(&["c1", "c2"]).await, [anywhere.clone(), in_c2]);
    let told = store.remember(&[made("c2", "tres")], false).await.expect("remembers");
    assert_eq!((told, texts(&["c2"]).await.len()), (vec![Remembered::Kept], 2));

    let told = store.remember(&[made("c2", "uno")], true).await.expect("remembers");
    assert_eq!((told, texts(&["c2"]).await), (vec![Remembered::Replaced], vec![anywhere]), "as everywhere");
    let told = store.remember(&[entry("k", "cuatro"), made("c2", "cuatro")], true).await.expect("remembers");
    assert_eq!(told, [Remembered::Replaced, Remembered::Known]);
    assert_eq!(texts(&["c2"]).await, [(None, "cuatro".to_owned())]);
}

/// Pages of the memory follow each other without gap or repetition, whole.
pub(crate) async fn exercise_listing_memory(store: &dyn Store) {
    assert!(store.list_memory(&[], None, 10).await.expect("lists").is_empty());
    let mut entries = Vec::new();
    for tag in ["es", "it"] {
        for number in 0..5 {
            let human = MemoryEntry { engine: None, model: None, locale: locale(tag), ..entry("", "uno") };
            let key = format!("k{number}");
            entries.push(MemoryEntry { key: key.clone(), ..human.clone() });
            let here = Some("c".to_owned());
            entries.push(MemoryEntry { key, context: here, target: "dos".to_owned(), ..human });
        }
    }
    store.remember(&entries, false).await.expect("remembers");
    let all = async |locales: &[&str], limit| {
        let locales: Vec<_> = locales.iter().map(|tag| locale(tag)).collect();
        let mut seen: Vec<MemoryEntry> = Vec::new();
        loop {
            let page = store.list_memory(&locales, seen.last(), limit).await.expect("lists");
            assert!(page.len() <= limit as usize);
            if page.is_empty() {
                return seen;
            }
            seen.extend(page);
        }
    };
    assert_eq!(all(&[], 3).await, entries);
    assert_eq!(all(&["it", "fr"], 4).await, entries[10..]);
    assert!(all(&["fr"], 4).await.is_empty());
}
