//! HTTP/1.1 over a connection that is kept, with as little work as possible: the client shares the machine with what it
//! measures.

use std::io;
use std::net::{IpAddr, SocketAddr};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

use polypost_test_service::bench::server::AUTHORIZATION;

pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// The bytes of a request for an address.
pub(crate) fn get(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n").into_bytes()
}

/// The bytes that publish a report, JSON.
pub(crate) fn publish(body: &str) -> Vec<u8> {
    let head = "POST /v1/incidents HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    format!("{head}{AUTHORIZATION}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

impl Connection {
    /// A connection, from an address of this machine where one is named.
    pub(crate) async fn open(from: Option<IpAddr>, to: SocketAddr) -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        if let Some(from) = from {
            socket.bind((from, 0).into())?;
        }
        let stream = socket.connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1024) })
    }

    /// Sends the request and reads its answer: the body of one that succeeded.
    ///
    /// # Errors
    /// Where the connection breaks off, or the status is no success.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> io::Result<&[u8]> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let (mut end, mut wanted) = (None, usize::MAX);
        while self.buffer.len() < wanted {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if end.is_none()
                && let Some(found) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n")
            {
                wanted = found + 4 + length(self.buffer.get(..found).unwrap_or_default())?;
                end = Some(found + 4);
            }
        }
        Ok(self.buffer.get(end.unwrap_or_default()..).unwrap_or_default())
    }
}

/// The length of the body after a head of success.
fn length(head: &[u8]) -> io::Result<usize> {
    let head = String::from_utf8_lossy(head);
    let status = head.split(' ').nth(1).unwrap_or_default();
    if !status.starts_with('2') {
        return Err(io::Error::other(format!("status {status}")));
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    length.ok_or_else(|| io::Error::other("no length"))
}
