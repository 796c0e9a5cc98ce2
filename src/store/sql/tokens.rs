//! Bearer tokens. Of processes that start together on an empty store exactly one adds the first token: the table's key
//! refuses the others.

use async_trait::async_trait;
use jiff::Timestamp;

use super::Sql;
use super::retry::retried;
use crate::database::{FromColumn, Row, Statement, View as _, query, view};
use crate::{Result, Scope, Token, Tokens};

static ADD: Statement = Statement::new(
    "insert into tokens (name, hash, scope, created_at, expires_at, revoked_at) \
     values (:name, :hash, :scope, :created_at, :expires_at, :revoked_at) on conflict do nothing",
);
const LIST: &str = "select name, hash, scope, created_at, expires_at, revoked_at from tokens order by created_at, name";
const REVOKE: &str = "update tokens set revoked_at = $2 where name = $1 and revoked_at is null";

view! {
    for Token of "tokens" by name {
        name,
        hash,
        scope,
        created_at,
        expires_at,
        revoked_at,
    }
}

impl FromColumn for Scope {
    fn read(row: &Row<'_>, column: &'static str) -> Result<Self> {
        row.parsed(column)
    }
}

#[async_trait]
impl Tokens for Sql {
    async fn add_token(&self, token: &Token) -> Result<bool> {
        // Not repeated: where the answer was lost, a second try would find the name taken by itself.
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
    let add = ADD
        .query()
        .set("name", &token.name)
        .set("hash", &token.hash)
        .set("scope", token.scope.as_str())
        .set("created_at", token.created_at.as_microsecond())
        .set("expires_at", token.expires_at.map(Timestamp::as_microsecond))
        .set("revoked_at", token.revoked_at.map(Timestamp::as_microsecond));
    Ok(store.database.write(add).await? == 1)
}

async fn list(store: &Sql) -> Result<Vec<Token>> {
    Token::read_all(&store.database.read(query(LIST)).await?)
}

/// Ends a token; `false` where there is none of this name, or it is revoked already.
async fn revoke(store: &Sql, name: &str, now: Timestamp) -> Result<bool> {
    Ok(store.database.write(query(REVOKE).bind(name).bind(now.as_microsecond())).await? == 1)
}
