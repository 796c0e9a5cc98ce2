//! The one file that knows the order: a job comes in, its rendition goes out.
//!
//! read → segment → (vocabulary, invariants, memory, engines) → check → render. What an engine had to be paid for is
//! remembered as soon as it has passed the checks, so that a job that fails half-way does not pay twice.

mod ladder;

use std::collections::HashMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::check::{self, Checked, Draft, Origin};
use crate::clock::Clock;
use crate::document::{self, hex};
use crate::l10n::{self, Bundles};
use crate::locale::Locale;
use crate::render::notation::Notation;
use crate::render::{self, Outcome, Rendition, Target};
use crate::segment::{self, Glossary, Segment, Spelling, Treatment};
use crate::store::{Job, MemoryEntry, Store, StoreError};
use crate::translate::{Engine, EngineError, ErrorKind};

use ladder::Ladder;

/// Changes when a text from the memory must no longer be trusted because protection or checks have changed.
const MEMORY_SCHEME: &str = "2";

/// Why a job did not end in a rendition.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the stored report cannot be read: {0}")]
    Document(String),
    #[error("no engine could translate into `{locale}`: {}", list(.failures))]
    NoEngine { locale: Locale, failures: Vec<EngineError> },
    #[error("no engine named `{name}` is configured; the route has {known}")]
    UnknownEngine { name: String, known: String },
}

fn list(failures: &[EngineError]) -> String {
    if failures.is_empty() {
        return "the route is empty (hint: name an engine in `engines.route`)".to_owned();
    }
    failures.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

impl PipelineError {
    /// Whether, and if an engine said so, when another try may help without anybody acting.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Store(_) => ErrorKind::Transient { after: None },
            Self::Document(_) | Self::UnknownEngine { .. } => ErrorKind::Broken,
            Self::NoEngine { failures, .. } => failures
                .iter()
                .map(|failure| failure.kind)
                .find(|kind| matches!(kind, ErrorKind::Transient { .. }))
                .or_else(|| failures.first().map(|failure| failure.kind))
                .unwrap_or(ErrorKind::Broken),
        }
    }
}

/// Everything that turns a report into a translation.
pub struct Pipeline {
    pub store: Arc<dyn Store>,
    /// In order of preference.
    pub route: Vec<Arc<dyn Engine>>,
    /// Engines that only an operator's wish by name brings in.
    pub others: Vec<Arc<dyn Engine>>,
    pub bundles: Arc<Bundles>,
    pub glossary: Arc<Glossary>,
    pub clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Pipeline {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let route: Vec<&str> = self.route.iter().map(|engine| engine.name()).collect();
        formatter.debug_struct("Pipeline").field("route", &route).finish_non_exhaustive()
    }
}

