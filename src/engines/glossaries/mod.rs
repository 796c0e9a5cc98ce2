//! Keeps the glossaries that vendors store in step with the program's: creates those that are wanted, deletes others of
//! the same name, and tells a call the id of the one it may use.
//!
//! A stored glossary is called `NAME_LOCALE_HASH`: whose it is, for what, and of what content. It is never changed.
//! Another content is another name, and so every process finds the right one, whoever made it. `_` is in none of the
//! parts, so that `status` takes nothing of `status-test` for its own.

mod content;
mod store;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::SignedDuration;
use tokio::time::Instant;

pub(super) use content::EntryLimits;
pub(super) use store::{
    FailureSubject, GlossaryDraft, GlossaryFailure, GlossaryStore, Inventory, StoredGlossary, TranslateWith, endless,
};

use self::content::{Content, HASH_DIGITS};
use super::dependencies::Terms;
use super::vendor::{BatchRequest, BatchResponse};
use super::{EngineDependencies, EngineError};
use crate::Contract;
use polypost_core::locale::Locale;

const SEPARATOR: char = '_';

/// What is not wanted any more stays for so long: processes of the release before may still be using it.
const GRACE: SignedDuration = SignedDuration::from_hours(1);
/// How often it is looked for what is not wanted any more, where glossaries are used at all.
const TIDYING: Duration = Duration::from_hours(1);
/// The longest that a call waits for its glossary, or for tidying, and what is waited between two looks.
const TIMEOUT: Duration = Duration::from_secs(10);
pub(super) const LOOK: Duration = Duration::from_millis(500);
/// For how long calls go without a glossary that is being made, and without one that could not be made.
const MAKING_PAUSE: Duration = Duration::from_mins(1);
const FAILURE_PAUSE: Duration = Duration::from_mins(5);

/// The glossaries of one engine.
pub(super) struct Glossaries {
    engine: &'static str,
    prefix: String,
    terms: Terms,
    limits: EntryLimits,
    timeout: Duration,
    /// By locale, with what is known of the stored one.
    places: Mutex<HashMap<Locale, Arc<LocaleGlossary>>>,
    /// When it is next looked for what is not wanted; held while that is done.
    tidied: tokio::sync::Mutex<Option<Instant>>,
}

struct LocaleGlossary {
    content: Content,
    /// Held while the vendor is asked: simultaneous askers share one question.
    state: tokio::sync::Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    /// Until then calls go without.
    paused_until: Option<Instant>,
    /// When the vendor last said that there is none.
    refused: Option<Instant>,
    made: u64,
}

/// A glossary that calls may use.
#[derive(Clone, Debug)]
struct Kept {
    id: String,
    /// Counts how often one was found for the locale: the same id may be that of another one.
    number: u64,
}

impl Glossaries {
    /// `None` where none are to be kept: `name` is empty, or there are no terms.
    pub(super) fn new(
        engine: &'static str,
        name: &str,
        limits: EntryLimits,
        contract: &Contract,
        dependencies: &EngineDependencies,
    ) -> Option<Self> {
        let terms = dependencies.terms.clone().filter(|_| !name.is_empty())?;
        Some(Self {
            engine,
            prefix: format!("{name}{SEPARATOR}"),
            terms,
            limits,
            timeout: TIMEOUT.min(Duration::from_secs(contract.request_timeout_seconds)),
            places: Mutex::default(),
            tidied: tokio::sync::Mutex::default(),
        })
    }

