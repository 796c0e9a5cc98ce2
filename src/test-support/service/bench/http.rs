//! One request over a connection of its own.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use super::server::AUTHORIZATION;

pub struct Answer {
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> String {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let value = lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value).next();
        value.unwrap_or_default().to_owned()
    }
}

/// Sends the request, which asks for the connection to be closed, and reads to the end.
pub fn ask(address: &str, request: &str) -> Answer {
    let mut stream = TcpStream::connect(address).expect("connected");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("read");
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
    let body = bytes.split_off(end + 4);
    Answer { head: String::from_utf8_lossy(&bytes).into_owned(), body }
}

/// Reads what is there.
pub fn read(address: &str, path: &str) -> Answer {
    let answer = ask(address, &format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"));
    assert!(answer.head.starts_with("HTTP/1.1 200 "), "{}", answer.head);
    answer
}

/// Publishes the report, JSON.
pub fn publish(address: &str, body: &str) -> Answer {
    let head = "POST /v1/incidents HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n";
    let answer = ask(address, &format!("{head}{AUTHORIZATION}content-length: {}\r\n\r\n{body}", body.len()));
    assert!(answer.head.starts_with("HTTP/1.1 20"), "{}", answer.head);
    answer
}

/// The address of [`example`].
pub const EXAMPLE: &str = "/v1/incidents/calls?locale=en";

/// A report whose answer has about 6 KB.
pub fn example() -> String {
    let text = "The engineering team reverted the change and messages were delivered again at 10:54 UTC. ".repeat(14);
    format!(
        r#"{{"id":"calls","title":"Call recordings unavailable","status":"resolved","impact":"major","body":"{text}"}}"#
    )
}
