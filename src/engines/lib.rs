//! Engines: adapters of machine translation services, and of the models in this process. They know nothing of incidents,
//! stores or checks; what they answer is not trusted, and is checked elsewhere. `registry` has the table of engines,
//! `layers` what is done around every call.

mod amazon;
pub mod apertium;
mod azure;
mod cached_list;
mod contract;
mod deepl;
mod dependencies;
mod destinations;
mod elements;
mod error;
pub mod foreign;
mod glossaries;
mod google;
mod http;
mod language_codes;
mod layers;
mod ledger;
mod libretranslate;
mod modernmt;
pub mod neural;
mod openai;
mod pivot;
mod placeholder;
pub mod pseudo;
mod purchases;
mod redactor;
pub mod registry;
mod request;
pub mod route;
mod section;
mod sentences;
mod translated_text;
mod vendor;

use async_trait::async_trait;
use serde::Serialize;

pub use contract::Contract;
pub use dependencies::EngineDependencies;
pub use error::{CallOutcome, EngineError, ErrorKind, Partial};
pub use ledger::{Booking, BookingReceipt, Bounds, Exhausted, Ledger, LedgerError};
pub use purchases::{MAX_PURCHASES, Purchases};
pub use redactor::Redactor;
pub use registry::{EngineName, EngineSettings};
pub use request::{Candidate, EngineRequest, EngineResponse};
pub use route::Routes;
pub use translated_text::TranslatedText;

use polypost_core::locale::Locale;
use polypost_core::segment::Spelling;

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
    /// Whether the service has glossaries. The program's own applies with every engine, and needs none of them.
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

/// `1 text`, `2 texts`; for nouns whose plural has an `s`.
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
