//! The one file that knows the order: a job comes in, its rendition goes out.
//!
//! read → segment → (vocabulary, invariants, memory, engines) → check → render. What an engine had to be paid for is
//! remembered as soon as the engine has ended and it has passed the checks, so that a job that fails half-way, or is
//! told to end, does not pay twice.

mod failure;
mod ladder;
pub mod memory;

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::blocking::run_blocking;
use polypost_core::check::Checked;
use polypost_core::document::{self, Document};
use polypost_core::l10n::{self, Bundles, Spelt};
use polypost_core::locale::Locale;
use polypost_core::render::notation::Notation;
use polypost_core::render::{self, Outcome, Rendition, Target};
use polypost_core::segment::{self, Glossary, Segment, Treatment};
use polypost_engines::{BillableUnits, Engine, EngineError, ErrorKind, Routes};
use polypost_store::{Incident, Job, Store, StoreError};

pub use ladder::Hedging;
use ladder::{Ladder, Spent};
use memory::{Maker, Memory};

/// Why a job did not end in a rendition.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the stored report cannot be read: {0}")]
    Document(String),
    #[error("no engine could translate into `{locale}`: {}", list(.failures))]
    NoEngine { locale: Locale, failures: Vec<EngineError> },
    /// Every text was answered, and nothing of it may be published. `failures` are those of engines that were not
    /// heard. `is_final`: no text may be bought once more.
    #[error("no engine could translate into `{locale}`: {}", list(rejected.iter().chain(failures)))]
    NothingPassed { locale: Locale, rejected: Vec<EngineError>, failures: Vec<EngineError>, is_final: bool },
    #[error("there is no engine `{name}`; there are {known}")]
    UnknownEngine { name: String, known: String },
    /// A row of a time when nothing was asked of the locale, or whose texts were taken away since.
    #[error("{} (hint: {})", failure::missing_texts(*.count, .locale), failure::missing_texts_hint(.locale))]
    NoTexts { locale: Locale, count: usize },
}

fn makers<'run>(engines: &'run [Arc<dyn Engine>], target: &Locale) -> Vec<Maker<'run>> {
    engines.iter().map(|engine| Maker::of(engine.as_ref(), target)).collect()
}

fn list<'run>(failures: impl IntoIterator<Item = &'run EngineError>) -> String {
    let failures: Vec<String> = failures.into_iter().map(ToString::to_string).collect();
    if failures.is_empty() {
        return format!("the route is empty (hint: {})", failure::EMPTY_ROUTE);
    }
    failures.join("; ")
}

/// When the first of those that will answer again may do so; else what the first one says.
fn soonest(failures: &[EngineError]) -> ErrorKind {
    let waits = failures.iter().filter_map(|failure| match failure.kind {
        ErrorKind::Transient { after } => Some(after),
        _ => None,
    });
    // Nothing comes before a wait that is not told.
    match waits.min() {
        Some(after) => ErrorKind::Transient { after },
        None => failures.first().map_or(ErrorKind::Broken, |failure| failure.kind),
    }
}

impl PipelineError {
    /// Whether, and if an engine said so, when another try may help without anybody acting.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            // The next texts may be others.
            Self::Store(_) | Self::NothingPassed { .. } => ErrorKind::Transient { after: None },
            Self::Document(_) | Self::UnknownEngine { .. } | Self::NoTexts { .. } => ErrorKind::Broken,
            Self::NoEngine { failures, .. } => soonest(failures),
        }
    }

    /// Whether engines gave all the texts that they were asked for, to no purpose: each attempt costs the same again.
    #[must_use]
    pub fn nothing_passed_checks(&self) -> bool {
        let is_heard =
            |failure: &EngineError| failure.was_answered || !matches!(failure.kind, ErrorKind::Transient { .. });
        matches!(self, Self::NothingPassed { failures, .. } if failures.iter().all(is_heard))
    }

    /// Whether another attempt would ask no engine that has to be paid, nor any that was not heard.
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.nothing_passed_checks() && matches!(self, Self::NothingPassed { is_final: true, .. })
    }
}

