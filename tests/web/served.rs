//! A server behind a real listener, and clients that speak HTTP byte by byte.

use std::net::SocketAddr;
use std::sync::Arc;

use polypost::config::Config;
use polypost::web;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::test_server::{TestServer, bearer};

const REPORT: &str = r#"{"id":"slow","title":"Calls fail","body":"Calls fail.","locales":["es"]}"#;

/// Of an incident that every server has.
pub(crate) const READ: &str = "GET /v1/incidents/calls?locale=es HTTP/1.1\r\nhost: localhost\r\n\r\n";

/// A server that listens.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    pub(crate) stop: CancellationToken,
    pub(crate) serving: JoinHandle<std::io::Result<()>>,
    pub(crate) server: TestServer,
}

impl Served {
    pub(crate) async fn with(configure: impl FnOnce(&mut Config)) -> Self {
        let server = TestServer::with(configure).await;
        server.publish(&crate::test_server::report("calls")).await;
        server.translate("calls", "es", crate::test_server::spanish()).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let stop = CancellationToken::new();
        let serving =
            tokio::spawn(web::serve(listener, Arc::clone(&server.app), server.drain, stop.clone(), stop.clone()));
        Self { address, stop, serving, server }
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("connected")
    }

    pub(crate) async fn ask(&self, request: &str) -> String {
        let mut stream = self.connect().await;
        stream.write_all(request.as_bytes()).await.expect("sent");
        rest(&mut stream).await
    }

    pub(crate) async fn stopped(self) -> SocketAddr {
        self.stop.cancel();
        self.serving.await.expect("no panic").expect("served");
        drop(self.server);
        self.address
    }
}

/// What comes until the other side closes.
pub(crate) async fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("read");
    String::from_utf8_lossy(&answer).into_owned()
}

/// One answer with a known length, the connection staying open.
pub(crate) async fn one_answer(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&answer).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if length.is_some_and(|length| length.parse::<usize>().expect("a length") == body.len()) {
                return text;
            }
        }
        let mut bytes = [0; 4096];
        let count = stream.read(&mut bytes).await.expect("read");
        assert!(count > 0, "closed within an answer: {text}");
        answer.extend_from_slice(&bytes[..count]);
    }
}

/// The head of a publication, and half its body.
pub(crate) fn half_a_publication() -> (String, &'static str) {
    let (begun, rest) = REPORT.split_at(20);
    let head = "POST /v1/incidents HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
    (format!("{head}authorization: {}\r\ncontent-length: {}\r\n\r\n{begun}", bearer(), REPORT.len()), rest)
}

/// A connection on which half a publication has arrived, and its other half. Only who waits for the word to go on knows
/// that the request is there.
pub(crate) async fn halfway(served: &Served) -> (TcpStream, &'static str) {
    let mut stream = served.connect().await;
    let (begun, remaining) = half_a_publication();
    let begun = begun.replace("host: localhost\r\n", "host: localhost\r\nexpect: 100-continue\r\n");
    stream.write_all(begun.as_bytes()).await.expect("sent");
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).await.expect("an answer");
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    (stream, remaining)
}

/// A whole publication, after whose answer the connection ends.
pub(crate) fn publication(id: &str) -> String {
    let body = format!(r#"{{"id":"{id}","title":"Calls fail","body":"Calls fail."}}"#);
    let head =
        "POST /v1/incidents HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\n";
    format!("{head}authorization: {}\r\ncontent-length: {}\r\n\r\n{body}", bearer(), body.len())
}
