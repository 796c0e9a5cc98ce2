//! A finished answer: an [`Answer`](super::answer::Answer) comes in, bytes and headers ready to be sent go out, plain,
//! compressed, and for clients that have these bytes already. Sending it hashes, compresses and copies nothing.

use std::io::Write as _;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_MATCH,
    IF_NONE_MATCH,
};
use axum::http::{Response, StatusCode};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::answer::Freshness;
use super::entity_tags::EntityTags;

/// Added to the tag of an answer that was compressed on its way out: other bytes, another tag.
const COMPRESSED: &str = "-gzip";
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

/// An answer with everything that is sent.
#[derive(Clone, Debug)]
pub(super) struct Finished {
    plain: Form,
    packed: Option<Form>,
    /// What `304` says, but for the tag.
    unchanged: HeaderMap,
    freshness: Freshness,
}

impl Finished {
    /// `headers` are those of the plain form, but for the tag.
    pub(super) fn new(body: Bytes, tag: &str, headers: HeaderMap, freshness: Freshness) -> Self {
        let tag = value(tag);
        let mut unchanged = headers.clone();
        unchanged.remove(CONTENT_TYPE);
        let mut plain = Form { tag: tag.clone(), headers, body };
        plain.headers.insert(ETAG, tag);
        plain.headers.insert(CONTENT_LENGTH, plain.body.len().into());
        Self { plain, packed: None, unchanged, freshness }
    }

    pub(super) fn freshness(&self) -> Freshness {
        self.freshness
    }

    /// With its compressed form, where that is smaller.
    pub(super) async fn packed(mut self) -> Self {
        let body = self.plain.body.clone();
        let packed = if body.len() > LARGE {
            tokio::task::spawn_blocking(move || gzip(&body)).await.ok().flatten()
        } else {
            gzip(&body)
        };
        self.packed = packed.map(|body| {
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
        let forms = other.packed.iter_mut().map(|packed| &mut packed.headers);
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
        let form = match &self.packed {
            Some(packed) if accepts_gzip(request) => packed,
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
        size_of::<Self>() + form(&self.plain) + self.packed.as_ref().map_or(0, form) + headers(&self.unchanged)
    }
}

/// The tag of the same answer, compressed.
pub(super) fn compressed_tag(tag: &str) -> String {
    format!("{}{COMPRESSED}\"", tag.trim_end_matches('"'))
}

/// Whether a tag is already that of a compressed answer.
pub(super) fn is_compressed_tag(tag: &str) -> bool {
    tag.strip_suffix('"').is_some_and(|tag| tag.ends_with(COMPRESSED))
}

fn is_compressed_tag_of(candidate: &str, plain: &str) -> bool {
    let opened = plain.strip_suffix('"').unwrap_or(plain);
    candidate.strip_prefix(opened).and_then(|rest| rest.strip_suffix('"')) == Some(COMPRESSED)
}

/// Tags are hexadecimal digits in quotes.
fn value(tag: &str) -> HeaderValue {
    HeaderValue::from_str(tag).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

fn gzip(body: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::default());
    encoder.write_all(body).ok()?;
    let mut packed = encoder.finish().ok()?;
    packed.shrink_to_fit();
    (packed.len() < body.len()).then(|| Bytes::from(packed))
}

/// Whether the client takes gzip (RFC 9110 section 12.5.3), and does not like the plain form better.
fn accepts_gzip(request: &HeaderMap) -> bool {
    let mut gzip = None;
    let mut any = None;
    let mut plain = None;
    for value in request.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()) {
        for member in value.split(',') {
            let (coding, parameter) = member.split_once(';').unwrap_or((member, ""));
            let coding = coding.trim();
            let quality = quality(parameter.trim());
            if coding.eq_ignore_ascii_case("gzip") || coding.eq_ignore_ascii_case("x-gzip") {
                gzip = gzip.max(Some(quality));
            } else if coding == "*" {
                any = any.max(Some(quality));
            } else if coding.eq_ignore_ascii_case("identity") {
                plain = plain.max(Some(quality));
            }
        }
    }
    gzip.or(any).is_some_and(|gzip| gzip > 0 && gzip >= plain.unwrap_or(0))
}

/// `q=0.5` in thousandths. What cannot be read is no wish for the coding.
fn quality(parameter: &str) -> u16 {
    if parameter.is_empty() {
        return 1000;
    }
    let quality = parameter.split_once('=').filter(|(name, _)| name.trim().eq_ignore_ascii_case("q"));
    quality.and_then(|(_, number)| thousandths(number.trim())).unwrap_or(0)
}

/// A quality value as RFC 9110 section 12.4.2 spells it: `0` or `1`, and at most three decimals, which are zeros behind
/// a `1`.
fn thousandths(number: &str) -> Option<u16> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let decimals: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(decimals),
        "1" if decimals == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(header: &str) -> bool {
        accepts_gzip(&HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_str(header).unwrap())]))
    }

    #[test]
    fn gzip_goes_to_those_who_take_it() {
        for yes in ["gzip", "GZIP", "deflate, gzip;q=1.0, *;q=0.5", "br, gzip", "x-gzip", "*", "gzip;q=0.001", " gzip "]
        {
            assert!(accepts(yes), "{yes}");
        }
        for no in
            ["", "br", "identity", "gzip;q=0", "gzip;q=0.000, *", "*;q=0", "gzip;q=0.5, identity", "gzip;x", ";;=,"]
        {
            assert!(!accepts(no), "{no}");
        }
        for unreadable in
            ["0.z", "z", "", "1.5", "1.001", "2", "-1", "0.1234", "0.1z", ".5", "00.5", "1.0000", "0,5", "0.+5", "1e0"]
        {
            assert!(!accepts(&format!("gzip;q={unreadable}")), "{unreadable}");
        }
        for readable in ["1", "1.", "1.0", "1.000", "0.5", "0.001", "0.25"] {
            assert!(accepts(&format!("gzip; Q = {readable} ")), "{readable}");
        }
        assert!(!accepts_gzip(&HeaderMap::new()));
    }

    #[tokio::test]
    async fn each_form_is_known_by_its_tag() {
        let body = Bytes::from("words ".repeat(20_000));
        let finished = Finished::new(body.clone(), "\"ab\"", HeaderMap::new(), Freshness::Active).packed().await;
        let packed = finished.packed.as_ref().unwrap();
        assert!(packed.body.len() * 20 < body.len());
        assert_eq!((packed.tag.to_str().unwrap(), finished.plain.tag.to_str().unwrap()), ("\"ab-gzip\"", "\"ab\""));
        assert!(finished.weight() > body.len() + packed.body.len());
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
            let found = finished.known_tag(&request);
            assert_eq!(found.as_ref().map(|tag| tag.to_str().unwrap()), tag, "{known}");
        }
    }

    #[test]
    fn a_precondition_wants_the_very_bytes() {
        let finished = Finished::new(Bytes::new(), "\"ab\"", HeaderMap::new(), Freshness::Active);
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
            assert_eq!(finished.is_matched(&request), is_matched, "{wanted}");
        }
    }

    #[tokio::test]
    async fn what_does_not_shrink_is_left_plain() {
        let finished = Finished::new(Bytes::from_static(b"{}"), "\"a\"", HeaderMap::new(), Freshness::Active);
        assert!(finished.packed().await.packed.is_none());
        assert!(is_compressed_tag("\"a-gzip\"") && !is_compressed_tag("\"a\"") && !is_compressed_tag("a-gzip"));
    }
}
