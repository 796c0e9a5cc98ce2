//! Gets the files of two locales' model from the disk or, at first use, from the publisher. A publisher that cannot be
//! reached is asked once, for all locales and processes, and then not again until the failure's time is over.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::NeuralSettings;
use super::download::{self, Publisher};
use super::fetch_error::FetchError;
use super::models::{self, Damage, Files};
use super::recent_failures::{Failure, RecentFailures};
use super::records::{self, Listed};
use super::{DownloadProgress, NAME};
use crate::{EngineDependencies, EngineError, ErrorKind, http, language_codes};
use polypost_core::locale::Locale;

/// A directory of models and their publisher.
pub(super) struct Supply {
    settings: NeuralSettings,
    proxy: String,
    directory: PathBuf,
    memory: RecentFailures,
    /// One at a time asks the publisher for its list: whoever waited knows then whether anybody is there.
    asking: tokio::sync::Mutex<()>,
    /// Which publisher: what is known of one says nothing about another that is configured in its place.
    publisher: String,
}

/// What a failure holds for.
#[derive(Clone, Copy)]
enum Scope {
    /// Every pair of the publisher.
    Publisher,
    Pair,
}

impl Supply {
    pub(super) fn new(settings: &NeuralSettings, dependencies: &EngineDependencies) -> Self {
        let directory = if settings.directory.as_os_str().is_empty() {
            models::default_directory()
        } else {
            settings.directory.clone()
        };
        let life = Duration::from_secs(settings.failure_memory_minutes.saturating_mul(60));
        Self {
            memory: RecentFailures::new(&directory, life),
            asking: tokio::sync::Mutex::default(),
            publisher: publisher_key(settings),
            settings: settings.clone(),
            proxy: dependencies.proxy.clone(),
            directory,
        }
    }

    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    /// The model on disk, else a fetched one.
    ///
    /// # Errors
    /// Why there is none, with what to do about it.
    pub(super) async fn files(&self, source: &Locale, target: &Locale) -> Result<Files, EngineError> {
        match self.find(source, target).await {
            Ok(Some(files)) => Ok(files),
            Ok(None) => self.obtain(source, target, None).await,
            Err(damage) => self.obtain(source, target, Some(damage)).await,
        }
    }

    /// The model on disk; nothing is fetched.
    ///
    /// # Errors
    /// That there is none, and why, if a fetch failed a short while ago.
    pub(super) async fn files_here(&self, source: &Locale, target: &Locale) -> Result<Files, EngineError> {
        let absent =
            |message: &str| Failure { kind: ErrorKind::Transient { after: None }, message: message.to_owned() };
        match self.find(source, target).await {
            Ok(Some(files)) => Ok(files),
            Ok(None) => {
                let known = self.recall(source, target).map(|(failure, left)| (failure, Some(left)));
                let (failure, left) = known.unwrap_or_else(|| (absent("it has not been fetched yet"), None));
                Err(self.error(source, target, failure, left, None))
            }
            Err(damage) => {
                Err(self.error(source, target, absent("it has not been fetched again yet"), None, Some(damage)))
            }
        }
    }

    /// Fetches the newest model, whatever failed before, unless it is here already; whether it was fetched. What is
    /// remembered of failures is forgotten, so that whoever needs the model next asks for it again, too.
    ///
    /// # Errors
    /// As [`Neural::pull`](super::Neural::pull).
    pub(super) async fn pull(
        &self,
        source: &Locale,
        target: &Locale,
        progress: &(dyn Fn(&DownloadProgress) + Send + Sync),
    ) -> Result<(Files, bool), EngineError> {
        self.memory.forget(&self.publisher);
        self.memory.forget(&self.key(source, target));
        let pulled = match self.list(source, target).await {
            Ok((publisher, listed)) => self.bring(&publisher, &listed, progress).await,
            Err(unlisted) => Err(unlisted),
        };
        pulled.map_err(|(_, failure)| self.error(source, target, failure, None, None))
    }

