//! What a row has spent on each of its texts since it was asked for. An engine whose answers nobody can use is paid all
//! the same, for every way a text is offered in and for every attempt of the row; so the purchases are counted in the
//! row itself, before anything is made of the answers, and come to an end.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};

use super::offers::{Batch, Offer};
use polypost_core::segment::Segment;
use polypost_engines::{Engine, MAX_PURCHASES, Purchases};
use polypost_store::{Job, Jobs, StoreError};

/// The purchases of one row's texts.
pub(in crate::pipeline) struct Spent<'run> {
    store: &'run dyn Jobs,
    job: &'run Job,
    /// For each segment, what its text is counted under: equal texts are one.
    keys: Vec<String>,
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    by_text: BTreeMap<String, u32>,
    /// What this run has bought, by engine.
    by_engine: HashMap<String, u64>,
}

impl<'run> Spent<'run> {
    /// What was spent before this run, where one of the engines has to be paid at all.
    ///
    /// # Errors
    /// Where the store did not answer.
    pub(in crate::pipeline) async fn read(
        store: &'run dyn Jobs,
        job: &'run Job,
        segments: &[Segment],
        engines: &[Arc<dyn Engine>],
    ) -> Result<Self, StoreError> {
        let mut spent = Self::nothing(store, job);
        if engines.iter().any(|engine| engine.bills()) {
            spent.keys = segments.iter().map(|segment| key(&segment.source_text())).collect();
            spent.lock().by_text = store.purchases(job).await?;
        }
        Ok(spent)
    }

    /// For a run that buys nothing.
    pub(in crate::pipeline) fn nothing(store: &'run dyn Jobs, job: &'run Job) -> Self {
        Self { store, job, keys: Vec::new(), counts: Mutex::default() }
    }

    /// How often the text of a segment may still be bought from an engine, given how often it may be bought from it and
    /// those before it together.
    pub(super) fn left(&self, segment: usize, allowed: u32) -> u32 {
        allowed.saturating_sub(self.of(segment))
    }

    /// How often the text of a segment was bought.
    pub(super) fn of(&self, segment: usize) -> u32 {
        self.keys.get(segment).and_then(|key| self.lock().by_text.get(key).copied()).unwrap_or_default()
    }

    /// What this run has bought from an engine.
    pub(super) fn from(&self, engine: &dyn Engine) -> u64 {
        self.lock().by_engine.get(engine.name()).copied().unwrap_or_default()
    }

    /// An account for a batch.
    pub(super) fn account(&self, offers: &[Offer], batch: &Batch, allowed: u32) -> Purchases {
        let mut left = vec![MAX_PURCHASES; batch.texts.len()];
        for (offer, &position) in offers.iter().zip(&batch.positions) {
            if let Some(left) = left.get_mut(position) {
                *left = self.left(offer.segment, allowed).min(*left);
            }
        }
        Purchases::new(left)
    }

    /// Counts what a batch has cost, and has the store keep it. A segment that went in slices was bought as often as
    /// the slice that was bought most.
    pub(super) async fn add(&self, engine: &dyn Engine, offers: &[Offer], batch: &Batch, purchases: &Purchases) {
        let by_text = {
            let mut bought: BTreeMap<&String, u32> = BTreeMap::new();
            for (offer, &position) in offers.iter().zip(&batch.positions) {
                let made = purchases.made(position);
                if let Some(key) = self.keys.get(offer.segment).filter(|_| made > 0) {
                    let most = bought.entry(key).or_default();
                    *most = made.max(*most);
                }
            }
            if bought.is_empty() {
                return;
            }
            let mut counts = self.lock();
            *counts.by_engine.entry(engine.name().to_owned()).or_default() += bought.len() as u64;
            for (key, made) in bought {
                let count = counts.by_text.entry(key.clone()).or_default();
                *count = count.saturating_add(made);
            }
            counts.by_text.clone()
        };
        if let Err(error) = self.store.record_purchases(self.job, &by_text).await {
            let Job { incident, locale, .. } = self.job;
            tracing::warn!(%incident, %locale, %error, "purchases could not be recorded");
        }
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How often a text may be bought from the engine at `position` of a route and those before it together, where so many
/// come behind it that have to be paid, too: as many as leave one purchase for each of these, if there are enough.
pub(super) fn allowed(position: usize, behind: usize) -> u32 {
    let most = MAX_PURCHASES as usize;
    let kept = behind.min((most - 1).saturating_sub(position));
    u32::try_from(most - kept).unwrap_or(MAX_PURCHASES)
}

/// As short as can be told apart among the texts of one report.
fn key(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let first: [u8; 8] = std::array::from_fn(|index| digest.get(index).copied().unwrap_or_default());
    format!("{:016x}", u64::from_be_bytes(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_engine_of_a_route_has_its_purchase_and_all_together_have_three() {
        let route = |engines: usize| -> Vec<u32> { (0..engines).map(|at| allowed(at, engines - at - 1)).collect() };
        assert_eq!(route(1), [3]);
        assert_eq!(route(2), [2, 3]);
        assert_eq!(route(3), [1, 2, 3]);
        assert_eq!(route(5), [1, 2, 3, 3, 3]);
    }

    #[test]
    fn equal_texts_are_counted_under_one_key() {
        assert_eq!(key("We are sorry."), key("We are sorry."));
        assert_ne!(key("We are sorry."), key("We are sorry!"));
        assert_eq!(key("").len(), 16);
    }
}
