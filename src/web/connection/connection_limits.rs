//! How many connections there may be, in all and for one address.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Connections for which room is made at once, at most: as many as come while those before them are closed.
const MOST_ROOM: usize = 64;

pub(super) struct ConnectionLimits {
    all: Arc<Semaphore>,
    most: usize,
    /// 0: no limit.
    most_of_one: usize,
    taken: Mutex<HashMap<IpAddr, usize>>,
}

/// Permission for one connection, given back when dropped.
pub(super) struct ConnectionPermit {
    _one_of_all: Option<OwnedSemaphorePermit>,
    _of_its_address: Option<OfAddress>,
}

struct OfAddress {
    limits: Arc<ConnectionLimits>,
    network: IpAddr,
}

impl ConnectionLimits {
    pub(super) fn new(all: usize, most_of_one: usize) -> Self {
        let most = all.clamp(1, Semaphore::MAX_PERMITS);
        Self { all: Arc::new(Semaphore::new(most)), most, most_of_one, taken: Mutex::default() }
    }

    /// Waits until there is room for another at all. The semaphore is never closed.
    pub(super) async fn any(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.all).acquire_owned().await.ok()
    }

    /// How many there may be at once.
    pub(super) fn most(&self) -> usize {
        self.most
    }

    /// For how many more there is to be room when another comes.
    pub(super) fn room(&self) -> usize {
        (self.most / 8).clamp(1, MOST_ROOM)
    }

    /// The permit for a connection of this address. Where the address has its share, `evict` is to close another of its
    /// network, and there is none if it cannot: behind a proxy, whose share is everybody's, a connection that rests
    /// makes room for one that has something to ask. This machine's own addresses have no limit.
    pub(super) fn of(
        self: &Arc<Self>,
        one_of_all: Option<OwnedSemaphorePermit>,
        address: IpAddr,
        evict: impl FnOnce(IpAddr) -> bool,
    ) -> Option<ConnectionPermit> {
        let address = address.to_canonical();
        if self.most_of_one == 0 || address.is_loopback() {
            return Some(ConnectionPermit { _one_of_all: one_of_all, _of_its_address: None });
        }
        let network = network(address);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = taken.entry(network).or_insert(0);
        if *taken >= self.most_of_one && !evict(network) {
            return None;
        }
        *taken += 1;
        let of_its_address = OfAddress { limits: Arc::clone(self), network };
        Some(ConnectionPermit { _one_of_all: one_of_all, _of_its_address: Some(of_its_address) })
    }
}

/// What one subscriber has: an IPv4 address, or an IPv6 /64 (RFC 6177).
pub(in crate::web) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

impl Drop for OfAddress {
    fn drop(&mut self) {
        let mut taken = self.limits.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(limits: &Arc<ConnectionLimits>, address: &str) -> Option<ConnectionPermit> {
        limits.of(None, address.parse().unwrap(), |_| false)
    }

    #[test]
    fn an_address_has_its_share_and_gets_it_back() {
        let limits = Arc::new(ConnectionLimits::new(10, 2));
        let first = take(&limits, "192.0.2.1").unwrap();
        let second = take(&limits, "::ffff:192.0.2.1").unwrap();
        assert!(take(&limits, "192.0.2.1").is_none());
        let other = take(&limits, "192.0.2.2").unwrap();
        drop(first);
        let third = take(&limits, "192.0.2.1").unwrap();
        assert!(take(&limits, "192.0.2.1").is_none());
        let fourth = limits.of(None, "192.0.2.1".parse().unwrap(), |network| network.to_string() == "192.0.2.1");
        assert!(fourth.is_some(), "another of it makes room");
        drop((second, other, third, fourth));
        assert!(limits.taken.lock().unwrap().is_empty(), "nobody is remembered who has left");
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let limits = Arc::new(ConnectionLimits::new(10, 1));
        let _one = take(&limits, "2001:db8:0:1::1").unwrap();
        assert!(take(&limits, "2001:db8:0:1:ffff::2").is_none());
        assert!(take(&limits, "2001:db8:0:2::1").is_some());
    }

    #[test]
    fn this_machine_and_no_limit_have_none() {
        let limited = Arc::new(ConnectionLimits::new(10, 1));
        let unlimited = Arc::new(ConnectionLimits::new(10, 0));
        let here: Vec<_> = (0..5).filter_map(|_| take(&limited, "127.0.0.1")).collect();
        let anywhere: Vec<_> = (0..5).filter_map(|_| take(&unlimited, "192.0.2.1")).collect();
        assert_eq!((here.len(), anywhere.len()), (5, 5));
    }

    #[tokio::test]
    async fn there_are_so_many_at_once() {
        let limits = ConnectionLimits::new(1, 0);
        let one = limits.any().await.unwrap();
        let mut next = std::pin::pin!(limits.any());
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(next.as_mut().poll(&mut context).is_pending());
        drop(one);
        assert!(next.await.is_some());
    }
}
