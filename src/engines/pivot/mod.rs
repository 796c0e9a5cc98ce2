//! Two engines in a row as one: the first translates into a middle locale, the second from there into the target. Each
//! keeps its own limits and budget. A text whose placeholders the first one did not keep goes no further.

mod composed_alignment;
mod drafts;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use async_trait::async_trait;

use self::composed_alignment::Location;
use self::drafts::{Draft, Drafts};
use super::{
    BillableUnits, Candidate, Capabilities, Engine, EngineError, EngineRequest, EngineResponse, ErrorKind, Marks,
    Partial, TranslatedText, placeholder,
};
use crate::registry::EngineName;
use polypost_core::locale::Locale;
use polypost_core::segment::Spelling;

/// `FIRST>LOCALE>SECOND`: into the middle locale by the first engine, on from there by the second.
pub(super) struct Pivot {
    name: String,
    first: Arc<dyn Engine>,
    middle: Locale,
    second: Arc<dyn Engine>,
    drafts: Drafts,
}

impl fmt::Debug for Pivot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pivot").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leg {
    First,
    Second,
}

/// The texts that went on, by their position in the request.
struct Onward<'run> {
    positions: Vec<usize>,
    drafts: Vec<&'run TranslatedText>,
    /// For each text that went on, the spans that are in it, each with its place there.
    places: Vec<Vec<(Range<usize>, Location)>>,
}

impl Pivot {
    /// The engine of the name, made of its two engines.
    pub(super) fn new(name: &EngineName, first: Arc<dyn Engine>, middle: &Locale, second: Arc<dyn Engine>) -> Self {
        Self { name: name.to_string(), first, middle: middle.clone(), second, drafts: Drafts::default() }
    }

    /// A leg's failure, told as the pivot's. Field by field: what a leg's failure holds of texts is not the pivot's.
    fn failed(&self, leg: Leg, target: &Locale, error: EngineError) -> EngineError {
        let (which, into) = match leg {
            Leg::First => ("first", &self.middle),
            Leg::Second => ("second", target),
        };
        let message = format!("the {which} leg, `{}` into `{into}`: {}", error.engine, error.message);
        EngineError {
            hint: error.hint,
            source: error.source,
            call: error.call,
            ..EngineError::new(&self.name, error.kind, message)
        }
        .without_texts()
    }

    /// The first leg's translations, by position: those that the second leg did not take an earlier time, and new ones.
    async fn drafts(&self, request: &EngineRequest<'_>) -> Result<Vec<Draft>, EngineError> {
        let mut drafts = self.drafts.take(request);
        let open: Vec<usize> = (0..drafts.len()).filter(|&index| drafts[index].is_none()).collect();
        if !open.is_empty() {
            match self.draft(request, &open).await {
                Ok(new) => open.into_iter().zip(new).for_each(|(index, draft)| drafts[index] = Some(draft)),
                Err(mut error) => {
                    let partial = error.partial.take().map_or_else(Partial::default, |partial| *partial);
                    for (index, candidate) in open.into_iter().zip(partial.candidates) {
                        let verified = candidate.map(|candidate| self.verified(&request.texts[index], candidate));
                        let draft = verified.map(|candidate| Draft { candidate, model: partial.model.clone() });
                        drafts[index] = draft.or(drafts[index].take());
                    }
                    self.drafts.keep(request, drafts);
                    return Err(self.failed(Leg::First, request.target, error));
                }
            }
        }
        Ok(drafts.into_iter().flatten().collect())
    }

    /// Asks the first leg for the texts at these positions.
    async fn draft(&self, request: &EngineRequest<'_>, open: &[usize]) -> Result<Vec<Draft>, EngineError> {
        let texts: Vec<String> = open.iter().filter_map(|&index| request.texts.get(index)).cloned().collect();
        let spans: Vec<Vec<Range<usize>>> = open.iter().map(|&index| request.spans_of(index).to_vec()).collect();
        let asked =
            EngineRequest { target: &self.middle, texts: &texts, spans: &spans, purchases: None, ..request.clone() };
        let EngineResponse { candidates, model } = complete(self.first.as_ref(), asked).await?;
        let verified = texts.iter().zip(candidates).map(|(text, candidate)| self.verified(text, candidate));
        Ok(verified.map(|candidate| Draft { candidate, model: model.clone() }).collect())
    }

