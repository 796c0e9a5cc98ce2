//! What readers get of an incident: the best stored text for their languages, with a disclaimer that is true of it, the
//! same for API, pages and commands. There always is an answer: where no wanted locale has a version, the source text.
//! Reading never waits for translating and never calls an engine; the one thing that is ever written is that a version
//! is damaged.

mod addresses;
mod listing;
mod provenance;
mod served;
mod view;

pub use addresses::{Addresses, is_web_address};
pub use listing::{Item, Listing, TranslationProgress};
pub use polypost_store::{ListPage, ListPosition};
pub use provenance::{Authorship, TextProvenance};
pub use view::{IncidentDocument, Label, Links, Offered, View};

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;

use crate::config::Config;
use crate::pipeline::Pipeline;
use polypost_core::id::{IncidentId, VersionNumber};
use polypost_core::l10n::Bundles;
use polypost_core::locale::{self, Locale};
use polypost_store::{Reading, State, Store, Translation};

/// Everything that reading needs.
#[derive(Clone)]
pub struct IncidentReader {
    pub store: Arc<dyn Store>,
    pub bundles: Arc<Bundles>,
    /// The name that the disclaimers carry; empty where none is configured.
    pub organisation: String,
    pub source_locale: Locale,
    /// The configured target locales.
    pub targets: Vec<Locale>,
    pub addresses: Addresses,
    /// Puts together what needs no engine of a revision that is not translated yet; made when that is first wanted,
    /// since it is of no use before. `None`: the older revision is shown until then.
    pub pipeline: Option<Arc<Interim>>,
}

/// What makes interim texts, once it was wanted; `None` where it could not be made.
pub type Interim = LazyLock<Option<Pipeline>, MakeInterim>;
pub type MakeInterim = Box<dyn FnOnce() -> Option<Pipeline> + Send>;

impl std::fmt::Debug for IncidentReader {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("IncidentReader").field("addresses", &self.addresses).finish_non_exhaustive()
    }
}

/// What there is for an incident id.
#[derive(Debug)]
pub enum ReadOutcome<T = View> {
    NotFound,
    Withdrawn,
    Found(Box<T>),
}

/// What one call of the store has read of an incident, from which [`IncidentReader::view_of`] chooses a text.
#[derive(Clone, Debug)]
pub struct LoadedIncident(Reading);

impl LoadedIncident {
    /// The locales that have a text, the source locale first.
    #[must_use]
    pub fn locales(&self) -> Vec<Locale> {
        with_text(&self.0.incident.report.source_locale, &self.0.translations)
    }

    /// The locales that it is to be read in, whether they have a text yet or not.
    #[must_use]
    pub fn wanted(&self) -> Vec<Locale> {
        self.0.translations.iter().map(|row| row.locale.clone()).collect()
    }
}

