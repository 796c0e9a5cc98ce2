//! Readers at a fixed rate: each request has its time, and its answer's is counted from then, also where the client is
//! late because all its connections wait (no coordinated omission).
//!
//! A connection is a thread: what it sleeps is exact to some microseconds, where the runtime's timers are to a
//! millisecond.

use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::wire::Connection;
use polypost_test_service::bench::figures::at;

/// Longer than anybody waits.
const TIMEOUT: Duration = Duration::from_secs(10);
const CONNECTIONS: usize = 32;

#[derive(Default)]
pub(crate) struct Paced {
    /// From the time that a request was due to its answer; of failures to that.
    pub(crate) times: Vec<Duration>,
    /// From the time that a request was due, and a connection waited for it, until its thread was awake: what the
    /// client itself is late.
    pub(crate) late: Vec<Duration>,
    pub(crate) failures: Vec<String>,
}

/// Asks so many times a second, for so long, over connections that are opened before.
pub(crate) fn read(to: SocketAddr, request: &[u8], rate: u32, time: Duration) -> Paced {
    let next = AtomicU32::new(0);
    let interval = Duration::from_secs(1) / rate;
    let count = u32::try_from(time.as_nanos() / interval.as_nanos()).expect("not so many");
    let began = Instant::now() + Duration::from_millis(100);
    let due = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|it| *it < count).map(|it| began + interval * it);
    let lead = || {
        prefer();
        thread::scope(|scope| {
            let readers: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(|| reader(to, request, due))).collect();
            readers.into_iter().map(|reader| reader.join().expect("it ends")).collect::<Vec<_>>()
        })
    };
    let parts = thread::scope(|scope| scope.spawn(lead).join().expect("it ends"));
    let mut all = Paced::default();
    for one in parts {
        all.times.extend(one.times);
        all.late.extend(one.late);
        all.failures.extend(one.failures);
    }
    all.times.sort();
    all.late.sort();
    all
}

/// One connection, as long as something is due.
fn reader(to: SocketAddr, request: &[u8], due: impl Fn() -> Option<Instant>) -> Paced {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut all = Paced::default();
    let mut connection = None;
    runtime.block_on(async {
        connection = Connection::open(None, to).await.ok();
        while let Some(due) = due() {
            let early = due.saturating_duration_since(Instant::now());
            if !early.is_zero() {
                thread::sleep(early);
                all.late.push(due.elapsed());
            }
            let asked = tokio::time::timeout(TIMEOUT, async {
                let mut open = match connection.take() {
                    Some(open) => open,
                    None => Connection::open(None, to).await?,
                };
                open.ask(request).await?;
                Ok::<_, std::io::Error>(open)
            });
            match asked.await {
                Ok(Ok(open)) => connection = Some(open),
                Ok(Err(error)) => all.failures.push(error.to_string()),
                Err(_) => all.failures.push("no answer".to_owned()),
            }
            all.times.push(due.elapsed());
        }
    });
    all
}

/// Puts this thread, and those that it begins, before others: readers elsewhere do not wait for this machine's
/// processors. Where that is not allowed, what the client itself is late tells.
pub(crate) fn prefer() {
    let Ok(own) = std::fs::read_link("/proc/thread-self") else { return };
    let Some(number) = own.file_name() else { return };
    let mut renice = Command::new("renice");
    renice.args(["-n", "-10", "-p"]).arg(number).stdout(Stdio::null()).stderr(Stdio::null());
    let _ = renice.status();
}

impl Paced {
    /// The figures in one line.
    pub(crate) fn told(&self) -> String {
        let first = self.failures.first().map_or(String::new(), |failure| format!(" ({failure})"));
        format!(
            "p50 {:.2} ms, p99 {:.2} ms, p99.9 {:.2} ms, max {:.2} ms, {} of {} failed{first}; the client itself late p99 {:.2} ms",
            at(&self.times, 50.0),
            at(&self.times, 99.0),
            at(&self.times, 99.9),
            at(&self.times, 100.0),
            self.failures.len(),
            self.times.len(),
            at(&self.late, 99.0)
        )
    }
}