    /// The first leg's candidate, where it has all placeholders of the text and no others.
    fn verified(&self, text: &str, candidate: Candidate) -> Candidate {
        let told = |reason: String| format!("the first leg, `{}` into `{}`: {reason}", self.first.name(), self.middle);
        let translation = candidate.map_err(told)?;
        if translation.text.trim().is_empty() && !text.trim().is_empty() {
            return Err(told("the answer is empty".to_owned()));
        }
        match placeholder::difference(text, &translation.text) {
            None => Ok(translation),
            Some(difference) => Err(told(difference)),
        }
    }

    /// What goes on to the second leg.
    fn onward<'run>(request: &EngineRequest<'_>, drafts: &'run [Draft]) -> Onward<'run> {
        let mut onward = Onward { positions: Vec::new(), drafts: Vec::new(), places: Vec::new() };
        for (index, draft) in drafts.iter().enumerate() {
            let Ok(translation) = &draft.candidate else { continue };
            let spans = request.spans_of(index).iter();
            let placed = spans.filter_map(|span| Some((span.clone(), composed_alignment::place(span, translation)?)));
            onward.positions.push(index);
            onward.drafts.push(translation);
            onward.places.push(placed.collect());
        }
        onward
    }

    /// Asks the second leg, and puts its answers where the texts stood.
    async fn finish(&self, request: &EngineRequest<'_>, drafts: &[Draft]) -> Result<EngineResponse, EngineError> {
        let onward = Self::onward(request, drafts);
        let declined = |draft: &Draft| draft.candidate.as_ref().err().cloned().unwrap_or_default();
        let mut candidates: Vec<Candidate> = drafts.iter().map(|draft| Err(declined(draft))).collect();
        let first_model = drafts.iter().rev().find_map(|draft| draft.model.clone());
        if onward.positions.is_empty() {
            return Ok(EngineResponse { candidates, model: first_model });
        }
        let texts: Vec<String> = onward.drafts.iter().map(|draft| draft.text.clone()).collect();
        let spans: Vec<Vec<Range<usize>>> =
            onward.places.iter().map(|places| places.iter().map(|(_, place)| place.range.clone()).collect()).collect();
        // The context is in the source's language, which the second leg does not read.
        let asked = EngineRequest {
            source: &self.middle,
            target: request.target,
            texts: &texts,
            spans: &spans,
            context: None,
            is_urgent: request.is_urgent,
            cancellation: request.cancellation,
            purchases: None,
        };
        let answer = complete(self.second.as_ref(), asked).await?;
        let answers = onward.positions.iter().zip(onward.drafts.iter().zip(&onward.places)).zip(answer.candidates);
        for ((&index, (draft, places)), candidate) in answers {
            let told = |reason| format!("the second leg, `{}` into `{}`: {reason}", self.second.name(), request.target);
            candidates[index] = candidate.map_err(told).map(|translation| {
                let alignment = composed_alignment::composed(places, draft, &translation);
                // What the first leg did not know the second one may have handed through.
                let unknown = draft.unknown.iter().chain(&translation.unknown).cloned().collect();
                // Nobody knows where their words went.
                TranslatedText { alignment, unknown, text: translation.text, alternatives: Vec::new() }
            });
        }
        let models: Vec<String> = [first_model, answer.model].into_iter().flatten().collect();
        Ok(EngineResponse { candidates, model: (!models.is_empty()).then(|| models.join(" > ")) })
    }
}

/// An answer with as many candidates as texts, or an error.
async fn complete(engine: &dyn Engine, request: EngineRequest<'_>) -> Result<EngineResponse, EngineError> {
    let wanted = request.texts.len();
    let answer = engine.translate(request).await?;
    if answer.candidates.len() == wanted {
        return Ok(answer);
    }
    let message = format!("answered {} texts of {wanted}", answer.candidates.len());
    Err(EngineError::new(engine.name(), ErrorKind::Transient { after: None }, message))
}

/// What both take, in the order of the first; of lists that have nothing in common `neither`.
fn common<'list, T: PartialEq>(first: &'list [T], second: &'list [T], neither: &'list [T]) -> &'list [T] {
    let has_all = |list: &[T], other: &[T]| other.iter().all(|one| list.contains(one));
    match () {
        () if has_all(second, first) => first,
        () if has_all(first, second) => second,
        () => neither,
    }
}

