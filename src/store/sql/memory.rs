//! What is remembered so that it is not done twice: translated texts by key and context, and answers by idempotency
//! key. The first of either stays, unless a new text was asked for.

use jiff::{SignedDuration, Timestamp};

use super::Sql;
use crate::database::{Columns, Row, Transaction, json_list, query};
use crate::{MemoryEntry, Once, Remembered, Result};
use polypost_core::locale::Locale;

const RECALL: &str = "select locale, key, context, source_locale, source, kinds, target, engine, model, created_at, \
    changed_at from memory where locale = $1 and key in (select value from json_each($2)) \
    and context in (select value from json_each($3))";
const LIST: &str = "select locale, key, context, source_locale, source, kinds, target, engine, model, created_at, \
    changed_at from memory where ($1 or locale in (select value from json_each($2))) \
    and (locale, key, context) > ($3, $4, $5) order by locale, key, context limit $6";
const COMPARE: &str = "select context, target from memory where locale = $1 and key = $2 and context in ('', $3)";
const REMEMBER: &str = "insert into memory (locale, key, context, source_locale, source, kinds, target, engine, \
    model, created_at, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const REPLACE: &str = "update memory set source = $4, target = $5, model = $6, changed_at = $7 \
    where locale = $1 and key = $2 and context = $3";
const FORGET: &str = "delete from memory where locale = $1 and key = $2 and context = $3";
const READ_ANSWER: &str = "select request_hash, answer from idempotency where key = $1";
const KEEP_ANSWER: &str = "insert into idempotency (key, request_hash, answer, created_at) values ($1, $2, $3, $4)";
const CLAIM_KEY: &str = "insert into idempotency (key, request_hash, answer, created_at) values ($1, $2, '', $3) \
    on conflict do nothing";
const SETTLE_KEY: &str = "update idempotency set answer = $2 where key = $1";
const FORGET_ANSWERS: &str = "delete from idempotency where created_at < $1";

/// The context of the text that is used wherever no other was made.
const ANYWHERE: &str = "";

/// Standard Webhooks senders repeat a delivery for up to 75 h 35 min; with a day to spare.
const ANSWERS_KEPT: SignedDuration = SignedDuration::from_hours(100);

pub(super) async fn recall(
    store: &Sql,
    locale: &Locale,
    keys: &[String],
    contexts: &[String],
) -> Result<Vec<MemoryEntry>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let contexts = json_list(contexts.iter().map(String::as_str).chain([ANYWHERE]));
    let recall = query(RECALL).bind(locale.as_str()).bind(json_list(keys)).bind(contexts);
    store.database.read(recall).await?.iter().map(entry).collect()
}

pub(super) async fn list(
    store: &Sql,
    locales: &[Locale],
    after: Option<&MemoryEntry>,
    limit: u32,
) -> Result<Vec<MemoryEntry>> {
    // Nothing comes before an empty text.
    let (locale, key, context) = after.map_or(("", "", ANYWHERE), |entry| {
        (entry.locale.as_str(), entry.key.as_str(), entry.context.as_deref().unwrap_or(ANYWHERE))
    });
    let list = query(LIST).bind(locales.is_empty()).bind(json_list(locales.iter().map(Locale::as_str)));
    let list = list.bind(locale).bind(key).bind(context).bind(limit);
    store.database.read(list).await?.iter().map(entry).collect()
}

fn entry(row: &Columns) -> Result<MemoryEntry> {
    let key = Row::new(row, "memory", "").text("key")?.to_owned();
    let row = Row::new(row, "memory", &key);
    let context = row.text("context")?.to_owned();
    Ok(MemoryEntry {
        context: Some(context).filter(|context| context != ANYWHERE),
        locale: row.parsed("locale")?,
        source_locale: row.parsed("source_locale")?,
        source: row.text("source")?.to_owned(),
        kinds: row.json("kinds")?,
        target: row.text("target")?.to_owned(),
        engine: row.optional_text("engine")?,
        model: row.optional_text("model")?,
        created_at: row.time("created_at")?,
        changed_at: row.time("changed_at")?,
        key,
    })
}

pub(super) async fn remember(store: &Sql, entries: &[MemoryEntry], replace: bool) -> Result<Vec<Remembered>> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let mut transaction = store.database.begin(None).await?;
    // Everybody takes rows in the same order, so that no two wait for each other.
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|position| entries.get(*position).map(|entry| (&entry.locale, &entry.key)));
    let mut outcomes = vec![Remembered::Known; entries.len()];
    for position in order {
        if let (Some(entry), Some(outcome)) = (entries.get(position), outcomes.get_mut(position)) {
            *outcome = remember_one(&mut transaction, entry, replace).await?;
        }
    }
    transaction.commit().await?;
    Ok(outcomes)
}

