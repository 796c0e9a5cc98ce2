//! A whole store into a file and back, which also moves it to another database: the store's rows come in and lines go
//! out, or the other way round. Rows that are not in order are never written and never stored; no more than one
//! incident, or a batch of texts, is held.

mod export;
mod import;

pub use export::{ExportError, Exported, export};
pub use import::{Fate, ImportError, Imported, Problem, Tally, import};

use polypost_core::exchange::archive::Extent;
use polypost_store::archive::Rows;

/// How many rows an incident has beside its own.
fn extent(rows: &Rows) -> Extent {
    Extent {
        revisions: rows.revisions.len() as u64,
        translations: rows.translations.len() as u64,
        versions: rows.versions.len() as u64,
    }
}
