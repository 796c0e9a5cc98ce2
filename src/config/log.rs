//! `[log]`: what is written to stderr.

use serde::Deserialize;
use tracing_subscriber::EnvFilter;

use polypost_settings::Violations;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogSettings {
    pub filter: String,
    pub format: LogFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

impl LogSettings {
    pub(super) fn check(&self, violations: &mut Violations) {
        if let Err(error) = EnvFilter::try_new(&self.filter) {
            let message = format!(
                "expected `error`, `warn`, `info`, `debug`, `trace` or a filter such as `polypost=debug` ({error})"
            );
            violations.add("log.filter", message);
        }
    }
}
