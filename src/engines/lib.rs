//! Engines: protected texts come in, candidates go out. Adapters speak to machine translation and to nothing else of
//! the house; what they answer is not trusted, and is checked elsewhere.

mod admission;
mod amazon;
pub mod apertium;
mod azure;
mod cached_list;
pub mod config;
mod deepl;
mod dependencies;
mod destinations;
mod elements;
pub mod foreign;
mod gathering;
mod glossaries;
mod google;
mod http;
mod language_codes;
mod ledger;
mod libretranslate;
mod modernmt;
pub mod neural;
mod openai;
mod pivot;
mod placeholder;
mod priority_limiter;
pub mod pseudo;
mod purchases;
mod redactor;
pub mod route;
mod sentences;
mod sharing;
mod translated_text;
mod vendor;

use std::fmt;
use std::ops::Range;
use std::time::Duration;

use async_trait::async_trait;
use serde::Serialize;
use tokio_util::sync::CancellationToken;

pub use dependencies::EngineDependencies;
pub use ledger::{Booking, BookingReceipt, Bounds, Exhausted, Ledger, LedgerError};
pub use purchases::{MAX_PURCHASES, Purchases};
pub use redactor::Redactor;
pub use route::Routes;
pub use translated_text::TranslatedText;

use polypost_core::locale::Locale;
use polypost_core::segment::Spelling;

/// A batch of texts for one target locale.
#[derive(Clone, Debug)]
pub struct EngineRequest<'run> {
    pub source: &'run Locale,
    pub target: &'run Locale,
    /// Protected texts: placeholders where facts were. Each one block; engines that want sentences split themselves.
    pub texts: &'run [String],
    /// For each text, by position, the spans (in bytes) whose place in the translation is wanted. A text that has
    /// none, or no entry, is translated without an alignment.
    pub spans: &'run [Vec<Range<usize>>],
    /// What the texts are about, for engines that read along: the report's title.
    pub context: Option<&'run str>,
    /// Whether readers wait for it now: a text of an open incident goes before all others, at every engine.
    pub is_urgent: bool,
    /// Cancelled once no further call is to be begun. What was answered by then is in the failure's [`Partial`]: it is
    /// paid for.
    pub cancellation: Option<&'run CancellationToken>,
    /// Where it is counted how often each text is bought, and said how often it may be; `None`: [`MAX_PURCHASES`], and
    /// nobody counts.
    pub purchases: Option<&'run Purchases>,
}

impl<'run> EngineRequest<'run> {
    /// Texts and nothing else: no spans are wanted, there is no context, nobody waits, and there is time.
    #[must_use]
    pub fn new(source: &'run Locale, target: &'run Locale, texts: &'run [String]) -> Self {
        Self { source, target, texts, spans: &[], context: None, is_urgent: false, cancellation: None, purchases: None }
    }

    /// What comes of `waiting`; `None` where no further call is to be begun before it ends.
    async fn until_cancelled<T>(&self, waiting: impl Future<Output = T>) -> Option<T> {
        let Some(ending) = self.cancellation else { return Some(waiting.await) };
        tokio::select! {
            biased;
            () = ending.cancelled() => None,
            done = waiting => Some(done),
        }
    }

    /// How often all of these texts may still be bought.
    fn purchases_left(&self, texts: Range<usize>) -> u32 {
        self.purchases.map_or(MAX_PURCHASES, |purchases| purchases.remaining(texts))
    }

    /// Says that who makes the calls counts what is bought.
    fn counts_purchases(&self) {
        if let Some(purchases) = self.purchases {
            purchases.are_counted();
        }
    }

    /// Counts that these texts were bought once more.
    fn bought(&self, texts: Range<usize>) {
        if let Some(purchases) = self.purchases {
            texts.for_each(|index| purchases.add(index, 1));
        }
    }

    /// What is wanted of the text at `index`.
    #[must_use]
    pub fn spans_of(&self, index: usize) -> &[Range<usize>] {
        self.spans.get(index).map_or(&[], Vec::as_slice)
    }
}

/// An engine's answer: as many candidates as texts, by position.
#[derive(Clone, Debug)]
pub struct EngineResponse {
    pub candidates: Vec<Candidate>,
    /// The model or version as the engine names it. Kept with the text; the translation memory's keys have the one that
    /// was asked for ([`Engine::variant`]), so that a vendor's silent update changes nothing that is published.
    pub model: Option<String>,
}

/// One text's outcome: the translation, or why the engine would not translate just this one.
pub type Candidate = Result<TranslatedText, String>;

/// How paired inline codes (bold, italics, links) may cross an engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// As placeholders, like facts.
    Placeholders,
    /// Not at all: they are taken out of the text, and put where the engine's alignment says that their words went.
    Aligned,
}

/// What an engine would bill for a batch, in its own unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillableUnits {
    pub engine: String,
    pub units: u64,
}

/// In which way an engine serves a locale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Capabilities {
    /// What the engine calls the locale; `None` where it has no codes.
    pub code: Option<String>,
    /// Whether placeholders and marks go as elements, which it keeps; else as text.
    pub markup: bool,
    /// Whether it is told how to address the reader.
    pub formality: bool,
    /// Whether the service has glossaries. The house's own holds with every engine, and needs none of them.
    pub glossary: bool,
}

