//! Calls for several incidents: while an engine is as busy with a pair of locales as it may be, the requests that come
//! meanwhile are gathered, and go together when it is free, each distinct text once. Nobody waits who would not have
//! waited anyway, and the text of an open incident waits for nobody.
//!
//! For engines that see nothing of a request but its texts: what reads the report's title along cannot share a call.

mod merged;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use futures_util::future::join_all;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use crate::{
    BillableUnits, Capabilities, Engine, EngineError, EngineRequest, EngineResponse, ErrorKind, MAX_PURCHASES, Marks,
    Purchases,
};
use merged::{MergedRequest, share};
use polypost_core::locale::Locale;
use polypost_core::segment::Spelling;

type Outcome = Result<EngineResponse, EngineError>;

/// An engine whose requests are gathered.
pub(crate) struct RequestBatcher {
    queue: Arc<Queue>,
}

struct Queue {
    engine: Arc<dyn Engine>,
    /// Calls under way at the same time for one pair of locales.
    most: usize,
    pairs: Mutex<HashMap<Pair, Busy>>,
    /// Requests so far.
    entered: AtomicU64,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Pair {
    source: Locale,
    target: Locale,
}

/// A pair with calls under way.
#[derive(Default)]
struct Busy {
    calls: usize,
    waiting: Vec<Waiting>,
}

/// A text and the spans whose places are wanted.
type SourceText = (String, Vec<Range<usize>>);

struct Waiting {
    number: u64,
    /// As the request's.
    cancellation: CancellationToken,
    texts: Vec<SourceText>,
    /// How often each text may be bought.
    left: Vec<u32>,
    reply: oneshot::Sender<(Outcome, Purchases)>,
}

impl RequestBatcher {
    /// With so many calls under way at the same time for a pair of locales, at least one.
    pub(crate) fn new(engine: Arc<dyn Engine>, most: usize) -> Self {
        Self {
            queue: Arc::new(Queue {
                engine,
                most: most.max(1),
                pairs: Mutex::default(),
                entered: AtomicU64::default(),
            }),
        }
    }

    fn engine(&self) -> &dyn Engine {
        self.queue.engine.as_ref()
    }
}

impl Queue {
    fn pairs(&self) -> MutexGuard<'_, HashMap<Pair, Busy>> {
        self.pairs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a request in, and gives it back where it is to be sent at once.
    fn enter(&self, pair: &Pair, own: Waiting) -> Option<Vec<Waiting>> {
        let mut pairs = self.pairs();
        let busy = pairs.entry(pair.clone()).or_default();
        if busy.calls >= self.most {
            busy.waiting.push(own);
            return None;
        }
        busy.calls += 1;
        Some(vec![own])
    }

    /// What has gathered while a call was under way; without any, the call's place is free again.
    fn next(&self, pair: &Pair) -> Vec<Waiting> {
        let mut pairs = self.pairs();
        let Some(busy) = pairs.get_mut(pair) else { return Vec::new() };
        let waiting = std::mem::take(&mut busy.waiting);
        if waiting.is_empty() {
            busy.calls -= 1;
            if busy.calls == 0 {
                pairs.remove(pair);
            }
        }
        waiting
    }

    /// Sends what was taken in, and then what has gathered, until nothing has. In a task of its own: whoever gives up
    /// waiting takes nobody along.
    async fn work(self: Arc<Self>, pair: Pair, mut group: Vec<Waiting>) {
        while !group.is_empty() {
            group.retain(|waiting| !waiting.reply.is_closed());
            if !group.is_empty() {
                let merged = MergedRequest::of(&group);
                let (queue, texts, both) = (Arc::clone(&self), merged.texts, pair.clone());
                let purchases = Arc::new(Purchases::new(merged.left));
                let counted = Arc::clone(&purchases);
                let cancellation = CancellationToken::new();
                let told = cancellation.clone();
                let mut asked = tokio::spawn(async move { queue.ask(&both, &texts, &told, &counted).await });
                let nobody_has_time = join_all(group.iter().map(|waiting| waiting.cancellation.cancelled()));
                let outcome = tokio::select! {
                    outcome = &mut asked => outcome,
                    _ = nobody_has_time => {
                        cancellation.cancel();
                        asked.await
                    }
                };
                let outcome = outcome.unwrap_or_else(|panic| Err(self.given_up(ErrorKind::Broken, &panic)));
                share(group, &merged.positions, outcome, &purchases);
            }
            group = self.next(&pair);
        }
    }