/// What a translation would come to.
#[derive(Debug)]
pub struct Estimate {
    pub engine: String,
    /// Those that the engine would be asked for.
    pub segments: usize,
    /// What it, or each of the engines that it is made of, would bill.
    pub charges: Vec<BillableUnits>,
    /// Why the engine could not be asked whether it serves the locale: then it is taken that it does, and the
    /// characters are those of the texts alone.
    pub unasked: Option<EngineError>,
}

/// Everything that turns a report into a translation.
pub struct Pipeline {
    pub store: Arc<dyn Store>,
    pub routes: Routes,
    pub bundles: Arc<Bundles>,
    pub glossary: Arc<Glossary>,
    pub hedging: Hedging,
    /// The locales that reports are translated into: what an engine made for one of them may serve another.
    pub targets: Vec<Locale>,
}

impl std::fmt::Debug for Pipeline {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Pipeline").field("routes", &self.routes).finish_non_exhaustive()
    }
}

impl Pipeline {
    /// Translates one revision into one locale. Once `ending` is cancelled nothing further is asked for; what engines
    /// are answering just then is waited for, and remembered.
    ///
    /// # Errors
    /// Where no engine gave a text that may be published for a single segment that needs one, or the store did not
    /// answer. Nothing has been published then.
    pub async fn translate(&self, job: &Job, ending: &CancellationToken) -> Result<Rendition, PipelineError> {
        self.check_texts(&job.locale)?;
        let (document, segments) = run_blocking(|| self.read(job))?;
        let engines = self.engines(job)?;
        let mut outcomes: Vec<Option<Outcome>> = segments.iter().map(|segment| self.fixed(segment, job)).collect();
        let memory = run_blocking(|| Memory::new(self.store.as_ref(), &segments, makers(&engines, &job.locale), job));
        self.recall(&memory, &engines, job, &mut outcomes).await?;
        let spent = Spent::read(self.store.as_ref(), job, &segments, &engines).await?;
        let ladder = Ladder::new(&segments, job, &self.hedging, ending, &spent, &engines);
        ladder.climb(&engines, &mut outcomes, &memory).await?;
        Ok(run_blocking(|| self.render(job, &document, &segments, outcomes)))
    }

    /// What translating a revision would come to: what the memory does not have, offered to the first engine that can
    /// serve the locale, or to the first that may be able to when it answers again. Nothing is translated or stored.
    ///
    /// # Errors
    /// Where no engine can serve the locale, or the store did not answer.
    pub async fn estimate(&self, job: &Job) -> Result<Estimate, PipelineError> {
        self.check_texts(&job.locale)?;
        let (_, segments) = run_blocking(|| self.read(job))?;
        let engines = self.engines(job)?;
        let mut outcomes: Vec<Option<Outcome>> = segments.iter().map(|segment| self.fixed(segment, job)).collect();
        let memory = run_blocking(|| Memory::new(self.store.as_ref(), &segments, makers(&engines, &job.locale), job));
        self.recall(&memory, &engines, job, &mut outcomes).await?;
        let ending = CancellationToken::new();
        let spent = Spent::nothing(self.store.as_ref(), job);
        let ladder = Ladder::new(&segments, job, &self.hedging, &ending, &spent, &engines);
        let mut failures = Vec::new();
        for engine in &engines {
            match ladder.estimate(engine.as_ref(), &outcomes).await {
                Ok((segments, charges)) => {
                    return Ok(Estimate { engine: engine.name().to_owned(), segments, charges, unasked: None });
                }
                Err(failure) => failures.push(failure),
            }
        }
        let silent = failures.iter().position(|failure| matches!(failure.kind, ErrorKind::Transient { .. }));
        if let Some((at, engine)) = silent.and_then(|at| Some((at, engines.get(at)?))) {
            let (segments, units) = ladder.counted(engine.as_ref(), &outcomes);
            let engine = engine.name().to_owned();
            let charges = vec![BillableUnits { engine: engine.clone(), units }];
            return Ok(Estimate { engine, segments, charges, unasked: Some(failures.swap_remove(at)) });
        }
        Err(PipelineError::NoEngine { locale: job.locale.clone(), failures })
    }

