//! Connections: a listener comes in, and requests on its connections are answered, HTTP/1 and HTTP/2, until it is asked
//! to stop. Strangers cannot use it up: there are so many connections at once and so many of one address, a request's
//! head arrives in time or not at all, one on which nothing moves is closed, and where there is no place for another,
//! the one that has kept us waiting longest makes room. Nothing that goes wrong with a
//! connection, or for want of files, ends the listening.

mod crowd;
mod guarded;
mod places;

use std::convert::Infallible;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::OwnedSemaphorePermit;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::front::{Answering, Front};
use crate::config;
use crowd::Crowd;
use guarded::{Activity, Guarded, Patience};
use places::{Place, Places};

/// How long a place is waited for before another is asked to make room.
const LOOK: Duration = Duration::from_millis(10);
/// How long accepting rests when the system has no more files or memory.
const REST: Duration = Duration::from_millis(100);
/// Bytes of a request's head; browsers stay below 16 KiB.
const LONGEST_HEAD: usize = 64 * 1024;
/// Requests at once on one HTTP/2 connection (RFC 9113 section 6.5.2 recommends no less than 100).
const STREAMS: u32 = 128;

/// What all connections share.
struct House {
    front: Front,
    protocols: auto::Builder<TokioExecutor>,
    patience: Patience,
    places: Arc<Places>,
    crowd: Arc<Crowd>,
}

/// Answers until `stop` is cancelled; then takes no more connections, closes those that rest, lets those at work finish
/// what they are at for no longer than `drain`, and closes the others.
///
/// # Errors
/// Where the listener is not one that can accept.
pub(super) async fn serve(
    listener: TcpListener,
    front: Front,
    limits: &config::Server,
    drain: Duration,
    stop: &CancellationToken,
) -> io::Result<()> {
    let patience = Patience {
        head: Duration::from_secs(limits.header_timeout_seconds.max(1)),
        idle: Duration::from_secs(limits.idle_timeout_seconds.max(1)),
    };
    let places = Arc::new(Places::new(limits.connections, limits.connections_per_address));
    let house = Arc::new(House { front, protocols: protocols(), patience, places, crowd: Arc::default() });
    let leave = stop.child_token();
    let mut open = JoinSet::new();
    let accepted = accept(&listener, &house, &leave, &mut open).await;
    drop(listener);
    leave.cancel();
    let drained = async { while open.join_next().await.is_some() {} };
    if tokio::time::timeout(drain, drained).await.is_err() {
        tracing::warn!("connections were still open when the time to finish ran out; they are closed");
    }
    accepted
}

/// No timers: [`Guarded`] knows how long to wait.
fn protocols() -> auto::Builder<TokioExecutor> {
    let mut protocols = auto::Builder::new(TokioExecutor::new());
    protocols.http1().header_read_timeout(None).max_buf_size(LONGEST_HEAD);
    let longest_head = u32::try_from(LONGEST_HEAD).unwrap_or(u32::MAX);
    protocols.http2().max_concurrent_streams(STREAMS).max_header_list_size(longest_head);
    protocols
}

async fn accept(
    listener: &TcpListener,
    house: &Arc<House>,
    leave: &CancellationToken,
    open: &mut JoinSet<()>,
) -> io::Result<()> {
    let mut is_resting = false;
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = leave.cancelled() => return Ok(()),
        };
        while open.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) => {
                is_resting = false;
                // More wait in the system's queue.
                let Some(place) = leave.run_until_cancelled(a_place(house)).await else { return Ok(()) };
                if let Some(place) = house.places.of(place, peer.ip()) {
                    open.spawn(talk(stream, Arc::clone(house), leave.clone(), place));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => return Err(error),
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                // Told once, not ten times a second.
                if !is_resting {
                    tracing::error!(%error, "connections cannot be accepted for now (hint: `ulimit -n`)");
                }
                is_resting = true;
                tokio::time::sleep(REST).await;
            }
        }
    }
}

/// A place, as soon as there is one or somebody makes room.
async fn a_place(house: &House) -> Option<OwnedSemaphorePermit> {
    loop {
        if house.places.are_taken() {
            house.crowd.dismiss_one();
        }
        if let Ok(place) = tokio::time::timeout(LOOK, house.places.any()).await {
            return place;
        }
    }
}

/// Whether only the connection that was to be accepted is at fault.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

/// Answers what comes on one connection until either side has enough.
async fn talk(stream: TcpStream, house: Arc<House>, leave: CancellationToken, _place: Place) {
    // Answers are written whole: waiting to fill a packet only delays them.
    let _ = stream.set_nodelay(true);
    let activity = Arc::new(Activity::default());
    let membership = house.crowd.join(&activity);
    let stream = TokioIo::new(Guarded::new(stream, Arc::clone(&activity), house.patience));
    let visitor = Visitor { house: Arc::clone(&house), activity };
    let mut connection = pin!(house.protocols.serve_connection(stream, visitor));
    let ended = tokio::select! {
        biased;
        ended = connection.as_mut() => ended,
        () = leave.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
        () = membership.asked_to_go() => return,
    };
    if let Err(error) = ended {
        tracing::debug!(error = &*error, "a connection broke off");
    }
}

/// Whoever is at the other end.
struct Visitor {
    house: Arc<House>,
    activity: Arc<Activity>,
}

impl hyper::service::Service<Request<Incoming>> for Visitor {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Visit;

    fn call(&self, request: Request<Incoming>) -> Visit {
        self.activity.arrived();
        if let Some(response) = self.house.front.recall(&request) {
            return Visit::Recalled(Some(response));
        }
        let answering = self.house.front.ask(request.map(Body::new));
        let work = self.activity.work();
        Visit::Asked(Box::pin(async move {
            let answer = answering.await;
            drop(work);
            answer
        }))
    }
}

/// An answer that is there already, or on its way.
enum Visit {
    Recalled(Option<Response<Body>>),
    Asked(Answering),
}

impl Future for Visit {
    type Output = Result<Response<Body>, Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.get_mut() {
            Self::Recalled(response) => response.take().map_or(Poll::Pending, |response| Poll::Ready(Ok(response))),
            Self::Asked(answering) => answering.as_mut().poll(context),
        }
    }
}
