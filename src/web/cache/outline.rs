//! The languages that an incident can be read in: what negotiation needs to know before an answer is looked up.

use std::sync::Arc;

use super::invalidations::{Generation, Topic};
use super::validity::ValidityContext;
use crate::reader::LoadedIncident;
use polypost_core::locale::{self, Locale};

/// The locales of an incident.
#[derive(Debug)]
pub(in crate::web) struct Locales {
    /// Those that have a text, the source locale first.
    pub(in crate::web) readable: Vec<Locale>,
    /// Those that it is to be translated into.
    pub(in crate::web) wanted: Vec<Locale>,
}

impl Locales {
    pub(super) fn of(incident: &LoadedIncident) -> Arc<Self> {
        Arc::new(Self { readable: incident.locales(), wanted: incident.wanted() })
    }
}

/// The locales of an incident, and what they were read from.
pub(in crate::web) struct Outline {
    pub(in crate::web) locales: Arc<Locales>,
    /// What was read from the store for it, where this request did so.
    incident: Option<Box<LoadedIncident>>,
    /// `None` where nothing is kept.
    loaded: Option<LoadedAt>,
}

/// When an outline was loaded.
pub(super) struct LoadedAt {
    pub(super) context: Arc<ValidityContext>,
    pub(super) topic: Topic,
    pub(super) generation: Generation,
}

impl Outline {
    pub(super) fn new(locales: Arc<Locales>, incident: Option<Box<LoadedIncident>>, loaded: Option<LoadedAt>) -> Self {
        Self { locales, incident, loaded }
    }

    /// The best locale that has a text for a reader; `None` where there is no text at all.
    pub(in crate::web) fn best(&self, wanted: &[Locale]) -> Option<Locale> {
        let readable = &self.locales.readable;
        locale::negotiate(readable, wanted).or_else(|| readable.first().cloned())
    }

    /// When it was loaded.
    pub(in crate::web) fn generation(&self) -> Option<Generation> {
        self.loaded.as_ref().map(|loaded| loaded.generation)
    }

    /// The incident that was read for it, or what `load` reads where another request had read it or it has changed
    /// since: to be called while an answer is made of it.
    pub(in crate::web) async fn incident_or<E>(
        self,
        load: impl Future<Output = Result<Box<LoadedIncident>, E>>,
    ) -> Result<Box<LoadedIncident>, E> {
        let is_current =
            self.loaded.is_none_or(|loaded| loaded.context.invalidations.is_current(loaded.topic, loaded.generation));
        match self.incident.filter(|_| is_current) {
            Some(incident) => Ok(incident),
            None => load.await,
        }
    }
}