    /// What is there of an incident's newest revision before its translation is: what needs no engine. Everything else
    /// stands in the source language, be it all of it: who has read the newest revision is not to be shown an older
    /// one. `None` where it cannot be read at all.
    ///
    /// # Errors
    /// Where the store did not answer.
    pub async fn interim(&self, incident: &Incident, locale: &Locale) -> Result<Option<Rendition>, StoreError> {
        let job = Job::unclaimed(incident.report.clone(), incident.revision, locale.clone());
        let Ok((document, segments)) = run_blocking(|| self.read(&job)) else { return Ok(None) };
        let engines = self.routes.of(locale);
        let mut outcomes: Vec<Option<Outcome>> = segments.iter().map(|segment| self.fixed(segment, &job)).collect();
        let memory = run_blocking(|| Memory::new(self.store.as_ref(), &segments, makers(engines, locale), &job));
        memory.recall(&mut outcomes).await?;
        Ok(Some(run_blocking(|| self.render(&job, &document, &segments, outcomes))))
    }

    /// What the memory has, for the locale itself or for others that its engines would answer alike.
    async fn recall(
        &self,
        memory: &Memory<'_>,
        engines: &[Arc<dyn Engine>],
        job: &Job,
        outcomes: &mut [Option<Outcome>],
    ) -> Result<(), StoreError> {
        memory.recall(outcomes).await?;
        if outcomes.iter().all(Option::is_some) {
            return Ok(());
        }
        let siblings = memory::siblings(engines, job, &self.targets).await;
        memory.recall_siblings(&siblings, outcomes).await
    }

    /// No version is made that would pass for a translation while it has English all round.
    fn check_texts(&self, locale: &Locale) -> Result<(), PipelineError> {
        match self.bundles.missing(locale).len() {
            0 => Ok(()),
            count => Err(PipelineError::NoTexts { locale: locale.clone(), count }),
        }
    }

    fn read(&self, job: &Job) -> Result<(Document, Vec<Segment>), PipelineError> {
        let document = document::read(&job.report).map_err(|errors| {
            PipelineError::Document(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
        })?;
        let segments = segment::segments(&document, self.glossary.for_locale(&job.locale));
        Ok((document, segments))
    }

    fn render(
        &self,
        job: &Job,
        document: &Document,
        segments: &[Segment],
        outcomes: Vec<Option<Outcome>>,
    ) -> Rendition {
        let outcomes: Vec<Outcome> = segments
            .iter()
            .zip(outcomes)
            .map(|(segment, outcome)| outcome.unwrap_or_else(|| Outcome::of(Checked::source(segment, Vec::new()))))
            .collect();
        let notation = Notation::new(&job.locale, &self.bundles).with_genders(self.glossary.genders(&job.locale));
        let target = Target {
            locale: &job.locale,
            notation: &notation,
            bundles: &self.bundles,
            glossary: self.glossary.revision(&job.locale),
        };
        render::translation(&job.report, document, segments, &outcomes, target)
    }

    /// The locale's route, or the one engine that the operator wants.
    fn engines(&self, job: &Job) -> Result<Vec<Arc<dyn Engine>>, PipelineError> {
        let Some(name) = &job.engine else { return Ok(self.routes.of(&job.locale).to_vec()) };
        self.routes.engine(name).map(|engine| vec![engine]).ok_or_else(|| {
            let known = self.routes.names().iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ");
            PipelineError::UnknownEngine { name: name.clone(), known }
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
                text.push_str(word.mark);
                text.push_str(word.parting);
                Some(Outcome::of(Checked::vocabulary(segment, &text)))
            }
            Treatment::Labelled(labelled) => {
                let document::vocabulary::Labelled { label, value } = labelled;
                let spelt = [label, value].map(|part| Spelt { message: part.message, source: &part.source });
                let (label, value) = self.bundles.labelled(&job.locale, spelt)?;
                let translated = |text: &str| {
                    let text = text.replacen(&labelled.value.source, &value, 1);
                    text.replacen(&labelled.label.source, &label, 1)
                };
                Some(Outcome::of(Checked::labelled(segment, translated)))
            }
        }
    }
}
