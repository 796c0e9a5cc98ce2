//! Glossaries that vendors store, against the vendors in small: made, shared, replaced and removed, and never in a
//! text's way.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use polypost::config;
use polypost_core::segment::{FileFormat, Glossary};
use polypost_engines::{Engine, EngineDependencies, route};
use serde_json::{Value, json};

use super::{defaults, locale, owned, translations};
use polypost_test_service::logs::has_warned;
use polypost_test_service::program::TestProgram;
use polypost_test_service::vendors::google::accounts;
use polypost_test_service::vendors::google::glossaries::{BUCKET, LOCATION};
use polypost_test_service::vendors::stored_glossaries::StoredGlossaries;
use polypost_test_service::vendors::{amazon, deepl, google};

const NAME: &str = "polypost-test";
const TEXT: &str = "The outage reports are late.";
const TERMS: &str = "term,part_of_speech,es,it,vi\noutage,noun,interrupción,interruzione,sự cố\n";
const CHANGED: &str = "term,part_of_speech,es,it,vi\noutage,noun,corte,interruzione,sự cố\n";
const NOTHING: &str = "term,part_of_speech,es\n";

/// A vendor, its settings, and what it stores.
struct Service {
    engine: &'static str,
    settings: config::EngineSettings,
    stored: Arc<StoredGlossaries>,
    _directory: Option<tempfile::TempDir>,
}

impl Service {
    fn deepl(service: &deepl::DeepL) -> Self {
        let mut settings = defaults();
        settings.deepl.url.clone_from(&service.url);
        settings.deepl.key = deepl::KEY.to_owned().into();
        NAME.clone_into(&mut settings.deepl.glossary);
        Self { engine: "deepl", settings, stored: Arc::clone(&service.stored), _directory: None }
    }

    fn amazon(service: &amazon::Amazon) -> Self {
        let mut settings = defaults();
        let amazon = &mut settings.amazon;
        amazon.url.clone_from(&service.url);
        amazon::REGION.clone_into(&mut amazon.region);
        amazon::KEY_ID.clone_into(&mut amazon.access_key_id);
        amazon.secret_access_key = amazon::SECRET.to_owned().into();
        amazon.session_token = amazon::TOKEN.to_owned().into();
        NAME.clone_into(&mut amazon.glossary);
        Self { engine: "amazon", settings, stored: Arc::clone(&service.stored), _directory: None }
    }

    /// With a service account.
    fn google(service: &google::Google) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let file = directory.path().join("key.json");
        accounts::write_key(&file, &service.url);
        let mut settings = defaults();
        let google = &mut settings.google;
        google.url.clone_from(&service.url);
        google.storage_url.clone_from(&service.url);
        google::PROJECT.clone_into(&mut google.project);
        LOCATION.clone_into(&mut google.location);
        BUCKET.clone_into(&mut google.glossary_bucket);
        NAME.clone_into(&mut google.glossary);
        google.credentials_file = file.to_string_lossy().into_owned();
        let stored = Arc::clone(&service.depot.glossaries);
        Self { engine: "google", settings, stored, _directory: Some(directory) }
    }

    async fn all() -> Vec<Self> {
        vec![
            Self::deepl(&deepl::serve().await),
            Self::amazon(&amazon::serve().await),
            Self::google(&google::serve().await),
        ]
    }

    /// The name that glossaries are kept under.
    fn name(&mut self) -> &mut String {
        match self.engine {
            "deepl" => &mut self.settings.deepl.glossary,
            "amazon" => &mut self.settings.amazon.glossary,
            _ => &mut self.settings.google.glossary,
        }
    }

    /// A process with these terms for these targets.
    fn process_for(&self, terms: &str, targets: &[&str]) -> Arc<dyn Engine> {
        let glossary = Glossary::empty().with_file(terms.as_bytes(), FileFormat::Csv).expect("a good file");
        let targets: Vec<_> = targets.iter().map(|tag| locale(tag)).collect();
        let dependencies = EngineDependencies::default().with_terms(Arc::new(glossary), &locale("en"), &targets);
        route::engine(&self.settings, self.engine, &dependencies).expect("usable settings")
    }

    fn process(&self, terms: &str) -> Arc<dyn Engine> {
        self.process_for(terms, &["es", "it"])
    }

    /// Locale and hash in the names of those that are of this installation.
    fn kept(&self) -> Vec<String> {
        let names = self.stored.names().into_iter();
        let kept = names.filter_map(|name| name.strip_prefix("polypost-test_").map(str::to_owned));
        kept.filter(|name| name.contains('_')).collect()
    }

    /// Puts in what somebody else made, long ago.
    fn put(&self, name: &str) {
        self.stored.put(|_| name.to_owned(), name, "es", &[("a".to_owned(), "b".to_owned())]);
        for _ in 0..100 {
            self.stored.age(name);
        }
    }
}

