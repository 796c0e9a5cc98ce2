//! The `neural` engine: protected texts come in, translations by the Firefox models go out, in this process and on
//! threads of its own. No text leaves the house, and no file is loaded whose hash is not the one that was published.

mod alphabet;
mod codes;
mod download;
mod memory;
mod models;
mod pieces;
mod records;
mod workers;

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use fxtranslate::spm::SpmVocab;

use self::alphabet::Alphabet;
use self::download::{FetchError, Publisher};
use self::memory::{Failure, Memory};
use self::models::{Damage, Files};
use self::records::Listed;
use self::workers::{Permits, Workers};
use super::{Answer, Candidate, Engine, EngineError, ErrorKind, Request, placeholder};
use crate::config;
use crate::locale::Locale;
use crate::segment::Spelling;

const NAME: &str = "neural";

/// How far one file has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub file: String,
    pub bytes: u64,
    pub size: u64,
}

/// What [`Neural::pull`] came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulled {
    /// The model as provenance names it: `enpt 3.0 sha256:abcd1234`.
    pub model: String,
    pub directory: PathBuf,
    /// Whether anything was fetched; else the newest model was there already.
    pub fetched: bool,
}

/// The embedded engine.
pub struct Neural {
    settings: config::Neural,
    directory: PathBuf,
    permits: Arc<Permits>,
    memory: Memory,
    /// One gate per pair of locales, so that a model is looked for and fetched once.
    served: Mutex<HashMap<(Locale, Locale), Arc<Gate>>>,
    /// By pair of codes, which several locales may share.
    loaded: tokio::sync::Mutex<HashMap<String, Arc<Model>>>,
}

type Gate = tokio::sync::Mutex<Option<Arc<Model>>>;

struct Model {
    workers: Workers,
    vocabulary: SpmVocab,
    alphabet: Alphabet,
    name: String,
}

impl fmt::Debug for Neural {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Neural").field("directory", &self.directory).finish_non_exhaustive()
    }
}

impl Neural {
    /// # Errors
    /// None as of now; the settings' addresses are looked at when something is fetched.
    pub fn new(settings: &config::Neural) -> Result<Self, EngineError> {
        let directory = if settings.directory.as_os_str().is_empty() {
            models::default_directory()
        } else {
            settings.directory.clone()
        };
        let life = Duration::from_secs(settings.failure_memory_minutes.saturating_mul(60));
        Ok(Self {
            memory: Memory::new(&directory, life),
            permits: Arc::new(Permits::new(settings.threads)),
            settings: settings.clone(),
            directory,
            served: Mutex::default(),
            loaded: tokio::sync::Mutex::default(),
        })
    }

    /// Where the models are.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Fetches the newest model from `source` to `target`, whatever failed before, unless it is here already.
    ///
    /// # Errors
    /// `Rejected` where the publisher has no such model; otherwise why it was not fetched, with what to do about it.
    pub async fn pull(
        &self,
        source: &Locale,
        target: &Locale,
        progress: &(dyn Fn(&Progress) + Send + Sync),
    ) -> Result<Pulled, EngineError> {
        let (files, fetched) =
            self.fetch(source, target, progress).await.map_err(|failure| self.error(source, target, failure, None))?;
        self.memory.forget(&key(source, target));
        Ok(Pulled { model: files.name, directory: self.directory.join(files.pair), fetched })
    }

    async fn model(&self, source: &Locale, target: &Locale) -> Result<Arc<Model>, EngineError> {
        let gate = {
            let mut served = self.served.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(served.entry((source.clone(), target.clone())).or_default())
        };
        let mut gate = gate.lock().await;
        if let Some(model) = gate.as_ref() {
            return Ok(Arc::clone(model));
        }
        let files = match self.find(source, target).await {
            Ok(Some(files)) => files,
            Ok(None) => self.obtain(source, target, None).await?,
            Err(damage) => self.obtain(source, target, Some(damage)).await?,
        };
        let model = self.load(&files).await?;
        *gate = Some(Arc::clone(&model));
        Ok(model)
    }

