//! Places for connections: so many in all, and so many for one address. A place is given back when it is dropped.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub(super) struct Places {
    all: Arc<Semaphore>,
    /// 0: no limit.
    most_of_one: usize,
    taken: Mutex<HashMap<IpAddr, usize>>,
}

/// A place that is taken.
pub(super) struct Place {
    _one_of_all: Option<OwnedSemaphorePermit>,
    _of_its_address: Option<OfAddress>,
}

struct OfAddress {
    places: Arc<Places>,
    network: IpAddr,
}

impl Places {
    pub(super) fn new(all: usize, most_of_one: usize) -> Self {
        let all = Arc::new(Semaphore::new(all.clamp(1, Semaphore::MAX_PERMITS)));
        Self { all, most_of_one, taken: Mutex::default() }
    }

    /// Waits until there is a place at all. The semaphore is never closed.
    pub(super) async fn any(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.all).acquire_owned().await.ok()
    }

    pub(super) fn are_taken(&self) -> bool {
        self.all.available_permits() == 0
    }

    /// The place for a connection of this address; `None` where the address has its share. This machine's own has no
    /// limit: a proxy on it brings everybody's connections.
    pub(super) fn of(self: &Arc<Self>, one_of_all: Option<OwnedSemaphorePermit>, address: IpAddr) -> Option<Place> {
        let address = address.to_canonical();
        if self.most_of_one == 0 || address.is_loopback() {
            return Some(Place { _one_of_all: one_of_all, _of_its_address: None });
        }
        let network = network(address);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = taken.entry(network).or_insert(0);
        if *taken >= self.most_of_one {
            return None;
        }
        *taken += 1;
        let of_its_address = OfAddress { places: Arc::clone(self), network };
        Some(Place { _one_of_all: one_of_all, _of_its_address: Some(of_its_address) })
    }
}

/// What one subscriber has: an IPv4 address, or an IPv6 /64 (RFC 6177).
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

impl Drop for OfAddress {
    fn drop(&mut self) {
        let mut taken = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
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

    fn take(places: &Arc<Places>, address: &str) -> Option<Place> {
        places.of(None, address.parse().unwrap())
    }

    #[test]
    fn an_address_has_its_share_and_gets_it_back() {
        let places = Arc::new(Places::new(10, 2));
        let first = take(&places, "192.0.2.1").unwrap();
        let second = take(&places, "::ffff:192.0.2.1").unwrap();
        assert!(take(&places, "192.0.2.1").is_none());
        let other = take(&places, "192.0.2.2").unwrap();
        drop(first);
        let third = take(&places, "192.0.2.1").unwrap();
        assert!(take(&places, "192.0.2.1").is_none());
        drop((second, other, third));
        assert!(places.taken.lock().unwrap().is_empty(), "nobody is remembered who has left");
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let places = Arc::new(Places::new(10, 1));
        let _one = take(&places, "2001:db8:0:1::1").unwrap();
        assert!(take(&places, "2001:db8:0:1:ffff::2").is_none());
        assert!(take(&places, "2001:db8:0:2::1").is_some());
    }

    #[test]
    fn this_machine_and_no_limit_have_none() {
        let limited = Arc::new(Places::new(10, 1));
        let unlimited = Arc::new(Places::new(10, 0));
        let here: Vec<_> = (0..5).filter_map(|_| take(&limited, "127.0.0.1")).collect();
        let anywhere: Vec<_> = (0..5).filter_map(|_| take(&unlimited, "192.0.2.1")).collect();
        assert_eq!((here.len(), anywhere.len()), (5, 5));
    }

    #[tokio::test]
    async fn there_are_so_many_at_once() {
        let places = Places::new(1, 0);
        let one = places.any().await.unwrap();
        let mut next = std::pin::pin!(places.any());
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(next.as_mut().poll(&mut context).is_pending());
        drop(one);
        assert!(next.await.is_some());
    }
}
