//! The ladder: segments without a text come in, checked candidates go out. Rungs in order: each engine of the route,
//! offered the segment in each of its placeholder spellings and then split round what it could not keep. Every rung
//! that failed is kept as an attempt. What no engine could do stays in the source language.

use std::collections::HashMap;
use std::sync::Arc;

use crate::check::{self, Checked, Draft, Origin};
use crate::finding::{Finding, Severity};
use crate::locale::Locale;
use crate::render::{Attempt, Outcome};
use crate::segment::{self, Protected, Segment, Span};
use crate::translate::{Answer, Engine, EngineError, ErrorKind, Request};

/// How the last rung is named in attempts.
const SPLIT: &str = "split";

/// One run over a report's segments for one locale.
pub(super) struct Ladder<'run> {
    segments: &'run [Segment],
    source: &'run Locale,
    target: &'run Locale,
}

/// A text on its way through an engine, and the segment it belongs to.
struct Offer {
    segment: usize,
    part: Segment,
    protected: Protected,
}

impl<'run> Ladder<'run> {
    pub(super) fn new(segments: &'run [Segment], source: &'run Locale, target: &'run Locale) -> Self {
        Self { segments, source, target }
    }

    /// Fills in the open outcomes. What every engine answered wrongly becomes a source outcome.
    ///
    /// # Errors
    /// The engines' failures, where a segment got no answer at all, or not one segment got a text.
    pub(super) async fn climb(
        &self,
        engines: &[Arc<dyn Engine>],
        outcomes: &mut [Option<Outcome>],
    ) -> Result<(), Vec<EngineError>> {
        let wanted: Vec<usize> = (0..outcomes.len()).filter(|&index| outcomes[index].is_none()).collect();
        let mut attempts: HashMap<usize, Vec<Attempt>> = HashMap::new();
        let mut failures = Vec::new();
        for engine in engines {
            if outcomes.iter().all(Option::is_some) {
                break;
            }
            if let Err(failure) = self.ask(engine.as_ref(), outcomes, &mut attempts).await {
                tracing::info!(engine = engine.name(), locale = %self.target, error = %failure, "engine did not serve");
                failures.push(failure);
            }
        }
        let open: Vec<usize> = (0..outcomes.len()).filter(|&index| outcomes[index].is_none()).collect();
        let unanswered = open.iter().any(|index| !attempts.contains_key(index));
        let nothing_passed = !open.is_empty() && open.len() == wanted.len() && !has_text(outcomes);
        if nothing_passed && !unanswered {
            failures.extend(rejected(engines, &attempts));
        }
        if unanswered || nothing_passed {
            return Err(failures);
        }
        for index in open {
            let findings = vec![Finding::new("untranslated", Severity::Warn, "no engine's text passed the checks")];
            let checked = Checked::source(&self.segments[index], findings);
            outcomes[index] = Some(Outcome { checked, attempts: attempts.remove(&index).unwrap_or_default() });
        }
        Ok(())
    }

    /// All of one engine's rungs.
    async fn ask(
        &self,
        engine: &dyn Engine,
        outcomes: &mut [Option<Outcome>],
        attempts: &mut HashMap<usize, Vec<Attempt>>,
    ) -> Result<(), EngineError> {
        engine.prepare(self.source, self.target).await?;
        for &spelling in engine.spellings() {
            let mut offers = Vec::new();
            for (index, segment) in self.open(outcomes) {
                let protected = segment::protect(segment, spelling);
                let tried = attempts.get(&index).into_iter().flatten();
                let last = tried.filter(|attempt| attempt.engine == engine.name()).last();
                if last.is_some_and(|last| protected.slots.is_empty() || !is_about_placeholders(&last.findings)) {
                    continue;
                }
                offers.push(Offer { segment: index, part: segment.clone(), protected });
            }
            for (offer, checked) in offers.iter().zip(self.offer(engine, &offers).await?) {
                settle(offer.segment, checked, engine, spelling.example(), outcomes, attempts);
            }
        }
        self.split(engine, outcomes, attempts).await
    }

