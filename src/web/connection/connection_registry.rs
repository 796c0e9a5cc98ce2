//! The open connections. When there is no room for another, the one that has kept the server waiting longest is closed:
//! so connections that send or read nothing keep no reader out.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::activity::Activity;

/// Every client gets this long to send a head, or to read an answer: a client's head comes with the packet after the
/// one that opens the connection, and readers are to wait no longer than 100 ms for the room.
const GRACE: Duration = Duration::from_millis(50);

#[derive(Debug, Default)]
pub(super) struct ConnectionRegistry(Mutex<Members>);

#[derive(Debug, Default)]
struct Members {
    next: u64,
    present: HashMap<u64, Member>,
}

#[derive(Debug)]
struct Member {
    network: IpAddr,
    activity: Arc<Activity>,
    evict: Arc<Notify>,
}

/// A connection's entry, until it is dropped.
pub(super) struct Registration {
    registry: Arc<ConnectionRegistry>,
    number: u64,
    evict: Arc<Notify>,
}

impl ConnectionRegistry {
    /// Registers a connection from this network (see [`super::connection_limits::network`]).
    pub(super) fn register(self: &Arc<Self>, network: IpAddr, activity: &Arc<Activity>) -> Registration {
        let mut members = self.members();
        let number = members.next;
        members.next += 1;
        let evict = Arc::new(Notify::new());
        let member = Member { network, activity: Arc::clone(activity), evict: Arc::clone(&evict) };
        members.present.insert(number, member);
        Registration { registry: Arc::clone(self), number, evict }
    }

    /// Closes the connection that has kept us waiting longest, of this network where one is named; `false` where none
    /// has for longer than all may. One that is answered at the moment does not keep us waiting.
    pub(super) fn evict_idlest(&self, network: Option<IpAddr>) -> bool {
        self.members().evict_idlest(network, 1) > 0
    }

    /// Closes the idlest where there is no room for so many more beside those that are registered, as many at once:
    /// whoever comes next does not wait until one is gone.
    pub(super) fn keep_room(&self, most: usize, room: usize) {
        let mut members = self.members();
        if members.present.len() + room > most {
            members.evict_idlest(None, room);
        }
    }

    fn members(&self) -> MutexGuard<'_, Members> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Members {
    /// How many have been closed.
    fn evict_idlest(&mut self, network: Option<IpAddr>, most: usize) -> usize {
        let now = Instant::now();
        let candidates = self.present.iter().filter(|(_, member)| network.is_none_or(|it| it == member.network));
        let waited_for = candidates.filter_map(|(number, member)| {
            member.activity.waiting_since().filter(|since| *since + GRACE <= now).map(|since| (since, *number))
        });
        let mut waited_for: Vec<_> = waited_for.collect();
        if waited_for.len() > most {
            waited_for.select_nth_unstable(most);
            waited_for.truncate(most);
        }
        // Told once; the next time it is another's turn.
        for (_, number) in &waited_for {
            if let Some(member) = self.present.remove(number) {
                member.evict.notify_one();
            }
        }
        waited_for.len()
    }
}

impl Registration {
    /// Waits until the connection is to be closed for somebody else.
    pub(super) async fn evicted(&self) {
        self.evict.notified().await;
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.registry.members().present.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::time::sleep;

    use super::*;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    async fn is_evicted(registration: &Registration) -> bool {
        tokio::time::timeout(Duration::from_millis(1), registration.evicted()).await.is_ok()
    }

    fn join(registry: &Arc<ConnectionRegistry>, network: IpAddr) -> (Registration, Arc<Activity>) {
        let activity = Arc::new(Activity::default());
        activity.waits();
        (registry.register(network, &activity), activity)
    }

    #[tokio::test(start_paused = true)]
    async fn who_kept_us_waiting_longest_goes_first_and_once() {
        let registry = Arc::new(ConnectionRegistry::default());
        let (silent, _) = join(&registry, HERE);
        sleep(GRACE).await;
        let (asking, asked) = join(&registry, HERE);
        let (answered, working) = join(&registry, HERE);
        let work = working.work();
        sleep(GRACE / 2).await;
        asked.arrived();
        asked.waits();
        assert!(registry.evict_idlest(None));
        assert!(is_evicted(&silent).await && !is_evicted(&asking).await && !is_evicted(&answered).await);
        assert!(!registry.evict_idlest(None), "the others have not had their time");
        sleep(GRACE).await;
        assert!(registry.evict_idlest(None));
        assert!(is_evicted(&asking).await && !is_evicted(&answered).await);
        assert!(!registry.evict_idlest(None), "who is answered is not waited for");
        drop(work);
        working.waits();
        assert!(!registry.evict_idlest(None), "an answer takes time to read");
        sleep(GRACE).await;
        assert!(registry.evict_idlest(None));
        drop((silent, asking, answered));
        assert!(registry.members().present.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn who_was_not_looked_at_yet_has_not_kept_us_waiting() {
        let registry = Arc::new(ConnectionRegistry::default());
        let activity = Arc::new(Activity::default());
        let _new = registry.register(HERE, &activity);
        sleep(GRACE * 2).await;
        assert!(!registry.evict_idlest(None));
        activity.waits();
        assert!(registry.evict_idlest(None));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_is_waited_for_is_no_work() {
        let registry = Arc::new(ConnectionRegistry::default());
        let (stalled, activity) = join(&registry, HERE);
        let _work = activity.work();
        let awaited = activity.await_body();
        sleep(GRACE).await;
        drop(awaited);
        assert!(!registry.evict_idlest(None), "its body is there, and it is answered");
        let _awaited = activity.await_body();
        assert!(registry.evict_idlest(None));
        assert!(is_evicted(&stalled).await);
    }

    #[tokio::test(start_paused = true)]
    async fn room_is_made_for_several_at_once() {
        let registry = Arc::new(ConnectionRegistry::default());
        let mut silent = Vec::new();
        for _ in 0..8 {
            silent.push(join(&registry, HERE).0);
            sleep(GRACE).await;
        }
        registry.keep_room(10, 2);
        assert_eq!(registry.members().present.len(), 8, "there is room");
        registry.keep_room(9, 2);
        let mut gone = Vec::new();
        for one in &silent {
            gone.push(is_evicted(one).await);
        }
        assert_eq!(gone, [true, true, false, false, false, false, false, false]);
        registry.keep_room(9, 2);
        assert_eq!(registry.members().present.len(), 6, "who was told to go has left its room already");
    }

    #[tokio::test(start_paused = true)]
    async fn a_network_makes_room_for_its_own() {
        let registry = Arc::new(ConnectionRegistry::default());
        let (other, _) = join(&registry, IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)));
        let (own, _) = join(&registry, HERE);
        sleep(GRACE).await;
        assert!(registry.evict_idlest(Some(HERE)));
        assert!(is_evicted(&own).await && !is_evicted(&other).await);
        assert!(!registry.evict_idlest(Some(HERE)));
    }
}
