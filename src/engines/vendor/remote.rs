//! A vendor as an engine: codes are chosen, texts written and cut into calls, calls made through the layers, answers
//! read back, for all vendors alike.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::future::join_all;

use super::pending_calls::{self, PendingCalls};
use super::{ANY, BatchFailure, BatchRequest, BatchResponse, Cause, Languages, Limits, Target, Vendor};
use crate::cached_list::CachedList;
use crate::contract::Contract;
use crate::elements::{self, Dialect};
use crate::layers::{Billed, Layers};
use crate::{
    CallOutcome, Candidate, Capabilities, Engine, EngineDependencies, EngineError, EngineRequest, EngineResponse,
    ErrorKind, Marks, Partial, Redactor, counted, foreign, language_codes,
};
use polypost_core::locale::Locale;
use polypost_core::segment::Spelling;

/// How long a vendor's list of languages is believed.
const LANGUAGES_LIFE: Duration = Duration::from_hours(1);

/// The position and the code among those offered that serve a locale best.
fn chosen(locale: &Locale, offered: &[&str]) -> Option<(usize, String)> {
    if let Some(index) = language_codes::closest(locale, offered) {
        return Some((index, (*offered.get(index)?).to_owned()));
    }
    Some((offered.iter().position(|code| *code == ANY)?, locale.to_string()))
}

/// A vendor as an engine.
pub(crate) struct Remote<V> {
    vendor: V,
    layers: Layers,
    languages: CachedList<Languages>,
    redactor: Arc<Redactor>,
}

/// The codes that stand for two locales.
struct Pair {
    source: String,
    target: Target,
}

impl<V: Vendor> Remote<V> {
    pub(crate) fn new(vendor: V, contract: &Contract, dependencies: &EngineDependencies) -> Self {
        Self {
            layers: Layers::new(vendor.name(), contract, dependencies),
            vendor,
            languages: CachedList::new(LANGUAGES_LIFE),
            redactor: Arc::clone(&dependencies.redactor),
        }
    }

    /// The code that serves a target best.
    fn target(languages: &Languages, target: &Locale) -> Option<Target> {
        let codes: Vec<&str> = languages.targets.iter().map(|target| target.code.as_str()).collect();
        let (index, code) = chosen(target, &codes)?;
        Some(Target { code, ..languages.targets.get(index)?.clone() })
    }

    /// Whether the target is known to take markup.
    fn has_dialect(&self, target: &Locale) -> bool {
        self.languages
            .last()
            .is_some_and(|languages| Self::target(&languages, target).is_some_and(|target| target.dialect.is_some()))
    }

    async fn pair(&self, source: &Locale, target: &Locale, fresh: bool) -> Result<Pair, EngineError> {
        let languages = self
            .languages
            .get(fresh, async || self.vendor.languages().await.map_err(EngineError::without_texts))
            .await?;
        let sources: Vec<&str> = languages.sources.iter().map(String::as_str).collect();
        let targets = || languages.targets.iter().map(|target| target.code.as_str()).collect::<Vec<_>>().join(", ");
        let foreign = |locale: &Locale, offered: &str| {
            let message = format!("`{locale}` is not among its languages: {}", foreign::listed(offered));
            EngineError::new(self.vendor.name(), ErrorKind::Rejected, message)
        };
        let (_, source) = chosen(source, &sources).ok_or_else(|| foreign(source, &sources.join(", ")))?;
        let target = Self::target(&languages, target).ok_or_else(|| foreign(target, &targets()))?;
        Ok(Pair { source, target })
    }

    async fn send(&self, batch: BatchRequest<'_>) -> Result<Billed<BatchResponse>, EngineError> {
        let reply = match self.vendor.send(batch).await {
            Err(error) if error.kind == ErrorKind::TextsRejected => {
                let units = (!error.call.may_be_billed()).then_some(0);
                let unread = Some(BatchFailure { reason: error.message, cause: Cause::Refusal });
                return Ok(Billed {
                    units,
                    answer: BatchResponse { unread, billed: units, ..BatchResponse::default() },
                });
            }
            reply => reply?,
        };
        if reply.unread.is_none() && reply.texts.len() != batch.texts.len() {
            let message = format!("answered {} texts of {}", reply.texts.len(), batch.texts.len());
            let error = EngineError::new(self.vendor.name(), ErrorKind::Transient { after: None }, message);
            return Err(error.after(CallOutcome::Answered));
        }
        Ok(Billed { units: reply.billed, answer: reply })
    }

    /// The texts as they are sent.
    fn written(&self, request: &EngineRequest<'_>, dialect: Option<Dialect>) -> Vec<String> {
        let text = |((index, text), before): ((usize, &String), usize)| match dialect {
            // Without words it is in no call.
            _ if self.vendor.declines(text).is_some() => String::new(),
            Some(dialect) => elements::encode(text, request.spans_of(index), dialect, before),
            None => text.clone(),
        };
        request.texts.iter().enumerate().zip(Self::numbers(request)).map(text).collect()
    }

    /// What may be read along.
    fn context<'run>(&self, request: &EngineRequest<'run>) -> Option<&'run str> {
        request.context.filter(|context| self.vendor.declines(context).is_none())
    }

    /// For each text how many numbers the elements of those before it take.
    fn numbers(request: &EngineRequest<'_>) -> Vec<usize> {
        let mut taken = 0;
        let before = |(index, text): (usize, &String)| {
            let before = taken;
            taken += elements::numbers(text, request.spans_of(index));
            before
        };
        request.texts.iter().enumerate().map(before).collect()
    }
}

