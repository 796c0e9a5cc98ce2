//! Engines: protected texts come in, candidates go out. Adapters speak to machine translation and to nothing else of
//! the house; what they answer is not trusted, and is checked elsewhere.

mod admission;
mod amazon;
pub mod apertium;
mod azure;
mod codes;
mod deepl;
mod elements;
mod google;
mod http;
mod ledger;
mod libretranslate;
mod means;
mod modernmt;
pub mod neural;
mod openai;
mod placeholder;
pub mod pseudo;
pub mod route;
mod sentences;
mod translation;
mod vendor;

use std::fmt;
use std::ops::Range;
use std::time::Duration;

use async_trait::async_trait;

pub use ledger::{Booking, Bounds, Exhausted, Ledger, LedgerError};
pub use means::Means;
pub use translation::Translation;

use crate::locale::Locale;
use crate::segment::Spelling;

/// A batch of texts for one target locale.
#[derive(Clone, Debug)]
pub struct Request<'run> {
    pub source: &'run Locale,
    pub target: &'run Locale,
    /// Protected texts: placeholders where facts were. Each one block; engines that want sentences split themselves.
    pub texts: &'run [String],
    /// For each text, by position, the stretches (in bytes) whose place in the translation is wanted. A text that has
    /// none, or no entry, is translated without an alignment.
    pub stretches: &'run [Vec<Range<usize>>],
    /// What the texts are about, for engines that read along: the report's title.
    pub context: Option<&'run str>,
}

impl Request<'_> {
    /// What is wanted of the text at `index`.
    #[must_use]
    pub fn stretches_of(&self, index: usize) -> &[Range<usize>] {
        self.stretches.get(index).map_or(&[], Vec::as_slice)
    }
}

/// An engine's answer: as many candidates as texts, by position.
#[derive(Clone, Debug)]
pub struct Answer {
    pub candidates: Vec<Candidate>,
    /// The model or version as the engine names it; the translation memory tells it, and does not key by it.
    pub model: Option<String>,
}

/// One text's outcome: the translation, or why the engine would not translate just this one.
pub type Candidate = Result<Translation, String>;

/// How paired inline codes (bold, italics, links) may cross an engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// As placeholders, like facts.
    Placeholders,
    /// Not at all: they are taken out of the text, and put where the engine's alignment says that their words went.
    Aligned,
}

/// A machine translation engine.
#[async_trait]
pub trait Engine: Send + Sync {
    /// As in configuration and provenance: `neural`, `apertium`, `deepl`, `pseudo`.
    fn name(&self) -> &str;

    /// The placeholder spellings to try for a target that it is [prepared](Self::prepare) for, the one that survives best
    /// first. One where they are not sent as text.
    fn spellings(&self, _target: &Locale) -> &[Spelling] {
        &[Spelling::Bracketed, Spelling::Underscored]
    }

    /// The ways to bring paired inline codes across to a target that it is prepared for, the one that keeps text and codes best first.
    fn marks(&self, _target: &Locale) -> &[Marks] {
        &[Marks::Placeholders]
    }

    /// Makes ready to translate between the two locales (fetches a model, asks the server for its pairs), cheaply
    /// when repeated.
    ///
    /// # Errors
    /// Why it cannot serve them, with what to do about it.
    async fn prepare(&self, source: &Locale, target: &Locale) -> Result<(), EngineError>;

    /// Translates a batch.
    ///
    /// # Errors
    /// Where the whole batch failed. A single text that it declines is an `Err` candidate instead.
    async fn translate(&self, request: Request<'_>) -> Result<Answer, EngineError>;

    /// What it would bill for a batch, in its own unit; nothing is translated, and no model fetched.
    ///
    /// # Errors
    /// Where it cannot serve the locales.
    async fn estimate(&self, request: Request<'_>) -> Result<u64, EngineError> {
        self.check(request.source, request.target).await?;
        Ok(request.texts.iter().map(|text| text.chars().count() as u64).sum())
    }

    /// Asks whether it could serve the two locales at this moment. Unlike [`prepare`](Self::prepare) it fetches no
    /// model, and it does not trust what it knew a minute ago.
    ///
    /// # Errors
    /// Why it could not, with what to do about it.
    async fn check(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.prepare(source, target).await
    }

    /// What it takes at once, in words, for `polypost engines`.
    fn limits(&self) -> String {
        "none".to_owned()
    }
}

/// What a failure asks of the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Worth another try, after the given time where the engine said one.
    Transient { after: Option<Duration> },
    /// The contract's volume is used up.
    Quota,
    /// The engine will never do this: the locale or the input is not its own.
    Rejected,
    /// The engine is not in order and will not be until somebody acts: no key, no model, a broken file.
    Broken,
}

/// Why an engine did not serve.
#[derive(Debug, thiserror::Error)]
#[error("engine `{engine}`: {message}{}", Hint(.hint.as_deref()))]
pub struct EngineError {
    pub engine: String,
    pub kind: ErrorKind,
    pub message: String,
    /// What the operator can do.
    pub hint: Option<String>,
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
    /// Whether the call may have been billed all the same: it was sent, and what came of it is not known.
    pub perhaps_billed: bool,
    /// Whether no call was made, because of what earlier ones came to.
    pub is_paused: bool,
}

struct Hint<'text>(Option<&'text str>);

impl fmt::Display for Hint<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |hint| write!(formatter, " (hint: {hint})"))
    }
}

impl EngineError {
    #[must_use]
    pub fn new(engine: &str, kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            engine: engine.to_owned(),
            kind,
            message: message.into(),
            hint: None,
            source: None,
            perhaps_billed: false,
            is_paused: false,
        }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub fn perhaps_billed(self) -> Self {
        Self { perhaps_billed: true, ..self }
    }

    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}
