//! Idempotency keys of requests that store nothing under their key by themselves.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::Result;

/// Answers that are kept under the key of the request that they answered.
#[async_trait]
pub trait IdempotencyKeys: Send + Sync {
    /// The answer stored under an idempotency key, with the hash of the request it answered.
    async fn idempotent_answer(&self, key: &str) -> Result<Option<(String, String)>>;

    /// Takes an idempotency key for a request that stores nothing under it by itself, unless the key is taken; the hash
    /// and the answer that then stand under it. The answer is empty until [`settle_key`](Self::settle_key) says that it
    /// is done.
    async fn claim_key(&self, key: &str, request_hash: &str, now: Timestamp) -> Result<(String, String)>;

    /// Keeps the answer to a request whose key was claimed.
    async fn settle_key(&self, key: &str, answer: &str) -> Result<()>;
}
