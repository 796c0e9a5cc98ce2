//! The fallback chain of a run, called the ladder: each rung is an engine of the route and a form of the text (with
//! formatting marks and placeholders in each of the engine's ways, then split round what it could not keep). A rung
//! gets only what the ones before left open; every one that failed is kept as an attempt. What no engine could do stays
//! in the source language. Nothing is taken here that the checks refused.

mod answers;
mod contractions;
mod estimate;
mod hedge;
mod mixture;
mod spent;
mod split;
mod text_forms;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::blocking::run_blocking;
use crate::pipeline::PipelineError;
use crate::pipeline::memory::Memory;
use polypost_core::check::{self, Checked, Origin};
use polypost_core::finding::{Finding, Severity};
use polypost_core::locale::Locale;
use polypost_core::render::{Attempt, Outcome};
use polypost_core::segment::{self, Segment, Spelling};
use polypost_engines::{Engine, EngineError, EngineRequest, ErrorKind, Purchases, TranslatedText, foreign};
use polypost_store::Job;

pub use hedge::Hedging;
pub(super) use spent::Spent;
use split::Cut;
use text_forms::{Batch, TextForm};

/// One run over a report's segments for one locale.
pub(super) struct Ladder<'run> {
    segments: &'run [Segment],
    source: &'run Locale,
    target: &'run Locale,
    /// What the report is about.
    context: &'run str,
    is_urgent: bool,
    hedging: &'run Hedging,
    /// Cancelled once nothing further is to be asked for.
    ending: &'run CancellationToken,
    spent: &'run Spent<'run>,
    /// For the engines that have to be paid, by name, how often a text may be bought from them and those before them.
    allowed: BTreeMap<String, u32>,
}

/// What the checks say of a candidate.
type Verdict = Result<Checked, Vec<Finding>>;

impl<'run> Ladder<'run> {
    pub(super) fn new(
        segments: &'run [Segment],
        job: &'run Job,
        hedging: &'run Hedging,
        ending: &'run CancellationToken,
        spent: &'run Spent<'run>,
        engines: &[Arc<dyn Engine>],
    ) -> Self {
        let paid: Vec<&str> = engines.iter().filter(|engine| engine.bills()).map(|engine| engine.name()).collect();
        let allowed = paid.iter().enumerate().map(|(position, name)| {
            let behind = paid.len() - position - 1;
            ((*name).to_owned(), spent::allowed(position, behind))
        });
        Self {
            segments,
            source: &job.report.source_locale,
            target: &job.locale,
            context: &job.report.title,
            is_urgent: job.is_urgent,
            hedging,
            ending,
            spent,
            allowed: allowed.collect(),
        }
    }

    /// Fills in the open outcomes, and has the memory keep what each engine made before the next one is asked. What
    /// every engine answered wrongly becomes a source outcome.
    ///
    /// # Errors
    /// The engines' failures, where a segment got no answer at all, or not one segment got a text; the store's.
    pub(super) async fn run(
        &self,
        engines: &[Arc<dyn Engine>],
        outcomes: &mut [Option<Outcome>],
        memory: &Memory<'_>,
    ) -> Result<(), PipelineError> {
        let wanted: Vec<usize> = (0..outcomes.len()).filter(|&index| outcomes[index].is_none()).collect();
        let mut attempts: HashMap<usize, Vec<Attempt>> = HashMap::new();
        let mut failures = Vec::new();
        for (position, engine) in engines.iter().enumerate() {
            if outcomes.iter().all(Option::is_some) || self.ending.is_cancelled() {
                break;
            }
            let known: Vec<bool> = outcomes.iter().map(Option::is_some).collect();
            let next = engines.get(position + 1).map(AsRef::as_ref);
            if let Err(failure) = self.ask_in_time(engine.as_ref(), next, outcomes, &mut attempts).await {
                tracing::info!(engine = engine.name(), locale = %self.target, error = %failure, "engine failed; trying the next one");
                failures.push(failure);
            }
            let made = outcomes.iter().enumerate().zip(&known).filter(|(_, known)| !**known);
            memory.remember(made.filter_map(|((index, outcome), _)| Some((index, outcome.as_ref()?)))).await?;
        }
        let open: Vec<usize> = (0..outcomes.len()).filter(|&index| outcomes[index].is_none()).collect();
        let is_spent = |index: &usize| self.is_spent(*index, &failures);
        let unanswered = open.iter().any(|index| !attempts.contains_key(index) && !is_spent(index));
        let nothing_passed = !open.is_empty() && open.len() == wanted.len() && !has_text(outcomes);
        if nothing_passed && !unanswered {
            let is_final = open.iter().all(is_spent);
            let rejected = self.rejected(engines, &attempts);
            return Err(PipelineError::NothingPassed { locale: self.target.clone(), rejected, failures, is_final });
        }
        if unanswered || nothing_passed {
            return Err(PipelineError::NoEngine { locale: self.target.clone(), failures });
        }
        for index in open {
            let findings = vec![Finding::new("untranslated", Severity::Warn, "no engine's text passed the checks")];
            let checked = Checked::source(&self.segments[index], findings);
            outcomes[index] =
                Some(Outcome { attempts: attempts.remove(&index).unwrap_or_default(), ..Outcome::of(checked) });
        }
        Ok(())
    }