/// A machine translation engine.
#[async_trait]
pub trait Engine: Send + Sync {
    /// As in configuration and provenance: `neural`, `apertium`, `deepl`, `pseudo`.
    fn name(&self) -> &str;

    /// What of its settings decides its wording in a locale: formality, a custom model, a glossary that it keeps. Texts
    /// that were made by other settings are not taken from the translation memory.
    fn variant(&self, _target: &Locale) -> String {
        String::new()
    }

    /// The placeholder spellings to try for a target that it is [prepared](Self::prepare) for, the one that survives
    /// best first. One where they are not sent as text.
    fn spellings(&self, _target: &Locale) -> &[Spelling] {
        &[Spelling::Bracketed, Spelling::Underscored]
    }

    /// The ways to bring paired inline codes across to a target that it is prepared for, the one that keeps text and
    /// codes best first.
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
    /// Where not all of the batch was translated. A single text that it declines is an `Err` candidate instead.
    async fn translate(&self, request: EngineRequest<'_>) -> Result<EngineResponse, EngineError>;

    /// What it would bill for a batch, in its own unit; nothing is translated, and no model fetched.
    ///
    /// # Errors
    /// Where it cannot serve the locales.
    async fn estimate(&self, request: EngineRequest<'_>) -> Result<u64, EngineError> {
        self.check(request.source, request.target).await?;
        Ok(request.texts.iter().map(|text| text.chars().count() as u64).sum())
    }

    /// As [`estimate`](Self::estimate), by the engines that bill: those that it is made of, where it is made of others.
    ///
    /// # Errors
    /// As [`estimate`](Self::estimate).
    async fn billable_units(&self, request: EngineRequest<'_>) -> Result<Vec<BillableUnits>, EngineError> {
        let units = self.estimate(request).await?;
        Ok(vec![BillableUnits { engine: self.name().to_owned(), units }])
    }

    /// In which way it serves two locales, by what is known of them; no model is fetched.
    ///
    /// # Errors
    /// Where it cannot serve them.
    async fn capabilities(&self, _source: &Locale, _target: &Locale) -> Result<Capabilities, EngineError> {
        Ok(Capabilities::default())
    }

    /// Asks whether it could serve the two locales at this moment. Unlike [`prepare`](Self::prepare) it fetches no
    /// model, and it does not trust what it knew a minute ago.
    ///
    /// # Errors
    /// Why it could not, with what to do about it.
    async fn check(&self, source: &Locale, target: &Locale) -> Result<(), EngineError> {
        self.prepare(source, target).await
    }

    /// Whether its answers are paid for, so that how often it is asked for the same text has a bound.
    fn bills(&self) -> bool {
        true
    }

    /// Told of everything that a job bought here what came of it: whether any of the texts could be used. What nobody
    /// can use is a failure, although calls were answered.
    fn judge(&self, _is_usable: bool) {}

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

/// `1 text`, `2 texts`; for nouns whose plural has an `s`.
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Why an engine did not serve.
#[expect(clippy::struct_excessive_bools, reason = "each answers another question of those who ask")]
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
    /// Whether one of the texts may have caused it: fewer at once may be translated. Never where it is about the
    /// locales or the call as such.
    pub is_about_texts: bool,
    /// The status (RFC 9110 section 15) that the service refused with, if it did.
    pub status: Option<u16>,
    /// Whether no call was made, because of what earlier ones came to.
    pub is_paused: bool,
    /// Whether the service answered in its own form, although not what it was asked: that is paid for, and asking at
    /// once again may be, too.
    pub was_answered: bool,
    /// What was translated all the same, by position: it has been paid for.
    pub partial: Option<Box<Partial>>,
}

/// The part of a batch that was translated before an engine failed.
#[derive(Clone, Debug, Default)]
pub struct Partial {
    /// `None` where the engine was not asked, or did not answer.
    pub candidates: Vec<Option<Candidate>>,
    pub model: Option<String>,
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
            is_about_texts: false,
            status: None,
            is_paused: false,
            was_answered: false,
            partial: None,
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

    /// Billed in all likelihood: the service answered, but not what it was asked.
    #[must_use]
    pub fn was_answered(self) -> Self {
        Self { was_answered: true, ..self.perhaps_billed() }
    }

    /// Of a request that no further call was to be begun for.
    fn cancelled(engine: &str) -> Self {
        Self::new(engine, ErrorKind::Transient { after: None }, "it was not asked any more: there is no more time")
    }

    /// Says whether one of the texts may have caused it; what is no refusal is never their fault.
    #[must_use]
    pub fn about_texts(self, may_be: bool) -> Self {
        Self { is_about_texts: may_be && self.kind == ErrorKind::Rejected, ..self }
    }

    /// The same for somebody else who asked: without its source, which has one owner, and without anybody's texts.
    fn without_source(&self) -> Self {
        Self {
            hint: self.hint.clone(),
            perhaps_billed: self.perhaps_billed,
            is_about_texts: self.is_about_texts,
            status: self.status,
            is_paused: self.is_paused,
            was_answered: self.was_answered,
            ..Self::new(&self.engine, self.kind, self.message.clone())
        }
    }

    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}
