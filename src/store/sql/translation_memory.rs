//! The translation memory: texts by key and context. The first text under a key stays, unless a new one was asked for.

use async_trait::async_trait;

use super::Sql;
use super::retry::retried;
use crate::database::{Columns, Row, Transaction, json_list, query};
use crate::{Memory, MemoryEntry, Remembered, Result};
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

/// The context of the text that is used wherever no other was made.
const ANYWHERE: &str = "";

#[async_trait]
impl Memory for Sql {
    async fn recall(&self, locale: &Locale, keys: &[String], contexts: &[String]) -> Result<Vec<MemoryEntry>> {
        retried!(recall(self, locale, keys, contexts))
    }

    async fn remember(&self, entries: &[MemoryEntry], replace: bool) -> Result<Vec<Remembered>> {
        retried!(remember(self, entries, replace))
    }

    async fn list_memory(
        &self,
        locales: &[Locale],
        after: Option<&MemoryEntry>,
        limit: u32,
    ) -> Result<Vec<MemoryEntry>> {
        retried!(list(self, locales, after, limit))
    }
}

async fn recall(store: &Sql, locale: &Locale, keys: &[String], contexts: &[String]) -> Result<Vec<MemoryEntry>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let contexts = json_list(contexts.iter().map(String::as_str).chain([ANYWHERE]));
    let recall = query(RECALL).bind(locale.as_str()).bind(json_list(keys)).bind(contexts);
    store.database.read(recall).await?.iter().map(entry).collect()
}

async fn list(store: &Sql, locales: &[Locale], after: Option<&MemoryEntry>, limit: u32) -> Result<Vec<MemoryEntry>> {
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

async fn remember(store: &Sql, entries: &[MemoryEntry], replace: bool) -> Result<Vec<Remembered>> {
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
