//! From an address and the languages asked for, exactly as they were sent, to an answer: so that a request that was
//! answered before needs no parsing. A shortcut leads to an answer and holds none, so that no spelling makes a second
//! copy of it.

use std::sync::Arc;

use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::{Method, Request};

use super::invalidations::{Generation, Topic};
use super::resource::Resource;

/// Bytes; requests with longer addresses and languages get no shortcut.
const MAX_LENGTH: usize = 1024;
/// What a shortcut takes in memory beside its key, roughly, in bytes.
const OVERHEAD: usize = 192;

/// Where the answer is kept.
#[derive(Clone, Debug)]
pub(super) struct Shortcut {
    pub(super) resource: Arc<Resource>,
    pub(super) topic: Topic,
    /// After a change the same languages may lead to another answer.
    pub(super) generation: Generation,
}

/// Laid on a response that came from the cache, so that the next request of the same spelling finds it at once.
#[derive(Clone, Debug)]
pub(super) struct FromCache(pub(super) Shortcut);

pub(super) fn shortcuts(bytes: u64) -> moka::sync::Cache<Vec<u8>, Shortcut> {
    let weigh = |key: &Vec<u8>, _: &Shortcut| u32::try_from(key.len() + OVERHEAD).unwrap_or(u32::MAX);
    moka::sync::Cache::builder().max_capacity(bytes).weigher(weigh).build()
}

/// What decides about the answer to a request, as it was sent. Only the API looks at the languages asked for.
pub(super) fn shortcut_key<B>(request: &Request<B>) -> Option<Vec<u8>> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return None;
    }
    let address = request.uri().path_and_query()?.as_str();
    let mut values = request.headers().get_all(ACCEPT_LANGUAGE).iter();
    let languages = match (values.next(), values.next()) {
        (_, Some(_)) => return None,
        (Some(languages), None) if address.starts_with("/v1/") => languages.as_bytes(),
        _ => &[],
    };
    if address.len() + languages.len() > MAX_LENGTH {
        return None;
    }
    // No address holds a line break.
    Some([address.as_bytes(), b"\n", languages].concat())
}
