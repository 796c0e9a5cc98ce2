//! `[engines]`: the route and the engines' own settings.

use std::path::PathBuf;

use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engines {
    pub route: Vec<String>,
    pub neural: Neural,
    pub apertium: Apertium,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Neural {
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

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Apertium {
    pub url: String,
    pub connect_timeout_seconds: u64,
    pub request_timeout_seconds: u64,
    pub pivots: Vec<String>,
}
