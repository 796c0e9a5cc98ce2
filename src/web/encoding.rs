//! Content codings (RFC 9110 section 8.4): gzip and nothing else. Here alone it is decided whether an answer is
//! compressed.

use std::io::Write as _;

use axum::body::Bytes;
use axum::http::Request;
use axum::http::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};
use flate2::Compression;
use flate2::write::GzEncoder;

use polypost_core::locale::{Weighted, weighted};

/// Laid on a response whose coding was chosen already, so that no layer compresses it again.
#[derive(Clone, Copy, Debug)]
pub(super) struct CodingChosen;

/// The body compressed; `None` where that is not smaller.
pub(super) fn gzip(body: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::default());
    encoder.write_all(body).ok()?;
    let mut compressed = encoder.finish().ok()?;
    compressed.shrink_to_fit();
    (compressed.len() < body.len()).then(|| Bytes::from(compressed))
}

/// Writes into a request what it accepts as this file reads it, so that no layer reads the header in another way.
pub(super) fn normalise_accepted<B>(mut request: Request<B>) -> Request<B> {
    let is_gzip = accepts_gzip(request.headers());
    let headers = request.headers_mut();
    headers.remove(ACCEPT_ENCODING);
    if is_gzip {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    }
    request
}

/// Whether the client accepts gzip (RFC 9110 section 12.5.3), and does not prefer the plain form.
pub(super) fn accepts_gzip(request: &HeaderMap) -> bool {
    let mut gzip = None;
    let mut any = None;
    let mut plain = None;
    let values = request.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    for Weighted { value: coding, weight, has_parameters } in values.flat_map(weighted) {
        // A malformed member is skipped.
        let Some(weight) = weight.filter(|_| !has_parameters) else { continue };
        if coding.eq_ignore_ascii_case("gzip") || coding.eq_ignore_ascii_case("x-gzip") {
            gzip = gzip.max(Some(weight));
        } else if coding == "*" {
            any = any.max(Some(weight));
        } else if coding.eq_ignore_ascii_case("identity") {
            plain = plain.max(Some(weight));
        }
    }
    gzip.or(any).is_some_and(|gzip| gzip > 0 && gzip >= plain.unwrap_or(0))
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
        assert!(accepts("gzip;q=0.z, *") && accepts("identity;q=z, gzip;q=0.1"), "a malformed member is skipped");
        for readable in ["1", "1.", "1.0", "1.000", "0.5", "0.001", "0.25"] {
            assert!(accepts(&format!("gzip; Q = {readable} ")), "{readable}");
        }
        assert!(!accepts_gzip(&HeaderMap::new()));
    }
}
