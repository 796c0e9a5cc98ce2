//! The store in SQL, for both databases: one file for each of the traits that a store is made of, with its statements.
//! Times are stored in microseconds, documents as JSON beside their checksums.

mod archive;
mod claims;
mod finish;
mod idempotency;
mod jobs;
mod lease;
mod maintenance;
mod priority;
mod publications;
mod publish;
mod readings;
mod restore;
mod retranslate;
mod retry;
mod times;
mod tokens;
mod translation_memory;
mod translations;
mod usage_ledger;
mod versions;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use self::claims::Cursor;
use crate::changes::Changes;
use crate::database::Database;
use crate::{Migrations, Result};

/// One open store; see [`super::open`]. Every clone is the same store.
#[derive(Clone, Debug)]
pub(super) struct Sql {
    database: Arc<Database>,
    changes: Arc<Changes>,
    cursor: Arc<Cursor>,
    /// For those who look for texts of open incidents alone.
    urgent_cursor: Arc<Cursor>,
}

impl Sql {
    pub(super) async fn open(url: &str, migrations: Migrations) -> Result<Self> {
        let changes = Arc::new(Changes::new());
        let database = Arc::new(Database::open(url, migrations, &changes).await?);
        Ok(Self { database, changes, cursor: Arc::default(), urgent_cursor: Arc::default() })
    }
}
