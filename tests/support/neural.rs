//! The English-Portuguese model that `tests/components/fetch-model.sh` fetches.

use std::path::{Path, PathBuf};

/// The directory of models with `en-pt` in it; `None` where it has not been fetched, which has been said then.
pub(crate) fn models() -> Option<PathBuf> {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join(".components/models");
    if models.join("en-pt/manifest.json").is_file() {
        return Some(models);
    }
    super::missing("the model en-pt is not there (tests/components/fetch-model.sh)");
    None
}