    /// Whether a text was bought as often as it may be from every engine that has to be paid and can be asked at all.
    fn is_spent(&self, index: usize, failures: &[EngineError]) -> bool {
        let spent = self.spent.of(index);
        let cannot_serve = |name: &String| {
            let is_lasting = |failure: &EngineError| !matches!(failure.kind, ErrorKind::Transient { .. });
            failures.iter().any(|failure| failure.engine == *name && is_lasting(failure))
        };
        spent > 0 && self.allowed.iter().all(|(name, allowed)| spent >= *allowed || cannot_serve(name))
    }

    /// How often a text may be bought from an engine and those before it.
    fn allowed(&self, engine: &dyn Engine) -> u32 {
        self.allowed.get(engine.name()).copied().unwrap_or(u32::MAX)
    }

    /// All of one engine's rungs; the engine is told whether any of what it was paid for was of use.
    async fn ask(
        &self,
        engine: &dyn Engine,
        outcomes: &mut [Option<Outcome>],
        attempts: &mut HashMap<usize, Vec<Attempt>>,
    ) -> Result<(), EngineError> {
        let open = self.open(outcomes).count();
        let spent = self.spent.from(engine);
        let asked = self.ask_each_way(engine, outcomes, attempts).await;
        if self.open(outcomes).count() < open {
            engine.judge(true);
        } else if self.spent.from(engine) > spent {
            engine.judge(false);
        }
        asked
    }

    async fn ask_each_way(
        &self,
        engine: &dyn Engine,
        outcomes: &mut [Option<Outcome>],
        attempts: &mut HashMap<usize, Vec<Attempt>>,
    ) -> Result<(), EngineError> {
        engine.prepare(self.source, self.target).await?;
        for (number, &marks) in engine.marks(self.target).iter().enumerate() {
            for &spelling in engine.spellings(self.target) {
                let mut forms = Vec::new();
                for (index, segment) in self.affordable(engine, outcomes) {
                    let tried = attempts.get(&index).into_iter().flatten();
                    let last = tried.filter(|attempt| attempt.engine == engine.name()).last();
                    let is_new = match last {
                        None => true,
                        Some(last) if number == 0 => is_about(&last.findings, &PLACEHOLDER_CHECKS),
                        Some(last) => has_inner_marks(segment) && is_about(&last.findings, &MARK_CHECKS),
                    };
                    let form = is_new.then(|| {
                        TextForm::new(index, segment.clone(), marks, spelling).spelled(self.source, self.target)
                    });
                    forms.extend(form.filter(|form| last.is_none() || !form.protected.slots.is_empty()));
                }
                let (checked, failure) = self.try_forms(engine, &forms).await;
                for (form, checked) in forms.iter().zip(checked) {
                    if let Some(checked) = checked {
                        settle(form.segment, checked, engine, &form.name(), outcomes, attempts);
                    }
                }
                if let Some(failure) = failure {
                    return Err(failure);
                }
            }
        }
        for cut in [Cut::Marks, Cut::Spans] {
            self.split(cut, engine, outcomes, attempts).await?;
        }
        Ok(())
    }

    /// Every engine answered, and nothing of it may be published: that is the engines' failure, said with an example.
    fn rejected(&self, engines: &[Arc<dyn Engine>], attempts: &HashMap<usize, Vec<Attempt>>) -> Vec<EngineError> {
        let mut failures = Vec::new();
        for engine in engines {
            let own = |attempt: &&Attempt| attempt.engine == engine.name();
            let example = attempts.values().flatten().filter(own).find_map(|attempt| attempt.findings.first());
            let message = match example {
                Some(Finding { check, message, .. }) => {
                    let message = foreign::told(message);
                    format!("none of its texts passed the checks, for example `{check}`: {message}")
                }
                // It was not asked this time.
                None if self.allowed.contains_key(engine.name()) => {
                    "none of its texts passed the checks, and they were paid for often enough".to_owned()
                }
                None => continue,
            };
            failures.push(EngineError::new(engine.name(), ErrorKind::Transient { after: None }, message));
        }
        failures
    }