    fn open<'these>(
        &'these self,
        outcomes: &'these [Option<Outcome>],
    ) -> impl Iterator<Item = (usize, &'run Segment)> + 'these {
        self.segments.iter().enumerate().zip(outcomes).filter(|(_, outcome)| outcome.is_none()).map(|(open, _)| open)
    }

    /// The last rung: the words between the placeholders, each on its own.
    async fn split(
        &self,
        engine: &dyn Engine,
        outcomes: &mut [Option<Outcome>],
        attempts: &mut HashMap<usize, Vec<Attempt>>,
    ) -> Result<(), EngineError> {
        let mut offers = Vec::new();
        for (index, segment) in self.open(outcomes) {
            if segment.spans.iter().all(|span| matches!(span, Span::Text(_))) {
                continue;
            }
            for span in segment.spans.iter().filter(|span| has_words(span)) {
                let part = Segment { spans: vec![span.clone()], ..segment.clone() };
                let protected = segment::protect(&part, engine.spellings().first().copied().unwrap_or_default());
                offers.push(Offer { segment: index, part, protected });
            }
        }
        let mut pieces: HashMap<usize, Vec<Result<Checked, Vec<Finding>>>> = HashMap::new();
        for (offer, checked) in offers.iter().zip(self.offer(engine, &offers).await?) {
            pieces.entry(offer.segment).or_default().push(checked);
        }
        for (index, pieces) in pieces {
            let joined = self.join(&self.segments[index], pieces, engine);
            settle(index, joined, engine, SPLIT, outcomes, attempts);
        }
        Ok(())
    }

    /// The translated words and the untouched spans of a split segment, in source order.
    fn join(
        &self,
        segment: &Segment,
        pieces: Vec<Result<Checked, Vec<Finding>>>,
        engine: &dyn Engine,
    ) -> Result<Checked, Vec<Finding>> {
        let mut pieces = pieces.into_iter();
        let mut origin = Origin::Machine { engine: engine.name().to_owned(), model: None };
        let mut parts = Vec::new();
        for (index, span) in segment.spans.iter().enumerate() {
            let part = if has_words(span) {
                let missing = || Err(vec![Finding::new("declined", Severity::Block, "a part is missing")]);
                let checked = pieces.next().unwrap_or_else(missing)?;
                origin = checked.origin().clone();
                checked
            } else {
                Checked::invariant(&Segment { spans: vec![span.clone()], ..segment.clone() })
            };
            parts.push((index, part));
        }
        check::join(segment, parts, self.source, self.target, origin)
    }

    /// Sends a batch, each distinct text once, and checks what comes back.
    async fn offer(
        &self,
        engine: &dyn Engine,
        offers: &[Offer],
    ) -> Result<Vec<Result<Checked, Vec<Finding>>>, EngineError> {
        let mut texts: Vec<String> = Vec::new();
        let mut position: HashMap<&str, usize> = HashMap::new();
        for offer in offers {
            let text = offer.protected.text.as_str();
            position.entry(text).or_insert_with(|| {
                texts.push(text.to_owned());
                texts.len() - 1
            });
        }
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let request = Request { source: self.source, target: self.target, texts: &texts };
        let Answer { candidates, model } = engine.translate(request).await?;
        if candidates.len() != texts.len() {
            let message = format!("answered {} texts of {}", candidates.len(), texts.len());
            return Err(EngineError::new(engine.name(), ErrorKind::Transient { after: None }, message));
        }
        let origin = Origin::Machine { engine: engine.name().to_owned(), model };
        let checked = offers.iter().map(|offer| {
            let candidate = position.get(offer.protected.text.as_str()).and_then(|&at| candidates.get(at));
            match candidate {
                Some(Ok(text)) => check::check(&self.draft(offer, text), origin.clone()),
                Some(Err(reason)) => Err(vec![Finding::new("declined", Severity::Block, reason.clone())]),
                None => Err(vec![Finding::new("declined", Severity::Block, "no answer for this text")]),
            }
        });
        Ok(checked.collect())
    }

    fn draft<'text>(&'text self, offer: &'text Offer, text: &'text str) -> Draft<'text> {
        Draft { segment: &offer.part, protected: &offer.protected, text, source: self.source, target: self.target }
    }
}

/// Whether another spelling of the placeholders may help.
fn is_about_placeholders(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| ["placeholders", "glue", "leftovers"].contains(&finding.check.as_str()))
}

/// Whether any segment of prose has a text in the target language.
fn has_text(outcomes: &[Option<Outcome>]) -> bool {
    let is_text = |origin: &Origin| matches!(origin, Origin::Machine { .. } | Origin::Memory { .. } | Origin::Human);
    outcomes.iter().flatten().any(|outcome| is_text(outcome.checked.origin()))
}

fn has_words(span: &Span) -> bool {
    matches!(span, Span::Text(text) if text.chars().any(char::is_alphabetic))
}

/// Keeps a candidate that passed, or the attempt that did not.
fn settle(
    index: usize,
    checked: Result<Checked, Vec<Finding>>,
    engine: &dyn Engine,
    offered: &str,
    outcomes: &mut [Option<Outcome>],
    attempts: &mut HashMap<usize, Vec<Attempt>>,
) {
    let tried = attempts.entry(index).or_default();
    match checked {
        Ok(checked) => outcomes[index] = Some(Outcome { checked, attempts: std::mem::take(tried) }),
        Err(findings) => {
            tried.push(Attempt { engine: engine.name().to_owned(), offered: offered.to_owned(), findings });
        }
    }
}

/// Every engine answered, and nothing of it may be published: that is the engines' failure, said with an example.
fn rejected(engines: &[Arc<dyn Engine>], attempts: &HashMap<usize, Vec<Attempt>>) -> Vec<EngineError> {
    let mut failures = Vec::new();
    for engine in engines {
        let example = attempts
            .values()
            .flatten()
            .filter(|attempt| attempt.engine == engine.name())
            .find_map(|attempt| attempt.findings.first());
        if let Some(finding) = example {
            let message =
                format!("none of its texts passed the checks, for example `{}`: {}", finding.check, finding.message);
            failures.push(EngineError::new(engine.name(), ErrorKind::Transient { after: None }, message));
        }
    }
    failures
}
