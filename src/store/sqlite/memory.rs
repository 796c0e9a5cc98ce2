//! What is remembered so that it is not done twice: translated texts by key, and answers by idempotency key. The first
//! of either stays, unless a new text was asked for.

use jiff::{SignedDuration, Timestamp};

use super::Sqlite;
use super::rows::{Row, json_list};
use crate::locale::Locale;
use crate::store::{MemoryEntry, Result};

const RECALL: &str = "select key, source, target, engine from memory \
    where locale = $1 and key in (select value from json_each($2))";
const REPLACE: &str = "insert into memory (locale, key, source, target, engine, created_at) \
    values ($1, $2, $3, $4, $5, $6) on conflict (locale, key) do update set target = excluded.target, \
    source = excluded.source, engine = excluded.engine, created_at = excluded.created_at";
const REMEMBER: &str = "insert into memory (locale, key, source, target, engine, created_at) \
    values ($1, $2, $3, $4, $5, $6) on conflict (locale, key) do nothing";
const READ_ANSWER: &str = "select request_hash, answer from idempotency where key = $1";
const KEEP_ANSWER: &str = "insert into idempotency (key, request_hash, answer, created_at) values ($1, $2, $3, $4) \
    on conflict (key) do nothing";
const FORGET_ANSWERS: &str = "delete from idempotency where created_at < $1";

/// Standard Webhooks senders repeat a delivery for up to 75 h 35 min; with a day to spare.
const ANSWERS_KEPT: SignedDuration = SignedDuration::from_hours(100);

pub(super) async fn recall(store: &Sqlite, locale: &Locale, keys: &[String]) -> Result<Vec<MemoryEntry>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(RECALL).bind(locale.as_str()).bind(json_list(keys)).fetch_all(&store.readers).await?;
    let entry = |row| {
        let row = Row::new(row, "memory", locale);
        Ok(MemoryEntry {
            key: row.get("key")?,
            locale: locale.clone(),
            source: row.get("source")?,
            target: row.get("target")?,
            engine: row.get("engine")?,
        })
    };
    rows.iter().map(entry).collect()
}

pub(super) async fn remember(store: &Sqlite, entries: &[MemoryEntry], replace: bool, now: Timestamp) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let mut transaction = store.begin().await?;
    for entry in entries {
        sqlx::query(if replace { REPLACE } else { REMEMBER })
            .bind(entry.locale.as_str())
            .bind(&entry.key)
            .bind(&entry.source)
            .bind(&entry.target)
            .bind(&entry.engine)
            .bind(now.as_microsecond())
            .execute(&mut *transaction)
            .await?;
    }
    Ok(transaction.commit().await?)
}

pub(super) async fn idempotent_answer(store: &Sqlite, key: &str) -> Result<Option<(String, String)>> {
    let row = sqlx::query(READ_ANSWER).bind(key).fetch_optional(&store.readers).await?;
    let Some(row) = row else { return Ok(None) };
    let row = Row::new(&row, "idempotency", key);
    Ok(Some((row.get("request_hash")?, row.get("answer")?)))
}

pub(super) async fn keep_idempotent_answer(
    store: &Sqlite,
    key: &str,
    request_hash: &str,
    answer: &str,
    now: Timestamp,
) -> Result<()> {
    let oldest = now.checked_sub(ANSWERS_KEPT).unwrap_or(Timestamp::MIN).as_microsecond();
    let mut transaction = store.begin().await?;
    sqlx::query(FORGET_ANSWERS).bind(oldest).execute(&mut *transaction).await?;
    let keep = sqlx::query(KEEP_ANSWER).bind(key).bind(request_hash).bind(answer).bind(now.as_microsecond());
    keep.execute(&mut *transaction).await?;
    Ok(transaction.commit().await?)
}
