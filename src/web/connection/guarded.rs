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
    async fn the_next_head_has_as_much_time_from_its_first_byte() {
        let (mut theirs, mut guarded, activity) = pair();
        activity.arrived();
        let trickle = tokio::spawn(async move {
            sleep(Duration::from_secs(20)).await;
            while theirs.write_all(b"x").await.is_ok() {
                sleep(Duration::from_secs(3)).await;
            }
        });
        let closed = seconds_until_closed(&mut guarded).await;
        assert!((30..=32).contains(&closed), "{closed}");
        trickle.abort();
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_reads_slowly_and_says_so_is_read_to_the_end() {
        let (mut theirs, mut guarded, activity) = pair();
        activity.arrived();
        let reader = tokio::spawn(async move {
            let mut bytes = [0; 16];
            for _ in 0..20 {
                sleep(Duration::from_secs(5)).await;
                theirs.write_all(b"more").await.unwrap();
                theirs.read_exact(&mut bytes).await.unwrap();
            }
            theirs
        });
        let mut word = [0; 4];
        for _ in 0..20 {
            guarded.read_exact(&mut word).await.unwrap();
            guarded.write_all(&[b'x'; 16]).await.unwrap();
        }
        drop(reader.await);
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_that_rests_ends_and_one_that_moves_does_not() {
        let (mut theirs, mut guarded, activity) = pair();
        let mover = tokio::spawn(async move {
            for _ in 0..5 {
                theirs.write_all(b"request!").await.unwrap();
                sleep(Duration::from_secs(20)).await;
            }
            theirs
        });
        let began = Instant::now();
        let mut request = [0; 8];
        for _ in 0..5 {
            guarded.read_exact(&mut request).await.unwrap();
            activity.arrived();
        }
        assert_eq!(seconds_until_closed(&mut guarded).await, 30);
        assert_eq!(began.elapsed().as_secs(), 110);
        drop(mover.await);
    }

    #[tokio::test(start_paused = true)]
    async fn our_own_work_is_waited_for() {
        let (_theirs, mut guarded, activity) = pair();
        activity.arrived();
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
        activity.arrived();
        let began = Instant::now();
        let error = guarded.write_all(&[b'x'; 1000]).await.unwrap_err();
        assert_eq!((error.kind(), began.elapsed().as_secs()), (io::ErrorKind::TimedOut, 30));
    }
}
