//! What an engine answers to a batch: a batch comes in, an answer for each of its texts that may be believed to be its
//! own goes out. Where answers are mixed up the texts are asked for one by one.

use super::offers::Batch;
use super::{Ladder, mixture};
use polypost_engines::{Engine, EngineError, EngineResponse, ErrorKind, Partial, Purchases};

/// Tells what is wrong with the answers to some texts, given the language of the answers.
type Judge = fn(&[&str], &[Option<&str>], &str) -> Option<&'static str>;

impl Ladder<'_> {
    /// The batch's answers. Where the engine failed, that is said beside the texts that it translated all the same.
    pub(super) async fn answered(
        &self,
        engine: &dyn Engine,
        batch: &Batch,
        purchases: &Purchases,
    ) -> (Partial, Option<EngineError>) {
        let (mut partial, mut failure) = self.asked(engine, batch, purchases).await;
        let Some(mut reason) = self.fault(batch, &partial, mixture::fault) else { return (partial, failure) };
        tracing::info!(engine = engine.name(), locale = %self.target, texts = batch.texts.len(), reason, "batch refused");
        if failure.is_none() {
            (partial, failure) = self.asked_singly(engine, batch, purchases, reason).await;
            let Some(still) = self.fault(batch, &partial, mixture::fault_of_single) else { return (partial, failure) };
            reason = still;
        }
        for candidate in partial.candidates.iter_mut().flatten() {
            *candidate = Err(reason.to_owned());
        }
        (partial, failure)
    }

    async fn asked(&self, engine: &dyn Engine, batch: &Batch, purchases: &Purchases) -> (Partial, Option<EngineError>) {
        let answer = engine.translate(self.request(batch, Some(purchases))).await;
        match answer {
            Ok(EngineResponse { candidates, model }) if candidates.len() == batch.texts.len() => {
                purchases.suppose(0..batch.texts.len());
                (Partial { candidates: candidates.into_iter().map(Some).collect(), model }, None)
            }
            Ok(answer) => {
                purchases.suppose(0..batch.texts.len());
                let message = format!("answered {} texts of {}", answer.candidates.len(), batch.texts.len());
                let failure = EngineError::new(engine.name(), ErrorKind::Transient { after: None }, message);
                (Partial::default(), Some(failure.was_answered()))
            }
            Err(mut failure) => {
                let partial = failure.partial.take().map_or_else(Partial::default, |partial| *partial);
                let answered = |(index, candidate): (usize, &Option<_>)| candidate.as_ref().map(|_| index);
                purchases.suppose(partial.candidates.iter().enumerate().filter_map(answered));
                (partial, Some(failure))
            }
        }
    }

    /// Each text by itself: none of them can get another one's answer. Those that may not be bought once more are
    /// declined for the reason given.
    async fn asked_singly(
        &self,
        engine: &dyn Engine,
        batch: &Batch,
        purchases: &Purchases,
        reason: &str,
    ) -> (Partial, Option<EngineError>) {
        let mut all = Partial::default();
        for (index, (text, stretches)) in batch.texts.iter().zip(&batch.stretches).enumerate() {
            if self.ending.is_cancelled() {
                break;
            }
            let left = purchases.left(index).saturating_sub(purchases.made(index));
            if left == 0 {
                all.candidates.push(Some(Err(reason.to_owned())));
                continue;
            }
            let single = Batch { texts: vec![text.clone()], stretches: vec![stretches.clone()], positions: vec![0] };
            let own = Purchases::new(vec![left]);
            let (partial, failure) = self.asked(engine, &single, &own).await;
            purchases.take_over(&own, std::iter::once(index));
            all.candidates.push(partial.candidates.into_iter().next().flatten());
            all.model = partial.model.or(all.model);
            if failure.is_some() {
                return (all, failure);
            }
        }
        (all, None)
    }

    /// What `judge` says of a batch's texts and their answers.
    fn fault(&self, batch: &Batch, partial: &Partial, judge: Judge) -> Option<&'static str> {
        let texts: Vec<&str> = batch.texts.iter().map(String::as_str).collect();
        let answers: Vec<Option<&str>> =
            partial.candidates.iter().map(|candidate| Some(candidate.as_ref()?.as_ref().ok()?.text.as_str())).collect();
        judge(&texts, &answers, self.target.language())
    }
}
