//! The English-Portuguese model that `tests/components/fetch-model.sh` fetches.

use std::path::PathBuf;
use std::sync::Arc;

use polypost_engines::{Engine, EngineDependencies, route};

/// The directory of models with `en-pt` in it; `None` where it has not been fetched, which has been said then.
pub fn models() -> Option<PathBuf> {
    let models = polypost_test_support::repository().join(".components/models");
    if models.join("en-pt/manifest.json").is_file() {
        return Some(models);
    }
    crate::missing("the model en-pt is not there (tests/components/fetch-model.sh)");
    None
}

/// The engine on it, with the default settings and nothing to be fetched.
pub fn engine() -> Option<Arc<dyn Engine>> {
    let mut settings = crate::program::settings().engines;
    settings.neural.directory = models()?;
    settings.neural.fetch = false;
    Some(route::engine(&settings, "neural", &EngineDependencies::default()).expect("good settings"))
}