    /// The model on disk for the closest codes that there is one for.
    async fn find(&self, source: &Locale, target: &Locale) -> Result<Option<Files>, Damage> {
        for target in codes::candidates(target) {
            for source in codes::candidates(source) {
                if let Some(files) = self.find_pair(format!("{source}-{target}")).await? {
                    return Ok(Some(files));
                }
            }
        }
        Ok(None)
    }

    async fn find_pair(&self, pair: String) -> Result<Option<Files>, Damage> {
        let directory = self.directory.clone();
        let broken = Damage::Incomplete { directory: directory.join(&pair), missing: "readable file" };
        tokio::task::spawn_blocking(move || models::find(&directory, &pair)).await.unwrap_or(Err(broken))
    }

    /// Fetches at first use what is not there or damaged, unless that is not wanted or failed a short while ago.
    async fn obtain(&self, source: &Locale, target: &Locale, damage: Option<Damage>) -> Result<Files, EngineError> {
        if !self.settings.fetch {
            let failure = Failure { kind: ErrorKind::Broken, message: "fetching is off (engines.neural.fetch)".into() };
            return Err(self.error(source, target, failure, damage));
        }
        let key = key(source, target);
        if let Some(failure) = self.memory.recall(&key) {
            return Err(self.error(source, target, failure, damage));
        }
        match self.fetch(source, target, &|_| {}).await {
            Ok((files, _)) => {
                self.memory.forget(&key);
                Ok(files)
            }
            Err(failure) => {
                self.memory.note(&key, failure.clone());
                Err(self.error(source, target, failure, damage))
            }
        }
    }

    /// The newest model, and whether it had to be fetched.
    async fn fetch(
        &self,
        source: &Locale,
        target: &Locale,
        progress: &(dyn Fn(&Progress) + Send + Sync),
    ) -> Result<(Files, bool), Failure> {
        let publisher = Publisher::new(&self.settings).map_err(|error| failure(&error))?;
        let records = publisher.records().await.map_err(|error| failure(&error))?;
        let listed = records::choose(&records, &codes::candidates(source), &codes::candidates(target));
        let Some(listed) = listed else {
            let message = format!("`{}` has none", self.settings.records_url);
            return Err(Failure { kind: ErrorKind::Rejected, message });
        };
        // Another process may be fetching it: then it is here when the turn comes.
        let _turn = download::turn(&self.directory, &listed.pair).await.map_err(|error| failure(&error))?;
        if let Some(files) = self.newest_on_disk(&listed).await {
            return Ok((files, false));
        }
        publisher.fetch(&self.directory, &listed, progress).await.map_err(|error| failure(&error))?;
        match self.find_pair(listed.pair.clone()).await {
            Ok(Some(files)) => Ok((files, true)),
            Ok(None) => {
                let message = format!("`{}` is gone again", self.directory.join(&listed.pair).display());
                Err(Failure { kind: ErrorKind::Broken, message })
            }
            Err(damage) => Err(Failure { kind: ErrorKind::Broken, message: damage.to_string() }),
        }
    }

    /// The listed model, if it is on disk in the listed version and undamaged.
    async fn newest_on_disk(&self, listed: &Listed) -> Option<Files> {
        let manifest = models::manifest(&self.directory.join(&listed.pair)).ok()??;
        let is_listed = manifest.version == listed.version
            && listed.files.iter().all(|record| {
                manifest.files.get(&record.name).is_some_and(|hash| {
                    record.decompressed_hash.as_ref().is_none_or(|expected| expected.eq_ignore_ascii_case(hash))
                })
            });
        if is_listed { self.find_pair(listed.pair.clone()).await.ok().flatten() } else { None }
    }

