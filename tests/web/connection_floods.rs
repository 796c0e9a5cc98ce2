//! Crowds of connections that send little or nothing: publishers who sign, and readers, are answered all the same.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use polypost_settings::Secret;
use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};
use sha2::Sha256;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::process::Process;
use crate::served::{READ, Served, one_answer, rest};
use crate::test_server::{NOW, SIGNING_KEY, time};

/// A publication with these headers of Standard Webhooks.
pub(crate) fn signed_publication(signature: &str, id: &str, at: i64, body: &str) -> String {
    let signed = format!("webhook-id: {id}\r\nwebhook-timestamp: {at}\r\nwebhook-signature: {signature}\r\n");
    let head = "POST /v1/incidents HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
    format!("{head}{signed}content-length: {}\r\n\r\n{body}", body.len())
}

/// A publication that the key of these tests signed at this time, in seconds since 1970.
pub(crate) fn signed_at(id: &str, at: i64) -> String {
    let body = format!(r#"{{"id":"{id}","title":"Calls fail","body":"Calls fail."}}"#);
    let key = STANDARD.decode(SIGNING_KEY.trim_start_matches("whsec_")).expect("base64");
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("any length");
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    signed_publication(&signature, id, at, &body)
}

/// Whoever invents a signature and sends half a body, or nothing at all.
async fn crowd(served: &Served, count: usize, says: &str) -> Vec<TcpStream> {
    let mut crowd = Vec::new();
    for _ in 0..count {
        let mut stream = served.connect().await;
        // It may have been closed already.
        let _ = stream.write_all(says.as_bytes()).await;
        crowd.push(stream);
    }
    crowd
}

async fn half_forged(served: &Served, count: usize) -> Vec<TcpStream> {
    let forged = signed_publication("v1,AAAA", "forged", time(NOW).as_second(), &"x".repeat(1000));
    crowd(served, count, &forged[..forged.len() - 500]).await
}

/// One publisher after the other is let in, and readers are.
async fn others_are_served(served: &Served) {
    for number in 0..5 {
        let mut publisher = served.connect().await;
        publisher.write_all(signed_at(&format!("m{number}"), time(NOW).as_second()).as_bytes()).await.expect("sent");
        let answer = one_answer(&mut publisher).await;
        assert!(answer.starts_with("HTTP/1.1 201 "), "{number}: {answer}");
        let mut reader = served.connect().await;
        reader.write_all(READ.as_bytes()).await.expect("sent");
        assert!(one_answer(&mut reader).await.starts_with("HTTP/1.1 200 "));
    }
}

#[tokio::test]
async fn invented_signatures_take_no_place() {
    let served = Served::with(|config| {
        config.publish.webhook_secrets = vec![Secret::from(SIGNING_KEY.to_owned())];
        config.publish.concurrent = 2;
    })
    .await;
    let crowd = half_forged(&served, 64).await;
    others_are_served(&served).await;
    drop(crowd);
    served.stopped().await;
}

#[tokio::test]
async fn invented_signatures_keep_no_connection() {
    let served = Served::with(|config| {
        config.publish.webhook_secrets = vec![Secret::from(SIGNING_KEY.to_owned())];
        config.server.connections = 16;
    })
    .await;
    let crowd = half_forged(&served, 64).await;
    others_are_served(&served).await;
    drop(crowd);
    served.stopped().await;
}

/// Soft and hard limit of open files.
fn limits(process: &Process) -> (String, String) {
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", process.child.id())).expect("it runs");
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).expect("a limit");
    let mut numbers = line.split_whitespace().map(str::to_owned);
    (numbers.next().expect("soft"), numbers.next().expect("hard"))
}

/// So that this process can have a connection for each of a crowd.
pub(crate) fn raise_own_limit() {
    let limit = getrlimit(Resource::Nofile);
    prlimit(None, Resource::Nofile, Rlimit { current: limit.maximum, ..limit }).expect("up to the hard limit");
}

#[tokio::test]
async fn the_soft_limit_of_files_is_raised() {
    let process = Process::start("-Sn 64");
    assert!(process.answers().await);
    let (soft, hard) = limits(&process);
    assert!(soft == hard && soft != "64", "{soft} {hard}");
}

/// There are fewer connections than the process may open files, and so readers are answered while more than these say
/// nothing.
#[tokio::test]
async fn connections_leave_files_for_the_rest() {
    let mut process = Process::start("-n 64");
    let warned = process.says("fewer connections");
    assert!(warned.contains("connections=32") && warned.contains("ulimit -Hn"), "{warned}");
    let mut silent = Vec::new();
    for _ in 0..100 {
        silent.push(process.connect().await);
    }
    assert!(process.answers().await);
    drop(silent);
}

/// Where files run out all the same, somebody who says nothing makes room.
#[tokio::test]
async fn want_of_files_does_not_end_the_listening() {
    let mut process = Process::start("-n 1024");
    assert!(process.answers().await);
    let id = Pid::from_raw(i32::try_from(process.child.id()).expect("a number"));
    let few = Rlimit { current: Some(48), maximum: Some(48) };
    prlimit(id, Resource::Nofile, few).expect("the limit can be lowered");
    let mut crowd = Vec::new();
    for _ in 0..60 {
        crowd.push(process.connect().await);
    }
    assert!(process.answers().await, "while all of them are there");
    process.says("accepting connections failed");
    drop(crowd);
    assert!(process.answers().await);
}

/// A reader of a slow line is not cut off while there is room.
#[tokio::test]
async fn nobody_is_closed_while_there_is_room() {
    let served = Served::with(|config| config.server.connections = 16).await;
    let mut silent = crowd(&served, 8, "GET / HTTP/1.1\r\nhost: localhost\r\n").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    for stream in &mut silent {
        stream.write_all(b"connection: close\r\n\r\n").await.expect("sent");
        assert!(rest(stream).await.starts_with("HTTP/1.1 307 "));
    }
    served.stopped().await;
}