    fn place(&self, locale: &Locale) -> Arc<LocaleGlossary> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let place = places.entry(locale.clone()).or_insert_with(|| {
            let content = Content::of(self.engine, &self.terms, locale, self.limits);
            Arc::new(LocaleGlossary { content, state: tokio::sync::Mutex::default() })
        });
        Arc::clone(place)
    }

    /// The name of a locale's glossary; `None` where it has no entries.
    fn name(&self, locale: &Locale) -> Option<String> {
        let hash = &self.place(locale).content.hash;
        let locale = locale.as_str().to_ascii_lowercase();
        (!hash.is_empty()).then(|| format!("{}{locale}{SEPARATOR}{hash}", self.prefix))
    }

    /// The glossary for a call. Where there is none yet it is made; where that fails, the call goes without.
    async fn kept(&self, store: &dyn GlossaryStore, batch: &BatchRequest<'_>) -> Option<Kept> {
        // The second leg of two engines in a row begins with another language.
        let is_source = batch.source.split('-').next()?.eq_ignore_ascii_case(self.terms.source.language());
        let name = self.name(batch.locale).filter(|_| is_source && batch.target.has_glossary)?;
        let place = self.place(batch.locale);
        let mut state = place.state.lock().await;
        if state.kept.is_some() || state.paused_until.is_some_and(|until| Instant::now() < until) {
            return state.kept.clone();
        }
        let content = &place.content;
        let wanted = GlossaryDraft { name: &name, source: batch.source, target: &batch.target.code, content };
        let pause = match tokio::time::timeout(self.timeout, self.found_or_made(store, &wanted)).await {
            Ok(Ok(id)) => {
                state.made += 1;
                state.kept = Some(Kept { id, number: state.made });
                return state.kept.clone();
            }
            Ok(Err(error)) => {
                tracing::warn!(engine = self.engine, glossary = name, %error, "translating without the glossary");
                FAILURE_PAUSE
            }
            Err(_) => {
                tracing::warn!(engine = self.engine, glossary = name, "glossary not ready; translating without it");
                MAKING_PAUSE
            }
        };
        state.paused_until = Some(Instant::now() + pause);
        None
    }

    /// The id of the wanted glossary, once it may be used. Whoever gives up half-way leaves nothing that the next look
    /// does not find by its name.
    async fn found_or_made(
        &self,
        store: &dyn GlossaryStore,
        wanted: &GlossaryDraft<'_>,
    ) -> Result<String, EngineError> {
        let mut is_asked_for = false;
        loop {
            let listed = store.stored(&self.prefix).await?;
            let of_name = listed.stored.iter().filter(|stored| stored.name == wanted.name);
            // The vendor has another code for the locale by now, and takes the glossary for the old one with no call.
            let is_fit = |stored: &&StoredGlossary| {
                stored.target.as_ref().is_none_or(|target| target.eq_ignore_ascii_case(wanted.target))
            };
            let (fit, unfit): (Vec<&StoredGlossary>, Vec<&StoredGlossary>) = of_name.partition(is_fit);
            for stored in unfit {
                store.remove(stored).await?;
            }
            // Two processes that made it at once both keep the older one.
            let ready = fit.iter().filter(|stored| stored.is_ready).min_by_key(|stored| (stored.created, &stored.id));
            if let Some(ready) = ready {
                for stored in fit.iter().filter(|stored| stored.is_ready && stored.id != ready.id) {
                    self.remove(store, stored).await;
                }
                return Ok(ready.id.clone());
            }
            if is_asked_for {
                tokio::time::sleep(LOOK).await;
            } else {
                is_asked_for = true;
                store.create(wanted).await?;
                tracing::info!(engine = self.engine, glossary = wanted.name, "glossary created");
            }
        }
    }

    /// The vendor did not take a call for its glossary. It is looked for, or made, again; what is refused soon after
    /// that is left alone for a while.
    async fn refused(&self, batch: &BatchRequest<'_>, kept: &Kept, error: &EngineError) {
        let place = self.place(batch.locale);
        let mut state = place.state.lock().await;
        if state.kept.as_ref().is_none_or(|known| known.number != kept.number) {
            return;
        }
        state.kept = None;
        let now = Instant::now();
        let is_again = state.refused.replace(now).is_some_and(|before| now < before + FAILURE_PAUSE);
        if is_again {
            state.paused_until = Some(now + FAILURE_PAUSE);
        }
        let (locale, reason) = (batch.locale, error.message.as_str());
        let message = if is_again { "translating without the glossary" } else { "looking for the glossary again" };
        tracing::warn!(engine = self.engine, %locale, reason, "{message}");
    }

    /// Removes what is not wanted any more, at first use and once an hour of use.
    async fn tidy(&self, store: &dyn GlossaryStore) {
        let Ok(mut tidied) = self.tidied.try_lock() else { return };
        if tidied.is_some_and(|next| Instant::now() < next) {
            return;
        }
        let outcome = tokio::time::timeout(self.timeout, self.remove_unwanted(store)).await;
        let pause = match outcome {
            Ok(Ok(())) => TIDYING,
            Ok(Err(error)) => {
                tracing::warn!(engine = self.engine, %error, "old glossaries could not be listed");
                FAILURE_PAUSE
            }
            Err(_) => FAILURE_PAUSE,
        };
        *tidied = Some(Instant::now() + pause);
    }

    async fn remove_unwanted(&self, store: &dyn GlossaryStore) -> Result<(), EngineError> {
        let listed = store.stored(&self.prefix).await?;
        let used: Vec<Locale> = self.places.lock().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect();
        let wanted: HashSet<String> =
            self.terms.targets.iter().chain(&used).filter_map(|locale| self.name(locale)).collect();
        for stored in &listed.stored {
            let Some(locale) = self.locale_of(&stored.name) else { continue };
            let is_wanted = wanted.contains(&stored.name);
            // Of several of a name the oldest is the one that all use.
            let is_older = |other: &StoredGlossary| {
                other.name == stored.name && other.is_ready && (other.created, &other.id) < (stored.created, &stored.id)
            };
            if is_wanted && stored.is_ready && !listed.stored.iter().any(is_older) {
                continue;
            }
            // Where another one took its place, it is not wanted since that was made.
            let successor = listed.stored.iter().find(|other| {
                !is_wanted && wanted.contains(&other.name) && self.locale_of(&other.name) == Some(locale)
            });
            let since = successor.map_or(stored.created, |other| other.created.max(stored.created));
            if listed.now.duration_since(since) >= GRACE {
                self.remove(store, stored).await;
            }
        }
        Ok(())
    }

    /// The locale in a name that is one of ours.
    fn locale_of<'name>(&self, name: &'name str) -> Option<&'name str> {
        let (locale, hash) = name.strip_prefix(&self.prefix)?.split_once(SEPARATOR)?;
        let is_hash = hash.len() == HASH_DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash.then_some(locale)
    }

    /// Removes one; where that fails, the next tidying tries again.
    async fn remove(&self, store: &dyn GlossaryStore, stored: &StoredGlossary) {
        let glossary = stored.name.as_str();
        match store.remove(stored).await {
            Ok(()) => tracing::info!(engine = self.engine, glossary, "glossary deleted"),
            Err(error) => tracing::warn!(engine = self.engine, glossary, %error, "glossary could not be deleted"),
        }
    }
}

