//! Two real engines in a row: the neural one into Portuguese, and on to Spanish by Apertium.

use std::path::Path;
use std::sync::Arc;

use polypost::config;
use polypost_engines::{Engine, EngineDependencies, route};

pub const NAME: &str = "neural>pt>apertium";

/// What it is made of, if all of it is there.
pub fn settings() -> Option<config::EngineSettings> {
    let (models, url) = (crate::neural::models()?, crate::apertium::url()?);
    if !Path::new("/usr/share/apertium/modes/pt-es.mode").is_file() {
        crate::missing("apertium-es-pt is not there (tests/components/install.sh)");
        return None;
    }
    let mut settings = crate::program::settings().engines;
    settings.neural.directory = models;
    settings.neural.fetch = false;
    url.clone_into(&mut settings.apertium.url);
    Some(settings)
}

/// The engine, with the default settings and nothing to be fetched.
pub fn engine() -> Option<Arc<dyn Engine>> {
    Some(route::engine(&settings()?, NAME, &EngineDependencies::default()).expect("good settings"))
}