impl IncidentReader {
    /// A reader over a store, as configured. With an empty `server.public_url` its links have no host.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, bundles: Arc<Bundles>, config: &Config) -> Self {
        Self {
            store,
            bundles,
            organisation: config.organisation.name.trim().to_owned(),
            source_locale: config.locales.source.clone(),
            targets: config.locales.targets.clone(),
            addresses: Addresses::new(config.server.public_url.expose()),
            pipeline: None,
        }
    }

    /// The reader with what shows new entries before they are translated.
    #[must_use]
    pub fn with_pipeline(self, make: MakeInterim) -> Self {
        Self { pipeline: Some(Arc::new(LazyLock::new(make))), ..self }
    }

    /// The best text for a reader who wants these locales, best first; none wanted means the source text.
    ///
    /// # Errors
    /// Where the store does not answer.
    pub async fn read(
        &self,
        id: &IncidentId,
        wanted: &[Locale],
        now: Timestamp,
    ) -> polypost_store::Result<ReadOutcome> {
        Ok(match self.open(id, wanted, now).await? {
            ReadOutcome::NotFound => ReadOutcome::NotFound,
            ReadOutcome::Withdrawn => ReadOutcome::Withdrawn,
            ReadOutcome::Found(opened) => ReadOutcome::Found(Box::new(self.view_of(&opened, wanted, now).await?)),
        })
    }

    /// The incident with the text that a reader of these locales most likely gets, in one call of the store; without
    /// any translation's where none is wanted.
    ///
    /// # Errors
    /// Where the store does not answer.
    pub async fn open(
        &self,
        id: &IncidentId,
        wanted: &[Locale],
        now: Timestamp,
    ) -> polypost_store::Result<ReadOutcome<LoadedIncident>> {
        // Most incidents are translated into the configured locales; others have the locale that is named first, or are
        // read once more.
        let likely: Vec<Locale> = wanted.first().cloned().into_iter().chain([self.best_published(wanted)]).collect();
        Ok(match self.store.reading(id, &likely, now).await? {
            None => ReadOutcome::NotFound,
            Some(reading) if reading.incident.withdrawn_at.is_some() => ReadOutcome::Withdrawn,
            Some(reading) => ReadOutcome::Found(Box::new(LoadedIncident(reading))),
        })
    }

    /// As [`IncidentReader::read`], of what is open.
    ///
    /// # Errors
    /// Where the store does not answer.
    pub async fn view_of(
        &self,
        LoadedIncident(reading): &LoadedIncident,
        wanted: &[Locale],
        now: Timestamp,
    ) -> polypost_store::Result<View> {
        // On the heap: what is rarely needed in it is large.
        let served = Box::pin(self.served(reading, wanted, now)).await?;
        Ok(self.view(&reading.incident, &reading.translations, wanted.first(), served))
    }

    /// One stored version, served or not; `NotFound` where there is none such.
    ///
    /// # Errors
    /// Where the store does not answer.
    pub async fn read_version(
        &self,
        id: &IncidentId,
        locale: &Locale,
        number: VersionNumber,
        now: Timestamp,
    ) -> polypost_store::Result<ReadOutcome> {
        let Some(incident) = self.store.incident(id).await? else { return Ok(ReadOutcome::NotFound) };
        let Some(version) = self.store.version(id, locale, number).await? else { return Ok(ReadOutcome::NotFound) };
        let translations = self.store.translations(id, now).await?;
        let served = self.translation(&incident, locale.clone(), version).await?;
        Ok(ReadOutcome::Found(Box::new(self.view(&incident, &translations, Some(locale), served))))
    }

    /// The locales that pages exist in: the source locale first, then the configured targets.
    #[must_use]
    pub fn published(&self) -> Vec<Locale> {
        let mut locales = vec![self.source_locale.clone()];
        locales.extend(self.targets.iter().filter(|target| **target != self.source_locale).cloned());
        locales
    }

    /// The best of the published locales for a reader; the source locale where none fits.
    #[must_use]
    pub fn best_published(&self, wanted: &[Locale]) -> Locale {
        locale::negotiate(&self.published(), wanted).unwrap_or_else(|| self.source_locale.clone())
    }
}

/// The locales in which there is something to read, the source locale first.
fn with_text(source: &Locale, translations: &[Translation]) -> Vec<Locale> {
    let translated: BTreeSet<&Locale> = translations
        .iter()
        .filter(|translation| translation.served.is_some() && translation.locale != *source)
        .map(|translation| &translation.locale)
        .collect();
    std::iter::once(source).chain(translated).cloned().collect()
}

/// The best locale that has a version; `None` where the source text is the best there is.
fn best_with_text(source: &Locale, translations: &[Translation], wanted: &[Locale]) -> Option<Locale> {
    locale::negotiate(&with_text(source, translations), wanted).filter(|best| best != source)
}

/// The row of the locale that the reader would get if everything were translated.
fn hoped_for<'rows>(
    source: &Locale,
    translations: &'rows [Translation],
    requested: Option<&Locale>,
) -> Option<&'rows Translation> {
    let asked_for: Vec<Locale> =
        std::iter::once(source).chain(translations.iter().map(|translation| &translation.locale)).cloned().collect();
    let best = locale::negotiate(&asked_for, std::slice::from_ref(requested?))?;
    translations.iter().find(|translation| translation.locale == best)
}

/// Whether a newer text may come at any moment, so that an answer must not be kept for long.
fn is_under_way(state: State) -> bool {
    matches!(state, State::Pending | State::Translating | State::Stale | State::Failed)
}
