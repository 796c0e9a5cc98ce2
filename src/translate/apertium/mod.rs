//! The `apertium` engine: protected texts come in, the rule-based translations of an Apertium APy go out, directly or by
//! way of whichever pivot left fewer words unknown. No text is sent that APy would cut without saying so, and no answer that lost a paragraph is used.
//!
//! APy reads forms, one text per call and pair; many short texts share a call as paragraphs, which is an order of
//! magnitude faster than one by one.

mod capitals;
mod chain;
mod codes;
mod marks;
mod packing;
mod pairs;
mod server;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use self::pairs::Leg;
use self::server::Server;
use super::{Answer, Engine, EngineError, ErrorKind, Request, sentences};
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

    async fn chains(&self, source: &Locale, target: &Locale, fresh: bool) -> Result<Vec<Vec<Leg>>, EngineError> {
        let pairs = self.server.pairs(fresh).await?;
        let chains = pairs.chains(source, target, &self.pivots);
        if chains.is_empty() {
            let there = pairs.targets(source);
            let message =
                format!("there is no pair or chain from `{source}` to `{target}`; from `{source}` there is {there}");
            return Err(EngineError::new(NAME, ErrorKind::Rejected, message)
                .hint("install the language pair where APy runs, or name a pivot in engines.apertium.pivots"));
        }
        Ok(chains)
    }
}

#[async_trait]
impl Engine for Apertium {
    fn name(&self) -> &str {
        NAME
    }

    async fn prepare(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.chains(source, target, false).await.map(drop)
    }

    async fn translate(&self, request: Request<'_>) -> Result<Answer, EngineError> {
        let chains = self.chains(request.source, request.target, false).await?;
        let pieces: Vec<_> = request.texts.iter().map(|text| packing::pieces(text)).collect();
        let units: Vec<String> = request
            .texts
            .iter()
            .zip(&pieces)
            .flat_map(|(text, pieces)| {
                pieces.iter().map(|piece| text.get(piece.clone()).unwrap_or_default().to_owned())
            })
            .collect();
        let walks = chain::walk_all(&self.server, chains, units.into()).await?;
        let mut from = 0;
        let candidates = request
            .texts
            .iter()
            .zip(&pieces)
            .map(|(text, pieces)| {
                let units = from..from + pieces.len();
                from = units.end;
                let outputs =
                    chain::best(walks.iter().map(|walk| walk.outcomes.get(units.clone()).unwrap_or_default()))?;
                Ok(capitals::settle(text, &sentences::reassemble(text, pieces, &outputs)))
            })
            .collect();
        let walked: Vec<String> = walks.iter().map(|walk| walk.name.clone()).collect();
        Ok(Answer { candidates, model: Some(walked.join(", ")) })
    }

    async fn check(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        let chains = self.chains(source, target, true).await?;
        let sentence = ["The incident has been resolved.".to_owned()];
        let walks = chain::walk_all(&self.server, chains, Arc::new(sentence)).await?;
        match chain::best(walks.iter().map(|walk| walk.outcomes.as_slice())) {
            Ok(_) => Ok(()),
            Err(reason) => Err(EngineError::new(NAME, ErrorKind::Transient { after: None }, reason)),
        }
    }

    fn limits(&self) -> String {
        format!("{} characters per call, one call per pair at a time", packing::CALL)
    }
}
