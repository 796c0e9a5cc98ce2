//! What the engines of one process have in common.

use std::fmt;
use std::sync::Arc;

use super::ledger::{Ledger, NoLedger};
use super::redactor::Redactor;
use polypost_core::locale::Locale;
use polypost_core::segment::Glossary;

/// What engines are made with, beside their own settings.
#[derive(Clone)]
pub struct EngineDependencies {
    /// A proxy's address; empty: what the environment says.
    pub(super) proxy: String,
    pub(super) ledger: Arc<dyn Ledger>,
    /// What vendors may keep as glossaries, where it is known.
    pub(super) terms: Option<Terms>,
    /// What no message repeats.
    pub(super) redactor: Arc<Redactor>,
}

/// The program's names and terms, and what they are for.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    pub(super) glossary: Arc<Glossary>,
    /// The language that they are written in.
    pub(super) source: Locale,
    /// The locales that every report is translated into.
    pub(super) targets: Vec<Locale>,
}

impl Default for EngineDependencies {
    /// No proxy of our own, no terms, and nothing is booked.
    fn default() -> Self {
        Self { proxy: String::new(), ledger: Arc::new(NoLedger), terms: None, redactor: Arc::default() }
    }
}

impl EngineDependencies {
    /// For engines that work: what they bill is booked in the ledger.
    #[must_use]
    pub fn with_ledger(self, ledger: Arc<dyn Ledger>) -> Self {
        Self { ledger, ..self }
    }

    /// The secrets that no message of an engine repeats, to which others can be added.
    #[must_use]
    pub fn redactor(&self) -> &Redactor {
        &self.redactor
    }

    /// With the names and terms that vendors may keep as glossaries, by the language of reports and the locales that
    /// they are translated into.
    #[must_use]
    pub fn with_terms(self, glossary: Arc<Glossary>, source: &Locale, targets: &[Locale]) -> Self {
        Self { terms: Some(Terms { glossary, source: source.clone(), targets: targets.to_vec() }), ..self }
    }
}

impl fmt::Debug for EngineDependencies {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("EngineDependencies").finish_non_exhaustive()
    }
}
