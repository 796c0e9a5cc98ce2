//! Answers by idempotency key. The first answer under a key stays.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::Sql;
use super::retry::retried;
use crate::database::{Columns, Transaction, View as _, query, view};
use crate::{IdempotencyKeys, Once, Result};

const READ_ANSWER: &str = "select key, request_hash, answer from idempotency where key = $1";
const KEEP_ANSWER: &str = "insert into idempotency (key, request_hash, answer, created_at) values ($1, $2, $3, $4)";
const CLAIM_KEY: &str = "insert into idempotency (key, request_hash, answer, created_at) values ($1, $2, '', $3) \
    on conflict do nothing";
const SETTLE_KEY: &str = "update idempotency set answer = $2 where key = $1";
const FORGET_ANSWERS: &str = "delete from idempotency where created_at < $1";
/// Standard Webhooks senders repeat a delivery for up to 75 h 35 min; with a day to spare.
const ANSWERS_KEPT: SignedDuration = SignedDuration::from_hours(100);

view! {
    KeptAnswer of "idempotency" by key {
        request_hash: String,
        answer: String,
    }
}

#[async_trait]
impl IdempotencyKeys for Sql {
    async fn idempotent_answer(&self, key: &str) -> Result<Option<(String, String)>> {
        retried!(idempotent_answer(self, key))
    }

    async fn claim_key(&self, key: &str, request_hash: &str, now: Timestamp) -> Result<(String, String)> {
        retried!(claim_key(self, key, request_hash, now))
    }

    async fn settle_key(&self, key: &str, answer: &str) -> Result<()> {
        retried!(settle_key(self, key, answer))
    }
}

async fn idempotent_answer(store: &Sql, key: &str) -> Result<Option<(String, String)>> {
    kept(&store.database.read(query(READ_ANSWER).bind(key)).await?)
}

/// Takes a key for a request, unless it is taken; what then stands under it.
async fn claim_key(store: &Sql, key: &str, request_hash: &str, now: Timestamp) -> Result<(String, String)> {
    store.database.write(query(CLAIM_KEY).bind(key).bind(request_hash).bind(now.as_microsecond())).await?;
    // None only where it was forgotten meanwhile, days later.
    Ok(idempotent_answer(store, key).await?.unwrap_or_else(|| (request_hash.to_owned(), String::new())))
}

async fn settle_key(store: &Sql, key: &str, answer: &str) -> Result<()> {
    store.database.write(query(SETTLE_KEY).bind(key).bind(answer)).await.map(drop)
}

/// The answer as the transaction sees it.
pub(super) async fn kept_answer(transaction: &mut Transaction, key: &str) -> Result<Option<(String, String)>> {
    kept(&transaction.fetch(query(READ_ANSWER).bind(key)).await?)
}

fn kept(rows: &[Columns]) -> Result<Option<(String, String)>> {
    Ok(KeptAnswer::read_first(rows)?.map(|kept| (kept.request_hash, kept.answer)))
}

/// Keeps an answer, and forgets those that have been kept for long enough. Refused where there is one under the key.
pub(super) async fn keep_answer(
    transaction: &mut Transaction,
    once: &Once,
    answer: &str,
    now: Timestamp,
) -> Result<()> {
    let oldest = now.checked_sub(ANSWERS_KEPT).unwrap_or(Timestamp::MIN).as_microsecond();
    transaction.execute(query(FORGET_ANSWERS).bind(oldest)).await?;
    let keep = query(KEEP_ANSWER).bind(&once.key).bind(&once.request_hash).bind(answer).bind(now.as_microsecond());
    transaction.execute(keep).await?;
    Ok(())
}
