//! Bodies that are being received: so many bytes in all are held in memory, and whoever sends quickly does not wait for
//! those who do not. Nobody has to be believed for that: where there is no room for more bytes, the body goes that has
//! been on its way longest, those of callers who are not known yet first, and of these the ones of an address that
//! holds more than its share. A proxy has one address for everybody: it loses its oldest bodies, and none of its new
//! ones.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, Request, StatusCode};
use futures_util::StreamExt as _;
use tokio::sync::Notify;

use super::connection::{Activity, Peer, network};
use super::problem_document::ProblemDocument;
use crate::config;

/// What a request takes in memory beside its body: its head, its task, what is read ahead of it. So the bytes bound how
/// many there are, too.
const REQUEST_BYTES: usize = 16 * 1024;
/// Of all bytes, what one address may hold before its bodies go first: one part of so many.
const SHARE: usize = 4;

/// The bodies that a process is receiving.
#[derive(Debug)]
pub(super) struct IncomingBodies {
    most_bytes: usize,
    body_limit: usize,
    time: Duration,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    next: u64,
    bytes: usize,
    /// By their numbers, the oldest first.
    present: BTreeMap<u64, Entry>,
    of_network: HashMap<Option<IpAddr>, usize>,
}

#[derive(Debug)]
struct Entry {
    is_known: bool,
    /// `None` where the request came without a connection.
    network: Option<IpAddr>,
    bytes: usize,
    evict: Arc<Notify>,
}

/// A body that is being received, until it is dropped.
struct IncomingBody<'all> {
    incoming_bodies: &'all IncomingBodies,
    number: u64,
    evict: Arc<Notify>,
}

impl IncomingBodies {
    pub(super) fn new(server: &config::ServerSettings) -> Self {
        // One body at least has room.
        let least = server.body_limit_bytes.saturating_add(REQUEST_BYTES);
        Self {
            most_bytes: server.receiving_bytes.max(least),
            body_limit: server.body_limit_bytes,
            time: Duration::from_secs(server.header_timeout_seconds.max(1)),
            state: Mutex::default(),
        }
    }

    /// The whole body, within the limit, of a caller who is known or has yet to be. A body that is announced as larger
    /// is not read at all.
    ///
    /// # Errors
    /// `413` where it is larger, `400` where it breaks off, `408` where it is not there in time, `429` where others
    /// needed the room.
    pub(super) async fn receive(&self, request: Request<Body>, is_known: bool) -> Result<Vec<u8>, ProblemDocument> {
        if announced(request.headers()).is_some_and(|length| length > self.body_limit) {
            return Err(too_large(self.body_limit));
        }
        let peer = request.extensions().get::<ConnectInfo<Peer>>().map(|info| network(info.0.0.ip()));
        let activity = request.extensions().get::<Arc<Activity>>().filter(|_| !is_known);
        let _awaited = activity.map(Activity::await_body);
        let incoming_body = self.begin(peer, is_known);
        tokio::select! {
            biased;
            received = tokio::time::timeout(self.time, self.read(request.into_body(), &incoming_body)) => {
                received.unwrap_or_else(|_| Err(too_slow(self.time)))
            }
            () = incoming_body.evict.notified() => Err(evicted()),
        }
    }

    async fn read(&self, body: Body, incoming_body: &IncomingBody<'_>) -> Result<Vec<u8>, ProblemDocument> {
        let mut chunks = body.into_data_stream();
        let mut received = Vec::new();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|_| ProblemDocument::new(StatusCode::BAD_REQUEST, "the body ended early"))?;
            if received.len() + chunk.len() > self.body_limit {
                return Err(too_large(self.body_limit));
            }
            if !incoming_body.grew(chunk.len()) {
                return Err(evicted());
            }
            received.extend_from_slice(&chunk);
        }
        Ok(received)
    }

    fn begin(&self, network: Option<IpAddr>, is_known: bool) -> IncomingBody<'_> {
        let evict = Arc::new(Notify::new());
        let mut state = self.state();
        let number = state.next;
        state.next += 1;
        state.present.insert(number, Entry { is_known, network, bytes: 0, evict: Arc::clone(&evict) });
        state.grow(number, REQUEST_BYTES);
        state.make_room(self.most_bytes);
        drop(state);
        IncomingBody { incoming_bodies: self, number, evict }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl IncomingBody<'_> {
    /// More has come; `false` where it is this body that had to go.
    fn grew(&self, bytes: usize) -> bool {
        let mut state = self.incoming_bodies.state();
        state.grow(self.number, bytes);
        state.make_room(self.incoming_bodies.most_bytes);
        state.present.contains_key(&self.number)
    }
}

impl Drop for IncomingBody<'_> {
    fn drop(&mut self) {
        self.incoming_bodies.state().remove(self.number);
    }
}

impl State {
    fn grow(&mut self, number: u64, bytes: usize) {
        if let Some(entry) = self.present.get_mut(&number) {
            entry.bytes += bytes;
            self.bytes += bytes;
            *self.of_network.entry(entry.network).or_default() += bytes;
        }
    }

