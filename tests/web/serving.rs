//! The router behind a real listener: who asks is known, and stopping lets go of the port.

use std::net::SocketAddr;
use std::sync::Arc;

use polypost::web;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::house::House;

async fn ask(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("connected");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("read");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_program_on_this_machine_is_known_and_stopping_ends_serving() {
    let house = House::with_spanish("calls").await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let stop = CancellationToken::new();
    let serving = tokio::spawn(web::serve(listener, Arc::clone(&house.app), stop.clone()));

    let read = ask(address, "GET /v1/incidents/calls?locale=es HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert!(read.starts_with("HTTP/1.1 200 OK\r\n"), "{read}");
    assert!(read.contains("Las grabaciones han vuelto."), "{read}");
    let delete = "DELETE /v1/incidents/none HTTP/1.1\r\nhost: x\r\nconnection: close\r\n";
    let local = ask(address, &format!("{delete}\r\n")).await;
    assert!(local.starts_with("HTTP/1.1 404 "), "allowed, and not there: {local}");
    let proxied = ask(address, &format!("{delete}x-forwarded-for: 127.0.0.1\r\n\r\n")).await;
    assert!(proxied.starts_with("HTTP/1.1 401 "), "{proxied}");

    // An idle connection does not keep the house open.
    let idle = TcpStream::connect(address).await.expect("connected");
    stop.cancel();
    serving.await.expect("no panic").expect("served");
    drop(idle);
    assert!(TcpListener::bind(address).await.is_ok(), "the port is free again");
}
