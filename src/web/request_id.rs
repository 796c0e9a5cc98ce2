//! The id of a request (`x-request-id`), which stands in the log and in the answer: the caller's own where it is
//! usable, else a random one.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use tower_http::request_id::{MakeRequestId, RequestId};

pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Makes an id for requests that bring none.
#[derive(Clone, Copy)]
pub(super) struct RandomId;

impl MakeRequestId for RandomId {
    fn make_request_id<B>(&mut self, _request: &axum::http::Request<B>) -> Option<RequestId> {
        Some(RequestId::new(random_id()))
    }
}

/// Two UUIDs with something in front of them are shorter.
const LONGEST_ID: usize = 128;

/// The id that a request brings along: one, of visible ASCII, and bounded, since it stands in logs and is sent back.
pub(super) fn own_id(headers: &HeaderMap) -> Option<&HeaderValue> {
    let mut ids = headers.get_all(REQUEST_ID).iter();
    let id =
        ids.next().filter(|id| (1..=LONGEST_ID).contains(&id.len()) && id.as_bytes().iter().all(u8::is_ascii_graphic));
    id.filter(|_| ids.next().is_none())
}

/// Removes an id that is not accepted, so that the request gets another.
pub(super) fn without_unusable_id(mut request: Request) -> Request {
    if own_id(request.headers()).is_none() {
        request.headers_mut().remove(REQUEST_ID);
    }
    request
}

/// 32 hexadecimal digits.
pub(super) fn random_id() -> HeaderValue {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or_default();
    let bytes = rand::random::<[u8; 16]>();
    let mut id = [0; 32];
    for (pair, byte) in id.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
    }
    HeaderValue::from_bytes(&id).unwrap_or_else(|_| HeaderValue::from_static("0"))
}