    fn remove(&mut self, number: u64) -> Option<Entry> {
        let entry = self.present.remove(&number)?;
        self.bytes -= entry.bytes;
        if let Some(bytes) = self.of_network.get_mut(&entry.network) {
            *bytes -= entry.bytes;
            if *bytes == 0 {
                self.of_network.remove(&entry.network);
            }
        }
        Some(entry)
    }

    /// Lets bodies go until the others fit.
    fn make_room(&mut self, most_bytes: usize) {
        while self.bytes > most_bytes {
            let rank = |(number, entry): (&u64, &Entry)| {
                let of_network = self.of_network.get(&entry.network).copied().unwrap_or_default();
                (entry.is_known, of_network <= most_bytes / SHARE, *number)
            };
            let Some((.., number)) = self.present.iter().map(rank).min() else { return };
            if let Some(entry) = self.remove(number) {
                entry.evict.notify_one();
            }
        }
    }
}

/// What the head says that the body will have, in bytes.
fn announced(headers: &HeaderMap) -> Option<usize> {
    let length = headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse::<u64>().ok()?;
    Some(usize::try_from(length).unwrap_or(usize::MAX))
}

fn too_large(limit: usize) -> ProblemDocument {
    ProblemDocument::new(StatusCode::PAYLOAD_TOO_LARGE, format!("the body is larger than {limit} bytes"))
}

fn too_slow(time: Duration) -> ProblemDocument {
    let detail = format!("the body did not arrive within {} seconds", time.as_secs());
    ProblemDocument::new(StatusCode::REQUEST_TIMEOUT, detail)
}

fn evicted() -> ProblemDocument {
    let detail = "too many bodies are being received, and this one had been arriving longest; send it again";
    ProblemDocument::new(StatusCode::TOO_MANY_REQUESTS, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incoming_bodies(requests: usize) -> IncomingBodies {
        IncomingBodies {
            most_bytes: requests * REQUEST_BYTES,
            body_limit: REQUEST_BYTES,
            time: Duration::from_secs(10),
            state: Mutex::default(),
        }
    }

    fn from(number: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, number])
    }

    /// Which of them had to go.
    fn gone(incoming_bodies: &IncomingBodies, all: &[&IncomingBody<'_>]) -> Vec<bool> {
        let state = incoming_bodies.state();
        all.iter().map(|one| !state.present.contains_key(&one.number)).collect()
    }

    #[test]
    fn the_oldest_makes_room_and_a_known_caller_last() {
        let incoming_bodies = incoming_bodies(8);
        let known = incoming_bodies.begin(Some(from(1)), true);
        let strangers: Vec<_> = (2..9).map(|number| incoming_bodies.begin(Some(from(number)), false)).collect();
        let all: Vec<&IncomingBody<'_>> = std::iter::once(&known).chain(&strangers).collect();
        assert!(gone(&incoming_bodies, &all).iter().all(|gone| !gone), "they fit");
        let new = incoming_bodies.begin(Some(from(9)), false);
        assert!(new.grew(10), "the newest stays");
        assert_eq!(gone(&incoming_bodies, &all), [false, true, true, false, false, false, false, false]);
        assert!(known.grew(3 * REQUEST_BYTES));
        assert_eq!(gone(&incoming_bodies, &all), [false, true, true, true, true, true, false, false]);
        drop((known, strangers, new));
        let state = incoming_bodies.state();
        assert_eq!((state.bytes, state.present.len(), state.of_network.len()), (0, 0, 0));
    }

    #[test]
    fn an_address_beyond_its_share_loses_its_own_first() {
        let incoming_bodies = incoming_bodies(8);
        let first = incoming_bodies.begin(Some(from(1)), false);
        let many: Vec<_> = (0..7).map(|_| incoming_bodies.begin(Some(from(2)), false)).collect();
        let last = incoming_bodies.begin(Some(from(2)), false);
        assert_eq!(gone(&incoming_bodies, &[&first, &many[0], &many[1], &last]), [false, true, false, false]);
        assert!(first.grew(REQUEST_BYTES));
        assert_eq!(gone(&incoming_bodies, &[&first, &many[1], &many[2]]), [false, true, false]);
    }

    #[tokio::test]
    async fn who_has_to_go_is_told_at_once() {
        let incoming_bodies = incoming_bodies(2);
        let silent = Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
        let mut slow = std::pin::pin!(incoming_bodies.receive(Request::new(silent), false));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(slow.as_mut().poll(&mut context).is_pending());
        let quick = incoming_bodies.receive(Request::new(Body::from(vec![b'x'; REQUEST_BYTES])), false).await.unwrap();
        assert_eq!(quick.len(), REQUEST_BYTES);
        assert_eq!(slow.await.unwrap_err().status(), StatusCode::TOO_MANY_REQUESTS);
    }
}