    async fn ask(
        &self,
        pair: &Pair,
        texts: &[SourceText],
        cancellation: &CancellationToken,
        purchases: &Purchases,
    ) -> Outcome {
        let (texts, spans): (Vec<String>, Vec<Vec<Range<usize>>>) = texts.iter().cloned().unzip();
        let Pair { source, target } = pair;
        let (cancellation, purchases) = (Some(cancellation), Some(purchases));
        let request =
            EngineRequest { spans: &spans, cancellation, purchases, ..EngineRequest::new(source, target, &texts) };
        self.engine.translate(request).await
    }

    /// Takes back what has not been sent yet.
    fn withdraw(&self, pair: &Pair, number: u64) -> bool {
        let mut pairs = self.pairs();
        let Some(busy) = pairs.get_mut(pair) else { return false };
        let before = busy.waiting.len();
        busy.waiting.retain(|waiting| waiting.number != number);
        busy.waiting.len() < before
    }

    fn given_up(&self, kind: ErrorKind, why: &dyn std::fmt::Display) -> EngineError {
        EngineError::new(self.engine.name(), kind, format!("the call was given up: {why}"))
    }
}

#[async_trait]
impl Engine for RequestBatcher {
    fn name(&self) -> &str {
        self.engine().name()
    }

    fn variant(&self, target: &Locale) -> String {
        self.engine().variant(target)
    }

    fn spellings(&self, target: &Locale) -> &[Spelling] {
        self.engine().spellings(target)
    }

    fn marks(&self, target: &Locale) -> &[Marks] {
        self.engine().marks(target)
    }

    async fn prepare(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.engine().prepare(source, target).await
    }

    async fn translate(&self, request: EngineRequest<'_>) -> Outcome {
        if request.is_urgent {
            return self.engine().translate(request).await;
        }
        let pair = Pair { source: request.source.clone(), target: request.target.clone() };
        let texts = request.texts.iter().enumerate();
        let texts = texts.map(|(index, text)| (text.clone(), request.spans_of(index).to_vec())).collect();
        let (reply, mut answer) = oneshot::channel();
        let cancellation = request.cancellation.cloned().unwrap_or_default();
        let number = self.queue.entered.fetch_add(1, Ordering::Relaxed);
        let left = |index| request.purchases.map_or(MAX_PURCHASES, |purchases| purchases.left(index));
        let left = (0..request.texts.len()).map(left).collect();
        if let Some(group) = self.queue.enter(&pair, Waiting { number, cancellation, texts, left, reply }) {
            tokio::spawn(Arc::clone(&self.queue).work(pair.clone(), group));
        }
        let answered = match request.until_cancelled(&mut answer).await {
            Some(answered) => answered,
            None if self.queue.withdraw(&pair, number) => return Err(EngineError::cancelled(self.name())),
            // What is sent is paid for.
            None => answer.await,
        };
        let (outcome, part) = match answered {
            Ok(answered) => answered,
            Err(lost) => return Err(self.queue.given_up(ErrorKind::Transient { after: None }, &lost)),
        };
        if let Some(purchases) = request.purchases {
            purchases.take_over(&part, 0..request.texts.len());
        }
        outcome
    }

    async fn estimate(&self, request: EngineRequest<'_>) -> Result<u64, EngineError> {
        self.engine().estimate(request).await
    }

    async fn billable_units(&self, request: EngineRequest<'_>) -> Result<Vec<BillableUnits>, EngineError> {
        self.engine().billable_units(request).await
    }

    async fn capabilities(&self, source: &Locale, target: &Locale) -> Result<Capabilities, EngineError> {
        self.engine().capabilities(source, target).await
    }

    async fn check(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.engine().check(source, target).await
    }

    fn bills(&self) -> bool {
        self.engine().bills()
    }

    fn judge(&self, is_usable: bool) {
        self.engine().judge(is_usable);
    }

    fn limits(&self) -> String {
        self.engine().limits()
    }
}

#[cfg(test)]
mod tests;
