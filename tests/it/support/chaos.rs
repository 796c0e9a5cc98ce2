//! What stands between an engine and its service and lets calls go wrong: a part of them, at random, in every way that
//! networks and services have.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::stub::{self, Asked, answer};

/// How a call may go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    // Before the service has seen it.
    Fails,
    IsDown,
    WantsAPause,
    IsReset,
    // After it has done its work.
    IsSilent,
    Drips,
    IsCut,
    IsAPage,
    IsEmpty,
    IsTooLarge,
    LacksATextAtTheEnd,
    HasATextMore,
}

pub(crate) const FAULTS: [Fault; 12] = [
    Fault::Fails,
    Fault::IsDown,
    Fault::WantsAPause,
    Fault::IsReset,
    Fault::IsSilent,
    Fault::Drips,
    Fault::IsCut,
    Fault::IsAPage,
    Fault::IsEmpty,
    Fault::IsTooLarge,
    Fault::LacksATextAtTheEnd,
    Fault::HasATextMore,
];

/// A service behind a bad line.
pub(crate) struct Line {
    pub(crate) url: String,
    /// Calls for translations.
    pub(crate) calls: Arc<AtomicUsize>,
    pub(crate) failed: Arc<AtomicUsize>,
}

impl Line {
    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }
}

/// A line to the service at `behind` on which `fault` decides how each call for translations goes wrong.
pub(crate) async fn line(behind: &str, fault: impl FnMut() -> Option<Fault> + Send + 'static) -> Line {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let behind = behind.trim_start_matches("http://");
    let (behind, path) = behind.find('/').map_or((behind, ""), |at| behind.split_at(at));
    let url = format!("http://{}{path}", listener.local_addr().expect("an address"));
    let behind = behind.to_owned();
    let fault = Arc::new(Mutex::new(fault));
    let (calls, failed) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counters = (Arc::clone(&calls), Arc::clone(&failed));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (behind, fault, counters) = (behind.clone(), Arc::clone(&fault), counters.clone());
            tokio::spawn(async move {
                let Some(asked) = stub::read(&mut stream).await else { return };
                let mut way = None;
                // Amazon asks for its list of languages by POST, too.
                if asked.head.starts_with("POST ") && !asked.head.contains("ListLanguages") {
                    counters.0.fetch_add(1, Ordering::Relaxed);
                    way = (fault.lock().expect("no panic"))();
                }
                counters.1.fetch_add(usize::from(way.is_some()), Ordering::Relaxed);
                converse(stream, &asked, &behind, way).await;
            });
        }
    });
    Line { url, calls, failed }
}

/// Fails so many of every ten calls; which of them and how is drawn from a seed.
pub(crate) fn some(of_ten: usize, seed: u64) -> impl FnMut() -> Option<Fault> + Send + 'static {
    let mut chance = StdRng::seed_from_u64(seed);
    let mut next: Vec<bool> = Vec::new();
    move || {
        if next.is_empty() {
            next = (0..10).map(|number| number < of_ten).collect();
            next.shuffle(&mut chance);
        }
        next.pop().filter(|fails| *fails).map(|_| FAULTS[chance.random_range(0..FAULTS.len())])
    }
}

async fn converse(mut stream: TcpStream, asked: &Asked, behind: &str, fault: Option<Fault>) {
    let early = match fault {
        Some(Fault::Fails) => Some(answer("500 Internal Server Error", "", "")),
        Some(Fault::IsDown) => {
            Some(answer("503 Service Unavailable", "content-type: text/html\r\n", "<html>down</html>"))
        }
        Some(Fault::WantsAPause) => Some(answer("429 Too Many Requests", "retry-after: 1\r\n", "")),
        Some(Fault::IsReset) => Some(Vec::new()),
        _ => None,
    };
    if let Some(bytes) = early {
        let _ = stream.write_all(&bytes).await;
        return;
    }
    let Some(whole) = forward(asked, behind).await else { return };
    match fault {
        Some(Fault::IsSilent) => std::future::pending().await,
        Some(Fault::Drips) => {
            for byte in &whole {
                if stream.write_all(&[*byte]).await.is_err() {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        fault => {
            let _ = stream.write_all(&damaged(whole, fault)).await;
        }
    }
    let _ = stream.shutdown().await;
}

async fn forward(asked: &Asked, behind: &str) -> Option<Vec<u8>> {
    let mut service = TcpStream::connect(behind).await.ok()?;
    service.write_all(format!("{}\r\n\r\n{}", asked.head, asked.body).as_bytes()).await.ok()?;
    let mut whole = Vec::new();
    service.read_to_end(&mut whole).await.ok()?;
    Some(whole)
}

fn damaged(mut whole: Vec<u8>, fault: Option<Fault>) -> Vec<u8> {
    match fault {
        Some(Fault::IsCut) => {
            whole.truncate(whole.len() - whole.len() / 4 - 1);
            whole
        }
        Some(Fault::IsAPage) => stub::ok("<html><body>Please sign in</body></html>"),
        Some(Fault::IsEmpty) => stub::ok(""),
        Some(Fault::IsTooLarge) => stub::ok(vec![b' '; 10 * 1024 * 1024]),
        Some(Fault::LacksATextAtTheEnd) => rewritten(&whole, |texts| drop(texts.pop())),
        Some(Fault::HasATextMore) => rewritten(&whole, |texts| texts.extend(texts.last().cloned())),
        _ => whole,
    }
}

/// The answer with another list of texts, which is the outermost list that it has.
fn rewritten(whole: &[u8], change: impl FnOnce(&mut Vec<Value>)) -> Vec<u8> {
    let whole = String::from_utf8_lossy(whole);
    let (_, body) = whole.split_once("\r\n\r\n").unwrap_or_default();
    let Ok(mut body) = serde_json::from_str::<Value>(body) else { return Vec::new() };
    if let Some(texts) = outermost_list(&mut body) {
        change(texts);
    }
    stub::ok(body.to_string())
}

fn outermost_list(value: &mut Value) -> Option<&mut Vec<Value>> {
    match value {
        Value::Array(list) => Some(list),
        Value::Object(fields) => fields.values_mut().find_map(outermost_list),
        _ => None,
    }
}
