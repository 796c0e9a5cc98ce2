//! The English-Portuguese model that `tests/components/fetch-model.sh` fetches.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use polypost::translate::{Engine, Means, route};

/// The directory of models with `en-pt` in it; `None` where it has not been fetched, which has been said then.
pub(crate) fn models() -> Option<PathBuf> {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join(".components/models");
    if models.join("en-pt/manifest.json").is_file() {
        return Some(models);
    }
    super::missing("the model en-pt is not there (tests/components/fetch-model.sh)");
    None
}

/// The engine on it, with the default settings and nothing to be fetched.
pub(crate) fn engine() -> Option<Arc<dyn Engine>> {
    let mut settings = super::house::settings().engines;
    settings.neural.directory = models()?;
    settings.neural.fetch = false;
    Some(route::engine(&settings, "neural", &Means::default()).expect("good settings"))
}
