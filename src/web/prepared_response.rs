//! An answer with everything computed that is sent: bytes and headers of its plain form, of its compressed form, and of
//! `304` for clients that have these bytes already. Sending it hashes, compresses and copies nothing.

use axum::body::{Body, Bytes};
use axum::http::header::{
    CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_MATCH, IF_NONE_MATCH,
};
use axum::http::{Response, StatusCode};

use super::encoding::{accepts_gzip, gzip};
use super::etag::{EntityTags, compressed_tag, is_compressed_tag_of};
use super::freshness::Freshness;

/// Compressing more than this takes milliseconds, and is left to a thread that may wait.
const LARGE: usize = 64 * 1024;
/// What a header takes in memory beside its text, roughly.
const HEADER_BYTES: usize = 104;

/// One form of the answer.
#[derive(Clone, Debug)]
struct Form {
    tag: HeaderValue,
    headers: HeaderMap,
    body: Bytes,
}

/// An answer, ready to be sent as often as wanted.
#[derive(Clone, Debug)]
pub(super) struct PreparedResponse {
    plain: Form,
    compressed: Option<Form>,
    /// What `304` says, but for the tag.
    unchanged: HeaderMap,
    freshness: Freshness,
}

impl PreparedResponse {
    /// `headers` are those of the plain form, but for the tag.
    pub(super) fn new(body: Bytes, tag: &str, headers: HeaderMap, freshness: Freshness) -> Self {
        let tag = value(tag);
        let mut unchanged = headers.clone();
        unchanged.remove(CONTENT_TYPE);
        let mut plain = Form { tag: tag.clone(), headers, body };
        plain.headers.insert(ETAG, tag);
        plain.headers.insert(CONTENT_LENGTH, plain.body.len().into());
        Self { plain, compressed: None, unchanged, freshness }
    }

    pub(super) fn freshness(&self) -> Freshness {
        self.freshness
    }

    /// With its compressed form, where that is smaller.
    pub(super) async fn compressed(mut self) -> Self {
        let body = self.plain.body.clone();
        let compressed = if body.len() > LARGE {
            tokio::task::spawn_blocking(move || gzip(&body)).await.ok().flatten()
        } else {
            gzip(&body)
        };
        self.compressed = compressed.map(|body| {
            let mut headers = self.plain.headers.clone();
            let tag = value(&compressed_tag(self.plain.tag.to_str().unwrap_or_default()));
            headers.insert(ETAG, tag.clone());
            headers.insert(CONTENT_LENGTH, body.len().into());
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            Form { tag, headers, body }
        });
        self
    }

    /// The same answer with another `Cache-Control`.
    pub(super) fn with_cache_control(&self, freshness: Freshness) -> Self {
        let mut other = self.clone();
        let forms = other.compressed.iter_mut().map(|compressed| &mut compressed.headers);
        for headers in forms.chain([&mut other.plain.headers, &mut other.unchanged]) {
            freshness.write(headers);
        }
        other.freshness = freshness;
        other
    }

    /// The response: `304` where the client has these bytes already, else the form that it accepts.
    pub(super) fn respond(&self, request: &HeaderMap) -> Response<Body> {
        if let Some(tag) = self.known_tag(request) {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.headers_mut() = self.unchanged.clone();
            response.headers_mut().insert(ETAG, tag);
            return response;
        }
        let form = match &self.compressed {
            Some(compressed) if accepts_gzip(request) => compressed,
            _ => &self.plain,
        };
        let mut response = Response::new(Body::from(form.body.clone()));
        *response.headers_mut() = form.headers.clone();
        response
    }

