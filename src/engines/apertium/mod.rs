//! The `apertium` engine: rule-based translation by an Apertium APy server, directly or by way of the pivot that leaves
//! fewer words unknown. No text is sent that APy would cut without saying so, and no answer that lost a paragraph is
//! used.
//!
//! APy reads forms, one text per call and pair; many short texts share a call as paragraphs, which is an order of
//! magnitude faster than one by one.

mod articles;
mod capitals;
mod chain;
mod codes;
mod marks;
mod no_as_answer;
mod packing;
mod pairs;
mod server;
mod settings;
mod span_search;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use async_trait::async_trait;

use self::chain::Walk;
use self::pairs::Leg;
use self::server::Server;
use self::span_search::Words;
use super::layers::{Billed, Layers};
use super::{
    Candidate, Capabilities, Engine, EngineDependencies, EngineError, EngineRequest, EngineResponse, ErrorKind, Marks,
    TranslatedText, foreign, placeholder, sentences,
};
use polypost_core::locale::Locale;

pub use settings::ApertiumSettings;

const NAME: &str = "apertium";

/// An Apertium APy.
pub struct Apertium {
    layers: Layers,
    server: Arc<Server>,
    pivots: Vec<Locale>,
}

impl fmt::Debug for Apertium {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Apertium").field("pivots", &self.pivots).finish_non_exhaustive()
    }
}