    async fn load(&self, files: &Files) -> Result<Arc<Model>, EngineError> {
        let mut loaded = self.loaded.lock().await;
        if let Some(model) = loaded.get(&files.pair).filter(|model| model.name == files.name) {
            return Ok(Arc::clone(model));
        }
        let broken = |message: String| {
            let home = self.directory.join(&files.pair);
            EngineError::new(
                NAME,
                ErrorKind::Broken,
                format!("the model in `{}` cannot be loaded: {message}", home.display()),
            )
            .hint(format!("remove `{}`, then run `polypost engines pull`", home.display()))
        };
        let path = files.source_vocabulary.clone();
        let vocabulary = tokio::task::spawn_blocking(move || {
            let vocabulary = SpmVocab::load(&path).map_err(|error| error.to_string())?;
            let alphabet = Alphabet::of(&vocabulary).ok_or("its vocabulary is not one")?;
            Ok::<_, String>((vocabulary, alphabet))
        });
        let (vocabulary, alphabet) =
            vocabulary.await.unwrap_or_else(|_| Err("its vocabulary is malformed".to_owned())).map_err(broken)?;
        let permits = Arc::clone(&self.permits);
        let workers = Workers::start(files, permits, self.settings.batch_sentences).await.map_err(broken)?;
        let model = Arc::new(Model { workers, vocabulary, alphabet, name: files.name.clone() });
        loaded.insert(files.pair.clone(), Arc::clone(&model));
        Ok(model)
    }

    fn error(&self, source: &Locale, target: &Locale, failure: Failure, damage: Option<Damage>) -> EngineError {
        let home = self.directory.join(format!("{source}-{target}"));
        let Failure { kind, message } = failure;
        let message = match damage {
            Some(damage) => format!("{damage}, and no other came: {message}"),
            None => format!("no model from `{source}` to `{target}` in `{}`: {message}", self.directory.display()),
        };
        let error = EngineError::new(NAME, kind, message);
        if kind == ErrorKind::Rejected {
            return error;
        }
        error.hint(format!(
            "run `polypost engines pull {target}` where the network allows it, set engines.neural.records_url and \
             files_url to a mirror, or put the model's files into `{}`",
            home.display()
        ))
    }
}

impl Model {
    /// The candidates for texts, by position; `None` where the model failed.
    async fn translate(&self, texts: &[String], target: &Locale) -> Option<Vec<Candidate>> {
        let mut sentences = Vec::new();
        let prepared: Vec<_> = texts
            .iter()
            .map(|text| {
                if !placeholder::has_words(text) {
                    return Ok(None);
                }
                let prepared = pieces::prepare(text, &self.vocabulary, &self.alphabet)?;
                sentences.extend(prepared.sentences(&self.vocabulary, &self.alphabet));
                Ok(Some(prepared))
            })
            .collect();
        let mut translations = self.workers.translate(sentences).await?.into_iter();
        let candidate = |(text, prepared): (&String, Result<Option<pieces::Prepared>, String>)| match prepared? {
            Some(prepared) => prepared.join(target, &mut translations),
            None => Ok(text.clone()),
        };
        Some(texts.iter().zip(prepared).map(candidate).collect())
    }
}

#[async_trait]
impl Engine for Neural {
    fn name(&self) -> &str {
        NAME
    }

    fn spellings(&self) -> &[Spelling] {
        &[Spelling::Bracketed, Spelling::Underscored, Spelling::Plain]
    }

    async fn prepare(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.model(source, target).await.map(drop)
    }

    async fn translate(&self, request: Request<'_>) -> Result<Answer, EngineError> {
        let model = self.model(request.source, request.target).await?;
        let candidates = model.translate(request.texts, request.target).await.ok_or_else(|| {
            EngineError::new(NAME, ErrorKind::Broken, format!("the model `{}` failed on one of the texts", model.name))
        })?;
        Ok(Answer { candidates, model: Some(model.name.clone()) })
    }

    async fn check(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        let absent =
            |message: &str| Failure { kind: ErrorKind::Transient { after: None }, message: message.to_owned() };
        match self.find(source, target).await {
            Ok(Some(files)) => self.load(&files).await.map(drop),
            Ok(None) => {
                let known = self.memory.recall(&key(source, target));
                let failure = known.unwrap_or_else(|| absent("it has not been fetched yet"));
                Err(self.error(source, target, failure, None))
            }
            Err(damage) => Err(self.error(source, target, absent("it has not been fetched again yet"), Some(damage))),
        }
    }

    fn limits(&self) -> String {
        let (threads, batch) = (self.permits.count(), self.settings.batch_sentences);
        format!("{threads} threads, {batch} sentences at a time each")
    }
}

fn key(source: &Locale, target: &Locale) -> String {
    format!("{source}-{target}")
}

fn failure(error: &FetchError) -> Failure {
    Failure { kind: error.kind(), message: error.to_string() }
}
