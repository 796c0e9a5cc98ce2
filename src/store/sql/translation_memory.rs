//! The translation memory: texts by key and context. The first text under a key stays, unless a new one was requested.

use std::sync::LazyLock;

use async_trait::async_trait;

use super::Sql;
use super::retry::retried;
use crate::archive::MemoryRow;
use crate::database::{Columns, Statement, Table as _, Transaction, View as _, insert, json_list, query, select, view};
use crate::{Memory, MemoryEntry, Remembered, Result};
use polypost_core::locale::Locale;

static RECALL: LazyLock<String> = LazyLock::new(|| {
    select::<MemoryRow>(
        "where locale = $1 and key in (select value from json_each($2)) and context in (select value from \
         json_each($3))",
    )
});
static LIST: LazyLock<String> = LazyLock::new(|| {
    select::<MemoryRow>(
        "where ($1 or locale in (select value from json_each($2))) and (locale, key, context) > ($3, $4, $5) \
         order by locale, key, context limit $6",
    )
});
const COMPARE: &str = "select key, context, target from memory where locale = $1 and key = $2 and context in ('', $3)";
static REMEMBER: LazyLock<String> = LazyLock::new(|| insert::<MemoryRow>(""));
static REPLACE: Statement = Statement::new(
    "update memory set source = :source, target = :target, model = :model, changed_at = :changed_at \
     where locale = :locale and key = :key and context = :context",
);
const FORGET: &str = "delete from memory where locale = $1 and key = $2 and context = $3";

/// The context of the text that is used wherever no other was made.
const ANYWHERE: &str = "";

view! {
    KnownText of "memory" by key {
        context: String,
        target: String,
    }
}

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
    let recall = query(&RECALL).bind(locale.as_str()).bind(json_list(keys)).bind(contexts);
    entries(&store.database.read(recall).await?)
}

async fn list(store: &Sql, locales: &[Locale], after: Option<&MemoryEntry>, limit: u32) -> Result<Vec<MemoryEntry>> {
    // Nothing comes before an empty text.
    let (locale, key, context) = after.map_or(("", "", ANYWHERE), |entry| {
        (entry.locale.as_str(), entry.key.as_str(), entry.context.as_deref().unwrap_or(ANYWHERE))
    });
    let list = query(&LIST).bind(locales.is_empty()).bind(json_list(locales.iter().map(Locale::as_str)));
    let list = list.bind(locale).bind(key).bind(context).bind(limit);
    entries(&store.database.read(list).await?)
}

async fn remember(store: &Sql, entries: &[MemoryEntry], replace: bool) -> Result<Vec<Remembered>> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let mut transaction = store.database.begin(None).await?;
    // All transactions take rows in the same order, so that no two wait for each other.
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
        let known = KnownText::read(&row)?;
        if known.context == context {
            here = Some(known.target);
        } else {
            anywhere = Some(known.target);
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
            add(transaction, entry, context).await?;
            Ok(Remembered::Added)
        }
        (None, None) => {
            add(transaction, entry, ANYWHERE).await?;
            Ok(Remembered::Added)
        }
    }
}

fn entries(rows: &[Columns]) -> Result<Vec<MemoryEntry>> {
    Ok(MemoryRow::read_all(rows)?.into_iter().map(entry_of).collect())
}

fn entry_of(row: MemoryRow) -> MemoryEntry {
    MemoryEntry {
        key: row.key,
        context: Some(row.context).filter(|context| context != ANYWHERE),
        source_locale: row.source_locale,
        locale: row.locale,
        source: row.source,
        target: row.target,
        kinds: row.kinds,
        engine: row.engine,
        model: row.model,
        created_at: row.created_at,
        changed_at: row.changed_at,
    }
}

fn row_of(entry: &MemoryEntry, context: &str) -> MemoryRow {
    MemoryRow {
        locale: entry.locale.clone(),
        key: entry.key.clone(),
        context: context.to_owned(),
        source_locale: entry.source_locale.clone(),
        source: entry.source.clone(),
        kinds: entry.kinds.clone(),
        target: entry.target.clone(),
        engine: entry.engine.clone(),
        model: entry.model.clone(),
        created_at: entry.created_at,
        changed_at: entry.changed_at,
    }
}

async fn add(transaction: &mut Transaction, entry: &MemoryEntry, context: &str) -> Result<()> {
    let row = row_of(entry, context);
    transaction.execute(row.bind(query(&REMEMBER))).await?;
    Ok(())
}

async fn overwrite(transaction: &mut Transaction, entry: &MemoryEntry, context: &str) -> Result<()> {
    let replace = REPLACE
        .query()
        .set("locale", entry.locale.as_str())
        .set("key", &entry.key)
        .set("context", context)
        .set("source", &entry.source)
        .set("target", &entry.target)
        .set("model", &entry.model)
        .set("changed_at", entry.changed_at.as_microsecond());
    transaction.execute(replace).await?;
    Ok(())
}
