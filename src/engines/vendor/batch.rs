//! What a vendor is asked and what it answers, in the program's terms.

use crate::elements::Dialect;
use polypost_core::locale::Locale;

/// In a list of languages: any locale, by its own tag (RFC 4647 section 2.1).
pub(crate) const ANY: &str = "*";

/// What a vendor translates between: codes, or [`ANY`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Languages {
    pub(crate) sources: Vec<String>,
    pub(crate) targets: Vec<Target>,
}

/// A language that a vendor translates into.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) code: String,
    /// The markup that it keeps there; without any, placeholders go as text.
    pub(crate) dialect: Option<Dialect>,
    /// Whether it is told how to address the reader.
    pub(crate) has_formality: bool,
    /// Whether the service has glossaries for it.
    pub(crate) has_glossary: bool,
}

/// One call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BatchRequest<'run> {
    pub(crate) source: &'run str,
    /// The program's own name of the target.
    pub(crate) locale: &'run Locale,
    pub(crate) target: &'run Target,
    /// As markup, where the target has a dialect.
    pub(crate) texts: &'run [String],
    pub(crate) context: Option<&'run str>,
}

/// What came of a call.
#[derive(Clone, Debug, Default)]
pub(crate) struct BatchResponse {
    /// An empty one declines its text.
    pub(crate) texts: Vec<String>,
    /// The model or version as the vendor names it.
    pub(crate) model: Option<String>,
    /// What the vendor says that it bills for the call, where it says so.
    pub(crate) billed: Option<u64>,
    /// Why there are none, although there may be of fewer texts at once: they are asked for again in parts, and one
    /// alone is declined.
    pub(crate) unread: Option<BatchFailure>,
}

impl BatchResponse {
    /// Whether it has to be paid for.
    pub(crate) fn is_bought(&self) -> bool {
        self.billed != Some(0)
    }
}

/// Why a call came to nothing.
#[derive(Clone, Debug)]
pub(crate) struct BatchFailure {
    pub(crate) reason: String,
    pub(crate) cause: Cause,
}

/// What made a call come to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The length of what was sent: fewer texts are sure to be taken in the end, and nothing was billed.
    Length,
    /// It will not translate one of the texts, or any.
    Refusal,
    /// What it answered cannot be read.
    Unreadable,
}
