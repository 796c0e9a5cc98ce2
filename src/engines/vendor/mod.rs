//! Engines that are somebody's service over HTTP: what they have in common. A vendor's own file says what it takes,
//! what it is asked and what its answers mean; choosing codes, writing markup, cutting into calls and reading back is
//! done here, for all of them alike.

mod batch;
mod batches;
mod caller;
mod pending_calls;
mod remote;

use async_trait::async_trait;

pub(super) use batch::{ANY, BatchFailure, BatchRequest, BatchResponse, Cause, Languages, Target};
pub(super) use batches::{Limits, as_json};
pub(super) use caller::{Caller, Received};
pub(super) use remote::Remote;

use super::EngineError;
use polypost_core::locale::Locale;

/// One vendor's service.
#[async_trait]
pub(super) trait Vendor: Send + Sync {
    /// As in configuration and provenance.
    fn name(&self) -> &'static str;

    /// What one call takes.
    fn limits(&self) -> Limits;

    /// What it translates between, by its own codes, from its own list.
    async fn languages(&self) -> Result<Languages, EngineError>;

    /// Translates one call's texts; as many answers as texts, by position, a reply that could not be read, or an error.
    async fn send(&self, batch: BatchRequest<'_>) -> Result<BatchResponse, EngineError>;

    /// Why it is not to be shown a text, neither to translate it nor to read it along, if it is not.
    fn declines(&self, _text: &str) -> Option<&'static str> {
        None
    }

    /// What it bills for a text as it is sent: characters, unless the vendor has another unit.
    fn billed(&self, written: &str) -> u64 {
        written.chars().count() as u64
    }

    /// What it bills for a call, in the same unit: that of its texts, unless more than these counts.
    fn billed_for(&self, batch: &BatchRequest<'_>) -> u64 {
        batch.texts.iter().map(|text| self.billed(text)).sum()
    }

    /// As [`Engine::variant`](crate::Engine::variant).
    fn variant(&self, target: &Locale) -> String;

    /// What else there is to say of its calls, for `polypost engines`.
    fn extras(&self) -> &'static str {
        ""
    }
}
