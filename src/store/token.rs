//! Bearer tokens. The store has their SHA-256 alone, so that who reads a store or a backup of it cannot call the API
//! with what is found there.

use std::str::FromStr;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::Result;
use polypost_core::document::hex;

/// What every token begins with that Polypost makes, so that scanners for leaked secrets know it, and so that nothing
/// else has to be looked up.
pub const TOKEN_PREFIX: &str = "polypost_";

/// A token's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub name: String,
    /// What [`token_hash`] makes of the token.
    pub hash: String,
    pub scope: Scope,
    pub created_at: Timestamp,
    /// From then on it is refused; `None`: it never ends by itself.
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

impl Token {
    /// Whether it is accepted at this time.
    #[must_use]
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|expires_at| now < expires_at)
    }
}

/// What a token allows; the later ones allow what the earlier ones do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Publishing, withdrawing, asking for new translations.
    Publish,
    /// Metrics and reasons of failures as well.
    Operate,
}

impl Scope {
    /// As it is stored and written on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Operate => "operate",
        }
    }
}

impl FromStr for Scope {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        [Self::Publish, Self::Operate]
            .into_iter()
            .find(|scope| scope.as_str() == text)
            .ok_or_else(|| format!("`{text}` is no scope: use `publish` or `operate`"))
    }
}

/// Keeps bearer tokens.
#[async_trait]
pub trait Tokens: Send + Sync {
    /// Adds a bearer token; `false` where its name or hash is taken, and nothing is changed then.
    async fn add_token(&self, token: &Token) -> Result<bool>;

    /// Every bearer token, ended ones too, in the order in which they were added. An archive has none of them.
    async fn tokens(&self) -> Result<Vec<Token>>;

    /// Ends a token for good; `false` where there is none of this name, or it is revoked already.
    async fn revoke_token(&self, name: &str, now: Timestamp) -> Result<bool>;
}

/// A token's SHA-256 in lower-case hex, as `publish.token_hashes` has it too.
#[must_use]
pub fn token_hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_ends_when_it_expires_or_is_revoked() {
        let at = |second| Timestamp::from_second(second).expect("a time");
        let token = Token {
            name: "first".to_owned(),
            hash: token_hash("x"),
            scope: Scope::Operate,
            created_at: at(0),
            expires_at: Some(at(10)),
            revoked_at: None,
        };
        assert!(token.is_valid(at(9)) && !token.is_valid(at(10)));
        assert!(!Token { revoked_at: Some(at(1)), ..token }.is_valid(at(5)));
    }

    #[test]
    fn scopes_are_read_as_they_are_written() {
        for scope in [Scope::Publish, Scope::Operate] {
            assert_eq!(scope.as_str().parse(), Ok(scope));
        }
        assert!("Publish".parse::<Scope>().is_err());
    }
}
