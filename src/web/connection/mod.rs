//! Connections of HTTP/1 and HTTP/2. Clients cannot exhaust the server: connections are limited in all and per address,
//! a request's head arrives in time or not at all, a connection on which nothing moves is closed, and where there is no
//! room for another, or no file descriptor, the one that has kept the server waiting longest is closed. No failure of a
//! connection, and no lack of descriptors, ends the listening.

mod activity;
mod connection_limits;
mod connection_registry;
mod connection_service;
mod descriptors;
mod request_body;
mod timeout_stream;

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

use super::cache_middleware::CacheMiddleware;
use crate::config;
use connection_limits::{ConnectionLimits, ConnectionPermit};
use connection_registry::{ConnectionRegistry, Registration};
use connection_service::ConnectionService;
use timeout_stream::{TimeoutStream, Timeouts};

pub(super) use activity::Activity;
pub(super) use connection_limits::network;

/// How long to wait for room before another connection is closed.
const ROOM_INTERVAL: Duration = Duration::from_millis(10);
/// The pause when the system has no more file descriptors or memory.
const ACCEPT_BACKOFF: Duration = Duration::from_millis(100);
/// Bytes of a request's head; browsers stay below 16 KiB.
const MAX_HEAD_BYTES: usize = 64 * 1024;
/// Requests at once on one HTTP/2 connection (RFC 9113 section 6.5.2 recommends no less than 100).
const MAX_STREAMS: u32 = 128;

/// The other end of a connection, which may be a proxy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) SocketAddr);

/// What all connections share.
struct ServerContext {
    routes: CacheMiddleware,
    protocols: auto::Builder<TokioExecutor>,
    timeouts: Timeouts,
    limits: Arc<ConnectionLimits>,
    registry: Arc<ConnectionRegistry>,
}

/// Answers until `stop` is cancelled; then accepts no more connections, closes idle ones, lets the others finish their
/// requests for no longer than `drain`, and closes them.
///
/// # Errors
/// Where the listener is not one that can accept.
pub(super) async fn serve(
    listener: TcpListener,
    routes: CacheMiddleware,
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
    let server = Arc::new(ServerContext { routes, protocols: protocols(), timeouts, limits, registry: Arc::default() });
    let shutdown = stop.child_token();
    let mut open = JoinSet::new();
    let accepted = accept(&listener, &server, &shutdown, &mut open).await;
    drop(listener);
    shutdown.cancel();
    let drained = async { while open.join_next().await.is_some() {} };
    if tokio::time::timeout(drain, drained).await.is_err() {
        tracing::warn!("closing connections that were still open at the end of the drain time");
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

/// No timers: [`TimeoutStream`] knows how long to wait.
fn protocols() -> auto::Builder<TokioExecutor> {
    let mut protocols = auto::Builder::new(TokioExecutor::new());
    protocols.http1().header_read_timeout(None).max_buf_size(MAX_HEAD_BYTES);
    let longest_head = u32::try_from(MAX_HEAD_BYTES).unwrap_or(u32::MAX);
    protocols.http2().max_concurrent_streams(MAX_STREAMS).max_header_list_size(longest_head);
    protocols
}

async fn accept(
    listener: &TcpListener,
    server: &Arc<ServerContext>,
    shutdown: &CancellationToken,
    open: &mut JoinSet<()>,
) -> io::Result<()> {
    let mut is_backing_off = false;
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = shutdown.cancelled() => return Ok(()),
        };
        while open.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) => {
                is_backing_off = false;
                // More wait in the system's queue.
                let Some(permit) = shutdown.run_until_cancelled(permit(server)).await else { return Ok(()) };
                let evict = |network| server.registry.evict_idlest(Some(network));
                if let Some(permit) = server.limits.of(permit, peer.ip(), evict) {
                    let activity = Arc::new(Activity::default());
                    // Here already, so that it counts when the next one comes.
                    let registration = server.registry.register(network(peer.ip()), &activity);
                    let state = ConnectionState { activity, registration, _permit: permit };
                    open.spawn(serve_connection(stream, peer, Arc::clone(server), shutdown.clone(), state));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => return Err(error),
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                // Logged once, not ten times a second.
                if !is_backing_off {
                    tracing::error!(%error, "accepting connections failed; retrying (hint: `ulimit -n`)");
                }
                is_backing_off = true;
                let pause = if server.registry.evict_idlest(None) { ROOM_INTERVAL } else { ACCEPT_BACKOFF };
                tokio::time::sleep(pause).await;
            }
        }
    }
}

/// A permit, as soon as there is one or somebody makes room.
async fn permit(server: &ServerContext) -> Option<OwnedSemaphorePermit> {
    loop {
        server.registry.keep_room(server.limits.most(), server.limits.room());
        if let Ok(permit) = tokio::time::timeout(ROOM_INTERVAL, server.limits.any()).await {
            return permit;
        }
    }
}

/// Whether only the connection that was to be accepted is at fault.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

/// Held as long as a connection lasts.
struct ConnectionState {
    activity: Arc<Activity>,
    registration: Registration,
    _permit: ConnectionPermit,
}

/// Answers the requests of one connection until either side closes it.
async fn serve_connection(
    stream: TcpStream,
    peer: SocketAddr,
    server: Arc<ServerContext>,
    shutdown: CancellationToken,
    state: ConnectionState,
) {
    // Answers are written whole: waiting to fill a packet only delays them.
    let _ = stream.set_nodelay(true);
    let ConnectionState { activity, registration, _permit } = state;
    let stream = TokioIo::new(TimeoutStream::new(stream, Arc::clone(&activity), server.timeouts));
    let service = ConnectionService::new(server.routes.clone(), Peer(peer), activity);
    let mut connection = pin!(server.protocols.serve_connection(stream, service));
    let ended = tokio::select! {
        biased;
        ended = connection.as_mut() => ended,
        () = shutdown.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
        () = registration.evicted() => return,
    };
    if let Err(error) = ended {
        tracing::debug!(error = &*error, "connection failed");
    }
}