impl Pipeline {
    /// Translates one revision into one locale.
    ///
    /// # Errors
    /// Where no engine gave a text that may be published for a single segment that needs one, or the store did not
    /// answer. Nothing has been published then.
    pub async fn translate(&self, job: &Job) -> Result<Rendition, PipelineError> {
        let document = document::read(&job.report).map_err(|errors| {
            PipelineError::Document(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
        })?;
        let segments = segment::segments(&document, self.glossary.for_locale(&job.locale));
        let engines = self.engines(job)?;
        let mut outcomes: Vec<Option<Outcome>> = segments.iter().map(|segment| self.fixed(segment, job)).collect();
        let keys = Self::keys(&segments, &outcomes, &engines, job);
        if !job.again {
            self.recall(&segments, &mut outcomes, &keys, job).await?;
        }
        let ladder = Ladder::new(&segments, &job.report.source_locale, &job.locale);
        let climbed = ladder.climb(&engines, &mut outcomes).await;
        self.remember(&segments, &outcomes, &engines, &keys, job).await?;
        climbed.map_err(|failures| PipelineError::NoEngine { locale: job.locale.clone(), failures })?;
        let outcomes: Vec<Outcome> = segments
            .iter()
            .zip(outcomes)
            .map(|(segment, outcome)| outcome.unwrap_or_else(|| Outcome::of(Checked::source(segment, Vec::new()))))
            .collect();
        let notation = Notation::new(&job.locale, &self.bundles);
        let target = Target { locale: &job.locale, notation: &notation, bundles: &self.bundles };
        Ok(render::translation(&job.report, &document, &segments, &outcomes, target))
    }

    /// The route, or the one engine that the operator wants.
    fn engines(&self, job: &Job) -> Result<Vec<Arc<dyn Engine>>, PipelineError> {
        let Some(name) = &job.engine else { return Ok(self.route.clone()) };
        let known = self.route.iter().chain(&self.others);
        known.clone().find(|engine| engine.name() == name).map(|engine| vec![Arc::clone(engine)]).ok_or_else(|| {
            PipelineError::UnknownEngine {
                name: name.clone(),
                known: known.map(|engine| format!("`{}`", engine.name())).collect::<Vec<_>>().join(", "),
            }
        })
    }

    /// What needs no engine: vocabulary, timestamps, invariants.
    fn fixed(&self, segment: &Segment, job: &Job) -> Option<Outcome> {
        match &segment.treatment {
            Treatment::Translate => None,
            Treatment::Timestamp(_) | Treatment::Invariant => Some(Outcome::of(Checked::invariant(segment))),
            Treatment::Vocabulary(word) => {
                let mut text = self.bundles.find(&job.locale, word.message, &[])?;
                if word.shout {
                    text = l10n::shout(&text, &job.locale);
                }
                if word.colon {
                    text.push(':');
                }
                Some(Outcome::of(Checked::vocabulary(segment, &text)))
            }
        }
    }

    /// The memory key of every segment still open, per engine in the route's order.
    fn keys(
        segments: &[Segment],
        outcomes: &[Option<Outcome>],
        engines: &[Arc<dyn Engine>],
        job: &Job,
    ) -> Vec<Vec<String>> {
        let key = |segment: &Segment, engine: &str| {
            let mut digest = Sha256::new();
            let source_locale = job.report.source_locale.as_str();
            for field in [MEMORY_SCHEME, source_locale, job.locale.as_str(), engine, &segment.typed_source()] {
                digest.update(field.as_bytes());
                digest.update([0]);
            }
            hex(&digest.finalize())
        };
        let keys = segments.iter().zip(outcomes).map(|(segment, outcome)| match outcome {
            Some(_) => Vec::new(),
            None => engines.iter().map(|engine| key(segment, engine.name())).collect(),
        });
        keys.collect()
    }

    /// Fills in what the memory has, checked again like any candidate.
    async fn recall(
        &self,
        segments: &[Segment],
        outcomes: &mut [Option<Outcome>],
        keys: &[Vec<String>],
        job: &Job,
    ) -> Result<(), StoreError> {
        let wanted: Vec<String> = keys.iter().flatten().cloned().collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let entries = self.store.recall(&job.locale, &wanted).await?;
        let entries: HashMap<&str, &MemoryEntry> = entries.iter().map(|entry| (entry.key.as_str(), entry)).collect();
        for ((segment, outcome), keys) in segments.iter().zip(outcomes).zip(keys) {
            let Some(entry) = keys.iter().find_map(|key| entries.get(key.as_str())) else { continue };
            let protected = segment::protect(segment, Spelling::Bracketed);
            let draft = Draft {
                segment,
                protected: &protected,
                text: &entry.target,
                source: &job.report.source_locale,
                target: &job.locale,
            };
            let origin = Origin::Memory { engine: entry.engine.clone() };
            *outcome = check::check(&draft, origin).ok().map(Outcome::of);
        }
        Ok(())
    }

    /// Keeps what engines made, under the key of the engine that made it.
    async fn remember(
        &self,
        segments: &[Segment],
        outcomes: &[Option<Outcome>],
        engines: &[Arc<dyn Engine>],
        keys: &[Vec<String>],
        job: &Job,
    ) -> Result<(), StoreError> {
        let mut entries = Vec::new();
        for ((segment, outcome), keys) in segments.iter().zip(outcomes).zip(keys) {
            let Some(Outcome { checked, .. }) = outcome else { continue };
            let Origin::Machine { engine, .. } = checked.origin() else { continue };
            let Some(key) = engines.iter().position(|known| known.name() == engine).and_then(|at| keys.get(at)) else {
                continue;
            };
            let protected = segment::protect(segment, Spelling::Bracketed);
            entries.push(MemoryEntry {
                key: key.clone(),
                locale: job.locale.clone(),
                target: segment::spell(&protected, checked.target()),
                source: protected.text,
                engine: Some(engine.clone()),
            });
        }
        if !entries.is_empty() {
            self.store.remember(&entries, job.again, self.clock.now()).await?;
        }
        Ok(())
    }
}
