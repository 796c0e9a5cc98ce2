//! The one place where the program's parts are chosen and put together by the configuration: store, engines, pipeline,
//! worker, reader. Commands ask for what they need, so that `config show` opens no database.

mod files;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

pub(super) use self::files::TEXTS_ARE_WRITTEN;
use super::failure::Advised;
use super::terminal::Terminal;
use crate::config::Config;
use crate::pipeline::{Hedging, Pipeline};
use crate::publish::Publisher;
use crate::reader::IncidentReader;
use crate::usage::Book;
use crate::web;
use crate::worker::Worker;
use polypost_core::clock::{Clock, System};
use polypost_core::l10n::Bundles;
use polypost_core::locale::Locale;
use polypost_core::nearest::nearest;
use polypost_core::segment::Glossary;
use polypost_engines::{EngineDependencies, Routes};
use polypost_store::{Migrations, Store, StoreError};

/// How long the end of a command waits for what the store is still doing.
const LONGEST_CLOSE: Duration = Duration::from_secs(5);

/// What every command gets.
#[derive(Clone)]
pub(super) struct Context {
    pub(super) config: Config,
    pub(super) terminal: Terminal,
    /// The configuration file, if there is one.
    file: Option<PathBuf>,
    /// Those that were opened, to go by the first one's clock and to close them in the end.
    stores: Arc<Mutex<Vec<Arc<dyn Store>>>>,
    /// Once they were read.
    glossary: Arc<OnceLock<Arc<Glossary>>>,
    bundles: Arc<OnceLock<Arc<Bundles>>>,
}

impl Context {
    #[must_use]
    pub(super) fn new(config: Config, file: Option<PathBuf>, terminal: Terminal) -> Self {
        Self { config, terminal, file, stores: Arc::default(), glossary: Arc::default(), bundles: Arc::default() }
    }

    /// By the clock of the store that was opened; until then by the machine's.
    #[must_use]
    pub(super) fn now(&self) -> Timestamp {
        self.opened().first().map_or_else(|| System.now(), |store| store.clock().now())
    }

