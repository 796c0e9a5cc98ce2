//! Keeping in step, by a clock that is moved, with a vendor that only counts.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use async_trait::async_trait;
use jiff::Timestamp;

use super::*;
use crate::vendor::Target;
use polypost_core::segment::{FileFormat, Glossary};

const FILE: &str = "term,part_of_speech,es,it\noutage,noun,interrupción,interruzione\n";
const OTHER: &str = "polypost_es_0123456789abcdef";

#[derive(Default)]
struct Vendor {
    stored: Mutex<Vec<StoredGlossary>>,
    /// By the vendor's clock.
    now: Mutex<Timestamp>,
    lists: AtomicUsize,
    creations: AtomicUsize,
    is_down: AtomicBool,
    is_slow: AtomicBool,
    /// Refuses every glossary.
    is_picky: AtomicBool,
    /// What the last call had.
    used: Mutex<Option<String>>,
}

impl Vendor {
    fn put(&self, name: &str, id: &str, target: &str, age: SignedDuration) {
        let created = *self.now.lock().unwrap() - age;
        let (name, id, target) = (name.to_owned(), id.to_owned(), Some(target.to_owned()));
        self.stored.lock().unwrap().push(StoredGlossary { name, id, target, created, is_ready: true });
    }

    fn ids(&self) -> Vec<String> {
        self.stored.lock().unwrap().iter().map(|stored| stored.id.clone()).collect()
    }

    fn counts(&self) -> (usize, usize) {
        (self.lists.load(Ordering::SeqCst), self.creations.load(Ordering::SeqCst))
    }

    async fn wait(&self, minutes: u64) {
        tokio::time::advance(Duration::from_mins(minutes)).await;
        *self.now.lock().unwrap() += Duration::from_mins(minutes);
    }
}

#[async_trait]
impl GlossaryStore for Vendor {
    async fn stored(&self, prefix: &str) -> Result<Inventory, EngineError> {
        self.lists.fetch_add(1, Ordering::SeqCst);
        if self.is_down.load(Ordering::SeqCst) {
            return Err(EngineError::new("deepl", crate::ErrorKind::Broken, "is down"));
        }
        let all = self.stored.lock().unwrap().clone();
        let stored = all.into_iter().filter(|stored| stored.name.starts_with(prefix)).collect();
        Ok(Inventory { now: *self.now.lock().unwrap(), stored })
    }

    async fn create(&self, wanted: &GlossaryDraft<'_>) -> Result<(), EngineError> {
        let number = self.creations.fetch_add(1, Ordering::SeqCst) + 1;
        if !self.is_slow.load(Ordering::SeqCst) {
            self.put(wanted.name, &format!("{}{number}", wanted.target), wanted.target, SignedDuration::ZERO);
        }
        Ok(())
    }

    async fn remove(&self, stored: &StoredGlossary) -> Result<(), EngineError> {
        self.stored.lock().unwrap().retain(|one| one.id != stored.id);
        Ok(())
    }
}

#[async_trait]
impl TranslateWith for Vendor {
    async fn translate(&self, _: BatchRequest<'_>, glossary: Option<&str>) -> Result<BatchResponse, GlossaryFailure> {
        *self.used.lock().unwrap() = glossary.map(str::to_owned);
        if glossary.is_some() && self.is_picky.load(Ordering::SeqCst) {
            let error = EngineError::new("deepl", crate::ErrorKind::Broken, "no such glossary");
            return Err(GlossaryFailure::new(
                error,
                FailureSubject { is_missing: true, is_glossary: true, ..FailureSubject::default() },
            ));
        }
        Ok(BatchResponse::default())
    }
}

fn locale(tag: &str) -> Locale {
    tag.parse().unwrap()
}

fn glossaries() -> Glossaries {
    let glossary = Glossary::empty().with_file(FILE.as_bytes(), FileFormat::Csv).unwrap();
    let dependencies =
        EngineDependencies::default().with_terms(Arc::new(glossary), &locale("en"), &[locale("es"), locale("it")]);
    let file: toml::Table = polypost_settings::DEFAULT.parse().unwrap();
    let engines: crate::registry::EngineSettings = file["engines"].clone().try_into().unwrap();
    let limits = EntryLimits { bytes: 1024, is_case_sensitive: false };
    Glossaries::new("deepl", "polypost", limits, &engines.deepl.contract, &dependencies).unwrap()
}

/// What a call into Spanish used.
async fn call(glossaries: &Glossaries, vendor: &Vendor) -> Option<String> {
    let target = Target { code: "es".to_owned(), dialect: None, has_formality: false, has_glossary: true };
    let batch = BatchRequest { source: "en", locale: &locale("es"), target: &target, texts: &[], context: None };
    send(Some(glossaries), vendor, batch).await.unwrap();
    vendor.used.lock().unwrap().clone()
}