async fn translated(engine: &Arc<dyn Engine>, target: &str) -> String {
    translations(engine.as_ref(), target, &owned(&[TEXT])).await.remove(0)
}

#[tokio::test]
async fn a_glossary_is_made_once_for_each_locale_and_used() {
    for service in Service::all().await {
        let (first, second) = (service.process(TERMS), service.process(TERMS));
        for engine in [&first, &first, &second] {
            let text = translated(engine, "es").await;
            assert!(text.contains(" interrupción ") && text.starts_with("[en→"), "{}: {text}", service.engine);
        }
        assert_eq!(service.stored.made(), 1, "{}", service.engine);
        assert!(translated(&second, "it").await.contains(" interruzione "), "{}", service.engine);
        let kept = service.kept();
        assert!(kept.len() == 2 && kept[0].starts_with("es_") && kept[1].starts_with("it_"), "{kept:?}");
        assert!(first.limits().contains("terms are kept there"), "{}", first.limits());
    }
}

#[tokio::test]
async fn two_processes_at_once_end_up_with_one() {
    for service in Service::all().await {
        let (first, second) = (service.process(TERMS), service.process(TERMS));
        // Both look before either has made one.
        service.stored.blind.store(2, Ordering::SeqCst);
        let (one, other) = tokio::join!(translated(&first, "es"), translated(&second, "es"));
        assert!(one.contains("interrupción") && other.contains("interrupción"), "{}: {one} {other}", service.engine);
        assert_eq!(service.stored.names().len(), 1, "{}", service.engine);
        for engine in [first, second] {
            assert!(translated(&engine, "es").await.contains("interrupción"), "{}", service.engine);
        }
        assert_eq!(service.stored.names().len(), 1, "{}", service.engine);
        let made = if service.engine == "google" { 1 } else { 2 };
        assert_eq!(service.stored.made(), made, "{}: it was no race", service.engine);
    }
}

#[tokio::test]
async fn a_changed_term_is_another_glossary_and_the_old_one_goes_an_hour_later() {
    for service in Service::all().await {
        let before = service.process(TERMS);
        assert!(translated(&before, "es").await.contains("interrupción"));
        let old = service.kept().remove(0);
        service.stored.age(&old);

        let after = service.process(CHANGED);
        assert!(translated(&after, "es").await.contains(" corte "), "{}", service.engine);
        // The release before goes on with its own.
        assert!(translated(&before, "es").await.contains("interrupción"), "{}", service.engine);
        let new = service.kept().into_iter().find(|name| *name != old).expect("another one");
        assert!(service.kept().contains(&old) && new.starts_with("es_"), "{}: {:?}", service.engine, service.kept());

        service.stored.age(&new);
        assert!(translated(&service.process(CHANGED), "es").await.contains(" corte "));
        assert_eq!(service.kept(), [new], "{}", service.engine);
    }
}

#[tokio::test]
async fn what_no_target_wants_goes_and_nothing_of_others_does() {
    for service in Service::all().await {
        translated(&service.process(TERMS), "es").await;
        let strangers = [
            "polypost-test-2_es_0123456789abcdef",
            "polypost-test_by-hand",
            "polypost_es_0123456789abcdef",
            "customer",
        ];
        for name in strangers.into_iter().chain(["polypost-test_fr_0123456789abcdef"]) {
            service.put(name);
        }

        // That of `es` is young enough to be used by the release before, that of `fr` is not.
        translated(&service.process_for(TERMS, &["it"]), "it").await;
        assert_eq!(service.kept().len(), 2, "{}: {:?}", service.engine, service.kept());
        service.stored.age("polypost-test_es_");
        translated(&service.process_for(TERMS, &["it"]), "it").await;
        assert_eq!(service.kept().len(), 1, "{}: {:?}", service.engine, service.kept());

        service.stored.age("polypost-test_it_");
        translated(&service.process(NOTHING), "es").await;
        let mut names = strangers.map(str::to_owned);
        names.sort_unstable();
        assert_eq!(service.stored.names(), names, "{}", service.engine);
    }
}

#[tokio::test]
async fn one_that_is_gone_at_the_vendor_is_made_again() {
    for service in Service::all().await {
        let engine = service.process(TERMS);
        translated(&engine, "es").await;
        service.stored.clear();
        let texts = owned(&[TEXT, "The outage reports are late again.", TEXT]);
        for text in translations(engine.as_ref(), "es", &texts).await {
            assert!(text.contains("interrupción"), "{}: {text}", service.engine);
        }
        assert_eq!((service.stored.made(), service.kept().len()), (2, 1), "{}", service.engine);
    }
}

