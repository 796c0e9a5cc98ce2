//! The router behind a real listener: who asks is known, strangers cannot use the listener up, and stopping lets go of
//! the port.

use std::io::BufRead as _;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use polypost::config::Config;
use polypost::web;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::house::{House, bearer};

const REPORT: &str = r#"{"id":"slow","title":"Calls fail","body":"Calls fail.","locales":["es"]}"#;

/// A house that listens.
struct Served {
    address: SocketAddr,
    stop: CancellationToken,
    serving: JoinHandle<std::io::Result<()>>,
    house: House,
}

impl Served {
    async fn with(configure: impl FnOnce(&mut Config)) -> Self {
        let house = House::with(configure).await;
        house.publish(&crate::house::report("calls")).await;
        house.translate("calls", "es", crate::house::spanish()).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let stop = CancellationToken::new();
        let serving = tokio::spawn(web::serve(listener, Arc::clone(&house.app), house.drain, stop.clone()));
        Self { address, stop, serving, house }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("connected")
    }

    async fn ask(&self, request: &str) -> String {
        let mut stream = self.connect().await;
        stream.write_all(request.as_bytes()).await.expect("sent");
        rest(&mut stream).await
    }

    async fn stopped(self) -> SocketAddr {
        self.stop.cancel();
        self.serving.await.expect("no panic").expect("served");
        drop(self.house);
        self.address
    }
}

/// What comes until the other side closes.
async fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("read");
    String::from_utf8_lossy(&answer).into_owned()
}

/// One answer with a known length, the connection staying open.
async fn one_answer(stream: &mut TcpStream) -> String {
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
fn half_a_publication() -> (String, &'static str) {
    let (begun, rest) = REPORT.split_at(20);
    let head = "POST /v1/incidents HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
    let bearer = bearer();
    (format!("{head}authorization: {bearer}\r\ncontent-length: {}\r\n\r\n{begun}", REPORT.len()), rest)
}

/// A connection on which half a publication has arrived, and its other half. Only who waits for the word to go on knows
/// that the request is there.
async fn halfway(served: &Served) -> (TcpStream, &'static str) {
    let mut stream = served.connect().await;
    let (begun, remaining) = half_a_publication();
    let begun = begun.replace("host: localhost\r\n", "host: localhost\r\nexpect: 100-continue\r\n");
    stream.write_all(begun.as_bytes()).await.expect("sent");
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).await.expect("an answer");
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    (stream, remaining)
}

const READ: &str = "GET /v1/incidents/calls?locale=es HTTP/1.1\r\nhost: localhost\r\n\r\n";

#[tokio::test]
async fn an_address_proves_nothing_and_stopping_ends_serving() {
    let served = Served::with(|_| ()).await;
    let close = "GET /v1/incidents/calls?locale=es HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let read = served.ask(close).await;
    assert!(read.starts_with("HTTP/1.1 200 OK\r\n"), "{read}");
    assert!(read.contains("Las grabaciones han vuelto."), "{read}");
    let delete = "DELETE /v1/incidents/none HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n";
    for proof in ["", "x-forwarded-for: 127.0.0.1\r\n", "forwarded: for=127.0.0.1\r\n", "x-real-ip: ::1\r\n"] {
        let local = served.ask(&format!("{delete}{proof}\r\n")).await;
        assert!(local.starts_with("HTTP/1.1 401 "), "from this machine, without a token: {local}");
    }
    let trusted = served.ask(&format!("{delete}authorization: {}\r\n\r\n", bearer())).await;
    assert!(trusted.starts_with("HTTP/1.1 404 "), "allowed, and not there: {trusted}");
    // A connection on which nothing was said does not keep the house open.
    let silent = served.connect().await;
    let address = served.stopped().await;
    drop(silent);
    assert!(TcpListener::bind(address).await.is_ok(), "the port is free again");
}

