//! The program under load, as a process of its own on a temporary SQLite file.
//!
//! `cargo bench --bench load -- NAME...` runs some of
//! - `start`: from the start of the process to the first answer that it is ready, and the size of the program
//! - `memory`: resident memory, and how fast one incident is read, with one and with 100,000 incidents stored
//! - `busy`: readers at a fixed rate while the same process translates
//! - `cold`: 1,000 clients that ask a process just started for the same
//! - `publishing`: readers while the incident that they read gets a new revision ten times a second
//! - `slow`: readers while 15,000 connections do as little as they can
//!
//! `POLYPOST_BENCH_SCALE=0.02` makes numbers and times smaller, to see whether all of it runs: its figures say nothing.

#![expect(
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and one that cannot go on has failed"
)]

mod busy;
mod cold;
mod memory;
mod paced;
mod publishing;
mod slow;
mod start;
mod wire;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use polypost_store::Migrations;
use polypost_test_service::bench::rows;

use polypost_test_service::bench::server::Server;

/// Where stores are made, and how much is done.
struct Ground {
    directory: tempfile::TempDir,
    scale: f64,
}

#[tokio::main]
async fn main() {
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let wanted = |name: &str| named.is_empty() || named.iter().any(|one| one == name);
    let scale = std::env::var("POLYPOST_BENCH_SCALE").ok().and_then(|scale| scale.parse().ok());
    let ground = Ground { directory: tempfile::tempdir().expect("a directory"), scale: scale.unwrap_or(1.0) };
    if wanted("start") {
        start::run(&ground).await;
    }
    if wanted("memory") {
        memory::run(&ground).await;
    }
    if wanted("busy") {
        busy::run(&ground).await;
    }
    if wanted("cold") {
        cold::run(&ground).await;
    }
    if wanted("publishing") {
        publishing::run(&ground).await;
    }
    if wanted("slow") {
        slow::run(&ground).await;
    }
    if named.iter().any(|name| name == slow::IN_A_NETWORK) {
        slow::in_a_network(&ground).await;
    }
}

impl Ground {
    /// As many at this scale, at least one.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small numbers above 0")]
    fn number(&self, full: u32) -> u32 {
        (f64::from(full) * self.scale).ceil() as u32
    }

    /// As long at this scale, at least a second.
    fn time(&self, seconds: u64) -> Duration {
        Duration::from_secs(seconds).mul_f64(self.scale).max(Duration::from_secs(1))
    }

    /// A directory for one process; its store is `polypost.db` there.
    fn place(&self, name: &str) -> PathBuf {
        let place = self.directory.path().join(name);
        std::fs::create_dir_all(&place).expect("a directory");
        place
    }

    /// The store of a place.
    fn store(&self, name: &str) -> String {
        format!("sqlite://{}", self.place(name).join("polypost.db").display())
    }

    /// The place of a store of many incidents, made when it is first wanted; and how many they are.
    async fn full(&self) -> (&'static str, u32) {
        const NAME: &str = "full";
        let (incidents, url) = (self.number(100_000), self.store(NAME));
        if !self.place(NAME).join("polypost.db").exists() {
            rows::fill(&url, 2 * incidents).await;
        }
        (NAME, incidents)
    }

    /// The place of a store with nothing in it.
    async fn empty(&self) -> &'static str {
        const NAME: &str = "empty";
        polypost_store::open(&self.store(NAME), Migrations::Apply).await.expect("opens").close().await;
        NAME
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_polypost"));
        command.current_dir(self.place(name)).env_remove("POLYPOST_BENCH_SCALE");
        command
    }

    /// The program on the store of a place, serving only.
    fn serve(&self, name: &str) -> Server {
        Server::polypost(self.command(name), "127.0.0.1", &["--no-worker"])
    }
}

/// Where a server listens.
fn address(server: &Server) -> SocketAddr {
    server.address.parse().expect("an address")
}
