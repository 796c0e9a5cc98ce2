//! Engines that are somebody's service over HTTP: what they have in common. A vendor's own file says what it takes, what
//! it is asked and what its answers mean; choosing codes, writing markup, cutting into calls and reading back is done
//! here, for all of them alike.

mod batches;
mod caller;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::time::Instant;

pub(super) use batches::{Limits, as_json};
pub(super) use caller::{Caller, Received};

use super::elements::{self, Dialect};
use super::{Answer, Candidate, Engine, EngineError, ErrorKind, Marks, Means, Request, codes};
use crate::config::Contract;
use crate::locale::Locale;

/// How long a vendor's list of languages is believed.
const LANGUAGES_LIFE: Duration = Duration::from_hours(1);

/// One vendor's service.
#[async_trait]
pub(super) trait Vendor: Send + Sync {
    /// As in configuration and provenance.
    fn name(&self) -> &'static str;

    /// What one call takes.
    fn limits(&self) -> Limits;

    /// What it translates between, by its own codes, from its own list.
    async fn languages(&self) -> Result<Languages, EngineError>;

    /// Translates one call's texts; as many answers as texts, by position, or an error.
    async fn send(&self, order: Order<'_>) -> Result<Reply, EngineError>;

    /// What it bills for a text as it is sent: characters, unless the vendor has another unit.
    fn billed(&self, written: &str) -> u64 {
        written.chars().count() as u64
    }

    /// What else it takes for a target, in words, for `polypost engines`.
    fn extras(&self) -> &'static str;
}

/// What a vendor translates between.
#[derive(Clone, Debug, Default)]
pub(super) struct Languages {
    pub(super) sources: Vec<String>,
    pub(super) targets: Vec<Target>,
}

/// A language that a vendor translates into.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) code: String,
    /// The markup that it keeps there; without any, placeholders go as text.
    pub(super) dialect: Option<Dialect>,
    /// Whether it is told how to address the reader.
    pub(super) has_formality: bool,
}

/// One call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Order<'run> {
    pub(super) source: &'run str,
    pub(super) target: &'run Target,
    /// As markup, where the target has a dialect.
    pub(super) texts: &'run [String],
    pub(super) context: Option<&'run str>,
}

/// What came of a call.
#[derive(Clone, Debug, Default)]
pub(super) struct Reply {
    /// An empty one declines its text.
    pub(super) texts: Vec<String>,
    /// The model or version as the vendor names it.
    pub(super) model: Option<String>,
    /// What the vendor says that it bills for the call, where it says so.
    pub(super) billed: Option<u64>,
}

/// A vendor as an engine.
pub(super) struct Remote<V> {
    vendor: V,
    languages: tokio::sync::Mutex<Option<(Instant, Arc<Languages>)>>,
}

/// The codes that stand for two locales.
struct Pair {
    source: String,
    target: Target,
}

impl<V: Vendor> Remote<V> {
    pub(super) fn new(vendor: V, _contract: &Contract, _means: &Means) -> Self {
        Self { vendor, languages: tokio::sync::Mutex::default() }
    }

    /// The vendor's list, asked for at most once an hour unless `fresh`; simultaneous askers share one question.
    async fn languages(&self, fresh: bool) -> Result<Arc<Languages>, EngineError> {
        let mut known = self.languages.lock().await;
        if let Some((since, languages)) = known.as_ref().filter(|_| !fresh)
            && since.elapsed() < LANGUAGES_LIFE
        {
            return Ok(Arc::clone(languages));
        }
        let languages = Arc::new(self.vendor.languages().await?);
        *known = Some((Instant::now(), Arc::clone(&languages)));
        Ok(languages)
    }

    async fn pair(&self, source: &Locale, target: &Locale, fresh: bool) -> Result<Pair, EngineError> {
        let languages = self.languages(fresh).await?;
        let closest = |locale: &Locale, offered: &[&str]| {
            codes::closest(locale, offered).ok_or_else(|| {
                let message = format!("`{locale}` is not among its languages: {}", offered.join(", "));
                EngineError::new(self.vendor.name(), ErrorKind::Rejected, message)
            })
        };
        let sources: Vec<&str> = languages.sources.iter().map(String::as_str).collect();
        let targets: Vec<&str> = languages.targets.iter().map(|target| target.code.as_str()).collect();
        let (from, to) = (closest(source, &sources)?, closest(target, &targets)?);
        Ok(Pair { source: languages.sources[from].clone(), target: languages.targets[to].clone() })
    }

    /// The texts as they are sent.
    fn written(request: &Request<'_>, dialect: Option<Dialect>) -> Vec<String> {
        let text = |(index, text): (usize, &String)| match dialect {
            Some(dialect) => elements::encode(text, request.stretches_of(index), dialect),
            None => text.clone(),
        };
        request.texts.iter().enumerate().map(text).collect()
    }
}

#[async_trait]
impl<V: Vendor> Engine for Remote<V> {
    fn name(&self) -> &str {
        self.vendor.name()
    }

    /// As elements, whose places the answer shows.
    fn marks(&self) -> &[Marks] {
        &[Marks::Aligned, Marks::Placeholders]
    }

    async fn prepare(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.pair(source, target, false).await.map(drop)
    }

    async fn translate(&self, request: Request<'_>) -> Result<Answer, EngineError> {
        let pair = self.pair(request.source, request.target, false).await?;
        let dialect = pair.target.dialect;
        let written = Self::written(&request, dialect);
        let limits = self.vendor.limits();
        let too_long = || Err(format!("longer than the {} {} of one call", limits.size, limits.unit));
        let mut candidates: Vec<Candidate> = written.iter().map(|_| too_long()).collect();
        let mut model = None;
        for batch in limits.batches(&written) {
            let texts = written.get(batch.clone()).unwrap_or_default();
            let order = Order { source: &pair.source, target: &pair.target, texts, context: request.context };
            let reply = self.vendor.send(order).await?;
            if reply.texts.len() != texts.len() {
                let message = format!("answered {} texts of {}", reply.texts.len(), texts.len());
                return Err(EngineError::new(self.name(), ErrorKind::Transient { after: None }, message));
            }
            model = reply.model.or(model);
            for (index, answer) in batch.zip(reply.texts) {
                let Some((candidate, text)) = candidates.get_mut(index).zip(request.texts.get(index)) else { continue };
                *candidate = match dialect {
                    _ if answer.is_empty() && !text.is_empty() => Err("the answer is empty".to_owned()),
                    Some(dialect) => elements::decode(text, request.stretches_of(index), dialect, &answer),
                    None => Ok(answer.into()),
                };
            }
        }
        Ok(Answer { candidates, model })
    }

    async fn check(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.pair(source, target, true).await.map(drop)
    }

    fn limits(&self) -> String {
        let Limits { texts, size, unit, .. } = self.vendor.limits();
        format!("{texts} texts and {size} {unit} per call; {}", self.vendor.extras())
    }
}