#[tokio::test]
async fn the_second_reader_on_a_connection_gets_the_same_from_memory() {
    let served = Served::with(|_| ()).await;
    let mut stream = served.connect().await;
    let mut answers = Vec::new();
    for _ in 0..3 {
        stream.write_all(READ.as_bytes()).await.expect("sent");
        let answer = one_answer(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.contains("\r\nx-request-id: ") && answer.contains("\r\nx-content-type-options: nosniff"));
        answers.push(answer.split_once("\r\n\r\n").expect("a body").1.to_owned());
        served.house.store.close().await;
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    served.stopped().await;
}

#[tokio::test]
async fn http_2_is_spoken_too() {
    let served = Served::with(|_| ()).await;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().http2_prior_knowledge().build().expect("a client");
    for _ in 0..2 {
        let url = format!("http://{}/v1/incidents/calls?locale=es", served.address);
        let answer = client.get(url).send().await.expect("an answer");
        assert_eq!((answer.version(), answer.status().as_u16()), (reqwest::Version::HTTP_2, 200));
        assert!(answer.text().await.expect("a body").contains("Las grabaciones han vuelto."));
    }
    drop(client);
    served.stopped().await;
}

#[tokio::test]
async fn a_head_that_does_not_arrive_is_not_waited_for() {
    let served = Served::with(|config| config.server.header_timeout_seconds = 1).await;
    let began = Instant::now();
    let mut waiting = Vec::new();
    for begun in ["", "G", "GET /v1/incidents HTTP/1.1\r\nhost: localhost\r\n", "PRI * HTTP/2.0\r\n\r\nS"] {
        let mut stream = served.connect().await;
        stream.write_all(begun.as_bytes()).await.expect("sent");
        waiting.push(tokio::spawn(async move { rest(&mut stream).await }));
    }
    // The second head of a connection has no more time than the first.
    let mut second = served.connect().await;
    second.write_all(READ.as_bytes()).await.expect("sent");
    one_answer(&mut second).await;
    second.write_all(b"GET /").await.expect("sent");
    waiting.push(tokio::spawn(async move { rest(&mut second).await }));
    for waited in waiting {
        let answer = waited.await.expect("closed");
        assert!(!answer.contains("200 OK"), "{answer}");
    }
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    served.stopped().await;
}

#[tokio::test]
async fn who_keeps_us_waiting_makes_room_and_who_is_answered_does_not() {
    let served = Served::with(|config| config.server.connections = 2).await;
    let (mut busy, remaining) = halfway(&served).await;
    let mut silent = Vec::new();
    for _ in 0..10 {
        let mut stranger = served.connect().await;
        stranger.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: ").await.expect("sent");
        silent.push(stranger);
    }
    let mut reader = served.connect().await;
    reader.write_all(READ.as_bytes()).await.expect("sent");
    assert!(one_answer(&mut reader).await.starts_with("HTTP/1.1 200 "));
    for stranger in &mut silent {
        assert_eq!(stranger.read(&mut [0; 1]).await.unwrap_or_default(), 0, "closed, unanswered");
    }
    busy.write_all(remaining.as_bytes()).await.expect("sent");
    assert!(one_answer(&mut busy).await.starts_with("HTTP/1.1 201 "));
    drop((busy, reader));
    served.stopped().await;
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_not_waited_for() {
    let served = Served::with(|config| config.server.header_timeout_seconds = 1).await;
    let (begun, _) = half_a_publication();
    let mut slow = served.connect().await;
    slow.write_all(begun.as_bytes()).await.expect("sent");
    let answer = one_answer(&mut slow).await;
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("application/problem+json"), "{answer}");
    served.stopped().await;
}

#[tokio::test]
async fn stopping_closes_what_rests_and_finishes_what_is_under_way() {
    let served = Served::with(|_| ()).await;
    let mut resting = served.connect().await;
    resting.write_all(READ.as_bytes()).await.expect("sent");
    let answer = one_answer(&mut resting).await;
    assert!(!answer.to_ascii_lowercase().contains("connection: close"), "{answer}");
    let (mut busy, remaining) = halfway(&served).await;

    served.stop.cancel();
    assert_eq!(rest(&mut resting).await, "", "closed, not reset");
    assert!(!served.serving.is_finished());
    assert!(TcpStream::connect(served.address).await.is_err(), "nobody new is let in");
    busy.write_all(remaining.as_bytes()).await.expect("sent");
    let answer = rest(&mut busy).await.to_ascii_lowercase();
    assert!(answer.starts_with("http/1.1 201 created\r\n"), "{answer}");
    assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
    served.stopped().await;
}

#[tokio::test]
async fn stopping_does_not_wait_for_ever() {
    let served = Served::with(|config| config.server.request_timeout_seconds = 1).await;
    let mut busy = served.connect().await;
    busy.write_all(half_a_publication().0.as_bytes()).await.expect("sent");
    let began = Instant::now();
    served.stopped().await;
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[tokio::test]
async fn whoever_publishes_beyond_the_limit_is_asked_to_come_again() {
    let served = Served::with(|config| config.publish.concurrent = 1).await;
    let (mut slow, remaining) = halfway(&served).await;
    let body = r#"{"id":"other","title":"Calls fail","body":"Calls fail."}"#;
    let head =
        "POST /v1/incidents HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\n";
    let bearer = bearer();
    let other = format!("{head}authorization: {bearer}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let refused = served.ask(&other).await;
    assert!(refused.starts_with("HTTP/1.1 429 "), "{refused}");
    assert!(refused.contains("\r\nretry-after: 1\r\n") && refused.contains("application/problem+json"), "{refused}");
    slow.write_all(remaining.as_bytes()).await.expect("sent");
    assert!(one_answer(&mut slow).await.starts_with("HTTP/1.1 201 "));
    assert!(served.ask(&other).await.starts_with("HTTP/1.1 201 "));
    served.stopped().await;
}

/// A process that is ended when dropped.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn want_of_files_does_not_end_the_listening() {
    let directory = tempfile::tempdir().expect("a directory");
    let command =
        format!("ulimit -n 48 && exec '{}' serve --no-worker --listen 127.0.0.1:0", env!("CARGO_BIN_EXE_polypost"));
    let mut process = Command::new("sh");
    process.args(["-c", &command]).current_dir(directory.path()).env_remove("POLYPOST_CONFIG");
    let mut process = Process(process.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("started"));
    let mut lines = std::io::BufReader::new(process.0.stderr.take().expect("piped")).lines();
    let line = lines.find_map(|line| line.ok().filter(|line| line.contains("listening on http://"))).expect("a line");
    let address = line.split_once("http://").expect("an address").1.split(';').next().expect("an address").to_owned();
    let mut crowd = Vec::new();
    for _ in 0..60 {
        crowd.push(TcpStream::connect(&address).await.expect("the system's queue takes it"));
    }
    let told = lines.find_map(|line| line.ok().filter(|line| line.contains("cannot be accepted")));
    assert!(told.is_some(), "an operator is told");
    drop(crowd);
    let mut stream = TcpStream::connect(&address).await.expect("connected");
    stream.write_all(b"GET /health/live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await.expect("sent");
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 200 OK\r\n"));
}

#[tokio::test]
async fn stopping_waits_no_longer_than_it_is_told() {
    let served = Served::with(|config| {
        config.server.request_timeout_seconds = 600;
        config.server.header_timeout_seconds = 600;
        config.server.idle_timeout_seconds = 600;
        config.worker.drain_seconds = 1;
    })
    .await;
    let (_stream, _) = halfway(&served).await;
    tokio::time::timeout(Duration::from_mins(2), served.stopped()).await.expect("it ends");
}