#[tokio::test]
async fn one_that_cannot_be_made_keeps_no_text_back() {
    for mut service in Service::all().await {
        let name = format!("refused-by-{}", service.engine);
        service.name().clone_from(&name);
        service.stored.refuses.store(true, Ordering::SeqCst);
        let engine = service.process(TERMS);
        assert!(!translated(&engine, "es").await.contains("interrupción"));
        assert!(has_warned(&[&format!("{name}_es_"), "translating without the glossary"]), "{}", service.engine);
        // It is not asked for with every text.
        service.stored.refuses.store(false, Ordering::SeqCst);
        assert!(!translated(&engine, "es").await.contains("interrupción"), "{}", service.engine);
        assert_eq!(service.stored.made(), 0, "{}", service.engine);
        assert!(translated(&service.process(TERMS), "es").await.contains("interrupción"), "{}", service.engine);
    }
}

/// What refuses every call that names a glossary, as if it was not there.
fn without(is_named: bool, refusal: Vec<u8>) -> Option<Vec<u8>> {
    is_named.then_some(refusal)
}

#[tokio::test]
async fn one_that_no_call_may_use_keeps_no_text_back() {
    let deepl = deepl::serve_with(|body| {
        without(!body["glossary_id"].is_null(), deepl::refusal("404 Not Found", "Glossary not found"))
    });
    let amazon = amazon::serve_with(|body| {
        let refusal = amazon::refusal("400 Bad Request", "ResourceNotFoundException", "no such terminology");
        without(!body["TerminologyNames"].is_null(), refusal)
    });
    let google = google::serve_with(|body| {
        let refusal = google::refusal("400 Bad Request", "INVALID_ARGUMENT", "Glossary is empty.", &Value::Null);
        without(!body["glossaryConfig"].is_null(), refusal)
    });
    let other_amazon = amazon::serve_with(|body| {
        let refusal = amazon::refusal("400 Bad Request", "InvalidParameterValueException", "not this language");
        without(!body["TerminologyNames"].is_null(), refusal)
    });
    let (deepl, amazon, other_amazon, google) = (deepl.await, amazon.await, other_amazon.await, google.await);
    let count = |asked: &std::sync::Mutex<Vec<Value>>| asked.lock().expect("no panic").len();
    for (service, asked) in [
        (Service::deepl(&deepl), &deepl.asked),
        (Service::amazon(&amazon), &amazon.asked),
        (Service::amazon(&other_amazon), &other_amazon.asked),
        (Service::google(&google), &google.asked),
    ] {
        let engine = service.process(TERMS);
        for calls in [3, 4] {
            assert!(!translated(&engine, "es").await.contains("interrupción"));
            // With the first, with the one that was looked for again, without.
            assert_eq!(count(asked), calls, "{}", service.engine);
        }
        assert_eq!(service.stored.names().len(), 1, "{}", service.engine);
    }
}

#[tokio::test]
async fn a_language_without_glossaries_and_another_source_go_without() {
    let vendor = deepl::serve().await;
    let service = Service::deepl(&vendor);
    let engine = service.process(TERMS);
    translated(&engine, "vi").await;
    let glossary = Glossary::empty().with_file(TERMS.as_bytes(), FileFormat::Csv).expect("a good file");
    // Terms of a program that writes in Spanish: not for what comes in English, as behind another engine.
    let dependencies = EngineDependencies::default().with_terms(Arc::new(glossary), &locale("es"), &[locale("it")]);
    let foreign = route::engine(&service.settings, "deepl", &dependencies).expect("usable settings");
    translated(&foreign, "it").await;
    let asked = vendor.asked.lock().expect("no panic");
    assert!(asked.len() == 2 && asked.iter().all(|body| body["glossary_id"].is_null()), "{asked:?}");
    assert_eq!(service.stored.made(), 0);
}

#[tokio::test]
async fn variants_of_a_language_have_their_own_words() {
    let vendor = deepl::serve().await;
    let terms = "term,part_of_speech,pt-BR,pt-PT\noutage,noun,interrupção,falha\n";
    let engine = Service::deepl(&vendor).process_for(terms, &["pt-BR"]);
    let texts = owned(&[TEXT]);
    assert!(translations(engine.as_ref(), "pt-BR", &texts).await[0].contains("interrupção"));
    let item = vendor.stored.items().remove(0);
    assert!(item.target == "pt" && item.name.starts_with("polypost-test_pt-br_"), "{item:?}");
}

