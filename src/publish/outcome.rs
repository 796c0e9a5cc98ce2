//! What becomes of a report that is to be published, and how a request to publish is answered once however often it
//! arrives. Nothing is decided here.

use std::fmt;
use std::sync::Arc;

use polypost_core::field_error::FieldError;
use polypost_core::finding::Finding;
use polypost_core::id::{IncidentId, Revision};
use polypost_core::locale::Locale;
use polypost_store::{Published, StoreError};

/// Why a report is not accepted. Nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The report itself is at fault: every problem, naming the field.
    #[error("the report cannot be published: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Refused(Vec<FieldError>),
    /// The id made from a file's name belongs to an incident of another title.
    #[error(
        "there is an incident `{id}` already, with the title `{stored_title}`; the report has the title `{title}`; \
         nothing was stored"
    )]
    Taken { id: IncidentId, title: String, stored_title: String },
    /// Every id that was made from the title belongs to another incident.
    #[error("no id could be found that no other incident has; nothing was stored")]
    NoFreeId,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was published.
#[derive(Clone, Debug)]
pub struct PublishReceipt {
    /// The incident's id: one that was made from the title may differ from the received report's.
    pub id: IncidentId,
    pub outcome: Published,
    /// The locales to be translated into.
    pub locales: Vec<Locale>,
    /// Findings in the source text.
    pub findings: Vec<Finding>,
}

impl PublishReceipt {
    /// The incident's revision that has this text; `None` where something newer is stored.
    #[must_use]
    pub fn revision(&self) -> Option<Revision> {
        match self.outcome {
            Published::Created => Some(Revision(1)),
            Published::Unchanged(revision) | Published::Revised(revision) => Some(revision),
            Published::OutOfOrder { .. } | Published::Taken { .. } => None,
        }
    }
}

/// Writes the answer that is kept for a key.
pub type WriteAnswer = Arc<dyn Fn(&PublishReceipt) -> serde_json::Result<String> + Send + Sync>;

/// A request to publish that is answered once, however often it arrives.
#[derive(Clone)]
pub struct IdempotentRequest {
    pub key: String,
    /// Hash of what was sent: something else under the same key is a mistake.
    pub request_hash: String,
    pub answer: WriteAnswer,
}

/// What became of an [`IdempotentRequest`].
#[derive(Clone, Debug)]
pub enum IdempotentReceipt {
    Now(PublishReceipt),
    /// There is an answer under the key already; nothing was done.
    Before {
        request_hash: String,
        answer: String,
    },
}

impl fmt::Debug for IdempotentRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("IdempotentRequest").field("key", &self.key).finish_non_exhaustive()
    }
}
