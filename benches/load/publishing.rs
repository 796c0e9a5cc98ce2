//! Readers of an incident that gets a new revision ten times a second.

use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tokio::time::{MissedTickBehavior, interval};

use super::wire::{Connection, get, publish};
use super::{Ground, address, paced};
use polypost_test_service::bench::figures::at;
use polypost_test_service::bench::http::EXAMPLE;
use polypost_test_service::bench::server::Server;
use polypost_test_service::bench::wrk;

const BETWEEN: Duration = Duration::from_millis(100);
const RATE: u32 = 200;

pub(crate) async fn run(ground: &Ground) {
    let Some(wrk) = wrk::installed() else {
        println!("publishing: skipped: wrk is wanted");
        return;
    };
    let mut command = ground.command("publishing");
    command.env("POLYPOST_ENGINES__ROUTE", "pseudo");
    let server = Server::polypost(command, "127.0.0.1", &[]);
    let to = address(&server);
    let mut publisher = Connection::open(None, to).await.expect("connected");
    publisher.ask(&publish(&revision(0))).await.expect("published");
    let time = ground.time(15);
    let mut command = Command::new(wrk);
    command.args(["-t1", "-c64", "-d", &(time.as_secs() + 1).to_string()]).arg(format!("http://{to}{EXAMPLE}"));
    let mut load = command.stdout(Stdio::null()).spawn().expect("wrk runs");
    let paced = tokio::task::spawn_blocking(move || paced::read(to, &get(EXAMPLE), RATE, time));
    let (mut seen, stale) = revisions(publisher, to, time).await;
    println!("publishing: C3: {RATE} readers/s beside 64 connections: {}", paced.await.expect("it ends").told());
    seen.sort();
    println!(
        "publishing: C3: {} revisions, from the receipt to an answer with the new text p50 {:.1} ms, max {:.1} ms; \
         {stale} answers after a receipt had the old text",
        seen.len(),
        at(&seen, 50.0),
        at(&seen, 100.0)
    );
    let _ = load.kill();
    let _ = load.wait();
}

/// Publishes revisions; for each the time from its receipt until it was read, and how many older ones were read then.
async fn revisions(mut publisher: Connection, to: SocketAddr, time: Duration) -> (Vec<Duration>, usize) {
    let mut reader = Connection::open(None, to).await.expect("connected");
    let (request, mut seen, mut stale) = (get(EXAMPLE), Vec::new(), 0);
    let mut pace = interval(BETWEEN);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let began = Instant::now();
    while began.elapsed() < time {
        pace.tick().await;
        let number = seen.len() + 1;
        publisher.ask(&publish(&revision(number))).await.expect("published");
        let (receipt, mark) = (Instant::now(), mark(number));
        while !contains(reader.ask(&request).await.expect("answered"), mark.as_bytes()) {
            stale += 1;
        }
        seen.push(receipt.elapsed());
    }
    (seen, stale)
}

fn revision(number: usize) -> String {
    let text = "The engineering team reverted the change and messages were delivered again. ".repeat(14);
    let mark = mark(number);
    format!(r#"{{"id":"calls","title":"Call recordings unavailable","status":"investigating","body":"{text}{mark}"}}"#)
}

/// Words that no other revision has.
fn mark(number: usize) -> String {
    format!("This is word number {number}.")
}

fn contains(text: &[u8], wanted: &[u8]) -> bool {
    text.windows(wanted.len()).any(|window| window == wanted)
}
