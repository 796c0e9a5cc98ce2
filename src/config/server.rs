//! `[server]`: the API and the pages.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use polypost_settings::{Address, Violations};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerSettings {
    #[serde(deserialize_with = "address")]
    pub listen: SocketAddr,
    /// `None`: metrics are read on `listen`, with a token.
    #[serde(deserialize_with = "own_address")]
    pub metrics_listen: Option<SocketAddr>,
    /// Empty: links have no host.
    pub public_url: Address,
    /// Where the token is written that `serve` makes; empty: `polypost.token` beside the store.
    pub token_file: PathBuf,
    pub body_limit_bytes: usize,
    /// Of all bodies that are being received.
    pub receiving_bytes: usize,
    pub request_timeout_seconds: u64,
    /// Of finished answers; 0: none are kept.
    pub cache_bytes: u64,
    pub connections: usize,
    /// 0: as many as there may be at all.
    pub connections_per_address: usize,
    pub header_timeout_seconds: u64,
    pub idle_timeout_seconds: u64,
    /// After SIGTERM.
    pub shutdown_grace_seconds: u64,
}

/// The largest body limit that may be configured: a report is held in memory several times over.
const BODY_LIMIT_MOST: u64 = 64 * 1024 * 1024;
/// A gigabyte: no machine should hold more that nobody has read yet.
const RECEIVING_MOST: u64 = 1 << 30;
/// A terabyte: more is a slip of the keyboard.
const CACHE_MOST: u64 = 1 << 40;
/// As many as a process can have files open by far.
const CONNECTIONS_MOST: u64 = 1_000_000;

impl ServerSettings {
    /// Whether `listen` is this machine's own address, which others cannot reach.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.listen.ip().to_canonical().is_loopback()
    }

    pub(super) fn check(&self, violations: &mut Violations) {
        if self.metrics_listen.is_some_and(|own| own == self.listen && own.port() != 0) {
            let message = "this is `server.listen`, where readers come: use another port, or nothing";
            violations.add("server.metrics_listen", message);
        }
        if !self.public_url.is_empty() {
            violations.public_address("server.public_url", &self.public_url);
        }
        let body_limit = u64::try_from(self.body_limit_bytes).unwrap_or(u64::MAX);
        violations.range("server.body_limit_bytes", body_limit, 1024, BODY_LIMIT_MOST);
        let receiving = u64::try_from(self.receiving_bytes).unwrap_or(u64::MAX);
        violations.range("server.receiving_bytes", receiving, 1024 * 1024, RECEIVING_MOST);
        violations.range("server.request_timeout_seconds", self.request_timeout_seconds, 1, 600);
        violations.range("server.cache_bytes", self.cache_bytes, 0, CACHE_MOST);
        let connections = u64::try_from(self.connections).unwrap_or(u64::MAX);
        violations.range("server.connections", connections, 1, CONNECTIONS_MOST);
        let per_address = u64::try_from(self.connections_per_address).unwrap_or(u64::MAX);
        violations.range("server.connections_per_address", per_address, 0, CONNECTIONS_MOST);
        violations.range("server.header_timeout_seconds", self.header_timeout_seconds, 1, 600);
        violations.range("server.idle_timeout_seconds", self.idle_timeout_seconds, 1, 600);
        violations.range("server.shutdown_grace_seconds", self.shutdown_grace_seconds, 0, 600);
    }
}

fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SocketAddr, D::Error> {
    listening_address(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// An address to listen at. `localhost` is 127.0.0.1; other names are refused, since what they stand for may change.
///
/// # Errors
/// What is expected, and what is perhaps meant.
pub fn listening_address(text: &str) -> Result<SocketAddr, String> {
    const EXPECTED: &str = "expected an IP address and a port, such as `127.0.0.1:8080`, `0.0.0.0:80` or `[::]:8080`";
    let named = text.strip_prefix("localhost:").map(|port| format!("127.0.0.1:{port}"));
    named.as_deref().unwrap_or(text).parse().map_err(|_| {
        let port = text.strip_prefix(':').unwrap_or(text);
        let meant = match (port.parse::<u16>(), text.parse::<IpAddr>()) {
            (Ok(port), _) => format!("127.0.0.1:{port}"),
            (_, Ok(address)) => SocketAddr::new(address, 8080).to_string(),
            _ => return EXPECTED.to_owned(),
        };
        format!("{EXPECTED}; did you mean `{meant}`?")
    })
}

/// Empty for none, a port of this machine's own address, or an address with a port.
fn own_address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SocketAddr>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() {
        return Ok(None);
    }
    let port = text.parse().map(|port: u16| SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    port.or_else(|_| text.parse()).map(Some).map_err(|_| {
        D::Error::custom(
            "expected a port such as `9464`, for this machine alone, or an address such as `10.0.0.5:9464`",
        )
    })
}
