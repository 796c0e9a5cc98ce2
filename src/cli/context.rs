//! The one place where concrete things are chosen: configuration comes in; a store, engines, a pipeline, a worker, a
//! reader go out. Commands ask for what they need, so that `config show` opens no database.

use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::Context as _;
use jiff::Timestamp;

use super::terminal::Terminal;
use crate::clock::{Clock, System};
use crate::config::Config;
use crate::l10n::Bundles;
use crate::locale::Locale;
use crate::pipeline::{Hedging, Pipeline};
use crate::publish::Publisher;
use crate::reader::Reader;
use crate::segment::{FileFormat, Glossary};
use crate::store::{self, Migrations, Store};
use crate::translate::{Means, Routes};
use crate::usage::Book;
use crate::web;
use crate::worker::Worker;

/// What every command gets.
#[derive(Clone)]
pub(super) struct Context {
    pub(super) config: Config,
    pub(super) terminal: Terminal,
    /// The clock of the store that was opened; until then the machine's.
    clock: Arc<OnceLock<Arc<dyn Clock>>>,
    /// Once it was read.
    glossary: Arc<OnceLock<Arc<Glossary>>>,
}

impl Context {
    #[must_use]
    pub(super) fn new(config: Config, terminal: Terminal) -> Self {
        Self { config, terminal, clock: Arc::default(), glossary: Arc::default() }
    }

    #[must_use]
    pub(super) fn now(&self) -> Timestamp {
        self.clock.get().map_or_else(|| System.now(), |clock| clock.now())
    }

    /// The store, its schema brought up to date.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub(super) async fn store(&self) -> anyhow::Result<Arc<dyn Store>> {
        self.open(Migrations::Apply).await
    }

    /// The store as it is; one that does not exist is an error.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub(super) async fn store_as_it_is(&self) -> anyhow::Result<Arc<dyn Store>> {
        self.open(Migrations::Leave).await
    }

    async fn open(&self, migrations: Migrations) -> anyhow::Result<Arc<dyn Store>> {
        let store = store::open(&self.config.store.url, migrations).await?;
        self.clock.get_or_init(|| store.clock());
        Ok(store)
    }

    /// The built-in texts with the configured ones laid over them.
    ///
    /// # Errors
    /// Where a configured text cannot be read.
    pub(super) fn bundles(&self) -> anyhow::Result<Arc<Bundles>> {
        let bundles = Bundles::load(configured(&self.config.locales.directory));
        Ok(Arc::new(bundles.context("the texts of `locales.directory` cannot be used")?))
    }

    /// The built-in glossary, where it is wanted, with the configured file laid over it: the same for all who ask.
    ///
    /// # Errors
    /// Where the file cannot be read or holds a mistake.
    pub(super) fn glossary(&self) -> anyhow::Result<Arc<Glossary>> {
        if let Some(known) = self.glossary.get() {
            return Ok(Arc::clone(known));
        }
        let read = Arc::new(self.read_glossary()?);
        Ok(Arc::clone(self.glossary.get_or_init(|| read)))
    }

    fn read_glossary(&self) -> anyhow::Result<Glossary> {
        let settings = &self.config.glossary;
        let glossary = if settings.builtin { Glossary::default() } else { Glossary::empty() };
        let Some(file) = configured(&settings.file) else { return Ok(glossary) };
        let place = || format!("the glossary `{}` cannot be used", file.display());
        let bytes = std::fs::read(file).with_context(place)?;
        let is_csv = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        let format = if is_csv { FileFormat::Csv } else { FileFormat::Toml };
        glossary.with_file(&bytes, format).with_context(place)
    }

    /// The engines of the routes, to be looked at.
    ///
    /// # Errors
    /// Where an engine cannot be made of its settings.
    pub(super) fn routes(&self) -> anyhow::Result<Routes> {
        Ok(Routes::configured(&self.config.engines, &Means::new(&self.config.engines))?)
    }

    /// What engines that work for a store are made with.
    ///
    /// # Errors
    /// Where the glossary cannot be read.
    fn means(&self, store: &Arc<dyn Store>) -> anyhow::Result<Means> {
        self.with_terms(Means::new(&self.config.engines).with_ledger(Arc::new(Book::new(Arc::clone(store)))))
    }

    /// With what engines may keep as glossaries.
    ///
    /// # Errors
    /// Where the glossary cannot be read.
    pub(super) fn with_terms(&self, means: Means) -> anyhow::Result<Means> {
        Ok(means.with_terms(self.glossary()?, self.source(), &self.config.locales.targets))
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
        let means = self.means(store)?;
        let pipeline = Pipeline {
            store: Arc::clone(store),
            routes: Routes::new(&self.config.engines, &means)?,
            bundles: self.bundles()?,
            glossary: self.glossary()?,
            hedging: Hedging::new(Duration::from_millis(self.config.engines.hedge_after_milliseconds)),
        };
        Ok(Worker {
            store: Arc::clone(store),
            pipeline: Arc::new(pipeline),
            clock: store.clock(),
            settings: self.config.worker.clone(),
        })
    }

    /// What reads the store for people.
    ///
    /// # Errors
    /// Where the bundles cannot be read.
    pub(super) fn reader(&self, store: &Arc<dyn Store>) -> anyhow::Result<Reader> {
        Ok(Reader::new(Arc::clone(store), self.bundles()?, &self.config))
    }

    /// The HTTP side of the house.
    ///
    /// # Errors
    /// Where bundles or glossary cannot be read.
    pub(super) fn app(&self, store: &Arc<dyn Store>) -> anyhow::Result<Arc<web::App>> {
        Ok(Arc::new(web::App {
            store: Arc::clone(store),
            reader: self.reader(store)?,
            publisher: self.publisher(store)?,
            clock: store.clock(),
            source_locale: self.config.locales.source.clone(),
            server: self.config.server.clone(),
            publish: self.config.publish.clone(),
            engines: self.config.engines.clone(),
        }))
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

/// A configured path; an empty one is none.
fn configured(path: &Path) -> Option<&Path> {
    (!path.as_os_str().is_empty()).then_some(path)
}
