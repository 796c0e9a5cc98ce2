//! A stream with timeouts. It fails with `TimedOut` where a request's head does not arrive in time (whatever the
//! protocol, and however slowly it trickles), or where nothing moves. It never times out while a handler works.
//!
//! There is one timer for a connection, which may fire too early and is then set again, instead of one that is set at
//! every read: a timer for every head would cost more than finding the answer.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use super::activity::Activity;

/// How long to wait.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timeouts {
    /// For a request's head: the first one's from the beginning of the connection, then from its first byte.
    pub(super) head: Duration,
    /// For anything to move.
    pub(super) idle: Duration,
}

/// For how long, and how much, is still read after the last answer where the client may not have sent everything yet:
/// closing a connection with unread bytes resets it, and the reset destroys the answer on its way (as nginx's
/// `lingering_close`, which the time is shorter than: <https://nginx.org/en/docs/http/ngx_http_core_module.html>).
const LINGER: Duration = Duration::from_secs(2);
const LINGER_BYTES: usize = 16 * 1024 * 1024;

pub(super) struct TimeoutStream<S> {
    stream: S,
    activity: Arc<Activity>,
    timeouts: Timeouts,
    moved: Instant,
    /// Since when a head has been arriving.
    head_since: Option<Instant>,
    /// The requests that had arrived then.
    arrived: usize,
    /// How many bytes are still read before it is closed; `None` until our side is closed.
    lingering: Option<usize>,
    alarm: Pin<Box<Sleep>>,
}

impl<S> TimeoutStream<S> {
    pub(super) fn new(stream: S, activity: Arc<Activity>, timeouts: Timeouts) -> Self {
        let now = Instant::now();
        let alarm = Box::pin(sleep_until(now + timeouts.head.min(timeouts.idle)));
        Self { stream, activity, timeouts, moved: now, head_since: Some(now), arrived: 0, lingering: None, alarm }
    }

    /// When it has been too long.
    fn deadline(&mut self, now: Instant) -> Instant {
        if self.activity.is_working() {
            return now + self.timeouts.idle;
        }
        let idle = self.moved + self.timeouts.idle;
        self.head_under_way().map_or(idle, |since| idle.min(since + self.timeouts.head))
    }

    /// Since when a head has been arriving, if one is.
    fn head_under_way(&mut self) -> Option<Instant> {
        let arrived = self.activity.arrivals();
        if arrived != self.arrived {
            self.arrived = arrived;
            self.head_since = None;
        }
        self.head_since
    }

    /// Something came: what comes while nobody is at work is a head, or the rest of what nobody wants to read.
    fn came(&mut self) -> io::Result<()> {
        self.moved = Instant::now();
        match self.head_under_way() {
            // Whoever trickles keeps moving.
            Some(since) if self.moved >= since + self.timeouts.head => Err(io::ErrorKind::TimedOut.into()),
            None if !self.activity.is_working() => {
                self.head_since = Some(self.moved);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Something went: the other end reads, and what comes meanwhile is no head (HTTP/2 acknowledges what it reads).
    fn went(&mut self) {
        self.moved = Instant::now();
        // What is said before a head was understood is that it cannot be; a body may follow it.
        if self.head_under_way().is_some() {
            self.activity.leave_unread();
        }
        if self.arrived > 0 {
            self.head_since = None;
        }
    }

    /// Ends a wait that has been too long.
    fn wait<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        self.activity.waits();
        loop {
            ready!(self.alarm.as_mut().poll(context));
            let now = Instant::now();
            let deadline = self.deadline(now);
            if deadline <= now {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.alarm.as_mut().reset(deadline);
        }
    }
}

impl<S: AsyncRead + Unpin> TimeoutStream<S> {
    /// Reads what nobody wants, until the other end has closed too, or for long enough. However it ends, it is the end.
    fn discard(&mut self, mut left: usize, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut bytes = [0; 8 * 1024];
        loop {
            if self.alarm.as_mut().poll(context).is_ready() {
                return Poll::Ready(Ok(()));
            }
            let mut buffer = ReadBuf::new(&mut bytes);
            match Pin::new(&mut self.stream).poll_read(context, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() && buffer.filled().len() < left => {
                    left -= buffer.filled().len();
                }
                Poll::Ready(_) => return Poll::Ready(Ok(())),
                Poll::Pending => {
                    self.lingering = Some(left);
                    return Poll::Pending;
                }
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for TimeoutStream<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let timeout_stream = self.get_mut();
        match Pin::new(&mut timeout_stream.stream).poll_read(context, buffer) {
            Poll::Ready(read) => Poll::Ready(read.and_then(|()| timeout_stream.came())),
            Poll::Pending => timeout_stream.wait(context),
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for TimeoutStream<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let timeout_stream = self.get_mut();
        let written = Pin::new(&mut timeout_stream.stream).poll_write(context, bytes);
        if written.is_pending() {
            return timeout_stream.wait(context);
        }
        timeout_stream.went();
        written
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let timeout_stream = self.get_mut();
        let written = Pin::new(&mut timeout_stream.stream).poll_write_vectored(context, slices);
        if written.is_pending() {
            return timeout_stream.wait(context);
        }
        timeout_stream.went();
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let timeout_stream = self.get_mut();
        if let Some(left) = timeout_stream.lingering {
            return timeout_stream.discard(left, context);
        }
        ready!(Pin::new(&mut timeout_stream.stream).poll_shutdown(context))?;
        if !timeout_stream.activity.is_unread() {
            return Poll::Ready(Ok(()));
        }
        timeout_stream.activity.waits();
        timeout_stream.alarm.as_mut().reset(Instant::now() + LINGER);
        timeout_stream.discard(LINGER_BYTES, context)
    }
}

#[cfg(test)]
mod tests;