/// An answer to the text at `index`, before which the request has so many elements.
fn read(request: &EngineRequest<'_>, index: usize, dialect: Option<Dialect>, before: usize, answer: &str) -> Candidate {
    let text = request.texts.get(index).map_or("", String::as_str);
    match dialect {
        _ if answer.is_empty() && !text.is_empty() => Err("the answer is empty".to_owned()),
        Some(dialect) => elements::decode(text, request.spans_of(index), dialect, before, answer),
        None => Ok(answer.to_owned().into()),
    }
}

#[async_trait]
impl<V: Vendor> Engine for Remote<V> {
    fn name(&self) -> &str {
        self.vendor.name()
    }

    fn variant(&self, target: &Locale) -> String {
        self.vendor.variant(target)
    }

    /// Elements are written alike, however a placeholder is spelled.
    fn spellings(&self, target: &Locale) -> &[Spelling] {
        if self.has_dialect(target) { &[Spelling::Bracketed] } else { &[Spelling::Bracketed, Spelling::Underscored] }
    }

    /// As elements, whose places the answer shows.
    fn marks(&self, target: &Locale) -> &[Marks] {
        if self.has_dialect(target) { &[Marks::Aligned, Marks::Placeholders] } else { &[Marks::Placeholders] }
    }

    async fn prepare(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.pair(source, target, false).await.map(drop)
    }

    async fn translate(&self, request: EngineRequest<'_>) -> Result<EngineResponse, EngineError> {
        let pair = self.pair(request.source, request.target, false).await?;
        let dialect = pair.target.dialect;
        let written = self.written(&request, dialect);
        let numbers = Self::numbers(&request);
        let limits = self.vendor.limits();
        let unsent = |text: &String| match text.trim() {
            "" => Ok(text.clone().into()),
            text if let Some(why) = self.vendor.declines(text) => Err(why.to_owned()),
            _ => Err(format!("longer than the {} {} of one call", limits.size, limits.unit)),
        };
        let mut candidates: Vec<Option<Candidate>> = request.texts.iter().map(|text| Some(unsent(text))).collect();
        let mut pending = PendingCalls::new(limits.batches(&written));
        let (mut model, mut failure) = (None, None);
        request.counts_purchases();
        loop {
            let calls = pending.take().into_iter().map(async |call| {
                let texts = written.get(call.texts.clone()).unwrap_or_default();
                let (locale, context) = (request.target, self.context(&request));
                let batch = BatchRequest { source: &pair.source, locale, target: &pair.target, texts, context };
                let units = self.vendor.billed_for(&batch);
                (call, self.layers.call(&request, units, || self.send(batch)).await)
            });
            let answered = join_all(calls).await;
            if answered.is_empty() {
                break;
            }
            let refuses_all = pending_calls::are_all_refused(&answered);
            for (call, reply) in answered {
                let Some(candidates) = candidates.get_mut(call.texts.clone()) else { continue };
                // Until it is answered.
                candidates.fill(None);
                if reply.as_ref().map_or_else(|error| error.call == CallOutcome::Answered, BatchResponse::is_bought) {
                    request.bought(call.texts.clone());
                }
                let BatchResponse { texts, model: made_by, unread, .. } = match reply {
                    Ok(reply) => reply,
                    Err(error) => {
                        failure = failure.or(Some(error));
                        continue;
                    }
                };
                model = made_by.map(|name| foreign::name(&name, &self.redactor)).or(model);
                let Some(unread) = unread else {
                    for ((index, answer), candidate) in call.texts.zip(texts).zip(candidates) {
                        let before = numbers.get(index).copied().unwrap_or_default();
                        *candidate = Some(read(&request, index, dialect, before, &answer));
                    }
                    continue;
                };
                let left = request.purchases_left(call.texts.clone());
                if refuses_all || !pending.bisect(&call, unread.cause == Cause::Length, left) {
                    candidates.fill(Some(Err(unread.reason)));
                }
            }
        }
        match failure {
            None => Ok(EngineResponse { candidates: candidates.into_iter().flatten().collect(), model }),
            Some(error) => Err(EngineError { partial: Some(Box::new(Partial { candidates, model })), ..error }),
        }
    }

    async fn estimate(&self, request: EngineRequest<'_>) -> Result<u64, EngineError> {
        let pair = self.pair(request.source, request.target, false).await?;
        let written = self.written(&request, pair.target.dialect);
        let batches = self.vendor.limits().batches(&written);
        let orders = batches.into_iter().filter_map(|batch| written.get(batch)).map(|texts| BatchRequest {
            source: &pair.source,
            locale: request.target,
            target: &pair.target,
            texts,
            context: self.context(&request),
        });
        Ok(orders.map(|batch| self.vendor.billed_for(&batch)).sum())
    }

    async fn check(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.pair(source, target, true).await.map(drop)
    }

    async fn capabilities(&self, source: &Locale, target: &Locale) -> Result<Capabilities, EngineError> {
        let Pair { target, .. } = self.pair(source, target, false).await?;
        Ok(Capabilities {
            code: Some(target.code),
            markup: target.dialect.is_some(),
            formality: target.has_formality,
            glossary: target.has_glossary,
        })
    }

    fn judge(&self, is_usable: bool) {
        self.layers.judge(is_usable);
    }

    fn limits(&self) -> String {
        let Limits { texts, size, unit, .. } = self.vendor.limits();
        let calls = format!("{} and {size} {unit} per call", counted(texts, "text"));
        match self.vendor.extras() {
            "" => calls,
            extras => format!("{calls}; {extras}"),
        }
    }
}
