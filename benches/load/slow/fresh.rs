//! Readers at a fixed rate, each over a new connection; times as in [`super::paced`].

use std::net::{IpAddr, SocketAddr};
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::Builder;
use tokio::task::JoinSet;

use super::super::paced::prefer;
use super::super::wire::{Connection, get};
use polypost_test_service::bench::figures::at;
use polypost_test_service::bench::http::EXAMPLE;

/// How long a reader waits.
const TIMEOUT: Duration = Duration::from_secs(5);

pub(crate) struct Fresh {
    /// Of those that were answered.
    times: Vec<Duration>,
    failed: usize,
}

pub(crate) fn read(from: IpAddr, to: SocketAddr, rate: u32, time: Duration) -> Fresh {
    // A thread of its own, which has precedence and gives it to the runtime's.
    thread::spawn(move || {
        prefer();
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let (interval, began) = (Duration::from_secs(1) / rate, Instant::now());
        let mut readers = JoinSet::new();
        for number in 0.. {
            let due = began + interval * number;
            if due.duration_since(began) >= time {
                break;
            }
            thread::sleep(due.saturating_duration_since(Instant::now()));
            readers.spawn_on(
                async move {
                    let asking =
                        async { Connection::open(Some(from), to).await?.ask(&get(EXAMPLE)).await.map(<[u8]>::len) };
                    let answered = tokio::time::timeout(TIMEOUT, asking).await;
                    answered.is_ok_and(|answer| answer.is_ok()).then(|| due.elapsed())
                },
                runtime.handle(),
            );
        }
        let answers = runtime.block_on(readers.join_all());
        let mut times: Vec<Duration> = answers.iter().copied().flatten().collect();
        times.sort();
        Fresh { failed: answers.len() - times.len(), times }
    })
    .join()
    .expect("it ends")
}

impl Fresh {
    pub(crate) fn told(&self) -> String {
        format!(
            "{} answered (p50 {:.2} ms, p99 {:.2} ms, max {:.2} ms), {} not within {TIMEOUT:.0?}",
            self.times.len(),
            at(&self.times, 50.0),
            at(&self.times, 99.0),
            at(&self.times, 100.0),
            self.failed
        )
    }
}
