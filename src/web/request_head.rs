//! Faults of a request's head that the parser accepts, but that two servers in a row could understand differently:
//! request smuggling begins with them (RFC 9112 sections 3.2 and 6.1).

use axum::http::header::{HOST, HeaderName, TRANSFER_ENCODING};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, Version};

/// What is wrong, and how it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HeadFault {
    pub(super) status: StatusCode,
    pub(super) detail: &'static str,
}

const NO_HOST: &str = "the request names no host; HTTP/1.1 requires one `Host` header";
const TWO_HOSTS: &str = "the request has more than one `Host` header";
const NOT_A_HOST: &str = "the `Host` header is not a host with an optional port";
const OTHER_HOST: &str = "the `Host` header names another host than the request's `:authority`";
const TWICE_CHUNKED: &str = "the transfer coding `chunked` stands there more than once";
const CODING: &str = "only the transfer coding `chunked` is understood; send the body without any other";

/// The fault, if there is one.
pub(super) fn fault<B>(request: &Request<B>) -> Option<HeadFault> {
    let bad = |detail| Some(HeadFault { status: StatusCode::BAD_REQUEST, detail });
    let mut hosts = request.headers().get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (_, Some(_)) => return bad(TWO_HOSTS),
        (Some(host), None) if !is_host(host) => return bad(NOT_A_HOST),
        (Some(host), None) if contradicts(host, request) => return bad(OTHER_HOST),
        (None, None) if names_no_host(request) => return bad(NO_HOST),
        _ => {}
    }
    let mut codings = named(request.headers(), &TRANSFER_ENCODING);
    match (codings.next(), codings.next()) {
        (None, _) => None,
        (Some(only), None) if is_chunked(only) => None,
        // RFC 9112 section 7: a sender must not apply it more than once.
        (Some(first), Some(second)) if is_chunked(first) && is_chunked(second) => bad(TWICE_CHUNKED),
        _ => Some(HeadFault { status: StatusCode::NOT_IMPLEMENTED, detail: CODING }),
    }
}

/// HTTP/1.0 knew no `Host`; HTTP/2 has `:authority`, which stands in the address.
fn names_no_host<B>(request: &Request<B>) -> bool {
    match request.version() {
        Version::HTTP_09 | Version::HTTP_10 => false,
        Version::HTTP_11 => true,
        _ => request.uri().authority().is_none(),
    }
}

/// An empty one says that the address has no host (RFC 9110 section 7.2).
fn is_host(value: &HeaderValue) -> bool {
    value.to_str().is_ok_and(|host| {
        host.is_empty() || is_name_or_ipv4(host) || host.parse::<Authority>().is_ok_and(|host| is_plain(&host))
    })
}

/// What nearly every host is, with or without a port: parsing it would copy it for each request.
fn is_name_or_ipv4(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    !name.is_empty() && name.bytes().all(is_of_name) && is_port(port)
}

fn is_plain(host: &Authority) -> bool {
    let behind_name = host.as_str().strip_prefix(host.host()).unwrap_or_default();
    // No user, and no second host behind a comma.
    is_port(behind_name.strip_prefix(':').unwrap_or(behind_name)) && !host.as_str().contains(['@', ','])
}

/// It may be empty (RFC 3986 section 3.2.3).
fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit()) && (port.is_empty() || port.parse::<u16>().is_ok())
}

/// RFC 9113 section 8.3.1.
fn contradicts<B>(host: &HeaderValue, request: &Request<B>) -> bool {
    request.version() == Version::HTTP_2
        && request
            .uri()
            .authority()
            .is_some_and(|named| !host.as_bytes().eq_ignore_ascii_case(named.as_str().as_bytes()))
}

fn is_chunked(coding: &str) -> bool {
    coding.eq_ignore_ascii_case("chunked")
}

/// The members of a list that may stand in several lines; what is no text is a member of its own.
fn named<'head>(headers: &'head HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'head str> {
    let values = headers.get_all(name).iter();
    values.flat_map(|value| value.to_str().unwrap_or("?").split(',')).map(str::trim).filter(|member| !member.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault_of(version: Version, uri: &str, headers: &[(&str, &str)]) -> Option<u16> {
        let mut request = Request::builder().version(version).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        fault(&request.body(()).unwrap()).map(|fault| fault.status.as_u16())
    }

    #[test]
    fn one_host_is_named_once() {
        let fault = |headers: &[(&str, &str)]| fault_of(Version::HTTP_11, "/", headers);
        for host in
            ["status.example.com", "localhost:8080", "[::1]:80", "192.0.2.1", "a:", "[::1]", "a:65535", "a_b", ""]
        {
            assert_eq!(fault(&[("host", host)]), None, "{host}");
        }
        for host in
            ["a b", "a/b", "user@example.com", "a,b", "::1", "a:b:c", "a:999999", "a:65536", "a:8o", "a:+80", "[::1]:b"]
        {
            assert_eq!(fault(&[("host", host)]), Some(400), "{host}");
        }
        assert_eq!(fault(&[]), Some(400));
        assert_eq!(fault(&[("host", "a"), ("host", "a")]), Some(400));
        assert_eq!(fault_of(Version::HTTP_10, "/", &[]), None);
        assert_eq!(fault_of(Version::HTTP_10, "/", &[("host", "a"), ("host", "b")]), Some(400));
    }

    #[test]
    fn http_2_names_it_in_the_address() {
        let fault = |uri: &str, headers: &[(&str, &str)]| fault_of(Version::HTTP_2, uri, headers);
        assert_eq!(fault("http://example.com/", &[]), None);
        assert_eq!(fault("http://example.com/", &[("host", "EXAMPLE.com")]), None);
        assert_eq!(fault("http://example.com/", &[("host", "other.example")]), Some(400));
        assert_eq!(fault("/", &[("host", "example.com")]), None);
        assert_eq!(fault("/", &[]), Some(400));
    }

    #[test]
    fn no_coding_but_chunked_is_understood() {
        let fault = |codings: &[&str]| {
            let codings = codings.iter().map(|coding| ("transfer-encoding", *coding));
            fault_of(Version::HTTP_11, "/", &codings.chain([("host", "a")]).collect::<Vec<_>>())
        };
        assert_eq!(fault(&[]), None);
        assert_eq!(fault(&["Chunked"]), None);
        for codings in [&["gzip, chunked"][..], &["gzip", "chunked"], &["identity"], &["x,chunked"]] {
            assert_eq!(fault(codings), Some(501), "{codings:?}");
        }
        assert_eq!(fault(&["chunked, chunked"]), Some(400));
        assert_eq!(fault(&["chunked", "Chunked"]), Some(400));
    }
}
