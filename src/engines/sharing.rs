//! One call for one text and code: where a vendor has the same code for several locales (`es` for `es`, `es-MX` and
//! `es-419`), a text that is under way for one of them is not bought again for the others, which take the same answer.
//! An answer stays for as long as it takes to come into the memory, where later jobs find it.
//!
//! A locale takes an answer once: whoever asks again for the same locale wants another answer, and gets a call. An urgent
//! text waits for no call that is not.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::watch;
use tokio::time::Instant;

use super::{
    Answer, Candidate, Charge, Engine, EngineError, MOST_PURCHASES, Marks, Offers, Partial, Purchases, Request,
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
    stretches: Vec<Range<usize>>,
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
enum Place {
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
    fn place(&self, key: Key, request: &Request<'_>) -> Place {
        let mut texts = self.texts();
        if let Some(shared) = texts.get_mut(&key).filter(|shared| shared.is_alive()) {
            let in_time = shared.is_urgent || !request.is_urgent || shared.until.is_some();
            if in_time && shared.locales.insert(request.target.clone()) {
                return Place::Joined(shared.outcome.clone());
            }
        }
        if texts.len() >= TEXTS {
            texts.retain(|_, shared| shared.is_alive());
        }
        if texts.len() >= TEXTS {
            return Place::Alone;
        }
        let (sender, outcome) = watch::channel(None);
        let locales = HashSet::from([request.target.clone()]);
        texts.insert(key.clone(), Shared { is_urgent: request.is_urgent, locales, outcome, until: None });
        Place::Own(key, sender)
    }

    /// Tells whoever waits. A failure is theirs, too, and nobody else's.
    fn tell(&self, key: &Key, sender: &watch::Sender<Option<Outcome>>, outcome: Outcome) {
        let mut texts = self.texts();
        // It may be another's by now: who asked again has taken its place.
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
    async fn ask(&self, request: &Request<'_>, wanted: &[usize]) -> Vec<Outcome> {
        if wanted.is_empty() {
            return Vec::new();
        }
        let texts: Vec<String> = wanted.iter().filter_map(|&index| request.texts.get(index).cloned()).collect();
        let stretches: Vec<_> = wanted.iter().map(|&index| request.stretches_of(index).to_vec()).collect();
        let left = wanted.iter().map(|&index| request.purchases.map_or(MOST_PURCHASES, |all| all.left(index)));
        let purchases = Purchases::new(left.collect());
        let part = Request { texts: &texts, stretches: &stretches, purchases: Some(&purchases), ..request.clone() };
        let answered = self.engine.translate(part).await;
        if let Some(all) = request.purchases {
            all.take_over(&purchases, wanted.iter().copied());
        }
        match answered {
            Ok(Answer { candidates, model }) if candidates.len() == texts.len() => {
                candidates.into_iter().map(|candidate| Arc::new(Ok((candidate, model.clone())))).collect()
            }
            Ok(answer) => {
                let message = format!("answered {} texts of {}", answer.candidates.len(), texts.len());
                let kind = super::ErrorKind::Transient { after: None };
                let error = EngineError::new(self.engine.name(), kind, message);
                texts.iter().map(|_| Arc::new(Err(error.again()))).collect()
            }
            Err(mut error) => {
                let Partial { mut candidates, model } =
                    error.partial.take().map_or_else(Partial::default, |part| *part);
                candidates.resize(texts.len(), None);
                // The first has the error with its source.
                let again = error.again();
                let mut first = Some(error);
                let outcomes = candidates.into_iter().map(|candidate| {
                    let bought = candidate.map(|candidate| (candidate, model.clone()));
                    Arc::new(bought.ok_or_else(|| first.take().unwrap_or_else(|| again.again())))
                });
                outcomes.collect()
            }
        }
    }

    async fn share(&self, request: Request<'_>, code: String) -> Result<Answer, EngineError> {
        let variant = self.engine.variant(request.target);
        let key = |index: usize, text: &String| Key {
            source: request.source.clone(),
            code: code.clone(),
            variant: variant.clone(),
            context: request.context.map(str::to_owned),
            text: text.clone(),
            stretches: request.stretches_of(index).to_vec(),
        };
        let places: Vec<Place> =
            request.texts.iter().enumerate().map(|(index, text)| self.place(key(index, text), &request)).collect();
        let mut outcomes: Vec<Option<Outcome>> = vec![None; places.len()];
        let is_joined = |place: &Place| matches!(place, Place::Joined(_));
        let own: Vec<usize> = (0..places.len()).filter(|&index| !is_joined(&places[index])).collect();
        for (index, outcome) in own.iter().zip(self.ask(&request, &own).await) {
            if let Place::Own(key, sender) = &places[*index] {
                self.tell(key, sender, Arc::clone(&outcome));
            }
            outcomes[*index] = Some(outcome);
        }
        let mut orphans = Vec::new();
        for (index, place) in places.into_iter().enumerate() {
            let Place::Joined(mut coming) = place else { continue };
            match request.in_time(coming.wait_for(Option::is_some)).await {
                Some(Ok(outcome)) => {
                    // Somebody else has paid for it; who gets it time and again is to come to an end all the same.
                    request.bought(index..index + 1);
                    outcomes[index].clone_from(&outcome);
                }
                // Who asked has gone.
                Some(Err(_)) => orphans.push(index),
                None => outcomes[index] = Some(Arc::new(Err(EngineError::ended(self.name())))),
            }
        }
        for (index, outcome) in orphans.iter().zip(self.ask(&request, &orphans).await) {
            outcomes[*index] = Some(outcome);
        }
        self.whole(outcomes)
    }

    fn whole(&self, outcomes: Vec<Option<Outcome>>) -> Result<Answer, EngineError> {
        let (mut model, mut failure) = (None, None);
        let mut candidates = Vec::with_capacity(outcomes.len());
        for outcome in outcomes {
            let outcome = outcome.unwrap_or_else(|| Arc::new(Err(EngineError::ended(self.engine.name()))));
            candidates.push(match outcome.as_ref() {
                Ok((candidate, made_by)) => {
                    model = model.or_else(|| made_by.clone());
                    Some(candidate.clone())
                }
                Err(error) => {
                    let error = error.again();
                    // With the cause of its failure, where nobody else was told.
                    failure =
                        failure.or_else(|| Some(Arc::try_unwrap(outcome).ok().and_then(Result::err).unwrap_or(error)));
                    None
                }
            });
        }
        match failure {
            None => Ok(Answer { candidates: candidates.into_iter().flatten().collect(), model }),
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

    async fn translate(&self, request: Request<'_>) -> Result<Answer, EngineError> {
        match self.engine.offers(request.source, request.target).await {
            Ok(Offers { code: Some(code), .. }) => self.share(request, code).await,
            _ => self.engine.translate(request).await,
        }
    }

    async fn estimate(&self, request: Request<'_>) -> Result<u64, EngineError> {
        self.engine.estimate(request).await
    }

    async fn charges(&self, request: Request<'_>) -> Result<Vec<Charge>, EngineError> {
        self.engine.charges(request).await
    }

    async fn offers(&self, source: &Locale, target: &Locale) -> Result<Offers, EngineError> {
        self.engine.offers(source, target).await
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
