//! The `neural` engine: translates by the Firefox models, in this process and on threads of its own. No text leaves the
//! process, and no file is loaded whose hash is not the one that was published.

mod alignment;
mod alphabet;

mod download;
mod fetch_error;
mod models;
mod pieces;
mod recent_failures;
mod records;
mod settings;
mod supply;
mod typography;
mod workers;

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use fxtranslate::spm::SpmVocab;

use self::alphabet::Alphabet;
use self::models::Files;
use self::supply::Supply;
use self::workers::{Output, Permits, Workers};
use super::{
    Candidate, Capabilities, Engine, EngineDependencies, EngineError, EngineRequest, EngineResponse, ErrorKind, Marks,
    counted, language_codes,
};
use polypost_core::locale::Locale;
use polypost_core::segment::Spelling;

pub use settings::NeuralSettings;

const NAME: &str = "neural";

/// How far one file has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownloadProgress {
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
    supply: Supply,
    permits: Arc<Permits>,
    batch_sentences: usize,
    /// One gate per pair of locales, so that a model is looked for and fetched once.
    served: Mutex<HashMap<(Locale, Locale), Arc<ModelSlot>>>,
    /// By pair of codes, which several locales may share.
    loaded: tokio::sync::Mutex<HashMap<String, Arc<Model>>>,
}

type ModelSlot = tokio::sync::Mutex<Option<Arc<Model>>>;

struct Model {
    workers: Workers,
    vocabulary: SpmVocab,
    alphabet: Alphabet,
    name: String,
}

impl fmt::Debug for Neural {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Neural").field("directory", &self.directory()).finish_non_exhaustive()
    }
}

impl Neural {
    /// # Errors
    /// None as of now; the settings' addresses are looked at when something is fetched.
    pub fn new(settings: &NeuralSettings, dependencies: &EngineDependencies) -> Result<Self, EngineError> {
        Ok(Self {
            supply: Supply::new(settings, dependencies),
            permits: Arc::new(Permits::new(settings.threads)),
            batch_sentences: settings.batch_sentences,
            served: Mutex::default(),
            loaded: tokio::sync::Mutex::default(),
        })
    }

    /// Where the models are.
    #[must_use]
    pub fn directory(&self) -> &Path {
        self.supply.directory()
    }

    /// Fetches the newest model from `source` to `target`, whatever failed before, unless it is here already.
    ///
    /// # Errors
    /// `Rejected` where the publisher has no such model; otherwise why it was not fetched, with what to do about it.
    pub async fn pull(
        &self,
        source: &Locale,
        target: &Locale,
        progress: &(dyn Fn(&DownloadProgress) + Send + Sync),
    ) -> Result<Pulled, EngineError> {
        let (files, fetched) = self.supply.pull(source, target, progress).await?;
        Ok(Pulled { model: files.name, directory: self.supply.directory().join(files.pair), fetched })
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
        let files = self.supply.files(source, target).await?;
        let model = self.load(&files).await?;
        *gate = Some(Arc::clone(&model));
        Ok(model)
    }

    async fn load(&self, files: &Files) -> Result<Arc<Model>, EngineError> {
        let mut loaded = self.loaded.lock().await;
        if let Some(model) = loaded.get(&files.pair).filter(|model| model.name == files.name) {
            return Ok(Arc::clone(model));
        }
        let broken = |message: String| {
            let home = self.directory().join(&files.pair);
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
        let workers = Workers::start(files, permits, self.batch_sentences).await.map_err(broken)?;
        let model = Arc::new(Model { workers, vocabulary, alphabet, name: files.name.clone() });
        loaded.insert(files.pair.clone(), Arc::clone(&model));
        Ok(model)
    }
}

impl Model {
    /// The candidates for texts, by position; `None` where the model failed on all of them.
    async fn translate(&self, request: &EngineRequest<'_>) -> Option<Vec<Candidate>> {
        let mut sentences = Vec::new();
        let prepared: Vec<_> = request
            .texts
            .iter()
            .enumerate()
            .map(|(index, text)| {
                let prepared = pieces::prepare(text, request.spans_of(index), &self.vocabulary, &self.alphabet)?;
                sentences.extend(prepared.sentences());
                Ok::<_, String>(prepared)
            })
            .collect();
        let outputs = self.workers.translate(sentences, request.is_urgent).await;
        if !outputs.is_empty() && outputs.iter().all(|output| matches!(output, Output::Failed)) {
            return None;
        }
        let mut outputs = outputs.into_iter();
        Some(prepared.into_iter().map(|prepared| prepared?.join(request.target, &mut outputs)).collect())
    }
}

#[async_trait]
impl Engine for Neural {
    fn name(&self) -> &str {
        NAME
    }

    fn spellings(&self, _target: &Locale) -> &[Spelling] {
        &[Spelling::Bracketed, Spelling::Underscored, Spelling::Plain]
    }

    /// Placeholders round words survive in half of the sentences only, and keep the words between them from being
    /// translated.
    fn marks(&self, _target: &Locale) -> &[Marks] {
        &[Marks::Aligned]
    }

    async fn prepare(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.model(source, target).await.map(drop)
    }

    async fn translate(&self, request: EngineRequest<'_>) -> Result<EngineResponse, EngineError> {
        let model = self.model(request.source, request.target).await?;
        let candidates = model
            .translate(&request)
            .await
            .ok_or_else(|| EngineError::new(NAME, ErrorKind::Broken, format!("the model `{}` failed", model.name)))?;
        Ok(EngineResponse { candidates, model: Some(model.name.clone()) })
    }

    async fn check(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.load(&self.supply.files_here(source, target).await?).await.map(drop)
    }

    async fn capabilities(&self, source: &Locale, target: &Locale) -> Result<Capabilities, EngineError> {
        let pair = self.supply.files_here(source, target).await?.pair;
        let mut sources = language_codes::candidates(source).into_iter();
        let code = sources.find_map(|source| pair.strip_prefix(&source)?.strip_prefix('-').map(str::to_owned));
        Ok(Capabilities { code, ..Capabilities::default() })
    }

    /// It runs on the operator's own machine.
    fn bills(&self) -> bool {
        false
    }

    fn limits(&self) -> String {
        let (threads, batch) = (self.permits.count(), self.batch_sentences);
        format!("{}, {} at a time each", counted(threads, "thread"), counted(batch, "sentence"))
    }
}
