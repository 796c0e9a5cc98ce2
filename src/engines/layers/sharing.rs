//! One call for one text and code: where a vendor has the same code for several locales (`es` for `es`, `es-MX` and
//! `es-419`), a text that is under way for one of them is not bought again for the others, which take the same answer.
//! An answer stays for as long as it takes to come into the memory, where later jobs find it.
//!
//! A locale takes an answer once: whoever asks again for the same locale wants another answer, and gets a call. An
//! urgent text waits for no call that is not.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::{
    BillableUnits, Candidate, Capabilities, Engine, EngineError, EngineRequest, EngineResponse, ErrorKind,
    MAX_PURCHASES, Marks, Partial, Purchases,
};
use polypost_core::locale::Locale;
use polypost_core::segment::Spelling;

/// How long an answer stays: jobs that were begun before it came into the memory have asked by then.
const KEPT: Duration = Duration::from_secs(10);

/// Texts under way or kept at the same time; more are not shared.
const TEXTS: usize = 2048;

/// An engine whose calls are shared.
pub(super) struct Sharing {
    engine: Arc<dyn Engine>,
    texts: Mutex<HashMap<Key, Shared>>,
}

/// What an answer depends on.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    source: Locale,
    code: String,
    variant: String,
    context: Option<String>,
    text: String,
    spans: Vec<Range<usize>>,
}

/// What became of a text: its candidate and the model, or the failure of the call.
type Outcome = Arc<Result<(Candidate, Option<String>), EngineError>>;

/// `None` until there is an outcome.
type Coming = watch::Receiver<Option<Outcome>>;

/// A text that somebody has asked for.
struct Shared {
    is_urgent: bool,
    /// Those that have it, or wait for it.
    locales: HashSet<Locale>,
    outcome: Coming,
    /// Once it is there.
    until: Option<Instant>,
}

impl Shared {
    /// Whether it has, or will have, an outcome of use. Without its sender it never will.
    fn is_alive(&self) -> bool {
        match self.until {
            Some(until) => Instant::now() < until,
            None => self.outcome.has_changed().is_ok(),
        }
    }
}

/// One text of a request.
enum Slot {
    /// To be asked for, and told to whoever waits.
    Own(Key, watch::Sender<Option<Outcome>>),
    /// To be asked for, for nobody else.
    Alone,
    Joined(Coming),
}

impl Sharing {
    pub(super) fn new(engine: Arc<dyn Engine>) -> Self {
        Self { engine, texts: Mutex::default() }
    }

    fn texts(&self) -> MutexGuard<'_, HashMap<Key, Shared>> {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Joins a text that is under way for another locale, or makes it one that others may join.
    fn slot(&self, key: Key, request: &EngineRequest<'_>) -> Slot {
        let mut texts = self.texts();
        if let Some(shared) = texts.get_mut(&key).filter(|shared| shared.is_alive()) {
            let in_time = shared.is_urgent || !request.is_urgent || shared.until.is_some();
            if in_time && shared.locales.insert(request.target.clone()) {
                return Slot::Joined(shared.outcome.clone());
            }
        }
        if texts.len() >= TEXTS {
            texts.retain(|_, shared| shared.is_alive());
        }
        if texts.len() >= TEXTS {
            return Slot::Alone;
        }
        let (sender, outcome) = watch::channel(None);
        let locales = HashSet::from([request.target.clone()]);
        texts.insert(key.clone(), Shared { is_urgent: request.is_urgent, locales, outcome, until: None });
        Slot::Own(key, sender)
    }

    /// Tells whoever waits. A failure is theirs, too, and nobody else's.
    fn tell(&self, key: &Key, sender: &watch::Sender<Option<Outcome>>, outcome: Outcome) {
        let mut texts = self.texts();
        // It may be another's by now: who asked again has taken its slot.
        let is_ours = texts.get(key).is_some_and(|shared| shared.outcome.same_channel(&sender.subscribe()));
        if is_ours && outcome.is_ok() {
            if let Some(shared) = texts.get_mut(key) {
                shared.until = Some(Instant::now() + KEPT);
            }
        } else if is_ours {
            texts.remove(key);
        }
        sender.send_replace(Some(outcome));
    }

    /// Asks for some of a request's texts; for each its outcome, by position.
    async fn ask(&self, request: &EngineRequest<'_>, wanted: &[usize]) -> Vec<Outcome> {
        if wanted.is_empty() {
            return Vec::new();
        }
        let texts: Vec<String> = wanted.iter().filter_map(|&index| request.texts.get(index).cloned()).collect();
        let spans: Vec<_> = wanted.iter().map(|&index| request.spans_of(index).to_vec()).collect();
        let left = wanted.iter().map(|&index| request.purchases.map_or(MAX_PURCHASES, |all| all.left(index)));
        let purchases = Purchases::new(left.collect());
        let part = EngineRequest { texts: &texts, spans: &spans, purchases: Some(&purchases), ..request.clone() };
        let answered = self.engine.translate(part).await;
        if let Some(all) = request.purchases {
            all.take_over(&purchases, wanted.iter().copied());
        }
        match answered {
            Ok(EngineResponse { candidates, model }) if candidates.len() == texts.len() => {
                candidates.into_iter().map(|candidate| Arc::new(Ok((candidate, model.clone())))).collect()
            }
            Ok(answer) => {
                let message = format!("answered {} texts of {}", answer.candidates.len(), texts.len());
                let kind = ErrorKind::Transient { after: None };
                let error = EngineError::new(self.engine.name(), kind, message);
                texts.iter().map(|_| Arc::new(Err(error.without_source()))).collect()
            }
            Err(mut error) => {
                let Partial { mut candidates, model } =
                    error.partial.take().map_or_else(Partial::default, |part| *part);
                candidates.resize(texts.len(), None);
                // The first has the error with its source.
                let again = error.without_source();
                let mut first = Some(error);
                let outcomes = candidates.into_iter().map(|candidate| {
                    let bought = candidate.map(|candidate| (candidate, model.clone()));
                    Arc::new(bought.ok_or_else(|| first.take().unwrap_or_else(|| again.without_source())))
                });
                outcomes.collect()
            }
        }
    }