    /// The tag among `If-None-Match` that is this answer's, compared weakly (RFC 9110 section 13.1.2), compressed or
    /// not; the plain one's where any will do.
    fn known_tag(&self, request: &HeaderMap) -> Option<HeaderValue> {
        let plain = self.plain.tag.to_str().unwrap_or_default();
        let values = request.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        values.flat_map(EntityTags::of).find_map(|candidate| match candidate.opaque {
            "*" => Some(self.plain.tag.clone()),
            candidate if candidate == plain => Some(self.plain.tag.clone()),
            candidate if is_compressed_tag_of(candidate, plain) => HeaderValue::from_str(candidate).ok(),
            _ => None,
        })
    }

    /// Whether `If-Match` names this answer, compressed or not; compared strongly (RFC 9110 section 13.1.1).
    pub(super) fn is_matched(&self, request: &HeaderMap) -> bool {
        let plain = self.plain.tag.to_str().unwrap_or_default();
        let values = request.get_all(IF_MATCH).iter().filter_map(|value| value.to_str().ok());
        values.flat_map(EntityTags::of).any(|candidate| {
            let is_ours = candidate.opaque == plain || is_compressed_tag_of(candidate.opaque, plain);
            candidate.opaque == "*" || (is_ours && !candidate.is_weak)
        })
    }

    /// Roughly what it takes in memory, in bytes.
    pub(super) fn weight(&self) -> usize {
        let headers = |headers: &HeaderMap| {
            headers.iter().map(|(name, value)| name.as_str().len() + value.len() + HEADER_BYTES).sum::<usize>()
        };
        let form = |form: &Form| headers(&form.headers) + form.body.len();
        size_of::<Self>() + form(&self.plain) + self.compressed.as_ref().map_or(0, form) + headers(&self.unchanged)
    }
}

/// Tags are hexadecimal digits in quotes.
fn value(tag: &str) -> HeaderValue {
    HeaderValue::from_str(tag).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_form_is_known_by_its_tag() {
        let body = Bytes::from("words ".repeat(20_000));
        let prepared =
            PreparedResponse::new(body.clone(), "\"ab\"", HeaderMap::new(), Freshness::Active).compressed().await;
        let compressed = prepared.compressed.as_ref().unwrap();
        assert!(compressed.body.len() * 20 < body.len());
        assert_eq!((compressed.tag.to_str().unwrap(), prepared.plain.tag.to_str().unwrap()), ("\"ab-gzip\"", "\"ab\""));
        assert!(prepared.weight() > body.len() + compressed.body.len());
        for (known, tag) in [
            ("\"ab\"", Some("\"ab\"")),
            ("W/\"ab-gzip\"", Some("\"ab-gzip\"")),
            ("\"x\", *", Some("\"ab\"")),
            ("\"ab-gzi\"", None),
            ("\"abc-gzip\"", None),
            ("ab", None),
            ("\"x,y\", \"ab\"", Some("\"ab\"")),
            ("\"x,\"ab\",y\"", None),
            ("\"x, *\"", None),
            ("W/W/\"ab\"", None),
        ] {
            let request = HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_static(known))]);
            let found = prepared.known_tag(&request);
            assert_eq!(found.as_ref().map(|tag| tag.to_str().unwrap()), tag, "{known}");
        }
    }

    #[test]
    fn a_precondition_wants_the_very_bytes() {
        let prepared = PreparedResponse::new(Bytes::new(), "\"ab\"", HeaderMap::new(), Freshness::Active);
        for (wanted, is_matched) in [
            ("*", true),
            ("\"ab\"", true),
            ("\"x\", \"ab-gzip\"", true),
            ("W/\"ab\"", false),
            ("\"x\"", false),
            ("ab", false),
            ("", false),
        ] {
            let request = HeaderMap::from_iter([(IF_MATCH, HeaderValue::from_static(wanted))]);
            assert_eq!(prepared.is_matched(&request), is_matched, "{wanted}");
        }
    }

    #[tokio::test]
    async fn what_does_not_shrink_is_left_plain() {
        let prepared = PreparedResponse::new(Bytes::from_static(b"{}"), "\"a\"", HeaderMap::new(), Freshness::Active);
        assert!(prepared.compressed().await.compressed.is_none());
    }
}
