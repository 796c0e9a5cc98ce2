//! Connections: a listener comes in, and requests on its connections are answered, HTTP/1 and HTTP/2, until it is asked
//! to stop. Strangers cannot use it up: there are so many connections at once and so many of one address, a request's
//! head arrives in time or not at all, one on which nothing moves is closed, and where there is no room for another, or
//! no file, the one that has kept us waiting longest is closed. Nothing that goes wrong with a connection, or for want of
//! files, ends the listening.

mod activity;
mod body;
mod descriptors;
mod guarded;
mod head;
mod limits;
mod registry;
mod visit;

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::OwnedSemaphorePermit;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::front::Front;
use crate::config;
use guarded::{Guarded, Timeouts};
use limits::{ConnectionLimits, ConnectionPermit};
use registry::{ConnectionRegistry, Registration};
use visit::Visitor;

pub(super) use activity::Activity;
pub(super) use head::HeadFault;
pub(super) use limits::network;

/// How long room is waited for before another connection is closed.
const LOOK: Duration = Duration::from_millis(10);
/// How long accepting rests when the system has no more files or memory.
const REST: Duration = Duration::from_millis(100);
/// Bytes of a request's head; browsers stay below 16 KiB.
const LONGEST_HEAD: usize = 64 * 1024;
/// Requests at once on one HTTP/2 connection (RFC 9113 section 6.5.2 recommends no less than 100).
const STREAMS: u32 = 128;

/// Who is at the other end of a connection: a proxy, maybe.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) SocketAddr);

/// What all connections share.
struct ServerContext {
    front: Front,
    protocols: auto::Builder<TokioExecutor>,
    timeouts: Timeouts,
    limits: Arc<ConnectionLimits>,
    registry: Arc<ConnectionRegistry>,
}

/// Answers until `stop` is cancelled; then takes no more connections, closes those that rest, lets those at work finish
/// what they are at for no longer than `drain`, and closes the others.
///
/// # Errors
/// Where the listener is not one that can accept.
pub(super) async fn serve(
    listener: TcpListener,
    front: Front,
    limits: &config::ServerSettings,
    drain: Duration,
    stop: &CancellationToken,
) -> io::Result<()> {
    let timeouts = Timeouts {
        head: Duration::from_secs(limits.header_timeout_seconds.max(1)),
        idle: Duration::from_secs(limits.idle_timeout_seconds.max(1)),
    };
    let connections = affordable(limits.connections);
    let limits = Arc::new(ConnectionLimits::new(connections, limits.connections_per_address));
    let server = Arc::new(ServerContext { front, protocols: protocols(), timeouts, limits, registry: Arc::default() });
    let leave = stop.child_token();
    let mut open = JoinSet::new();
    let accepted = accept(&listener, &server, &leave, &mut open).await;
    drop(listener);
    leave.cancel();
    let drained = async { while open.join_next().await.is_some() {} };
    if tokio::time::timeout(drain, drained).await.is_err() {
        tracing::warn!("connections were still open when the time to finish ran out; they are closed");
    }
    accepted
}

/// As many connections as are configured, or as the files allow that the process may open.
fn affordable(configured: usize) -> usize {
    let Some(possible) = descriptors::raise().filter(|possible| *possible < configured) else { return configured };
    tracing::warn!(
        connections = possible,
        configured,
        "fewer connections at once than configured: the process may not open more files (hint: `ulimit -Hn`)"
    );
    possible
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
    server: &Arc<ServerContext>,
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
                let Some(permit) = leave.run_until_cancelled(permit(server)).await else { return Ok(()) };
                let evict = |network| server.registry.evict_idlest(Some(network));
                if let Some(permit) = server.limits.of(permit, peer.ip(), evict) {
                    let activity = Arc::new(Activity::default());
                    // Here already, so that it counts when the next one comes.
                    let registration = server.registry.register(network(peer.ip()), &activity);
                    let kept = Kept { activity, registration, _permit: permit };
                    open.spawn(talk(stream, peer, Arc::clone(server), leave.clone(), kept));
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
                let pause = if server.registry.evict_idlest(None) { LOOK } else { REST };
                tokio::time::sleep(pause).await;
            }
        }
    }
}

/// A permit, as soon as there is one or somebody makes room.
async fn permit(server: &ServerContext) -> Option<OwnedSemaphorePermit> {
    loop {
        server.registry.keep_room(server.limits.most(), server.limits.room());
        if let Ok(permit) = tokio::time::timeout(LOOK, server.limits.any()).await {
            return permit;
        }
    }
}

/// Whether only the connection that was to be accepted is at fault.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

/// What is kept about a connection as long as it lasts.
struct Kept {
    activity: Arc<Activity>,
    registration: Registration,
    _permit: ConnectionPermit,
}

/// Answers what comes on one connection until either side has enough.
async fn talk(stream: TcpStream, peer: SocketAddr, server: Arc<ServerContext>, leave: CancellationToken, kept: Kept) {
    // Answers are written whole: waiting to fill a packet only delays them.
    let _ = stream.set_nodelay(true);
    let Kept { activity, registration, _permit } = kept;
    let stream = TokioIo::new(Guarded::new(stream, Arc::clone(&activity), server.timeouts));
    let visitor = Visitor::new(server.front.clone(), Peer(peer), activity);
    let mut connection = pin!(server.protocols.serve_connection(stream, visitor));
    let ended = tokio::select! {
        biased;
        ended = connection.as_mut() => ended,
        () = leave.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
        () = registration.evicted() => return,
    };
    if let Err(error) = ended {
        tracing::debug!(error = &*error, "a connection broke off");
    }
}
