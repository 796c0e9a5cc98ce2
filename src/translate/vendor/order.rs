//! What a vendor is asked and what it answers, in the house's terms.

use crate::locale::Locale;
use crate::translate::elements::Dialect;

/// In a list of languages: any locale, by its own tag (RFC 4647 section 2.1).
pub(in crate::translate) const ANY: &str = "*";

/// What a vendor translates between: codes, or [`ANY`].
#[derive(Clone, Debug, Default)]
pub(in crate::translate) struct Languages {
    pub(in crate::translate) sources: Vec<String>,
    pub(in crate::translate) targets: Vec<Target>,
}

/// A language that a vendor translates into.
#[derive(Clone, Debug)]
pub(in crate::translate) struct Target {
    pub(in crate::translate) code: String,
    /// The markup that it keeps there; without any, placeholders go as text.
    pub(in crate::translate) dialect: Option<Dialect>,
    /// Whether it is told how to address the reader.
    pub(in crate::translate) has_formality: bool,
    /// Whether the service has glossaries for it.
    pub(in crate::translate) has_glossary: bool,
}

/// One call.
#[derive(Clone, Copy, Debug)]
pub(in crate::translate) struct Order<'run> {
    pub(in crate::translate) source: &'run str,
    /// The house's own name of the target.
    pub(in crate::translate) locale: &'run Locale,
    pub(in crate::translate) target: &'run Target,
    /// As markup, where the target has a dialect.
    pub(in crate::translate) texts: &'run [String],
    pub(in crate::translate) context: Option<&'run str>,
}

/// What came of a call.
#[derive(Clone, Debug, Default)]
pub(in crate::translate) struct Reply {
    /// An empty one declines its text.
    pub(in crate::translate) texts: Vec<String>,
    /// The model or version as the vendor names it.
    pub(in crate::translate) model: Option<String>,
    /// What the vendor says that it bills for the call, where it says so.
    pub(in crate::translate) billed: Option<u64>,
    /// Why there are none, although there may be of fewer texts at once: they are asked for again in parts, and one alone
    /// is declined.
    pub(in crate::translate) unread: Option<Unread>,
}

impl Reply {
    /// Whether it has to be paid for.
    pub(in crate::translate) fn is_bought(&self) -> bool {
        self.billed != Some(0)
    }
}

/// Why a call came to nothing.
#[derive(Clone, Debug)]
pub(in crate::translate) struct Unread {
    pub(in crate::translate) reason: String,
    pub(in crate::translate) cause: Cause,
}

/// What made a call come to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::translate) enum Cause {
    /// The length of what was sent: fewer texts are sure to be taken in the end, and nothing was billed.
    Length,
    /// It will not translate one of the texts, or any.
    Refusal,
    /// What it answered cannot be read.
    Answer,
}
