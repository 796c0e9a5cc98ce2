//! A stream that ends when its other end does not go on: a stream comes in, the same one goes out, which fails with
//! `TimedOut` where the first request does not arrive in time (whatever protocol it is spoken in, and however it
//! trickles), or where nothing moves. It waits as long as it takes for our own work.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// How long is waited.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// For the first request's head, from the beginning of the connection.
    pub(super) head: Duration,
    /// For anything to move.
    pub(super) idle: Duration,
}

/// What a connection is at.
#[derive(Debug, Default)]
pub(super) struct Activity {
    has_begun: AtomicBool,
    working: AtomicUsize,
}

/// A request that is being answered.
pub(super) struct Work(Arc<Activity>);

impl Activity {
    /// The first request has arrived.
    pub(super) fn has_begun(&self) {
        self.has_begun.store(true, Ordering::Relaxed);
    }

    pub(super) fn work(self: &Arc<Self>) -> Work {
        self.working.fetch_add(1, Ordering::Relaxed);
        Work(Arc::clone(self))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.0.working.fetch_sub(1, Ordering::Relaxed);
    }
}

pub(super) struct Guarded<S> {
    stream: S,
    activity: Arc<Activity>,
    patience: Patience,
    opened: Instant,
    moved: Instant,
    /// Goes off too early rather than being set anew at every move.
    alarm: Pin<Box<Sleep>>,
}

impl<S> Guarded<S> {
    pub(super) fn new(stream: S, activity: Arc<Activity>, patience: Patience) -> Self {
        let now = Instant::now();
        let alarm = Box::pin(sleep_until(now + patience.head.min(patience.idle)));
        Self { stream, activity, patience, opened: now, moved: now, alarm }
    }

    fn deadline(&self, now: Instant) -> Instant {
        if self.activity.working.load(Ordering::Relaxed) > 0 {
            return now + self.patience.idle;
        }
        let idle = self.moved + self.patience.idle;
        if self.activity.has_begun.load(Ordering::Relaxed) { idle } else { idle.min(self.opened + self.patience.head) }
    }

    /// Notes that something moved, and ends the wait where it has been too long.
    fn watch<T>(&mut self, context: &mut Context<'_>, moved: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if moved.is_ready() {
            self.moved = Instant::now();
            // Whoever trickles keeps moving.
            if self.activity.has_begun.load(Ordering::Relaxed) || self.moved < self.opened + self.patience.head {
                return moved;
            }
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
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
        let moved = Pin::new(&mut guarded.stream).poll_read(context, buffer);
        guarded.watch(context, moved)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Guarded<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let guarded = self.get_mut();
        let moved = Pin::new(&mut guarded.stream).poll_write(context, bytes);
        guarded.watch(context, moved)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let guarded = self.get_mut();
        let moved = Pin::new(&mut guarded.stream).poll_write_vectored(context, slices);
        guarded.watch(context, moved)
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
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};
    use tokio::time::sleep;

    use super::*;

    const PATIENCE: Patience = Patience { head: Duration::from_secs(10), idle: Duration::from_secs(30) };

    fn pair() -> (DuplexStream, Guarded<DuplexStream>, Arc<Activity>) {
        let (theirs, ours) = tokio::io::duplex(64);
        let activity = Arc::new(Activity::default());
        (theirs, Guarded::new(ours, Arc::clone(&activity), PATIENCE), activity)
    }

    async fn seconds_until_closed(guarded: &mut Guarded<DuplexStream>) -> u64 {
        let began = Instant::now();
        let mut bytes = [0; 8];
        loop {
            match guarded.read(&mut bytes).await {
                Ok(_) => {}
                Err(error) => {
                    assert_eq!(error.kind(), io::ErrorKind::TimedOut);
                    return began.elapsed().as_secs();
                }
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_connection_ends_when_the_head_is_due() {
        let (_theirs, mut guarded, _) = pair();
        assert_eq!(seconds_until_closed(&mut guarded).await, 10);
    }

    #[tokio::test(start_paused = true)]
    async fn trickling_does_not_gain_time() {
        let (mut theirs, mut guarded, _) = pair();
        let trickle = tokio::spawn(async move {
            while theirs.write_all(b"x").await.is_ok() {
                sleep(Duration::from_secs(3)).await;
            }
        });
        let closed = seconds_until_closed(&mut guarded).await;
        assert!((10..=12).contains(&closed), "{closed}");
        trickle.abort();
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_that_rests_ends_and_one_that_moves_does_not() {
        let (mut theirs, mut guarded, activity) = pair();
        activity.has_begun();
        let mover = tokio::spawn(async move {
            for _ in 0..5 {
                sleep(Duration::from_secs(20)).await;
                theirs.write_all(b"x").await.unwrap();
            }
            theirs
        });
        assert_eq!(seconds_until_closed(&mut guarded).await, 130);
        drop(mover.await);
    }

    #[tokio::test(start_paused = true)]
    async fn our_own_work_is_waited_for() {
        let (_theirs, mut guarded, activity) = pair();
        activity.has_begun();
        let work = activity.work();
        tokio::spawn(async move {
            sleep(Duration::from_secs(100)).await;
            drop(work);
        });
        let closed = seconds_until_closed(&mut guarded).await;
        assert!((100..=130).contains(&closed), "{closed}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_that_does_not_read_is_not_waited_for() {
        let (_theirs, mut guarded, activity) = pair();
        activity.has_begun();
        let began = Instant::now();
        let error = guarded.write_all(&[b'x'; 1000]).await.unwrap_err();
        assert_eq!((error.kind(), began.elapsed().as_secs()), (io::ErrorKind::TimedOut, 30));
    }
}