#[tokio::test(start_paused = true)]
async fn what_is_not_wanted_is_looked_for_once_an_hour_of_use() {
    let (glossaries, vendor) = (glossaries(), Vendor::default());
    assert_eq!(call(&glossaries, &vendor).await.as_deref(), Some("es1"));
    // Before, after, and for what is old.
    assert_eq!(vendor.counts(), (3, 1));
    vendor.put(OTHER, "old", "es", SignedDuration::from_hours(2000));
    vendor.wait(59).await;
    call(&glossaries, &vendor).await;
    assert_eq!((vendor.counts(), vendor.ids().len()), ((3, 1), 2));
    vendor.wait(2).await;
    assert_eq!(call(&glossaries, &vendor).await.as_deref(), Some("es1"));
    assert_eq!((vendor.counts(), vendor.ids()), ((4, 1), vec!["es1".to_owned()]));
}

#[tokio::test(start_paused = true)]
async fn an_old_one_stays_for_an_hour_after_the_new_one_was_made() {
    let vendor = Vendor::default();
    vendor.put(OTHER, "old", "es", SignedDuration::from_hours(2000));
    for (minutes, left) in [(0, 2), (59, 2), (1, 1)] {
        vendor.wait(minutes).await;
        call(&glossaries(), &vendor).await;
        assert_eq!(vendor.ids().len(), left, "{minutes}");
    }
    assert_eq!(vendor.ids(), ["es1"]);
}

#[tokio::test(start_paused = true)]
async fn a_vendor_that_is_down_is_asked_again_after_minutes() {
    let (glossaries, vendor) = (glossaries(), Vendor::default());
    vendor.is_down.store(true, Ordering::SeqCst);
    for _ in 0..3 {
        assert_eq!(call(&glossaries, &vendor).await, None);
        vendor.wait(1).await;
    }
    assert_eq!(vendor.counts(), (2, 0));
    vendor.is_down.store(false, Ordering::SeqCst);
    vendor.wait(2).await;
    assert_eq!(call(&glossaries, &vendor).await.as_deref(), Some("es1"));
}

#[tokio::test(start_paused = true)]
async fn one_that_takes_its_time_is_waited_for_for_seconds() {
    let (glossaries, vendor) = (glossaries(), Vendor::default());
    vendor.is_slow.store(true, Ordering::SeqCst);
    let began = Instant::now();
    assert_eq!(call(&glossaries, &vendor).await, None);
    assert!(began.elapsed() < Duration::from_secs(11), "{:?}", began.elapsed());
    // It is there by now.
    vendor.put(&glossaries.name(&locale("es")).unwrap(), "made", "es", SignedDuration::ZERO);
    assert_eq!(call(&glossaries, &vendor).await, None);
    vendor.wait(1).await;
    assert_eq!(call(&glossaries, &vendor).await.as_deref(), Some("made"));
    assert_eq!(vendor.counts().1, 1);
}

#[tokio::test(start_paused = true)]
async fn one_that_no_call_may_use_is_left_alone_for_minutes() {
    let (glossaries, vendor) = (glossaries(), Vendor::default());
    vendor.is_picky.store(true, Ordering::SeqCst);
    assert_eq!(call(&glossaries, &vendor).await, None);
    let lists = vendor.counts().0;
    assert_eq!(call(&glossaries, &vendor).await, None);
    assert_eq!(vendor.counts(), (lists, 1));
    vendor.is_picky.store(false, Ordering::SeqCst);
    vendor.wait(5).await;
    assert_eq!(call(&glossaries, &vendor).await.as_deref(), Some("es1"));
}

#[tokio::test(start_paused = true)]
async fn of_several_the_oldest_is_used_and_one_for_another_code_is_made_anew() {
    let (first, vendor) = (glossaries(), Vendor::default());
    let name = first.name(&locale("es")).unwrap();
    for (id, minutes) in [("younger", 1), ("oldest", 3), ("young", 2)] {
        vendor.put(&name, id, "ES", SignedDuration::from_mins(minutes));
    }
    assert_eq!(call(&first, &vendor).await.as_deref(), Some("oldest"));
    assert_eq!(vendor.ids(), ["oldest"]);

    vendor.stored.lock().unwrap().clear();
    vendor.put(&name, "of Latin America", "es-419", SignedDuration::from_mins(3));
    assert_eq!(call(&glossaries(), &vendor).await.as_deref(), Some("es1"));
    assert_eq!(vendor.ids(), ["es1"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_never_ready_and_spares_that_nobody_removed_go_after_an_hour() {
    let (glossaries, vendor) = (glossaries(), Vendor::default());
    let italian = glossaries.name(&locale("it")).unwrap();
    for (id, minutes) in [("spare", 61), ("used", 90), ("young spare", 10)] {
        vendor.put(&italian, id, "it", SignedDuration::from_mins(minutes));
    }
    vendor.put(&italian, "stuck", "it", SignedDuration::from_mins(100));
    vendor.stored.lock().unwrap().last_mut().unwrap().is_ready = false;
    call(&glossaries, &vendor).await;
    assert_eq!(vendor.ids(), ["used", "young spare", "es1"]);
}
