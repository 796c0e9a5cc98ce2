//! Exports a whole store to a file and imports it again, which is also how a store moves to another database. Rows that
//! are not in order are never written and never stored; memory never has more than one incident or one batch of texts.

mod export;
mod import;

pub use export::{StoreExport, StoreExportError, export};
pub use import::{Fate, StoreImport, StoreImportError, StoreImportProblem, Tally, import};

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
