//! Answers to readers: the finished bytes and what they are come in, a response that caches understand goes out
//! (RFC 9110, 9111, 5861, 8288). The same bytes always carry the same strong `ETag`, other bytes another.

use axum::body::Body;
use axum::http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_LOCATION, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_NONE_MATCH, LINK, VARY,
};
use axum::http::{Response, StatusCode};
use sha2::{Digest, Sha256};

use crate::document::{hex, is_settled};
use crate::locale::Locale;

/// Added to the tag of an answer that was compressed on its way out: other bytes, another tag.
pub(super) const COMPRESSED: &str = "-gzip";

/// How long an answer may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Freshness {
    /// Texts that change while people watch.
    Active,
    /// Texts that hardly change any more.
    Settled,
    /// A better text is under way.
    Awaiting,
    /// For this caller only.
    Private,
}

impl Freshness {
    /// By the incident's status, and by whether a better text for this reader is under way.
    pub(super) fn of(status: Option<&str>, awaiting: bool) -> Self {
        match status {
            _ if awaiting => Self::Awaiting,
            status if is_settled(status) => Self::Settled,
            _ => Self::Active,
        }
    }

    fn header(self) -> &'static str {
        match self {
            Self::Active => "public, max-age=15, stale-while-revalidate=60, stale-if-error=86400",
            Self::Settled => "public, max-age=300, stale-while-revalidate=60, stale-if-error=86400",
            Self::Awaiting => "public, max-age=5, stale-if-error=86400",
            Self::Private => "no-store",
        }
    }
}

/// A finished answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub content_type: &'static str,
    pub body: Vec<u8>,
    /// The language of the text; `None` where there is none.
    pub language: Option<Locale>,
    /// The address of exactly this text, where it was negotiated.
    pub location: Option<String>,
    pub freshness: Freshness,
    /// Whether the headers of the request decided about the language.
    pub negotiated: bool,
    /// `Link` values, each `<URL>; rel=…`.
    pub links: Vec<String>,
}

impl Answer {
    /// A JSON answer without language.
    pub(super) fn json(value: &impl serde::Serialize, freshness: Freshness) -> Self {
        Self {
            content_type: "application/json",
            // Views are structs of strings, numbers and lists, which always serialise.
            body: serde_json::to_vec(value).unwrap_or_default(),
            language: None,
            location: None,
            freshness,
            negotiated: true,
            links: Vec::new(),
        }
    }

    /// The response: `304` where the client has these bytes already.
    pub(super) fn respond(self, request: &HeaderMap) -> Response<Body> {
        let tag = self.tag();
        let known = known_tag(request, &tag);
        let not_modified = known.is_some();
        let mut response = Response::new(if not_modified { Body::empty() } else { Body::from(self.body) });
        if not_modified {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        if !not_modified {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        }
        insert(headers, ETAG, &known.unwrap_or(tag));
        let vary = if self.negotiated { "Accept-Language, Accept-Encoding" } else { "Accept-Encoding" };
        headers.insert(VARY, HeaderValue::from_static(vary));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(self.freshness.header()));
        if let Some(language) = &self.language {
            insert(headers, CONTENT_LANGUAGE, language.as_str());
        }
        if let Some(location) = &self.location {
            insert(headers, CONTENT_LOCATION, location);
        }
        if !self.links.is_empty() {
            insert(headers, LINK, &self.links.join(", "));
        }
        response
    }

    /// Over everything that makes the answer what it is.
    fn tag(&self) -> String {
        let mut hash = Sha256::new();
        for part in [self.content_type, self.language.as_ref().map_or("", Locale::as_str)] {
            hash.update(part);
            hash.update([0]);
        }
        hash.update(&self.body);
        let digest = hex(&hash.finalize());
        format!("\"{}\"", digest.get(..32).unwrap_or(&digest))
    }
}

/// The tag among `If-None-Match` that is this one, compared weakly (RFC 9110 section 13.1.2), with or without the
/// mark of compression; this one where any will do.
fn known_tag(request: &HeaderMap, tag: &str) -> Option<String> {
    let compressed = compressed_tag(tag);
    request
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|candidate| candidate.trim().trim_start_matches("W/"))
        .find_map(|candidate| match candidate {
            "*" => Some(tag.to_owned()),
            candidate if candidate == tag || candidate == compressed => Some(candidate.to_owned()),
            _ => None,
        })
}

/// The tag of the same answer, compressed.
pub(super) fn compressed_tag(tag: &str) -> String {
    format!("{}{COMPRESSED}\"", tag.trim_end_matches('"'))
}

/// `<URL>; rel="alternate"; hreflang="…"` for every locale, and `x-default` for the address that negotiates.
pub(super) fn alternates(addresses: impl Iterator<Item = (String, Locale)>, negotiating: &str) -> Vec<String> {
    addresses
        .map(|(address, locale)| format!("<{address}>; rel=\"alternate\"; hreflang=\"{locale}\""))
        .chain([format!("<{negotiating}>; rel=\"alternate\"; hreflang=\"x-default\"")])
        .collect()
}

/// Whether the client is a browser that wants a page.
pub(super) fn wants_page(request: &HeaderMap) -> bool {
    request.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// Ids, locales and our own addresses are all visible ASCII; anything else is left out rather than sent.
fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
