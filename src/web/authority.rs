//! Who may publish: a request's head comes in, whether it may goes out. Tokens are compared by their SHA-256 in
//! constant time. What a request says about its own origin only ever takes rights away.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::header::{AUTHORIZATION, FORWARDED, HOST, ORIGIN, VIA};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, StatusCode};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::App;
use super::connection::Peer;
use super::problem::Problem;
use super::signature::Signature;
use crate::document::hex;

/// A caller whose request may go on.
#[derive(Debug)]
pub(super) enum Caller {
    /// By token, or from this machine.
    Trusted,
    /// By signature, which can be verified only when the body has arrived.
    Signed(Signature),
}

/// Lets through whoever may change something: a configured token, or this machine where nothing is configured.
///
/// # Errors
/// `401`.
pub(super) fn trusted(app: &App, parts: &Parts) -> Result<(), Problem> {
    if is_trusted(app, parts) { Ok(()) } else { Err(refusal(app)) }
}

/// As [`trusted`], and lets through signed messages, still to be verified.
///
/// # Errors
/// `401`.
pub(super) fn trusted_or_signed(app: &App, parts: &Parts) -> Result<Caller, Problem> {
    if is_trusted(app, parts) {
        return Ok(Caller::Trusted);
    }
    if app.publish.webhook_secrets.is_empty() {
        return Err(refusal(app));
    }
    match Signature::of(&parts.headers) {
        Ok(Some(signature)) => Ok(Caller::Signed(signature)),
        Ok(None) => Err(refusal(app)),
        Err(error) => Err(Problem::new(StatusCode::UNAUTHORIZED, error.to_string())),
    }
}

/// Lets through whoever may change something, and programs on this machine in any case, for what is no reader's business.
///
/// # Errors
/// `401`.
pub(super) fn trusted_or_here(app: &App, parts: &Parts) -> Result<(), Problem> {
    if is_this_machine(parts) { Ok(()) } else { trusted(app, parts) }
}

/// Whether the caller may change something.
pub(super) fn is_trusted(app: &App, parts: &Parts) -> bool {
    if app.publish.token_hashes.is_empty() && app.publish.webhook_secrets.is_empty() {
        return is_this_machine(parts);
    }
    bearer(&parts.headers).is_some_and(|token| is_token(token, &app.publish.token_hashes))
}

fn refusal(app: &App) -> Problem {
    let detail = if app.publish.token_hashes.is_empty() && app.publish.webhook_secrets.is_empty() {
        "no token is configured, so that only programs on this machine may publish, at `localhost` or a loopback \
         address; configure `publish.token_hashes`"
    } else {
        "a configured token is wanted: `Authorization: Bearer TOKEN`"
    };
    Problem::new(StatusCode::UNAUTHORIZED, detail)
}

/// The token of the one `Authorization` header; the scheme's case does not matter (RFC 9110 section 11.1).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next()?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    (values.next().is_none() && scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then(|| token.trim())
}

/// Every hash is compared, and each in constant time.
fn is_token(token: &str, hashes: &[String]) -> bool {
    let offered = hex(&Sha256::digest(token.as_bytes()));
    let mut found = subtle::Choice::from(0);
    for hash in hashes {
        found |= hash.to_ascii_lowercase().as_bytes().ct_eq(offered.as_bytes());
    }
    found.into()
}

/// Whether the request comes from a program on this machine: not through a proxy, which would lend its own address to
/// the whole world, not from a browser, where any page could send it (`Origin`), and not under another name, which any
/// page's host can give to this machine's address.
fn is_this_machine(parts: &Parts) -> bool {
    let proxied = parts.headers.contains_key(FORWARDED)
        || parts.headers.contains_key(VIA)
        || parts.headers.keys().any(|name| name.as_str().starts_with("x-forwarded-") || name == "x-real-ip");
    !proxied
        && !parts.headers.contains_key(ORIGIN)
        && asks_for_loopback(parts)
        && peer(parts).is_some_and(|ip| ip.to_canonical().is_loopback())
}

/// Whether every name that the request has for us, if any, is this machine's name for itself.
fn asks_for_loopback(parts: &Parts) -> bool {
    let named = parts.headers.get_all(HOST).iter();
    let mut named = named.map(|host| host.to_str().ok().and_then(|host| host.parse::<Authority>().ok()));
    named.all(|host| host.is_some_and(|host| is_loopback_name(host.host())))
        && parts.uri.host().is_none_or(is_loopback_name)
}

/// Whether a URL's host is this machine's name for itself: `localhost`, or an address like `127.0.0.1` or `[::1]`.
pub(crate) fn is_loopback_name(host: &str) -> bool {
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let is_loopback_address = address.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback());
    host.eq_ignore_ascii_case("localhost") || is_loopback_address
}

fn peer(parts: &Parts) -> Option<IpAddr> {
    let served = parts.extensions.get::<ConnectInfo<Peer>>().map(|info| info.0.0);
    let plain = || parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    served.or_else(plain).map(|address| address.ip())
}
