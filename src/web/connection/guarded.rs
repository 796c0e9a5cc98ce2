//! A stream that ends when its other end does not go on: a stream comes in, the same one goes out, which fails with
//! `TimedOut` where a request's head does not arrive in time (whatever protocol it is spoken in, and however it
//! trickles), or where nothing moves. It waits as long as it takes for our own work.
//!
//! One alarm for a connection, which is late rather than set anew at every move: a timer for every head would cost more
//! than finding the answer.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// How long is waited.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// For a request's head: the first one's from the beginning of the connection, then from its first byte.
    pub(super) head: Duration,
    /// For anything to move.
    pub(super) idle: Duration,
}

/// What a connection is at.
#[derive(Debug)]
pub(super) struct Activity {
    /// Requests whose head has arrived.
    arrived: AtomicUsize,
    /// Requests that are being answered.
    working: AtomicUsize,
    /// When it began, or last sent a head, or last had its answer made: milliseconds behind [`BEGINNING`].
    progressed: AtomicU64,
}

/// Before every connection.
static BEGINNING: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Default for Activity {
    fn default() -> Self {
        let activity =
            Self { arrived: AtomicUsize::new(0), working: AtomicUsize::new(0), progressed: AtomicU64::new(0) };
        activity.progressed();
        activity
    }
}

/// A request that is being answered.
pub(super) struct Work(Arc<Activity>);

impl Activity {
    /// The head of a request has arrived.
    pub(super) fn arrived(&self) {
        self.arrived.fetch_add(1, Ordering::Relaxed);
        self.progressed();
    }

    fn progressed(&self) {
        let now = u64::try_from(BEGINNING.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.progressed.store(now, Ordering::Relaxed);
    }

    /// Since when the other end has kept us waiting, for a head or until it has read its answer; `None` where it waits
    /// for us.
    pub(super) fn waiting_since(&self) -> Option<Instant> {
        let is_waited_for = self.working.load(Ordering::Relaxed) == 0;
        is_waited_for.then(|| *BEGINNING + Duration::from_millis(self.progressed.load(Ordering::Relaxed)))
    }

    pub(super) fn work(self: &Arc<Self>) -> Work {
        self.working.fetch_add(1, Ordering::Relaxed);
        Work(Arc::clone(self))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.0.progressed();
        self.0.working.fetch_sub(1, Ordering::Relaxed);
    }
}

pub(super) struct Guarded<S> {
    stream: S,
    activity: Arc<Activity>,
    patience: Patience,
    moved: Instant,
    /// Since when a head has been arriving.
    head_since: Option<Instant>,
    /// The requests that had arrived then.
    arrived: usize,
    alarm: Pin<Box<Sleep>>,
}

impl<S> Guarded<S> {
    pub(super) fn new(stream: S, activity: Arc<Activity>, patience: Patience) -> Self {
        let now = Instant::now();
        let alarm = Box::pin(sleep_until(now + patience.head.min(patience.idle)));
        Self { stream, activity, patience, moved: now, head_since: Some(now), arrived: 0, alarm }
    }

    /// When it has been too long.
    fn deadline(&mut self, now: Instant) -> Instant {
        if self.activity.working.load(Ordering::Relaxed) > 0 {
            return now + self.patience.idle;
        }
        let idle = self.moved + self.patience.idle;
        self.head_under_way().map_or(idle, |since| idle.min(since + self.patience.head))
    }

    /// Since when a head has been arriving, if one is.
    fn head_under_way(&mut self) -> Option<Instant> {
        let arrived = self.activity.arrived.load(Ordering::Relaxed);
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
            Some(since) if self.moved >= since + self.patience.head => Err(io::ErrorKind::TimedOut.into()),
            None if self.activity.working.load(Ordering::Relaxed) == 0 => {
                self.head_since = Some(self.moved);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Something went: the other end reads, and what comes meanwhile is no head (HTTP/2 acknowledges what it reads).
    fn went(&mut self) {
        self.moved = Instant::now();
        if self.arrived > 0 {
            self.head_since = None;
        }
    }

    /// Ends a wait that has been too long.
    fn wait<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
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

impl<S: AsyncRead + Unpin> AsyncRead for Guarded<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let guarded = self.get_mut();
        match Pin::new(&mut guarded.stream).poll_read(context, buffer) {
            Poll::Ready(read) => Poll::Ready(read.and_then(|()| guarded.came())),
            Poll::Pending => guarded.wait(context),
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Guarded<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let guarded = self.get_mut();
        let written = Pin::new(&mut guarded.stream).poll_write(context, bytes);
        if written.is_pending() {
            return guarded.wait(context);
        }
        guarded.went();
        written
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let guarded = self.get_mut();
        let written = Pin::new(&mut guarded.stream).poll_write_vectored(context, slices);
        if written.is_pending() {
            return guarded.wait(context);
        }
        guarded.went();
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests;
