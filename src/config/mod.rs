//! Configuration: a TOML file and environment variables come in, plain data goes out, or every problem at once.
//! The defaults are written once, in `default.toml`, which is embedded and printed by `polypost config default`.

mod engines;
mod glossary;
mod locales;
mod log;
mod organisation;
mod publish;
mod server;
mod store;
mod worker;

pub use engines::{Apertium, Engines, Neural};
pub use glossary::Glossary;
pub use locales::Locales;
pub use log::{Log, LogFormat};
pub use organisation::Organisation;
pub use publish::{Publish, Secret};
pub use server::Server;
pub use store::Store;
pub use worker::Worker;

use serde::Deserialize;

/// The embedded defaults, which are the documentation too.
pub const DEFAULT: &str = include_str!("default.toml");

/// Everything that can be configured.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub organisation: Organisation,
    pub locales: Locales,
    pub store: Store,
    pub server: Server,
    pub publish: Publish,
    pub worker: Worker,
    pub glossary: Glossary,
    pub engines: Engines,
    pub log: Log,
}
