//! The whole program in one process over a store of its own: what `serve` wires together, for tests.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use polypost::config;
use polypost::pipeline::{Hedging, Pipeline};
use polypost::publish::{PublishError, PublishReceipt, Publisher};
use polypost::usage::Book;
use polypost::worker::Worker;
use polypost_core::document::Report;
use polypost_core::id::{IncidentId, Naming};
use polypost_core::intake::file::{self, Overrides};
use polypost_core::intake::{Defaults, Received};
use polypost_core::l10n::Bundles;
use polypost_core::locale::Locale;
use polypost_core::segment::Glossary;
use polypost_engines::{Engine, EngineDependencies};
use polypost_store::{ClaimFilter, Migrations, State, Store, Translation, Version};
use tokio_util::sync::CancellationToken;

use polypost_test_support::StoreLocation;

/// A store in a temporary directory and everything that works on it.
pub struct TestProgram {
    pub directory: tempfile::TempDir,
    pub location: StoreLocation,
    pub store: Arc<dyn Store>,
    pub publisher: Publisher,
    pub worker: Worker,
}

pub fn locale(tag: &str) -> Locale {
    tag.parse().expect("a locale")
}

/// The built-in bundles, and for each further target one that has English words: a complete bundle is wanted of every
/// locale, and these tests are of what stands inside it.
fn bundles_for(targets: &[Locale], directory: &Path) -> Bundles {
    let built_in = Bundles::built_in().expect("the built-in bundles");
    let lacking: Vec<&Locale> = targets.iter().filter(|target| !built_in.missing(target).is_empty()).collect();
    if lacking.is_empty() {
        return built_in;
    }
    let texts = directory.join("texts");
    let english = polypost_test_support::repository().join("locales/en");
    for target in lacking {
        let own = texts.join(target.as_str());
        std::fs::create_dir_all(&own).expect("a directory");
        for entry in std::fs::read_dir(&english).expect("the English texts") {
            let file = entry.expect("a file").path();
            std::fs::copy(&file, own.join(file.file_name().expect("a name"))).expect("copied");
        }
    }
    polypost::bundles::load(Some(&texts)).expect("the texts laid over")
}

/// The default configuration.
pub fn settings() -> config::Config {
    config::Config::load(None, std::iter::empty()).expect("the defaults")
}

impl TestProgram {
    pub async fn new(route: Vec<Arc<dyn Engine>>, targets: &[&str]) -> Self {
        Self::with(targets, |_| route).await
    }

    /// With a route whose engines book in the program's own store.
    pub async fn with(targets: &[&str], route: impl FnOnce(&EngineDependencies) -> Vec<Arc<dyn Engine>>) -> Self {
        crate::logs::watch();
        let directory = tempfile::tempdir().expect("a temporary directory");
        let location = StoreLocation::new(directory.path());
        let store = polypost_store::open(&location.url, Migrations::Apply).await.expect("a new store");
        let targets: Vec<Locale> = targets.iter().map(|tag| locale(tag)).collect();
        let bundles = Arc::new(bundles_for(&targets, directory.path()));
        let glossary = Arc::new(Glossary::default());
        let dependencies = EngineDependencies::default().with_ledger(Arc::new(Book::new(Arc::clone(&store))));
        let route = route(&dependencies);
        let clock = store.clock();
        let settings = settings().worker;
        let publisher = Publisher {
            store: Arc::clone(&store),
            bundles: Arc::clone(&bundles),
            glossary: Arc::clone(&glossary),
            targets: targets.clone(),
        };
        let pipeline = Pipeline {
            store: Arc::clone(&store),
            routes: route.into(),
            bundles,
            glossary,
            hedging: Hedging::new(Duration::ZERO),
            targets,
        };
        let worker = Worker { store: Arc::clone(&store), pipeline: Arc::new(pipeline), clock, settings };
        Self { directory, location, store, publisher, worker }
    }

    pub fn report(name: &str, bytes: &[u8]) -> Report {
        Self::titled(name, bytes, None)
    }

    /// As [`Self::report`]; the title stands for one that the file has not.
    pub fn titled(name: &str, bytes: &[u8], title: Option<&str>) -> Report {
        let overrides = Overrides { title: title.map(str::to_owned), ..Overrides::default() };
        file::report(name, bytes, &overrides, Defaults { source_locale: &locale("en"), ending: "" })
            .map(|received| received.report)
            .expect("a readable report")
    }

    pub async fn publish(&self, report: Report) -> Result<PublishReceipt, PublishError> {
        let received = Received { report, naming: Naming::Given };
        self.publisher.publish(received, self.store.clock().now()).await
    }

    /// Starts the worker.
    pub fn start(&self) -> Running {
        let stop = CancellationToken::new();
        let worker = self.worker.clone();
        let token = stop.clone();
        Running { stop, task: tokio::spawn(async move { worker.run(ClaimFilter::default(), token).await }) }
    }

    /// Waits until no row waits and none is held. Rows that failed do not count as waiting.
    pub async fn idle(&self, at_most: Duration) {
        let mut changes = self.store.changes();
        let idle = async {
            loop {
                let backlog = self.store.backlog(self.store.clock().now()).await.expect("the store answers");
                if backlog.waiting + backlog.running == 0 {
                    return;
                }
                let _ = tokio::time::timeout(Duration::from_millis(50), changes.recv()).await;
            }
        };
        tokio::time::timeout(at_most, idle).await.expect("the backlog is worked off in time");
    }

    /// Works the backlog off.
    pub async fn work_within(&self, at_most: Duration) {
        let running = self.start();
        self.idle(at_most).await;
        running.stop().await;
    }

    pub async fn work(&self) {
        self.work_within(Duration::from_mins(5)).await;
    }

    pub async fn translation(&self, id: &str, tag: &str) -> Translation {
        let id: IncidentId = id.parse().expect("an id");
        let found =
            self.store.translation(&id, &locale(tag), self.store.clock().now()).await.expect("the store answers");
        found.expect("the row is there")
    }

    pub async fn served(&self, id: &str, tag: &str) -> Option<Version> {
        let id: IncidentId = id.parse().expect("an id");
        self.store.served(&id, &locale(tag)).await.expect("the store answers")
    }

    pub async fn assert_state(&self, id: &str, tag: &str, state: State) {
        let translation = self.translation(id, tag).await;
        assert_eq!(translation.state, state, "{translation:?}");
    }
}

/// A worker at work.
pub struct Running {
    stop: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

impl Running {
    pub async fn stop(self) {
        self.stop.cancel();
        self.task.await.expect("the worker ends in order");
    }
}
