//! The store as a whole: its schema, its health, its clock and its changes.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::broadcast;

use crate::{Change, Result};
use polypost_core::clock::Clock;

/// Checks, watches and closes a store.
#[async_trait]
pub trait Maintenance: Send + Sync {
    /// Migrations still to be applied, in order, for `doctor` and `migrate --dry-run`; writes nothing.
    async fn pending_migrations(&self) -> Result<Vec<String>>;

    /// Reads and writes a little, and verifies the file and every version; for operators, never called for a reader.
    async fn check(&self) -> Result<()>;

    /// The clock that everybody goes by who shares the store: leases are compared across machines.
    fn clock(&self) -> Arc<dyn Clock>;

    /// What moves from now on: by this store at once, by other processes within a second. A receiver that lags behind
    /// has to take it that anything may have moved.
    fn changes(&self) -> broadcast::Receiver<Change>;

    /// Waits for the calls under way and lets go of the database; later calls fail. What was committed is durable
    /// without it, but part of it may then stand in the write-ahead log beside an SQLite file: the last one who closes
    /// the file moves it there, so that a copy of the file alone has everything.
    async fn close(&self) {}
}