#[tokio::test]
async fn the_memory_tells_texts_of_other_terms_apart_by_locale() {
    for mut service in Service::all().await {
        let variant = |terms: &str, target: &str| service.process(terms).variant(&locale(target));
        assert_eq!(variant(TERMS, "es"), variant(TERMS, "es"));
        assert_ne!(variant(TERMS, "es"), variant(CHANGED, "es"));
        assert_eq!(variant(TERMS, "it"), variant(CHANGED, "it"));
        let plain = variant(NOTHING, "es");
        assert!(variant(TERMS, "es").starts_with(&plain), "{plain}");
        service.name().clear();
        assert_eq!(service.process(TERMS).variant(&locale("es")), plain, "as it was before there were any");
    }
}

#[tokio::test]
async fn a_noun_in_front_of_another_is_the_glossarys_in_a_published_report() {
    let vendor = deepl::serve().await;
    let service = Service::deepl(&vendor);
    let dependencies =
        EngineDependencies::default().with_terms(Arc::new(Glossary::default()), &locale("en"), &[locale("es")]);
    let engine = route::engine(&service.settings, "deepl", &dependencies).expect("usable settings");
    let program = TestProgram::new(vec![engine], &["es"]).await;
    let report = TestProgram::report("late.md", b"---\ntitle: Late\n---\n\nWe saw outage reports too late.\n");
    let id = report.id.to_string();
    program.publish(report).await.expect("published");
    program.work().await;
    let markdown = program.served(&id, "es").await.expect("a version").rendition.body.markdown;
    assert!(markdown.contains(" interrupción "), "{markdown}");
    let asked = vendor.asked.lock().expect("no panic");
    let texts: Vec<&Value> = asked.iter().flat_map(|body| body["text"].as_array().expect("texts")).collect();
    assert!(texts.contains(&&json!("We saw outage reports too late.")), "{texts:?}");
}

#[tokio::test]
async fn googles_files_go_with_their_glossaries() {
    let vendor = google::serve().await;
    let service = Service::google(&vendor);
    translated(&service.process(TERMS), "es").await;
    let (old, files) = (vendor.depot.glossaries.names().remove(0), &vendor.depot.files);
    assert_eq!(files.names(), [format!("{old}.csv")]);
    files.put(|_| "notes.csv".to_owned(), "notes.csv", "", &[]);
    vendor.depot.glossaries.age(&old);
    translated(&service.process(NOTHING), "es").await;
    assert!(vendor.depot.glossaries.names().is_empty());
    assert_eq!(files.names(), ["notes.csv"]);
}

#[tokio::test]
async fn googles_creation_is_waited_for_and_not_for_long() {
    let vendor = google::serve().await;
    vendor.depot.looks.store(1, Ordering::SeqCst);
    assert!(translated(&Service::google(&vendor).process(TERMS), "es").await.contains("interrupción"));

    let vendor = google::serve().await;
    vendor.depot.looks.store(usize::MAX, Ordering::SeqCst);
    let mut service = Service::google(&vendor);
    "slow".clone_into(service.name());
    service.settings.google.contract.request_timeout_seconds = 1;
    let engine = service.process(TERMS);
    assert!(!translated(&engine, "es").await.contains("interrupción"));
    assert!(has_warned(&["slow_es_", "glossary not ready"]));
    // Another process waits for the same, and finds it.
    vendor.depot.looks.store(0, Ordering::SeqCst);
    assert!(translated(&service.process(TERMS), "es").await.contains("interrupción"));
    assert_eq!(vendor.depot.glossaries.made(), 1);
}

#[tokio::test]
async fn what_is_left_of_a_creation_that_failed_goes_too() {
    let vendor = google::serve().await;
    let mut service = Service::google(&vendor);
    "failed".clone_into(service.name());
    vendor.depot.fails.store(true, Ordering::SeqCst);
    assert!(!translated(&service.process(TERMS), "es").await.contains("interrupción"));
    assert!(has_warned(&["failed_es_", "storage.objects.get denied"]));
    let files = &vendor.depot.files;
    assert_eq!((vendor.depot.glossaries.names().len(), files.names().len()), (0, 1));
    // Wanted or not: nothing was made of it within the hour.
    files.age("failed_es_");
    translated(&service.process_for(TERMS, &["es"]), "it").await;
    assert!(!files.names().iter().any(|name| name.starts_with("failed_es_")), "{:?}", files.names());
}

#[tokio::test]
async fn a_bucket_that_may_not_be_used_is_told_and_keeps_no_text_back() {
    let vendor = google::serve().await;
    let mut service = Service::google(&vendor);
    "no-bucket".clone_into(service.name());
    "somebody-elses".clone_into(&mut service.settings.google.glossary_bucket);
    assert!(!translated(&service.process(TERMS), "es").await.contains("interrupción"));
    assert!(has_warned(&["no-bucket_es_", "404", "is engines.google.glossary_bucket there"]));
}
