//! The one file that knows the order: a job comes in, its rendition goes out.

use std::sync::Arc;

use crate::l10n::Bundles;
use crate::locale::Locale;
use crate::render::Rendition;
use crate::segment::Glossary;
use crate::store::{Job, Store, StoreError};
use crate::translate::{Engine, EngineError};

/// Why a job did not end in a rendition.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the stored report cannot be read: {0}")]
    Document(String),
    #[error("no engine could translate into `{locale}`: {}", .failures.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    NoEngine { locale: Locale, failures: Vec<EngineError> },
    #[error("no engine named `{name}` is configured")]
    UnknownEngine { name: String },
}

/// Everything that turns a report into a translation.
pub struct Pipeline {
    pub store: Arc<dyn Store>,
    /// In order of preference.
    pub route: Vec<Arc<dyn Engine>>,
    pub bundles: Arc<Bundles>,
    pub glossary: Arc<Glossary>,
    pub source_locale: Locale,
}

impl Pipeline {
    /// Translates one revision into one locale.
    pub async fn translate(&self, _job: &Job) -> Result<Rendition, PipelineError> {
        unimplemented!()
    }
}