    fn open<'these>(
        &'these self,
        outcomes: &'these [Option<Outcome>],
    ) -> impl Iterator<Item = (usize, &'run Segment)> + 'these {
        self.segments.iter().enumerate().zip(outcomes).filter(|(_, outcome)| outcome.is_none()).map(|(open, _)| open)
    }

    /// The open segments whose texts may be bought from an engine.
    fn affordable<'these>(
        &'these self,
        engine: &dyn Engine,
        outcomes: &'these [Option<Outcome>],
    ) -> impl Iterator<Item = (usize, &'run Segment)> + 'these {
        let allowed = self.allowed(engine);
        self.open(outcomes).filter(move |(index, _)| self.spent.left(*index, allowed) > 0)
    }

    fn request<'batch>(
        &'batch self,
        batch: &'batch Batch,
        purchases: Option<&'batch Purchases>,
    ) -> EngineRequest<'batch> {
        EngineRequest {
            source: self.source,
            target: self.target,
            texts: &batch.texts,
            spans: &batch.spans,
            context: Some(self.context),
            is_urgent: self.is_urgent,
            cancellation: Some(self.ending),
            purchases,
        }
    }

    /// Sends a batch, each distinct text once, and checks what comes back. Where the engine failed, that is said beside
    /// the texts that it translated all the same.
    async fn try_forms(&self, engine: &dyn Engine, forms: &[TextForm]) -> (Vec<Option<Verdict>>, Option<EngineError>) {
        let batch = Batch::of(forms);
        if batch.texts.is_empty() {
            return (Vec::new(), None);
        }
        let purchases = self.spent.account(forms, &batch, self.allowed(engine));
        let (partial, failure) = self.answered(engine, &batch, &purchases).await;
        if engine.bills() {
            // Before anything is made of it: whatever that comes to, it is paid for.
            self.spent.add(engine, forms, &batch, &purchases).await;
        }
        let origin = Origin::Machine { engine: engine.name().to_owned(), model: partial.model };
        let checked = forms.iter().zip(batch.positions).map(|(form, position)| {
            Some(match partial.candidates.get(position)?.as_ref()? {
                Ok(translation) => self.check(form, translation, &origin),
                Err(reason) => Err(vec![Finding::new("declined", Severity::Block, reason.clone())]),
            })
        });
        (run_blocking(|| checked.collect()), failure)
    }

    fn check(&self, form: &TextForm, translation: &TranslatedText, origin: &Origin) -> Verdict {
        let first = self.check_one(form, translation, origin.clone());
        let others = || translation.alternatives.iter().map(|other| self.check_one(form, other, origin.clone()));
        if first.is_ok() { first } else { others().find(Result::is_ok).unwrap_or(first) }
    }

    fn check_one(&self, form: &TextForm, translation: &TranslatedText, origin: Origin) -> Verdict {
        let placed = form
            .place(translation, self.target)
            .map_err(|findings| findings.into_iter().map(|finding| finding.at(&form.part.id)).collect::<Vec<_>>())?;
        let checked = check::placed(&form.part, placed, self.source, self.target, origin)?;
        check::with_unknown(&form.part, checked, &translation.unknown)
    }
}

/// What another spelling of the placeholders may help against.
const PLACEHOLDER_CHECKS: [&str; 4] = ["placeholders", "order", "glue", "leftovers"];

/// What another way for the marks may help against.
const MARK_CHECKS: [&str; 5] = ["marks", "placeholders", "order", "glue", "leftovers"];

fn is_about(findings: &[Finding], checks: &[&str]) -> bool {
    findings.iter().any(|finding| checks.contains(&finding.check.as_str()))
}

/// Whether there are marks that an engine could see.
fn has_inner_marks(segment: &Segment) -> bool {
    !segment::protect_unmarked(segment, Spelling::default()).pairs.is_empty()
}

/// Whether any segment of prose has a text in the target language.
fn has_text(outcomes: &[Option<Outcome>]) -> bool {
    let is_text = |origin: &Origin| matches!(origin, Origin::Machine { .. } | Origin::Memory { .. } | Origin::Human);
    outcomes.iter().flatten().any(|outcome| is_text(outcome.checked.origin()))
}

/// Keeps a candidate that passed, or the attempt that did not.
fn settle(
    index: usize,
    checked: Verdict,
    engine: &dyn Engine,
    offered: &str,
    outcomes: &mut [Option<Outcome>],
    attempts: &mut HashMap<usize, Vec<Attempt>>,
) {
    let tried = attempts.entry(index).or_default();
    match checked {
        Ok(checked) => {
            let offered = Some(offered.to_owned());
            outcomes[index] = Some(Outcome { checked, offered, attempts: std::mem::take(tried) });
        }
        Err(findings) => {
            tried.push(Attempt { engine: engine.name().to_owned(), offered: offered.to_owned(), findings });
        }
    }
}
