//! The `apertium` engine: protected texts come in, the rule-based translations of an Apertium APy go out, directly or by
//! way of a pivot. No text is sent that APy would cut without saying so, and no answer that lost a paragraph is used.
//!
//! APy reads forms, one text per call and pair; many short texts share a call as paragraphs, which is an order of
//! magnitude faster than one by one.

mod codes;
mod packing;
mod pairs;
mod server;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::task::JoinSet;

use self::pairs::Leg;
use self::server::Server;
use super::{Answer, Candidate, Engine, EngineError, ErrorKind, Request, placeholder, sentences};
use crate::config;
use crate::locale::Locale;

const NAME: &str = "apertium";

/// An Apertium APy.
pub struct Apertium {
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
    pub fn new(settings: &config::Apertium) -> Result<Self, EngineError> {
        let pivots = settings
            .pivots
            .iter()
            .map(|pivot| {
                pivot.parse().map_err(|error| {
                    EngineError::new(NAME, ErrorKind::Broken, format!("engines.apertium.pivots: {error}"))
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { server: Arc::new(Server::new(settings)?), pivots })
    }

    async fn legs(&self, source: &Locale, target: &Locale, fresh: bool) -> Result<Vec<Leg>, EngineError> {
        let pairs = self.server.pairs(fresh).await?;
        pairs.legs(source, target, &self.pivots).ok_or_else(|| {
            let there = pairs.targets(source);
            let message =
                format!("there is no pair or chain from `{source}` to `{target}`; from `{source}` there is {there}");
            EngineError::new(NAME, ErrorKind::Rejected, message)
                .hint("install the language pair where APy runs, or name a pivot in engines.apertium.pivots")
        })
    }
}

#[async_trait]
impl Engine for Apertium {
    fn name(&self) -> &str {
        NAME
    }

    async fn prepare(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.legs(source, target, false).await.map(drop)
    }

    async fn translate(&self, request: Request<'_>) -> Result<Answer, EngineError> {
        let legs = self.legs(request.source, request.target, false).await?;
        let pieces: Vec<_> = request.texts.iter().map(|text| packing::pieces(text)).collect();
        let units: Vec<&str> = request
            .texts
            .iter()
            .zip(&pieces)
            .flat_map(|(text, pieces)| pieces.iter().map(|piece| text.get(piece.clone()).unwrap_or_default()))
            .collect();
        let mut translated = walk_all(&self.server, &legs, &units).await?.into_iter();
        let candidates = request
            .texts
            .iter()
            .zip(&pieces)
            .map(|(text, pieces)| {
                // All of a text's pieces are taken, also after one has failed.
                let outputs: Vec<Candidate> = translated.by_ref().take(pieces.len()).collect();
                let outputs = outputs.into_iter().collect::<Result<Vec<String>, String>>()?;
                Ok(sentences::reassemble(text, pieces, &outputs))
            })
            .collect();
        let walked: Vec<String> = legs.iter().map(Leg::to_string).collect();
        Ok(Answer { candidates, model: Some(walked.join(" ")) })
    }

    async fn check(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        let legs = self.legs(source, target, true).await?;
        match walk(&self.server, &legs, vec!["The incident has been resolved.".to_owned()]).await?.pop() {
            Some(Ok(_)) => Ok(()),
            Some(Err(reason)) => Err(EngineError::new(NAME, ErrorKind::Transient { after: None }, reason)),
            None => Err(EngineError::new(NAME, ErrorKind::Transient { after: None }, "no answer to a sentence")),
        }
    }

    fn limits(&self) -> String {
        format!("{} characters per call, one call per pair at a time", packing::CALL)
    }
}

/// All units through all legs, in calls as full as they may be. The calls' legs overlap, since each pair has a pipeline
/// of its own. As many candidates as units.
async fn walk_all(server: &Arc<Server>, legs: &[Leg], units: &[&str]) -> Result<Vec<Candidate>, EngineError> {
    let legs: Arc<[Leg]> = legs.into();
    let groups = packing::groups(units.iter().copied());
    let mut results: Vec<Option<Vec<Candidate>>> = groups.iter().map(|_| None).collect();
    let mut calls = JoinSet::new();
    for (index, group) in groups.into_iter().enumerate() {
        let texts: Vec<String> = units.get(group).unwrap_or_default().iter().map(|text| (*text).to_owned()).collect();
        let (server, legs) = (Arc::clone(server), Arc::clone(&legs));
        calls.spawn(async move { (index, walk(&server, &legs, texts).await) });
    }
    while let Some(done) = calls.join_next().await {
        let (index, candidates) = done.map_err(|error| {
            EngineError::new(NAME, ErrorKind::Transient { after: None }, "a call was given up").caused_by(error)
        })?;
        if let Some(slot) = results.get_mut(index) {
            *slot = Some(candidates?);
        }
    }
    Ok(results.into_iter().flatten().flatten().collect())
}

/// One group through all legs. A text that a leg declines goes no further.
async fn walk(server: &Server, legs: &[Leg], texts: Vec<String>) -> Result<Vec<Candidate>, EngineError> {
    let mut candidates: Vec<Candidate> = texts.into_iter().map(Ok).collect();
    for leg in legs {
        let open: Vec<(usize, String)> = candidates
            .iter()
            .enumerate()
            .filter_map(|(index, candidate)| Some((index, candidate.as_ref().ok()?.clone())))
            .filter(|(_, text)| placeholder::has_words(text))
            .collect();
        for group in packing::groups(open.iter().map(|(_, text)| text.as_str())) {
            let group = open.get(group).unwrap_or_default();
            let texts: Vec<&str> = group.iter().map(|(_, text)| text.as_str()).collect();
            let answers = server.paragraphs(leg, &texts).await?;
            for ((index, _), answer) in group.iter().zip(answers) {
                if let Some(candidate) = candidates.get_mut(*index) {
                    *candidate = answer;
                }
            }
        }
    }
    Ok(candidates)
}
