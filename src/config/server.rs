//! `[server]`: the API and the pages.

use std::net::SocketAddr;

use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub listen: SocketAddr,
    /// Empty: `http://` and the listening address.
    pub public_url: String,
    pub body_limit_bytes: usize,
    pub request_timeout_seconds: u64,
}