    /// The store, its schema brought up to date.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub(super) async fn store(&self) -> anyhow::Result<Arc<dyn Store>> {
        self.open(Migrations::Apply).await
    }

    /// The store that there is, its schema brought up to date, for what would come to nothing in an empty one.
    ///
    /// # Errors
    /// Where there is none, or it cannot be opened.
    pub(super) async fn existing_store(&self) -> anyhow::Result<Arc<dyn Store>> {
        self.open(Migrations::Update).await
    }

    /// The store for what only reads: nothing is created, and nothing is written that was not there.
    ///
    /// # Errors
    /// Where there is none, its schema is not up to date, or it cannot be opened.
    pub(super) async fn store_to_read(&self) -> anyhow::Result<Arc<dyn Store>> {
        let store = self.store_as_it_is().await?;
        let pending = store.pending_migrations().await?;
        if pending.is_empty() {
            return Ok(store);
        }
        let message = format!("the store's schema is not up to date (pending: {})", listed(&pending));
        Err(Advised::new(message, "`polypost migrate` brings it up to date; so do `serve` and `worker`").into())
    }

    /// The store as it is; one that does not exist is an error.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub(super) async fn store_as_it_is(&self) -> anyhow::Result<Arc<dyn Store>> {
        self.open(Migrations::None).await
    }

    async fn open(&self, migrations: Migrations) -> anyhow::Result<Arc<dyn Store>> {
        let store = polypost_store::open(&self.config.store.url, migrations).await.map_err(|error| match error {
            StoreError::Missing { .. } => {
                let hint = "`polypost publish FILE` and `polypost serve` create it; `store.url` (POLYPOST_STORE__URL, \
                            `--config`) says where it is";
                anyhow::Error::from(Advised::new(error.to_string(), hint))
            }
            error => error.into(),
        })?;
        self.opened().push(Arc::clone(&store));
        Ok(store)
    }

    fn opened(&self) -> MutexGuard<'_, Vec<Arc<dyn Store>>> {
        self.stores.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets go of the store, so that a file has all of it and not the log beside it.
    pub(super) async fn close(&self) {
        let stores = std::mem::take(&mut *self.opened());
        let closed = async {
            for store in &stores {
                store.close().await;
            }
        };
        if tokio::time::timeout(LONGEST_CLOSE, closed).await.is_err() {
            tracing::warn!("the store is busy and was not closed: nothing that was stored is lost");
        }
    }

    /// The engines of the routes, to be looked at.
    ///
    /// # Errors
    /// Where an engine cannot be made of its settings.
    pub(super) fn routes(&self) -> anyhow::Result<Routes> {
        Ok(Routes::configured(&self.config.engines, &EngineDependencies::new(&self.config.engines))?)
    }

    /// What engines that work for a store are made with.
    ///
    /// # Errors
    /// Where the glossary cannot be read.
    fn engine_dependencies(&self, store: &Arc<dyn Store>) -> anyhow::Result<EngineDependencies> {
        self.with_terms(
            EngineDependencies::new(&self.config.engines).with_ledger(Arc::new(Book::new(Arc::clone(store)))),
        )
    }

    /// With what engines may keep as glossaries.
    ///
    /// # Errors
    /// Where the glossary cannot be read.
    pub(super) fn with_terms(&self, dependencies: EngineDependencies) -> anyhow::Result<EngineDependencies> {
        Ok(dependencies.with_terms(self.glossary()?, self.source(), &self.config.locales.targets))
    }

    /// What publishes reports into the store.
    ///
    /// # Errors
    /// Where bundles or glossary cannot be read.
    pub(super) fn publisher(&self, store: &Arc<dyn Store>) -> anyhow::Result<Publisher> {
        Ok(Publisher {
            store: Arc::clone(store),
            bundles: self.bundles()?,
            glossary: self.glossary()?,
            targets: self.config.locales.targets.clone(),
        })
    }

    /// What translates what is asked for in the store.
    ///
    /// # Errors
    /// Where engines, bundles or glossary cannot be made.
    pub(super) fn worker(&self, store: &Arc<dyn Store>) -> anyhow::Result<Worker> {
        let routes = Routes::new(&self.config.engines, &self.engine_dependencies(store)?)?;
        let pipeline = self.pipeline(store, routes)?;
        Ok(Worker {
            store: Arc::clone(store),
            pipeline: Arc::new(pipeline),
            clock: store.clock(),
            settings: self.config.worker.clone(),
        })
    }

    fn pipeline(&self, store: &Arc<dyn Store>, routes: Routes) -> anyhow::Result<Pipeline> {
        Ok(Pipeline {
            store: Arc::clone(store),
            routes,
            bundles: self.bundles()?,
            glossary: self.glossary()?,
            hedging: Hedging::new(Duration::from_millis(self.config.engines.hedge_after_milliseconds)),
            targets: self.config.locales.targets.clone(),
        })
    }

    /// What reads the store for people.
    ///
    /// # Errors
    /// Where the bundles cannot be read.
    pub(super) fn reader(&self, store: &Arc<dyn Store>) -> anyhow::Result<IncidentReader> {
        let mut config = self.config.clone();
        let server = &mut config.server;
        // What is printed has no host of its own that links could lead to.
        if server.public_url.is_empty() && server.is_local() {
            server.public_url = format!("http://{}", server.listen).into();
        }
        self.reader_of(store, &config)
    }

    /// A reader that shows new entries before they are translated. Without engines there is no telling what they made:
    /// then an older revision is shown until there is a newer one.
    fn reader_of(&self, store: &Arc<dyn Store>, config: &Config) -> anyhow::Result<IncidentReader> {
        let reader = IncidentReader::new(Arc::clone(store), self.bundles()?, config);
        let (context, store) = (self.clone(), Arc::clone(store));
        let make = move || context.pipeline(&store, context.routes().ok()?).ok();
        Ok(reader.with_pipeline(Box::new(make)))
    }

    /// The HTTP side of the program.
    ///
    /// # Errors
    /// Where bundles or glossary cannot be read.
    pub(super) fn app(&self, store: &Arc<dyn Store>) -> anyhow::Result<Arc<web::App>> {
        Ok(Arc::new(web::App {
            store: Arc::clone(store),
            reader: self.reader_of(store, &self.config)?,
            publisher: self.publisher(store)?,
            clock: store.clock(),
            source_locale: self.config.locales.source.clone(),
            server: self.config.server.clone(),
            publish: self.config.publish.clone(),
            engines: self.config.engines.clone(),
        }))
    }

    /// The configured locale, or one with texts of its own, whose tag is nearest to one that is not known.
    #[must_use]
    pub(super) fn nearest_locale(&self, unknown: &Locale) -> Option<Locale> {
        let with_texts = self.bundles().map(|bundles| bundles.locales()).unwrap_or_default();
        let known: Vec<&Locale> = self.config.locales.targets.iter().chain(&with_texts).collect();
        if known.contains(&unknown) {
            return None;
        }
        // Of tags that are as near the configured one comes first; a tag of two letters is near to any other.
        let same_length = |known: &&&Locale| known.as_str().len() + 1 >= unknown.as_str().len();
        let near = known.iter().filter(same_length).map(|locale| locale.as_str());
        let near = near.filter(|tag| tag.starts_with(unknown.as_str().get(..1).unwrap_or_default()));
        nearest(unknown.as_str(), near).and_then(|tag| tag.parse().ok())
    }

    /// The language that reports are written in.
    #[must_use]
    pub(super) fn source(&self) -> &Locale {
        &self.config.locales.source
    }
}

impl std::fmt::Debug for Context {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Context").field("config", &self.config).finish_non_exhaustive()
    }
}

/// Migrations by their numbers and names.
fn listed(pending: &[String]) -> String {
    pending.iter().map(|migration| format!("`{migration}`")).collect::<Vec<_>>().join(", ")
}
