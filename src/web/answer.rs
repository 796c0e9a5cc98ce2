//! Answers to readers: the bytes of a text and what they are come in, an answer that caches understand goes out
//! (RFC 9110, 9111, 5861, 8288). The same bytes always carry the same strong `ETag`, other bytes another.

use axum::body::{Body, Bytes};
use axum::http::Response;
use axum::http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_LOCATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LINK,
    VARY,
};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

use super::finished::Finished;
use super::layers;
use polypost_core::document::{hex, is_settled};
use polypost_core::locale::Locale;

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

    /// How long we keep it ourselves, where nobody tells that something moved. What is under way changes with the time
    /// alone: a lease runs out, an attempt is due.
    pub(super) fn lifetime(self) -> SignedDuration {
        match self {
            Self::Active | Self::Settled => SignedDuration::from_mins(5),
            Self::Awaiting => SignedDuration::from_secs(1),
            Self::Private => SignedDuration::ZERO,
        }
    }

    pub(super) fn write(self, headers: &mut HeaderMap) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(self.header()));
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
            negotiated: false,
            links: Vec::new(),
        }
    }

    /// The answer, ready to be sent, and as often as wanted.
    pub(super) fn finish(self) -> Finished {
        let tag = self.tag();
        let mut headers = HeaderMap::with_capacity(12);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        let vary = if self.negotiated { "Accept-Language, Accept-Encoding" } else { "Accept-Encoding" };
        headers.insert(VARY, HeaderValue::from_static(vary));
        self.freshness.write(&mut headers);
        if let Some(language) = &self.language {
            insert(&mut headers, CONTENT_LANGUAGE, language.as_str());
        }
        if let Some(location) = &self.location {
            insert(&mut headers, CONTENT_LOCATION, location);
        }
        if !self.links.is_empty() {
            insert(&mut headers, LINK, &self.links.join(", "));
        }
        for (name, value) in layers::EVERYWHERE {
            headers.insert(name, HeaderValue::from_static(value));
        }
        Finished::new(Bytes::from(self.body), &tag, headers, self.freshness)
    }

    /// The response, for answers that are not kept.
    pub(super) fn respond(self, request: &HeaderMap) -> Response<Body> {
        self.finish().respond(request)
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

/// `<URL>; rel="alternate"; hreflang="…"` for every locale, and `x-default` for the address that negotiates.
pub(super) fn alternates(addresses: impl Iterator<Item = (String, Locale)>, negotiating: &str) -> Vec<String> {
    addresses
        .map(|(address, locale)| format!("<{address}>; rel=\"alternate\"; hreflang=\"{locale}\""))
        .chain([format!("<{negotiating}>; rel=\"alternate\"; hreflang=\"x-default\"")])
        .collect()
}

/// Whether the client names JSON as what it wants, and no page.
pub(super) fn wants_json(request: &HeaderMap) -> bool {
    let accept = request.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("json") && !accept.contains("text/html")
}

/// Ids, locales and our own addresses are all visible ASCII; anything else is left out rather than sent.
fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
