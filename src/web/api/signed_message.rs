//! Signed messages that store nothing under their id by themselves: withdrawing and asking for new translations. A
//! signature covers id, time and body, and neither method nor path, so that a message that somebody has overheard would
//! open every path: its id is used once, for the request that it first came with.

use axum::http::StatusCode;
use axum::http::request::Parts;
use sha2::{Digest as _, Sha256};

use crate::web::App;
use crate::web::problem_document::ProblemDocument;
use crate::web::signature::Signature;
use polypost_core::document::hex;

/// A verified message whose id stands for this request.
pub(super) struct Message {
    key: String,
    /// Whether what it asks for is done already: it came again.
    pub(super) is_done: bool,
}

/// What is kept of a message that is done.
const DONE: &str = "done";

impl Message {
    /// Verifies the message and claims its id.
    ///
    /// # Errors
    /// `401` where the signature is not right, `422` where the id was used for another request.
    pub(super) async fn begin(
        app: &App,
        signature: &Signature,
        parts: &Parts,
        body: &[u8],
    ) -> Result<Self, ProblemDocument> {
        let now = app.clock.now();
        signature.verify(&app.publish.webhook_secrets, body, now)?;
        let mut hasher = Sha256::new();
        hasher.update(format!("{} {}\n", parts.method, parts.uri.path()));
        hasher.update(body);
        let (key, hash) = (key(signature), hex(&hasher.finalize()));
        let (kept_hash, answer) = app.store.claim_key(&key, &hash, now).await?;
        if kept_hash != hash {
            let detail = "this message's id was used for another request; sign a new request with a new id";
            return Err(ProblemDocument::new(StatusCode::UNPROCESSABLE_ENTITY, detail));
        }
        Ok(Self { key, is_done: answer == DONE })
    }

    /// Remembers that it is done. Until then a message that comes again is meant again.
    ///
    /// # Errors
    /// Where the store does not answer.
    pub(super) async fn settle(self, app: &App) -> Result<(), ProblemDocument> {
        Ok(app.store.settle_key(&self.key, DONE).await?)
    }
}

/// The idempotency key of a message: its id, which is the same across its retries and signed with it.
pub(super) fn key(signature: &Signature) -> String {
    format!("webhook-id {}", signature.id)
}
