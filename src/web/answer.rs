//! An answer to a reader: the bytes of a text and what they are, with the headers that caches understand (RFC 9110,
//! 9111, 5861, 8288). The same bytes always carry the same strong `ETag`, other bytes another.

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT, CONTENT_LANGUAGE, CONTENT_LOCATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LINK, VARY,
};
use axum::http::{Response, StatusCode};
use sha2::{Digest, Sha256};

use super::freshness::Freshness;
use super::prepared_response::PreparedResponse;
use super::problem_document::{INTERNAL_ERROR, ProblemDocument};
use super::security_headers::SECURITY_HEADERS;
use polypost_core::document::hex;
use polypost_core::locale::{self, Locale};

/// An answer before its headers are written.
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
    ///
    /// # Errors
    /// `500` where the value cannot be serialised, which is logged here.
    pub(super) fn json(value: &impl serde::Serialize, freshness: Freshness) -> Result<Self, ProblemDocument> {
        let body = serde_json::to_vec(value).map_err(|error| unserialisable(&error))?;
        Ok(Self {
            content_type: "application/json",
            body,
            language: None,
            location: None,
            freshness,
            negotiated: false,
            links: Vec::new(),
        })
    }

    /// The answer, ready to be sent, as often as wanted.
    pub(super) fn prepare(self) -> PreparedResponse {
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
        for (name, value) in SECURITY_HEADERS {
            headers.insert(name, HeaderValue::from_static(value));
        }
        PreparedResponse::new(Bytes::from(self.body), &tag, headers, self.freshness)
    }

    /// The response, for answers that are not kept.
    pub(super) fn respond(self, request: &HeaderMap) -> Response<Body> {
        self.prepare().respond(request)
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

/// What is answered where a value cannot be written as JSON; logs why.
pub(super) fn unserialisable(error: &serde_json::Error) -> ProblemDocument {
    tracing::error!(%error, "serialising an answer failed");
    ProblemDocument::new(StatusCode::INTERNAL_SERVER_ERROR, INTERNAL_ERROR)
}

/// Whether the client asks for JSON by name, and not at least as much for a page (RFC 9110 section 12.5.1).
pub(super) fn wants_json(request: &HeaderMap) -> bool {
    let (mut json, mut html) = (0, 0);
    let values = request.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    for element in values.flat_map(locale::weighted) {
        // A malformed member is skipped.
        let Some(weight) = element.weight else { continue };
        let media_type = element.value.to_ascii_lowercase();
        if media_type.ends_with("/json") || media_type.ends_with("+json") {
            json = json.max(weight);
        } else if media_type == "text/html" {
            html = html.max(weight);
        }
    }
    json > html
}

/// Ids, locales and our own addresses are all visible ASCII; anything else is left out rather than sent.
fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_wanted_where_it_is_named_before_a_page() {
        let wants =
            |accept: &'static str| wants_json(&HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(accept))]));
        for json in [
            "application/json",
            "application/problem+json;q=0.5",
            "application/json, text/html;q=0.9",
            "application/json, */*",
            "Application/JSON; charset=utf-8",
            "application/json, text/html;q=z",
        ] {
            assert!(wants(json), "{json}");
        }
        for page in [
            "",
            "*/*",
            "text/html",
            "text/html, application/json",
            "text/html, application/json;q=0.9",
            "application/json;q=0",
            "application/json;q=0.z",
            "application/jsonp",
        ] {
            assert!(!wants(page), "{page}");
        }
        assert!(!wants_json(&HeaderMap::new()));
    }
}
