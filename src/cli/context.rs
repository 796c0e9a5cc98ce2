//! The one place where concrete things are chosen: configuration comes in; a store, engines, a pipeline, a worker, a
//! reader go out. Commands ask for what they need, so that `config show` opens no database.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::failure::Advised;
use super::terminal::Terminal;
use crate::bundles;
use crate::config::{self, Config, ConfigError, ConfigErrors};
use crate::pipeline::{Hedging, Pipeline};
use crate::publish::Publisher;
use crate::reader::IncidentReader;
use crate::usage::Book;
use crate::web;
use crate::worker::Worker;
use polypost_core::clock::{Clock, System};
use polypost_core::l10n::{BundleError, Bundles};
use polypost_core::locale::Locale;
use polypost_core::nearest::nearest;
use polypost_core::segment::{FileFormat, Glossary};
use polypost_engines::{EngineDependencies, Routes};
use polypost_store::{Migrations, Store, StoreError};

/// How long the end of a command waits for what the store is still doing.
const LONGEST_CLOSE: Duration = Duration::from_secs(5);

/// What to do about a locale that has not every text.
pub(super) const TEXTS_ARE_WRITTEN: &str =
    "`polypost locales --json` lists them; they are written into `<locale>/*.ftl` in `locales.directory`";

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
        self.open(Migrations::Leave).await
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

    /// The built-in texts with the configured ones laid over them: the same for all who ask.
    ///
    /// # Errors
    /// Where a configured text cannot be read: a [`ConfigErrors`].
    pub(super) fn bundles(&self) -> anyhow::Result<Arc<Bundles>> {
        if let Some(known) = self.bundles.get() {
            return Ok(Arc::clone(known));
        }
        let directory = &self.config.locales.directory;
        let read = bundles::load(configured(directory)).map_err(|error| {
            let problems = match error {
                BundleError::Several(errors) => errors.iter().map(ToString::to_string).collect(),
                error => vec![error.to_string()],
            };
            self.wrong("locales.directory", directory, problems)
        })?;
        Ok(Arc::clone(self.bundles.get_or_init(|| Arc::new(read))))
    }

    /// Whether every configured locale may be translated into: what readers of one without texts got would be English
    /// all round. Commands that only read do not ask.
    ///
    /// # Errors
    /// A [`ConfigErrors`] with what each lacks.
    pub(super) fn check_targets(&self) -> anyhow::Result<()> {
        const KEY: &str = "locales.targets";
        let bundles = self.bundles()?;
        let origin = config::origin(self.file.as_deref(), super::environment(), KEY);
        let refused = |(index, target): (usize, &Locale)| {
            let incomplete = bundles.check_target(self.source(), target).err()?;
            let (origin, key, value) = (origin.clone(), format!("{KEY}[{index}]"), Some(target.to_string()));
            Some(ConfigError { origin, key, value, message: format!("{incomplete}; {TEXTS_ARE_WRITTEN}") })
        };
        let errors: Vec<ConfigError> = self.config.locales.targets.iter().enumerate().filter_map(refused).collect();
        if errors.is_empty() { Ok(()) } else { Err(ConfigErrors { errors }.into()) }
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

    /// What is wrong with the files that the configuration names, and with what it wants of them.
    ///
    /// # Errors
    /// All of it.
    pub(super) fn check_files(&self) -> Result<(), ConfigErrors> {
        let texts = self.bundles().and_then(|_| self.check_targets());
        let found = [texts.err(), self.glossary().err()];
        let wrong = found.into_iter().flatten().filter_map(|error| error.downcast::<ConfigErrors>().ok());
        let errors: Vec<ConfigError> = wrong.flat_map(|wrong| wrong.errors).collect();
        if errors.is_empty() { Ok(()) } else { Err(ConfigErrors { errors }) }
    }

    /// A key whose value names a file that cannot be used.
    fn wrong(&self, key: &str, value: &Path, messages: Vec<String>) -> ConfigErrors {
        let origin = config::origin(self.file.as_deref(), super::environment(), key);
        let problem = |message| ConfigError {
            origin: origin.clone(),
            key: key.to_owned(),
            value: Some(value.display().to_string()),
            message,
        };
        ConfigErrors { errors: messages.into_iter().map(problem).collect() }
    }

    /// The built-in glossary, where it is wanted, with the configured file laid over it: the same for all who ask.
    ///
    /// # Errors
    /// Where the file cannot be read or holds a mistake: a [`ConfigErrors`], of a mistake with the glossary's own
    /// error.
    pub(super) fn glossary(&self) -> anyhow::Result<Arc<Glossary>> {
        if let Some(known) = self.glossary.get() {
            return Ok(Arc::clone(known));
        }
        let order = self.config.publish.date_order;
        let read = Arc::new(self.read_glossary()?.with_date_order(order));
        Ok(Arc::clone(self.glossary.get_or_init(|| read)))
    }

    fn read_glossary(&self) -> anyhow::Result<Glossary> {
        let settings = &self.config.glossary;
        let glossary = if settings.builtin { Glossary::default() } else { Glossary::empty() };
        let Some(file) = configured(&settings.file) else { return Ok(glossary) };
        let bytes = std::fs::read(file).map_err(|error| {
            let message = format!("it cannot be read ({error}); a TOML or CSV file is wanted");
            self.wrong("glossary.file", file, vec![message])
        })?;
        let is_csv = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        let format = if is_csv { FileFormat::Csv } else { FileFormat::Toml };
        glossary.with_file(&bytes, format).map_err(|error| {
            let wrong = self.wrong("glossary.file", file, error.0.clone());
            anyhow::Error::from(error).context(wrong)
        })
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
    fn means(&self, store: &Arc<dyn Store>) -> anyhow::Result<EngineDependencies> {
        self.with_terms(
            EngineDependencies::new(&self.config.engines).with_ledger(Arc::new(Book::new(Arc::clone(store)))),
        )
    }

    /// With what engines may keep as glossaries.
    ///
    /// # Errors
    /// Where the glossary cannot be read.
    pub(super) fn with_terms(&self, means: EngineDependencies) -> anyhow::Result<EngineDependencies> {
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
        let routes = Routes::new(&self.config.engines, &self.means(store)?)?;
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

    /// The HTTP side of the house.
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

/// A configured path; an empty one is none.
fn configured(path: &Path) -> Option<&Path> {
    (!path.as_os_str().is_empty()).then_some(path)
}
