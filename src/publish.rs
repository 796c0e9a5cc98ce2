//! Publishing: a report comes in from any channel, is read and rendered in its own language, and is stored together
//! with the wish for its translations. No engine is asked here.

use jiff::Timestamp;

use crate::config::Locales;
use crate::document::Report;
use crate::finding::Finding;
use crate::l10n::Bundles;
use crate::locale::Locale;
use crate::segment::Glossary;
use crate::store::{Published, Store, StoreError};

/// Why a report is not accepted. Nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The report itself is at fault: every problem, naming the field.
    #[error("the report cannot be published: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Refused(Vec<Problem>),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One thing wrong with a report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{field}`: {message}")]
pub struct Problem {
    /// As in INTERFACE section 4: `title`, `body`, `updates[2].body`.
    pub field: String,
    pub message: String,
}

/// What was published.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub outcome: Published,
    /// The locales asked for.
    pub locales: Vec<Locale>,
    /// What the source text gives cause to remark.
    pub findings: Vec<Finding>,
}

/// Reads, renders and stores a report.
pub async fn publish(
    _store: &dyn Store,
    _report: Report,
    _locales: &Locales,
    _bundles: &Bundles,
    _glossary: &Glossary,
    _now: Timestamp,
) -> Result<Receipt, PublishError> {
    unimplemented!()
}