    /// The model on disk for the closest codes that there is one for.
    async fn find(&self, source: &Locale, target: &Locale) -> Result<Option<Files>, Damage> {
        for target in language_codes::candidates(target) {
            for source in language_codes::candidates(source) {
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
            return Err(self.error(source, target, failure, None, damage));
        }
        let asked = {
            let _turn = self.asking.lock().await;
            if let Some((failure, left)) = self.recall(source, target) {
                return Err(self.error(source, target, failure, Some(left), damage));
            }
            let listed = self.list(source, target).await;
            listed.map_err(|(scope, failure)| self.note(scope, source, target, failure))
        };
        let fetched = match asked {
            Ok((publisher, listed)) => {
                let brought = self.bring(&publisher, &listed, &|_| {}).await;
                brought.map_err(|(scope, failure)| self.note(scope, source, target, failure))
            }
            Err(failure) => Err(failure),
        };
        match fetched {
            Ok((files, _)) => {
                self.memory.forget(&self.key(source, target));
                Ok(files)
            }
            Err(failure) => Err(self.error(source, target, failure, Some(self.memory.life()), damage)),
        }
    }

    /// What failed a short while ago for this pair, or for every pair of the publisher.
    fn recall(&self, source: &Locale, target: &Locale) -> Option<(Failure, Duration)> {
        self.memory.recall(&self.publisher).or_else(|| self.memory.recall(&self.key(source, target)))
    }

    fn note(&self, scope: Scope, source: &Locale, target: &Locale, failure: Failure) -> Failure {
        let key = match scope {
            Scope::Publisher => self.publisher.clone(),
            Scope::Pair => self.key(source, target),
        };
        self.memory.note(&key, failure.clone());
        failure
    }

    /// The newest model that the publisher lists for the pair.
    async fn list(&self, source: &Locale, target: &Locale) -> Result<(Publisher, Listed), (Scope, Failure)> {
        // The list is the same for all pairs, and so is what is wrong with it.
        let all = |error: FetchError| (Scope::Publisher, failure(&error));
        let publisher = Publisher::new(&self.settings, &self.proxy).map_err(all)?;
        let records = publisher.records().await.map_err(all)?;
        let listed =
            records::choose(&records, &language_codes::candidates(source), &language_codes::candidates(target));
        let Some(listed) = listed else {
            let message = format!("`{}` has none", http::presentable(&self.settings.records_url));
            return Err((Scope::Pair, Failure { kind: ErrorKind::Rejected, message }));
        };
        Ok((publisher, listed))
    }

    /// Has the listed model on disk, and says whether it had to be fetched.
    async fn bring(
        &self,
        publisher: &Publisher,
        listed: &Listed,
        progress: &(dyn Fn(&DownloadProgress) + Send + Sync),
    ) -> Result<(Files, bool), (Scope, Failure)> {
        let scoped = |error: FetchError| {
            let scope = if error.is_silence() { Scope::Publisher } else { Scope::Pair };
            (scope, failure(&error))
        };
        // Another process may be fetching it: then it is here when the turn comes.
        let _turn = download::turn(&self.directory, &listed.pair).await.map_err(scoped)?;
        if let Some(files) = self.newest_on_disk(listed).await {
            return Ok((files, false));
        }
        publisher.fetch(&self.directory, listed, progress).await.map_err(scoped)?;
        let broken = |message| (Scope::Pair, Failure { kind: ErrorKind::Broken, message });
        match self.find_pair(listed.pair.clone()).await {
            Ok(Some(files)) => Ok((files, true)),
            Ok(None) => Err(broken(format!("`{}` is gone again", self.directory.join(&listed.pair).display()))),
            Err(damage) => Err(broken(damage.to_string())),
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

    /// `left`: for how long the failure is remembered.
    fn error(
        &self,
        source: &Locale,
        target: &Locale,
        failure: Failure,
        left: Option<Duration>,
        damage: Option<Damage>,
    ) -> EngineError {
        let home = self.directory.join(format!("{source}-{target}"));
        let Failure { kind, message } = failure;
        let mut message = match damage {
            Some(damage) => format!("{damage}, and no other came: {message}"),
            None => format!("no model from `{source}` to `{target}` in `{}`: {message}", self.directory.display()),
        };
        if let Some(left) = left.filter(|left| !left.is_zero()) {
            let minutes = left.as_secs().div_ceil(60);
            let _ = write!(message, "; not tried again for {minutes} minute{}", if minutes == 1 { "" } else { "s" });
        }
        let error = EngineError::new(NAME, kind, message);
        if kind == ErrorKind::Rejected {
            return error;
        }
        error.hint(format!(
            "run `polypost engines pull {target}` where the network allows it, set engines.neural.records_url and \
             files_url to a mirror, or put the model's files into `{}` (engines.neural.directory)",
            home.display()
        ))
    }

    fn key(&self, source: &Locale, target: &Locale) -> String {
        format!("{source}-{target}.{}", self.publisher)
    }
}

/// A publisher's name for the memory of failures: part of a file's name.
fn publisher_key(settings: &NeuralSettings) -> String {
    let addresses = format!("{} {}", settings.records_url, settings.files_url);
    let hash = models::sha256(addresses.as_bytes());
    format!("publisher-{}", hash.get(..8).unwrap_or(&hash))
}

fn failure(error: &FetchError) -> Failure {
    Failure { kind: error.kind(), message: error.to_string() }
}
