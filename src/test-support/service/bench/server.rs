//! Servers as processes of their own.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;

use polypost_store::token_hash;

/// As in Linux' `/proc/PID/stat`: ticks are hundredths of a second.
pub const TICK_MICROSECONDS: f64 = 10_000.0;

/// What servers here accept from publishers, a header line.
pub const AUTHORIZATION: &str = "authorization: Bearer the-benches'-own\r\n";

/// A process, killed when dropped.
pub struct Server {
    pub process: Child,
    pub address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    /// `polypost serve` on a free port of an address; the command names the program, its directory and environment.
    /// Returns when it listens. What it says later is said again.
    pub fn polypost(mut command: Command, host: &str, arguments: &[&str]) -> Self {
        command.args(["serve", "--listen", &format!("{host}:0")]).args(arguments);
        let token = AUTHORIZATION.trim_end().rsplit(' ').next().unwrap_or_default();
        command.env("POLYPOST_PUBLISH__TOKEN_HASHES", token_hash(token));
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("started");
        let lines = BufReader::new(process.stderr.take().expect("piped")).lines();
        let (sender, listening) = mpsc::channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let address = line.split_once("listening on http://").and_then(|(_, rest)| rest.split(';').next());
                match address {
                    Some(address) => drop(sender.send(address.to_owned())),
                    None => println!("  server: {line}"),
                }
            }
        });
        let address = listening.recv().expect("it listens");
        Self { process, address }
    }

    /// Processor time used so far.
    pub fn ticks(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id())).expect("it runs");
        let fields = stat.rsplit_once(") ").expect("a name").1.split(' ');
        fields.skip(11).take(2).map(|ticks| ticks.parse::<u64>().expect("a number")).sum()
    }
}
