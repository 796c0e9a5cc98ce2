//! Who is connected: connections join and leave, and when there is no place for another, the one that has kept us
//! waiting longest is asked to go. So a crowd that says nothing, or reads nothing, keeps no reader out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::guarded::Activity;

/// Everybody gets this long to send a head, or to take an answer.
const GRACE: Duration = Duration::from_millis(250);

#[derive(Debug, Default)]
pub(super) struct Crowd(Mutex<Members>);

#[derive(Debug, Default)]
struct Members {
    next: u64,
    present: HashMap<u64, Member>,
}

#[derive(Debug)]
struct Member {
    activity: Arc<Activity>,
    go: Arc<Notify>,
}

/// A connection's place in the crowd, until it is dropped.
pub(super) struct Membership {
    crowd: Arc<Crowd>,
    number: u64,
    go: Arc<Notify>,
}

impl Crowd {
    pub(super) fn join(self: &Arc<Self>, activity: &Arc<Activity>) -> Membership {
        let mut members = self.members();
        let number = members.next;
        members.next += 1;
        let go = Arc::new(Notify::new());
        members.present.insert(number, Member { activity: Arc::clone(activity), go: Arc::clone(&go) });
        Membership { crowd: Arc::clone(self), number, go }
    }

    /// Asks the connection to go that has kept us waiting longest; `false` where none has for as long as all may. One
    /// that is answered at the moment does not keep us waiting.
    pub(super) fn dismiss_one(&self) -> bool {
        let now = Instant::now();
        let mut members = self.members();
        let waited_for = members.present.iter().filter_map(|(number, member)| {
            member.activity.waiting_since().filter(|since| *since + GRACE <= now).map(|since| (since, *number))
        });
        let Some((_, number)) = waited_for.min() else { return false };
        // Asked once; the next time it is another's turn.
        members.present.remove(&number).is_some_and(|member| {
            member.go.notify_one();
            true
        })
    }

    fn members(&self) -> MutexGuard<'_, Members> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Membership {
    /// Waits until the place is wanted for somebody else.
    pub(super) async fn asked_to_go(&self) {
        self.go.notified().await;
    }
}

impl Drop for Membership {
    fn drop(&mut self) {
        self.crowd.members().present.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::sleep;

    use super::*;

    async fn is_asked(membership: &Membership) -> bool {
        tokio::time::timeout(Duration::from_millis(1), membership.asked_to_go()).await.is_ok()
    }

    #[tokio::test(start_paused = true)]
    async fn who_kept_us_waiting_longest_goes_first_and_once() {
        let crowd = Arc::new(Crowd::default());
        let join = || {
            let activity = Arc::new(Activity::default());
            (crowd.join(&activity), activity)
        };
        let (silent, _) = join();
        sleep(GRACE).await;
        let (asking, asked) = join();
        let (answered, working) = join();
        let work = working.work();
        sleep(GRACE / 2).await;
        asked.arrived();
        assert!(crowd.dismiss_one());
        assert!(is_asked(&silent).await && !is_asked(&asking).await && !is_asked(&answered).await);
        assert!(!crowd.dismiss_one(), "the others have not had their time");
        sleep(GRACE).await;
        assert!(crowd.dismiss_one());
        assert!(is_asked(&asking).await && !is_asked(&answered).await);
        assert!(!crowd.dismiss_one(), "who is answered is not waited for");
        drop(work);
        assert!(!crowd.dismiss_one(), "an answer takes time to read");
        sleep(GRACE).await;
        assert!(crowd.dismiss_one());
        drop((silent, asking, answered));
        assert!(crowd.members().present.is_empty());
    }
}
