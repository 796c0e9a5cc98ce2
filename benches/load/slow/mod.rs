//! Connections that do as little as they can, 5,000 of each kind, and what readers notice of them.
//!
//! First from many of this machine's own addresses, which have no limit; then, where `unshare` and `ip` allow, from
//! addresses of a network of its own, to which the limit for one address applies.

mod attack;
mod fresh;
mod sockets;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process::Command;
use std::time::Duration;

use self::attack::{Attack, KINDS};
use self::fresh::Fresh;
use self::sockets::{Held, Watch};
use super::paced::{self, Paced};
use super::wire::get;
use super::{Ground, address};
use polypost_test_service::bench::http::{EXAMPLE, example, publish, read};
use polypost_test_service::bench::server::Server;

/// The part that runs in a network of its own.
pub(crate) const IN_A_NETWORK: &str = "slow-in-a-network";

const OF_EACH_KIND: u32 = 5_000;
const RATE: u32 = 200;
/// Files that readers and everything else have open.
const OTHER_FILES: u32 = 2_500;

/// Who is where.
struct Scene {
    name: &'static str,
    /// What the server listens at, and where it is found from outside.
    listen: &'static str,
    server: Ipv4Addr,
    reader: Ipv4Addr,
    /// The first two numbers of the attackers' addresses.
    network: [u8; 2],
    /// So many for each kind of attack.
    addresses: u8,
}

pub(crate) async fn run(ground: &Ground) {
    let own = Scene {
        name: "from 10 addresses of this machine for each kind",
        listen: "127.0.0.1",
        server: Ipv4Addr::LOCALHOST,
        reader: Ipv4Addr::new(127, 9, 0, 1),
        network: [127, 1],
        addresses: 10,
    };
    measure(ground, &own).await;
    let again = std::env::current_exe().expect("it runs");
    // Packets of the usual size: with loopback's, the system takes megabytes from the server that nobody reads.
    let script =
        format!("ip link set lo mtu 1500 up && ip route add local 198.18.0.0/15 dev lo && exec \"$0\" {IN_A_NETWORK}");
    let mut inside = Command::new("unshare");
    inside.args(["--user", "--map-root-user", "--net", "sh", "-c", &script]).arg(again);
    if !tokio::task::block_in_place(|| inside.status()).is_ok_and(|status| status.success()) {
        println!("slow: other addresses: skipped: a network of its own could not be made (unshare, ip)");
    }
}

/// The scenes for which the addresses 198.18.0.0/15 (RFC 2544) are this machine's.
pub(crate) async fn in_a_network(ground: &Ground) {
    for (name, addresses) in [("from one address for each kind", 1), ("from 10 addresses for each kind", 10)] {
        let scene = Scene {
            name,
            listen: "0.0.0.0",
            server: Ipv4Addr::new(198, 18, 0, 1),
            reader: Ipv4Addr::new(198, 19, 9, 1),
            network: [198, 18],
            addresses,
        };
        measure(ground, &scene).await;
    }
}

async fn measure(ground: &Ground, scene: &Scene) {
    let count = ground.number(OF_EACH_KIND).min(most_files().saturating_sub(OTHER_FILES) / 3);
    let mut command = ground.command("slow");
    command.env("POLYPOST_LOG__FILTER", "error,tower_http=off");
    command.env("POLYPOST_SERVER__PUBLIC_URL", "http://status.example.com");
    let server = Server::polypost(command, scene.listen, &["--no-worker"]);
    let port = address(&server).port();
    let here = format!("127.0.0.1:{port}");
    for (report, path) in [(example(), EXAMPLE), (attack::long_report(), attack::LONG)] {
        publish(&here, &report);
        // So that it is ready.
        read(&here, path);
    }
    let to = SocketAddr::new(scene.server.into(), port);
    let readers = |seconds| {
        let (from, time) = (IpAddr::from(scene.reader), ground.time(seconds));
        let fresh = tokio::task::spawn_blocking(move || fresh::read(from, to, RATE, time));
        let kept = tokio::task::spawn_blocking(move || paced::read(to, &get(EXAMPLE), RATE, time));
        async move { (fresh.await.expect("it ends"), kept.await.expect("it ends")) }
    };
    println!("slow: S8: {count} of each kind {}", scene.name);
    let (fresh, kept) = readers(15).await;
    print("without", &fresh, &kept);
    let watch = Watch::start(port);
    let readers = readers(90);
    // Those who keep a connection have it then.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let attack = Attack::start(scene.network, scene.addresses, count, to);
    let (fresh, kept) = readers.await;
    let seen = watch.stop();
    print("during", &fresh, &kept);
    for (kind, name) in KINDS.into_iter().enumerate() {
        println!("slow: S8: {name}: {}", Held::of(&seen, scene.network, kind).told());
    }
    for (answer, times) in attack.stop() {
        println!("slow: S8: answered to a slow body: {answer}: {times} times");
    }
}

fn print(when: &str, fresh: &Fresh, kept: &Paced) {
    println!("slow: S8: {when}: {RATE} readers/s, a new connection each: {}", fresh.told());
    println!("slow: S8: {when}: {RATE} readers/s, connections kept: {}", kept.told());
}

/// How many files this process may have open, after raising that as far as it is allowed.
fn most_files() -> u32 {
    let own = std::process::id().to_string();
    let limits = || {
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
        let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap_or_default().to_owned();
        let numbers: Vec<u32> = line.split_whitespace().filter_map(|number| number.parse().ok()).collect();
        (numbers.first().copied().unwrap_or(1024), numbers.get(1).copied().unwrap_or(1024))
    };
    let (_, most) = limits();
    let _ = Command::new("prlimit").args(["--pid", &own, &format!("--nofile={most}:{most}")]).status();
    limits().0
}
