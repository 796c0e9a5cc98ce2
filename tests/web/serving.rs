//! The router behind a real listener: who asks is known, strangers cannot use the listener up, and stopping lets go of
//! the port.

use std::time::{Duration, Instant};

use sqlx::Connection as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::served::{READ, Served, half_a_publication, halfway, one_answer, publication, rest};
use crate::test_server::bearer;

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
    // A connection on which nothing was said does not keep the server open.
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
        served.server.store.close().await;
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

/// The place is taken when the body is there.
#[tokio::test]
async fn a_body_on_its_way_takes_no_place() {
    let served = Served::with(|config| config.publish.concurrent = 1).await;
    let (mut slow, remaining) = halfway(&served).await;
    assert!(served.ask(&publication("other")).await.starts_with("HTTP/1.1 201 "));
    slow.write_all(remaining.as_bytes()).await.expect("sent");
    assert!(one_answer(&mut slow).await.starts_with("HTTP/1.1 201 "));
    served.stopped().await;
}

#[tokio::test]
async fn whoever_publishes_beyond_the_limit_is_asked_to_come_again() {
    let served = Served::with(|config| config.publish.concurrent = 1).await;
    if !served.server.location.is_file() {
        eprintln!("skipped: a file is wanted, whose lock can be held");
        return;
    }
    let mut lock = sqlx::SqliteConnection::connect(&served.server.location.url).await.expect("opens");
    sqlx::raw_sql("begin immediate").execute(&mut lock).await.expect("locked");
    let (refused, answer) = {
        let (first, second) = (publication("first"), publication("second"));
        let (mut first, mut second) = (Box::pin(served.ask(&first)), Box::pin(served.ask(&second)));
        // One of them waits for the file, and the other is refused.
        let (refused, other) = tokio::select! {
            answer = &mut first => (answer, second),
            answer = &mut second => (answer, first),
        };
        sqlx::raw_sql("rollback").execute(&mut lock).await.expect("unlocked");
        (refused, other.await)
    };
    assert!(refused.starts_with("HTTP/1.1 429 "), "{refused}");
    let seconds = (1..=3).any(|seconds| refused.contains(&format!("\r\nretry-after: {seconds}\r\n")));
    assert!(seconds && refused.contains("application/problem+json"), "{refused}");
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    drop(lock);
    served.stopped().await;
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
