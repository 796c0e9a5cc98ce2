//! Bearer tokens. Of processes that start together on an empty store exactly one adds the first token: the table's key
//! refuses the others.

use async_trait::async_trait;
use jiff::Timestamp;

use super::Sql;
use super::retry::retried;
use crate::database::{Columns, Row, query};
use crate::{Result, Token, Tokens};

const TABLE: &str = "tokens";

const ADD: &str = "insert into tokens (name, hash, scope, created_at, expires_at, revoked_at) \
    values ($1, $2, $3, $4, $5, $6) on conflict do nothing";
const LIST: &str = "select name, hash, scope, created_at, expires_at, revoked_at from tokens order by created_at, name";
const REVOKE: &str = "update tokens set revoked_at = $2 where name = $1 and revoked_at is null";

#[async_trait]
impl Tokens for Sql {
    async fn add_token(&self, token: &Token) -> Result<bool> {
        // Not made again: where the answer was lost, a second try would find the name taken by itself.
        add(self, token).await
    }

    async fn tokens(&self) -> Result<Vec<Token>> {
        retried!(list(self))
    }

    async fn revoke_token(&self, name: &str, now: Timestamp) -> Result<bool> {
        revoke(self, name, now).await
    }
}

/// Adds a token; `false` where its name or hash is taken.
async fn add(store: &Sql, token: &Token) -> Result<bool> {
    let times = [Some(token.created_at), token.expires_at, token.revoked_at];
    let [created_at, expires_at, revoked_at] = times.map(|time| time.map(Timestamp::as_microsecond));
    let add = query(ADD).bind(&token.name).bind(&token.hash).bind(token.scope.as_str());
    let added = store.database.write(add.bind(created_at).bind(expires_at).bind(revoked_at)).await?;
    Ok(added == 1)
}

async fn list(store: &Sql) -> Result<Vec<Token>> {
    store.database.read(query(LIST)).await?.iter().map(read).collect()
}

/// Ends a token; `false` where there is none of this name, or it is revoked already.
async fn revoke(store: &Sql, name: &str, now: Timestamp) -> Result<bool> {
    Ok(store.database.write(query(REVOKE).bind(name).bind(now.as_microsecond())).await? == 1)
}

fn read(row: &Columns) -> Result<Token> {
    let name = Row::new(row, TABLE, "").text("name")?.to_owned();
    let row = Row::new(row, TABLE, &name);
    Ok(Token {
        hash: row.text("hash")?.to_owned(),
        scope: row.parsed("scope")?,
        created_at: row.time("created_at")?,
        expires_at: row.optional_time("expires_at")?,
        revoked_at: row.optional_time("revoked_at")?,
        name,
    })
}
