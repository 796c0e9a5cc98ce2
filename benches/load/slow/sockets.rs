//! What connections a server holds, from `/proc/net/tcp`: a client that reads nothing cannot tell when it is closed.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Between two looks, and so how exact the times are.
const BETWEEN: Duration = Duration::from_secs(1);

/// The far end of a connection.
type Peer = (Ipv4Addr, u16);

/// What was seen of a server's connections.
#[derive(Default)]
pub(crate) struct Seen {
    /// When each connection that was accepted was seen first and last, since the first look.
    accepted: HashMap<Peer, (Duration, Duration)>,
    last_look: Duration,
    /// Those that were not accepted at the last look.
    waiting: Vec<Ipv4Addr>,
}

/// Looks from time to time.
pub(crate) struct Watch {
    stop: Arc<AtomicBool>,
    looking: JoinHandle<Seen>,
}

impl Watch {
    pub(crate) fn start(port: u16) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let looking = thread::spawn(move || {
            let (mut seen, began) = (Seen::default(), Instant::now());
            while !stopped.load(Ordering::Relaxed) {
                seen.look(port, began.elapsed());
                thread::sleep(BETWEEN);
            }
            seen.look(port, began.elapsed());
            seen
        });
        Self { stop, looking }
    }

    pub(crate) fn stop(self) -> Seen {
        self.stop.store(true, Ordering::Relaxed);
        self.looking.join().expect("it ends")
    }
}

impl Seen {
    fn look(&mut self, port: u16, now: Duration) {
        const ESTABLISHED: &str = "01";
        const CLIENT_WAITS: &str = "02";
        const HALF_OPEN: &str = "03";
        self.last_look = now;
        self.waiting.clear();
        let table = std::fs::read_to_string("/proc/self/net/tcp").expect("it can be read");
        for line in table.lines().skip(1) {
            let mut fields = line.split_whitespace().skip(1);
            let (Some(local), Some(remote), Some(state)) = (fields.next(), fields.next(), fields.next()) else {
                continue;
            };
            let (Some(local), Some(remote)) = (end(local), end(remote)) else { continue };
            // A connection that is not accepted, or is closed, is no file.
            let is_file = fields.nth(5).is_some_and(|inode| inode != "0");
            if state == CLIENT_WAITS && remote.1 == port {
                self.waiting.push(local.0);
            } else if state == ESTABLISHED && local.1 == port && is_file {
                self.accepted.entry(remote).or_insert((now, now)).1 = now;
            } else if [ESTABLISHED, HALF_OPEN].contains(&state) && local.1 == port {
                self.waiting.push(remote.0);
            }
        }
    }
}

/// `0100007F:1F90`.
fn end(text: &str) -> Option<Peer> {
    let (address, port) = text.split_once(':')?;
    let address = u32::from_str_radix(address, 16).ok()?;
    Some((Ipv4Addr::from(address.to_ne_bytes()), u16::from_str_radix(port, 16).ok()?))
}

/// The connections of one kind of attacker.
pub(crate) struct Held {
    accepted: usize,
    longest: Duration,
    /// When the last was closed, after the first was accepted.
    closed: Duration,
    left: usize,
    waiting: usize,
}

impl Held {
    pub(crate) fn of(seen: &Seen, network: [u8; 2], kind: usize) -> Self {
        let is_kind = |address: &Ipv4Addr| {
            let [first, second, third, _] = address.octets();
            [first, second] == network && usize::from(third) == kind + 1
        };
        let held: Vec<_> = seen.accepted.iter().filter(|((ip, _), _)| is_kind(ip)).map(|(_, times)| *times).collect();
        let begin = seen.accepted.iter().filter(|((ip, _), _)| ip.octets()[..2] == network);
        let begin = begin.map(|(_, (first, _))| *first).min().unwrap_or_default();
        Self {
            accepted: held.len(),
            longest: held.iter().map(|(first, last)| last.saturating_sub(*first)).max().unwrap_or_default(),
            closed: held.iter().map(|(_, last)| last.saturating_sub(begin)).max().unwrap_or_default(),
            left: held.iter().filter(|(_, last)| *last == seen.last_look).count(),
            waiting: seen.waiting.iter().filter(|ip| is_kind(ip)).count(),
        }
    }

    pub(crate) fn told(&self) -> String {
        format!(
            "{} seen accepted, the longest held for {:.0?}; the last was held {:.0?} after the beginning; at the end {} \
             held and {} waiting to be accepted",
            self.accepted, self.longest, self.closed, self.left, self.waiting
        )
    }
}