/// Makes a call with the glossary that is kept for it, if one is; without it where it cannot be had.
///
/// # Errors
/// The call's own, never one for its glossary.
pub(super) async fn send(
    glossaries: Option<&Glossaries>,
    vendor: &dyn TranslateWith,
    batch: BatchRequest<'_>,
) -> Result<BatchResponse, EngineError> {
    let Some(glossaries) = glossaries else { return Ok(vendor.translate(batch, None).await?) };
    loop {
        let kept = glossaries.kept(vendor, &batch).await;
        glossaries.tidy(vendor).await;
        let outcome = vendor.translate(batch, kept.as_ref().map(|kept| kept.id.as_str())).await;
        match (outcome, kept) {
            // Twice in a row at most: then there is none.
            (Err(GlossaryFailure { error, about: FailureSubject { is_glossary: true, .. } }), Some(kept)) => {
                glossaries.refused(&batch, &kept, &error).await;
            }
            (outcome, _) => return Ok(outcome?),
        }
    }
}

/// A [variant](super::Engine::variant) with the content of the glossary that is kept for the target, since that decides
/// the wording, too. Texts that were made while it could not be had count as made with it.
pub(super) fn variant(settings: &str, glossaries: Option<&Glossaries>, target: &Locale) -> String {
    let hash = glossaries.map(|glossaries| glossaries.place(target).content.hash.clone()).unwrap_or_default();
    if hash.is_empty() { settings.to_owned() } else { format!("{settings} {hash}").trim_start().to_owned() }
}
