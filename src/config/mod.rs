//! Reads the configuration from a TOML file and environment variables as plain data, or reports every problem at once.
//! The defaults are written once, in `default.toml`, which is embedded and printed by `polypost config default`.
//!
//! A section is a file: its data, and what it has to say against values that have the right type.

mod error;
mod fit;
mod glossary;
mod leaves;
mod load;
mod locales;
mod log;
mod organisation;
mod publish;
mod redaction;
mod server;
#[cfg(test)]
mod tests;
mod variables;
mod worker;

pub use error::{ConfigError, ConfigErrors, ValueOrigin};
pub use glossary::GlossarySettings;
pub use locales::LocalesSettings;
pub use log::{LogFormat, LogSettings};
pub use organisation::OrganisationSettings;
pub use publish::PublishSettings;
pub use server::{ServerSettings, listening_address};
pub use worker::WorkerSettings;

use std::path::Path;

pub use polypost_engines::EngineSettings;
pub use polypost_settings::DEFAULT;
use polypost_settings::Violations;
pub use polypost_store::config::StoreSettings;
use serde::Deserialize;

use load::Merged;

/// Everything that can be configured.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub organisation: OrganisationSettings,
    pub locales: LocalesSettings,
    pub store: StoreSettings,
    pub server: ServerSettings,
    pub publish: PublishSettings,
    pub worker: WorkerSettings,
    pub glossary: GlossarySettings,
    pub engines: EngineSettings,
    pub log: LogSettings,
}

impl Config {
    /// The defaults, with the file's values laid over them and then the environment's (`POLYPOST_SECTION__KEY`,
    /// converted by the type of the default, lists separated by commas). Other variables are ignored.
    ///
    /// # Errors
    /// Everything that is wrong, with file and line or variable, key, value (secrets redacted) and what is expected.
    pub fn load(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigErrors> {
        Merged::of(file, environment).config()
    }

    fn violations(&self) -> Violations {
        let mut violations = Violations::default();
        self.organisation.check(&mut violations);
        self.locales.check(&mut violations);
        self.store.check(&mut violations);
        self.server.check(&mut violations);
        self.publish.check(&mut violations);
        self.worker.check(&mut violations);
        self.engines.check(&mut violations);
        self.log.check(&mut violations);
        violations
    }
}

/// Where the value in force of a key was written, for what only its use shows to be wrong.
#[must_use]
pub fn origin(file: Option<&Path>, environment: impl Iterator<Item = (String, String)>, key: &str) -> ValueOrigin {
    Merged::of(file, environment).origin(key)
}

/// Whether the log is JSON, also of a configuration with which something else is wrong: it is said in the log's form.
#[must_use]
pub fn is_log_json(file: Option<&Path>, environment: impl Iterator<Item = (String, String)>) -> bool {
    Merged::of(file, environment).text("log.format") == Some("json")
}

/// What is in force as TOML: secrets redacted, and behind each value that is not a default where it comes from.
///
/// # Errors
/// As [`Config::load`].
pub fn in_force(
    file: Option<&Path>,
    environment: impl Iterator<Item = (String, String)>,
) -> Result<String, ConfigErrors> {
    let merged = Merged::of(file, environment);
    let text = merged.in_force();
    merged.config().map(|_| text)
}
