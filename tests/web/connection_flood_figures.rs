//! How long publishers who sign, and readers, wait beside crowds of connections: a measurement, which prints figures.
//!
//! `cargo test --test web connection_flood_figures -- --ignored --nocapture`

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use polypost_core::clock::{Clock as _, System};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};

use crate::connection_floods::{raise_own_limit, signed_at, signed_publication};
use crate::process::Process;
use crate::served::one_answer;

const CROWDS: [usize; 5] = [0, 64, 256, 1024, 1200];
const TIME: Duration = Duration::from_secs(10);
/// Between two readers; a publisher comes at every fifth.
const PACE: Duration = Duration::from_millis(10);
/// Whoever is not answered by then never is.
const LONGEST: Duration = Duration::from_secs(15);

#[test]
#[ignore = "a measurement: it takes minutes, and its figures are for people"]
fn crowd_figures() {
    raise_own_limit();
    let forged = signed_publication("v1,AAAA", "forged", System.now().as_second(), &"x".repeat(1000));
    let half = forged[..forged.len() - 500].to_owned();
    for (name, says) in [("invented signatures, half a body", half), ("silent", String::new())] {
        for count in CROWDS {
            let process = Process::start("-Sn 1024");
            let address = process.address.parse().expect("an address");
            let (crowd, held) = OpenConnections::start(count, &says, address);
            let measured = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
            let (readers, publishers) = measured.block_on(others(address));
            let opened = held.load(Ordering::Relaxed);
            println!("{name}, {count} connections ({opened} opened; server: {} KiB):", process.kibibytes());
            println!("  readers    {}", told(readers));
            println!("  publishers {}", told(publishers));
            crowd.0.shutdown_background();
        }
    }
}

/// Connections that are opened again when they are closed.
struct OpenConnections(Runtime);

impl OpenConnections {
    fn start(count: usize, says: &str, to: SocketAddr) -> (Self, Arc<AtomicUsize>) {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let opened = Arc::new(AtomicUsize::new(0));
        for _ in 0..count {
            let (says, opened) = (says.to_owned(), Arc::clone(&opened));
            runtime.spawn(async move {
                loop {
                    if let Ok(mut stream) = TcpStream::connect(to).await {
                        opened.fetch_add(1, Ordering::Relaxed);
                        let _ = stream.write_all(says.as_bytes()).await;
                        while matches!(stream.read(&mut [0; 512]).await, Ok(1..)) {}
                    }
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            });
        }
        (Self(runtime), opened)
    }
}

/// Times of readers and publishers, each with a connection of its own; `None` for who was not answered.
async fn others(to: SocketAddr) -> (Vec<Option<Duration>>, Vec<Option<Duration>>) {
    let (mut readers, mut publishers) = (Vec::new(), Vec::new());
    let mut pace = tokio::time::interval(PACE);
    let began = Instant::now();
    let mut number = 0;
    while began.elapsed() < TIME {
        pace.tick().await;
        number += 1;
        readers.push(tokio::spawn(timed(to, "GET /v1/locales HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(), "200")));
        if number % 5 == 0 {
            let publication = signed_at(&format!("m{number}"), System.now().as_second());
            publishers.push(tokio::spawn(timed(to, publication, "201")));
        }
    }
    let mut times = (Vec::new(), Vec::new());
    for reader in readers {
        times.0.push(reader.await.ok().flatten());
    }
    for publisher in publishers {
        times.1.push(publisher.await.ok().flatten());
    }
    times
}

async fn timed(to: SocketAddr, request: String, status: &str) -> Option<Duration> {
    let began = Instant::now();
    let answered = async {
        let mut stream = TcpStream::connect(to).await.ok()?;
        stream.write_all(request.as_bytes()).await.ok()?;
        one_answer(&mut stream).await.split(' ').nth(1).filter(|answer| *answer == status).map(|_| began.elapsed())
    };
    tokio::time::timeout(LONGEST, answered).await.ok().flatten()
}

fn told(times: Vec<Option<Duration>>) -> String {
    let all = times.len();
    let mut times: Vec<Duration> = times.into_iter().flatten().collect();
    times.sort();
    let at = |hundredths: usize| times.get((times.len() * hundredths / 100).min(times.len().saturating_sub(1)));
    let [median, high, longest] = [50, 99, 100].map(|part| at(part).copied().unwrap_or_default());
    format!("{} of {all} answered: p50 {median:.1?}, p99 {high:.1?}, longest {longest:.1?}", times.len())
}