#[async_trait]
impl Engine for Pivot {
    fn name(&self) -> &str {
        &self.name
    }

    fn variant(&self, target: &Locale) -> String {
        match (self.first.variant(&self.middle), self.second.variant(target)) {
            (first, second) if first.is_empty() && second.is_empty() => String::new(),
            (first, second) => format!("{first}>{second}"),
        }
    }

    /// Every engine takes the bracketed one.
    fn spellings(&self, target: &Locale) -> &[Spelling] {
        common(self.first.spellings(&self.middle), self.second.spellings(target), &[Spelling::Bracketed])
    }

    /// Where one of them only aligns and the other does not, emphasis is left out, and links go piece by piece.
    fn marks(&self, target: &Locale) -> &[Marks] {
        common(self.first.marks(&self.middle), self.second.marks(target), &[Marks::Aligned])
    }

    /// The second leg first: the first one may have to fetch a model, for nothing if the second cannot go on.
    async fn prepare(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        let second = self.second.prepare(&self.middle, target).await;
        second.map_err(|error| self.failed(Leg::Second, target, error))?;
        let first = self.first.prepare(source, &self.middle).await;
        first.map_err(|error| self.failed(Leg::First, target, error))
    }

    /// What comes out is checked by the caller, as any engine's; what goes from one leg to the other is checked here.
    async fn translate(&self, request: EngineRequest<'_>) -> Result<EngineResponse, EngineError> {
        let drafts = self.drafts(&request).await?;
        match self.finish(&request, &drafts).await {
            Ok(answer) => Ok(answer),
            Err(error) => {
                // They may have been paid for: the next try begins where this one ended.
                self.drafts.keep(&request, drafts.into_iter().map(Some).collect());
                Err(self.failed(Leg::Second, request.target, error))
            }
        }
    }

    async fn estimate(&self, request: EngineRequest<'_>) -> Result<u64, EngineError> {
        Ok(self.billable_units(request).await?.iter().map(|charge| charge.units).sum())
    }

    /// The second leg's by the source text, for want of the middle one.
    async fn billable_units(&self, request: EngineRequest<'_>) -> Result<Vec<BillableUnits>, EngineError> {
        let first = EngineRequest { target: &self.middle, ..request.clone() };
        let second = EngineRequest { source: &self.middle, ..request.clone() };
        let first = self.first.billable_units(first).await;
        let mut charges = first.map_err(|error| self.failed(Leg::First, request.target, error))?;
        let second = self.second.billable_units(second).await;
        charges.extend(second.map_err(|error| self.failed(Leg::Second, request.target, error))?);
        Ok(charges)
    }

    async fn check(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        let first = self.first.check(source, &self.middle).await;
        first.map_err(|error| self.failed(Leg::First, target, error))?;
        let second = self.second.check(&self.middle, target).await;
        second.map_err(|error| self.failed(Leg::Second, target, error))
    }

    /// What both have; the address is chosen by the second.
    async fn capabilities(&self, source: &Locale, target: &Locale) -> Result<Capabilities, EngineError> {
        let first = self.first.capabilities(source, &self.middle).await;
        let first = first.map_err(|error| self.failed(Leg::First, target, error))?;
        let second = self.second.capabilities(&self.middle, target).await;
        let second = second.map_err(|error| self.failed(Leg::Second, target, error))?;
        Ok(Capabilities {
            code: first.code.zip(second.code).map(|(first, second)| format!("{first}>{second}")),
            markup: first.markup && second.markup,
            formality: second.formality,
            glossary: first.glossary && second.glossary,
        })
    }

    fn bills(&self) -> bool {
        self.first.bills() || self.second.bills()
    }

    /// Which of the two made a text that nobody can use is not known; one that can be used speaks for both.
    fn judge(&self, is_usable: bool) {
        if is_usable {
            self.first.judge(true);
            self.second.judge(true);
        }
    }

    fn limits(&self) -> String {
        let of = |engine: &dyn Engine| format!("{}: {}", engine.name(), engine.limits());
        format!("{}; {}", of(self.first.as_ref()), of(self.second.as_ref()))
    }
}
