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

use super::stub::{self, StubRequest, answer};

/// How a call may go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
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

pub const FAULTS: [Fault; 12] = [
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

/// What becomes of a call for translations.
#[derive(Clone, Debug)]
pub enum Way {
    /// The service answers it.
    Through,
    Wrong(Fault),
    /// It is answered with these bytes, and the service does not see it.
    Says(Vec<u8>),
    /// The service's own answer, written anew.
    Rewritten(fn(&[u8]) -> Vec<u8>),
    /// It is answered with a head and this chunk again and again, until nobody listens.
    NeverEnds {
        head: &'static str,
        chunk: Vec<u8>,
    },
}

/// A service behind a bad line.
pub struct Line {
    pub url: String,
    /// Calls for translations.
    pub calls: Arc<AtomicUsize>,
    pub failed: Arc<AtomicUsize>,
    /// The bytes that [`Way::NeverEnds`] got rid of.
    poured: Arc<AtomicUsize>,
}

impl Line {
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    pub fn poured(&self) -> usize {
        self.poured.load(Ordering::Relaxed)
    }
}

/// A line to the service at `behind` on which `fault` decides how each call for translations goes wrong.
pub async fn line(behind: &str, mut fault: impl FnMut() -> Option<Fault> + Send + 'static) -> Line {
    ways(behind, move |_| fault().map_or(Way::Through, Way::Wrong)).await
}

/// A line to the service at `behind` on which `way` decides what becomes of each call for translations.
pub async fn ways(behind: &str, way: impl FnMut(&StubRequest) -> Way + Send + 'static) -> Line {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let behind = behind.trim_start_matches("http://");
    let (behind, path) = behind.find('/').map_or((behind, ""), |at| behind.split_at(at));
    let url = format!("http://{}{path}", listener.local_addr().expect("an address"));
    let behind = behind.to_owned();
    let way = Arc::new(Mutex::new(way));
    let counters: [Arc<AtomicUsize>; 3] = Default::default();
    let [calls, failed, poured] = counters.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (behind, way, [calls, failed, poured]) = (behind.clone(), Arc::clone(&way), counters.clone());
            tokio::spawn(async move {
                let Some(asked) = stub::read(&mut stream).await else { return };
                let mut taken = Way::Through;
                // Amazon asks for its list of languages by POST, too.
                if asked.head.starts_with("POST ") && !asked.head.contains("ListLanguages") {
                    calls.fetch_add(1, Ordering::Relaxed);
                    taken = (way.lock().expect("no panic"))(&asked);
                }
                failed.fetch_add(usize::from(!matches!(taken, Way::Through)), Ordering::Relaxed);
                match taken {
                    Way::Through => converse(stream, &asked, &behind, None).await,
                    Way::Wrong(fault) => converse(stream, &asked, &behind, Some(fault)).await,
                    Way::Says(bytes) => say(stream, &bytes).await,
                    Way::Rewritten(rewrite) => {
                        let Some(whole) = forward(&asked, &behind).await else { return };
                        say(stream, &rewrite(&whole)).await;
                    }
                    Way::NeverEnds { head, chunk } => pour(stream, head, &chunk, &poured).await,
                }
            });
        }
    });
    Line { url, calls, failed, poured }
}

async fn say(mut stream: TcpStream, bytes: &[u8]) {
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
}

async fn pour(mut stream: TcpStream, head: &str, chunk: &[u8], poured: &AtomicUsize) {
    let mut written = stream.write_all(head.as_bytes()).await;
    while written.is_ok() {
        written = stream.write_all(chunk).await;
        poured.fetch_add(chunk.len(), Ordering::Relaxed);
    }
}

/// Fails so many of every ten calls; which of them and how is drawn from a seed.
pub fn some(of_ten: usize, seed: u64) -> impl FnMut() -> Option<Fault> + Send + 'static {
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

async fn converse(mut stream: TcpStream, asked: &StubRequest, behind: &str, fault: Option<Fault>) {
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

async fn forward(asked: &StubRequest, behind: &str) -> Option<Vec<u8>> {
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

/// The answer with its texts in the opposite order.
pub fn reversed(whole: &[u8]) -> Vec<u8> {
    with_body(whole, |body| {
        // A model's answer is JSON within JSON.
        if let Some(Value::String(content)) = body.pointer_mut("/choices/0/message/content") {
            let mut inner: Value = serde_json::from_str(content).unwrap_or_default();
            if let Some(texts) = outermost_list(&mut inner) {
                texts.reverse();
            }
            *content = inner.to_string();
        } else if let Some(texts) = outermost_list(body) {
            texts.reverse();
        }
    })
}

/// The answer with another list of texts, which is the outermost list that it has.
fn rewritten(whole: &[u8], change: impl FnOnce(&mut Vec<Value>)) -> Vec<u8> {
    with_body(whole, |body| {
        if let Some(texts) = outermost_list(body) {
            change(texts);
        }
    })
}

/// The answer with another body.
pub fn with_body(whole: &[u8], change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let whole = String::from_utf8_lossy(whole);
    let (_, body) = whole.split_once("\r\n\r\n").unwrap_or_default();
    let Ok(mut body) = serde_json::from_str::<Value>(body) else { return Vec::new() };
    change(&mut body);
    stub::ok(body.to_string())
}

pub fn outermost_list(value: &mut Value) -> Option<&mut Vec<Value>> {
    match value {
        Value::Array(list) => Some(list),
        Value::Object(fields) => fields.values_mut().find_map(outermost_list),
        _ => None,
    }
}
