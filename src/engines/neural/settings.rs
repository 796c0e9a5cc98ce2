//! `[engines.neural]`: the settings of the embedded engine.

use std::path::PathBuf;
use std::sync::Arc;

use serde::Deserialize;

use super::Neural;
use crate::section::EngineSection;
use crate::{Engine, EngineDependencies, EngineError};
use polypost_settings::Violations;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeuralSettings {
    /// Empty: the user's cache directory.
    pub directory: PathBuf,
    pub records_url: String,
    pub files_url: String,
    pub fetch: bool,
    pub connect_timeout_seconds: u64,
    pub failure_memory_minutes: u64,
    /// 0: as many as there are processors.
    pub threads: usize,
    pub batch_sentences: usize,
}

impl EngineSection for NeuralSettings {
    fn check(&self, violations: &mut Violations) {
        violations.web_address("engines.neural.records_url", &self.records_url);
        violations.web_address("engines.neural.files_url", &self.files_url);
        violations.range("engines.neural.connect_timeout_seconds", self.connect_timeout_seconds, 1, 300);
        violations.range("engines.neural.failure_memory_minutes", self.failure_memory_minutes, 0, 24 * 60);
        violations.range("engines.neural.threads", u64::try_from(self.threads).unwrap_or(u64::MAX), 0, 256);
        let batch_sentences = u64::try_from(self.batch_sentences).unwrap_or(u64::MAX);
        violations.range("engines.neural.batch_sentences", batch_sentences, 1, 256);
    }

    fn build(&self, dependencies: &EngineDependencies) -> Result<Arc<dyn Engine>, EngineError> {
        Ok(Arc::new(Neural::new(self, dependencies)?))
    }

    fn addresses(&self) -> Vec<&str> {
        vec![&self.records_url, &self.files_url]
    }
}