impl Apertium {
    /// # Errors
    /// `Broken` where the settings are not usable: no address, a pivot that is no locale.
    pub fn new(settings: &ApertiumSettings, dependencies: &EngineDependencies) -> Result<Self, EngineError> {
        let pivots = settings
            .pivots
            .iter()
            .map(|pivot| {
                pivot.parse().map_err(|error| {
                    EngineError::new(NAME, ErrorKind::Broken, format!("engines.apertium.pivots: {error}"))
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            layers: Layers::new(NAME, &settings.contract, dependencies),
            server: Arc::new(Server::new(settings, dependencies)?),
            pivots,
        })
    }

    async fn chains(&self, source: &Locale, target: &Locale, fresh: bool) -> Result<Vec<Vec<Leg>>, EngineError> {
        let pairs = self.server.pairs(fresh).await?;
        let chains = pairs.chains(source, target, &self.pivots);
        if chains.is_empty() {
            let there = foreign::listed(&pairs.targets(source));
            let message =
                format!("there is no pair or chain from `{source}` to `{target}`; from `{source}` there is {there}");
            return Err(EngineError::new(NAME, ErrorKind::Rejected, message)
                .hint("install the language pair where APy runs, or name a pivot in engines.apertium.pivots"));
        }
        Ok(chains)
    }

    async fn translated(&self, request: &EngineRequest<'_>) -> Result<Billed<EngineResponse>, EngineError> {
        let chains = self.chains(request.source, request.target, false).await?;
        let mut units = Units::default();
        let pieces: Vec<TextPieces> = request.texts.iter().map(|text| TextPieces::new(text, &mut units)).collect();
        // Behind all texts: what is asked along changes nothing of how these share calls.
        let spans: Vec<Vec<WantedSpan>> =
            request.texts.iter().enumerate().map(|(index, text)| units.spans(text, request.spans_of(index))).collect();
        let walks = chain::walk_all(&self.server, chains, units.0.into(), request.is_urgent).await?;
        let candidates = request.texts.iter().zip(pieces).zip(spans);
        let candidates = candidates.map(|((text, pieces), spans)| pieces.read(text, &spans, &walks)).collect();
        let walked: Vec<String> = walks.iter().map(|walk| walk.name.clone()).collect();
        Ok(Billed { answer: EngineResponse { candidates, model: Some(walked.join(", ")) }, units: None })
    }
}

/// All that is sent, each short enough for a call.
#[derive(Default)]
struct Units(Vec<String>);

impl Units {
    fn push(&mut self, unit: &str) -> usize {
        self.0.push(unit.to_owned());
        self.0.len() - 1
    }

    /// The spans that can be asked for on their own.
    fn spans(&mut self, text: &str, spans: &[Range<usize>]) -> Vec<WantedSpan> {
        let mut pieces = Vec::new();
        for range in spans {
            let Some(words) = text.get(range.clone()).filter(|words| placeholder::has_words(words)) else { continue };
            if packing::pieces(words).len() == 1 {
                pieces.push(WantedSpan { range: range.clone(), unit: self.push(words) });
            }
        }
        pieces
    }
}

/// A span of a text whose place in the translation is wanted, and its unit.
struct WantedSpan {
    range: Range<usize>,
    unit: usize,
}

/// A text's pieces and their units.
struct TextPieces {
    pieces: Vec<Range<usize>>,
    units: Range<usize>,
}

impl TextPieces {
    fn new(text: &str, units: &mut Units) -> Self {
        let first = units.0.len();
        let pieces = packing::pieces(text);
        for piece in &pieces {
            units.push(text.get(piece.clone()).unwrap_or_default());
        }
        Self { pieces, units: first..units.0.len() }
    }

    /// The text's translation, with the places of the spans that are where their own translation is.
    fn read(&self, text: &str, spans: &[WantedSpan], walks: &[Walk]) -> Candidate {
        let ways = chain::ranked(walks.iter().map(|walk| walk.outcomes.get(self.units.clone()).unwrap_or_default()))?;
        let mut ways = ways.into_iter().map(|way| self.assembled(text, spans, walks, &way));
        let Some(mut translation) = ways.next() else { return Err("there was no answer".to_owned()) };
        for other in ways {
            let is_known = |known: &TranslatedText| known.text == other.text;
            if !is_known(&translation) && !translation.alternatives.iter().any(is_known) {
                translation.alternatives.push(other);
            }
        }
        Ok(translation)
    }

    fn assembled(&self, text: &str, spans: &[WantedSpan], walks: &[Walk], way: &chain::Way) -> TranslatedText {
        let unknown = way.foreign.iter().cloned().collect();
        let translated = capitals::settle(text, &sentences::reassemble(text, &self.pieces, &way.texts));
        if spans.is_empty() {
            return TranslatedText { text: translated, unknown, ..TranslatedText::default() };
        }
        let (source, target) = (Words::of(text), Words::of(&translated));
        let place = |span: &WantedSpan| {
            let renderings = walks.iter().filter_map(|walk| walk.outcomes.get(span.unit)?.as_ref().ok());
            let mut places =
                renderings.filter_map(|reading| span_search::find(&source, &span.range, &target, &reading.text));
            Some((span.range.clone(), places.next()?))
        };
        let alignment = spans.iter().filter_map(place).collect();
        TranslatedText { alignment, text: translated, unknown, alternatives: Vec::new() }
    }
}

#[async_trait]
impl Engine for Apertium {
    fn name(&self) -> &str {
        NAME
    }

    /// Placeholders round words keep them from agreeing with what stands outside; its HTML keeps tags where they stood,
    /// not with their words. So the text goes without marks first.
    fn marks(&self, _target: &Locale) -> &[Marks] {
        &[Marks::Aligned, Marks::Placeholders]
    }

    async fn prepare(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.chains(source, target, false).await.map(drop)
    }

    async fn translate(&self, request: EngineRequest<'_>) -> Result<EngineResponse, EngineError> {
        let characters = request.texts.iter().map(|text| text.chars().count() as u64).sum();
        self.layers.call(&request, characters, || self.translated(&request)).await
    }

    async fn check(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        let chains = self.chains(source, target, true).await?;
        let sentence = ["The incident has been resolved.".to_owned()];
        let walks = chain::walk_all(&self.server, chains, Arc::new(sentence), true).await?;
        match chain::ranked(walks.iter().map(|walk| walk.outcomes.as_slice())) {
            Ok(_) => Ok(()),
            Err(reason) => Err(EngineError::new(NAME, ErrorKind::Transient { after: None }, reason)),
        }
    }

    async fn capabilities(&self, source: &Locale, target: &Locale) -> Result<Capabilities, EngineError> {
        let chains = self.chains(source, target, false).await?;
        let code = chains.first().and_then(|legs| legs.last()).map(|leg| leg.target.clone());
        Ok(Capabilities { code, ..Capabilities::default() })
    }

    /// It runs on the operator's own machine.
    fn bills(&self) -> bool {
        false
    }

    fn limits(&self) -> String {
        format!("{} characters per call, one call per pair at a time", packing::CALL)
    }
}