    async fn share(&self, request: EngineRequest<'_>, code: String) -> Result<EngineResponse, EngineError> {
        let variant = self.engine.variant(request.target);
        let key = |index: usize, text: &String| Key {
            source: request.source.clone(),
            code: code.clone(),
            variant: variant.clone(),
            context: request.context.map(str::to_owned),
            text: text.clone(),
            spans: request.spans_of(index).to_vec(),
        };
        let slots: Vec<Slot> =
            request.texts.iter().enumerate().map(|(index, text)| self.slot(key(index, text), &request)).collect();
        let mut outcomes: Vec<Option<Outcome>> = vec![None; slots.len()];
        let is_joined = |slot: &Slot| matches!(slot, Slot::Joined(_));
        let own: Vec<usize> = (0..slots.len()).filter(|&index| !is_joined(&slots[index])).collect();
        for (index, outcome) in own.iter().zip(self.ask(&request, &own).await) {
            if let Slot::Own(key, sender) = &slots[*index] {
                self.tell(key, sender, Arc::clone(&outcome));
            }
            outcomes[*index] = Some(outcome);
        }
        let mut orphans = Vec::new();
        for (index, slot) in slots.into_iter().enumerate() {
            let Slot::Joined(mut coming) = slot else { continue };
            match request.until_cancelled(coming.wait_for(Option::is_some)).await {
                Some(Ok(outcome)) => {
                    // Somebody else has paid for it; who gets it time and again is to come to an end all the same.
                    request.bought(index..index + 1);
                    outcomes[index].clone_from(&outcome);
                }
                // Who asked has gone.
                Some(Err(_)) => orphans.push(index),
                None => outcomes[index] = Some(Arc::new(Err(EngineError::cancelled(self.name())))),
            }
        }
        for (index, outcome) in orphans.iter().zip(self.ask(&request, &orphans).await) {
            outcomes[*index] = Some(outcome);
        }
        self.whole(outcomes)
    }

    fn whole(&self, outcomes: Vec<Option<Outcome>>) -> Result<EngineResponse, EngineError> {
        let (mut model, mut failure) = (None, None);
        let mut candidates = Vec::with_capacity(outcomes.len());
        for outcome in outcomes {
            let outcome = outcome.unwrap_or_else(|| Arc::new(Err(EngineError::cancelled(self.engine.name()))));
            candidates.push(match outcome.as_ref() {
                Ok((candidate, made_by)) => {
                    model = model.or_else(|| made_by.clone());
                    Some(candidate.clone())
                }
                Err(error) => {
                    let error = error.without_source();
                    // With the cause of its failure, where nobody else was told.
                    failure =
                        failure.or_else(|| Some(Arc::try_unwrap(outcome).ok().and_then(Result::err).unwrap_or(error)));
                    None
                }
            });
        }
        match failure {
            None => Ok(EngineResponse { candidates: candidates.into_iter().flatten().collect(), model }),
            Some(error) => Err(EngineError { partial: Some(Box::new(Partial { candidates, model })), ..error }),
        }
    }
}

#[async_trait]
impl Engine for Sharing {
    fn name(&self) -> &str {
        self.engine.name()
    }

    fn variant(&self, target: &Locale) -> String {
        self.engine.variant(target)
    }

    fn spellings(&self, target: &Locale) -> &[Spelling] {
        self.engine.spellings(target)
    }

    fn marks(&self, target: &Locale) -> &[Marks] {
        self.engine.marks(target)
    }

    async fn prepare(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.engine.prepare(source, target).await
    }

    async fn translate(&self, request: EngineRequest<'_>) -> Result<EngineResponse, EngineError> {
        match self.engine.capabilities(request.source, request.target).await {
            Ok(Capabilities { code: Some(code), .. }) => self.share(request, code).await,
            _ => self.engine.translate(request).await,
        }
    }

    async fn estimate(&self, request: EngineRequest<'_>) -> Result<u64, EngineError> {
        self.engine.estimate(request).await
    }

    async fn billable_units(&self, request: EngineRequest<'_>) -> Result<Vec<BillableUnits>, EngineError> {
        self.engine.billable_units(request).await
    }

    async fn capabilities(&self, source: &Locale, target: &Locale) -> Result<Capabilities, EngineError> {
        self.engine.capabilities(source, target).await
    }

    async fn check(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.engine.check(source, target).await
    }

    fn bills(&self) -> bool {
        self.engine.bills()
    }

    fn judge(&self, is_usable: bool) {
        self.engine.judge(is_usable);
    }

    fn limits(&self) -> String {
        self.engine.limits()
    }
}

#[cfg(test)]
mod tests;
