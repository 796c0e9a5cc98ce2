//! Why an engine failed, as data: what it asks of the caller, what the call may have cost, and what was translated all
//! the same. The words are for people; nothing reads them back.

use std::time::Duration;

use crate::Candidate;
use polypost_core::quoting::Hint;

/// What a failure asks of the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Worth another try, after the given time where the engine said one.
    Transient { after: Option<Duration> },
    /// The contract's volume is used up.
    Quota,
    /// The engine will never do this: the locale or the input is not its own.
    Rejected,
    /// As `Rejected`, and one of the texts may have caused it: fewer at once may be translated. It does not leave the
    /// engine, which divides the texts or declines the one.
    TextsRejected,
    /// The engine is not in order and will not be until somebody acts: no key, no model, a broken file.
    Broken,
}

/// What became of the call that failed, which says whether it was paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallOutcome {
    /// No call was made, because of what earlier ones came to.
    Paused,
    /// It was not sent, or it was refused: nothing is billed.
    NotBilled,
    /// It was sent, and what came of it is not known: it may have been billed.
    Unknown,
    /// The service answered in its own form, although not what it was asked: that is paid for in all likelihood, and
    /// asking at once again may be, too.
    Answered,
}

impl CallOutcome {
    #[must_use]
    pub fn may_be_billed(self) -> bool {
        matches!(self, Self::Unknown | Self::Answered)
    }
}

/// Why an engine failed.
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
    /// What became of the call.
    pub call: CallOutcome,
    /// The status (RFC 9110 section 15) that the service refused with, if it did.
    pub status: Option<u16>,
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

impl EngineError {
    #[must_use]
    pub fn new(engine: &str, kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            engine: engine.to_owned(),
            kind,
            message: message.into(),
            hint: None,
            source: None,
            call: CallOutcome::NotBilled,
            status: None,
            partial: None,
        }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says what became of the call.
    #[must_use]
    pub fn after(self, call: CallOutcome) -> Self {
        Self { call, ..self }
    }

    /// Of a request that no further call was to be begun for.
    pub(crate) fn cancelled(engine: &str) -> Self {
        Self::new(engine, ErrorKind::Transient { after: None }, "it was not asked any more: there is no more time")
    }

    /// Says whether one of the texts may have caused it; what is no refusal is never their fault.
    #[must_use]
    pub fn about_texts(self, may_be: bool) -> Self {
        match self.kind {
            ErrorKind::Rejected if may_be => Self { kind: ErrorKind::TextsRejected, ..self },
            _ => self,
        }
    }

    /// Of a call that had no texts.
    pub(crate) fn without_texts(self) -> Self {
        match self.kind {
            ErrorKind::TextsRejected => Self { kind: ErrorKind::Rejected, ..self },
            _ => self,
        }
    }

    /// The same for somebody else who asked: without its source, which has one owner, and without anybody's texts.
    pub(crate) fn without_source(&self) -> Self {
        Self {
            hint: self.hint.clone(),
            status: self.status,
            call: self.call,
            ..Self::new(&self.engine, self.kind, self.message.clone())
        }
    }

    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}
