//! What a connection is doing: whether the client waits for the server or the server for the client, and since when.
//! This decides which connection is closed when there are too many.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tokio::time::Instant;

/// The state of one connection, shared by its stream, its requests and the registry.
#[derive(Debug)]
pub(in crate::web) struct Activity {
    /// Requests whose head has arrived.
    arrived: AtomicUsize,
    /// Requests that are being answered.
    working: AtomicUsize,
    /// Of these, the ones whose body is waited for.
    awaiting_body: AtomicUsize,
    /// When it began, or last sent a head, or last had its answer made: milliseconds after [`BEGINNING`].
    progressed: AtomicU64,
    /// Whether it was found since then that nothing can be read or written. A connection that the program has not come
    /// to look at does not keep it waiting.
    found_waiting: AtomicBool,
    /// Whether the other end may still be sending what nobody is going to read.
    unread: AtomicBool,
}

/// Before every connection.
static BEGINNING: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Default for Activity {
    fn default() -> Self {
        let activity = Self {
            arrived: AtomicUsize::new(0),
            working: AtomicUsize::new(0),
            awaiting_body: AtomicUsize::new(0),
            progressed: AtomicU64::new(0),
            found_waiting: AtomicBool::new(false),
            unread: AtomicBool::new(false),
        };
        activity.progressed();
        activity
    }
}

/// A request that is being answered, until it is dropped.
pub(super) struct Work(Arc<Activity>);

/// A request whose body is waited for, until it is dropped.
#[derive(Debug)]
pub(in crate::web) struct AwaitedBody(Arc<Activity>);

impl Activity {
    /// The head of a request has arrived.
    pub(super) fn arrived(&self) {
        self.arrived.fetch_add(1, Ordering::Relaxed);
        self.progressed();
    }

    pub(super) fn arrivals(&self) -> usize {
        self.arrived.load(Ordering::Relaxed)
    }

    fn progressed(&self) {
        let now = u64::try_from(BEGINNING.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.progressed.store(now, Ordering::Relaxed);
        self.found_waiting.store(false, Ordering::Relaxed);
    }

    /// Nothing can be read or written at the moment.
    pub(super) fn waits(&self) {
        self.found_waiting.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_working(&self) -> bool {
        self.working.load(Ordering::Relaxed) > 0
    }

    /// Since when the other end has kept us waiting: for a head, for the body of somebody unknown, or until it has read
    /// its answer; `None` where it waits for us.
    pub(super) fn waiting_since(&self) -> Option<Instant> {
        let working = self.working.load(Ordering::Relaxed) > self.awaiting_body.load(Ordering::Relaxed);
        let is_waited_for = !working && self.found_waiting.load(Ordering::Relaxed);
        is_waited_for.then(|| *BEGINNING + Duration::from_millis(self.progressed.load(Ordering::Relaxed)))
    }

    pub(super) fn work(self: &Arc<Self>) -> Work {
        self.working.fetch_add(1, Ordering::Relaxed);
        Work(Arc::clone(self))
    }

    /// A body is waited for that nothing vouches for: meanwhile this is no connection at work.
    pub(in crate::web) fn await_body(self: &Arc<Self>) -> AwaitedBody {
        self.awaiting_body.fetch_add(1, Ordering::Relaxed);
        AwaitedBody(Arc::clone(self))
    }

    /// What comes from here on is read by nobody.
    pub(super) fn leave_unread(&self) {
        self.unread.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_unread(&self) -> bool {
        self.unread.load(Ordering::Relaxed)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.0.progressed();
        self.0.working.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Drop for AwaitedBody {
    fn drop(&mut self) {
        self.0.awaiting_body.fetch_sub(1, Ordering::Relaxed);
    }
}
