//! The whole house in one process over a store of its own: what `serve` wires together, for tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use polypost::clock::{Clock, System};
use polypost::config;
use polypost::document::Report;
use polypost::id::IncidentId;
use polypost::intake::file::{self, Overrides};
use polypost::l10n::Bundles;
use polypost::locale::Locale;
use polypost::pipeline::Pipeline;
use polypost::publish::{PublishError, Publisher, Receipt};
use polypost::segment::{Glossary, Spelling};
use polypost::store::{self, ClaimFilter, State, Store, Translation, Version};
use polypost::translate::{Answer, Engine, EngineError, Request};
use polypost::worker::Worker;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// A store in a temporary directory and everything that works on it.
pub struct House {
    pub directory: tempfile::TempDir,
    pub store: Arc<dyn Store>,
    pub publisher: Publisher,
    pub worker: Worker,
}

pub fn locale(tag: &str) -> Locale {
    tag.parse().expect("a locale")
}

impl House {
    pub async fn new(route: Vec<Arc<dyn Engine>>, targets: &[&str]) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let url = format!("sqlite://{}", directory.path().join("polypost.db").display());
        let store = store::open(&url).await.expect("a new store");
        let bundles = Arc::new(Bundles::load(None).expect("the built-in bundles"));
        let glossary = Arc::new(Glossary::default());
        let clock: Arc<dyn Clock> = Arc::new(System);
        let settings = config::Config::load(None, std::iter::empty()).expect("the defaults").worker;
        let targets = targets.iter().map(|tag| locale(tag)).collect();
        let publisher =
            Publisher { store: Arc::clone(&store), bundles: Arc::clone(&bundles), glossary: Arc::clone(&glossary), targets };
        let pipeline = Pipeline {
            store: Arc::clone(&store),
            route,
            others: Vec::new(),
            bundles,
            glossary,
            clock: Arc::clone(&clock),
        };
        let worker = Worker {
            store: Arc::clone(&store),
            pipeline: Arc::new(pipeline),
            clock,
            settings,
            wake: Arc::new(Notify::new()),
            moved: Arc::new(Notify::new()),
        };
        Self { directory, store, publisher, worker }
    }

    pub fn report(name: &str, bytes: &[u8]) -> Report {
        file::report(name, bytes, &Overrides::default(), &locale("en")).expect("a readable report")
    }

    pub async fn publish(&self, report: Report) -> Result<Receipt, PublishError> {
        let receipt = self.publisher.publish(report, System.now()).await;
        self.worker.wake.notify_one();
        receipt
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
        let idle = async {
            loop {
                let moved = self.worker.moved.notified();
                let backlog = self.store.backlog(System.now()).await.expect("the store answers");
                if backlog.waiting + backlog.running == 0 {
                    return;
                }
                let _ = tokio::time::timeout(Duration::from_millis(50), moved).await;
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
        self.work_within(Duration::from_secs(60)).await;
    }

    pub async fn translation(&self, id: &str, tag: &str) -> Translation {
        let id: IncidentId = id.parse().expect("an id");
        let found = self.store.translation(&id, &locale(tag), System.now()).await.expect("the store answers");
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

/// An engine that answers as it is told to, and counts what it is sent.
pub struct Told<F> {
    pub name: &'static str,
    pub texts: AtomicUsize,
    pub seen: std::sync::Mutex<Vec<String>>,
    pub answer: F,
}

impl<F> Told<F> {
    pub fn new(name: &'static str, answer: F) -> Arc<Self> {
        Arc::new(Self { name, texts: AtomicUsize::new(0), seen: std::sync::Mutex::default(), answer })
    }

    /// The texts sent since the last call.
    pub fn take_seen(&self) -> Vec<String> {
        std::mem::take(&mut *self.seen.lock().expect("no test panics while holding it"))
    }
}

#[async_trait]
impl<F> Engine for Told<F>
where
    F: Fn(&[String]) -> Result<Answer, EngineError> + Send + Sync,
{
    fn name(&self) -> &str {
        self.name
    }

    fn spellings(&self) -> &[Spelling] {
        &[Spelling::Bracketed]
    }

    async fn prepare(&self, _source: &Locale, _target: &Locale) -> Result<(), EngineError> {
        Ok(())
    }

    async fn translate(&self, request: Request<'_>) -> Result<Answer, EngineError> {
        self.texts.fetch_add(request.texts.len(), Ordering::SeqCst);
        self.seen.lock().expect("no test panics while holding it").extend(request.texts.iter().cloned());
        (self.answer)(request.texts)
    }
}
