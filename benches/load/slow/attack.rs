//! The attackers.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::runtime::{Builder, Runtime};

use super::super::wire::get;
use polypost_test_service::bench::server::AUTHORIZATION;

/// In the order of the third number of their addresses.
pub(crate) const KINDS: [&str; 3] = ["half a head", "a slow body", "never reads"];

/// The address of [`long_report`].
pub(crate) const LONG: &str = "/v1/incidents/long?locale=en";

/// Between two bytes.
const PAUSE: Duration = Duration::from_secs(3);
/// Requests at once of somebody who reads no answer, each of some 120 KB: on a network this is more than the system
/// takes from the server before the first is read.
const UNREAD: usize = 4;
/// The smallest that the system allows is taken for this.
const RECEIVED_BYTES: u32 = 1024;

/// How often which answer came to a slow body.
type Answers = Arc<Mutex<BTreeMap<String, usize>>>;

pub(crate) struct Attack {
    runtime: Runtime,
    answers: Answers,
}

/// What those who read nothing ask for.
pub(crate) fn long_report() -> String {
    let text = "The engineering team reverted the change and messages were delivered again. ".repeat(12);
    let text = format!("{text}\n\n").repeat(42);
    serde_json::json!({ "id": "long", "title": "Calls delayed", "status": "resolved", "body": text }).to_string()
}

/// The address of an attacker.
fn from(network: [u8; 2], kind: usize, number: u32, addresses: u8) -> IpAddr {
    let third = u8::try_from(kind).unwrap_or_default() + 1;
    let last = u8::try_from(number % u32::from(addresses)).unwrap_or_default() + 1;
    Ipv4Addr::new(network[0], network[1], third, last).into()
}

impl Attack {
    /// So many of each kind, all at once.
    pub(crate) fn start(network: [u8; 2], addresses: u8, count: u32, to: SocketAddr) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let answers = Answers::default();
        for number in 0..count {
            for kind in 0..KINDS.len() {
                let (from, answers) = (from(network, kind, number, addresses), Arc::clone(&answers));
                runtime.spawn(async move {
                    let answer = connect_and(kind, from, to).await;
                    if let (1, Ok(answer)) = (kind, answer) {
                        *answers.lock().unwrap_or_else(PoisonError::into_inner).entry(answer).or_default() += 1;
                    }
                });
            }
        }
        Self { runtime, answers }
    }

    /// Breaks off all that is left; what was answered to slow bodies.
    pub(crate) fn stop(self) -> BTreeMap<String, usize> {
        self.runtime.shutdown_background();
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The first line of the answer, empty where the connection was closed without one.
async fn connect_and(kind: usize, from: IpAddr, to: SocketAddr) -> io::Result<String> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((from, 0).into())?;
    if kind == 2 {
        socket.set_recv_buffer_size(RECEIVED_BYTES)?;
    }
    let mut stream = socket.connect(to).await?;
    match kind {
        0 => trickle(&mut stream, "GET / HTTP/1.1\r\nhost: x\r\nx-slow: ").await,
        1 => {
            let kind = "content-type: application/json\r\ncontent-length: 100000\r\n\r\n{";
            trickle(&mut stream, &format!("POST /v1/incidents HTTP/1.1\r\nhost: x\r\n{AUTHORIZATION}{kind}")).await
        }
        _ => {
            stream.write_all(&get(LONG).repeat(UNREAD)).await?;
            std::future::pending().await
        }
    }
}

/// Begins so, goes on byte by byte, and reads what comes, until the connection is closed.
async fn trickle(stream: &mut TcpStream, begin: &str) -> io::Result<String> {
    stream.write_all(begin.as_bytes()).await?;
    let mut answer = Vec::new();
    loop {
        tokio::select! {
            read = stream.read_buf(&mut answer) => {
                if !matches!(read, Ok(1..)) {
                    return Ok(String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned());
                }
            }
            () = tokio::time::sleep(PAUSE) => stream.write_all(b" ").await?,
        }
    }
}