/// The first text under a key is used everywhere; another one is kept beside it for the context that it was made in.
async fn remember_one(transaction: &mut Transaction, entry: &MemoryEntry, replace: bool) -> Result<Remembered> {
    let context = entry.context.as_deref().unwrap_or(ANYWHERE);
    let compare = query(COMPARE).bind(entry.locale.as_str()).bind(&entry.key).bind(context);
    let (mut anywhere, mut here) = (None, None);
    for row in transaction.fetch(compare).await? {
        let row = Row::new(&row, "memory", &entry.key);
        let target = row.text("target")?.to_owned();
        if row.text("context")? == context {
            here = Some(target);
        } else {
            anywhere = Some(target);
        }
    }
    match (here.as_ref(), anywhere.as_ref()) {
        (Some(text), _) if *text == entry.target => {
            if replace {
                // It was made anew, and says so.
                overwrite(transaction, entry, context).await?;
            }
            Ok(Remembered::Known)
        }
        (None, Some(text)) if *text == entry.target => Ok(Remembered::Known),
        (Some(_), _) if !replace => Ok(Remembered::Kept),
        // What is used everywhere else is right here, too.
        (Some(_), Some(text)) if *text == entry.target => {
            transaction.execute(query(FORGET).bind(entry.locale.as_str()).bind(&entry.key).bind(context)).await?;
            Ok(Remembered::Replaced)
        }
        (Some(_), _) => {
            overwrite(transaction, entry, context).await?;
            Ok(Remembered::Replaced)
        }
        (None, Some(_)) => {
            insert(transaction, entry, context).await?;
            Ok(Remembered::Added)
        }
        (None, None) => {
            insert(transaction, entry, ANYWHERE).await?;
            Ok(Remembered::Added)
        }
    }
}

async fn insert(transaction: &mut Transaction, entry: &MemoryEntry, context: &str) -> Result<()> {
    let add = query(REMEMBER)
        .bind(entry.locale.as_str())
        .bind(&entry.key)
        .bind(context)
        .bind(entry.source_locale.as_str())
        .bind(&entry.source)
        .bind(json_list(&entry.kinds))
        .bind(&entry.target)
        .bind(&entry.engine)
        .bind(&entry.model)
        .bind(entry.created_at.as_microsecond())
        .bind(entry.changed_at.as_microsecond());
    transaction.execute(add).await?;
    Ok(())
}

async fn overwrite(transaction: &mut Transaction, entry: &MemoryEntry, context: &str) -> Result<()> {
    let replace = query(REPLACE)
        .bind(entry.locale.as_str())
        .bind(&entry.key)
        .bind(context)
        .bind(&entry.source)
        .bind(&entry.target)
        .bind(&entry.model)
        .bind(entry.changed_at.as_microsecond());
    transaction.execute(replace).await?;
    Ok(())
}

pub(super) async fn idempotent_answer(store: &Sql, key: &str) -> Result<Option<(String, String)>> {
    let row = store.database.read_one(query(READ_ANSWER).bind(key)).await?;
    row.map(|row| read_answer(&row, key)).transpose()
}

/// Takes a key for a request, unless it is taken; what then stands under it.
pub(super) async fn claim_key(store: &Sql, key: &str, request_hash: &str, now: Timestamp) -> Result<(String, String)> {
    store.database.write(query(CLAIM_KEY).bind(key).bind(request_hash).bind(now.as_microsecond())).await?;
    // None only where it was forgotten meanwhile, days later.
    Ok(idempotent_answer(store, key).await?.unwrap_or_else(|| (request_hash.to_owned(), String::new())))
}

pub(super) async fn settle_key(store: &Sql, key: &str, answer: &str) -> Result<()> {
    store.database.write(query(SETTLE_KEY).bind(key).bind(answer)).await.map(drop)
}

/// The answer as the transaction sees it.
pub(super) async fn kept_answer(transaction: &mut Transaction, key: &str) -> Result<Option<(String, String)>> {
    let row = transaction.fetch(query(READ_ANSWER).bind(key)).await?.pop();
    row.map(|row| read_answer(&row, key)).transpose()
}

fn read_answer(row: &Columns, key: &str) -> Result<(String, String)> {
    let row = Row::new(row, "idempotency", key);
    Ok((row.text("request_hash")?.to_owned(), row.text("answer")?.to_owned()))
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
