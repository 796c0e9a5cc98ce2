//! Everybody asks for the same at once, of a process that has nothing ready.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::wire::{Connection, get};
use super::{Ground, address};
use polypost_test_service::bench::figures::at;
use polypost_test_service::bench::http::{EXAMPLE, example, publish};

const ROUNDS: usize = 5;
/// Below the connections that a server takes by default.
const CLIENTS: u32 = 1_000;

pub(crate) async fn run(ground: &Ground) {
    publish(&ground.serve("cold").address, &example());
    for round in 1..=ROUNDS {
        let server = ground.serve("cold");
        let count = ground.number(CLIENTS);
        let (mut times, failures) = ask_at_once(address(&server), count).await;
        times.sort();
        println!(
            "cold: C2: {count} clients at once, start {round}: {failures} failed, p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms",
            at(&times, 50.0),
            at(&times, 99.0),
            at(&times, 100.0)
        );
    }
}

/// How long each waited since all of them began, and how many failed.
async fn ask_at_once(to: std::net::SocketAddr, count: u32) -> (Vec<Duration>, usize) {
    let together = Arc::new(Barrier::new(usize::try_from(count).expect("not so many")));
    let began = Arc::new(std::sync::OnceLock::new());
    let mut clients = JoinSet::new();
    for _ in 0..count {
        let (together, began) = (Arc::clone(&together), Arc::clone(&began));
        clients.spawn(async move {
            let mut connection = Connection::open(None, to).await;
            together.wait().await;
            let began = *began.get_or_init(Instant::now);
            connection.as_mut().ok()?.ask(&get(EXAMPLE)).await.ok()?;
            Some(began.elapsed())
        });
    }
    let answers = clients.join_all().await;
    let failures = answers.iter().filter(|answer| answer.is_none()).count();
    (answers.into_iter().flatten().collect(), failures)
}
