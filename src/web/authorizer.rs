//! Who may publish and operate. A bearer token or a signature decides, never an address: a proxy or forwarder on this
//! machine lends its own to everybody, and `Host` is whatever the sender writes.
//!
//! Tokens are compared by their SHA-256 in constant time. Those of the store are held in memory and read again at most
//! once a second, and only for what looks like one of them, so that wrong tokens cost no more than a hash.

use std::net::IpAddr;
use std::sync::{Arc, PoisonError, RwLock};

use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq;

use super::App;
use super::problem_document::ProblemDocument;
use super::signature::Signature;
use polypost_store::{Scope, TOKEN_PREFIX, Token, token_hash};

/// How old what is known of the store's tokens may be: a new one works, and a revoked one ends, within this time.
const FRESH: SignedDuration = SignedDuration::from_secs(1);
/// Longer ones are no tokens: nobody is to make us hash what fills a whole request head.
const LONGEST_TOKEN: usize = 4096;

/// A caller whose request may go on.
#[derive(Debug)]
pub(super) enum Caller {
    /// By token.
    Trusted,
    /// By signature, which can be verified only when the body has arrived.
    Signed(Signature),
}

/// Decides about callers.
pub(super) struct Authorizer {
    app: Arc<App>,
    known: RwLock<Known>,
    /// Held by whoever reads the store's tokens; the others go by what is known.
    reading: tokio::sync::Mutex<()>,
}

/// The store's tokens, as they were last read.
#[derive(Clone, Default)]
struct Known {
    /// `None` until the store has answered once.
    tokens: Option<Arc<[Token]>>,
    /// When the store was last asked, whether or not it answered.
    asked_at: Option<Timestamp>,
}

impl Known {
    fn is_fresh(&self, now: Timestamp) -> bool {
        self.asked_at.is_some_and(|asked_at| now.duration_since(asked_at).abs() < FRESH)
    }
}

impl Authorizer {
    pub(super) fn new(app: &Arc<App>) -> Self {
        Self { app: Arc::clone(app), known: RwLock::default(), reading: tokio::sync::Mutex::default() }
    }

    /// Lets through whoever may change something: a token of any scope, or a signed message, still to be verified.
    ///
    /// # Errors
    /// `401`; `503` where the store's tokens cannot be read.
    pub(super) async fn publisher(&self, parts: &Parts) -> Result<Caller, ProblemDocument> {
        if self.scope(parts).await?.is_some() {
            return Ok(Caller::Trusted);
        }
        if self.app.publish.webhook_secrets.is_empty() {
            return Err(unauthorized());
        }
        Signature::of(&parts.headers)?.map(Caller::Signed).ok_or_else(unauthorized)
    }

    /// Lets through whoever may see what is no reader's business: what is spent, and what fails for what reason.
    ///
    /// # Errors
    /// `401`, `403` for a token that may only publish; `503` where the store's tokens cannot be read.
    pub(super) async fn operator(&self, parts: &Parts) -> Result<(), ProblemDocument> {
        match self.scope(parts).await? {
            Some(Scope::Operate) => Ok(()),
            Some(Scope::Publish) => {
                let detail = "this token may only publish: use one of the scope `operate`";
                Err(ProblemDocument::new(StatusCode::FORBIDDEN, detail))
            }
            None => Err(unauthorized()),
        }
    }

    /// As [`Authorizer::operator`], for what others get as well, without the part that is not theirs.
    pub(super) async fn is_operator(&self, parts: &Parts) -> bool {
        matches!(self.scope(parts).await, Ok(Some(Scope::Operate)))
    }

    /// What the request's token allows; `None` without one that is known. Configured ones allow everything.
    async fn scope(&self, parts: &Parts) -> Result<Option<Scope>, ProblemDocument> {
        let Some(token) = bearer(&parts.headers) else { return Ok(None) };
        let offered = token_hash(token);
        let configured = &self.app.publish.token_hashes;
        if any_is(configured.iter().map(String::as_str), &offered) {
            return Ok(Some(Scope::Operate));
        }
        if !token.starts_with(TOKEN_PREFIX) {
            return Ok(None);
        }
        let now = self.app.clock.now();
        let tokens = self.tokens(now).await?;
        let valid = |scope| {
            let tokens = tokens.iter().filter(move |token| token.scope == scope && token.is_valid(now));
            tokens.map(|token| token.hash.as_str())
        };
        let [operates, publishes] = [Scope::Operate, Scope::Publish].map(|scope| any_is(valid(scope), &offered));
        Ok(match (operates, publishes) {
            (true, _) => Some(Scope::Operate),
            (false, true) => Some(Scope::Publish),
            (false, false) => None,
        })
    }

    /// The store's tokens, read again where that is due. While the store does not answer, those last known stand.
    async fn tokens(&self, now: Timestamp) -> Result<Arc<[Token]>, ProblemDocument> {
        let mut known = self.known();
        if !known.is_fresh(now) {
            let reading = match (self.reading.try_lock(), &known.tokens) {
                (Ok(reading), _) => Some(reading),
                // Somebody else reads them just now.
                (Err(_), Some(_)) => None,
                (Err(_), None) => Some(self.reading.lock().await),
            };
            known = self.known();
            if reading.is_some() && !known.is_fresh(now) {
                match self.app.store.tokens().await {
                    Ok(tokens) => known.tokens = Some(tokens.into()),
                    Err(error) => {
                        tracing::warn!(error = &error as &dyn std::error::Error, "reading the tokens failed");
                    }
                }
                known.asked_at = Some(now);
                *self.known.write().unwrap_or_else(PoisonError::into_inner) = known.clone();
            }
        }
        known.tokens.ok_or_else(|| {
            let detail = "the store that knows the tokens did not answer; try again in a moment";
            ProblemDocument::new(StatusCode::SERVICE_UNAVAILABLE, detail)
        })
    }

    fn known(&self) -> Known {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn unauthorized() -> ProblemDocument {
    let detail = "missing or unknown bearer token: `Authorization: Bearer TOKEN` is required";
    ProblemDocument::new(StatusCode::UNAUTHORIZED, detail)
}

/// The token of the one `Authorization` header; the scheme's case does not matter (RFC 9110 section 11.1).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next()?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    let is_one = values.next().is_none() && scheme.eq_ignore_ascii_case("bearer");
    (is_one && !token.is_empty() && token.len() <= LONGEST_TOKEN).then_some(token)
}

/// Whether one of the hashes is this one; every one is compared, and each in constant time.
fn any_is<'hash>(hashes: impl Iterator<Item = &'hash str>, offered: &str) -> bool {
    let mut found = subtle::Choice::from(0);
    for hash in hashes {
        found |= hash.as_bytes().ct_eq(offered.as_bytes());
    }
    found.into()
}

/// Whether a URL's host is this machine's name for itself: `localhost`, or an address like `127.0.0.1` or `[::1]`.
pub(crate) fn is_loopback_name(host: &str) -> bool {
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let is_loopback_address = address.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback());
    host.eq_ignore_ascii_case("localhost") || is_loopback_address
}
