//! A request's body, handed to the handler and taken back: a little that the handler did not read is read here, so that
//! the connection can be used again; where there is more, the answer says that the connection ends.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LENGTH, EXPECT};
use axum::http::{HeaderMap, Request};
use hyper::body::{Body as _, Frame, Incoming, SizeHint};

/// How much of an unwanted body is read to keep the connection, and for how long.
const MAX_DISCARDED_BYTES: u64 = 64 * 1024;
const DISCARD_TIMEOUT: Duration = Duration::from_millis(20);

/// What is left of a body when the handler drops it.
#[derive(Debug, Default)]
struct Left(Mutex<Option<Incoming>>);

/// The body as the handler sees it.
struct HandedOn {
    /// It stands until it has ended or is dropped.
    body: Option<Incoming>,
    left: Arc<Left>,
}

/// Where to find the rest of a body once the answer is there.
pub(super) struct Rest {
    left: Arc<Left>,
    /// Whether it may be read at all: a client that waits for `100 Continue` has sent nothing and may never do so.
    is_small: bool,
}

/// The request with its body to hand on, and where the rest of it will be; `None` where there is no body.
pub(super) fn handed_on(request: Request<Incoming>) -> (Request<Body>, Option<Rest>) {
    if request.body().is_end_stream() {
        return (request.map(|_| Body::empty()), None);
    }
    let left = Arc::new(Left::default());
    let rest = Rest { left: Arc::clone(&left), is_small: is_small(request.headers()) };
    (request.map(|body| Body::new(HandedOn { body: Some(body), left })), Some(rest))
}

fn is_small(headers: &HeaderMap) -> bool {
    let length = headers.get(CONTENT_LENGTH).map(|length| length.to_str().ok()?.parse::<u64>().ok());
    !headers.contains_key(EXPECT)
        && length.is_none_or(|length| length.is_some_and(|length| length <= MAX_DISCARDED_BYTES))
}

impl Rest {
    /// Whether the whole body has been read, by the handler or by now.
    pub(super) async fn was_read(self) -> bool {
        let left = self.left.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut body) = left else { return Arc::strong_count(&self.left) == 1 };
        self.is_small && tokio::time::timeout(DISCARD_TIMEOUT, discard(&mut body)).await.unwrap_or(false)
    }
}

/// Whether it came to an end within [`MAX_DISCARDED_BYTES`].
async fn discard(body: &mut Incoming) -> bool {
    let mut read = 0;
    while let Some(frame) = std::future::poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
        let Ok(frame) = frame else { return false };
        read += frame.data_ref().map_or(0, Bytes::len) as u64;
        if read > MAX_DISCARDED_BYTES {
            return false;
        }
    }
    true
}

impl hyper::body::Body for HandedOn {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let Some(body) = self.body.as_mut() else { return Poll::Ready(None) };
        let frame = ready!(Pin::new(body).poll_frame(context));
        if frame.is_none() {
            self.body = None;
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Incoming::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(SizeHint::default, Incoming::size_hint)
    }
}

impl Drop for HandedOn {
    fn drop(&mut self) {
        let body = self.body.take().filter(|body| !body.is_end_stream());
        *self.left.0.lock().unwrap_or_else(PoisonError::into_inner) = body;
    }
}
